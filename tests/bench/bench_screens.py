"""How soon the counter shows what it should, beside a minimal Textual app on the same terminal.

    python -m tests.bench.bench_screens [ROUNDS]

Each round starts both programs, in turn, on a pseudo-terminal of 80x24: how long until the first
text is there (of the counter, the board with its counts), then how long from a key to what it
changes on the screen (at the counter, the sentence that the ledger was asked for). Medians and
their ratios are printed. The goals are at most 1.3 and 2.
"""

from __future__ import annotations

import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import TYPE_CHECKING, Final, Self

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import Give
from payforward.core.ids import new_action_id

if TYPE_CHECKING:
    from types import TracebackType

ROOT: Final = Path(__file__).parents[2]
FIRST_TEXT_GOAL: Final = 1.3
KEY_GOAL: Final = 2.0
KEYS_EACH_ROUND: Final = 8
PATIENCE_SECONDS: Final = 60
MINIMAL: Final = """
from textual.app import App
from textual.widgets import Input, Static

class Minimal(App):
    def compose(self):
        yield Static("Ready")
        yield Input()

    def on_input_changed(self, event):
        self.query_one(Static).update(f"typed: {event.value or 'nothing'}")

Minimal().run()
"""
_ESCAPES: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -~])")


class OnTerminal:
    """A program on a pseudo-terminal, and what it has written since it was last asked."""

    def __init__(self, arguments: list[str], env: dict[str, str]) -> None:
        master, slave = pty.openpty()
        ioctl(slave, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._master = master
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def first(self, words: str) -> float:
        """Return how long after the start these words came."""
        return self._until(words) - self._started

    def press(self, keys: str, words: str) -> float:
        """Return how long after these keys the words came."""
        self._settle()
        pressed = time.perf_counter()
        os.write(self._master, keys.encode())
        return self._until(words) - pressed

    def _until(self, words: str) -> float:
        seen = b""
        end = time.perf_counter() + PATIENCE_SECONDS
        while words.encode() not in _ESCAPES.sub(b"", seen):
            if not select.select([self._master], [], [], end - time.perf_counter())[0]:
                raise TimeoutError(f"{words!r} never came: {_ESCAPES.sub(b'', seen)!r}")
            seen += os.read(self._master, 65536)
        return time.perf_counter()

    def _settle(self) -> None:
        """Take in what is still being drawn, until nothing comes for a while."""
        while select.select([self._master], [], [], 0.15)[0]:
            os.read(self._master, 65536)


def make_ledger(path: Path) -> None:
    """Make a ledger with a menu of 14, of which some wait, and money in the fund."""
    create_ledger(path, shop="Bench", currency="EUR", timezone="UTC")
    with Ledger.open(path) as ledger:
        latte = ledger.add_item("Latte", 350)
        ledger.give(Give(action=new_action_id(), item=latte.id, units=37))
        for number in range(13):
            item = ledger.add_item(f"Soup {number}", 350)
            ledger.give(Give(action=new_action_id(), item=item.id, units=3))
        ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=2000))


def one_round(
    program: list[str], env: dict[str, str], first: str, key: str, then: str, idle: str
) -> tuple[float, list[float]]:
    """Return the time to the first text, and those of some keys."""
    with OnTerminal(program, env) as terminal:
        to_first = terminal.first(first)
        keys = []
        for _ in range(KEYS_EACH_ROUND):
            keys.append(terminal.press(key, then))
            terminal.press("\x7f", idle)
    return to_first, keys


def main(rounds: int) -> int:
    """Print medians and ratios; return 1 where a goal is missed."""
    firsts: dict[str, list[float]] = {"minimal": [], "counter": []}
    keys: dict[str, list[float]] = {"minimal": [], "counter": []}
    with tempfile.TemporaryDirectory() as folder:
        ledger, minimal = Path(folder) / "bench.db", Path(folder) / "minimal.py"
        make_ledger(ledger)
        minimal.write_text(MINIMAL, encoding="utf-8")
        env = {
            **os.environ,
            "HOME": folder,
            "PAYFORWARD_LEDGER": str(ledger),
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
        }
        programs = {
            "minimal": ([str(minimal)], "Ready", "l", "typed: l", "nothing"),
            "counter": (
                ["-m", "payforward"],
                "Community fund",
                "l",
                "Serve 1 Latte? 37 waiting.",
                "Letters serve",
            ),
        }
        for turn in range(rounds + 1):
            for name, (program, *words) in programs.items():
                to_first, to_keys = one_round(program, env, *words)
                if turn:  # the first one fills the caches
                    firsts[name].append(to_first)
                    keys[name] += to_keys
    missed = 0
    for what, times, goal in (
        ("first text", firsts, FIRST_TEXT_GOAL),
        ("key to screen", keys, KEY_GOAL),
    ):
        base, ours = (statistics.median(times[name]) for name in ("minimal", "counter"))
        print(
            f"{what:14} minimal {base * 1000:7.1f} ms   counter {ours * 1000:7.1f} ms"
            f"   {ours / base:5.2f} (goal {goal})"
        )
        missed |= ours / base > goal
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
