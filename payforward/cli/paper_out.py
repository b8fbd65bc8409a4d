"""Papers on their way out, to a file or to the printer: all that can be made again at any time.

Slips with a code are not of them: see `slip_paper`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from payforward.cli.output import OUTPUT_LOST, complain
from payforward.core.errors import BadInput, PayforwardError
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.ledger import Ledger
    from payforward.core.printers import PrinterOptions
    from payforward.output.press import Outcome, Press

paper_option = click.option(
    "--slip",
    "slip_file",
    metavar="FILE",
    help="Write it to FILE: .pdf .png .svg .txt or .escpos, by its ending.",
)
print_paper_option = click.option(
    "--print", "is_printed", is_flag=True, help="Print it at this till's printer."
)


@dataclass(frozen=True, slots=True)
class PaperOut:
    """Where a paper goes: to a file, to the printer, or nowhere."""

    path: Path | None = None
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class BroughtOut:
    """What became of it.

    Args:
        files: The files it is in.
        is_printed: Whether it went to the printer.
        problem: Why it is not out, where it should be.
    """

    files: tuple[Path, ...] = ()
    is_printed: bool = False
    problem: str | None = None

    def lines(self) -> list[str]:
        """Return what people are told of it."""
        told = [f"Written to {shown(str(file))}." for file in self.files]
        return [*told, "It was printed."] if self.is_printed else told

    def finish(self, again: str, *, is_done: bool, what: str = "slip") -> int:
        """Say what is not out; return the exit code.

        Args:
            again: Which command brings it out later, as words for a sentence.
            is_done: Whether something is recorded all the same.
            what: What the paper is called.
        """
        if self.problem is None:
            return 0
        done = f"It is recorded, but its {what}" if is_done else "It"
        complain(shown(f"{done} could not be {self.problem}: {again}."))
        return OUTPUT_LOST


def paper_out(
    file: str | None,
    *,
    is_printed: bool,
    check: Callable[[Path], None] | None = None,
    is_again: bool = False,
) -> PaperOut:
    """Return where a paper goes.

    Call it before anything is done: what cannot be written is refused while nothing has changed.

    Args:
        file: What ``--slip`` said.
        is_printed: Whether ``--print`` was said.
        check: Refuses endings that the paper cannot have; those of slips without it.
        is_again: Whether it was done before: the first try may have written the file.

    Raises:
        BadInput: both were said, the file cannot be written, or something is in it.
    """
    if file is None:
        return PaperOut(is_printed=is_printed)
    if is_printed:
        raise BadInput("Say --slip FILE or --print, not both.", reason="wrong-usage")
    from payforward.output.writer import (  # noqa: PLC0415 - only files pay for it
        check_target,
        check_unused,
    )

    path = Path(file)
    (check or check_target)(path)
    if not is_again:
        check_unused(path)
    return PaperOut(path)


def is_used(path: Path) -> bool:
    """Tell whether something is in a file already."""
    from payforward.output.writer import check_unused  # noqa: PLC0415

    try:
        check_unused(path)
    except BadInput:
        return True
    return False


def bring_out(
    ledger: Ledger,
    paper: PaperOut,
    write: Callable[[Path, PrinterOptions], Path],
    print_it: Callable[[Press], Outcome],
) -> BroughtOut:
    """Write or print a paper, or say why not.

    Args:
        ledger: The shop's.
        paper: Where it goes.
        write: Writes it as a printer of such options would have it.
        print_it: Prints it.
    """
    try:
        if paper.path is not None:
            return BroughtOut((_written(ledger, paper.path, write),))
        if paper.is_printed:
            return _printed(ledger, print_it)
    except PayforwardError as error:
        how = "printed" if paper.path is None else "written"
        return BroughtOut(problem=f"{how} ({error.message.rstrip('.')})")
    return BroughtOut()


def _written(ledger: Ledger, path: Path, write: Callable[[Path, PrinterOptions], Path]) -> Path:
    from payforward.core.printers import PrinterOptions  # noqa: PLC0415

    printer = ledger.printer_of_till()
    return write(path, PrinterOptions() if printer is None else printer.options)


def _printed(ledger: Ledger, print_it: Callable[[Press], Outcome]) -> BroughtOut:
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    outcome = print_it(Press(ledger))
    if outcome.is_out:
        return BroughtOut(is_printed=True)
    why = (outcome.why or "the printer takes nothing").rstrip(".")
    return BroughtOut(problem=f"printed ({why})")
