"""``payforward programs list``: the programs that there are, and how each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.program_words import RUNNING_WORDS, item_names, program_document, standing
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.program_answers import ProgramState


@click.command("list", cls=Command)
@click.option("--retired", is_flag=True, help="Those too that were retired.")
@pass_session
def command(session: Session, *, retired: bool = False) -> None:
    """List the programs: what each holds, or what is left of its budget."""
    with session.open() as ledger:
        states = ledger.program_states(retired=retired)
        names = item_names(ledger)
        currency = ledger.shop.currency
    session.answer(
        {
            "programs": [program_document(state, names, currency) for state in states],
            "currency": currency,
        },
        lambda: _lines(states, currency),
    )


def _lines(states: Sequence[ProgramState], currency: str) -> list[str]:
    rows = [
        [
            state.program.name,
            state.program.kind.value,
            "retired" if state.program.retired else RUNNING_WORDS[state.running],
            standing(state, currency),
        ]
        for state in states
    ]
    return table([["program", "kind", "state", "holds"], *rows], "<<<<")
