"""``payforward partners add``: somebody who knows whom gifts are for."""

from __future__ import annotations

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import quoted
from payforward.core.text import shown


@click.command("add", cls=Command)
@click.argument("name", nargs=-1, required=True)
@pass_session
def command(session: Session, name: tuple[str, ...]) -> None:
    """Add NAME: a shelter, a nurse, a school, another shop."""
    with session.open() as ledger:
        partner = ledger.add_partner(typed.words_of(name))
    session.answer(
        {"partner": partner.name},
        lambda: [
            f"{shown(partner.name)} is a partner now.",
            f"For slips: payforward vouchers hand-out ITEM --partner {quoted(partner.name)}",
        ],
    )
