"""Printers: added, tested, chosen; what the shop decides; the recovery sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.core.accounts import Books
from payforward.core.printers import PrinterKind
from payforward.core.shop_settings import Printed, ShopSettings
from screens.dialogs.printer_form import PrinterForm
from screens.dialogs.recovery_sheet import RecoverySheet, SheetQuestion, keep_recovery_sheet
from screens.dialogs.settings_form import SettingsForm
from screens.printers import PrintersScreen
from tests.screens.scenes import make_slip
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock


async def test_a_printer_is_added_tested_changed_and_retired(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    device = tmp_path / "lp0"
    device.touch()
    async with on_stage(busy_path, clock, PrintersScreen) as actor:
        assert "No printer yet: slips are shown on the screen. A adds one" in actor.text
        await actor.press("a")
        await actor.type("Counter")
        await actor.press("tab", "right", "right", "tab")
        await actor.type("lp0")
        await actor.press("enter")
        assert actor.is_on(PrinterForm)
        assert "Write the whole path of the device" in actor.text
        await actor.clear()
        await actor.type(str(device))
        await actor.press("tab", "left", "tab", "right", "tab")
        await actor.clear()
        await actor.type("klingon")
        await actor.press("enter")
        await actor.until(lambda: "There is no code page" in actor.text, "not refused")
        await actor.press(*["tab"] * 5)
        await actor.clear()
        await actor.type("cp858")
        await actor.press("enter")
        await actor.until(lambda: "T prints a test page" in actor.text, "not added")
        (printer,) = await actor.ask(lambda ledger: ledger.printers())
        assert (printer.kind, printer.address) == (PrinterKind.FILE, str(device))
        options = printer.options
        assert (options.paper_mm, options.native_qr, options.code_page) == (58, True, "CP858")
        await actor.press("t")
        await actor.until(lambda: "The test page went to Counter." in actor.text, "no test page")
        assert device.read_bytes().startswith(b"\x1b@")
        await actor.press("c")
        await actor.clear()
        await actor.type("Desk")
        await actor.press("enter")
        await actor.until(lambda: "Desk is changed." in actor.text, "not changed")
        await actor.press("r")
        await actor.until(lambda: "Retire it" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: "Desk is out of use." in actor.text, "not retired")
        assert await actor.ask(lambda ledger: ledger.printers()) == []


async def test_this_till_chooses_among_two(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: ledger.add_printer("One", PrinterKind.FILE, "/dev/One"))
        await actor.ask(lambda ledger: ledger.add_printer("Two", PrinterKind.FILE, "/dev/Two"))
        await actor.stage.show(PrintersScreen(actor.stage.desk))
        await actor.press("down", "u")
        chosen = await actor.ask(lambda ledger: ledger.printer_of_till())
        assert chosen is not None
        assert chosen.name == "Two"
        assert actor.status == "till 1 prints on Two."
        await actor.press("t")
        await actor.until(lambda: "Two is not there" in actor.text, "no complaint")


async def test_what_the_shop_decides(busy_path: Path, clock: FrozenClock) -> None:
    books = Books(splits_vat=False)
    with Ledger.open(busy_path, clock=clock) as ledger:
        ledger.save_settings(ShopSettings(books=books))
    async with on_stage(busy_path, clock, PrintersScreen) as actor:
        await actor.press("s")
        await actor.until(lambda: actor.is_on(SettingsForm), "no form")
        await actor.type("soon")
        await actor.press("enter")
        assert "Write the days as a number" in actor.text
        await actor.clear()
        await actor.type("90")
        await actor.press("tab")
        await actor.type("https://Gifts.Example.org/")
        await actor.press("tab", "right", "enter")
        await actor.until(lambda: "It is kept" in actor.text, "not kept")
        settings = await actor.ask(lambda ledger: ledger.settings())
        assert (settings.expiry_days, settings.address) == (90, "gifts.example.org")
        assert settings.paper_receipts is Printed.ALWAYS
        assert settings.books == books


async def test_the_recovery_sheet_is_hinted_at_and_kept_once(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: make_slip(ledger, "Latte", 1))
        await actor.stage.show(PrintersScreen(actor.stage.desk))
        await actor.settle()
        assert "The recovery sheet was never printed" in actor.status
        lines = await actor.ask(lambda ledger: ledger.recovery_lines())
        kept = actor.stage.run_worker(keep_recovery_sheet(actor.stage, actor.stage.desk))
        await actor.until(lambda: actor.is_on(SheetQuestion), "no question")
        assert "Whoever sees these lines and the ledger can make slips. Show them?" in actor.text
        assert not any(line in actor.text for line in lines)
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(RecoverySheet), "no sheet")
        assert all(line in actor.text for line in lines)
        await actor.press("escape")
        assert await actor.ask(lambda ledger: ledger.sheet_is_owed())
        assert kept.result == ""
        await actor.ask(lambda ledger: ledger.add_printer("Desk", PrinterKind.PDF, str(tmp_path)))
        kept = actor.stage.run_worker(keep_recovery_sheet(actor.stage, actor.stage.desk))
        await actor.until(lambda: actor.is_on(SheetQuestion), "no question")
        assert not actor.is_on(RecoverySheet)
        await actor.press("p")
        await actor.until(lambda: kept.is_finished, "not printed")
        assert (tmp_path / "recovery-sheet.pdf").exists()
        assert not await actor.ask(lambda ledger: ledger.sheet_is_owed())
