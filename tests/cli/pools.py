"""Whether every pool balances, read by plain sqlite3 as anyone could."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOVED = """
    SELECT program.name, item.name, sum(entry.units), sum(entry.amount_minor)
    FROM entry
    JOIN program USING (shop, program)
    JOIN item USING (shop, item)
    GROUP BY entry.program, entry.item
"""

SAID = """
    SELECT program.name, item.name, entry.pool_units, entry.pool_minor
    FROM entry
    JOIN program USING (shop, program)
    JOIN item USING (shop, item)
    WHERE entry.no IN (SELECT max(no) FROM entry GROUP BY program, item)
"""

WAITING = """
    SELECT program.name, item.name, sum(waiting.units), sum(waiting.units * waiting.unit_minor)
    FROM waiting
    JOIN program USING (shop, program)
    JOIN item USING (shop, item)
    GROUP BY waiting.program, waiting.item
"""

Pools = dict[tuple[str, str], tuple[int, int]]


def pools(ledger: Path) -> Pools:
    """Return each pool's units and money, by program and item, seen to be the same thrice.

    What all entries moved, what the last entry of each pool says, and what waits.
    """
    with closing(sqlite3.connect(ledger)) as connection:
        moved, said, waiting = (
            {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(statement)}
            for statement in (MOVED, SAID, WAITING)
        )
    assert moved == said
    held = {pool: sums for pool, sums in moved.items() if sums != (0, 0)}
    assert held == waiting
    return held
