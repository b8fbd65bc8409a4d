"""Who writes of the house, of goods or of a jar what cannot be is found, all guards intact."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from db.append import Line
from db.verify_held import PROBLEMS
from payforward.core.asks import GiveAway
from payforward.core.ids import new_action_id
from payforward.core.model import ItemKind, Kind, Place, ProgramKind, Tender
from payforward.core.programs import Period, Program
from tests.db.held import append

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.model import Entry
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter
    from tests.db.held import Winter

PAID = "1 entries say that somebody paid for what has no value"
SERVED = "program 4: 1 servings paid for another count, or for what is not on the menu"
KEPT = "program 4: 1 times servings were brought in and not handed over at once"
SUNDAY = "2026-11-22"


@dataclass(frozen=True)
class Forger:
    """Writes as the one writer does, but asks no plan first."""

    counter: Counter
    winter: Winter
    house: int
    serving: int

    def write(self, *lines: Line) -> tuple[Entry, ...]:
        return append(self.counter, *lines)

    def open(self, kind: Kind, program: int, item: int, units: int, **facts: object) -> Entry:
        what: dict[str, object] = {"place": Place.HELD} | facts
        line = Line(kind=kind, units=units, program=program, item=item, **what)  # type: ignore[arg-type]
        return self.write(line)[0]

    def budget_book(self) -> int:
        (book,) = (v.entry.book for v in self.counter.ledger.entries() if v.entry.kind == "budget")
        return book

    def serve(self, item: int, served: int) -> None:
        paid = {"units": -1, "served_item": item, "served": served, "list_price_minor": 0}
        self.write(Line(kind=Kind.REDEEM, book=self.budget_book(), **paid))  # type: ignore[arg-type]


@pytest.fixture
def forger(counter: Counter, winter: Winter) -> Forger:
    ledger = counter.ledger
    house = Program(
        name="House", kind=ProgramKind.GIVEAWAY, budget_units=5, budget_period=Period.WEEK
    )
    number = ledger.add_program(house).id
    (serving,) = (i.id for i in ledger._items().values() if i.kind is ItemKind.SERVING)
    forger = Forger(counter, winter, number, serving)
    ledger.settle_budgets()
    forger.budget_book()
    counter.assert_sound()
    return forger


def budget_with_money(by: Forger) -> None:
    by.open(Kind.BUDGET, by.house, by.serving, 5, unit_minor=100, expires=SUNDAY)


def budget_for_ever(by: Forger) -> None:
    by.open(Kind.BUDGET, by.house, by.serving, 5)


def servings_for_cash(by: Forger) -> None:
    first = Line(
        kind=Kind.GIVE,
        units=1,
        place=Place.HELD,
        program=by.house,
        item=by.serving,
        tender=Tender.CASH,
    )
    tea = by.counter.item("Tea").id
    served = Line(
        kind=Kind.REDEEM, units=-1, of_gift=True, served_item=tea, served=1, list_price_minor=250
    )
    by.write(first, served)


def servings_at_a_price(by: Forger) -> None:
    by.open(Kind.GIVE, by.house, by.serving, 5, unit_minor=100, tender=Tender.CASH)


def servings_never_served(by: Forger) -> None:
    by.open(Kind.GIVE, by.house, by.serving, 5)


def servings_served_later(by: Forger) -> None:
    book = by.open(Kind.GIVE, by.house, by.serving, 1).book
    tea = by.counter.item("Tea").id
    paid = {"units": -1, "served_item": tea, "served": 1, "list_price_minor": 250}
    by.write(Line(kind=Kind.REDEEM, book=book, **paid))  # type: ignore[arg-type]


def given_into_a_budget(by: Forger) -> None:
    by.write(Line(kind=Kind.GIVE, units=3, book=by.budget_book()))


def money_served(by: Forger) -> None:
    by.serve(by.counter.ledger.fund().id, 1)


def fifty_for_one(by: Forger) -> None:
    by.serve(by.counter.item("Tea").id, 50)


def lapsed_too_soon(by: Forger) -> None:
    by.write(Line(kind=Kind.LAPSE, units=-1, book=by.budget_book()))


def goods_at_a_price(by: Forger) -> None:
    winter = by.winter
    by.open(Kind.GIVE, winter.drive, winter.small, 5, unit_minor=100, tender=Tender.CASH)


def goods_on_a_slip(by: Forger) -> None:
    winter, slip = by.winter, {"place": Place.SLIP, "new_slip": 0, "code": b"x" * 32}
    by.open(Kind.GIVE, winter.drive, winter.small, 5, **slip)


def jar_on_a_slip(by: Forger) -> None:
    slip = {"place": Place.SLIP, "new_slip": 0, "code": b"x" * 32}
    money = by.counter.ledger.fund().id
    by.open(Kind.GIVE, by.winter.jar, money, 500, unit_minor=1, tender=Tender.CASH, **slip)


def refunded_to_a_partner(by: Forger) -> None:
    winter = by.winter
    book = by.counter.collect(winter.drive, winter.small, 5).gift
    by.write(Line(kind=Kind.REFUND, units=-5, book=book, partner=winter.shelter))


def money_without_tender(by: Forger) -> None:
    book = by.counter.give_money(500, program=by.winter.jar).gift
    by.write(Line(kind=Kind.DELIVER, units=-200, book=book, partner=by.winter.shelter))


@pytest.mark.parametrize(
    ("forge", "problem"),
    [
        (budget_with_money, f"program 4: {PAID}"),
        (budget_for_ever, "program 4: 1 budgets have no last day"),
        (servings_for_cash, f"program 4: {PAID}"),
        (servings_at_a_price, f"program 4: {PAID}"),
        (servings_never_served, KEPT),
        (servings_served_later, KEPT.replace("1", "2")),
        (given_into_a_budget, "entry 2: gives into book 1, which is another entry's"),
        (money_served, SERVED),
        (fifty_for_one, SERVED),
        (
            lapsed_too_soon,
            "program 4: a budget lapsed before its last day, and nothing was changed",
        ),
        (goods_at_a_price, f"program 2: {PAID}"),
        (goods_on_a_slip, "program 2 is drive, but its gifts were at place slip"),
        (jar_on_a_slip, "program 3 is charity, but its gifts were at place slip"),
        (refunded_to_a_partner, "entry 3: is a refund and names a partner"),
        (money_without_tender, "program 3: 1 entries deliver money and do not say how"),
    ],
)
def test_what_cannot_be_is_found(
    forger: Forger, forge: Callable[[Forger], None], problem: str
) -> None:
    forge(forger)
    assert problem in forger.counter.ledger.verify().problems


def test_a_budget_may_lapse_early_for_every_reason_that_there_is(
    forger: Forger, clock: FrozenClock
) -> None:
    """It is cut, something is taken back, its program ends, runs on after all, and is retired."""
    counter, ledger, house = forger.counter, forger.counter.ledger, forger.house

    def serve(units: int) -> str:
        item = counter.item("Tea").id
        ask = GiveAway(action=new_action_id(), item=item, program=house, units=units)
        return ledger.give_away(ask).action

    def change(**facts: object) -> None:
        program = ledger.program_state(house).program
        ledger.change_program(replace(program, **facts))  # type: ignore[arg-type]
        counter.assert_sound()

    clock.forward(days=2)
    served = serve(3)
    change(budget_units=3)
    counter.undo(served, 1)
    change(budget_units=2)
    change(budget_units=9, ends_on=date(2026, 11, 24))
    clock.forward(days=2)
    ledger.settle_budgets()
    counter.assert_sound()
    change(ends_on=None)
    last = serve(1)
    ledger.retire_program(house)
    counter.undo(last)
    ledger.settle_budgets()
    counter.assert_sound()
    with ledger._file.snapshot():
        rows = ledger._file.read("SELECT count(*) FROM entry WHERE kind = 'lapse'")
    assert rows[0][0] >= 5


def test_the_proof_of_what_is_held_reads_no_other_entries(counter: Counter) -> None:
    """Whatever it asks of the entries, it asks by program: of no shop's whole history."""
    for statement, _ in chain.from_iterable(PROBLEMS.values()):
        parameters = {"shop": 1, "program": 2}
        rows = counter.ledger._file.read(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = [row["detail"] for row in rows]
        of_entries = [each for each in plan if "SEARCH" in each or "SCAN" in each]
        assert all(
            re.search(r"shop=\? AND (program|item|no)=\?", e) or e == "SCAN kept"
            for e in of_entries
        ), plan
