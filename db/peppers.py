"""The peppers of a shop: their marks in the ledger, the newest one's file beside it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from db.pepper import (
    SECRET_BYTES,
    Pepper,
    in_any_order,
    pepper_path,
    read_pepper,
    set_aside,
    settle_pepper,
    write_pepper,
)
from payforward.core.errors import LedgerUnusable, Refused
from payforward.core.model import PepperState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from payforward.core.model import Shop

    RandomBytes = Callable[[int], bytes]

NEWEST_MARK: Final = """
    SELECT pepper, mark, sheet_at
    FROM pepper
    WHERE shop = :shop
    ORDER BY pepper DESC
    LIMIT 1
"""

INSERT_MARK: Final = """
    INSERT INTO pepper (shop, pepper, mark, made_at)
    SELECT :shop, coalesce(max(pepper), 0) + 1, :mark, :at
    FROM pepper
    WHERE shop = :shop
"""

SHEET_IS_PRINTED: Final = """
    UPDATE pepper
    SET sheet_at = :at
    WHERE shop = :shop
    AND pepper = :pepper
"""


class PepperUnwritableError(LedgerUnusable):
    """The secret file cannot be written, so no code can be made; nothing was changed."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"The secret file {path} cannot be written ({error.strerror}): allow this user to "
            "write its folder, and see that the disk has room.",
            reason="cannot-write-pepper",
        )


class Peppers:
    """Finds, makes and restores the secret with which a shop's codes are read.

    Args:
        file: The ledger.
        shop: Whose it is.
        random_bytes: Answers so many bytes that nobody can guess.
    """

    def __init__(
        self, file: LedgerFile, shop: Shop, random_bytes: RandomBytes = secrets.token_bytes
    ) -> None:
        self._file = file
        self._shop = shop
        self._random_bytes = random_bytes
        self.path: Path = pepper_path(file.path)

    def state(self) -> PepperState:
        """Return whether there is a pepper, and its file."""
        mark = self._mark()
        if mark is None:
            return PepperState.NONE
        return PepperState.READY if self._pepper_of(mark) else PepperState.LOST

    def current(self) -> Pepper | None:
        """Return the pepper of today's codes; None where the shop has never made a code.

        Raises:
            Refused: its file is lost.
        """
        mark = self._mark()
        return None if mark is None else self._known(mark)

    def for_new_codes(self, database: Database, at: str) -> Pepper:
        """Return the pepper for codes that are made now, making the shop's first one.

        The file is safe on the disk before the mark is committed: a mark without its file would
        be a pepper lost. What a crash left without a mark is taken as it is.

        Args:
            database: The transaction, so that only one till makes one.
            at: This instant.

        Raises:
            Refused: it is lost.
            PepperUnwritableError: the first one cannot be written.
        """
        mark = self._mark()
        if mark is not None:
            return self._known(mark)
        try:
            pepper = self._found_or_made()
        except OSError as error:
            raise PepperUnwritableError(self.path, error) from error
        self._insert_mark(database, pepper, at)
        return pepper

    def lines(self) -> tuple[str, ...]:
        """Return the four lines of the recovery sheet.

        Raises:
            Refused: there is no pepper yet, or its file is lost.
        """
        pepper = self.current()
        if pepper is None:
            raise _none_yet()
        return pepper.lines()

    def sheet_is_owed(self) -> bool:
        """Return whether the newest pepper's sheet was never printed, and can be."""
        row = self._file.read_one(NEWEST_MARK, {"shop": self._shop.id})
        return (
            row is not None and row["sheet_at"] is None and self._pepper_of(row["mark"]) is not None
        )

    def mark_sheet_printed(self, database: Database, at: str) -> None:
        """Record that the newest pepper's sheet was printed."""
        row = self._file.read_one(NEWEST_MARK, {"shop": self._shop.id})
        if row is None:
            raise _none_yet()
        parameters = {"shop": self._shop.id, "pepper": row["pepper"], "at": at}
        database.execute(SHEET_IS_PRINTED, parameters)

    def restore(self, lines: Sequence[str]) -> None:
        """Make the file anew from the recovery sheet; call it under the write lock.

        Raises:
            BadInput: a line has a typing error.
            Refused: it is another sheet.
            PepperUnwritableError: the file cannot be written.
        """
        pepper = self.prove(lines)
        if self._pepper_of(pepper.mark) is None:
            self._write(pepper)

    def prove(self, lines: Sequence[str]) -> Pepper:
        """Return the newest pepper, whose recovery sheet this must be.

        Raises:
            BadInput: a line has a typing error.
            Refused: it is another sheet, or there is none yet.
        """
        mark = self._mark()
        if mark is None:
            raise _none_yet()
        pepper = in_any_order(lines, mark)
        if pepper is None:
            raise Refused(
                "That is the sheet of another ledger, or an old one: find the newest sheet of "
                "this shop.",
                reason="other-sheet",
            )
        return pepper

    def renew(self, database: Database, at: str) -> None:
        """Give the lost pepper up for a new one.

        Raises:
            Refused: it is not lost.
            PepperUnwritableError: the file cannot be written.
        """
        if self.state() is not PepperState.LOST:
            raise Refused(
                "The secret file is where it should be, so nothing was changed.",
                reason="pepper-there",
            )
        pepper = Pepper(self._random_bytes(SECRET_BYTES))
        self._write(pepper)
        self._insert_mark(database, pepper, at)

    # -- within -------------------------------------------------------------------------------

    def _mark(self) -> bytes | None:
        row = self._file.read_one(NEWEST_MARK, {"shop": self._shop.id})
        return None if row is None else bytes(row["mark"])

    def _pepper_of(self, mark: bytes) -> Pepper | None:
        pepper = read_pepper(self.path)
        return pepper if pepper is not None and pepper.mark == mark else None

    def _known(self, mark: bytes) -> Pepper:
        pepper = self._pepper_of(mark)
        if pepper is None:
            raise Refused(
                f"Slips cannot be read or made just now: the secret file {self.path.name} beside "
                "the ledger is missing or not the right one. Type the recovery sheet in to "
                "restore it.",
                reason="pepper-lost",
            )
        return pepper

    def _insert_mark(self, database: Database, pepper: Pepper, at: str) -> None:
        parameters = {"shop": self._shop.id, "mark": pepper.mark, "at": at}
        database.execute(INSERT_MARK, parameters)

    def _found_or_made(self) -> Pepper:
        pepper = read_pepper(self.path)
        if pepper is not None:
            settle_pepper(self.path)
            return pepper
        # A torn file made no code: the mark comes before the first.
        self.path.unlink(missing_ok=True)
        pepper = Pepper(self._random_bytes(SECRET_BYTES))
        write_pepper(self.path, pepper)
        return pepper

    def _write(self, pepper: Pepper) -> None:
        try:
            if self.path.exists():
                set_aside(self.path)
            write_pepper(self.path, pepper)
        except OSError as error:
            raise PepperUnwritableError(self.path, error) from error


def _none_yet() -> Refused:
    return Refused(
        "This shop has made no slips yet, so it needs no recovery sheet.", reason="no-pepper"
    )
