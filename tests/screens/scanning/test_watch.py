"""Scans in the running app: what comes besides, over forms, twice; letters are never shown."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from textual import events
from textual.command import CommandPalette
from textual.screen import ModalScreen
from textual.widgets import Input

from db.ledger import Ledger
from payforward.app import PayforwardApp
from payforward.core import codes
from screens.counter.entry_input import EntryInput
from screens.counter.scan_verdict import ScanVerdict
from screens.dialogs.gift_form import GiftForm
from screens.items import ItemsScreen
from screens.more import MoreScreen
from screens.scanning.taking_back import TakenBack, TakesBack
from screens.setup import SetupScreen
from screens.widgets.safe_input import SafeTextArea
from tests.conftest import FrozenClock
from tests.screens.scanning.hands import (
    BARCODE,
    Heard,
    key_of,
    new_code,
    type_at,
    with_error,
)
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.codes import Code
    from tests.screens.scanning.conftest import AtTill, Till


def entries(path: Path) -> int:
    with Ledger.open(path, clock=FrozenClock()) as ledger:  # that day's, whatever day it is
        return len(ledger.entries())


# -- what else may come ---------------------------------------------------------------------------


async def test_a_scanner_that_reads_twice_is_heard_once(at_till: AtTill, heard: Heard) -> None:
    code = new_code()
    async with at_till() as till:
        for _ in range(3):
            await till.types(f"ROSA GIFT {code.letters}\r", 0.005)
            assert till.line == ""
        assert heard.codes == [code]


async def test_a_pasted_code_is_a_scan_and_a_pasted_text_a_text(
    at_till: AtTill, heard: Heard
) -> None:
    code = new_code()
    async with at_till() as till:
        till.app.post_message(events.Paste(f"HTTPS://COFFEE.EXAMPLE/V/{code.letters}\n"))
        assert await till.until(lambda: heard.codes == [code])
        assert till.line == ""
        till.app.post_message(events.Paste("+2 flat"))
        assert await till.until(lambda: till.line == "+2 flat")


async def test_a_product_at_the_counter_presses_no_enter(
    at_till: AtTill, heard: Heard, ledger_path: Path
) -> None:
    async with at_till() as till:
        await till.types("fl", 0.1)
        await till.pilot.pause(0.2)
        await till.types(f"{BARCODE}\r\n", 0.005)
        assert till.line == f"fl{BARCODE}"
        assert entries(ledger_path) == 1


async def test_a_scan_into_the_palette_starts_nothing(at_till: AtTill, heard: Heard) -> None:
    code = new_code()
    async with at_till() as till:
        await till.pilot.press("ctrl+p")
        assert await till.until(lambda: isinstance(till.app.screen, CommandPalette))
        await till.types(f"ROSA GIFT {code.letters}\r", 0.01)
        assert await till.until(lambda: heard.codes == [code])
        assert not isinstance(till.app.screen, CommandPalette)
        assert till.line == ""


async def test_a_full_field_stays_quiet(at_till: AtTill, heard: Heard) -> None:
    rang = []
    async with at_till() as till:
        entry = till.app.screen.query_one(EntryInput)
        entry.value = before = "x" * 78
        await till.pilot.pause()
        till.app.bell = lambda: rang.append(1)  # type: ignore[method-assign]
        await till.types(f"ROSA GIFT {new_code().letters}\r", 0.001)
        assert await till.until(lambda: len(heard.codes) == 1)
        assert till.line == before
        assert rang == []


async def open_form(till: Till) -> GiftForm:
    await till.types("+2ca", 0.1)
    await till.pilot.press("right")
    assert await till.until(lambda: isinstance(till.app.screen, GiftForm))
    await till.types("Zoë", 0.1)
    await till.pilot.pause(0.2)
    form = till.app.screen
    assert isinstance(form, GiftForm)
    return form


@pytest.mark.parametrize(
    ("gap", "ending"), [(0, ""), (0, "\r"), (0.005, "\x03\r\n"), (0.005, "\t")]
)
async def test_two_slips_over_an_open_form_leave_it_as_it_was(
    gap: float, ending: str, at_till: AtTill, ledger_path: Path
) -> None:
    async with at_till() as till:
        form = await open_form(till)
        field = till.app.focused
        for _ in range(2):
            await till.types(f"ROSA GIFT {new_code().letters}{ending}", gap)
            assert await till.until(lambda: isinstance(till.app.screen, ScanVerdict))
            await till.pilot.pause(0.05)
        await till.pilot.press("escape")
        assert await till.until(lambda: till.app.screen is form)
        assert till.app.focused is field
        assert isinstance(field, Input)
        assert field.value == "Zoë"
        assert entries(ledger_path) == 1


@pytest.mark.parametrize("first", "RPAG")
@pytest.mark.parametrize("gap", [0, 0.001, 0.02], ids=["lump", "1ms", "20ms"])
async def test_two_slips_over_a_table_press_none_of_its_keys(
    gap: float, first: str, at_till: AtTill, ledger_path: Path
) -> None:
    async with at_till() as till:
        await till.app.run_action("open_items")
        assert await till.until(lambda: isinstance(till.app.screen, ItemsScreen))
        table = till.app.screen
        for _ in range(3):
            await till.types(f"{first}OSA GIFT {new_code().letters}\r", gap)
            assert await till.until(lambda: isinstance(till.app.screen, ScanVerdict))
            await till.pilot.pause(0.15)
            assert till.screens[-2] is table
        await till.pilot.press("escape")
        assert await till.until(lambda: till.app.screen is table)
        await till.pilot.pause(0.15)
        assert till.app.screen is table
        assert entries(ledger_path) == 1


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\t"])
async def test_an_end_that_comes_late_moves_no_form(
    ending: str, at_till: AtTill, heard: Heard, ledger_path: Path
) -> None:
    async with at_till() as till:
        form = await open_form(till)
        field = till.app.focused
        await till.types(f"ROSA GIFT {new_code().letters}", 0)
        await till.pilot.pause(0.15)
        await till.types(ending, 0)
        assert (till.app.screen, till.app.focused) == (form, field)
        assert len(heard.codes) == 1
        assert entries(ledger_path) == 1


async def test_a_list_of_items_forgets_a_scan_for_good(
    tmp_path: Path, clock: FrozenClock, heard: Heard
) -> None:
    screen = SetupScreen(tmp_path / "new.db", clock)
    async with on_stage(tmp_path / "none.db", clock, screen) as actor:
        area = actor.screen.query_one(SafeTextArea)
        area.focus()
        await actor.settle()
        await type_at(actor.stage, "Latte 3.50", 0.1)
        await actor.pilot.pause(0.4)
        await type_at(actor.stage, f"ROSA GIFT {new_code().letters}\r\n", 0.005)
        await actor.until(lambda: len(heard.codes) == 1, "no scan")
        assert area.text == "Latte 3.50"
        assert area.cursor_location == (0, 10)
        area.undo()
        area.redo()
        await actor.settle()
        assert area.text == "Latte 3.50"


async def test_a_selection_comes_back(at_till: AtTill, heard: Heard) -> None:
    async with at_till() as till:
        await till.types("flat", 0.1)
        await till.pilot.pause(0.3)
        entry = till.app.screen.query_one(EntryInput)
        entry.select_all()
        before = entry.state()
        await till.types(f"ROSA GIFT {new_code().letters}\r", 0.001)
        assert await till.until(lambda: len(heard.codes) == 1)
        assert entry.state() == before


# -- letters that nobody may read -----------------------------------------------------------------


def fall(app: PayforwardApp, code: Code) -> None:
    letters, keys = code.letters, [key_of(letter) for letter in code.letters]
    raise RuntimeError(f"{code} {code!r} {len(letters)} {len(keys)}")


async def test_a_crash_shows_no_letter_of_a_code(
    at_till: AtTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_code()
    told: list[str] = []

    def keep(app: PayforwardApp) -> None:
        console = Console(file=io.StringIO(), width=200, record=True)
        for renderable in app._exit_renderables:
            console.print(renderable)
        told.append(console.export_text())

    async def crash() -> None:
        async with at_till() as till:
            await till.types("+2ca", 0.1)
            await till.types(f"ROSA GIFT {code.letters}\r", 0.005)
            await till.pilot.pause(0.5)

    monkeypatch.setattr(PayforwardApp, "on_scan", fall)
    monkeypatch.setattr(PayforwardApp, "_print_error_renderables", keep)
    with pytest.raises(RuntimeError):
        await crash()
    assert told
    assert "RuntimeError: Code() Code() 20 20" in told[0]
    assert not any(group in told[0] for group in codes.format(code.letters).split())


async def test_a_field_says_nothing_of_what_was_typed(at_till: AtTill) -> None:
    async with at_till() as till:
        await till.types("fl", 0.1)
        assert "fl" not in repr(till.app.screen.query_one(EntryInput).state())


# -- where a scan goes, and when ------------------------------------------------------------------


class Ear(ModalScreen[None]):
    """A screen that takes scans."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def scanned(self, code: Code) -> None:
        """Keep a code."""
        self.heard.append(code)

    def misread(self) -> None:
        """Keep nothing."""
        self.heard.append(None)


