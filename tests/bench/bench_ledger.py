"""How fast the ledger is, as ratios measured in one run: ``python -m tests.bench.bench_ledger``.

Ratios travel between machines, rates do not. Measured in turns, so that a noisy neighbour slows
both sides; the median of the turns counts.

* ``Ledger.redeem`` against a raw sqlite3 insert into the same constrained table with the same
  settings: at least 0.75 of its rate.
* redeem in a ledger of many entries against one of 1,000: at most 1.3 times as long.
* ``verify`` against ``PRAGMA integrity_check`` plus SHA-256 over the same bytes: at most 3 times.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.chain import COLUMNS, GENESIS, HASHED, VERSION, entry_hash
from db.connection import open_ledger_file
from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import Give, Redeem
from payforward.core.clock import CallableClock, utc_text
from payforward.core.ids import new_action_id
from tests.db.counter import MENU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
INSERT = f"INSERT INTO entry ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + c for c in COLUMNS)})"
NOW = START + timedelta(days=700)


def _open(path: Path) -> Ledger:
    return Ledger.open(path, clock=CallableClock(lambda: NOW))


def fill(path: Path, entries: int, *, days: int = 699) -> None:
    """Make a ledger in which gifts of one unit were given and mostly redeemed, in bulk.

    Args:
        path: Where it will be.
        entries: How many.
        days: Over how many days, from 2024 on.
    """
    create_ledger(path, shop="Bench", currency="EUR", timezone="UTC")
    with _open(path) as ledger:
        for name, price, category in MENU:
            ledger.add_item(name, price, category=category)
        for number in range(36):
            ledger.add_item(f"Item {number}", 500 + number, category="Kitchen")
        # The till's name comes with its first entry.
        for item in ledger.items()[: len(MENU)]:
            ledger.give(Give(action=new_action_id(), item=item.id, units=10))
        shop, items = ledger.shop.id, ledger.items()[: len(MENU)]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("BEGIN")
        connection.execute("DELETE FROM entry")
        connection.execute("DELETE FROM waiting")
        last: dict[str, Any] = {}
        for last in _history(shop, [(item.id, item.price_minor) for item in items], entries, days):
            connection.execute(INSERT, last)
        connection.execute(
            "INSERT INTO waiting SELECT shop, book, gift, place, slip, program, item, balance, "
            "unit_minor FROM entry AS e WHERE balance > 0 AND NOT EXISTS "
            "(SELECT 1 FROM entry AS l WHERE l.shop = e.shop AND l.book = e.book AND l.seq > e.seq)"
        )
        connection.execute(
            "UPDATE head SET no = ?, hash = ?, day = ?", (last["no"], last["hash"], last["day"])
        )
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def _history(
    shop: int, items: list[tuple[int, int]], entries: int, days: int
) -> Iterator[dict[str, Any]]:
    """Yield entries: gifts of 1, each redeemed some 400 gifts later, over so many days."""
    pools: dict[int, tuple[int, int]] = {}
    prev = GENESIS
    open_gifts: list[tuple[int, int, int]] = []
    for no in range(1, entries + 1):
        redeems = no > 800 and no % 2 == 0
        book, item, price = open_gifts.pop(0) if redeems else (no, *items[no // 2 % len(items)])
        units = -1 if redeems else 1
        if not redeems:
            open_gifts.append((book, item, price))
        before = pools.get(item, (0, 0))
        pools[item] = (before[0] + units, before[1] + units * price)
        at = START + timedelta(days=days * no / entries)
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row |= {
            "shop": shop,
            "no": no,
            "version": VERSION,
            "book": book,
            "seq": 2 if redeems else 1,
            "gift": book,
            "action": f"{no:036x}",
            "line": 1,
            "request": hashlib.sha256(b"%d" % no).digest(),
            "kind": "redeem" if redeems else "give",
            "place": "board",
            "program": 1,
            "item": item,
            "units": units,
            "balance": 0 if redeems else 1,
            "unit_minor": price,
            "amount_minor": units * price,
            "currency": "EUR",
            "pool_units": pools[item][0],
            "pool_minor": pools[item][1],
            "till": 1,
            "at": utc_text(at),
            "day": at.date().isoformat(),
            "prev": prev,
        }
        if redeems:
            row |= {"served_item": item, "served": 1, "list_price_minor": price}
        else:
            row |= {"tender": "cash", "tax_kind": "single"}
        row["hash"] = prev = entry_hash(prev, [row[name] for name in HASHED])
        yield row


class Redeemer:
    """Redeems one unit at a time through the ledger."""

    def __init__(self, path: Path) -> None:
        self.ledger = _open(path)
        self._items = [item.id for item in self.ledger.items()[: len(MENU)]]
        self._turn = 0

    def once(self) -> None:
        """Redeem one unit of the next item."""
        self._turn += 1
        item = self._items[self._turn % len(self._items)]
        self.ledger.redeem(Redeem(action=new_action_id(), item=item))


class RawInserter:
    """Inserts the entry that a redemption would write, and nothing else."""

    def __init__(self, path: Path, turns: int) -> None:
        self._file = open_ledger_file(path)
        connection = self._file.connection
        self._rows: list[dict[str, Any]] = []
        head = dict(connection.execute("SELECT * FROM entry ORDER BY no DESC LIMIT 1").fetchone())
        lasts: dict[int, dict[str, Any]] = {}
        for book in connection.execute(
            "SELECT book, item FROM waiting ORDER BY gift LIMIT ?", (turns,)
        ).fetchall():
            first = dict(
                connection.execute("SELECT * FROM entry WHERE no = ?", (book["book"],)).fetchone()
            )
            pool = lasts.get(first["item"]) or dict(
                connection.execute(
                    "SELECT * FROM entry WHERE program = 1 AND item = ? "
                    "ORDER BY day DESC, no DESC LIMIT 1",
                    (first["item"],),
                ).fetchone()
            )
            row = first | {
                "no": head["no"] + 1,
                "seq": 2,
                "action": new_action_id(),
                "kind": "redeem",
                "units": -1,
                "balance": 0,
                "amount_minor": -first["unit_minor"],
                "pool_units": pool["pool_units"] - 1,
                "pool_minor": pool["pool_minor"] - first["unit_minor"],
                "served_item": first["item"],
                "served": 1,
                "list_price_minor": first["unit_minor"],
                "tender": None,
                "day": NOW.date().isoformat(),
                "at": utc_text(NOW),
                "prev": head["hash"],
            }
            row["hash"] = entry_hash(row["prev"], [row[name] for name in HASHED])
            lasts[first["item"]] = head = row
            self._rows.append(row)
        self._turn = 0

    def once(self) -> None:
        """Insert the next entry, in a transaction of its own."""
        connection = self._file.connection
        row = self._rows[self._turn]
        self._turn += 1
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, row)
        connection.execute(
            "UPDATE head SET no = :no, hash = :hash, day = :day WHERE shop = :shop", row
        )
        connection.execute("COMMIT")


def in_turns(first: Callable[[], object], second: Callable[[], object], turns: int) -> float:
    """Return how many times as long the first takes as the second: the ratio of medians."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns):
        for took, act in sorted(
            zip(times, (first, second), strict=True), key=lambda _: 1, reverse=bool(turn % 2)
        ):
            start = time.perf_counter()
            act()
            took.append(time.perf_counter() - start)
    return statistics.median(times[0]) / statistics.median(times[1])


