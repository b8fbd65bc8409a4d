"""The ledger's file: opened with the settings that keep it safe, written through one door.

Why these settings: WAL with several processes has a corruption bug in SQLite before 3.51.3,
and DELETE with the default FULL can lose the last commit in a power cut
(https://sqlite.org/wal.html#walresetbug, https://sqlite.org/pragma.html#pragma_synchronous).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from db.faults import translated
from db.filesystem import refuse_network_share
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, apply_migrations
from payforward.core.errors import LedgerUnusable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
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
)

# Kept in the file where it was WAL, so it waits until the file is known to be a ledger.
_JOURNAL: Final = "PRAGMA journal_mode = DELETE"

# Neither is kept in the file: whoever opens it next has the settings above.
_THROW_AWAY_SETTINGS: Final = ("PRAGMA synchronous = OFF",)
_THROW_AWAY_JOURNAL: Final = "PRAGMA journal_mode = MEMORY"


class LedgerFile:
    """One open ledger file.

    Reads use the plain connection: looking at the board must not pay for importing
    sqlite-utils (four times the cost of sqlite3). Writes go through `write_transaction`.

    Args:
        path: The ledger's file.
        connection: An open connection to it, in autocommit mode.
        durable: See `connect`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, durable: bool = True) -> None:
        self.path = path
        self.connection = connection
        self._durable = durable
        self._database: Database | None = None
        self._lost = False

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        self.connection.close()

    def read(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[sqlite3.Row]:
        """Return all rows that a SELECT answers."""
        with translated(self.path):
            return self._ready().execute(sql, parameters or {}).fetchall()

    def read_plain(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return all rows as tuples: a quarter less time, for whoever reads a million."""
        with translated(self.path), closing(self._ready().cursor()) as cursor:
            cursor.row_factory = None
            return cursor.execute(sql, parameters or {}).fetchall()

    def read_each(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> Generator[sqlite3.Row]:
        """Yield the rows that a SELECT answers, for readers that may stop before the last."""
        with translated(self.path), closing(self._ready().execute(sql, parameters or {})) as cursor:
            yield from cursor

    def read_one(self, sql: str, parameters: Mapping[str, Any] | None = None) -> sqlite3.Row | None:
        """Return the first row that a SELECT answers, or None."""
        with translated(self.path):
            row: sqlite3.Row | None = self._ready().execute(sql, parameters or {}).fetchone()
        return row

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let several reads see one and the same ledger; inside a write it is that write's."""
        if not self._lost and self.connection.in_transaction:
            yield
            return
        with translated(self.path):
            self._ready().execute("BEGIN DEFERRED")
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
            self._ready()
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
            self._lost = True

    def _ready(self) -> sqlite3.Connection:
        """Return the connection, or a new one where a failing disk took the last with it."""
        if self._lost:
            self.connection = _open(self.path, "rw", durable=self._durable)
            self._database = None
            self._lost = False
        return self.connection

    def settle(self) -> None:
        """Commit once more, so that the disk has surely taken what was committed before.

        The header is written anew as it is; a row that stays the same would not be written.

        Raises:
            LedgerUnusable: the disk fails still.
        """
        version = self.header("user_version")
        with self.write_transaction() as database:
            database.execute(f"PRAGMA user_version = {version}")

    def rewrite(self) -> None:
        """Write the whole file anew, so that nothing deleted is left in its unused parts.

        ``secure_delete`` overwrites what is deleted where it stood, but a page that was split
        earlier may hold a copy (https://sqlite.org/lang_vacuum.html).
        """
        with translated(self.path):
            self.connection.execute("VACUUM")

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


def connect(path: Path, *, create: bool = False, durable: bool = True) -> LedgerFile:
    """Open a ledger's file with the ledger's settings, as it is.

    Args:
        path: Where it is.
        create: Make an empty file where there is none.
        durable: Only a ledger that may be lost does without: a demo is written in a quarter
            of the time, and a power cut or kill may leave it damaged.

    Raises:
        LedgerUnusable: there is none, it is on a network share, or it is no database.
    """
    refuse_network_share(path)
    if not create and not is_there(path):
        raise LedgerUnusable(
            f"There is no ledger at {path} yet: set the shop up first.",
            reason="no-ledger",
        )
    with translated(path):
        connection = _open(path, "rwc" if create else "rw", durable=durable)
    return LedgerFile(path, connection, durable=durable)


def is_there(path: Path) -> bool:
    """Return whether there is a file.

    Raises:
        LedgerUnusable: that may not be known: the folder is closed, or the name is none.
    """
    try:
        return path.exists()
    except OSError as error:
        raise LedgerUnusable(
            f"The ledger {path} cannot be opened ({error.strerror}): choose another place, or "
            "allow this user to use its folder.",
            reason="cannot-open",
        ) from error


def _uri(path: Path) -> str:
    """Return a file's URI.

    ``Path.as_uri`` imports what it needs only when it is called, which may be too late: a
    program that gave its rights away may no longer read Python's own modules.
    """
    return f"file://{quote(os.fsencode(path.absolute()))}"


def _open(path: Path, mode: str, *, durable: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{_uri(path)}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,
        # One worker thread of the screens owns it; the main thread may close it.
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    try:
        for setting in _SETTINGS if durable else _SETTINGS + _THROW_AWAY_SETTINGS:
            connection.execute(setting)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_ledger_file(path: Path, *, durable: bool = True) -> LedgerFile:
    """Open a ledger that was set up before, bringing an older one up to date.

    Args:
        path: Where it is.
        durable: See `connect`; False is for throw-away ledgers only.

    Raises:
        LedgerUnusable: it is missing, damaged, newer than this program, not a ledger, or on a
            network share.
    """
    file = connect(path, durable=durable)
    try:
        _check_header(file)
        file.read(_JOURNAL if durable else _THROW_AWAY_JOURNAL)
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
            f"{file.path} is not a Payforward ledger: choose another file.",
            reason="not-a-ledger",
        )
    if version > SCHEMA_VERSION:
        raise LedgerUnusable(
            f"This ledger was written by a newer Payforward (form {version}, this program knows "
            f"{SCHEMA_VERSION}): update Payforward; the ledger was not touched.",
            reason="newer-ledger",
        )
