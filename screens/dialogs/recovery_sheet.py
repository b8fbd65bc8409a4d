"""The recovery sheet: printed, or shown to be written down once that is wished."""

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

ASKED = (
    "It brings the slips back to life on another machine. Whoever sees these lines and the ledger "
    "can make slips. Show them?"
)

SHEET_OWED = (
    "The recovery sheet was never printed; it stands behind More. Without it, slips are lost with "
    "this disk."
)


class Kept(Enum):
    """How the owner keeps the sheet, or that it shall be seen first."""

    SHOWN = "shown"
    PRINTED = "printed"
    WRITTEN = "written"


class SheetQuestion(Dialog[Kept]):
    """Asks before anything is seen, for a queue may look on; returns what shall be done, or None.

    Args:
        prints: Whether this till has a printer: the sheet can be printed unseen.
        yes: What Enter does.
        problem: Why it did not print.
    """

    SCROLLS = True
    PAUSE = PAUSE_SECONDS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "print", "Print", show=False)]

    def __init__(self, *, prints: bool, yes: str = "Show them", problem: str = "") -> None:
        super().__init__("Recovery sheet", yes=yes, problem=problem)
        self._prints = prints

    def compose_body(self) -> ComposeResult:
        """Ask."""
        yield Static(ASKED, classes="said", markup=False)

    def hints(self) -> list[Hint]:
        """Return the keys; to print only where there is a printer."""
        print_it = [Hint("P", "Print", "print")] if self._prints else []
        return [*super().hints(), *print_it]

    def answer(self) -> Kept:
        """Return that it shall be shown."""
        return Kept.SHOWN

    def action_print(self) -> None:
        """Return that it shall be printed."""
        if self._prints:
            self.dismiss(Kept.PRINTED)


class RecoverySheet(SheetQuestion):
    """Shows the letters; returns how they are to be kept, or None.

    Args:
        lines: The letters, in groups.
        prints: Whether this till has a printer.
    """

    def __init__(self, lines: Sequence[str], *, prints: bool) -> None:
        super().__init__(prints=prints, yes="I wrote it down")
        self._lines = tuple(lines)

    def compose_body(self) -> ComposeResult:
        """Show the letters."""
        yield Static(SAID, classes="said", markup=False)
        yield Static("\n".join(self._lines), classes="said", id="lines", markup=False)

    def answer(self) -> Kept:
        """Return that it is written down."""
        return Kept.WRITTEN


async def keep_recovery_sheet(app: App[Any], desk: Desk) -> str:
    """Print the recovery sheet, or show it once that is wished; return what became of it.

    Must run in a worker.
    """
    try:
        lines, printer = await desk.run(
            lambda ledger: (ledger.recovery_lines(), ledger.printer_of_till())
        )
    except PayforwardError as error:
        return error.message
    prints = paper.prints(printer)
    problem: str | None = ""
    while problem is not None:
        kept = await app.push_screen_wait(SheetQuestion(prints=prints, problem=problem))
        if kept is Kept.SHOWN:
            kept = await app.push_screen_wait(RecoverySheet(lines, prints=prints))
        if kept is None:
            return ""
        problem = None
        if kept is Kept.PRINTED and printer is not None:
            problem = await paper.print_recovery(desk, printer, lines)
    await desk.run(lambda ledger: ledger.mark_sheet_printed())
    return "The recovery sheet is kept. Lock it away, not with the backups."
