"""A scan on a screen that is not the counter: served at once, and the form stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import RedeemSlip
from payforward.core.ids import new_action_id
from screens.counter import scan_verdict
from screens.counter.scan_verdict import ScanVerdict
from screens.dialogs.item_form import ItemForm
from screens.entries import EntriesScreen
from screens.widgets.safe_input import SafeInput
from tests.screens.counter.test_slips import scan, slip_of
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    import pytest

    from db.ledger import Ledger
    from payforward.core import codes
    from tests.screens.counter.conftest import At, AtCounter


async def open_form(at: At) -> None:
    """Open the form for a new item, and type a name."""
    at.app.action_open_items()
    await at.settle()
    await at.keys("a")
    assert await at.until(lambda: isinstance(at.app.screen, ItemForm), 2)
    await at.keys(*"Tea")


async def scan_over(at: At, code: codes.Code) -> None:
    """Scan, and wait for the verdict."""
    await scan(at, code)
    assert await at.until(lambda: isinstance(at.app.screen, ScanVerdict), 2)
    await at.pilot.pause(0.1)
    await at.settle()


async def test_a_slip_is_served_over_a_form_and_the_next_key_goes_on_in_it(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 2)
    async with at_counter() as at:
        await open_form(at)
        await scan_over(at, code)
        assert other_till.slip(slip).left == 1
        assert at.sees("✓ 1 Flat white. 1 left on this slip.")
        await at.keys("s")
        assert isinstance(at.app.screen, ItemForm)
        field = at.app.screen.query_one("#name SafeInput", SafeInput)
        assert (field.value, field.has_focus) == ("Teas", True)
        await at.keys("backspace", "tab", *"2.50", "enter")
        assert await at.until(lambda: not at.app.screen.is_modal, 2)
        assert other_till.find_item("Tea").price_minor == 250


async def test_enter_does_what_the_sentence_says(at_counter: AtCounter, other_till: Ledger) -> None:
    slip, code = slip_of(other_till, "Flat white", 3)
    async with at_counter() as at:
        await open_form(at)
        await scan_over(at, code)
        # Held down, Enter does it once.
        await at.keys("enter", "enter", "enter")
        assert await at.until(lambda: other_till.slip(slip).left == 1, 2)
        assert await at.until(lambda: at.sees("1 left on this slip"), 2)
        await at.keys("escape")
        assert isinstance(at.app.screen, ItemForm)
        assert len(kinds(other_till)) == 2


async def test_a_used_slip_offers_the_board_there_too(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Flat white")
    other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code))
    async with at_counter() as at:
        at.app.action_open_entries()
        await at.settle()
        await scan_over(at, code)
        assert at.sees("This slip has been used. Enter serves one from the board instead.")
        await at.keys("right")
        assert at.sees("Slip 5.")
        await at.keys("escape", "enter")
        assert await at.until(lambda: kinds(other_till) == [("redeem", -1, "Flat white")], 2)
        assert await at.until(lambda: at.sees("✓ 1 Flat white. 2 still waiting."), 2)
        await at.keys("escape")
        assert isinstance(at.app.screen, EntriesScreen)


async def test_what_asks_nothing_goes_by_itself(
    at_counter: AtCounter, other_till: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_verdict, "LEAVES_SECONDS", 0.3)
    _, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await open_form(at)
        await scan(at, code)
        assert await at.until(lambda: at.sees("✓ 1 Latte."), 2)
        assert await at.until(lambda: isinstance(at.app.screen, ItemForm), 3)
        at.app.on_misread()
        assert await at.until(lambda: at.sees("I can't read this as one of our slips."), 2)
        assert await at.until(lambda: isinstance(at.app.screen, ItemForm), 3)


async def test_money_waits_for_the_counter(at_counter: AtCounter, other_till: Ledger) -> None:
    slip, code = slip_of(other_till, "fund", 1000)
    async with at_counter() as at:
        await open_form(at)
        await scan_over(at, code)
        assert at.sees("This slip holds €10.00. Scan it at the counter, then type what is served.")
        await at.keys("enter")
        assert isinstance(at.app.screen, ItemForm)
        assert other_till.slip(slip).left == 1000


async def test_a_second_scan_follows_the_first(at_counter: AtCounter, other_till: Ledger) -> None:
    _, first = slip_of(other_till, "Latte")
    _, second = slip_of(other_till, "Flat white", 2)
    async with at_counter() as at:
        await open_form(at)
        await scan_over(at, first)
        await scan(at, second)
        assert await at.until(lambda: at.sees("✓ 1 Flat white. 1 left on this slip."), 2)
        await at.keys("escape")
        assert isinstance(at.app.screen, ItemForm)
        assert len(kinds(other_till)) == 2


async def test_every_place_behind_more_opens(at_counter: AtCounter, other_till: Ledger) -> None:
    slip_of(other_till, "Latte")
    async with at_counter() as at:
        for name in ("slips", "partners", "paper", "printers", "recovery_sheet"):
            await at.app.run_action(f"open_{name}")
            assert await at.until(lambda: at.app.screen is not at.app.screen_stack[1], 2), name
            await at.settle()
            await at.keys("escape")
            assert await at.until(lambda: at.app.screen is at.app.screen_stack[1], 2), name
