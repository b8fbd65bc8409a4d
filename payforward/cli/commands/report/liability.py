"""``payforward report liability``: what the shop owes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money, table
from payforward.core.days import day_text
from payforward.core.model import ItemKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.report_answers import Liability, Owed


@click.command("liability", cls=Command)
@click.option("--on", "day", metavar="DAY", help="At the end of DAY; today if not said.")
@pass_session
def command(session: Session, day: str | None) -> None:
    """Show which prepaid gifts waited at the end of a day, and their money."""
    with session.open() as ledger:
        today = ledger.reporting_day()
        liability = ledger.liability(typed.past_day_of(day, today) or today)
    session.answer(_document(liability), lambda: _lines(liability))


def _document(liability: Liability) -> dict[str, object]:
    return {
        "on": liability.on.isoformat(),
        "currency": liability.currency,
        "amount_minor": liability.amount_minor,
        "lines": [_line(each) for each in liability.pools],
        "held_for_others": [_line(each) for each in liability.held_for_others],
    }


def _line(owed: Owed) -> dict[str, object]:
    return {
        "program": owed.program.name,
        "item": owed.item.name,
        "units": owed.held.units,
        "amount_minor": owed.held.amount_minor,
    }


def _lines(liability: Liability) -> Iterator[str]:
    currency = liability.currency
    if not liability.pools:
        yield f"No prepaid gift waited at the end of {day_text(liability.on)}."
    else:
        total = money(liability.amount_minor, currency)
        yield f"Prepaid gifts that waited at the end of {day_text(liability.on)}: {total}."
        rows = [
            [
                each.program.name,
                each.item.name,
                "" if each.item.kind is ItemKind.MONEY else str(each.held.units),
                money(each.held.amount_minor, currency),
            ]
            for each in liability.pools
        ]
        yield from table(rows, "<<>>")
    for each in liability.held_for_others:
        held = money(each.held.amount_minor, currency)
        yield f"Held for others, {shown(each.program.name)}: {held}."
