"""``payforward entries``: what was done on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.entry_words import entry_document, entry_lines
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.clock import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("entries", cls=Command)
@click.option("--day", "typed_day", metavar="DAY", help="Such as 2026-11-21; today if not said.")
@pass_session
def command(session: Session, typed_day: str | None) -> None:
    """Show what was done on a day, in order."""
    day = None if typed_day is None else parse_day(typed_day)
    with session.open() as ledger:
        day = ledger.today() if day is None else day
        views = ledger.entries(day)
        shop = ledger.shop
        tells_programs = len(ledger.programs(retired=True)) > 1
    told = day

    def lines() -> Iterator[str]:
        if not views:
            yield f"Nothing was done on {told}."
        yield from entry_lines(views, shop, tells_programs=tells_programs)

    session.answer(
        {
            "day": day.isoformat(),
            "currency": shop.currency,
            "entries": [entry_document(view) for view in views],
        },
        lines,
    )
