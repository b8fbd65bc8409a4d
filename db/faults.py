"""What SQLite says when a file cannot be used, in words for people."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from payforward.core.errors import LedgerUnusable

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_WORDS: Final[dict[int, tuple[str, str]]] = {
    sqlite3.SQLITE_BUSY: (
        "locked",
        "The ledger was busy for 10 seconds: nothing was changed, try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "locked",
        "Another program keeps the ledger {path}: nothing was changed, try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "read-only",
        "The ledger {path} cannot be written: allow this user to write it and its folder.",
    ),
    sqlite3.SQLITE_PERM: (
        "read-only",
        "The ledger {path} may not be opened: allow this user to read and write it.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot-open",
        "The ledger {path} cannot be opened: see that its folder exists and may be written.",
    ),
    sqlite3.SQLITE_FULL: (
        "disk-full",
        "The disk of the ledger {path} is full: make room, then try again.",
    ),
    sqlite3.SQLITE_IOERR: (
        "disk-error",
        "The disk under the ledger {path} failed: have it checked, and keep the last backup safe.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "damaged",
        "The ledger {path} is damaged: put it aside as it is and restore the last backup.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "damaged",
        "{path} is damaged or is no ledger: put it aside as it is and restore the last backup.",
    ),
}

# What a damaged file makes SQLite or Python say without a code of its own.
_DAMAGED: Final = (
    "no such table",
    "no such column",
    "no such index",
    "foreign key mismatch",
    "unknown function",
    "unsupported file format",
    "Could not decode to UTF-8",
)


class translated:  # noqa: N801 - read as a verb: ``with translated(path)``
    """Turn what SQLite says of an unusable file into `LedgerUnusable`; the rest passes.

    A class and no generator, for every read enters it.

    Args:
        path: The ledger's file, for the sentence.

    Raises:
        LedgerUnusable: locked, read-only, full, damaged, or the disk failed.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing is needed."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, sqlite3.Error):
            unusable = as_unusable(error, self._path)
            if unusable is not None:
                raise unusable from error
        elif isinstance(error, UnicodeDecodeError):
            # SQLite quotes the damaged schema in its complaint.
            raise damaged(self._path) from error


def damaged(path: Path) -> LedgerUnusable:
    """Return the sentence for a ledger that holds what no ledger can."""
    reason, words = _WORDS[sqlite3.SQLITE_CORRUPT]
    return LedgerUnusable(words.format(path=path), reason=reason)


def as_unusable(error: sqlite3.Error, path: Path) -> LedgerUnusable | None:
    """Return the sentence for an error of the file or disk; None for one of the program's own."""
    # The low byte is the primary result code (https://sqlite.org/rescode.html).
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary is None or primary not in _WORDS:
        if str(error).startswith(_DAMAGED):
            primary = sqlite3.SQLITE_CORRUPT
        else:
            return None
    reason, words = _WORDS[primary]
    return LedgerUnusable(words.format(path=path), reason=reason)
