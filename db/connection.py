"""The ledger's file: opened with the settings that keep it safe, written through one door.

Why these settings: WAL with several processes has a corruption bug in SQLite before 3.51.3,
and DELETE with the default FULL can lose the last commit in a power cut
(https://sqlite.org/wal.html#walresetbug, https://sqlite.org/pragma.html#pragma_synchronous).
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from db.faults import translated
from db.filesystem import refuse_network_share
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, apply_migrations
from payforward.core.errors import LedgerUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlite_utils import Database

BUSY_TIMEOUT_MS: Final = 10_000
"""How long one till waits for another before it says so."""

_SETTINGS: Final = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    # Before the first write, else that write is the one a power cut can lose.
    "PRAGMA synchronous = EXTRA",
    "PRAGMA journal_mode = DELETE",
)


class LedgerFile:
    """One open ledger file.

    Reads use the plain connection: looking at the board must not pay for importing
    sqlite-utils (four times the cost of sqlite3). Writes go through `write_transaction`.

    Args:
        path: The ledger's file.
        connection: An open connection to it, in autocommit mode.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._database: Database | None = None

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        self.connection.close()

    def read(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[sqlite3.Row]:
        """Return all rows that a SELECT answers."""
        with translated(self.path):
            return self.connection.execute(sql, parameters or {}).fetchall()

    def read_one(self, sql: str, parameters: Mapping[str, Any] | None = None) -> sqlite3.Row | None:
        """Return the first row that a SELECT answers, or None."""
        with translated(self.path):
            row: sqlite3.Row | None = self.connection.execute(sql, parameters or {}).fetchone()
        return row

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let several reads see one and the same ledger; inside a write it is that write's."""
        if self.connection.in_transaction:
            yield
            return
        with translated(self.path):
            self.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with translated(self.path):
                self.connection.rollback()

    @contextmanager
    def write_transaction(self) -> Iterator[Database]:
        """The only way to write: take the lock first, then do all or nothing.

        ``BEGIN IMMEDIATE`` waits its turn; a deferred transaction that turns into a write
        under two tills fails at once with "database is locked", whatever the timeout.

        Raises:
            LedgerUnusable: the lock could not be had, or the disk failed. After a failure
                of the commit itself its outcome is unknown until the action is looked up.
        """
        with translated(self.path):
            database = self._writing_database()
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                with database.atomic():
                    yield database
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _writing_database(self) -> Database:
        if self._database is None:
            from sqlite_utils import Database  # noqa: PLC0415 - looking must not pay for writing

            self._database = Database(self.connection, execute_plugins=False)
        return self._database

    def _roll_back(self) -> None:
        """Leave no transaction open; a disk that fails here has failed before."""
        try:
            self.connection.rollback()
        except sqlite3.Error:
            self.connection.close()

    def data_version(self) -> int:
        """Return a number that changes when another connection has written to the file."""
        row = self.read_one("PRAGMA data_version")
        assert row is not None
        return int(row[0])

    def header(self, name: str) -> int:
        """Return an integer from the file's header: ``application_id`` or ``user_version``."""
        row = self.read_one(f"PRAGMA {name}")
        assert row is not None
        return int(row[0])


def connect(path: Path, *, create: bool = False) -> LedgerFile:
    """Open a ledger's file with the ledger's settings, as it is.

    Args:
        path: Where it is.
        create: Make an empty file where there is none.

    Raises:
        LedgerUnusable: there is none, it is on a network share, or it is no database.
    """
    refuse_network_share(path)
    if not create and not path.exists():
        raise LedgerUnusable(
            f"There is no ledger at {path} yet: make one with 'payforward setup'.",
            reason="no-ledger",
        )
    mode = "rwc" if create else "rw"
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_TIMEOUT_MS / 1000,
            isolation_level=None,
            # One worker thread of the screens owns it; the main thread may close it.
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        try:
            for setting in _SETTINGS:
                connection.execute(setting)
        except sqlite3.Error:
            connection.close()
            raise
    return LedgerFile(path, connection)


def open_ledger_file(path: Path) -> LedgerFile:
    """Open a ledger that was set up before, bringing an older one up to date.

    Raises:
        LedgerUnusable: it is missing, damaged, newer than this program, not a ledger, or on a
            network share.
    """
    file = connect(path)
    try:
        _check_header(file)
        if file.header("user_version") < SCHEMA_VERSION:
            with file.write_transaction() as database:
                # Another program may have been quicker; each step runs once.
                apply_migrations(database)
    except BaseException:
        file.close()
        raise
    return file


def _check_header(file: LedgerFile) -> None:
    application_id = file.header("application_id")
    version = file.header("user_version")
    if application_id != APPLICATION_ID:
        raise LedgerUnusable(
            f"{file.path} is not a Payforward ledger: choose another with --ledger.",
            reason="not-a-ledger",
        )
    if version > SCHEMA_VERSION:
        raise LedgerUnusable(
            f"This ledger was written by a newer Payforward (form {version}, this program knows "
            f"{SCHEMA_VERSION}): update Payforward; the ledger was not touched.",
            reason="newer-ledger",
        )
