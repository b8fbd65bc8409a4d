"""``payforward clock``: tell the ledger that today's date is right."""

from __future__ import annotations

import click

from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.days import day_text


@click.command("clock", cls=Command)
@click.option(
    "--accept", is_flag=True, help="Today's date is right, although the last entry is old."
)
@pass_session
def command(session: Session, accept: bool) -> None:
    """Show the business day, or accept it.

    After more than a week without an entry, the ledger asks whether the date is right.
    """
    with session.open() as ledger:
        accepted = accept and ledger.accept_clock()
        day = ledger.today()
    said = day_text(day)
    sentence = f"It is {said} now." if accepted else f"An entry made now would count on {said}."
    session.answer({"day": day.isoformat(), "accepted": accepted}, lambda: [sentence])
