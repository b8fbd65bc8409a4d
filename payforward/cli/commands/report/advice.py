"""``payforward report advice``: what the owner might do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.advice import Advice


@click.command("advice", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Say what piles up, what is old and what is missed, and what could be done."""
    with session.open() as ledger:
        found = ledger.advice()
        currency = ledger.shop.currency
    session.answer(
        {
            "currency": currency,
            "advice": [
                {
                    "kind": str(each.kind),
                    "item": each.item.name,
                    "sentence": each.sentence,
                    "suggestion": each.suggestion,
                    "action": str(each.action),
                    "units": each.units,
                }
                for each in found
            ],
        },
        lambda: _lines(found),
    )


def _lines(found: Sequence[Advice]) -> Iterator[str]:
    if not found:
        yield "All is well: nothing piles up, nothing is old, nothing is missed."
    for each in found:
        yield f"{each.sentence} {each.suggestion}"
