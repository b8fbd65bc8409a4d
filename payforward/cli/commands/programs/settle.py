"""``payforward programs settle``: budgets begin and end with their day, week or month."""

from __future__ import annotations

import click

from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import counted


@click.command("settle", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Open today's budgets, and let lapse what is left of older ones.

    Giving away does it by itself, and so does an open counter once a day; this is for days on
    which nobody does either.
    """
    with session.open() as ledger:
        day = ledger.today()
        settled = ledger.settle_budgets(asked=True)
    session.answer({"settled": settled, "day": day.isoformat()}, lambda: [_line(settled)])


def _line(settled: int) -> str:
    if not settled:
        return "All budgets are as they should be."
    return f"{counted(settled, 'budget', 'budgets')} settled: opened, or what was left lapsed."
