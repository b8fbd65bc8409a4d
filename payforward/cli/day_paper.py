"""A day's slip, as ``close`` and ``report day`` answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payforward.cli.day_words import day_document
from payforward.cli.paper_out import bring_out

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.cli.paper_out import BroughtOut, PaperOut
    from payforward.core.closing import DayReport
    from payforward.core.printers import PrinterOptions
    from payforward.core.report_answers import Liability
    from payforward.output.press import Outcome, Press


def bring_day_out(
    ledger: Ledger, report: DayReport, liability: Liability, paper: PaperOut
) -> BroughtOut:
    """Write or print a day's slip."""

    def write(path: Path, options: PrinterOptions) -> Path:
        from payforward.output.closing_papers import write_closing  # noqa: PLC0415 - heavy

        shop = ledger.shop
        return write_closing(
            shop.name, report, liability, path, currency=shop.currency, options=options
        )

    def print_it(press: Press) -> Outcome:
        return press.print_closing(report, liability)

    return bring_out(ledger, paper, write, print_it)


def day_and_files(report: DayReport, liability: Liability, out: BroughtOut) -> dict[str, Any]:
    """Return a day's document, what waited at its end, and the files its slip is in."""
    return {
        **day_document(report),
        "waiting_minor": liability.amount_minor,
        "files": [str(file) for file in out.files],
    }


def again(report: DayReport) -> str:
    """Return which command brings a day's slip out later."""
    return f"'payforward report day {report.day} --slip FILE' writes it, and --print prints it"
