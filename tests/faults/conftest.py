"""Faults are real: files on a disk, processes that are killed, calls that fail.

``pytest tests/faults --full`` runs the long forms; without ``--full`` the same tests run fewer
rounds, in about a minute and a half on two cores.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from db.pepper import pepper_path
from db.setup import create_ledger
from tests.db.counter import Counter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class StartTills(Protocol):
        """Starts tills on a ledger."""

        def __call__(self, path: Path, many: int) -> list[Till]: ...


ROOT = Path(__file__).parents[2]


class Till:
    """A till's process.

    Args:
        path: The ledger's file.
        name: The till's name.
        wrapper: What runs it: a tracer and its arguments.
    """

    def __init__(self, path: Path, name: str, wrapper: tuple[str, ...] = ()) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [*wrapper, sys.executable, "-W", "error", "-m", "tests.faults.till", str(path), name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._orders, self._answers = self.process.stdin, self.process.stdout
        self.closed = False

    def ready(self) -> None:
        """Wait until the ledger is open."""
        assert self.hear() == {"ready": self.name}, self.process.communicate()

    def order(self, **order: Any) -> None:
        """Tell the till what to do, and do not wait."""
        self._orders.write(json.dumps(order) + "\n")
        self._orders.flush()

    def hear(self) -> dict[str, Any]:
        """Return the till's next line; nothing where it died."""
        line = self._answers.readline()
        # A line that was torn by a kill was never said.
        return json.loads(line) if line.endswith("\n") else {}

    def hear_all(self) -> list[dict[str, Any]]:
        """Return all that the till said until it died."""
        said = []
        while answer := self.hear():
            said.append(answer)
        return said

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def close(self) -> str:
        """Let the till end, and return what it complained of."""
        self.closed = True
        if self.process.poll() is None:
            self._orders.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stderr is not None
        complaint = self.process.stderr.read()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                _close(stream)
        return complaint


def _close(stream: IO[str]) -> None:
    with suppress(BrokenPipeError):
        stream.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the ledger of a shop with `MENU`, by the real clock."""
    place = tmp_path / "shop.db"
    create_ledger(place, shop="Rosa's Café", currency="EUR", timezone="UTC")
    with Ledger.open(place) as ledger:
        Counter.with_menu(ledger)
    return place


@pytest.fixture
def start_tills() -> Iterator[StartTills]:
    """Return what starts tills; they end with the test, without a complaint."""
    started: list[Till] = []

    def start(path: Path, many: int) -> list[Till]:
        tills = [Till(path, f"till {number}") for number in range(1, many + 1)]
        started.extend(tills)
        for till in tills:
            till.ready()
        return tills

    yield start
    complaints = [till.close() for till in started if not till.closed]
    assert set(complaints) <= {""}


@contextmanager
def opened(path: Path) -> Iterator[Counter]:
    """Open a ledger after a fault, as the next till would."""
    with ExitStack() as stack:
        yield Counter(stack.enter_context(Ledger.open(path, till="after")))


def assert_whole(path: Path) -> None:
    """Fail unless the ledger is sound and nothing of a half-done action is left of it."""
    with opened(path) as counter:
        counter.assert_sound()
        # The next till sells on, and clears away a journal that had not begun to count.
        counter.give("Tea")
        counter.assert_sound()
    beside = {each.name for each in path.parent.iterdir() if each.name.startswith(path.name)}
    assert beside - {pepper_path(path).name} == {path.name}
