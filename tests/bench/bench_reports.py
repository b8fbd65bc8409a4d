"""How soon the owner's month is there: ``python -m tests.bench.bench_reports [--entries N]``.

A ledger of many entries stands beside one of 100,000 whose months are as large: only the number
of months differs. Measured in turns in one run; the median of the turns counts.

* One month's report in ten million entries against one in 100,000: at most 1.5 times as long.
* The owner's whole month, with its days, the year around it and the ages of what waits, likewise;
  it has no goal of its own and is told for what it is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.bench_ledger import _open, _say, fill, in_turns

if TYPE_CHECKING:
    from db.ledger import Ledger

SMALL: Final = 100_000
DAYS: Final = 699
GOAL: Final = 1.5
MONTH: Final = date(2025, 6, 1)
"""In the middle of the small ledger, and early in the large one."""


def _seconds(ledger: Ledger, month: date) -> float:
    start = time.perf_counter()
    ledger.month(month)
    return time.perf_counter() - start


def main() -> int:
    """Measure, print, and return how many goals were missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the large ledger")
    parser.add_argument("--turns", type=int, default=31)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.db"), Path(folder, "large.db")
        fill(small, SMALL, days=DAYS)
        fill(large, asked.entries, days=DAYS * asked.entries // SMALL)
        with _open(small) as near, _open(large) as far:
            assert far.month(MONTH).totals.given == near.month(MONTH).totals.given
            longer = in_turns(lambda: far.month(MONTH), lambda: near.month(MONTH), asked.turns)
            what = f"a month in {asked.entries:,} entries / in {SMALL:,}"
            _say(what, longer, f"<= {GOAL}", longer <= GOAL)
            whole = in_turns(
                lambda: far.owners_month(MONTH), lambda: near.owners_month(MONTH), asked.turns
            )
            sys.stdout.write(f"{'the same of the whole month':<64} {whole:6.2f}\n")
            sys.stdout.write(f"a month took {_seconds(far, MONTH) * 1000:.1f} ms\n")
    return int(longer > GOAL)


if __name__ == "__main__":
    sys.exit(main())
