"""``payforward report statement``: a month for the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.paper_out import bring_out, paper_option, paper_out, print_paper_option
from payforward.cli.session import Session, pass_session
from payforward.cli.statement_words import statement_document
from payforward.core.days import parse_month

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.printers import PrinterOptions
    from payforward.output.press import Outcome, Press


@click.command("statement", cls=Command)
@click.argument("month", required=False)
@paper_option
@print_paper_option
@pass_session
def command(session: Session, month: str | None, slip_file: str | None, *, is_printed: bool) -> int:
    """Tell passers-by what became of the gifts of MONTH, such as 2026-11; this one if none is said.

    A .pdf is one page of A4 for the wall. Without a FILE it is shown.
    """
    paper = paper_out(slip_file, is_printed=is_printed)
    from payforward.output.plain import plain_text  # noqa: PLC0415 - heavy
    from payforward.output.statement_papers import (  # noqa: PLC0415
        statement_of,
        statement_paper,
        write_statement,
    )

    with session.open() as ledger:
        typed = None if month is None else parse_month(month, ledger.reporting_day())
        statement = statement_of(ledger, ledger.reporting_day() if typed is None else typed)

        def write(path: Path, options: PrinterOptions) -> Path:
            return write_statement(statement, path, options=options)

        def print_it(press: Press) -> Outcome:
            return press.print_statement(statement)

        out = bring_out(ledger, paper, write, print_it)
    name = f"{statement.month:%Y-%m}"
    session.answer(
        {**statement_document(statement), "files": [str(file) for file in out.files]},
        lambda: out.lines() or plain_text(statement_paper(statement)).splitlines(),
    )
    again = f"'payforward report statement {name} --slip FILE' writes it, and --print prints it"
    return out.finish(again, is_done=False)
