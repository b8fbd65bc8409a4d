"""Papers for partners on their way out: manifests. Nothing on them is worth anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from payforward.cli.handed_over_words import (
    handed_over_document,
    handed_over_lines,
    manifest_lines,
)
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.core.errors import BadInput, PayforwardError
from payforward.core.text import shown

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.cli.session import Session
    from payforward.core.program_answers import HandedOver

manifest_option = click.option(
    "--slip",
    "slip_file",
    metavar="FILE",
    help="Write the manifest to FILE: .pdf .csv .txt .png .svg or .escpos, by its ending.",
)
print_manifest_option = click.option(
    "--print", "is_printed", is_flag=True, help="Print the manifest at this till's printer."
)


@dataclass(frozen=True, slots=True)
class PaperTarget:
    """Where a paper goes: to a file, or without one to the printer."""

    path: Path | None


def paper_target(
    file: str | None, *, is_printed: bool, is_again: bool = False
) -> PaperTarget | None:
    """Return where a manifest goes, None where none was asked for.

    Call it before anything is handed over: what cannot be written is refused while nothing has
    changed.

    Args:
        file: What ``--slip`` said.
        is_printed: Whether ``--print`` was said.
        is_again: Whether it was handed over before: the first try may have written the file.

    Raises:
        BadInput: both were said, or the file cannot be written.
    """
    if file is None:
        return PaperTarget(None) if is_printed else None
    if is_printed:
        raise BadInput("Say --slip FILE or --print, not both.", reason="wrong-usage")
    from payforward.output.partner_files import (  # noqa: PLC0415 - only files pay for it
        check_manifest_target,
    )
    from payforward.output.writer import check_unused  # noqa: PLC0415

    path = Path(file)
    check_manifest_target(path)
    if not is_again:
        check_unused(path)
    return PaperTarget(path)


def is_used(path: Path) -> bool:
    """Tell whether something is in a file already."""
    from payforward.output.writer import check_unused  # noqa: PLC0415

    try:
        check_unused(path)
    except BadInput:
        return True
    return False


def answer_handed_over(
    session: Session,
    ledger: Ledger,
    done: HandedOver,
    target: PaperTarget | None,
    *,
    is_new: bool = True,
) -> int:
    """Write or print a manifest, and answer; return the exit code.

    Args:
        session: How to answer.
        ledger: The shop's.
        done: What was handed over.
        target: Where its manifest goes.
        is_new: Whether it has just been handed over, or is looked at again.
    """
    currency = ledger.shop.currency
    files, problem = _brought_out(ledger, done, target)
    session.answer(
        {**handed_over_document(done, currency), "files": [str(file) for file in files]},
        lambda: [
            *(handed_over_lines if is_new else manifest_lines)(done, currency),
            *(f"Written to {shown(str(file))}." for file in files),
        ],
    )
    if problem is None:
        return 0
    complain(shown(problem))
    return OUTPUT_LOST


def _brought_out(
    ledger: Ledger, done: HandedOver, target: PaperTarget | None
) -> tuple[tuple[Path, ...], str | None]:
    """Return the files that a manifest is in, and one sentence where it is not out."""
    if target is None:
        return (), None
    try:
        if target.path is None:
            why = _printed(ledger, done)
            return (), None if why is None else _not_out(done, "printed", why)
        if done.repeated and is_used(target.path):
            # The first try wrote it, or whatever is there is not a retry's to replace.
            return (), None
        return (_written(ledger, done, target.path),), None
    except PayforwardError as error:
        return (), _not_out(done, "written" if target.path else "printed", error.message)


def _written(ledger: Ledger, done: HandedOver, path: Path) -> Path:
    from payforward.core.printers import PrinterOptions  # noqa: PLC0415
    from payforward.output.partner_files import write_manifest  # noqa: PLC0415 - heavy

    printer = ledger.printer_of_till()
    return write_manifest(
        ledger.shop.name,
        done,
        path,
        currency=ledger.shop.currency,
        options=PrinterOptions() if printer is None else printer.options,
    )


def _printed(ledger: Ledger, done: HandedOver) -> str | None:
    """Print a manifest; return why not, where it is not out."""
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    outcome = Press(ledger).print_manifest(done)
    return None if outcome.is_out else outcome.why or "the printer takes nothing"


def _not_out(done: HandedOver, how: str, why: str) -> str:
    return (
        f"It is recorded, but its manifest could not be {how} ({why.rstrip('.')}): 'payforward "
        f"manifest {done.number} --slip FILE' writes it, and --print prints it."
    )
