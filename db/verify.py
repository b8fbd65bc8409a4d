"""Proof: the whole ledger replayed from its first entry, without believing any stored total."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from db.chain import GENESIS, head_text
from db.connection import connect
from db.entries import ENTRIES_AFTER, entry_by_no, to_entries
from db.migrations import apply_migrations
from db.questions import READ_HEAD
from db.replay import Replay
from payforward.core.answers import Verified
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Shop

PAGE: Final = 5_000
"""Entries read at once: a long read would keep the tills waiting."""

MOST_PROBLEMS: Final = 50

LAST_NO: Final = """
    SELECT coalesce(max(no), 0)
    FROM entry
    WHERE shop = :shop
"""

ENTRIES_OF_OTHERS: Final = """
    SELECT count(*)
    FROM entry
    WHERE shop <> :shop
"""

ALL_WAITING: Final = """
    SELECT shop, book, gift, place, slip, program, item, units, unit_minor
    FROM waiting
    ORDER BY shop, book
"""

# What SQLite and sqlite-utils keep for themselves differs from version to version of theirs.
SCHEMA: Final = """
    SELECT type, name, sql
    FROM sqlite_master
    WHERE sql IS NOT NULL
    AND tbl_name NOT LIKE 'sqlite!_%' ESCAPE '!'
    AND tbl_name <> '_sqlite_migrations'
"""


class Verifier:
    """Replays one shop's ledger.

    Args:
        file: The ledger.
        shop: Whose it is.
        progress: Called with entries done and entries in all; may raise to stop.
    """

    def __init__(
        self, file: LedgerFile, shop: Shop, progress: Callable[[int, int], None] | None = None
    ) -> None:
        self._file = file
        self._progress = progress or (lambda _done, _all: None)
        self._replay = Replay(shop)
        self._shop = shop

    def verify(self, printed_head: str | None = None) -> Verified:
        """Check the file, the guards, every entry, the head and what waits.

        Raises:
            BadInput: ``printed_head`` is none.
            LedgerUnusable: the file is too damaged to be read.
        """
        printed = None if printed_head is None else parse_head(printed_head)
        with _file_checked_aside(self._file.path) as file_problems:
            self._check_schema()
            count = self._replay_pages()
            with self._file.snapshot():
                # Nothing can be written from here on; take in what came meanwhile.
                count += self._replay_pages()
                self._replay.end_action()
                self._check_head()
                self._check_waiting()
            if printed is not None:
                self._check_printed(*printed)
            problems = [*file_problems.result(), *self._replay.problems]
        head = head_text(self._replay.no, self._replay.hash)
        return Verified(count, head, tuple(problems[:MOST_PROBLEMS]))

    def _check_schema(self) -> None:
        """Compare tables, indexes and guards with what the migrations make of an empty file."""
        right = right_schema()
        found = {
            (row["type"], row["name"]): _one_line(row["sql"]) for row in self._file.read(SCHEMA)
        }
        for (kind, name), sql in right.items():
            if found.get((kind, name)) != sql:
                what = "guard" if kind == "trigger" else kind
                self._replay.problems.append(f"the {what} {name} was removed or changed")
        for kind, name in found.keys() - right.keys():
            # It would act whenever a gift is given; a table or an index only lies there.
            if kind == "trigger":
                self._replay.problems.append(f"the trigger {name} is of another hand")

    def _replay_pages(self) -> int:
        row = self._file.read_one(LAST_NO, {"shop": self._shop.id})
        assert row is not None
        last, count = int(row[0]), 0
        while len(self._replay.problems) < MOST_PROBLEMS:
            parameters = {
                "shop": self._shop.id,
                "after": self._replay.no,
                "last": last,
                "most": PAGE,
            }
            page = to_entries(self._file.read(ENTRIES_AFTER, parameters))
            if not page:
                break
            for entry in page:
                self._replay.step(entry)
                self._check_undo(entry)
            count += len(page)
            self._progress(self._replay.no, last)
        return count

    def _check_undo(self, entry: Entry) -> None:
        if entry.undoes is None:
            return
        undone = entry_by_no(self._file, self._shop.id, entry.undoes)
        if (
            undone is None
            or undone.no >= entry.no
            or undone.undoes is not None
            or (undone.book, undone.kind, undone.tender) != (entry.book, entry.kind, entry.tender)
            or undone.units * entry.units >= 0
            or abs(entry.units) > abs(undone.units)
        ):
            self._replay.found(entry, f"does not mirror entry {entry.undoes}, which it undoes")

    def _check_head(self) -> None:
        head = self._file.read_one(READ_HEAD, {"shop": self._shop.id})
        replay = self._replay
        if head is None:
            replay.problems.append("the head is missing")
        elif (head["no"], head["hash"]) != (replay.no, replay.hash):
            at = head_text(head["no"], head["hash"])
            replay.problems.append(
                f"the head is {at}, but the last entry is {head_text(replay.no, replay.hash)}: "
                "entries were cut off or added by another hand"
            )
        elif head["day"] != replay.day:
            replay.problems.append(
                f"the head's day is {head['day']}, but by the entries it is {replay.day}"
            )
        others = self._file.read_one(ENTRIES_OF_OTHERS, {"shop": self._shop.id})
        if others is not None and others[0]:
            replay.problems.append(f"{others[0]} entries belong to another shop")

    def _check_waiting(self) -> None:
        kept = [tuple(row) for row in self._file.read(ALL_WAITING)]
        if kept != self._replay.waiting():
            wrong = set(kept) ^ set(self._replay.waiting())
            books = ", ".join(sorted({str(row[1]) for row in wrong}, key=_by_number)[:5])
            self._replay.problems.append(f"what waits is not what the books hold: books {books}")

    def _check_printed(self, no: int, digest: str) -> None:
        if no == 0 and GENESIS.hex().startswith(digest):
            # Printed before the first entry; every ledger begins so.
            return
        entry = entry_by_no(self._file, self._shop.id, no)
        if entry is None:
            self._replay.problems.append(
                f"the printed head {no}-{digest} is beyond the last entry: entries were cut off"
            )
        elif not entry.hash.hex().startswith(digest):
            self._replay.problems.append(
                f"the printed head {no}-{digest} is not this ledger's: entry {no} was rewritten"
            )


@contextmanager
def _file_checked_aside(path: Path) -> Iterator[Future[list[str]]]:
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


def _by_number(text: str) -> tuple[int, str]:
    return len(text), text


def parse_head(text: str) -> tuple[int, str]:
    """Return number and hexadecimal digits of a printed head.

    Raises:
        BadInput: it is none.

    >>> parse_head(" 1234-9F3A2B1C ")
    (1234, '9f3a2b1c')
    """
    match = re.fullmatch(r"(0|[1-9][0-9]{0,17})-([0-9a-f]{8})", text.strip().lower())
    if match is None:
        raise BadInput(
            f"{text[:40]!r} is no head: type it as the slip shows it, such as 1234-9f3a2b1c.",
            reason="bad-head",
        )
    return int(match[1]), match[2]
