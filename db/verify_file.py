"""Proof of the file: its pages as SQLite checks them, its schema as the program made it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from db.connection import connect
from db.migrations import apply_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from db.connection import LedgerFile

MOST_PROBLEMS: Final = 50

# What SQLite and sqlite-utils keep for themselves differs from version to version of theirs.
SCHEMA: Final = """
    SELECT type, name, sql
    FROM sqlite_master
    WHERE sql IS NOT NULL
    AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
    AND NOT (type IN ('table', 'index') AND tbl_name = '_sqlite_migrations')
"""


def schema_problems(file: LedgerFile) -> list[str]:
    """Compare tables, indexes and guards with what the migrations make of an empty file."""
    right = right_schema()
    found = {(row["type"], row["name"]): _one_line(row["sql"]) for row in file.read(SCHEMA)}
    changed = [
        f"the {'guard' if kind == 'trigger' else kind} {name} was removed or changed"
        for (kind, name), sql in right.items()
        if found.get((kind, name)) != sql
    ]
    # A trigger acts whenever a gift is given, and a unique index can refuse every one.
    foreign = sorted(found.keys() - right.keys())
    return changed + [f"the {kind} {name} is of another hand" for kind, name in foreign]


@contextmanager
def file_checked_aside(path: Path) -> Iterator[Future[list[str]]]:
    """Let SQLite check the file on a connection of its own, beside the replay.

    Its check takes no Python, so that both together take hardly longer than the replay.
    """
    file = connect(path)
    try:
        with ThreadPoolExecutor(max_workers=1) as aside:
            try:
                yield aside.submit(_file_problems, file)
            except BaseException:
                # Whoever cancels a proof does not wait for this part of it.
                file.connection.interrupt()
                raise
    finally:
        file.close()


def _file_problems(file: LedgerFile) -> list[str]:
    rows = file.read(f"PRAGMA integrity_check({MOST_PROBLEMS})")
    found = [str(row[0]) for row in rows if row[0] != "ok"]
    broken = file.read("PRAGMA foreign_key_check")
    found += [f"a row of {row[0]} names a {row[2]} that is not there" for row in broken]
    return [f"file: {each}" for each in found]


@cache
def right_schema() -> Mapping[tuple[str, str], str]:
    """Return what the migrations make of an empty file: type and name to SQL in one line."""
    from sqlite_utils import Database  # noqa: PLC0415 - looking must not pay for writing

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        database = Database(connection, execute_plugins=False)
        apply_migrations(database)
        rows = connection.execute(SCHEMA).fetchall()
    return {(kind, name): _one_line(sql) for kind, name, sql in rows}


def _one_line(sql: str) -> str:
    return " ".join(str(sql).split())
