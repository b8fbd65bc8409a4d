"""A gift is one or two books whose money is exactly what was paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from payforward.core.asks import Give
from payforward.core.errors import BadInput, PayforwardError, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import (
    MAX_AMOUNT_MINOR,
    MAX_COUNT,
    ItemKind,
    Kind,
    Place,
    TaxKind,
    Tender,
)
from tests.db.counter import raw

if TYPE_CHECKING:
    from payforward.core.model import Entry
    from tests.db.counter import Counter


def _entries(ledger: Ledger) -> list[Entry]:
    return [view.entry for view in ledger.entries()]


def test_a_gift_waits_on_the_board_at_the_menus_price(counter: Counter) -> None:
    given = counter.give("Latte", 2)
    assert (given.units, given.amount_minor, given.waiting) == (2, 720, 2)
    assert (given.gift, given.day, given.repeated) == (1, date(2026, 11, 21), False)
    (entry,) = _entries(counter.ledger)
    assert (entry.no, entry.book, entry.gift, entry.seq) == (1, 1, 1, 1)
    assert (entry.kind, entry.place, entry.tender) == (Kind.GIVE, Place.BOARD, Tender.CASH)
    assert (entry.tax_kind, entry.currency) == (TaxKind.SINGLE_PURPOSE, "EUR")
    counter.assert_sound()


@pytest.mark.parametrize(
    ("units", "paid", "books"),
    [
        (3, 1000, [(2, 333), (1, 334)]),
        (3, 900, [(3, 300)]),
        (7, 100, [(5, 14), (2, 15)]),
        (2, 3, [(1, 1), (1, 2)]),
        (1, 1, [(1, 1)]),
        (5, 5, [(5, 1)]),
        (2, 1300, [(2, 650)]),
    ],
)
def test_an_odd_amount_makes_two_books_of_one_gift(
    counter: Counter, units: int, paid: int, books: list[tuple[int, int]]
) -> None:
    given = counter.give("Latte", units, paid=paid)
    assert (given.units, given.amount_minor) == (units, paid)
    entries = _entries(counter.ledger)
    assert [(entry.units, entry.unit_minor) for entry in entries] == books
    assert {entry.gift for entry in entries} == {given.gift}
    assert {entry.action for entry in entries} == {given.action}
    assert sum(entry.amount_minor for entry in entries) == paid
    counter.redeem("Latte", units)
    last = _entries(counter.ledger)[-1]
    assert (last.balance, last.pool_units, last.pool_minor) == (0, 0, 0)
    counter.assert_sound()


def test_money_goes_to_the_fund_in_minor_units(counter: Counter) -> None:
    given = counter.give_money(1234)
    assert given.item.kind is ItemKind.MONEY
    assert (given.units, given.amount_minor, given.waiting) == (1234, 1234, 1234)
    (entry,) = _entries(counter.ledger)
    assert (entry.unit_minor, entry.tax_kind) == (1, TaxKind.MULTI_PURPOSE)
    assert counter.fund() == 1234
    assert counter.ledger.board().rows == ()


@pytest.mark.parametrize("tender", list(Tender))
def test_every_tender_is_kept(counter: Counter, tender: Tender) -> None:
    assert counter.give("Latte", tender=tender).tender is tender
    assert counter.ledger.gift(1).tender is tender


def test_what_was_paid_stays_when_the_price_rises(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.ledger.set_price(counter.item("Latte").id, 400)
    counter.give("Latte")
    served = counter.redeem("Latte", 3)
    assert (served.amount_minor, served.list_price_minor) == (720 + 400, 1200)
    counter.assert_sound()


def _refusal(counter: Counter, **facts: Any) -> PayforwardError:
    before = counter.facts()
    latte = counter.item("Latte").id
    ask: dict[str, Any] = {"action": new_action_id(), "item": latte, "units": 1} | facts
    with pytest.raises(PayforwardError) as refused:
        counter.ledger.give(Give(**ask))
    assert counter.facts() == before
    return refused.value


@pytest.mark.parametrize("units", [0, -1, MAX_COUNT + 1])
def test_a_count_that_nobody_means_is_refused(counter: Counter, units: int) -> None:
    assert isinstance(_refusal(counter, units=units), BadInput)


@pytest.mark.parametrize("units", [0, -1, MAX_AMOUNT_MINOR + 1])
def test_an_amount_that_nobody_means_is_refused(counter: Counter, units: int) -> None:
    fund = counter.ledger.fund().id
    assert _refusal(counter, item=fund, units=units).reason == "bad-amount"


@pytest.mark.parametrize(("units", "paid"), [(1, 0), (3, 2), (1, -5), (1, MAX_AMOUNT_MINOR + 1)])
def test_what_cannot_have_been_paid_is_refused(counter: Counter, units: int, paid: int) -> None:
    assert _refusal(counter, units=units, paid_minor=paid).reason == "bad-amount"


def test_the_largest_gift_is_taken(counter: Counter) -> None:
    given = counter.give("Latte", MAX_COUNT, paid=MAX_AMOUNT_MINOR)
    assert given.amount_minor == MAX_AMOUNT_MINOR
    assert counter.redeem("Latte", MAX_COUNT).amount_minor == MAX_AMOUNT_MINOR
    counter.give_money(MAX_AMOUNT_MINOR)
    counter.give_money(MAX_AMOUNT_MINOR)
    assert counter.fund() == 2 * MAX_AMOUNT_MINOR
    counter.assert_sound()


def test_a_retired_item_is_not_given(counter: Counter) -> None:
    counter.ledger.retire_item(counter.item("Latte").id)
    assert _refusal(counter).reason == "not-giftable"


def test_an_item_that_may_not_be_given_is_not(counter: Counter) -> None:
    with raw(counter.ledger.path) as connection:
        connection.execute("UPDATE item SET giftable = 0 WHERE name = 'Latte'")
    assert _refusal(counter).reason == "not-giftable"


def test_an_unknown_item_is_refused(counter: Counter) -> None:
    assert _refusal(counter, item=999).reason == "unknown-item"


def test_a_gift_belongs_to_the_programme_named(counter: Counter) -> None:
    with raw(counter.ledger.path) as connection:
        for number, kind in ((2, "forward"), (3, "giveaway"), (4, "drive"), (5, "charity")):
            connection.execute(
                "INSERT INTO program (shop, program, name, name_key, kind, created_at) "
                "SELECT shop, ?, ?, ?, ?, '' FROM shop",
                (number, f"P{number}", f"p{number}", kind),
            )
        connection.execute(
            "INSERT INTO program (shop, program, name, name_key, kind, created_at, retired_at) "
            "SELECT shop, 6, 'O', 'o', 'forward', '', 'x' FROM shop"
        )
    ask: dict[str, Any] = {"item": counter.item("Latte").id, "units": 1}
    counter.ledger.give(Give(action=new_action_id(), program=2, **ask))
    counter.ledger.give(Give(action=new_action_id(), **ask))
    assert [entry.program for entry in _entries(counter.ledger)] == [2, 1]
    for number in (3, 4, 6, 7):
        assert _refusal(counter, program=number).reason == "unknown-program"
    assert _refusal(counter, program=5).reason == "not-in-program"
    # One board, two pools: each programme's liability is its own.
    assert counter.redeem("Latte", 2).units == 2
    assert [entry.pool_units for entry in _entries(counter.ledger)] == [1, 1, 0, 0]
    counter.assert_sound()


def test_the_tills_receipt_and_the_tax_are_kept(counter: Counter) -> None:
    with raw(counter.ledger.path) as connection:
        connection.execute("UPDATE item SET tax_rate = 8875 WHERE name = 'Latte'")
    counter.ledger.give(
        Give(action=new_action_id(), item=counter.item("Latte").id, units=1, till_receipt="A-77")
    )
    (entry,) = _entries(counter.ledger)
    assert (entry.tax_rate, entry.till_receipt) == (8875, "A-77")
    assert counter.ledger.gift(1).till_receipt == "A-77"


def test_who_gave_at_which_till_is_kept(counter: Counter, clock: Any) -> None:
    path = counter.ledger.path
    with Ledger.open(path, till="bar", cashier="Ana", clock=clock) as bar:
        bar.give(Give(action=new_action_id(), item=counter.item("Tea").id, units=1))
    counter.give("Tea")
    views = counter.ledger.entries()
    assert [(view.till, view.cashier) for view in views] == [("bar", "Ana"), ("till 1", None)]
    with Ledger.open(path, till="bar", cashier="Ana", clock=clock) as bar:
        bar.give(Give(action=new_action_id(), item=counter.item("Tea").id, units=1))
    assert counter.ledger.entries()[2].entry.till == views[0].entry.till
    with pytest.raises(BadInput):
        Ledger.open(path, till=" \u200b ")


def test_refused_gifts_leave_no_till_behind(counter: Counter, clock: Any) -> None:
    with counter.another("kiosk", clock) as kiosk, pytest.raises(Refused):
        kiosk.redeem("Latte")
    with raw(counter.ledger.path) as connection:
        assert connection.execute("SELECT count(*) FROM till").fetchone() == (0,)
