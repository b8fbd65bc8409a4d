"""What stands around a month's table, against a calculation from the stored entries alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from statistics import median_low
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.report_answers import AGE_BANDS
from tests.conftest import FrozenClock
from tests.db.counter import Counter, hurried, raw

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = [date(2026, 11, 1), date(2026, 12, 1), date(2027, 3, 1), date(2027, 12, 1)]

FORWARD = """
    SELECT entry.*, gift.day AS given_on
    FROM entry
    JOIN program USING (shop, program)
    JOIN entry AS gift ON gift.no = entry.gift
    WHERE program.kind = 'forward'
    ORDER BY entry.no
"""


def _forward(counter: Counter) -> list[dict[str, Any]]:
    with raw(counter.ledger.path) as connection:
        found = connection.execute(FORWARD)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


def _sum(rows: list[dict[str, Any]], kind: str, start: str) -> tuple[int, int]:
    of_kind = [r for r in rows if r["kind"] == kind and r["day"].startswith(start)]
    sign = 1 if kind == "give" else -1
    return sign * sum(r["units"] for r in of_kind), sign * sum(r["amount_minor"] for r in of_kind)


@pytest.mark.parametrize("month", MONTHS)
def test_days_and_months_are_what_was_given_and_enjoyed(busy: Counter, month: date) -> None:
    rows = _forward(busy)
    told = busy.ledger.owners_month(month + timedelta(days=3))
    assert [day.day.day for day in told.days] == list(range(1, len(told.days) + 1))
    assert (told.days[-1].day + timedelta(days=1)).day == 1
    for each in told.days:
        for kind, amount in (("give", each.given), ("redeem", each.redeemed)):
            assert (amount.units, amount.amount_minor) == _sum(rows, kind, each.day.isoformat())
    assert len(told.months) == 12
    assert told.months[-1].month == month
    for of_month in told.months:
        name = f"{of_month.month:%Y-%m}"
        for kind, amount in (("give", of_month.given), ("redeem", of_month.redeemed)):
            assert (amount.units, amount.amount_minor) == _sum(rows, kind, name)
        assert of_month.closing.amount_minor == sum(
            r["amount_minor"] for r in rows if r["day"][:7] <= name
        )
    assert told.months[-1].closing == told.report.totals.closing
    if month > date(2027, 10, 1):
        assert all(of_month.given.units and of_month.redeemed.units for of_month in told.months)
        before = told.year_before
        assert before is not None
        for kind, amount in (("give", before.given), ("redeem", before.redeemed)):
            assert (amount.units, amount.amount_minor) == _sum(rows, kind, "2026-12")


def test_other_months_are_compared_once_there_are_any(busy: Counter, clock: FrozenClock) -> None:
    november = busy.ledger.owners_month(date(2026, 11, 1))
    assert (november.before, november.year_before) == (None, None)
    december = busy.ledger.owners_month(date(2026, 12, 1))
    assert december.before == november.months[-1]
    assert december.year_before is None
    # Of last November there is but a part: it is no month to compare with.
    later = busy.ledger.owners_month(date(2027, 11, 30))
    assert later.year_before is None
    assert later.months[0] == december.months[-1]
    assert busy.ledger.owners_month(date(2027, 12, 1)).year_before == december.months[-1]


def test_the_ages_of_what_waits_are_right(busy: Counter) -> None:
    today = busy.ledger.today()
    bands: dict[tuple[int, int], list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in AGE_BANDS])
    oldest: dict[tuple[int, int], str] = {}
    for row in _forward(busy):
        age = (today - date.fromisoformat(row["given_on"])).days
        at = 0 if age <= 7 else 1 if age <= 30 else 2 if age <= 90 else 3
        bands[row["program"], row["item"]][at][0] += row["units"]
        bands[row["program"], row["item"]][at][1] += row["amount_minor"]
    left: dict[tuple[int, int, int], int] = defaultdict(int)
    for row in _forward(busy):
        left[row["gift"], row["program"], row["item"]] += row["units"]
    days = {row["gift"]: row["given_on"] for row in _forward(busy)}
    for (gift, program, item), units in left.items():
        if units:
            pool = program, item
            oldest[pool] = min(oldest.get(pool, "9999"), days[gift])
    told = busy.ledger.ages()
    assert {
        (row.program.id, row.item.id): [[a.units, a.amount_minor] for a in row.bands]
        for row in told
    } == {pool: of_pool for pool, of_pool in bands.items() if any(map(any, of_pool))}
    assert {(r.program.id, r.item.id): r.oldest_day.isoformat() for r in told} == oldest
    assert sum(a.amount_minor for row in told for a in row.bands) == (
        busy.ledger.liability(today).amount_minor
    )


@pytest.mark.parametrize("month", MONTHS)
def test_the_median_wait_is_by_what_was_served(busy: Counter, month: date) -> None:
    waits: list[int] = []
    served = [
        row
        for row in _forward(busy)
        if row["kind"] == "redeem" and row["day"].startswith(f"{month:%Y-%m}")
    ]
    # What a later month took back had been a cup for all that this one knew.
    undone = {row["undoes"] for row in served if row["undoes"] is not None}
    for row in served:
        if row["undoes"] is None and row["no"] not in undone:
            days = date.fromisoformat(row["day"]) - date.fromisoformat(row["given_on"])
            waits += [days.days] * row["served"]
    told = busy.ledger.owners_month(month).median_wait_days
    assert told == (median_low(waits) if waits else None)


@pytest.mark.parametrize("month", MONTHS)
def test_what_was_missed_is_told_the_most_missed_first(busy: Counter, month: date) -> None:
    told = busy.ledger.owners_month(month).asked
    with raw(busy.ledger.path) as connection:
        rows = connection.execute(
            "SELECT item, units FROM asked WHERE taken_back_at IS NULL AND day LIKE ?",
            (f"{month:%Y-%m}-%",),
        ).fetchall()
    assert {each.item.id: each.times for each in told} == {
        item: sum(1 for other, _ in rows if other == item) for item, _ in rows
    }
    assert sum(each.units for each in told) == sum(units for _, units in rows)
    assert [each.times for each in told] == sorted((each.times for each in told), reverse=True)


def test_who_served_when_is_told_by_the_clock_on_the_wall(tmp_path: Path) -> None:
    """India's clocks stand at half hours; whoever says no name is told too."""
    path = tmp_path / "shop.db"
    clock = FrozenClock(datetime(2026, 11, 21, 4, 29, tzinfo=UTC))
    create_ledger(path, shop="Rosa's", currency="INR", timezone="Asia/Kolkata", clock=clock)
    with (
        Ledger.open(path, clock=clock) as ledger,
        Ledger.open(path, cashier="Ana", clock=clock) as hers,
    ):
        counter, ana = Counter.with_menu(hurried(ledger)), Counter(hurried(hers))
        counter.give("Latte", 9)
        ana = Counter(hers)
        ana.redeem("Latte", 2)
        clock.forward(minutes=1)
        ana.redeem("Latte", 3)
        counter.undo(counter.redeem("Latte", 2).action, 1)
        told = ledger.owners_month()
    assert [(each.cashier, each.served) for each in told.served_by] == [("Ana", 5), (None, 1)]
    local = clock.at.astimezone(ZoneInfo("Asia/Kolkata"))
    assert {hour: n for hour, n in enumerate(told.served_at) if n} == {
        local.hour - 1: 2,
        local.hour: 4,
    }


def test_an_empty_shop_has_an_empty_month(counter: Counter) -> None:
    told = counter.ledger.owners_month()
    assert (told.ages, told.asked, told.median_wait_days, told.served_by) == ((), (), None, ())
    assert sum(told.served_at) == 0
    assert (told.before, told.year_before, len(told.days)) == (None, None, 30)
