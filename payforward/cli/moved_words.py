"""What became of each program's items in some days, as a table and as a document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from payforward.cli.words import money, table
from payforward.core.model import ItemKind
from payforward.core.report_answers import COLUMNS, pool_name
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from payforward.core.model import Item
    from payforward.core.report_answers import Amount, Moved, PoolMoved

_HEADINGS: Final = {
    "opening": "start",
    "given": "given",
    "budget": "budget",
    "redeemed": "served",
    "refunded": "refunded",
    "passed_on": "passed on",
    "delivered": "delivered",
    "lapsed": "lapsed",
    "closing": "end",
    "handed_out": "to slips",
    "taken_back": "from slips",
    "expired": "expired",
}
_ALWAYS: Final = frozenset({"opening", "given", "closing"})


def amount_document(amount: Amount) -> dict[str, int]:
    """Return units and their money."""
    return {"units": amount.units, "amount_minor": amount.amount_minor}


def columns_document(moved: Moved) -> dict[str, dict[str, int]]:
    """Return every column of a month's table."""
    return {column: amount_document(getattr(moved, column)) for column in COLUMNS}


def pool_document(pool: PoolMoved) -> dict[str, Any]:
    """Return what became of one item of one program."""
    return {
        "program": pool.program.name,
        "kind": str(pool.program.kind),
        "item": pool.item.name,
        **columns_document(pool.moved),
    }


def units_cell(item: Item, units: int, currency: str) -> str:
    """Return how much of an item that is, in a table; a dash for nothing."""
    if not units:
        return "–"
    return money(units, currency) if item.kind is ItemKind.MONEY else str(units)


def moved_lines(pools: Iterable[PoolMoved], currency: str) -> Iterator[str]:
    """Yield a table for each program, each after an empty line and the program's name."""
    for program, each in groupby(pools, key=lambda pool: pool.program):
        yield ""
        yield shown(program.name)
        yield from _table(list(each), currency)


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
        moved = (getattr(each.moved, column).units for column in shown_columns)
        cells = [units_cell(each.item, units, currency) for units in moved]
        closing_minor = each.moved.closing.amount_minor
        worth = [money(closing_minor, currency) if closing_minor else "–"] if has_worth else []
        rows.append([pool_name(each.program, each.item), *cells, *worth])
    return table(rows, "<" + ">" * (len(rows[0]) - 1))
