"""Printers: where this till's slips come out, and what the shop decides about paper."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.errors import PayforwardError
from payforward.core.people import Guarded
from payforward.core.text import shown
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.printer_form import KINDS, PrinterDraft, PrinterForm
from screens.dialogs.recovery_sheet import SHEET_OWED
from screens.owner import owners
from screens.place_screen import LedgerScreen
from screens.settings import change_settings
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.printers import Printer
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Printer", 10, 30),
    Column("Reached by", 10, 10),
    Column("Address", 12, 40, leaves=1),
    Column("Paper", 5, 5, leaves=2),
    Column("Here", 9, 9),
)
NO_PRINTERS: Final = (
    "No printer yet: slips are shown on the screen. A adds one; the first is every till’s."
)


class PrintersScreen(LedgerScreen):
    """The shop's printers, and which of them this till uses."""

    CSS_PATH = "printers.tcss"
    PLACE = Place.PRINTERS
    HEADING = "Printers"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.PRINTERS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._printers: dict[int, Printer] = {}
        self._here: Printer | None = None
        self._hinted = False

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_PRINTERS)

    async def load(self) -> None:
        """Show the printers."""
        printers, self._here, owed = await self.desk.run(
            lambda ledger: (ledger.printers(), ledger.printer_of_till(), ledger.sheet_is_owed())
        )
        self._printers = {printer.id: printer for printer in printers}
        self.entitle("Printers", self.desk.till)
        self.query_one(Table).show([self._row(printer) for printer in printers])
        if owed and not self._hinted:
            self._hinted = True
            self.say(SHEET_OWED)

    def _row(self, printer: Printer) -> Row:
        here = self._here is not None and self._here.id == printer.id
        kind = KINDS[printer.kind][0] if printer.kind in KINDS else "no paper"
        return Row(
            key=printer.id,
            cells=(
                printer.name,
                kind,
                printer.address,
                str(printer.options.paper_mm),
                "this till" if here else "",
            ),
        )

    @property
    def _marked(self) -> Printer | None:
        """The printer that the keys are about; None while a dialog is open or there are none."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._printers[marked]

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Change a printer that was clicked while it was marked."""
        message.stop()
        self.action_change_printer()

    @work
    @owners(Guarded.SETTINGS)
    async def action_add_printer(self) -> None:
        """Add a printer."""
        if not self.is_active:
            return

        async def add(draft: PrinterDraft) -> Printer:
            await asyncio.to_thread(_check, draft)
            return await self.desk.run(
                lambda ledger: ledger.add_printer(
                    draft.name, draft.kind, draft.address, draft.options
                )
            )

        added = await ask(
            self.app, lambda draft, problem: PrinterForm(None, draft, problem=problem), add
        )
        if added is not None:
            await self.reload()
            self.query_one(Table).mark(added.id)
            self.say(f"{shown(added.name)} is there. T prints a test page on it.")

    @work
    @owners(Guarded.SETTINGS)
    async def action_change_printer(self) -> None:
        """Change the marked printer."""
        printer = self._marked
        if printer is None:
            return

        async def change(draft: PrinterDraft) -> Printer:
            await asyncio.to_thread(_check, draft)
            changed = replace(
                printer,
                name=draft.name,
                kind=draft.kind,
                address=draft.address,
                options=draft.options,
            )
            return await self.desk.run(lambda ledger: ledger.change_printer(changed))

        changed = await ask(
            self.app, lambda draft, problem: PrinterForm(printer, draft, problem=problem), change
        )
        if changed is not None:
            await self.reload()
            self.say(f"{shown(changed.name)} is changed. T prints a test page on it.")

    @work(exclusive=True, group="test")
    async def action_print_test(self) -> None:
        """Print a test page on the marked printer."""
        printer = self._marked
        if printer is None:
            return
        self.say(f"A test page goes to {shown(printer.name)}.")
        await self._do(self._test(printer))

    async def _test(self, printer: Printer) -> str:
        known = await self.desk.on_press(lambda press: press.print_test(printer))
        asks = "It says itself when it has printed." if known.options.reports else ""
        asks = asks or "It cannot say whether it printed, so the next gift asks."
        return f"The test page went to {shown(known.name)}. {asks}"

    @work
    async def action_use_here(self) -> None:
        """Let this till print on the marked printer."""
        printer = self._marked
        if printer is not None:
            await self._do(self._use(printer))

    async def _use(self, printer: Printer) -> str:
        await self.desk.run(lambda ledger: ledger.choose_printer(printer.id))
        return f"{shown(self.desk.till)} prints on {shown(printer.name)}."

    @work
    @owners(Guarded.SETTINGS)
    async def action_retire_printer(self) -> None:
        """Take the marked printer out of use."""
        printer = self._marked
        if printer is None:
            return
        what = "Tills that use it print on the shop’s oldest one then, or on none."
        if await self.app.push_screen_wait(
            Confirm(f"Retire {printer.name}", what, yes="Retire it")
        ):
            await self._do(self._retire(printer))

    async def _retire(self, printer: Printer) -> str:
        await self.desk.run(lambda ledger: ledger.retire_printer(printer.id))
        return f"{shown(printer.name)} is out of use."

    @work
    @owners(Guarded.SETTINGS)
    async def action_settings(self) -> None:
        """Set when slips run out, the address, which papers print, how money is written."""
        if not self.is_active:
            return
        said = await change_settings(self.app, self.desk)
        if said is not None:
            self.say(said)

    async def _do(self, doing: Awaitable[str]) -> None:
        """Do something, show the printers anew, and say what became of it."""
        try:
            said = await doing
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(said)


def _check(draft: PrinterDraft) -> None:
    """Refuse a code page that is none; its list is slow to make."""
    from payforward.output.escpos import check_code_page  # noqa: PLC0415 - slow to import

    check_code_page(draft.options.code_page)