def check(path: Path) -> None:
    """Do what `verify` is measured against."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def prove(path: Path) -> None:
    """Verify the whole ledger."""
    with _open(path) as ledger:
        problems = ledger.verify().problems
    assert problems == (), problems[:3]


def _say(what: str, ratio: float, goal: str, kept: bool) -> None:
    sys.stdout.write(f"{what:<64} {ratio:6.2f}   goal {goal:<10} {'ok' if kept else 'MISSED'}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print, and return how many goals were missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000, help="entries of the large ledger")
    parser.add_argument("--turns", type=int, default=180)
    asked = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        small, large, other = (Path(folder, f"{name}.db") for name in ("small", "large", "other"))
        fill(small, 1_000)
        fill(large, asked.entries)
        prove(small)
        for name, path in (("1,000", small), (f"{asked.entries:,}", large)):
            shutil.copy(path, other)
            ledger, raw = Path(folder, "ledger.db"), other
            shutil.copy(path, ledger)
            slower = in_turns(
                RawInserter(raw, asked.turns).once, Redeemer(ledger).once, asked.turns
            )
            _say(f"redeem's rate / raw insert's, {name} entries", slower, ">= 0.75", slower >= 0.75)
            missed += slower < 0.75
        longer = in_turns(Redeemer(large).once, Redeemer(small).once, asked.turns)
        _say(f"redeem at {asked.entries:,} entries / at 1,000", longer, "<= 1.3", longer <= 1.3)
        missed += longer > 1.3
        turns = 5 if asked.entries <= 200_000 else 2
        longer = in_turns(lambda: prove(large), lambda: check(large), turns)
        _say(f"verify / integrity_check + SHA-256, {asked.entries:,}", longer, "<= 3", longer <= 3)
        missed += longer > 3
    return missed


if __name__ == "__main__":
    sys.exit(main())
