"""A year of Rosa's Café, made once, and everything in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.clock import CallableClock
from payforward.demo import make_demo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.answers import EntryView

NOW = datetime(2026, 11, 21, 16, 40, tzinfo=UTC)


def at(instant: datetime) -> CallableClock:
    """Return a clock that stands still."""
    return CallableClock(lambda: instant)


def all_entries(ledger: Ledger, days: int = 370) -> list[EntryView]:
    """Return the entries of the last days, in order."""
    last = ledger.today()
    return [view for n in range(days, -1, -1) for view in ledger.entries(last - timedelta(days=n))]


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "rosa.db"
    make_demo(path, clock=at(NOW))
    return path


@pytest.fixture(scope="session")
def lived(year: Path) -> list[EntryView]:
    with Ledger.open(year, clock=at(NOW)) as ledger:
        return all_entries(ledger)


@pytest.fixture
def rosas(year: Path) -> Iterator[Ledger]:
    """The year's ledger, to look at only."""
    with Ledger.open(year, clock=at(NOW)) as ledger:
        yield ledger
