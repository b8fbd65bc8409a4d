"""The recovery sheet on the screen: to be printed, or written down once."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from payforward.core.errors import PayforwardError
from screens import paper
from screens.dialogs.dialog import Dialog
from screens.typing_guard import PAUSE_SECONDS
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from screens.desk import Desk

SAID = (
    "These letters bring the slips back to life on another machine. Keep them locked away, and "
    "not with the backups: whoever has them and the ledger can make slips."
)

SHEET_OWED = (
    "The recovery sheet was never printed; it stands behind More. Without it, slips are lost with "
    "this disk."
)


class Kept(Enum):
    """How the owner keeps the sheet."""

    PRINTED = "printed"
    WRITTEN = "written"


class RecoverySheet(Dialog[Kept]):
    """Shows the letters; returns how they are to be kept, or None.

    Args:
        lines: The letters, in groups.
        prints: Whether this till has a printer.
        problem: Why it did not print.
    """

    SCROLLS = True
    PAUSE = PAUSE_SECONDS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "print", "Print", show=False)]

    def __init__(self, lines: Sequence[str], *, prints: bool, problem: str = "") -> None:
        super().__init__("Recovery sheet", yes="I wrote it down", problem=problem)
        self._lines = tuple(lines)
        self._prints = prints

    def compose_body(self) -> ComposeResult:
        """Show the letters."""
        yield Static(SAID, classes="said", markup=False)
        yield Static("\n".join(self._lines), classes="said", id="lines", markup=False)

    def hints(self) -> list[Hint]:
        """Return the keys; to print only where there is a printer."""
        print_it = [Hint("P", "Print", "print")] if self._prints else []
        return [*super().hints(), *print_it]

    def answer(self) -> Kept:
        """Return that it is written down."""
        return Kept.WRITTEN

    def action_print(self) -> None:
        """Return that it shall be printed."""
        if self._prints:
            self.dismiss(Kept.PRINTED)


async def keep_recovery_sheet(app: App[Any], desk: Desk) -> str:
    """Show the recovery sheet until it is printed, written down or left; return what became of it.

    Must run in a worker.
    """
    try:
        lines, printer = await desk.run(
            lambda ledger: (ledger.recovery_lines(), ledger.printer_of_till())
        )
    except PayforwardError as error:
        return error.message
    problem: str | None = ""
    while problem is not None:
        sheet = RecoverySheet(lines, prints=paper.prints(printer), problem=problem)
        kept = await app.push_screen_wait(sheet)
        if kept is None:
            return ""
        problem = None
        if kept is Kept.PRINTED and printer is not None:
            problem = await paper.print_recovery(desk, printer, lines)
    await desk.run(lambda ledger: ledger.mark_sheet_printed())
    return "The recovery sheet is kept. Lock it away, not with the backups."
