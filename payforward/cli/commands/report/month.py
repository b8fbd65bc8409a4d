"""``payforward report month``: what became of each program's items in a month."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from payforward.cli.lazy import Command
from payforward.cli.month_words import around_document, around_lines, columns_document
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money, table
from payforward.core.days import day_text, parse_month
from payforward.core.model import ItemKind
from payforward.core.report_answers import COLUMNS, pool_name
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.report_answers import Contribution, MonthReport, OwnersMonth, PoolMoved

_HEADINGS: Final = {
    "opening": "at first",
    "given": "given",
    "budget": "budget",
    "redeemed": "served",
    "refunded": "refunded",
    "passed_on": "passed on",
    "delivered": "delivered",
    "lapsed": "lapsed",
    "closing": "at last",
    "handed_out": "to slips",
    "taken_back": "from slips",
    "expired": "expired",
}
_ALWAYS: Final = frozenset({"opening", "given", "closing"})


@click.command("month", cls=Command)
@click.argument("month", required=False)
@pass_session
def command(session: Session, month: str | None) -> None:
    """Show what became of each item in MONTH, such as 2026-11; this one if none is said."""
    with session.open() as ledger:
        typed = None if month is None else parse_month(month, ledger.today())
        told = ledger.owners_month(typed)
    session.answer({**_document(told.report), **around_document(told)}, lambda: _lines(told))


def _document(report: MonthReport) -> dict[str, object]:
    return {
        "month": f"{report.month:%Y-%m}",
        "currency": report.currency,
        "lines": [
            {
                "program": each.program.name,
                "kind": str(each.program.kind),
                "item": each.item.name,
                **columns_document(each.moved),
            }
            for each in report.pools
        ],
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
    yield f"{name}. What was taken back counts against it on its own day."
    for program, pools in groupby(report.pools, key=lambda each: each.program):
        yield ""
        yield f"{shown(program.name)}"
        yield from _table(list(pools), report.currency)
    yield ""
    worth = money(report.totals.closing.amount_minor, report.currency)
    yield f"Waiting at the end, paid for by customers: {worth}."
    yield from _contribution_lines(report.contribution, report.currency)
    yield ""
    yield from around_lines(told)


def _table(pools: Sequence[PoolMoved], currency: str) -> list[str]:
    shown_columns = [
        column
        for column in COLUMNS
        if column in _ALWAYS or any(getattr(each.moved, column).units for each in pools)
    ]
    has_worth = any(each.moved.closing.amount_minor for each in pools)
    heading = ["", *(_HEADINGS[column] for column in shown_columns)]
    rows = [[*heading, "worth"] if has_worth else heading]
    for each in pools:
        cells = [_cell(each, column, currency) for column in shown_columns]
        closing_minor = each.moved.closing.amount_minor
        worth = [money(closing_minor, currency) if closing_minor else "–"] if has_worth else []
        rows.append([pool_name(each.program, each.item), *cells, *worth])
    return table(rows, "<" + ">" * (len(rows[0]) - 1))


def _cell(pool: PoolMoved, column: str, currency: str) -> str:
    units = getattr(pool.moved, column).units
    if not units:
        return "–"
    return money(units, currency) if pool.item.kind is ItemKind.MONEY else str(units)


def _contribution_lines(contribution: Contribution, currency: str) -> Iterator[str]:
    # Of what an earlier month saw, more may be taken back than was done in this one.
    for minor, words, back in (
        (
            contribution.rises_minor,
            "The shop added {} because prices rose between gift and cup.",
            "Taken back: {} that the shop had added because prices rose between gift and cup.",
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
