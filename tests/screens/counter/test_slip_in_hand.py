"""A slip of money stays in hand while something is left on it; what is said of it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import RedeemSlip
from payforward.core.ids import new_action_id
from screens.counter import line_screen
from tests.screens.counter.test_slips import scan, slip_of
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    import pytest

    from db.ledger import Ledger
    from tests.screens.counter.conftest import AtCounter

BOARD = "Serve 1 Flat white? 3 waiting."


async def test_it_pays_for_one_thing_after_another(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "fund", 1000)
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("c", "a", "enter")
        assert at.sees("✓ 1 Cappuccino. €6.80 left on this slip.")
        assert at.sees("Enter serves another, or type what else   Esc forgets the slip")
        await at.keys("s", "o")
        assert at.sees("Serve 1 Soup of the day from the slip? €0.80 stays on it.")
        await at.keys("enter")
        assert other_till.slip(slip).left == 80
        assert at.sees("✓ 1 Soup of the day. €0.80 left on this slip.")
        assert at.sees("The slip pays for what is typed   Esc forgets the slip")
        # Nothing of that came from the board, nor from the fund.
        assert other_till.board().money_minor == 2000
        assert [units for _, units, _ in kinds(other_till)] == [-320, -600]
        await at.keys("f", "l")
        assert at.sees("The slip holds €0.80, and 1 Flat white cost €3.50.")
        await at.keys("escape")
        assert at.sees("This slip holds €0.80. Type what is served.")
        await at.keys("escape", "f", "l")
        assert at.sees(BOARD)


async def test_the_first_escape_keeps_it_and_the_second_forgets_it(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "fund", 1000)
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("c", "a", "escape")
        assert at.line == ""
        assert at.sees("This slip holds €10.00. Type what is served.")
        await at.keys("ctrl+z")
        assert not at.sees("This slip holds")
        await at.keys("escape")
        assert at.sees("This slip holds €10.00. Type what is served.")
        await at.keys("escape")
        assert not at.sees("This slip holds")
        # The screen is not blank either.
        await at.keys("f", "l")
        assert at.sees(BOARD)


async def test_a_typo_tells_that_it_is_in_hand(at_counter: AtCounter, other_till: Ledger) -> None:
    _, code = slip_of(other_till, "fund", 1000)
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("x", "q")
        assert at.sees("Nothing on the menu begins with “xq”. The slip in hand holds €10.00.")
        await at.keys("backspace", "backspace")
        assert at.sees("This slip holds €10.00. Type what is served.")
    async with at_counter((60, 20)) as at:
        await scan(at, code)
        await at.keys("x", "q")
        assert at.sees("No such item. The slip in hand holds €10.00.")


async def test_a_gift_or_another_scan_puts_it_down(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "fund", 1000)
    _, other = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("plus", "l", "enter", "f", "l")
        assert at.sees(BOARD)
        await at.keys("escape")
        slip, code = slip_of(other_till, "fund", 1000)
        await scan(at, code)
        await scan(at, other)
        assert at.sees("✓ 1 Latte.")
        await at.keys("f", "l")
        assert at.sees(BOARD)
        assert other_till.slip(slip).left == 1000


async def test_what_another_till_took_from_it_is_seen(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "fund", 1000)
    latte = other_till.find_item("Latte").id
    async with at_counter() as at:
        await scan(at, code)
        other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code, item=latte))
        assert await at.until(lambda: at.sees("This slip holds €6.40."), 5)
        await at.keys("c", "a")
        assert at.sees("Serve 1 Cappuccino from the slip? €3.20 stays on it.")
        await at.keys("escape")
        other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code, item=latte))
        other_till.redeem_slip(
            RedeemSlip(action=new_action_id(), code=slip_of(other_till, "Latte")[1])
        )
        assert await at.until(lambda: at.sees("This slip holds €2.80."), 5)


async def test_what_is_taken_back_is_on_its_slip_again(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "fund", 1000)
    _, latte = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("2", "c", "a", "enter", "ctrl+z", "enter")
        assert at.sees("Taken back: 2 Cappuccino. €6.40 is on its slip again.")
        assert at.sees("The slip pays for what is typed   Esc forgets the slip")
        await at.keys("s", "o")
        assert at.sees("Serve 1 Soup of the day from the slip? €4.00 stays on it.")
        await scan(at, latte)
        await at.keys("ctrl+z", "enter")
        assert at.sees("Taken back: 1 Latte. 1 is on its slip again.")
        # What the fund had paid is in the fund again, as before.
        await at.keys("s", "a", "enter", "left", "ctrl+z", "enter")
        assert at.sees("Taken back: 1 Sandwich. €5.50 is in the fund again.")


async def test_it_is_put_down_when_nothing_is_done_with_it(
    at_counter: AtCounter, other_till: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_screen, "SLIP_SECONDS", 0.5)
    _, money = slip_of(other_till, "fund", 1000)
    _, lattes = slip_of(other_till, "Latte", 3)
    async with at_counter() as at:
        await scan(at, money)
        assert at.sees("This slip holds €10.00. Type what is served.")
        assert await at.until(lambda: not at.sees("This slip holds"), 10)
        await at.keys("f", "l")
        assert at.sees(BOARD)
        await at.keys("escape")
        await scan(at, lattes)
        assert at.sees("Enter serves another")
        assert await at.until(lambda: not at.sees("Enter serves another"), 10)
        served = len(kinds(other_till))
        await at.keys("enter")
        assert len(kinds(other_till)) == served
