"""The owner's numbers, from the entries' own columns: no sum over more days than are asked for.

What a pool held at the end of a day is stated by its last entry up to then, so that a report of
one month costs the same in the first year and in the tenth.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.programs import read_programs
from payforward.core.clock import last_day_of
from payforward.core.model import ItemKind, Kind, ProgramKind
from payforward.core.report_answers import (
    NOTHING,
    Amount,
    Contribution,
    Liability,
    MonthReport,
    Moved,
    Owed,
    PoolMoved,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop

# Each pool that ever was is found by jumping in the index from one to the next.
NEXT_PROGRAM: Final = """
    SELECT program
    FROM entry
    WHERE shop = :shop
    AND program > :program
    ORDER BY program
    LIMIT 1
"""

NEXT_ITEM: Final = """
    SELECT item
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item > :item
    ORDER BY item
    LIMIT 1
"""

POOL_AT_END_OF: Final = """
    SELECT pool_units, pool_minor
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item = :item
    AND day <= :day
    ORDER BY day DESC, no DESC
    LIMIT 1
"""

MOVED_BY_KIND: Final = """
    SELECT program, item, kind, CAST(sum(units) AS BIGINT) AS units,
      CAST(sum(amount_minor) AS BIGINT) AS amount_minor
    FROM entry
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND item IS NOT NULL
    GROUP BY program, item, kind
"""

# What moves within a pool is zero in sum: what came to slips, or left them, tells how much.
MOVED_WITHIN: Final = """
    SELECT program, item, kind, CAST(sum(units) AS BIGINT) AS units,
      CAST(sum(amount_minor) AS BIGINT) AS amount_minor
    FROM entry
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND kind IN ('hand_out', 'take_back', 'expire')
    AND place = 'slip'
    GROUP BY program, item, kind
"""

# An undo has the opposite signs in all, so that it counts against what it undoes.
CONTRIBUTED: Final = """
    SELECT program.kind,
      CAST(coalesce(sum(CASE
        WHEN (added > 0) = (units < 0) AND added <> 0 THEN added
      END), 0) AS BIGINT) AS rises_minor,
      CAST(coalesce(sum(CASE
        WHEN (added < 0) = (units < 0) AND added <> 0 THEN -added
      END), 0) AS BIGINT) AS falls_minor,
      CAST(sum(list_price_minor) AS BIGINT) AS list_price_minor
    FROM (
      SELECT shop, program, units, list_price_minor, list_price_minor + amount_minor AS added
      FROM entry
      WHERE shop = :shop
      AND day >= :first
      AND day <= :last
      AND kind = 'redeem'
    ) AS served
    JOIN program ON program.shop = served.shop AND program.program = served.program
    GROUP BY program.kind
"""

FIRST_DAY: Final = """
    SELECT day
    FROM entry
    WHERE shop = :shop
    AND no = 1
"""

_COLUMN_OF: Final[Mapping[str, str]] = {
    Kind.GIVE: "given",
    Kind.BUDGET: "budget",
    Kind.REDEEM: "redeemed",
    Kind.REFUND: "refunded",
    Kind.PASS_ON: "passed_on",
    Kind.DELIVER: "delivered",
    Kind.LAPSE: "lapsed",
    Kind.HAND_OUT: "handed_out",
    Kind.TAKE_BACK: "taken_back",
    Kind.EXPIRE: "expired",
}
_COMES: Final = frozenset({Kind.GIVE, Kind.BUDGET, Kind.HAND_OUT})
"""Kinds whose units are positive where they are done, of moves as slips see them."""


def read_month(file: LedgerFile, shop: Shop, items: Mapping[int, Item], month: date) -> MonthReport:
    """Return what happened in the month that a day is in; the caller holds a snapshot."""
    first = month.replace(day=1)
    last = last_day_of("month", first)
    pools = moved_between(file, shop, items, first, last)
    forward = (p.moved for p in pools if p.program.kind is ProgramKind.FORWARD)
    return MonthReport(
        month=first,
        currency=shop.currency,
        pools=pools,
        totals=together(forward),
        contribution=_contribution(file, shop, pools, first, last),
        first_day=read_first_day(file, shop.id),
    )


def read_first_day(file: LedgerFile, shop: int) -> date | None:
    """Return the day of the ledger's first entry; None where there is none yet."""
    row = file.read_one(FIRST_DAY, {"shop": shop})
    return None if row is None else date.fromisoformat(row["day"])


