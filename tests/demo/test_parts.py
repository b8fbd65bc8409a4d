"""The calendar, and the relaxed way in which throw-away ledgers are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from db.connection import open_ledger_file
from payforward.demo import make_practice
from payforward.demo.days import last_opening, open_days
from tests.demo.conftest import NOW, at

if TYPE_CHECKING:
    from pathlib import Path

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize("year", range(2024, 2036))
def test_two_open_days_are_never_more_than_a_week_apart(year: int) -> None:
    days = open_days(date(year, 1, 1), date(year + 1, 1, 31))
    assert max(later - day for day, later in pairwise(days)) <= timedelta(days=6)
    assert days == sorted(set(days))


def test_the_last_day_is_open_even_on_a_sunday() -> None:
    sunday = date(2026, 11, 22)
    assert open_days(date(2026, 11, 14), sunday)[-2:] == [date(2026, 11, 21), sunday]


@pytest.mark.parametrize("minutes", [0, 1, 3, 30, 240, 800, 1439])
def test_the_last_day_lies_between_the_cut_over_and_now(minutes: int) -> None:
    cut_over = datetime(2026, 11, 21, 4, 0, tzinfo=ROME).astimezone(UTC)
    now = cut_over + timedelta(minutes=minutes)
    opening = last_opening(date(2026, 11, 21), now, ROME)
    assert cut_over <= opening.start <= opening.end <= now
    assert 0 < opening.part <= 1


def test_only_throw_away_ledgers_do_not_wait_for_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_practice(path, from_ledger=None, clock=at(NOW))
    settings = []
    for durable in (False, True):
        file = open_ledger_file(path, durable=durable)
        row = file.read_one("PRAGMA journal_mode")
        assert row is not None
        settings.append((file.header("synchronous"), row[0]))
        file.close()
    # https://sqlite.org/pragma.html#pragma_synchronous: 0 is OFF, 3 is EXTRA.
    assert settings == [(0, "memory"), (3, "delete")]
