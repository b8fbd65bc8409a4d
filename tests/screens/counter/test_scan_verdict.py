"""A scan on a screen that is not the counter: served at once, and the form stays as it was."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import RedeemSlip, TakeBack
from payforward.core.ids import new_action_id
from screens.counter import scan_verdict
from screens.counter.scan_verdict import ScanVerdict
from screens.dialogs.item_form import ItemForm
from screens.entries import EntriesScreen
from screens.widgets.key_bar import KeyBar
from screens.widgets.safe_input import SafeInput
from tests.screens.counter.test_slips import scan, slip_of
from tests.screens.counter.test_stories import kinds
from tests.screens.scanning.hands import type_at

if TYPE_CHECKING:
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


async def read(at: At, code: codes.Code, gap: float) -> None:
    """Let a scanner type a code, with what it sends before and after."""
    await type_at(at.app, f"LUNAS BAR GIFT {code.letters}\r", gap)
    await at.pilot.pause(0.2)
    await at.settle()


@pytest.mark.parametrize("gap", [0, 0.005, 0.03], ids=["lump", "5ms", "30ms"])
async def test_a_scan_that_is_read_twice_leaves_the_verdict(
    gap: float, at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 4)
    said = "✓ 1 Flat white. 3 left on this slip."
    async with at_counter() as at:
        for _ in range(2):
            await read(at, code, gap)
            assert await at.until(lambda: at.sees(said), 2)
        assert other_till.slip(slip).left == 3
        await at.keys("enter")
        assert other_till.slip(slip).left == 2


@pytest.mark.parametrize("gap", [0, 0.005, 0.03], ids=["lump", "5ms", "30ms"])
async def test_a_scan_that_is_read_twice_leaves_the_verdict_over_a_form(
    gap: float, at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 4)
    said = "✓ 1 Flat white. 3 left on this slip."
    async with at_counter() as at:
        await open_form(at)
        form = at.app.screen
        await at.pilot.pause(0.4)
        for _ in range(2):
            await read(at, code, gap)
            assert await at.until(lambda: at.sees(said), 2)
        assert isinstance(at.app.screen, ScanVerdict)
        assert other_till.slip(slip).left == 3
        await at.keys("escape")
        assert at.app.screen is form
        assert form.query_one("#name SafeInput", SafeInput).value == "Tea"


async def test_back_at_the_counter_nothing_is_said_that_is_no_longer_so(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 4)
    _, latte = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await scan(at, code)
        assert at.sees("3 left on this slip.")
        for scanned in (code, latte):
            at.app.action_open_entries()
            await at.settle()
            await scan_over(at, scanned)
            await at.keys("escape", "escape")
            assert await at.until(lambda: not at.sees("left on this slip"), 2)
            assert at.sees("Letters serve, + gives.")
            await at.keys("plus", "l", "a", "enter")
            assert at.sees("Thank you.")
        assert other_till.slip(slip).left == 2


async def test_what_is_typed_at_the_counter_stays(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Flat white", 4)
    async with at_counter() as at:
        await at.keys("plus", "2", "c", "a", "right")
        await scan_over(at, code)
        await at.keys("escape", "escape")
        assert at.line == "+2ca"
        assert at.sees("Give 2 Cappuccino, €6.40, cash?")


async def test_a_slip_that_was_put_back_elsewhere_serves_no_other(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 4)
    async with at_counter() as at:
        await scan(at, code)
        at.app.action_open_entries()
        await at.settle()
        other_till.take_back(TakeBack(action=new_action_id(), slips=(slip,)))
        await at.keys("escape")
        assert await at.until(lambda: not at.sees("left on this slip"), 2)


async def test_no_other_key_is_shown_while_enter_is_the_verdicts(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Flat white", 4)
    async with at_counter() as at:
        await open_form(at)
        form = at.app.screen
        await at.until(lambda: at.sees("Enter Add it"), 2)
        await scan_over(at, code)
        assert at.sees("Enter serves another")
        assert not at.sees("Enter Add it")
        assert not at.sees("Esc Back")
        await at.keys("escape")
        assert at.app.screen is form
        assert form.query_one(KeyBar).visible
        assert await at.until(lambda: at.sees("Enter Add it"), 2)


async def test_practice_ends_while_the_ledger_is_being_read(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    assert other_till.slips(most=1) == ()
    async with at_counter() as at:
        real = at.screen
        at.app.action_open_practice()
        assert await at.until(lambda: at.sees("Practice: nothing here counts."), 15)
        await at.settle()
        practice = at.screen
        answering = Event()
        held = practice.run_worker(practice.desk.run(lambda _: answering.wait(5)), group="held")
        practice.on_screen_resume()
        practice.read("la")
        practice.run_worker(practice._poll(), group="held")
        await at.pilot.pause(0.05)
        assert not held.is_finished
        practice.dismiss(None)
        answering.set()
        assert await at.until(lambda: at.app.screen is real, 5)
        await at.pilot.pause(0.3)
        # Nor does it ask anything any more.
        await practice.read_board()
        await practice._poll()
        await at.settle()
        await at.keys("f", "l")
        assert at.sees("Serve 1 Flat white?")
