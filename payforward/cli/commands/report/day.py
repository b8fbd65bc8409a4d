"""``payforward report day``: a day's takings, and who was at the counter."""

from __future__ import annotations

import click

from payforward.cli.day_words import day_document, day_lines
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.clock import parse_day


@click.command("day", cls=Command)
@click.argument("day", required=False)
@pass_session
def command(session: Session, day: str | None) -> None:
    """Show the takings of DAY, such as 2026-11-21; today's if none is said."""
    typed = None if day is None else parse_day(day)
    with session.open() as ledger:
        report = ledger.day_report(typed)
    session.answer(day_document(report), lambda: day_lines(report))
