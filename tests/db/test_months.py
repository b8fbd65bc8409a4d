"""The owner's numbers against a calculation of their own, from the stored entries alone."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from payforward.core.model import Kind, ProgramKind
from payforward.core.report_answers import COLUMNS, NOTHING, Amount, Moved
from tests.db.counter import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.answers import Given
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

Row = dict[str, Any]
DAYS = 400
COLUMN = {
    "give": "given",
    "budget": "budget",
    "redeem": "redeemed",
    "refund": "refunded",
    "pass_on": "passed_on",
    "deliver": "delivered",
    "lapse": "lapsed",
}
WITHIN = {"hand_out": "handed_out", "take_back": "taken_back", "expire": "expired"}


def _entries(counter: Counter) -> list[Row]:
    with raw(counter.ledger.path) as connection:
        kinds = dict(connection.execute("SELECT program, kind FROM program").fetchall())
        goods = {i for (i,) in connection.execute("SELECT item FROM item WHERE kind = 'goods'")}
        found = connection.execute("SELECT * FROM entry ORDER BY no")
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found]
    for row in rows:
        row["program_kind"] = kinds.get(row["program"])
        row["is_goods"] = row["item"] in goods
    return rows


def _months() -> Iterator[date]:
    for number in range(16):
        yield date(2026 + (9 + number) // 12, (9 + number) % 12 + 1, 1)


def _by_hand(entries: list[Row], month: date) -> dict[tuple[int, int], dict[str, list[int]]]:
    """Add a month up entry by entry."""
    name = f"{month:%Y-%m}"
    table: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(
        lambda: {column: [0, 0] for column in COLUMNS}
    )
    for entry in entries:
        if entry["item"] is None:
            continue
        pool = table[entry["program"], entry["item"]]
        amounts = (entry["units"], entry["amount_minor"])
        is_in = entry["kind"] in ("give", "budget")
        if entry["day"][:7] < name:
            _add(pool["opening"], amounts, 1)
        if entry["day"][:7] <= name:
            _add(pool["closing"], amounts, 1)
        if entry["day"][:7] == name:
            if entry["kind"] in COLUMN:
                _add(pool[COLUMN[entry["kind"]]], amounts, 1 if is_in else -1)
            elif entry["place"] == "slip":
                to_slips = entry["kind"] == "hand_out"
                _add(pool[WITHIN[entry["kind"]]], amounts, 1 if to_slips else -1)
    return {key: pool for key, pool in table.items() if any(map(any, pool.values()))}


def _add(sums: list[int], amounts: tuple[int, int], sign: int) -> None:
    sums[0] += sign * amounts[0]
    sums[1] += sign * amounts[1]


def test_every_number_of_every_month_is_right(busy: Counter) -> None:
    entries = _entries(busy)
    assert {entry["kind"] for entry in entries} >= set(Kind) - {"replace", "close", "jump"}
    for month in _months():
        report = busy.ledger.month(month + timedelta(days=17))
        right = _by_hand(entries, month)
        told = {
            (each.program.id, each.item.id): {
                column: [
                    getattr(each.moved, column).units,
                    getattr(each.moved, column).amount_minor,
                ]
                for column in COLUMNS
            }
            for each in report.pools
        }
        # A pool that only moved within and back is told too, with nothing in it.
        told = {key: pool for key, pool in told.items() if any(map(any, pool.values()))}
        assert told == right
        assert all(each.moved.is_balanced for each in report.pools)
        assert report.totals.is_balanced


def test_the_totals_are_what_customers_gave_alone(busy: Counter) -> None:
    kinds = {each.id: each.kind for each in busy.ledger.programs(retired=True)}
    entries = _entries(busy)
    for month in _months():
        report = busy.ledger.month(month)
        forward = [
            pool
            for (program, _), pool in _by_hand(entries, month).items()
            if kinds[program] is ProgramKind.FORWARD
        ]
        for column in COLUMNS:
            amount = getattr(report.totals, column)
            assert amount.units == sum(pool[column][0] for pool in forward)
            assert amount.amount_minor == sum(pool[column][1] for pool in forward)


def test_a_month_begins_as_the_one_before_ended(busy: Counter) -> None:
    months = [busy.ledger.month(month) for month in _months()]
    for before, after in pairwise(months):
        closed = {(p.program.id, p.item.id): p.moved.closing for p in before.pools}
        opened = {(p.program.id, p.item.id): p.moved.opening for p in after.pools}
        assert {k: v for k, v in closed.items() if v != NOTHING} == {
            k: v for k, v in opened.items() if v != NOTHING
        }


def test_the_contribution_is_told_apart_and_never_netted(busy: Counter) -> None:
    entries = [entry for entry in _entries(busy) if entry["kind"] == "redeem"]
    every_rise = every_fall = 0
    for month in _months():
        rises = falls = house = 0
        for entry in entries:
            if entry["day"][:7] != f"{month:%Y-%m}":
                continue
            if entry["program_kind"] == "giveaway":
                house += entry["list_price_minor"]
                continue
            sign = 1 if entry["units"] < 0 else -1
            paid, price = abs(entry["amount_minor"]), abs(entry["list_price_minor"])
            rises += sign * max(0, price - paid)
            falls += sign * max(0, paid - price)
        told = busy.ledger.month(month).contribution
        assert (told.rises_minor, told.falls_minor, told.giveaways_minor) == (rises, falls, house)
        goods = [e for e in _entries(busy) if e["is_goods"] and e["kind"] == "give"]
        assert told.goods == sum(e["units"] for e in goods if e["day"][:7] == f"{month:%Y-%m}")
        every_rise, every_fall = every_rise + rises, every_fall + falls
    assert every_rise
    assert every_fall


def test_the_liability_is_right_on_any_day(busy: Counter) -> None:
    entries = _entries(busy)
    chance = random.Random(5)
    start = date(2026, 11, 15)
    for _ in range(50):
        day = start + timedelta(days=chance.randrange(DAYS + 20))
        held: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for entry in entries:
            if entry["day"] <= day.isoformat() and entry["program_kind"] == "forward":
                _add(
                    held[entry["program"], entry["item"]],
                    (entry["units"], entry["amount_minor"]),
                    1,
                )
        told = busy.ledger.liability(day)
        assert {
            (each.program.id, each.item.id): [each.held.units, each.held.amount_minor]
            for each in told.pools
        } == {key: sums for key, sums in held.items() if any(sums)}
        assert told.amount_minor == sum(minor for _, minor in held.values())
        jar = [
            e["amount_minor"]
            for e in entries
            if e["day"] <= day.isoformat() and e["program_kind"] == "charity"
        ]
        assert sum(each.held.amount_minor for each in told.held_for_others) == sum(jar)


def test_a_month_before_the_first_entry_is_empty(counter: Counter) -> None:
    assert counter.ledger.month(date(2026, 11, 1)).first_day is None
    counter.give("Latte")
    report = counter.ledger.month(date(1999, 2, 28))
    assert (report.month, report.pools, report.totals) == (date(1999, 2, 1), (), Moved())
    assert report.first_day == date(2026, 11, 21)


def test_months_end_on_their_last_day(counter: Counter, clock: FrozenClock) -> None:
    """From a leap year's February on, by the business day and not the calendar's."""
    clock.at = clock.at.replace(year=2028, month=2, day=28)
    given: list[Given] = []
    for _ in range(3):
        given.append(counter.give("Tea"))
        clock.forward(days=1)
    # A gift at two in the morning of the 2nd is still of the 1st.
    clock.at = clock.at.replace(hour=2, day=2)
    given.append(counter.give("Tea"))
    assert [each.day.isoformat() for each in given] == [
        "2028-02-28",
        "2028-02-29",
        "2028-03-01",
        "2028-03-01",
    ]
    assert counter.ledger.month(date(2028, 2, 1)).totals.given == Amount(2, 500)
    assert counter.ledger.month(date(2028, 3, 31)).totals.given == Amount(2, 500)
    assert counter.ledger.month(date(2028, 3, 31)).totals.opening == Amount(2, 500)
