"""``payforward partners list``: the partners that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table
from payforward.core.model import MAX_COUNT, SlipState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.partners import Partner


@click.command("list", cls=Command)
@pass_session
def command(session: Session) -> None:
    """List the partners, and how many slips each still has out."""
    with session.open() as ledger:
        partners = ledger.partners()
        waiting = [
            len(ledger.slips(state=SlipState.WAITING, partner=each.id, most=MAX_COUNT))
            for each in partners
        ]
    session.answer(
        {
            "partners": [
                {"partner": each.name, "slips_waiting": slips}
                for each, slips in zip(partners, waiting, strict=True)
            ]
        },
        lambda: _table(partners, waiting),
    )


def _table(partners: Sequence[Partner], waiting: Sequence[int]) -> list[str]:
    if not partners:
        return ["There is no partner yet: payforward partners add NAME"]
    rows = [[each.name, str(slips)] for each, slips in zip(partners, waiting, strict=True)]
    return table([["", "slips waiting"], *rows], "<>")