async def test_a_scan_goes_to_the_topmost_screen_that_takes_it(
    busy_path: Path, clock: FrozenClock
) -> None:
    code, below, above = new_code(), Ear(), Ear()
    async with on_stage(busy_path, clock, None) as actor:
        await type_at(actor.stage, f"ROSA GIFT {new_code().letters}\r", 0)
        await type_at(actor.stage, f"ROSA GIFT {with_error(code)}\r", 0)
        await actor.settle()
        for screen in (below, above, MoreScreen()):
            await actor.stage.show(screen)
        await type_at(actor.stage, f"ROSA GIFT {code.letters}\r", 0)
        await type_at(actor.stage, f"ROSA GIFT {with_error(code)}\r", 0)
        await actor.until(lambda: above.heard == [code, None], "not heard")
        assert below.heard == []


async def test_a_field_that_never_answers_holds_no_scan_up(
    at_till: AtTill, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[tuple[TakesBack, object]] = []

    def forget(field: TakesBack, since: float, scan: object) -> None:
        late.append((field, scan))

    monkeypatch.setattr(TakesBack, "take_back", forget)
    async with at_till() as till:
        code = new_code()
        await till.types(f"ROSA GIFT {code.letters}\r", 0.001)
        assert heard.codes == []
        assert await till.until(lambda: heard.codes == [code], 2)
        for field, scan in late:
            field.post_message(TakenBack(scan))
        await till.pilot.pause(0.1)
        assert heard.codes == [code]
