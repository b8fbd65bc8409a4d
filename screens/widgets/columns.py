"""How wide a table's columns are, and which give way where there is no room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from payforward.core.text import cell_width, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

GAP = 2
"""Cells between two columns."""

Layout: TypeAlias = tuple[tuple[int, int], ...]
"""Which columns are shown, by index, each with its width in cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        title: Its heading.
        least: The fewest cells that still make sense.
        most: The most cells it takes however long its texts are.
        right: Whether its texts stand at its right, as numbers do.
        leaves: Above 0, the column may go where room is short; the highest goes first.
        spare: Whether it goes already where another's text would be cut.
    """

    title: str
    least: int
    most: int
    right: bool = False
    leaves: int = 0
    spare: bool = False


def lay_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> Layout:
    """Return the columns that fit into ``room`` cells, and how wide each is.

    A column is as wide as its longest text, within its bounds. Where that is too much, those
    that can be spared leave; then the widest give, down to their least; then columns leave.

    >>> columns = [Column("Name", 6, 20), Column("Price", 5, 9), Column("Note", 4, 9, leaves=1)]
    >>> lay_out(columns, [("Cappuccino", "€3.50", "warm")], 40)
    ((0, 10), (1, 5), (2, 4))
    >>> lay_out(columns, [("Cappuccino", "€3.50", "warm")], 20)
    ((0, 7), (1, 5), (2, 4))
    >>> lay_out(columns, [("Cappuccino", "€3.50", "warm")], 15)
    ((0, 8), (1, 5))
    >>> columns = [Column("Name", 6, 20), Column("Till", 5, 9, leaves=1, spare=True)]
    >>> lay_out(columns, [("Cappuccino", "till 1")], 18), lay_out(columns, [("Tea", "till 1")], 18)
    (((0, 10),), ((0, 4), (1, 6)))
    """
    wish = [_wish(column, {row[i] for row in rows}) for i, column in enumerate(columns)]
    kept = list(range(len(columns)))
    spares = [i for i in kept if columns[i].spare]
    for i in sorted(spares, key=lambda i: columns[i].leaves, reverse=True):
        if sum(wish[each] for each in kept) + GAP * (len(kept) - 1) > room:
            kept.remove(i)
    while len(kept) > 1:
        least = sum(min(columns[i].least, wish[i]) for i in kept) + GAP * (len(kept) - 1)
        leaver = max(kept, key=lambda i: columns[i].leaves)
        if least <= room or not columns[leaver].leaves:
            break
        kept.remove(leaver)
    widths = {i: wish[i] for i in kept}
    over = sum(widths.values()) + GAP * (len(kept) - 1) - room
    while over > 0:
        widest = max(kept, key=lambda i: widths[i] - columns[i].least)
        if widths[widest] <= columns[widest].least:
            break
        widths[widest] -= 1
        over -= 1
    return tuple(widths.items())


def _wish(column: Column, texts: Collection[str]) -> int:
    """Return how wide a column would like to be."""
    longest = max((cell_width(shown(text)) for text in texts), default=0)
    return min(max(longest, cell_width(column.title)), column.most)
