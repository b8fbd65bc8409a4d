"""``payforward partners page``: what waits, for whoever tells people of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.paper_out import bring_out, paper_out
from payforward.cli.session import Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.printers import PrinterOptions
    from payforward.output.press import Outcome, Press


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
    paper = paper_out(slip_file, is_printed=is_printed)
    from payforward.output.waiting_forms import waiting_text, write_waiting_page  # noqa: PLC0415
    from payforward.output.waiting_page import waiting_page_of  # noqa: PLC0415 - heavy

    with session.open() as ledger:
        page = waiting_page_of(ledger, public=is_public)
        day = ledger.today()

        def write(path: Path, options: PrinterOptions) -> Path:
            return write_waiting_page(page, path, options=options)

        def print_it(press: Press) -> Outcome:
            return press.print_waiting_page(page)

        out = bring_out(ledger, paper, write, print_it)
    text = waiting_text(page)
    session.answer(
        {
            "page": text,
            "day": day.isoformat(),
            "head": page.head,
            "files": [str(file) for file in out.files],
        },
        lambda: out.lines() or text.splitlines(),
    )
    return out.finish("--slip FILE writes it", is_done=False)
