"""How soon a scanned slip has its verdict: ``python -m tests.bench.bench_scan [--entries N]``.

The counter stands on a ledger of so many entries. The time runs from the last letter of a slip's
code to the verdict on the terminal, which comes after the redemption is durable. It is set
beside one durable commit of raw sqlite3 with the same settings, plus the time from a key to what
it changes in a minimal Textual app on the same kind of terminal, all measured in turns in one
run. The goal is at most 2, with a million entries.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.ledger import Ledger
from payforward.core.asks import HandOut
from payforward.core.ids import new_action_id
from tests.bench.bench_ledger import fill
from tests.bench.bench_screens import MINIMAL, ROOT, OnTerminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.codes import Code

GOAL: Final = 2.0
SCANS: Final = 30


def issue(path: Path, slips: int) -> list[tuple[str, Code]]:
    """Return slips as item and code, of two items in turn: each verdict differs from the last."""
    with Ledger.open(path) as ledger:
        ledger.accept_clock()
        issued = [
            ledger.hand_out(HandOut(action=new_action_id(), item=item.id, slips=slips // 2))
            for item in ledger.items()[:2]
        ]
    pairs = zip(*((each.slips) for each in issued), strict=True)
    told = []
    for pair in pairs:
        for slip in pair:
            assert slip.code is not None
            told.append((slip.slip.item.name, slip.code))
    return told


def durable_commits(path: Path) -> Callable[[], float]:
    """Return what measures one durable commit of raw sqlite3, in seconds."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE raw (no INTEGER PRIMARY KEY, words TEXT)")

    def once() -> float:
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO raw (words) VALUES (?)", ("x" * 300,))
        connection.execute("COMMIT")
        return time.perf_counter() - start

    return once


def main(entries: int) -> int:
    """Print medians and their ratio; return 1 where the goal is missed."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ledger, minimal = Path(folder) / "bench.db", Path(folder) / "minimal.py"
        fill(ledger, entries)
        slips = issue(ledger, SCANS)
        minimal.write_text(MINIMAL, encoding="utf-8")
        env = {
            **os.environ,
            "HOME": folder,
            "PAYFORWARD_LEDGER": str(ledger),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
        }
        counter = stack.enter_context(OnTerminal(["-m", "payforward"], env))
        app = stack.enter_context(OnTerminal([str(minimal)], env))
        counter.first("Community fund")
        app.first("Ready")
        commit = durable_commits(Path(folder) / "raw.db")
        verdicts, keys, commits = [], [], []
        for name, code in slips:
            letters = code.letters
            counter.press(f"BENCH GIFT {letters[:-1]}", letters[-2])
            verdicts.append(counter.press(letters[-1], f"✓ 1 {name}"))
            keys.append(app.press("l", "typed: l"))
            app.press("\x7f", "nothing")
            commits.append(commit())
    verdict, key, one = (statistics.median(each) for each in (verdicts, keys, commits))
    ratio = verdict / (key + one)
    print(f"scan to verdict, {entries:,} entries   {verdict * 1000:6.1f} ms")
    print(f"key to screen, minimal app          {key * 1000:6.1f} ms")
    print(f"one durable commit                  {one * 1000:6.1f} ms")
    print(f"ratio                               {ratio:6.2f}  goal <= {GOAL}")
    return int(ratio > GOAL)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    sys.exit(main(parser.parse_args().entries))
