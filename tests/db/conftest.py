"""What the tests of the ledger share: a counter with a small menu, made fast.

A set-up and its syncs cost more than most tests, so that each test gets a copy of one set-up, and
its own connection does not wait for the disk. What a disk does is tested in ``tests/faults``.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from tests.conftest import FrozenClock
from tests.db.busy_months import BusyMonths
from tests.db.counter import Counter, hurried
from tests.db.held import Winter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shop's ledger with `MENU`, to be copied."""
    path = tmp_path_factory.mktemp("template") / "shop.db"
    clock = FrozenClock()
    create_ledger(path, shop="Rosa's Café", currency="EUR", timezone="UTC", clock=clock)
    with Ledger.open(path, clock=clock) as ledger:
        Counter.with_menu(ledger)
    return path


@pytest.fixture
def counter(template: Path, tmp_path: Path, clock: FrozenClock) -> Iterator[Counter]:
    """Return the counter of a shop with four items, on a Saturday, 17:40 UTC."""
    path = tmp_path / "counter.db"
    shutil.copy(template, path)
    with Ledger.open(path, clock=clock) as ledger:
        yield Counter(hurried(ledger))


@pytest.fixture
def winter(counter: Counter) -> Winter:
    """Return a drive, a jar and two partners of that shop."""
    return Winter.of(counter)


@pytest.fixture(scope="module", params=[1, 2, 3])
def busy(
    template: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Counter]:
    """Return the counter of a shop that has lived for more than a year; it is only read."""
    path = tmp_path_factory.mktemp("busy") / "shop.db"
    shutil.copy(template, path)
    clock = FrozenClock()
    with Ledger.open(path, clock=clock) as ledger:
        counter = Counter(hurried(ledger))
        BusyMonths(counter, clock, request.param).live(400, of_seven=3)
        yield counter
