"""``payforward report day``: a day's takings, and who was at the counter."""

from __future__ import annotations

import click

from payforward.cli import typed
from payforward.cli.day_paper import again, bring_day_out, day_and_files
from payforward.cli.day_words import day_lines
from payforward.cli.lazy import Command
from payforward.cli.paper_out import paper_option, paper_out, print_paper_option
from payforward.cli.session import Session, pass_session


@click.command("day", cls=Command)
@click.argument("day", required=False)
@paper_option
@print_paper_option
@pass_session
def command(session: Session, day: str | None, slip_file: str | None, *, is_printed: bool) -> int:
    """Show the takings of DAY, such as 2026-11-21; today's if none is said."""
    paper = paper_out(slip_file, is_printed=is_printed)
    with session.open() as ledger:
        report = ledger.day_report(typed.past_day_of(day, ledger.today()))
        liability = ledger.liability(report.day)
        counts_on = ledger.today()
        out = bring_day_out(ledger, report, liability, paper)
    session.answer(
        day_and_files(report, liability, out),
        lambda: [*day_lines(report, counts_on), *out.lines()],
    )
    return out.finish(again(report), is_done=False)
