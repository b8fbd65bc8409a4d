"""The form for a printer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.widgets import Label

from payforward.core.printers import (
    PAPER_WIDTHS_MM,
    Printer,
    PrinterKind,
    PrinterOptions,
    clean_address,
)
from payforward.core.text import MAX_NAME, clean_name
from screens.dialogs.dialog import Dialog
from screens.menu_file import expand
from screens.widgets.choice import Choice, OneOf
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

KINDS: Final = {
    PrinterKind.NETWORK: ("network", "such as 192.168.1.50 or kitchen.local"),
    PrinterKind.USB: ("USB", "two numbers, such as 04b8:0e15"),
    PrinterKind.FILE: ("device", "such as /dev/usb/lp0"),
    PrinterKind.SERIAL: ("serial", "such as /dev/ttyUSB0"),
    PrinterKind.LP: ("queue", "the name of the system’s print queue"),
    PrinterKind.PDF: ("PDF", "a folder, such as /home/ana/slips"),
}
"""A kind's name in few letters, and what its address looks like."""

SQUARES: Final = ("as a picture", "by itself")


@dataclass(frozen=True, slots=True)
class PrinterDraft:
    """A printer as somebody described it."""

    name: str
    kind: PrinterKind
    address: str
    options: PrinterOptions


class PrinterForm(Dialog[PrinterDraft]):
    """Asks for a name, the kind, its address, and what the printer can do.

    Args:
        printer: The one to be changed; None for a new one.
        draft: What was typed before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"name-taken": "name", "bad-address": "address"}

    def __init__(
        self,
        printer: Printer | None = None,
        draft: PrinterDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        heading = "Add a printer" if printer is None else f"Change {printer.name}"
        super().__init__(heading, yes="Keep it", problem=problem)
        if draft is None and printer is not None:
            draft = PrinterDraft(printer.name, printer.kind, printer.address, printer.options)
        self._draft = draft or PrinterDraft("", PrinterKind.NETWORK, "", PrinterOptions())

    def compose_body(self) -> ComposeResult:
        """Show the fields."""
        draft, options = self._draft, self._draft.options
        kinds = list(KINDS)
        at = kinds.index(draft.kind) if draft.kind in kinds else 0
        hint = "such as Counter"
        yield Field("Name", draft.name, placeholder=hint, max_length=2 * MAX_NAME, id="name")
        with Horizontal(classes="field -tender"):
            yield Label("Reached by", markup=False)
            yield OneOf([name for name, _ in KINDS.values()], chosen=at, id="kind")
        hint = KINDS[kinds[at]][1]
        yield Field("Address", draft.address, placeholder=hint, max_length=250, id="address")
        with Horizontal(classes="field -tender"):
            yield Label("Paper", markup=False)
            widths = [f"{width} mm" for width in PAPER_WIDTHS_MM]
            yield Choice(widths, chosen=PAPER_WIDTHS_MM.index(options.paper_mm), id="paper")
        with Horizontal(classes="field -tender"):
            yield Label("Squares", markup=False)
            yield Choice(SQUARES, chosen=int(options.native_qr), id="square")
        yield Field("Code page", options.code_page, max_length=30, id="page")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def on_choice_changed(self, message: Choice.Changed) -> None:
        """Say what the address of the kind looks like, which may be another now."""
        message.stop()
        self.query_one("#address", Field).show_hint(KINDS[self._kind][1])

    @property
    def _kind(self) -> PrinterKind:
        return list(KINDS)[self.query_one("#kind", Choice).chosen]

    def answer(self) -> PrinterDraft:
        """Return the printer; the field that is wrong gets the focus."""
        kind = self._kind
        return PrinterDraft(
            name=self.read_field("name", lambda typed: clean_name(typed, what="printer's name")),
            kind=kind,
            address=self.read_field("address", lambda typed: clean_address(kind, _whole(typed))),
            options=self._options(),
        )

    def _options(self) -> PrinterOptions:
        return replace(
            self._draft.options,
            paper_mm=PAPER_WIDTHS_MM[self.query_one("#paper", Choice).chosen],
            native_qr=bool(self.query_one("#square", Choice).chosen),
            code_page=self.read_field("page", _code_page),
        )


def _whole(typed: str) -> str:
    """Return a path with ~ put right."""
    return str(expand(typed, home=Path.home(), here=Path.cwd())) if typed.startswith("~") else typed


def _code_page(typed: str) -> str:
    return replace(PrinterOptions(), code_page=typed.strip().upper()).code_page
