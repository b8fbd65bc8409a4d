"""The board at a glance: for a command that starts, says what waits, and is gone.

It loads neither the writer nor the ledger's nouns, which take longer to import than the whole
answer to read. `Ledger.board` reads the same statement and answers the same.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from db.connection import open_ledger_file
from db.faults import damaged
from payforward.core.clock import business_date, zone

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from db.connection import LedgerFile

READ_TODAY: Final = """
    SELECT shop.shop, shop.currency, shop.timezone, shop.cutover_hour, head.day
    FROM shop
    JOIN head ON head.shop = shop.shop
    ORDER BY shop.shop
    LIMIT 1
"""

BOARD_ROWS: Final = """
    SELECT item.item, item.name, item.kind, board.units, entry.day AS oldest_day
    FROM (
      SELECT item, CAST(sum(units) AS BIGINT) AS units, min(gift) AS oldest
      FROM waiting
      WHERE shop = :shop
      AND place = 'board'
      GROUP BY item
    ) AS board
    JOIN item ON item.shop = :shop AND item.item = board.item
    JOIN entry ON entry.shop = :shop AND entry.no = board.oldest
    ORDER BY item.position, item.item
"""


class GlanceRow(NamedTuple):
    """What waits of one item."""

    name: str
    units: int
    oldest_day: date


class Glance(NamedTuple):
    """What waits for whoever asks; ``money_minor`` is the fund."""

    rows: tuple[GlanceRow, ...]
    money_minor: int
    money_oldest_day: date | None
    currency: str
    day: date


def board_rows(file: LedgerFile, shop: int) -> list[sqlite3.Row]:
    """Return each item of which something waits, in the menu's order, the fund among them."""
    return file.read(BOARD_ROWS, {"shop": shop})


def glance(path: Path, now: datetime) -> Glance:
    """Return what waits in the ledger at ``path``.

    Args:
        path: The ledger.
        now: This instant, for today's business day.

    Raises:
        LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
    """
    file = open_ledger_file(path)
    try:
        with file.snapshot():
            today = file.read_one(READ_TODAY)
            if today is None:
                raise damaged(path)
            found = board_rows(file, today["shop"])
    finally:
        file.close()
    wall = business_date(now, zone(today["timezone"]), today["cutover_hour"])
    waiting = [
        (row["kind"], GlanceRow(row["name"], row["units"], date.fromisoformat(row["oldest_day"])))
        for row in found
    ]
    fund = next((row for kind, row in waiting if kind == "money"), None)
    return Glance(
        rows=tuple(row for kind, row in waiting if kind != "money"),
        money_minor=0 if fund is None else fund.units,
        money_oldest_day=None if fund is None else fund.oldest_day,
        currency=today["currency"],
        day=max(wall, date.fromisoformat(today["day"])),
    )
