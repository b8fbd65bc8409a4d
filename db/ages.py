"""How long what waits has waited, and how long what was enjoyed had."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.programs import read_programs
from payforward.core.model import ItemKind
from payforward.core.report_answers import AGE_BANDS, NOTHING, AgeRow, Amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop

# A gift's age follows the gift, whatever book or slip its units are in now.
WAITING_BY_DAY: Final = """
    SELECT waiting.program, waiting.item, gift.day, CAST(sum(waiting.units) AS BIGINT) AS units,
      CAST(sum(waiting.units * waiting.unit_minor) AS BIGINT) AS amount_minor
    FROM waiting
    JOIN entry AS gift ON gift.shop = waiting.shop AND gift.no = waiting.gift
    WHERE waiting.shop = :shop
    AND waiting.place IN ('board', 'slip')
    GROUP BY waiting.program, waiting.item, gift.day
"""

# What was taken back has the opposite sign, and counts against the wait of what it takes back; of
# what had been served before these days there is no wait to count against.
SERVED_BY_DAYS: Final = """
    SELECT coalesce(done.day, served.day) AS day, gift.day AS given_on,
      CAST(sum(served.served) AS BIGINT) AS served
    FROM entry AS served
    JOIN entry AS gift ON gift.shop = served.shop AND gift.no = served.gift
    LEFT JOIN entry AS done ON done.shop = served.shop AND done.no = served.undoes
    WHERE served.shop = :shop
    AND served.day >= :first
    AND served.day <= :last
    AND served.kind = 'redeem'
    AND served.place <> 'held'
    AND (done.day IS NULL OR done.day >= :first)
    GROUP BY coalesce(done.day, served.day), gift.day
"""


def read_ages(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], today: date
) -> tuple[AgeRow, ...]:
    """Return how long what waits of each pool has waited, in the menu's order, money last."""
    by_pool: dict[tuple[int, int], dict[date, Amount]] = {}
    for program, item, day, units, amount_minor in file.read(WAITING_BY_DAY, {"shop": shop.id}):
        by_pool.setdefault((program, item), {})[date.fromisoformat(day)] = Amount(
            units, amount_minor
        )
    programs = {program.id: program for program in read_programs(file, shop.id)}

    def order(pool: tuple[int, int]) -> tuple[int, bool, int, int]:
        item = items[pool[1]]
        return pool[0], item.kind is ItemKind.MONEY, item.position, item.id

    return tuple(
        AgeRow(
            programs[program],
            items[item],
            _banded(by_pool[program, item], today),
            min(by_pool[program, item]),
        )
        for program, item in sorted(by_pool, key=order)
    )


def median_wait_days(file: LedgerFile, shop: int, first: date, last: date) -> int | None:
    """Return after how many days half of what was enjoyed had been; None where nothing was."""
    waited: Counter[int] = Counter()
    days = {"shop": shop, "first": first.isoformat(), "last": last.isoformat()}
    for row in file.read(SERVED_BY_DAYS, days):
        served_on, given_on = date.fromisoformat(row["day"]), date.fromisoformat(row["given_on"])
        waited[(served_on - given_on).days] += row["served"]
    half = (sum(waited.values()) + 1) // 2
    for wait_days in sorted(waited):
        half -= waited[wait_days]
        if waited[wait_days] and half <= 0:
            return wait_days
    return None


def _banded(by_day: Mapping[date, Amount], today: date) -> tuple[Amount, ...]:
    bands = [NOTHING] * len(AGE_BANDS)
    for day, amount in by_day.items():
        age = max(timedelta(), today - day).days
        at = next(n for n, (_, last) in enumerate(AGE_BANDS) if last is None or age <= last)
        bands[at] += amount
    return tuple(bands)
