"""What was asked for in vain is noted when somebody chooses to, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import Give, NoteAsked
from payforward.core.ids import new_action_id
from tests.screens.counter.programs import house
from tests.screens.counter.test_house import clear_board
from tests.screens.counter.test_slips import scan, slip_of
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter


def noted(ledger: Ledger) -> list[tuple[str, int, str]]:
    return [(note.item.name, note.units, note.till) for note in ledger.asked()]


async def test_the_note_is_the_last_choice_where_something_else_can_pay(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    house(other_till, "Free latte", "Latte")
    async with at_counter() as at:
        await at.keys("2", "l", "a")
        assert at.sees("2 Flat white can pay.")
        await at.keys("down")
        assert at.sees("The fund can pay €7.20 for 2.")
        await at.keys("down")
        assert at.sees("The house can pay for 2: 20 left till Sunday.")
        await at.keys("down")
        assert at.sees("Note that 2 Latte were asked for?")
        assert at.sees("Enter notes it")
        await at.keys("down", "enter")
        assert noted(other_till) == [("Latte", 2, "till 1")]
        assert kinds(other_till) == []
        assert at.sees("Noted: 2 Latte were asked for.")
        assert at.sees("^Z takes the note back.")


async def test_what_waits_offers_no_note(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("f", "l", *["down"] * 5)
        assert not at.sees("Note that")


async def test_what_else_waits_comes_first(at_counter: AtCounter, other_till: Ledger) -> None:
    clear_board(other_till)
    soup = other_till.find_item("Soup of the day").id
    other_till.give(Give(action=new_action_id(), item=soup, units=1))
    async with at_counter() as at:
        await at.keys("s", "a")
        assert at.sees("No Sandwich just now. Soup of the day is waiting.")
        assert at.sees("↓ offers one   ↑ notes that it was asked for")
        await at.keys("enter")
        assert (kinds(other_till), noted(other_till)) == ([], [])
        await at.keys("down")
        assert at.sees("Serve 1 Soup of the day?")
        await at.keys("down", "enter")
        assert noted(other_till) == [("Sandwich", 1, "till 1")]
        # However much else waits, the note is one key away; Enter is another.
        await at.types("2sa")
        await at.keys("up")
        assert at.sees("Note that 2 Sandwich were asked for?")
        await at.keys("enter")
        assert ("Sandwich", 2, "till 1") in noted(other_till)


async def test_an_enter_typed_ahead_notes_nothing(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    clear_board(other_till)
    async with at_counter() as at:
        await at.pilot.press("l", "a", "enter")
        await at.settle()
        assert at.sees("No Latte just now, and nothing else waits.")
        assert at.sees("↓ notes that it was asked for")
        assert noted(other_till) == []
        await at.keys("down", "enter")
        assert noted(other_till) == [("Latte", 1, "till 1")]


async def test_a_note_is_taken_back(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("l", "a", "down", "enter", "ctrl+z")
        assert at.sees("Take back the note of 17:40 that 1 Latte was asked for?")
        assert noted(other_till) != []
        await at.keys("enter")
        assert noted(other_till) == []
        assert at.sees("Taken back: the note that 1 Latte was asked for.")
        await at.keys("ctrl+z")
        assert at.sees("This till has done nothing today that could be taken back.")


async def test_what_was_done_since_is_taken_back_first(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("plus", "f", "l", "enter")
        clock.forward(minutes=1)
        await at.keys("s", "a", "down", "down", "enter")
        assert noted(other_till) == [("Sandwich", 1, "till 1")]
        clock.forward(minutes=1)
        await at.keys("f", "l", "enter", "ctrl+z")
        assert at.sees("Take back: 1 Flat white served at 17:42?")
        await at.keys("down")
        assert at.sees("Take back the note of 17:41")
        await at.keys("down")
        assert at.sees("1 Flat white given at 17:40")


async def test_another_tills_note_is_not_this_ones(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    latte = other_till.find_item("Latte").id
    other_till.note_asked(NoteAsked(action=new_action_id(), item=latte))
    async with at_counter() as at:
        await at.keys("ctrl+z")
        assert at.sees("This till has done nothing today that could be taken back.")


async def test_a_used_slip_and_nothing_at_all(at_counter: AtCounter, other_till: Ledger) -> None:
    clear_board(other_till)
    _, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await scan(at, code)
        assert await at.until(lambda: at.sees("✓ 1 Latte."), 5)
        at.screen._last_scan = (None, 0.0)
        await scan(at, code)
        assert await at.until(lambda: at.sees("This slip has been used. No Latte just now."), 5)
        await at.keys("enter")
        assert noted(other_till) == []
        await at.keys("down")
        assert at.sees("Note that 1 Latte was asked for?")
        await at.keys("enter")
        assert noted(other_till) == [("Latte", 1, "till 1")]
