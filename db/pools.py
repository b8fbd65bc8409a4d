"""What each program holds of each item, read off the pools' last entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

    from db.connection import LedgerFile

# Each pool's last entry says what is in it, however many gifts that is. The pools are found by
# stepping through their index; a giveaway's holds its budget alone, which is told apart.
HELD_BY_PROGRAMS: Final = """
    WITH RECURSIVE pool (program, item) AS (
      SELECT program, (
        SELECT min(item)
        FROM entry
        WHERE entry.shop = :shop
        AND entry.program = program.program
      )
      FROM program
      WHERE shop = :shop
      AND kind <> 'giveaway'
      AND (:program IS NULL OR program = :program)
      UNION ALL
      SELECT program, (
        SELECT min(entry.item)
        FROM entry
        WHERE entry.shop = :shop
        AND entry.program = pool.program
        AND entry.item > pool.item
      )
      FROM pool
      WHERE item IS NOT NULL
    )
    SELECT pool.program, pool.item, last.pool_units, last.pool_minor
    FROM pool
    JOIN entry AS last ON last.shop = :shop AND last.no = (
      SELECT no
      FROM entry
      WHERE shop = :shop
      AND program = pool.program
      AND item = pool.item
      ORDER BY day DESC, no DESC
      LIMIT 1
    )
    JOIN item ON item.shop = :shop AND item.item = pool.item
    WHERE last.pool_units > 0
    ORDER BY pool.program, item.position, pool.item
"""


def held_by_programs(file: LedgerFile, shop: int, program: int | None) -> list[sqlite3.Row]:
    """Return the program, the item, its units and their money of each pool that holds something.

    Args:
        file: The ledger; the caller holds a snapshot or the lock.
        shop: Whose it is.
        program: The only program that is asked about; None for all.
    """
    return file.read(HELD_BY_PROGRAMS, {"shop": shop, "program": program})
