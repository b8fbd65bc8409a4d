"""``payforward programs show``: one program, and all that was decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.program_words import item_names, program_document, program_lines
from payforward.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.ledger import Ledger


@click.command("show", cls=Command)
@click.argument("name", nargs=-1, required=True)
@pass_session
def command(session: Session, name: tuple[str, ...]) -> None:
    """Show the program NAME: how it stands, and what was decided."""
    with session.open() as ledger:
        program = ledger.find_program(typed.words_of(name), retired=True)
        answer_program(session, ledger, program.id)


def answer_program(
    session: Session, ledger: Ledger, program: int, *, more: Iterable[str] = ()
) -> None:
    """Answer with a program as it now is; ``more`` is said to people after it."""
    state = ledger.program_state(program)
    names = item_names(ledger)
    currency = ledger.shop.currency
    session.answer(
        program_document(state, names, currency),
        lambda: [*program_lines(state, names, currency), *more],
    )
