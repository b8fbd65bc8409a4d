"""All that the owner sees of a month: its days, the year around it, who served and what missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from db import names
from db.ages import median_wait_days, read_ages
from db.months import closing_of_month, read_month
from db.programs import read_programs
from payforward.core.clock import last_day_of, zone
from payforward.core.model import Kind, ProgramKind
from payforward.core.report_answers import (
    NOTHING,
    Amount,
    AskedCount,
    DayMoved,
    MonthMoved,
    OwnersMonth,
    ServedBy,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop

MOVED_BY_DAY: Final = """
    SELECT day, program, kind, CAST(sum(units) AS BIGINT) AS units,
      CAST(sum(amount_minor) AS BIGINT) AS amount_minor
    FROM entry
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND kind IN ('give', 'redeem')
    GROUP BY day, program, kind
"""

MOVED_BY_MONTH: Final = """
    SELECT substr(day, 1, 7) AS month, program, kind, CAST(sum(units) AS BIGINT) AS units,
      CAST(sum(amount_minor) AS BIGINT) AS amount_minor
    FROM entry
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND kind IN ('give', 'redeem')
    GROUP BY substr(day, 1, 7), program, kind
"""

ASKED_IN_VAIN: Final = """
    SELECT item, count(*) AS times, CAST(sum(units) AS BIGINT) AS units
    FROM asked
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND taken_back_at IS NULL
    GROUP BY item
    ORDER BY count(*) DESC, item
"""

SERVED_BY_CASHIER: Final = """
    SELECT cashier, CAST(sum(served) AS BIGINT) AS served
    FROM entry
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND kind = 'redeem'
    GROUP BY cashier
    ORDER BY sum(served) DESC, cashier
"""

# ``at`` begins with the day and the hour; half-hour zones need the minutes too. What was taken back
# counts against the hour at which it had been served.
SERVED_BY_MINUTE: Final = """
    SELECT substr(coalesce(done.at, entry.at), 1, 16) AS minute,
      CAST(sum(entry.served) AS BIGINT) AS served
    FROM entry
    LEFT JOIN entry AS done ON done.shop = entry.shop AND done.no = entry.undoes
    WHERE entry.shop = :shop
    AND entry.day >= :first
    AND entry.day <= :last
    AND entry.kind = 'redeem'
    GROUP BY substr(coalesce(done.at, entry.at), 1, 16)
"""


def read_owners_month(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], month: date, today: date
) -> OwnersMonth:
    """Return all of the month that a day is in; the caller holds a snapshot."""
    report = read_month(file, shop, items, month)
    first, last = report.month, last_day_of("month", report.month)
    days: dict[str, str | int] = {
        "shop": shop.id,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    months = _months(file, shop, first)
    year_before = _year_before(first)
    is_known = report.first_day is not None and year_before >= report.first_day
    return OwnersMonth(
        report=report,
        days=_days(file, shop.id, first, last),
        months=months,
        year_before=_months(file, shop, year_before, many=1)[0] if is_known else None,
        ages=read_ages(file, shop, items, today),
        asked=tuple(
            AskedCount(items[item], times, units)
            for item, times, units in file.read(ASKED_IN_VAIN, days)
        ),
        median_wait_days=median_wait_days(file, shop.id, first, last),
        served_by=_served_by(file, shop.id, days),
        served_at=_served_at(file, shop, days),
    )


def _days(file: LedgerFile, shop: int, first: date, last: date) -> tuple[DayMoved, ...]:
    facts = {"shop": shop, "first": first.isoformat(), "last": last.isoformat()}
    sums = _forward_sums(file, shop, file.read(MOVED_BY_DAY, facts))
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(DayMoved(day, *sums.get(day.isoformat(), (NOTHING, NOTHING))) for day in every)


def _months(file: LedgerFile, shop: Shop, month: date, *, many: int = 12) -> tuple[MonthMoved, ...]:
    """Return so many months, of which this is the last."""
    wanted = [month]
    while len(wanted) < many:
        wanted.insert(0, (wanted[0] - timedelta(days=1)).replace(day=1))
    facts = {
        "shop": shop.id,
        "first": wanted[0].isoformat(),
        "last": last_day_of("month", month).isoformat(),
    }
    sums = _forward_sums(file, shop.id, file.read(MOVED_BY_MONTH, facts))
    return tuple(
        MonthMoved(
            each,
            *sums.get(f"{each:%Y-%m}", (NOTHING, NOTHING)),
            closing_of_month(file, shop.id, each),
        )
        for each in wanted
    )


def _forward_sums(
    file: LedgerFile, shop: int, rows: Iterable[sqlite3.Row]
) -> dict[str, tuple[Amount, Amount]]:
    """Return by day or month what customers gave, and what was enjoyed of it."""
    forward = {p.id for p in read_programs(file, shop) if p.kind is ProgramKind.FORWARD}
    sums: dict[str, tuple[Amount, Amount]] = {}
    for when, program, kind, units, amount_minor in rows:
        if program in forward:
            given, redeemed = sums.get(when, (NOTHING, NOTHING))
            amount = Amount(units, amount_minor)
            is_gift = kind == Kind.GIVE
            sums[when] = (given + amount, redeemed) if is_gift else (given, redeemed + -amount)
    return sums


def _served_by(file: LedgerFile, shop: int, days: Mapping[str, str | int]) -> tuple[ServedBy, ...]:
    cashiers = names.names(file, names.CASHIER_NAMES, shop)
    return tuple(
        ServedBy(None if cashier is None else cashiers[cashier], served)
        for cashier, served in file.read(SERVED_BY_CASHIER, days)
    )


def _served_at(file: LedgerFile, shop: Shop, days: Mapping[str, str | int]) -> tuple[int, ...]:
    wall = zone(shop.timezone)
    hours = [0] * 24
    for minute, served in file.read(SERVED_BY_MINUTE, days):
        at = datetime.fromisoformat(minute).replace(tzinfo=UTC)
        hours[at.astimezone(wall).hour] += served
    return tuple(hours)


def _year_before(month: date) -> date:
    return month.replace(year=month.year - 1)
