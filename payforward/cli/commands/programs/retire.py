"""``payforward programs retire``: a program that is over."""

from __future__ import annotations

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.people import Guarded
from payforward.core.text import shown


@click.command("retire", cls=Command)
@click.argument("name", nargs=-1, required=True)
@pass_session
def command(session: Session, name: tuple[str, ...]) -> None:
    """Put the program NAME out of use; first deal with what it holds."""
    with session.open() as ledger:
        found = ledger.find_program(typed.words_of(name))
        # What cannot be is refused before a passphrase is asked for.
        ledger.check_retirable(found.id)
        session.guard(ledger, Guarded.PROGRAMS)
        program = ledger.retire_program(found.id)
    session.answer(
        {"program": program.name, "kind": program.kind.value, "retired": program.retired},
        lambda: [f"{shown(program.name)} is retired; what it did stays in the ledger."],
    )