def read_liability(file: LedgerFile, shop: Shop, items: Mapping[int, Item], day: date) -> Liability:
    """Return what was owed at the end of a day; the caller holds a snapshot."""
    programs = {program.id: program for program in read_programs(file, shop.id)}
    owed = [
        Owed(programs[program], items[item], held)
        for program, item in _pools(file, shop.id, items)
        if (held := _held_at(file, shop.id, program, item, day)).units
    ]
    return Liability(
        on=day,
        currency=shop.currency,
        pools=tuple(o for o in owed if o.program.kind is ProgramKind.FORWARD),
        held_for_others=tuple(o for o in owed if o.program.kind is ProgramKind.CHARITY),
    )


def closing_of_month(file: LedgerFile, shop: int, month: date) -> Amount:
    """Return what all programs in which customers give held at the end of a month."""
    forward = {p.id for p in read_programs(file, shop) if p.kind is ProgramKind.FORWARD}
    last = last_day_of("month", month)
    return sum(
        (
            _held_at(file, shop, program, item, last)
            for program, item in _every_pool(file, shop)
            if program in forward
        ),
        NOTHING,
    )


def moved_between(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], first: date, last: date
) -> tuple[PoolMoved, ...]:
    """Return what became of each pool in which anything is or moved, the last day included."""
    moved = _sums(file, shop.id, first, last)
    programs = {program.id: program for program in read_programs(file, shop.id)}
    found: list[PoolMoved] = []
    for program, item in _pools(file, shop.id, items):
        opening = _held_at(file, shop.id, program, item, first - timedelta(days=1))
        closing = _held_at(file, shop.id, program, item, last)
        columns = moved.get((program, item), {})
        if columns or opening != NOTHING:
            what = Moved(opening=opening, closing=closing, **columns)
            found.append(PoolMoved(programs[program], items[item], what))
    return tuple(found)


def _sums(
    file: LedgerFile, shop: int, first: date, last: date
) -> dict[tuple[int, int], dict[str, Amount]]:
    """Return by program and item what moved, by the column that it stands in."""
    days = {"shop": shop, "first": first.isoformat(), "last": last.isoformat()}
    sums: dict[tuple[int, int], dict[str, Amount]] = {}
    rows = [*file.read(MOVED_BY_KIND, days), *file.read(MOVED_WITHIN, days)]
    for program, item, kind, units, amount_minor in rows:
        column = _COLUMN_OF.get(kind)
        if column is not None:
            amount = Amount(units, amount_minor)
            # What moves within is stated first as nothing, then as the slips have it.
            sums.setdefault((program, item), {})[column] = amount if kind in _COMES else -amount
    return sums


def _contribution(
    file: LedgerFile, shop: Shop, pools: Iterable[PoolMoved], first: date, last: date
) -> Contribution:
    days = {"shop": shop.id, "first": first.isoformat(), "last": last.isoformat()}
    by_kind = {row["kind"]: row for row in file.read(CONTRIBUTED, days)}
    forward, house = by_kind.get(ProgramKind.FORWARD), by_kind.get(ProgramKind.GIVEAWAY)
    return Contribution(
        rises_minor=0 if forward is None else forward["rises_minor"],
        falls_minor=0 if forward is None else forward["falls_minor"],
        giveaways_minor=0 if house is None else house["list_price_minor"],
        goods=sum(p.moved.given.units for p in pools if p.item.kind is ItemKind.GOODS),
    )


def _pools(file: LedgerFile, shop: int, items: Mapping[int, Item]) -> list[tuple[int, int]]:
    """Return program and item of each pool that ever was, in the menu's order, money last."""

    def order(pool: tuple[int, int]) -> tuple[int, bool, int, int]:
        item = items[pool[1]]
        return pool[0], item.kind is ItemKind.MONEY, item.position, item.id

    return sorted(_every_pool(file, shop), key=order)


def _every_pool(file: LedgerFile, shop: int) -> list[tuple[int, int]]:
    return [
        (program, item)
        for program in _jumping(file, NEXT_PROGRAM, "program", {"shop": shop})
        for item in _jumping(file, NEXT_ITEM, "item", {"shop": shop, "program": program})
    ]


def _jumping(
    file: LedgerFile, statement: str, column: str, facts: Mapping[str, int]
) -> Iterator[int]:
    """Yield what a statement answers that asks for the next one after the last."""
    last = 0
    while (row := file.read_one(statement, {**facts, column: last})) is not None:
        last = int(row[0])
        yield last


def _held_at(file: LedgerFile, shop: int, program: int, item: int, day: date) -> Amount:
    facts = {"shop": shop, "program": program, "item": item, "day": day.isoformat()}
    row = file.read_one(POOL_AT_END_OF, facts)
    return NOTHING if row is None else Amount(row["pool_units"], row["pool_minor"])
