"""What every test may ask for: a home of its own, a frozen clock, a ledger, the real command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core import currencies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SATURDAY = datetime(2026, 11, 21, 17, 40, tzinfo=UTC)

# The readline library sets the sizes for its children, which believe them more than their own.
TELLS_OF_ANOTHER_TERMINAL = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run the tests: most of their time, screens and tills wait."""
    return 2 * (os.cpu_count() or 1)


@dataclass
class FrozenClock:
    """A clock that stands still until it is told to go on."""

    at: datetime = SATURDAY

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self.at

    def forward(self, **by: float) -> None:
        """Go on by hours, days or whatever `timedelta` takes."""
        self.at += timedelta(**by)


@dataclass(frozen=True)
class Ran:
    """What a command left behind; the streams are bytes read as UTF-8."""

    code: int
    out: str
    err: str


class RunCommand(Protocol):
    """Runs the real command in a process of its own."""

    def __call__(
        self,
        *arguments: str | Path,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Ran:
        """Return what ``payforward ARGUMENTS`` left behind."""
        ...


def pytest_configure() -> None:
    """Let interrupts work: a shell leaves what it starts in the background deaf to them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--full``: the long forms of the races, the faults and the state machine."""
    parser.addoption("--full", action="store_true", help="run the long forms of long tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give long forms the time that they take."""
    if config.getoption("full"):
        for item in items:
            item.add_marker(pytest.mark.timeout(7200))


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    """Return whether the long forms of long tests were asked for."""
    return bool(pytestconfig.getoption("full"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a HOME of its own, UTC, and none of the caller's settings."""
    place = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("PAYFORWARD_", "XDG_")) or name in TELLS_OF_ANOTHER_TERMINAL:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    return place


@pytest.fixture(autouse=True)
def own_money(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test write money as the shop of another one does."""
    monkeypatch.setattr(currencies, "_written_as", {})


@pytest.fixture
def clock() -> FrozenClock:
    """Return a clock that stands on a Saturday, 17:40 UTC."""
    return FrozenClock()


@pytest.fixture
def ledger_path(tmp_path: Path, clock: FrozenClock) -> Path:
    """Return the path of a new ledger in EUR and UTC, with an empty menu."""
    path = tmp_path / "shop.db"
    create_ledger(path, shop="Rosa's Café", currency="EUR", timezone="UTC", clock=clock)
    return path


@pytest.fixture
def ledger(ledger_path: Path, clock: FrozenClock) -> Iterator[Ledger]:
    """Return that ledger, open."""
    with Ledger.open(ledger_path, clock=clock) as opened:
        yield opened


@pytest.fixture
def command(tmp_path: Path) -> RunCommand:
    """Return what runs ``python -m payforward`` in an empty folder, warnings being errors."""
    folder = tmp_path / "cwd"
    folder.mkdir()

    def run(
        *arguments: str | Path,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "payforward", *map(str, arguments)],
            input=stdin.encode(),
            capture_output=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
