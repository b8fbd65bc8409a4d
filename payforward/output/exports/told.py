"""Entries as people and scripts read them: numbers with the names that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.output.exports.amounts import decimals
from payforward.output.exports.rows import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from payforward.core.export_answers import Export, ExportEntry

COLUMNS: Final = (
    "no",
    "day",
    "at",
    "kind",
    "program",
    "program_kind",
    "item",
    "item_kind",
    "units",
    "unit_minor",
    "amount_minor",
    "amount",
    "currency",
    "gift",
    "book",
    "balance",
    "place",
    "slip",
    "expires",
    "served_item",
    "served",
    "list_price_minor",
    "list_price",
    "tender",
    "tax_kind",
    "tax_rate",
    "till_receipt",
    "partner",
    "till",
    "cashier",
    "undoes",
    "action",
    "line",
    "pool_units",
    "pool_minor",
)
"""Money in minor units and as text with decimals; rates in thousandths of a percent."""


def teller(export: Export) -> Callable[[ExportEntry], dict[str, str | int | None]]:
    """Return what tells an entry by `COLUMNS`."""
    text = decimals(export.shop.currency)

    def tell(entry: ExportEntry) -> dict[str, str | int | None]:
        program = None if entry.program is None else export.programs[entry.program]
        item = None if entry.item is None else export.items[entry.item]
        served = None if entry.served_item is None else export.items[entry.served_item]
        list_price = entry.list_price_minor
        told: dict[str, str | int | None] = entry._asdict()
        told |= {
            "program": None if program is None else program.name,
            "program_kind": None if program is None else program.kind.value,
            "item": None if item is None else item.name,
            "item_kind": None if item is None else item.kind.value,
            "amount": Number(text(entry.amount_minor)),
            "currency": export.shop.currency,
            "served_item": None if served is None else served.name,
            "list_price": None if list_price is None else Number(text(list_price)),
            "partner": _name(export.partners, entry.partner),
            "till": _name(export.tills, entry.till),
            "cashier": _name(export.cashiers, entry.cashier),
        }
        return {column: told[column] for column in COLUMNS}

    return tell


def _name(names: Mapping[int, str], number: int | None) -> str | None:
    return None if number is None else names[number]
