"""``payforward partners rename``: a partner by another name."""

from __future__ import annotations

import click

from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.text import shown


@click.command("rename", cls=Command)
@click.argument("name")
@click.argument("new_name")
@pass_session
def command(session: Session, name: str, new_name: str) -> None:
    """Call NAME by a NEW_NAME; its slips stay its own."""
    with session.open() as ledger:
        old = ledger.find_partner(name)
        partner = ledger.rename_partner(old.id, new_name)
    session.answer(
        {"partner": partner.name, "old_name": old.name},
        lambda: [f"{shown(old.name)} is called {shown(partner.name)} now."],
    )
