"""First in, first out: which books an action takes units from."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.model import Place

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.connection import LedgerFile

BOOKS_OF_ITEM: Final = """
    SELECT book, gift, item, units, unit_minor
    FROM waiting
    WHERE shop = :shop
    AND place = :place
    AND item = :item
    ORDER BY gift, book
"""

BOOKS_OF_PROGRAM: Final = """
    SELECT book, gift, item, units, unit_minor
    FROM waiting
    WHERE shop = :shop
    AND place = :place
    AND item = :item
    AND program = :program
    ORDER BY gift, book
"""

UNITS_OF_ITEM: Final = """
    SELECT coalesce(CAST(sum(units) AS BIGINT), 0)
    FROM waiting
    WHERE shop = :shop
    AND place = :place
    AND item = :item
"""

UNITS_OF_PROGRAM: Final = """
    SELECT coalesce(CAST(sum(units) AS BIGINT), 0)
    FROM waiting
    WHERE shop = :shop
    AND place = :place
    AND item = :item
    AND program = :program
"""

# What can be had without anyone's slip comes first.
BOOKS_OF_GIFT: Final = """
    SELECT book, gift, item, units, unit_minor
    FROM waiting
    WHERE shop = :shop
    AND gift = :gift
    AND (place = 'board' OR :anywhere)
    ORDER BY place, book DESC
"""

BOOKS_OF_SLIP: Final = """
    SELECT book, gift, item, units, unit_minor
    FROM waiting
    WHERE shop = :shop
    AND slip = :slip
    ORDER BY gift, book
"""

UNITS_OF_SLIP: Final = """
    SELECT coalesce(CAST(sum(units) AS BIGINT), 0)
    FROM waiting
    WHERE shop = :shop
    AND slip = :slip
"""


@dataclass(frozen=True, slots=True)
class Pick:
    """Units to take from one book."""

    book: int
    gift: int
    item: int
    units: int
    unit_minor: int

    @property
    def amount_minor(self) -> int:
        """The money that goes with the units."""
        return self.units * self.unit_minor


def pick_from_board(
    file: LedgerFile,
    shop: int,
    item: int,
    units: int,
    *,
    place: Place = Place.BOARD,
    program: int | None = None,
) -> list[Pick]:
    """Return from which books ``units`` of an item come, oldest gift first.

    They are those of all programs that have books at that place, or of one. Fewer units than
    asked for come back where fewer wait.
    """
    parameters = {"shop": shop, "place": str(place), "item": item, "program": program}
    statement = BOOKS_OF_ITEM if program is None else BOOKS_OF_PROGRAM
    # The rows are left as soon as there is enough: thousands may wait behind.
    with closing(file.read_each(statement, parameters)) as rows:
        return _take(rows, units)


def pick_from_gift(
    file: LedgerFile, shop: int, gift: int, units: int | None, *, anywhere: bool
) -> list[Pick]:
    """Return which books of one gift ``units`` come from, newest first; all without a number.

    Those on the board come first; those on slips, or held for a partner, only if asked for.
    """
    rows = file.read(BOOKS_OF_GIFT, {"shop": shop, "gift": gift, "anywhere": anywhere})
    return _take(rows, sum(row["units"] for row in rows) if units is None else units)


def pick_from_slip(file: LedgerFile, shop: int, slip: int, units: int | None) -> list[Pick]:
    """Return which books of a slip ``units`` come from, oldest gift first; all without a number."""
    rows = file.read(BOOKS_OF_SLIP, {"shop": shop, "slip": slip})
    return _take(rows, sum(row["units"] for row in rows) if units is None else units)


def units_of_slip(file: LedgerFile, shop: int, slip: int) -> int:
    """Return what is left on a slip; of money, minor units."""
    row = file.read_one(UNITS_OF_SLIP, {"shop": shop, "slip": slip})
    assert row is not None
    return int(row[0])


def waiting_units(
    file: LedgerFile,
    shop: int,
    item: int,
    *,
    place: Place = Place.BOARD,
    program: int | None = None,
) -> int:
    """Return how many units of an item wait, of all programs or one; for money, minor units."""
    statement = UNITS_OF_ITEM if program is None else UNITS_OF_PROGRAM
    parameters = {"shop": shop, "place": str(place), "item": item, "program": program}
    row = file.read_one(statement, parameters)
    assert row is not None
    return int(row[0])


def _take(rows: Iterable[sqlite3.Row], units: int) -> list[Pick]:
    picks: list[Pick] = []
    for book, gift, item, available, unit_minor in rows:
        if units <= 0:
            break
        taken = min(units, available)
        picks.append(Pick(book, gift, item, taken, unit_minor))
        units -= taken
    return picks
