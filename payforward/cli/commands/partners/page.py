"""``payforward partners page``: what waits, for whoever tells people of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.cli.session import Session, pass_session
from payforward.core.errors import BadInput
from payforward.core.text import shown

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.output.waiting_page import WaitingPage


@click.command("page", cls=Command)
@click.option(
    "--public",
    "is_public",
    is_flag=True,
    help="For everybody's eyes: with the caps, and without what hides at zero.",
)
@click.option(
    "--slip",
    "-o",
    "slip_file",
    metavar="FILE",
    help="Write it to FILE: .txt .pdf .png .svg or .escpos, by its ending.",
)
@click.option("--print", "is_printed", is_flag=True, help="Print it at this till's printer.")
@pass_session
def command(session: Session, *, is_public: bool, slip_file: str | None, is_printed: bool) -> int:
    """Tell what is waiting, to send to a coordinator.

    It says nothing of givers, and of nobody who receives. Without a FILE it is shown.
    """
    if slip_file is not None and is_printed:
        raise BadInput("Say --slip FILE or --print, not both.", reason="wrong-usage")
    from payforward.output.waiting_forms import waiting_text  # noqa: PLC0415 - heavy
    from payforward.output.waiting_page import waiting_page_of  # noqa: PLC0415

    problem = None
    with session.open() as ledger:
        page = waiting_page_of(ledger, public=is_public)
        day = ledger.today()
        files = [] if slip_file is None else [_written(ledger, page, Path(slip_file))]
        if is_printed:
            problem = _printed(ledger, page)
    session.answer(
        {
            "page": waiting_text(page),
            "day": day.isoformat(),
            "head": page.head,
            "files": [str(file) for file in files],
        },
        lambda: _lines(page, files, is_printed=is_printed and problem is None),
    )
    if problem is None:
        return 0
    complain(shown(problem))
    return OUTPUT_LOST


def _written(ledger: Ledger, page: WaitingPage, path: Path) -> Path:
    from payforward.core.printers import PrinterOptions  # noqa: PLC0415
    from payforward.output.waiting_forms import write_waiting_page  # noqa: PLC0415 - heavy

    printer = ledger.printer_of_till()
    options = PrinterOptions() if printer is None else printer.options
    return write_waiting_page(page, path, options=options)


def _printed(ledger: Ledger, page: WaitingPage) -> str | None:
    """Print the page; return why not, where it is not out."""
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    outcome = Press(ledger).print_waiting_page(page)
    if outcome.is_out:
        return None
    why = (outcome.why or "the printer takes nothing").rstrip(".")
    return f"The page could not be printed ({why}): --slip FILE writes it."


def _lines(page: WaitingPage, files: list[Path], *, is_printed: bool) -> list[str]:
    from payforward.output.waiting_forms import waiting_text  # noqa: PLC0415 - heavy

    if is_printed:
        return ["The page was printed."]
    if files:
        return [f"Written to {shown(str(file))}." for file in files]
    return waiting_text(page).splitlines()
