"""Entries as they are stored: the statements that read and write them, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.chain import COLUMNS
from payforward.core.model import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.connection import LedgerFile

ALL_COLUMNS: Final = ", ".join(COLUMNS)

INSERT_ENTRY: Final = f"""
    INSERT INTO entry ({ALL_COLUMNS})
    VALUES ({", ".join(f":{name}" for name in COLUMNS)})
"""  # noqa: S608 - the names are this program's own

ENTRY_BY_NO: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND no = :no
"""  # noqa: S608

ENTRIES_OF_ACTION: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND action = :action
    ORDER BY line
"""  # noqa: S608

ENTRIES_OF_DAY: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND day = :day
    ORDER BY no
"""  # noqa: S608

ENTRIES_OF_GIFT: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND gift = :gift
    ORDER BY no
"""  # noqa: S608

ENTRIES_AFTER: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND no > :after
    AND no <= :last
    ORDER BY no
    LIMIT :most
"""  # noqa: S608

LAST_OF_BOOK: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND book = :book
    ORDER BY seq DESC
    LIMIT 1
"""  # noqa: S608

LAST_OF_POOL: Final = """
    SELECT pool_units, pool_minor
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item = :item
    ORDER BY day DESC, no DESC
    LIMIT 1
"""

UNDO_OF_ENTRY: Final = """
    SELECT no
    FROM entry
    WHERE shop = :shop
    AND book = :book
    AND undoes = :no
"""

# All entries of an action at once: a hand-out may have thousands.
UNDO_OF_ACTION: Final = """
    SELECT undo.no
    FROM entry AS done
    JOIN entry AS undo ON undo.shop = done.shop AND undo.book = done.book AND undo.undoes = done.no
    WHERE done.shop = :shop
    AND done.action = :action
    LIMIT 1
"""


def to_entry(row: sqlite3.Row) -> Entry:
    """Return the entry of a row that selected all columns in their order."""
    return Entry._make(row)


def to_entries(rows: Iterable[Iterable[Any]]) -> tuple[Entry, ...]:
    """Return the entries of rows that selected all columns in their order."""
    return tuple(map(Entry._make, rows))


def entries_of_action(file: LedgerFile, shop: int, action: str) -> tuple[Entry, ...]:
    """Return all that one action wrote, in order; empty where it was never done."""
    return to_entries(file.read(ENTRIES_OF_ACTION, {"shop": shop, "action": action}))


def entry_by_no(file: LedgerFile, shop: int, no: int) -> Entry | None:
    """Return the entry of a number, or None."""
    row = file.read_one(ENTRY_BY_NO, {"shop": shop, "no": no})
    return None if row is None else to_entry(row)


def last_of_book(file: LedgerFile, shop: int, book: int) -> Entry | None:
    """Return the newest entry of a book, which states its balance, or None."""
    row = file.read_one(LAST_OF_BOOK, {"shop": shop, "book": book})
    return None if row is None else to_entry(row)


def is_undone(file: LedgerFile, entry: Entry) -> bool:
    """Return whether a later entry mirrors this one, in whole or in part."""
    parameters = {"shop": entry.shop, "book": entry.book, "no": entry.no}
    return file.read_one(UNDO_OF_ENTRY, parameters) is not None


def is_action_undone(file: LedgerFile, shop: int, action: str) -> bool:
    """Return whether a later entry mirrors any entry of an action."""
    return file.read_one(UNDO_OF_ACTION, {"shop": shop, "action": action}) is not None
