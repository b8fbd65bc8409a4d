"""The entries of one pool in some days, newest first and page by page: what a number is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.entries import ALL_COLUMNS, to_entries
from db.questions import to_views

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.connection import LedgerFile
    from payforward.core.answers import EntryView
    from payforward.core.model import Item, Shop

# The index of pools is by day and number too, so that a page costs the same wherever it is.
ENTRIES_OF_POOL: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item = :item
    AND day >= :first
    AND day <= :last
    AND (day < :before_day OR no < :before)
    ORDER BY day DESC, no DESC
    LIMIT :most
"""  # noqa: S608 - the names are this program's own

_AFTER_ALL: Final = 1 << 62


def read_pool_entries(
    file: LedgerFile,
    shop: Shop,
    items: Mapping[int, Item],
    pool: tuple[int, int],
    days: tuple[date, date],
    *,
    before: EntryView | None,
    most: int,
) -> tuple[EntryView, ...]:
    """Return so many entries of a pool, newest first; the caller holds a snapshot.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item that ever was, by number.
        pool: The program and the item, by number.
        days: The first and the last day.
        before: Only what is older than this one.
        most: How many at most.
    """
    first, last = days
    facts: dict[str, str | int] = {
        "shop": shop.id,
        "program": pool[0],
        "item": pool[1],
        "first": first.isoformat(),
        "last": last.isoformat() if before is None else before.entry.day,
        "before_day": last.isoformat() if before is None else before.entry.day,
        "before": _AFTER_ALL if before is None else before.entry.no,
        "most": most,
    }
    return to_views(file, shop, items, to_entries(file.read(ENTRIES_OF_POOL, facts)))
