"""``payforward report month``: what became of each program's items in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.month_words import around_document, around_lines
from payforward.cli.moved_words import columns_document, moved_lines, pool_document
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money
from payforward.core.days import day_text, parse_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.report_answers import Contribution, MonthReport, OwnersMonth


@click.command("month", cls=Command)
@click.argument("month", required=False)
@pass_session
def command(session: Session, month: str | None) -> None:
    """Show what became of each item in MONTH, such as 2026-11; this one if none is said."""
    with session.open() as ledger:
        typed = None if month is None else parse_month(month, ledger.reporting_day())
        told = ledger.owners_month(typed)
    session.answer({**_document(told.report), **around_document(told)}, lambda: _lines(told))


def _document(report: MonthReport) -> dict[str, object]:
    return {
        "month": f"{report.month:%Y-%m}",
        "currency": report.currency,
        "lines": [pool_document(each) for each in report.pools],
        "totals": columns_document(report.totals),
        "contribution_minor": report.contribution.rises_minor,
        "contribution": {
            "rises_minor": report.contribution.rises_minor,
            "falls_minor": report.contribution.falls_minor,
            "giveaways_minor": report.contribution.giveaways_minor,
            "goods": report.contribution.goods,
        },
        "first_day": None if report.first_day is None else report.first_day.isoformat(),
    }


def _lines(told: OwnersMonth) -> Iterator[str]:
    report = told.report
    name = f"{report.month:%Y-%m}"
    if not report.pools:
        yield f"Nothing waited and nothing moved in {name}."
        if report.first_day is None:
            yield "The ledger has no entry yet."
        elif report.first_day > report.month:
            yield f"The first entry is of {day_text(report.first_day)}."
        return
    yield f"{name}. What is taken back counts on the day of the taking back."
    yield from moved_lines(report.pools, report.currency)
    yield ""
    worth = money(report.totals.closing.amount_minor, report.currency)
    yield f"Waiting at the end, on the board and on slips, paid for by customers: {worth}."
    yield from _contribution_lines(report.contribution, report.currency)
    yield ""
    yield from around_lines(told)


def _contribution_lines(contribution: Contribution, currency: str) -> Iterator[str]:
    # Of what an earlier month saw, more may be taken back than was done in this one.
    for minor, words, back in (
        (
            contribution.rises_minor,
            "The shop added {}: what was served cost more than was paid for it.",
            "Taken back: {} that the shop had added to what was paid.",
        ),
        (
            contribution.falls_minor,
            "Gifts were worth {} more than the price of what was served.",
            "Taken back: {} that gifts were worth more than the price of what was served.",
        ),
        (
            contribution.giveaways_minor,
            "The house gave {} at list price.",
            "Taken back: {} that the house had given, at list price.",
        ),
    ):
        if minor:
            yield (words if minor > 0 else back).format(money(abs(minor), currency))
