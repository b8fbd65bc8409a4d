"""``payforward partners retire``: a partner who receives nothing any more."""

from __future__ import annotations

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.text import shown


@click.command("retire", cls=Command)
@click.argument("name", nargs=-1, required=True)
@pass_session
def command(session: Session, name: tuple[str, ...]) -> None:
    """Hand out no more to NAME; slips that are out stay good."""
    with session.open() as ledger:
        partner = ledger.retire_partner(ledger.find_partner(typed.words_of(name)).id)
    session.answer(
        {"partner": partner.name, "retired": True},
        lambda: [f"{shown(partner.name)} gets no more slips; those that are out stay good."],
    )
