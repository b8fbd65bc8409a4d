"""Somebody with the sqlite3 shell and time: drops the guards, changes the past, covers it up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from db import schema_0001
from db.chain import COLUMNS, GENESIS, HASHED, entry_hash
from tests.db.counter import raw

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

Row = dict[str, Any]


@contextmanager
def unguarded(path: Path, *, restore: bool = True) -> Iterator[sqlite3.Connection]:
    """Open a ledger with every guard off; put the triggers back as they were unless told not to."""
    with raw(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA recursive_triggers = OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        if restore:
            for _, sql in triggers:
                connection.execute(sql)


def guards() -> list[str]:
    """Return the names of all triggers."""
    return [" ".join(statement.split()).split()[2] for statement in schema_0001.GUARDS]


def entries(connection: sqlite3.Connection) -> list[Row]:
    """Return all entries in order."""
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM entry ORDER BY shop, no")
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def rewrite(
    connection: sqlite3.Connection,
    change: Callable[[list[Row]], list[Row]],
    *,
    totals: bool,
) -> None:
    """Change the past, then chain it anew and set the head to fit.

    Args:
        connection: What `unguarded` gave.
        change: Returns the entries as they shall have been.
        totals: Whether balances, pools and what waits are made to fit as well.
    """
    rows = change(entries(connection))
    shop = rows[0]["shop"]
    if totals:
        _add_up(rows)
    prev = GENESIS
    for row in rows:
        row["prev"] = prev
        row["hash"] = prev = entry_hash(prev, [row[name] for name in HASHED])
    connection.execute("DELETE FROM entry")
    marks = ", ".join(f":{name}" for name in COLUMNS)
    connection.executemany(f"INSERT INTO entry VALUES ({marks})", rows)
    connection.execute(
        "UPDATE head SET no = ?, hash = ?, day = ? WHERE shop = ?",
        (rows[-1]["no"], rows[-1]["hash"], rows[-1]["day"], shop),
    )
    if totals:
        _fill_waiting(connection, rows)


def _add_up(rows: list[Row]) -> None:
    balances: dict[int, int] = {}
    pools: dict[tuple[int, int], tuple[int, int]] = {}
    for row in rows:
        row["amount_minor"] = row["units"] * row["unit_minor"]
        row["balance"] = balances[row["book"]] = balances.get(row["book"], 0) + row["units"]
        if row["item"] is not None:
            key = (row["program"], row["item"])
            units, minor = pools.get(key, (0, 0))
            pools[key] = (units + row["units"], minor + row["amount_minor"])
            row["pool_units"], row["pool_minor"] = pools[key]


def _fill_waiting(connection: sqlite3.Connection, rows: list[Row]) -> None:
    last = {row["book"]: row for row in rows if row["item"] is not None}
    connection.execute("DELETE FROM waiting")
    names = ("shop", "book", "gift", "place", "slip", "program", "item", "balance", "unit_minor")
    connection.executemany(
        "INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [[row[name] for name in names] for row in last.values() if row["balance"] > 0],
    )
