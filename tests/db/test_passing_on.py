"""Surplus: what waits goes to another shop with its money, the oldest gifts first, once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.append import Line
from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import PassOn
from payforward.core.errors import NothingWaiting, PartlyGone, PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, Place, ProgramKind, TaxKind, Tender
from payforward.core.program_answers import Waits
from payforward.core.programs import Program
from payforward.core.slip_answers import Receipt
from tests.conftest import FrozenClock
from tests.db.counter import Counter, hurried
from tests.db.held import (
    FORWARD,
    Winter,
    append,
    assert_stories_add_up,
    entries_of,
    listed,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _sound_after(counter: Counter) -> Iterator[None]:
    yield
    counter.assert_sound()
    assert_stories_add_up(counter)


# -- the money goes along ---------------------------------------------------------------------


def test_what_was_paid_goes_along_whatever_the_price_is_now(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    # Two books of one gift: 2 at 3.33 and 1 at 3.34.
    first = counter.give("Latte", 3, paid=1000)
    clock.forward(days=1)
    ledger.set_price(counter.item("Latte").id, 410)
    second = counter.give("Latte", 2)
    out = counter.pass_on("Latte", 4, winter.shelter, tender=Tender.CARD)
    assert listed(out) == [("Latte", 4, 1000 + 410)]
    assert (out.partner, out.tender, out.left) == ("Shelter", Tender.CARD, 1)
    assert (out.program.id, out.day, out.at) == (FORWARD, date(2026, 11, 22), clock.at)
    assert [ledger.gift(g.gift).passed_on for g in (first, second)] == [3, 1]
    assert [e.unit_minor for e in entries_of(counter, out.action)] == [333, 334, 410]
    assert counter.waiting("Latte") == 1
    assert ledger.handed_over(out.number) == out
    assert ledger.verify(printed_head=out.head).sound
    (entry, *_) = ledger.gift(second.gift).entries
    assert entry.program == "Pay it forward"


@pytest.mark.parametrize(
    ("code", "paid", "units"), [("EUR", 1000, 3), ("JPY", 1000, 3), ("KWD", 10_001, 7)]
)
def test_it_adds_up_in_any_currency(
    tmp_path: Path, clock: FrozenClock, code: str, paid: int, units: int
) -> None:
    path = tmp_path / "shop.db"
    create_ledger(path, shop="Rosa's Café", currency=code, timezone="UTC", clock=clock)
    with Ledger.open(path, clock=clock) as ledger:
        counter = Counter.with_menu(hurried(ledger))
        partner = ledger.add_partner("Next door").id
        counter.give("Tea", units, paid=paid)
        part = counter.pass_on("Tea", units - 1, partner)
        rest = counter.pass_on("Tea", 1, partner)
        assert part.amount_minor + rest.amount_minor == paid
        for amount in (paid, 1, 999):
            counter.give_money(amount)
        money = counter.pass_on(None, paid + 2, partner)
        assert (money.units, money.amount_minor, money.left) == (paid + 2, paid + 2, 998)
        assert counter.fund() == 998
        counter.undo(money.action, paid + 1)
        assert counter.fund() == 998 + paid + 1
        counter.assert_sound()
        assert_stories_add_up(counter)


def test_tokens_of_unknown_value_take_no_money_along(counter: Counter, winter: Winter) -> None:
    append(
        counter,
        Line(
            kind=Kind.GIVE,
            units=2,
            place=Place.BOARD,
            program=FORWARD,
            item=counter.item("Tea").id,
            tax_kind=TaxKind.SINGLE_PURPOSE,
            tender=Tender.OPENING,
        ),
    )
    alone = counter.pass_on("Tea", 1, winter.shelter)
    assert (listed(alone), alone.tender) == ([("Tea", 1, 0)], None)
    counter.give("Tea")
    both = counter.pass_on("Tea", 2, winter.shelter)
    assert (listed(both), both.tender) == ([("Tea", 2, 250)], Tender.CASH)
    assert [e.tender for e in entries_of(counter, both.action)] == [None, "cash"]


# -- whose ------------------------------------------------------------------------------------


def test_surplus_is_of_all_programs_or_of_one(counter: Counter, winter: Winter) -> None:
    ledger = counter.ledger
    soup = ledger.add_program(Program(name="Soup fund", kind=ProgramKind.FORWARD)).id
    counter.give("Tea", 1, program=soup)
    counter.give("Tea", 2)
    counter.give("Tea", 2, program=soup)
    too_many = refused(counter, lambda: counter.pass_on("Tea", 4, winter.shelter, program=soup))
    assert isinstance(too_many, NothingWaiting)
    assert too_many.waiting == 3
    mixed = counter.pass_on("Tea", 2, winter.shelter)
    # It is told as of both, the oldest gift's first.
    assert (mixed.program.id, mixed.units, mixed.left) == (soup, 2, 3)
    assert [each.id for each in mixed.programs] == [soup, FORWARD]
    assert mixed.program_names == f"Soup fund and {ledger.programs()[0].name}"
    of_soup = counter.pass_on("Tea", 1, winter.school, program=soup)
    assert (of_soup.program.id, of_soup.left) == (soup, 1)
    states = {state.program.id: state.units for state in ledger.program_states()}
    assert (states[FORWARD], states[soup]) == (1, 1)
    # What was of both is found under both, and once.
    assert [each.number for each in ledger.handovers()] == [of_soup.number, mixed.number]
    assert [each.number for each in ledger.handovers(FORWARD)] == [mixed.number]
    assert [each.number for each in ledger.handovers(soup)] == [of_soup.number, mixed.number]
    assert ledger.handovers(FORWARD, winter.school) == ()
    # Each list tells its own program's part of it, the manifest all.
    (own,) = ledger.handovers(FORWARD)
    _, others = ledger.handovers(soup)
    for part, number in ((own, FORWARD), (others, soup)):
        assert [each.id for each in part.programs] == [number]
        assert (listed(part), part.left, part.head) == ([("Tea", 1, 250)], 1, mixed.head)
    assert listed(ledger.handed_over(mixed.number)) == [("Tea", 2, 500)]
    counter.undo(mixed.action)
    assert [ledger.handovers(each)[-1].taken_back for each in (FORWARD, soup)] == [1, 1]
    assert ledger.handed_over(mixed.number).taken_back == 2
    states = {state.program.id: state.units for state in ledger.program_states()}
    assert (states[FORWARD], states[soup]) == (2, 2)


def test_what_an_ended_program_still_has_may_go(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    soup = ledger.add_program(Program(name="Soup fund", kind=ProgramKind.FORWARD))
    counter.give("Tea", 2, program=soup.id)
    ledger.change_program(replace(soup, ends_on=date(2026, 11, 21)))
    clock.forward(days=1)
    assert counter.pass_on("Tea", 2, winter.shelter, program=soup.id).units == 2


# -- refused ----------------------------------------------------------------------------------


def test_only_what_is_on_the_board_is_passed_on(counter: Counter, winter: Winter) -> None:
    counter.give("Tea", 3)
    counter.give("Tea", 4, voucher=True)
    no = refused(counter, lambda: counter.pass_on("Tea", 4, winter.shelter))
    assert isinstance(no, NothingWaiting)
    assert (no.waiting, no.message) == (
        3,
        "3 Tea on the board, and 4 Tea shall go: pass on fewer.",
    )
    none = refused(counter, lambda: counter.pass_on("Latte", 1, winter.shelter))
    assert none.message == "Nothing of Latte is on the board, so there is nothing to pass on."
    counter.give_money(500)
    poor = refused(counter, lambda: counter.pass_on(None, 501, winter.shelter))
    assert poor.message == "€5.00 in the fund, and €5.01 shall go: pass on less."


@pytest.mark.parametrize("units", [0, -1, 10_001])
def test_a_count_that_nobody_means_is_refused(counter: Counter, winter: Winter, units: int) -> None:
    counter.give("Tea", 3)
    no = refused(counter, lambda: counter.pass_on("Tea", units, winter.shelter))
    assert no.reason == "bad-count"


def test_partners_programs_items_and_tenders_that_are_none(
    counter: Counter, winter: Winter
) -> None:
    counter.give("Tea", 3)
    counter.ledger.retire_partner(winter.school)
    ask = PassOn(action=new_action_id(), item=counter.item("Tea").id, partner=winter.shelter)
    for changed, reason in (
        (replace(ask, partner=winter.school), "unknown-partner"),
        (replace(ask, partner=99), "unknown-partner"),
        (replace(ask, program=winter.drive), "unknown-program"),
        (replace(ask, program=99), "unknown-program"),
        (replace(ask, item=999), "unknown-item"),
        (replace(ask, tender=Tender.OPENING), "bad-tender"),
    ):
        no = refused(counter, lambda: counter.ledger.pass_on(changed))  # noqa: B023
        assert no.reason == reason


# -- exactly once -----------------------------------------------------------------------------


def test_asking_again_passes_on_once(counter: Counter, winter: Winter) -> None:
    counter.give("Tea", 5)
    ask = PassOn(
        action=new_action_id(), item=counter.item("Tea").id, partner=winter.shelter, units=2
    )
    first = counter.ledger.pass_on(ask)
    assert counter.ledger.pass_on(ask) == replace(first, repeated=True)
    for other in (replace(ask, units=3), replace(ask, partner=winter.school)):
        assert refused(counter, lambda: counter.ledger.pass_on(other)).reason == "id-used"  # noqa: B023
    counter.undo(ask.action, 1)
    back = (Waits(counter.item("Tea"), 1, 250),)
    told = replace(first, left=4, taken_back=1, came_back=back, repeated=True)
    assert counter.ledger.pass_on(ask) == told


def test_tills_pass_the_last_of_it_on_once(counter: Counter, winter: Winter, full: bool) -> None:
    said: list[str] = []

    def pass_on(till: str, barrier: threading.Barrier) -> None:
        with Ledger.open(counter.ledger.path, till=till, clock=FrozenClock()) as ledger:
            other = Counter(hurried(ledger))
            barrier.wait()
            try:
                said.append(other.pass_on("Tea", 2, winter.shelter).action)
            except PayforwardError as no:
                said.append(no.reason)

    rounds = 100 if full else 10
    for _ in range(rounds):
        counter.give("Tea", 2)
        barrier = threading.Barrier(3)
        tills = [threading.Thread(target=pass_on, args=(f"till {n}", barrier)) for n in range(3)]
        for till in tills:
            till.start()
        for till in tills:
            till.join()
    assert len(said) == 3 * rounds
    assert said.count("nothing-waiting") == 2 * rounds


# -- corrected --------------------------------------------------------------------------------


def test_surplus_comes_back_whole_and_in_part_on_its_day(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    given = counter.give("Latte", 3, paid=1000)
    out = counter.pass_on("Latte", 3, winter.shelter)
    (past, *_) = ledger.latest_actions()
    assert (past.kind, past.units, past.left, past.partner) == (Kind.PASS_ON, 3, 3, "Shelter")
    assert (past.amount_minor, past.others, past.tender) == (1000, 0, Tender.CASH)
    partly = refused(counter, lambda: counter.undo(given.action))
    assert partly.message == (
        "That gift was enjoyed, refunded or passed on already, so it cannot be taken back."
    )
    undone = counter.undo(out.action, 2)
    assert (undone.kind, undone.units, undone.amount_minor) == (Kind.PASS_ON, 2, 667)
    assert (undone.waiting, undone.tender) == (2, Tender.CASH)
    assert ledger.handed_over(out.number).taken_back == 2
    some = refused(counter, lambda: counter.undo(given.action))
    assert isinstance(some, PartlyGone)
    assert some.message == (
        "1 Latte of that was enjoyed, refunded or passed on already; take back the other 2 Latte."
    )
    story = ledger.gift(given.gift)
    assert (story.passed_on, story.waiting) == (1, 2)
    again = counter.pass_on("Latte", 1, winter.shelter)
    clock.forward(days=1)
    late = refused(counter, lambda: counter.undo(again.action))
    assert late.message.endswith(" in Entries, or what came back can be put in again.")


def test_a_receipt_no_longer_says_that_it_waits(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    given = counter.give("Latte", 3)
    counter.pass_on("Latte", 2, winter.shelter)

    def told() -> Receipt:
        assert given.receipt is not None
        found = counter.ledger.look_up(given.receipt)
        assert isinstance(found, Receipt)
        return found

    assert (told().units, told().enjoyed) == (3, 0)
    clock.forward(days=1)
    assert (told().units, told().enjoyed) == (3, 2)
