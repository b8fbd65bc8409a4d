"""What a number of a month is made of: the pool's entries, newest first, page by page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.pool_entries import ENTRIES_OF_POOL
from payforward.core.clock import last_day_of
from payforward.core.model import Kind
from payforward.core.report_answers import together
from tests.db.counter import Counter, raw

if TYPE_CHECKING:
    from payforward.core.answers import EntryView

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))

NUMBERS = """
    SELECT no
    FROM entry
    WHERE program = ?
    AND item = ?
    AND substr(day, 1, 7) = '2026-12'
    ORDER BY day DESC, no DESC
"""


def numbers(views: tuple[EntryView, ...]) -> list[int]:
    return [view.entry.no for view in views]


def stored(counter: Counter, pool: tuple[int, int]) -> list[int]:
    with raw(counter.ledger.path) as connection:
        return [row[0] for row in connection.execute(NUMBERS, pool)]


def test_every_pool_of_a_month_page_by_page(busy: Counter) -> None:
    pools = [(each.program.id, each.item.id) for each in busy.ledger.month(DECEMBER[0]).pools]
    assert len(pools) > 5
    for pool in pools:
        wanted, found = stored(busy, pool), list[int]()
        before: EntryView | None = None
        while page := busy.ledger.pool_entries(pool, DECEMBER, before=before, most=7):
            assert len(page) <= 7
            found += numbers(page)
            before = page[-1]
        assert found == wanted
        assert numbers(busy.ledger.pool_entries(pool, DECEMBER)) == wanted[:300]


def test_the_entries_make_the_number(busy: Counter) -> None:
    for each in busy.ledger.month(DECEMBER[0]).pools:
        views = busy.ledger.pool_entries((each.program.id, each.item.id), DECEMBER, most=5000)
        given = [view.entry for view in views if view.kind is Kind.GIVE]
        assert each.moved.given.units == sum(entry.units for entry in given)
        assert each.moved.given.amount_minor == sum(entry.amount_minor for entry in given)


@pytest.mark.parametrize("before", [0, 5])
def test_a_page_is_found_by_the_index_alone(busy: Counter, before: int) -> None:
    facts = {
        "shop": 1,
        "program": 1,
        "item": 2,
        "first": "2026-12-01",
        "last": "2026-12-31",
        "before_day": "2026-12-31",
        "before": before,
        "most": 300,
    }
    with raw(busy.ledger.path) as connection:
        plan = [
            row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ENTRIES_OF_POOL}", facts)
        ]
    assert len(plan) == 1
    assert "INDEX" in plan[0]
    assert "day>? AND day<?" in plan[0]


@pytest.mark.parametrize("on", [date(2026, 12, 1), date(2026, 12, 17), date(2026, 12, 31)])
def test_a_roll_forward_ends_at_the_liability(busy: Counter, on: date) -> None:
    rolled = busy.ledger.roll_forward(on)
    assert all(each.moved.is_balanced for each in rolled)
    owed = {
        (each.program.id, each.item.id): each.held
        for each in (
            *busy.ledger.liability(on).pools,
            *busy.ledger.liability(on).held_for_others,
        )
    }
    ended = {(each.program.id, each.item.id): each.moved.closing for each in rolled}
    assert {pool: ended[pool] for pool in owed} == owed
    if on == last_day_of("month", on):
        month = busy.ledger.month(on).pools
        assert together(each.moved for each in rolled) == together(each.moved for each in month)
