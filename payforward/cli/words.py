"""How amounts, items, ages and tables are said to people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payforward.core.text import cell_width, fit, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from payforward.core.model import Item

WIDEST_CELL = 40
"""Cells that one column of a table may take; longer names are cut."""

_PLAIN_WORD: Final = re.compile(r"[\w.,+-]+")
_SPECIAL: Final = frozenset('"$`\\!')
"""What a shell understands between double quotes."""

_TENDERS = {
    "cash": "cash",
    "card": "card",
    "other": "paid in another way",
    "opening": "paid before this ledger began",
}


def money(minor: int, currency: str) -> str:
    """Return an amount: ``€3.50``."""
    from payforward.core.currencies import currency as find_currency  # noqa: PLC0415
    from payforward.core.money import Money  # noqa: PLC0415

    return Money(minor, find_currency(currency)).format()


def tender(paid: str | None) -> str:
    """Return how something was paid."""
    return _TENDERS.get(str(paid), "")


def said(units: int, item: Item, currency: str) -> str:
    """Return units of an item: ``2 Latte``, or an amount where the item is money."""
    return money(units, currency) if item.kind == "money" else f"{units} {shown(item.name)}"


def quoted(name: str) -> str:
    """Return a name as it is typed behind an option.

    >>> print(quoted("Soup"), quoted("Free soup"))
    Soup "Free soup"
    """
    word = shown(name)
    if _PLAIN_WORD.fullmatch(word) and not word.startswith("-"):
        return word
    if not _SPECIAL & set(word):
        return f'"{word}"'
    from shlex import quote  # noqa: PLC0415 - a name like that is rare

    return quote(word)


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its word.

    >>> counted(1, "slip", "slips"), counted(2, "slip", "slips")
    ('1 slip', '2 slips')
    """
    return f"{count} {one if count == 1 else many}"


def listed(names: Sequence[str], last: str) -> str:
    """Return names in a sentence.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def place(item: Item) -> str:
    """Return where an item waits for whoever asks."""
    return "in the fund" if item.kind == "money" else "on the board"


def age(since: date, today: date) -> str:
    """Return how long ago a day was.

    >>> from datetime import date
    >>> [age(date(2026, 11, day), date(2026, 11, 21)) for day in (21, 20, 1)]
    ['today', '1 day', '20 days']
    """
    days = (today - since).days
    if days <= 0:
        return "today"
    return "1 day" if days == 1 else f"{days} days"


def table(rows: Sequence[Sequence[str]], align: str) -> list[str]:
    """Return rows as lines whose columns stand under each other, measured in terminal cells.

    >>> table([["", "waiting"], ["Flat white", "12"], ["李雷", "2"]], "<>")
    ['            waiting', 'Flat white       12', '李雷              2']

    Args:
        rows: The cells, the same number in each row.
        align: For each column ``<`` or ``>``.
    """
    safe = [[shown(cell) for cell in row] for row in rows]
    widths = [min(WIDEST_CELL, max(map(cell_width, column))) for column in zip(*safe, strict=True)]
    return [
        "  ".join(
            _cell(cell, width, side) for cell, width, side in zip(row, widths, align, strict=True)
        ).rstrip()
        for row in safe
    ]


def _cell(text: str, width: int, side: str) -> str:
    """Return one cell of exactly ``width`` terminal cells."""
    if side == ">" and cell_width(text) <= width:
        return " " * (width - cell_width(text)) + text
    return fit(text, width)
