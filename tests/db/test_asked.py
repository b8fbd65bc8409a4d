"""Asked for in vain: noted once, told to the owner, taken back on its day; it moves nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.asked import ASKED_BETWEEN
from payforward.core.asks import NoteAsked
from payforward.core.errors import ClockJumped
from payforward.core.ids import new_action_id
from payforward.core.program_answers import AskedNote
from tests.db.counter import raw
from tests.db.held import Winter, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.errors import PayforwardError
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def kept(counter: Counter) -> list[tuple[object, ...]]:
    with raw(counter.ledger.path) as connection:
        return connection.execute("SELECT * FROM asked ORDER BY action").fetchall()


def no_note(counter: Counter, act: Callable[[], object]) -> PayforwardError:
    """Return why something was refused, sure that neither entries nor notes were changed."""
    before = kept(counter)
    no = refused(counter, act)
    assert kept(counter) == before
    return no


def test_a_note_moves_nothing(counter: Counter, clock: FrozenClock) -> None:
    before = counter.facts()
    note = counter.note_asked("Latte", 2)
    assert (note.item.name, note.units, note.till, note.repeated) == ("Latte", 2, "till 1", False)
    assert (note.at, note.day) == (clock.at, date(2026, 11, 21))
    assert counter.facts() == before
    assert counter.ledger.asked() == (note,)
    assert counter.ledger.latest_actions() == ()
    counter.assert_sound()


def test_a_note_says_nothing_of_who_asked() -> None:
    assert {each.name for each in fields(AskedNote)} == {
        "action",
        "item",
        "units",
        "till",
        "at",
        "day",
        "repeated",
        "taken_back",
    }


def test_notes_are_told_newest_first_by_day(counter: Counter, clock: FrozenClock) -> None:
    saturday = counter.note_asked("Latte")
    clock.forward(minutes=5)
    later = counter.note_asked("Tea")
    clock.forward(days=1)
    with counter.another("bar", clock) as bar:
        sunday = bar.note_asked("Latte", 3)
    assert sunday.till == "bar"
    clock.forward(days=1)
    monday = counter.note_asked("Latte")
    ledger = counter.ledger
    assert ledger.asked() == (monday, sunday, later, saturday)
    assert ledger.asked(date(2026, 11, 22)) == (monday, sunday)
    assert ledger.asked(None, date(2026, 11, 21)) == (later, saturday)
    assert ledger.asked(date(2026, 11, 22), date(2026, 11, 22)) == (sunday,)
    assert ledger.asked(date(2027, 1, 1)) == ()


def test_a_note_counts_on_the_business_day(counter: Counter, clock: FrozenClock) -> None:
    clock.forward(days=1)
    counter.give("Tea")
    clock.forward(days=-1)
    # An entry made now would count on Sunday, and so does the note.
    assert counter.note_asked("Latte").day == date(2026, 11, 22)


def test_asking_again_notes_once(counter: Counter, clock: FrozenClock) -> None:
    ask = NoteAsked(action=new_action_id(), item=counter.item("Latte").id, units=2)
    note = counter.ledger.note_asked(ask)
    clock.forward(days=20)
    # Not even a date in doubt makes another note of it.
    assert counter.ledger.note_asked(ask) == replace(note, repeated=True)
    tea = counter.item("Tea").id
    for other in (replace(ask, units=1), replace(ask, item=tea)):
        assert no_note(counter, lambda: counter.ledger.note_asked(other)).reason == "id-used"  # noqa: B023
    assert counter.ledger.asked() == (note,)


def test_an_id_of_something_else_is_refused(counter: Counter) -> None:
    given = counter.give("Tea")
    no = no_note(counter, lambda: counter.note_asked("Tea", action=given.action))
    assert no.reason == "id-used"


def test_an_id_of_a_note_is_refused_for_entries(counter: Counter, winter: Winter) -> None:
    """A retry of the note would else be told of the note, and the gift be looked for in vain."""
    note = counter.note_asked("Tea")
    gone = counter.note_asked("Latte")
    counter.ledger.forget_asked(gone.action)
    for used in (note.action, gone.action):
        for act in (
            lambda used=used: counter.give("Tea", action=used),
            lambda used=used: counter.collect(winter.drive, winter.small, action=used),
        ):
            assert no_note(counter, act).reason == "id-used"
    assert counter.note_asked("Tea", action=note.action).repeated


def test_only_what_is_on_the_menu_is_noted(counter: Counter, winter: Winter) -> None:
    ledger = counter.ledger
    ledger.retire_item(counter.item("Tea").id)
    for item in (winter.small, ledger.fund().id, counter.item("Tea").id, 999):
        ask = NoteAsked(action=new_action_id(), item=item)
        no = no_note(counter, lambda: ledger.note_asked(ask))  # noqa: B023
        assert no.reason == "unknown-item"


@pytest.mark.parametrize("units", [0, -3, 10_001])
def test_a_count_that_nobody_means_is_refused(counter: Counter, units: int) -> None:
    assert no_note(counter, lambda: counter.note_asked("Tea", units)).reason == "bad-count"


def test_a_date_in_doubt_is_doubted(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Tea")
    clock.forward(days=9)
    assert isinstance(no_note(counter, lambda: counter.note_asked("Tea")), ClockJumped)
    counter.ledger.accept_clock()
    assert counter.note_asked("Tea").day == date(2026, 11, 30)


def test_a_note_is_taken_back_on_its_day(counter: Counter, clock: FrozenClock) -> None:
    ledger = counter.ledger
    first, second = counter.note_asked("Latte"), counter.note_asked("Tea", 2)
    assert ledger.forget_asked(first.action) == replace(first, taken_back=True)
    assert ledger.asked() == (second,)
    # Again is the same, the next day too; and asking for it again does not bring it back.
    clock.forward(days=1)
    assert ledger.forget_asked(first.action) == replace(first, repeated=True, taken_back=True)
    again = counter.note_asked("Latte", action=first.action)
    assert (again.repeated, again.taken_back) == (True, True)
    assert ledger.asked() == (second,)
    late = no_note(counter, lambda: ledger.forget_asked(second.action))
    assert (late.reason, "noted on 21 Nov 2026" in late.message) == ("another-day", True)
    assert no_note(counter, lambda: ledger.forget_asked(new_action_id())).reason == "unknown-note"


def test_notes_of_a_shop_are_found_by_day(counter: Counter) -> None:
    parameters = {"shop": 1, "first": "2026-11-01", "last": "2026-11-30"}
    rows = counter.ledger._file.read(f"EXPLAIN QUERY PLAN {ASKED_BETWEEN}", parameters)
    plan = " ".join(row["detail"] for row in rows)
    assert "asked_day (shop=? AND day>? AND day<?)" in plan, plan
