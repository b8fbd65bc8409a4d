"""Tax rates in menus: thousandths of a percent, so that 8.875 % is the whole number 8875."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from payforward.core.text import clean_line

if TYPE_CHECKING:
    from payforward.core.menus.table import Record, Table

_RATE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,3})0*)? ?%?")
_MOST = 100_000
_TAX_COLUMN = re.compile(r"tax - .*\(([^()]*)%\)")
_YES = frozenset(("y", "yes", "true", "1"))


def parse_rate(text: str) -> int | None:
    """Return a percentage in thousandths of a percent, or None where it is none.

    >>> parse_rate("8.875"), parse_rate("20 %"), parse_rate("5,5"), parse_rate("high")
    (8875, 20000, 5500, None)
    """
    found = _RATE.fullmatch(text.strip())
    if found is None:
        return None
    rate = int(found[1] + (found[2] or "").ljust(3, "0"))
    return rate if rate <= _MOST else None


class TaxColumns:
    """The columns ``Tax - NAME (RATE%)`` of a till's export.

    Args:
        table: The file; a note is added to it for each rate that cannot be read.
    """

    def __init__(self, table: Table) -> None:
        self._rates: dict[str, int] = {}
        for column in table.columns:
            found = _TAX_COLUMN.fullmatch(column)
            rate = parse_rate(found[1]) if found else None
            if rate is not None:
                self._rates[column] = rate
            elif found:
                name = clean_line(column, max_length=60)
                table.notes.append(f"The rate of a tax was not understood: {name}.")

    def rate(self, record: Record) -> int | None:
        """Return the sum of the taxes that a row is marked with, None where it is with none.

        Tills add the rates of several taxes and take each from the price alone.
        """
        rates = [
            rate for column, rate in self._rates.items() if record.get(column).casefold() in _YES
        ]
        return sum(rates) if rates else None
