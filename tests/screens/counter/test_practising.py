"""Practice: it says so on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.square import SquareScreen
from tests.screens.counter.programs import drive, house, jar
from tests.screens.counter.test_slips import scan, slip_of

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.screens.counter.conftest import AtCounter


async def test_practice_says_so_everywhere(at_counter: AtCounter, other_till: Ledger) -> None:
    drive(other_till)
    house(other_till)
    jar(other_till)
    _, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        at.app.action_open_practice()
        assert await at.until(lambda: at.sees("Practice: nothing here counts."), 15)
        await at.settle()
        await scan(at, code)
        assert at.sees("This is practice: real slips are read at the real counter.")
        await at.keys("escape", "plus", "l", "a", "slash", "enter", "right")
        assert await at.until(lambda: isinstance(at.app.screen, SquareScreen), 5)
        assert await at.until(lambda: at.sees("Practice"), 5)
        await at.keys("escape")
        assert await at.until(lambda: not at.modal, 2)
        await at.keys("plus", "3", *"coat", "space", "m", "enter")
        assert at.sees("Thank you. 3 Coat M taken in: 3 of 40.")
        await at.keys("plus", "5", *"jar", "enter")
        assert at.sees("Thank you. €5.00 in the Lifeboat jar, cash.")
        await at.keys(*"free", "enter")
        assert at.sees("✓ 1 Soup of the day. 19 left till Sunday.")
        assert all(state.units == 0 for state in other_till.program_states()[1:])
        at.app.action_open_slips()
        assert await at.until(lambda: at.sees("Practice · Slips"), 5)
