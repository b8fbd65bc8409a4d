"""The board at a glance: for a command that starts, says what waits, and is gone.

It loads neither the writer nor the ledger's nouns, which take longer to import than the whole
answer to read. `Ledger.board` reads the same statement and answers the same; so does
`Ledger.program_states` by its own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from db.connection import open_ledger_file
from db.faults import damaged
from payforward.core.clock import business_date, first_day_of, last_day_of, zone

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from db.connection import LedgerFile

READ_TODAY: Final = """
    SELECT
      shop.shop, shop.currency, shop.timezone, shop.cutover_hour, head.day,
      setting.value AS style
    FROM shop
    JOIN head ON head.shop = shop.shop
    LEFT JOIN setting ON setting.shop = shop.shop AND setting.name = 'money_style'
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


# Like `Program.running`; days in ISO 8601 sort as they follow each other.
PROGRAMS_TODAY: Final = """
    SELECT program, name, kind, target, budget_units, budget_period, ends_on,
      CASE
        WHEN retired_at IS NOT NULL OR ends_on < :day THEN 'ended'
        WHEN starts_on > :day THEN 'not-yet'
        ELSE 'running'
      END AS running
    FROM program
    WHERE shop = :shop
    ORDER BY program
"""

ROWS_OF_PROGRAM: Final = """
    SELECT item.name, item.kind, held.units, entry.day AS oldest_day
    FROM (
      SELECT item, CAST(sum(units) AS BIGINT) AS units, min(gift) AS oldest
      FROM waiting
      WHERE shop = :shop
      AND place IN ('board', 'held')
      AND program = :program
      GROUP BY item
    ) AS held
    JOIN item ON item.shop = :shop AND item.item = held.item
    JOIN entry ON entry.shop = :shop AND entry.no = held.oldest
    WHERE item.kind <> 'serving'
    ORDER BY item.position, item.item
"""

HAS_SLIPS: Final = """
    SELECT 1
    FROM waiting
    WHERE shop = :shop
    AND place = 'slip'
    AND program = :program
    LIMIT 1
"""

DELIVERED: Final = """
    SELECT coalesce(CAST(-sum(units) AS BIGINT), 0) AS units
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind IN ('deliver', 'pass_on')
"""

# As db.budgets counts it.
SERVED_IN_PERIOD: Final = """
    SELECT coalesce(CAST(-sum(units) AS BIGINT), 0) AS units
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind = 'redeem'
    AND place = 'held'
    AND day BETWEEN :first AND :day
"""


class GlanceRow(NamedTuple):
    """What waits of one item."""

    name: str
    units: int
    oldest_day: date


class Rows(NamedTuple):
    """Items that wait, and the money apart."""

    rows: tuple[GlanceRow, ...]
    money_minor: int
    money_oldest_day: date | None


class GlanceProgram(NamedTuple):
    """A program that runs or holds something, and how it stands.

    ``left`` of ``budget_units`` may be given up to and with ``until``: servings of a giveaway
    that runs on a budget. ``collected`` counts what a drive has taken in so far.
    """

    name: str
    kind: str
    running: str
    holds: Rows
    budget_units: int | None
    left: int | None
    until: date | None
    collected: int | None
    target: int | None


class Glance(NamedTuple):
    """What waits for whoever asks; ``money_minor`` is the fund.

    That is of all programs together; ``programs`` tells each apart. ``style`` is how the shop's
    locale writes its currency, as it is kept: whoever writes no money need not read it.
    """

    rows: tuple[GlanceRow, ...]
    money_minor: int
    money_oldest_day: date | None
    currency: str
    day: date
    programs: tuple[GlanceProgram, ...]
    style: str | None


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
            wall = business_date(now, zone(today["timezone"]), today["cutover_hour"])
            day = max(wall, date.fromisoformat(today["day"]))
            board = _rows(board_rows(file, today["shop"]))
            programs = tuple(_programs(file, today["shop"], day))
    finally:
        file.close()
    currency, style = today["currency"], today["style"]
    return Glance(*board, currency=currency, day=day, programs=programs, style=style)


def _rows(found: list[sqlite3.Row]) -> Rows:
    waiting = [
        (row["kind"], GlanceRow(row["name"], row["units"], date.fromisoformat(row["oldest_day"])))
        for row in found
    ]
    money = next((row for kind, row in waiting if kind == "money"), None)
    return Rows(
        rows=tuple(row for kind, row in waiting if kind != "money"),
        money_minor=0 if money is None else money.units,
        money_oldest_day=None if money is None else money.oldest_day,
    )


def _programs(file: LedgerFile, shop: int, day: date) -> Iterator[GlanceProgram]:
    for row in file.read(PROGRAMS_TODAY, {"shop": shop, "day": day.isoformat()}):
        facts = {"shop": shop, "program": row["program"]}
        holds = _rows(file.read(ROWS_OF_PROGRAM, facts))
        is_empty = not holds.rows and not holds.money_minor
        if row["running"] != "running" and is_empty and file.read_one(HAS_SLIPS, facts) is None:
            continue
        collected = None
        if row["kind"] == "drive":
            delivered = file.read_one(DELIVERED, facts)
            assert delivered is not None
            collected = sum(each.units for each in holds.rows) + int(delivered["units"])
        left, until = _budget(file, row, facts, day)
        yield GlanceProgram(
            name=row["name"],
            kind=row["kind"],
            running=row["running"],
            holds=holds,
            budget_units=row["budget_units"],
            left=left,
            until=until,
            collected=collected,
            target=row["target"],
        )


def _budget(
    file: LedgerFile, program: sqlite3.Row, facts: Mapping[str, object], day: date
) -> tuple[int | None, date | None]:
    """Return what is left of a giveaway's budget, opened yet or not, and until when."""
    if program["budget_period"] is None or program["running"] != "running":
        return None, None
    period = program["budget_period"]
    until = last_day_of(period, day)
    days = {"first": first_day_of(period, day).isoformat(), "day": day.isoformat()}
    served = file.read_one(SERVED_IN_PERIOD, {**facts, **days})
    assert served is not None
    left = max(0, program["budget_units"] - served["units"])
    ends_on = program["ends_on"]
    return left, until if ends_on is None else min(until, date.fromisoformat(ends_on))
