"""``payforward report liability``: what the shop owes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.moved_words import columns_document, moved_lines, pool_document
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money, table
from payforward.core.days import day_text
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.report_answers import together
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.report_answers import Liability, Owed, PoolMoved


@click.command("liability", cls=Command)
@click.option("--on", "day", metavar="DAY", help="At the end of DAY; today if not said.")
@pass_session
def command(session: Session, day: str | None) -> None:
    """Show which prepaid gifts waited at the end of a day, their money, and how that came about.

    How it came about is told from the first of the day's month on.
    """
    with session.open() as ledger:
        today = ledger.reporting_day()
        liability = ledger.liability(typed.past_day_of(day, today) or today)
        # What was never owed, such as goods and the house's budgets, is told by the month.
        rolled = [
            each
            for each in ledger.roll_forward(liability.on)
            if each.program.kind in (ProgramKind.FORWARD, ProgramKind.CHARITY)
        ]
    session.answer(_document(liability, rolled), lambda: _lines(liability, rolled))


def _document(liability: Liability, rolled: Sequence[PoolMoved]) -> dict[str, object]:
    gifts = (each.moved for each in rolled if each.program.kind is ProgramKind.FORWARD)
    return {
        "on": liability.on.isoformat(),
        "currency": liability.currency,
        "amount_minor": liability.amount_minor,
        "lines": [_line(each) for each in liability.pools],
        "held_for_others": [_line(each) for each in liability.held_for_others],
        "roll_forward": {
            "from": liability.on.replace(day=1).isoformat(),
            "lines": [pool_document(each) for each in rolled],
            "totals": columns_document(together(gifts)),
        },
    }


def _line(owed: Owed) -> dict[str, object]:
    return {
        "program": owed.program.name,
        "item": owed.item.name,
        "units": owed.held.units,
        "amount_minor": owed.held.amount_minor,
    }


def _lines(liability: Liability, rolled: Sequence[PoolMoved]) -> Iterator[str]:
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
    if rolled:
        yield ""
        yield f"From {day_text(liability.on.replace(day=1))} to {day_text(liability.on)}:"
        yield from moved_lines(rolled, currency)
