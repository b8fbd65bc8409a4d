"""``payforward entries``: what was done on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.entry_words import IDS_HELP, entry_document, entry_lines
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.days import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("entries", cls=Command)
@click.option("--day", "typed_day", metavar="DAY", help="Such as 2026-11-21; today if not said.")
@click.option("--ids", "with_ids", is_flag=True, help=IDS_HELP)
@pass_session
def command(session: Session, typed_day: str | None, *, with_ids: bool) -> None:
    """Show what was done on a day, in order."""
    with session.open() as ledger:
        today = ledger.reporting_day()
        day = typed.day_of(typed_day, today) or today
        views = ledger.entries(day)
        shop = ledger.shop
        tells_programs = len(ledger.programs(retired=True)) > 1

    def lines() -> Iterator[str]:
        if not views:
            yield f"Nothing was done on {day_text(day)}."
        yield from entry_lines(views, shop, tells_programs=tells_programs, with_ids=with_ids)

    session.answer(
        {
            "day": day.isoformat(),
            "currency": shop.currency,
            "entries": [entry_document(view) for view in views],
        },
        lines,
    )
