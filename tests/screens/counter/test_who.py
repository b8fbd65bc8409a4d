"""The counter opened for somebody: with a PIN it is asked for, before anything is in their name."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from payforward.app import PayforwardApp
from payforward.core.closing import TillSays
from payforward.core.people import Guarded
from screens.closing import ClosingScreen
from screens.counter.screen import CounterScreen
from screens.desk import Station
from screens.dialogs.recovery_sheet import SheetQuestion
from screens.dialogs.secret_form import AskSecret
from screens.dialogs.settings_form import SettingsForm
from screens.dialogs.till_form import TillForm
from screens.dialogs.who_dialog import WhoDialog
from screens.scanning.pace import END_SECONDS
from tests.screens.counter.conftest import At
from tests.screens.counter.test_slips import scan, slip_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter

PHRASE = "rosa opens at seven"


@asynccontextmanager
async def opened_for(path: Path, clock: FrozenClock, name: str | None) -> AsyncIterator[At]:
    """Open the counter as ``payforward --cashier NAME`` does."""
    app = PayforwardApp(Station(path, "till 1", name), clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        yield At(app, pilot)


async def choose(at: At, letter: str) -> None:
    """Say who is here as a hand does: Enter comes a while after the letter."""
    await at.keys("ctrl+n", letter)
    await at.pilot.pause(2 * END_SECONDS)
    await at.keys("enter")


def add_bob(ledger: Ledger) -> int:
    return ledger.set_pin(ledger.add_cashier("Bob").id, "4071").id


async def test_the_pin_is_asked_for_at_the_start(
    shop: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    add_bob(other_till)
    async with opened_for(shop, clock, "bob") as at:
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        await at.keys(*"4072", "enter")
        assert await at.until(lambda: at.sees("That is not the PIN of Bob: try again."), 5)
        assert at.app.desk.cashier is None
        await at.keys(*"4071", "enter")
        assert await at.until(lambda: at.sees("Bob · till 1"), 5)
        await at.keys("f", "l", "enter")
    assert other_till.entries()[-1].cashier == "Bob"


async def test_without_the_pin_nobody_is_named(
    shop: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    add_bob(other_till)
    async with opened_for(shop, clock, "Bob") as at:
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        await at.keys("escape")
        assert await at.until(lambda: isinstance(at.app.screen, CounterScreen), 5)
        assert await at.until(lambda: at.sees("Community fund"), 5)
        assert not at.sees("Bob")
        await at.keys("f", "l", "enter")
    assert other_till.entries()[-1].cashier is None


async def test_for_who_left_the_counter_opens_without_a_name(
    shop: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    other_till.retire_cashier(add_bob(other_till))
    async with opened_for(shop, clock, "Bob") as at:
        assert await at.until(lambda: at.sees("Community fund"), 5)
        assert at.sees("Bob has left: the owner can add them again.")
        assert at.sees("Ctrl+N says who is here.")
        await at.keys("f", "l", "enter")
    assert other_till.entries()[-1].cashier is None


async def test_for_a_stranger_too_where_the_owner_adds_people(
    shop: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    other_till.set_passphrase(None, PHRASE)
    async with opened_for(shop, clock, "Zoe") as at:
        assert await at.until(lambda: at.sees("Community fund"), 5)
        assert at.sees("Nobody here is called Zoe: the owner adds people.")


async def test_a_scan_in_a_pin_is_served_and_leaves_the_pin_as_it_was(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    add_bob(other_till)
    _, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await choose(at, "b")
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        await at.keys("4", "0")
        await scan(at, code)
        assert at.sees("✓ 1 Latte")
        await at.keys("escape")
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        assert at.app.screen.query_one(Input).value == "40"
        await at.keys("7", "1", "enter")
        assert await at.until(lambda: at.sees("Bob · till 1"), 5)
    assert other_till.entries()[-1].cashier == "Ana", "the slip was served by who was here then"


async def test_the_press_acts_for_whoever_is_here(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    other_till.add_cashier("Cleo")
    async with at_counter() as at:
        desk = at.app.desk
        assert await desk.on_press(lambda press: press._ledger.cashier) == "Ana"
        await choose(at, "c")
        assert await at.until(lambda: at.sees("Cleo · till 1"), 5)
        assert await desk.on_press(lambda press: press._ledger.cashier) == "Cleo"


async def test_the_recovery_sheet_is_the_owners(at_counter: AtCounter, other_till: Ledger) -> None:
    slip_of(other_till, "Latte")
    other_till.add_cashier("Ana")
    other_till.set_passphrase(None, PHRASE)
    async with at_counter() as at:
        at.app.action_open_recovery_sheet()
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        assert await at.until(lambda: at.sees(Guarded.RECOVERY.doing), 5)
        await at.keys("escape")
        assert await at.until(lambda: not at.modal, 5)
        at.app.action_open_recovery_sheet()
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        at.app.screen.query_one(Input).value = PHRASE
        await at.keys("enter")
        assert await at.until(lambda: isinstance(at.app.screen, SheetQuestion), 5)


async def test_the_settings_behind_more_are_the_owners(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    other_till.set_passphrase(None, PHRASE)
    async with at_counter() as at:
        at.app.action_open_settings()
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        at.app.screen.query_one(Input).value = PHRASE
        await at.keys("enter")
        assert await at.until(lambda: isinstance(at.app.screen, SettingsForm), 5)
        await at.keys("9", "0", "enter")
        assert await at.until(lambda: not at.modal, 5)
    assert other_till.settings().expiry_days == 90


async def test_correcting_a_closed_day_is_the_owners(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    other_till.close_day(says=TillSays())
    other_till.add_cashier("Ana")
    other_till.set_passphrase(None, PHRASE)
    async with at_counter() as at:
        at.app.action_open_closing()
        assert await at.until(lambda: isinstance(at.app.screen, ClosingScreen), 5)
        screen = at.app.screen
        assert isinstance(screen, ClosingScreen)
        await at.until(lambda: at.sees("closed"), 5)
        screen.action_end_day()
        assert await at.until(lambda: isinstance(at.app.screen, AskSecret), 5)
        assert await at.until(lambda: at.sees(Guarded.CLOSES.doing), 5)
        at.app.screen.query_one(Input).value = PHRASE
        await at.keys("enter")
        assert await at.until(lambda: isinstance(at.app.screen, TillForm), 5)


async def test_letters_in_one_lump_never_serve(at_counter: AtCounter, other_till: Ledger) -> None:
    other_till.add_cashier("Flora")
    before = len(other_till.entries())
    async with at_counter() as at:
        for key in ("ctrl+n", "f", "l", "enter"):  # as ssh brings them: none waits for another
            at.app._driver.process_message(events.Key(key, key if len(key) == 1 else None))  # type: ignore[union-attr]
        await at.pilot.pause(0.5)
        await at.settle()
        assert at.line == "" if not at.modal else isinstance(at.app.screen, WhoDialog)
    assert len(other_till.entries()) == before
