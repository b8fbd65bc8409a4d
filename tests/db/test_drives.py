"""Drives: goods taken in, delivered with a manifest, and all of that corrected."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.append import Line
from db.ledger import Ledger
from payforward.core.asks import Collect, Deliver, GiveAway
from payforward.core.errors import NothingWaiting, PartlyGone, PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, ProgramKind, Tender
from payforward.core.programs import Program
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


@pytest.fixture(autouse=True)
def _sound_after(counter: Counter) -> Iterator[None]:
    yield
    counter.assert_sound()
    assert_stories_add_up(counter)


# -- taking in --------------------------------------------------------------------------------


def test_goods_are_counted_and_have_no_value(counter: Counter, winter: Winter) -> None:
    first = counter.collect(winter.drive, winter.small, 3, giver=" Ann\n ")
    second = counter.collect(winter.drive, winter.large, 2)
    assert (first.units, first.collected, second.collected) == (3, 3, 5)
    assert (first.item.name, first.program.name, first.day) == (
        "Coat S",
        "Winter coats",
        date(2026, 11, 21),
    )
    story = counter.ledger.gift(first.gift)
    assert (story.giver, story.units, story.amount_minor, story.waiting) == ("Ann", 3, 0, 3)
    assert story.program is not None
    assert story.program.id == winter.drive
    (entry,) = entries_of(counter, first.action)
    assert (entry.kind, entry.place, entry.tender, entry.tax_kind) == ("give", "held", None, None)
    state = counter.ledger.program_state(winter.drive)
    assert [(each.item.name, each.units) for each in state.waits] == [("Coat S", 3), ("Coat L", 2)]
    assert (state.collected, state.delivered) == (5, 0)
    counter.ledger.erase_words(first.gift)
    assert counter.ledger.gift(first.gift).giver is None


def test_what_a_drive_took_in_counts_what_it_delivered(counter: Counter, winter: Winter) -> None:
    counter.collect(winter.drive, winter.small, 3)
    out = counter.deliver(winter.drive, winter.shelter)
    assert counter.collect(winter.drive, winter.small, 2).collected == 5
    counter.undo(out.action, 1)
    assert counter.collect(winter.drive, winter.tin).collected == 6
    state = counter.ledger.program_state(winter.drive)
    assert (state.collected, state.delivered, state.units) == (6, 2, 4)


@pytest.mark.parametrize("units", [0, -1, 10_001])
def test_a_count_that_nobody_means_is_refused(counter: Counter, winter: Winter, units: int) -> None:
    no = refused(counter, lambda: counter.collect(winter.drive, winter.small, units))
    assert no.reason == "bad-count"


def test_only_a_drive_takes_goods(counter: Counter, winter: Winter) -> None:
    soup = counter.ledger.add_program(Program(name="Soup", kind=ProgramKind.GIVEAWAY)).id
    for program in (FORWARD, winter.jar, soup):
        no = refused(counter, lambda: counter.collect(program, winter.small))  # noqa: B023
        assert no.reason == "not-a-drive"
    counter.ledger.retire_program(winter.drive)
    for program in (winter.drive, 99):
        no = refused(counter, lambda: counter.collect(program, winter.small))  # noqa: B023
        assert no.reason == "unknown-program"


def test_a_drive_takes_its_own_goods_alone(counter: Counter, winter: Winter) -> None:
    ledger = counter.ledger
    toys = ledger.add_program(Program(name="Toys", kind=ProgramKind.DRIVE)).id
    empty = refused(counter, lambda: counter.collect(toys, winter.small))
    assert empty.message == ("Toys has no goods yet: choose one of its goods, or add to them.")
    (ball,) = ledger.add_goods(toys, "Ball")
    ledger.drop_goods(winter.drive, winter.tin)
    for item in (ball.id, winter.tin, counter.item("Latte").id, ledger.fund().id, 999):
        no = refused(counter, lambda: counter.collect(winter.drive, item))  # noqa: B023
        assert (no.reason, no.message) == (
            "unknown-goods",
            "Winter coats takes Coat S and Coat L: choose one of its goods, or add to them.",
        )


def test_many_goods_are_not_all_named(counter: Counter, winter: Winter) -> None:
    counter.ledger.add_goods(winter.drive, "Shoe", [str(size) for size in range(36, 46)])
    no = refused(counter, lambda: counter.collect(winter.drive, 999))
    assert "takes Coat S, Coat L, Tin of soup, Shoe 36, Shoe 37, Shoe 38 and more:" in no.message


def test_a_drive_takes_goods_on_its_days_alone(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    counter.collect(winter.drive, winter.small, 2)
    later = counter.ledger.add_program(
        Program(name="Toys", kind=ProgramKind.DRIVE, starts_on=date(2026, 12, 1))
    ).id
    (ball,) = counter.ledger.add_goods(later, "Ball")
    early = refused(counter, lambda: counter.collect(later, ball.id))
    assert early.reason == "not-running"
    assert "Toys starts on 1 Dec 2026" in early.message
    clock.forward(days=6)
    counter.give("Tea")
    clock.forward(days=4)
    counter.collect(winter.drive, winter.small)
    clock.forward(days=1)
    late = refused(counter, lambda: counter.collect(winter.drive, winter.small))
    assert late.reason == "not-running"
    assert "Winter coats ended on 1 Dec 2026" in late.message
    assert counter.collect(later, ball.id).collected == 1
    # What it has is delivered after its end as well.
    assert counter.deliver(winter.drive, winter.shelter).units == 3


# -- delivering -------------------------------------------------------------------------------


def test_forty_coats_are_delivered_in_two_parts(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    gifts = [counter.collect(winter.drive, winter.small, 5).gift for _ in range(4)]
    for _ in range(2):
        clock.forward(days=1)
        counter.collect(winter.drive, winter.large, 10)
    first = counter.deliver(winter.drive, winter.shelter, (winter.large, 3), (winter.small, 7))
    assert listed(first) == [("Coat S", 7, 0), ("Coat L", 3, 0)]
    assert (first.partner, first.program.name, first.left) == ("Shelter", "Winter coats", 30)
    assert (first.tender, first.units, first.amount_minor) == (None, 10, 0)
    assert (first.day, first.at) == (date(2026, 11, 23), clock.at)
    # The oldest gifts went first.
    assert [ledger.gift(gift).delivered for gift in gifts] == [5, 2, 0, 0]
    clock.forward(days=1)
    second = counter.deliver(winter.drive, winter.school)
    assert listed(second) == [("Coat S", 13, 0), ("Coat L", 17, 0)]
    state = ledger.program_state(winter.drive)
    assert (state.waits, state.collected, state.delivered) == ((), 40, 40)
    assert ledger.handovers() == (second, replace(first, left=0))
    assert ledger.handovers(partner=winter.shelter) == (replace(first, left=0),)
    assert ledger.handovers(most=1) == ledger.handovers(winter.drive, most=1) == (second,)
    assert ledger.handovers(winter.jar) == ()
    for each in (first, second):
        assert ledger.handed_over(each.number) == replace(each, left=0)
        assert ledger.verify(printed_head=each.head).sound
    ledger.retire_program(winter.drive)
    assert [each.number for each in ledger.handovers()] == [second.number, first.number]


def test_a_manifest_is_the_same_months_later(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    ledger.save_settings(ledger.settings())
    counter.collect(winter.drive, winter.tin, 3)
    counter.collect(winter.drive, winter.small, 2)
    clock.forward(minutes=-30)
    out = counter.deliver(winter.drive, winter.shelter, (winter.tin, 2), (winter.small, 2))
    # The clock had stepped back, and the line that says so is no part of the manifest.
    assert out.number == 4
    clock.forward(days=5)
    counter.collect(winter.drive, winter.tin, 5)
    counter.deliver(winter.drive, winter.school)
    ledger.drop_goods(winter.drive, winter.tin)
    ledger.rename_partner(winter.shelter, "Night shelter")
    ledger.retire_partner(winter.shelter)
    again = ledger.handed_over(out.number)
    assert (listed(again), again.day, again.at, again.head) == (
        [("Coat S", 2, 0), ("Tin of soup", 2, 0)],
        out.day,
        out.at,
        out.head,
    )
    assert again.partner == "Night shelter"


def test_numbers_that_no_manifest_has(counter: Counter, winter: Winter) -> None:
    given = counter.collect(winter.drive, winter.small)
    counter.collect(winter.drive, winter.small)
    out = counter.deliver(winter.drive, winter.shelter)
    undo = entries_of(counter, counter.undo(out.action).action)
    for number in (given.gift, out.number + 1, undo[0].no, 0, 999):
        no = refused(counter, lambda: counter.ledger.handed_over(number))  # noqa: B023
        assert no.reason == "unknown-manifest"


def test_more_than_was_collected_is_not_delivered(counter: Counter, winter: Winter) -> None:
    counter.collect(winter.drive, winter.small, 3)
    counter.collect(winter.drive, winter.large, 2)
    holds = "3 Coat S and 2 Coat L"
    for parts, missing in (
        (((winter.small, 4),), "4 Coat S"),
        (((winter.small, 3), (winter.large, 3)), "3 Coat L"),
        (((winter.tin, 1),), "1 Tin of soup"),
        (((counter.item("Latte").id, 1),), "1 Latte"),
    ):
        no = refused(counter, lambda: counter.deliver(winter.drive, winter.shelter, *parts))  # noqa: B023
        assert (no.reason, no.message) == (
            "more-than-collected",
            f"Winter coats holds {holds}, not {missing}: deliver at most what is there.",
        )
    unknown = refused(counter, lambda: counter.deliver(winter.drive, winter.shelter, (999, 1)))
    assert unknown.reason == "unknown-item"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (((1, 0),), "bad-count"),
        (((1, 2), (2, -1)), "bad-count"),
        (((1, 1), (1, 2)), "bad-parts"),
        ((), "bad-parts"),
    ],
)
def test_parts_that_nobody_means_are_refused(
    counter: Counter, winter: Winter, parts: tuple[tuple[int, int], ...], reason: str
) -> None:
    counter.collect(winter.drive, winter.small, 3)
    goods = {1: winter.small, 2: winter.large}
    ask = Deliver(
        action=new_action_id(),
        program=winter.drive,
        partner=winter.shelter,
        parts=tuple((goods[item], units) for item, units in parts),
    )
    assert refused(counter, lambda: counter.ledger.deliver(ask)).reason == reason


def test_nothing_is_delivered_where_nothing_is(counter: Counter, winter: Winter) -> None:
    for program, parts in (
        (winter.drive, [(winter.small, 1)]),
        (winter.drive, []),
        (winter.jar, []),
    ):
        no = refused(counter, lambda: counter.deliver(program, winter.shelter, *parts))  # noqa: B023
        assert isinstance(no, NothingWaiting)
        assert (no.waiting, "so there is nothing to deliver" in no.message) == (0, True)


def test_only_drives_and_jars_are_delivered_and_to_partners(
    counter: Counter, winter: Winter
) -> None:
    counter.give("Latte", 3)
    counter.collect(winter.drive, winter.small, 3)
    soup = counter.ledger.add_program(Program(name="Soup", kind=ProgramKind.GIVEAWAY)).id
    counter.ledger.retire_partner(winter.school)
    for program, partner, reason in (
        (FORWARD, winter.shelter, "not-a-drive"),
        (soup, winter.shelter, "not-a-drive"),
        (99, winter.shelter, "unknown-program"),
        (winter.drive, winter.school, "unknown-partner"),
        (winter.drive, 99, "unknown-partner"),
    ):
        no = refused(counter, lambda: counter.deliver(program, partner))  # noqa: B023
        assert no.reason == reason


def test_the_same_goods_of_two_drives_stay_apart(counter: Counter, winter: Winter) -> None:
    ledger = counter.ledger
    other = ledger.add_program(Program(name="Spring coats", kind=ProgramKind.DRIVE)).id
    (small,) = ledger.add_goods(other, "Coat", ["S"])
    assert small.id == winter.small
    counter.collect(other, small.id, 5)
    counter.collect(winter.drive, small.id, 2)
    no = refused(counter, lambda: counter.deliver(winter.drive, winter.shelter, (small.id, 3)))
    assert no.reason == "more-than-collected"
    assert counter.deliver(winter.drive, winter.shelter).units == 2
    assert ledger.program_state(other).units == 5


# -- exactly once -----------------------------------------------------------------------------


def test_asking_again_takes_in_and_delivers_once(counter: Counter, winter: Winter) -> None:
    collect = Collect(
        action=new_action_id(), item=winter.small, program=winter.drive, units=3, giver="Ann"
    )
    first, again = counter.ledger.collect(collect), counter.ledger.collect(collect)
    assert again == replace(first, repeated=True)
    counter.collect(winter.drive, winter.large, 2)
    deliver = Deliver(action=new_action_id(), program=winter.drive, partner=winter.shelter)
    out = counter.ledger.deliver(deliver)
    counter.collect(winter.drive, winter.large, 4)
    # Asked again, "all that is there" is what was there then.
    assert counter.ledger.deliver(deliver) == replace(out, left=4, repeated=True)
    facts = counter.facts()
    for act in (
        lambda: counter.ledger.collect(replace(collect, units=4)),
        lambda: counter.ledger.collect(replace(collect, giver="Bea")),
        lambda: counter.ledger.deliver(replace(deliver, parts=((winter.large, 1),))),
        lambda: counter.ledger.deliver(replace(deliver, action=collect.action)),
    ):
        assert refused(counter, act).reason == "id-used"
    assert counter.facts() == facts


@pytest.mark.parametrize("what", ["goods", "jar"])
def test_two_tills_deliver_the_last_of_it_once(
    counter: Counter, winter: Winter, what: str, full: bool
) -> None:
    """Whoever is second hears that nothing is there, never a lock."""
    program = winter.drive if what == "goods" else winter.jar
    said: list[str] = []

    def deliver(till: str, barrier: threading.Barrier) -> None:
        with Ledger.open(counter.ledger.path, till=till, clock=FrozenClock()) as ledger:
            other = Counter(hurried(ledger))
            barrier.wait()
            try:
                said.append(other.deliver(program, winter.shelter).action)
            except PayforwardError as no:
                said.append(no.reason)

    rounds = 100 if full else 10
    for _ in range(rounds):
        if what == "goods":
            counter.collect(winter.drive, winter.small)
        else:
            counter.give_money(500, program=winter.jar)
        barrier = threading.Barrier(3)
        tills = [threading.Thread(target=deliver, args=(f"till {n}", barrier)) for n in range(3)]
        for till in tills:
            till.start()
        for till in tills:
            till.join()
    assert len(said) == 3 * rounds
    assert said.count("nothing-waiting") == 2 * rounds
    assert len(counter.ledger.handovers()) == rounds


# -- corrected --------------------------------------------------------------------------------


def test_what_was_taken_in_is_taken_back(counter: Counter, winter: Winter) -> None:
    given = counter.collect(winter.drive, winter.small, 5)
    (past,) = counter.ledger.latest_actions()
    assert (past.kind, past.units, past.left, past.program) == (Kind.GIVE, 5, 5, "Winter coats")
    undone = counter.undo(given.action, 2)
    assert (undone.units, undone.waiting, undone.tender, undone.amount_minor) == (2, 3, None, 0)
    story = counter.ledger.gift(given.gift)
    assert (story.units, story.waiting, story.tender) == (3, 3, Tender.OTHER)
    other = counter.collect(winter.drive, winter.large, 1)
    assert counter.undo(other.action).waiting == 0
    assert counter.ledger.program_state(winter.drive).collected == 3


def test_what_was_delivered_is_not_taken_back_from_its_giver(
    counter: Counter, winter: Winter
) -> None:
    given = counter.collect(winter.drive, winter.small, 5)
    counter.deliver(winter.drive, winter.shelter, (winter.small, 2))
    partly = refused(counter, lambda: counter.undo(given.action))
    assert isinstance(partly, PartlyGone)
    assert (partly.left, partly.message) == (
        3,
        "2 Coat S of that was delivered or given back already; take back the other 3 Coat S.",
    )
    counter.refund(given.gift, 2)
    counter.deliver(winter.drive, winter.shelter)
    gone = refused(counter, lambda: counter.undo(given.action))
    assert gone.message == (
        "That gift was delivered or given back already, so it cannot be taken back."
    )


def test_a_delivery_is_taken_back_whole_and_in_part(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    counter.collect(winter.drive, winter.small, 3)
    counter.collect(winter.drive, winter.small, 2)
    counter.collect(winter.drive, winter.large, 2)
    out = counter.deliver(winter.drive, winter.shelter)
    (past, *_) = ledger.latest_actions()
    assert (past.kind, past.units, past.left, past.others) == (Kind.DELIVER, 7, 7, 1)
    assert (past.item.name, past.program, past.partner) == ("Coat S", "Winter coats", "Shelter")
    undone = counter.undo(out.action)
    assert (undone.kind, undone.units, undone.waiting) == (Kind.DELIVER, 7, 2)
    assert (undone.item.name, undone.others) == ("Coat L", 1)
    assert ledger.handed_over(out.number).taken_back == 7
    assert [e.undone for e in ledger.entries() if e.entry.action == out.action] == [True] * 3
    assert ledger.program_state(winter.drive).delivered == 0
    again = counter.deliver(winter.drive, winter.school, (winter.small, 5))
    counter.undo(again.action, 3)
    state = ledger.program_state(winter.drive)
    assert [(each.item.name, each.units) for each in state.waits] == [("Coat S", 3), ("Coat L", 2)]
    assert [each.taken_back for each in ledger.handovers()] == [3, 7]
    assert refused(counter, lambda: counter.undo(again.action)).reason == "already-undone"
    kept = counter.deliver(winter.drive, winter.school)
    clock.forward(days=1)
    late = refused(counter, lambda: counter.undo(kept.action))
    assert late.reason == "another-day"
    assert late.message.endswith(" in Entries, or what came back can be put in again.")


def test_a_part_of_several_things_is_not_taken_back_by_a_number(
    counter: Counter, winter: Winter
) -> None:
    """It would take whatever line was last, which nobody chose."""
    counter.collect(winter.drive, winter.small, 3)
    counter.collect(winter.drive, winter.large, 2)
    out = counter.deliver(winter.drive, winter.shelter)
    no = refused(counter, lambda: counter.undo(out.action, 1))
    assert (no.reason, no.message) == (
        "several-items",
        "That was several things at once: take all of it back, then do the right part anew.",
    )
    # As ledgers may have it from when that was done by a number.
    _, large = entries_of(counter, out.action)
    append(
        counter,
        Line(
            kind=Kind.DELIVER,
            units=1,
            book=large.book,
            partner=winter.shelter,
            undoes=large.no,
        ),
    )
    told = counter.ledger.handed_over(out.number)
    assert [(each.item.name, each.units) for each in told.came_back] == [("Coat L", 1)]
    assert told.taken_back == 1
    other = counter.deliver(winter.drive, winter.school)
    assert counter.undo(other.action).units == 1
    counter.assert_sound()


def test_goods_go_back_to_their_giver_without_money(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    given = counter.collect(winter.drive, winter.small, 5)
    counter.deliver(winter.drive, winter.shelter, (winter.small, 1))
    clock.forward(days=2)
    late = refused(counter, lambda: counter.undo(given.action))
    assert late.message.endswith("what is still here of it can be given back.")
    back = counter.refund(given.gift, 1, tender=Tender.CASH)
    assert (back.units, back.amount_minor, back.waiting) == (1, 0, 3)
    (entry,) = entries_of(counter, back.action)
    assert (entry.kind, entry.tender) == ("refund", None)
    more = refused(counter, lambda: counter.refund(given.gift, 4))
    assert isinstance(more, NothingWaiting)
    assert more.message == f"Only 3 Coat S of gift {given.gift} still here: give back at most that."
    assert refused(counter, lambda: counter.refund(given.gift, 0)).reason == "bad-count"
    undone = counter.undo(back.action)
    assert (undone.kind, undone.waiting) == (Kind.REFUND, 4)
    counter.refund(given.gift)
    story = counter.ledger.gift(given.gift)
    assert (story.units, story.refunded, story.delivered, story.waiting) == (5, 4, 1, 0)
    none = refused(counter, lambda: counter.refund(given.gift))
    assert (none.reason, none.message) == (
        "enjoyed",
        f"Nothing of gift {given.gift} is here any more, so there is nothing to give back.",
    )


def test_the_house_s_servings_are_never_refunded(counter: Counter) -> None:
    ledger = counter.ledger
    open_hand = ledger.add_program(Program(name="Open hand", kind=ProgramKind.GIVEAWAY)).id
    served = ledger.give_away(
        GiveAway(action=new_action_id(), item=counter.item("Tea").id, program=open_hand)
    )
    for entry in entries_of(counter, served.action):
        assert refused(counter, lambda: counter.refund(entry.gift)).reason == "unknown-gift"  # noqa: B023
        assert refused(counter, lambda: ledger.gift(entry.gift)).reason == "unknown-gift"  # noqa: B023
