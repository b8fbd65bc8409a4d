"""Papers for partners on their way out: manifests. Nothing on them is worth anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.handed_over_words import (
    handed_over_document,
    handed_over_lines,
    manifest_lines,
)
from payforward.cli.paper_out import BroughtOut, bring_out, is_used, paper_out
from payforward.core.text import shown

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.cli.paper_out import PaperOut
    from payforward.cli.session import Session
    from payforward.core.printers import PrinterOptions
    from payforward.core.program_answers import HandedOver
    from payforward.output.press import Outcome, Press

manifest_option = click.option(
    "--slip",
    "slip_file",
    metavar="FILE",
    help="Write the manifest to FILE: .pdf .csv .txt .png .svg or .escpos, by its ending.",
)
print_manifest_option = click.option(
    "--print", "is_printed", is_flag=True, help="Print the manifest at this till's printer."
)


def manifest_out(file: str | None, *, is_printed: bool, is_again: bool = False) -> PaperOut:
    """Return where a manifest goes; as `paper_out`, with the endings that manifests have."""

    def check(path: Path) -> None:
        from payforward.output.partner_files import (  # noqa: PLC0415 - only files pay for it
            check_manifest_target,
        )

        check_manifest_target(path)

    return paper_out(file, is_printed=is_printed, check=check, is_again=is_again)


def answer_handed_over(
    session: Session,
    ledger: Ledger,
    done: HandedOver,
    paper: PaperOut,
    *,
    is_new: bool = True,
) -> int:
    """Write or print a manifest, and answer; return the exit code.

    Args:
        session: How to answer.
        ledger: The shop's.
        done: What was handed over.
        paper: Where its manifest goes.
        is_new: Whether it has just been handed over, or is looked at again.
    """
    currency = ledger.shop.currency
    out = _brought_out(ledger, done, paper)
    session.answer(
        {**handed_over_document(done, currency), "files": [str(file) for file in out.files]},
        lambda: [
            *(handed_over_lines if is_new else manifest_lines)(done, currency),
            *(f"Written to {shown(str(file))}." for file in out.files),
        ],
    )
    again = f"'payforward manifest {done.number} --slip FILE' writes it, and --print prints it"
    return out.finish(again, is_done=True, what="manifest")


def _brought_out(ledger: Ledger, done: HandedOver, paper: PaperOut) -> BroughtOut:
    """Write or print a manifest; a retry writes over nothing."""
    if done.repeated and paper.path is not None and is_used(paper.path):
        # The first try wrote it, or whatever is there is not a retry's to replace.
        return BroughtOut()

    def write(path: Path, options: PrinterOptions) -> Path:
        from payforward.output.partner_files import write_manifest  # noqa: PLC0415 - heavy

        shop = ledger.shop
        return write_manifest(shop.name, done, path, currency=shop.currency, options=options)

    def print_it(press: Press) -> Outcome:
        return press.print_manifest(done)

    return bring_out(ledger, paper, write, print_it)
