"""Proof: the whole ledger replayed from its first entry, without believing any stored total."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db import schema_0001
from db.chain import GENESIS, HASHED, entry_hash, head_text
from db.entries import ENTRIES_AFTER, entry_by_no, to_entries
from db.questions import READ_HEAD
from payforward.core.errors import BadInput
from payforward.core.model import Kind, Verified

if TYPE_CHECKING:
    from collections.abc import Callable

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
    SELECT book, gift, place, slip, program, item, units, unit_minor
    FROM waiting
    ORDER BY shop, book
"""

ALL_GUARDS: Final = """
    SELECT name, sql
    FROM sqlite_master
    WHERE type = 'trigger'
"""

_MOVES: Final = frozenset({Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE})
_BOOK_FIELDS: Final = (
    "gift",
    "place",
    "slip",
    "program",
    "item",
    "unit_minor",
    "currency",
    "expires",
)


@dataclass
class _Book:
    """What replaying knows of one book so far."""

    first: Entry
    seq: int = 0
    balance: int = 0


@dataclass
class _Replay:
    """What replaying knows so far; `problems` grows as it goes."""

    shop: Shop
    problems: list[str] = field(default_factory=list)
    books: dict[int, _Book] = field(default_factory=dict)
    pools: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    no: int = 0
    hash: bytes = GENESIS
    day: str = ""
    action: str = ""
    line: int = 0
    moved: dict[int, int] = field(default_factory=dict)

    def found(self, entry: Entry, what: str) -> None:
        """Note a problem of one entry."""
        self.problems.append(f"entry {entry.no}: {what}")

    def step(self, entry: Entry) -> None:
        """Check one entry against all that came before it."""
        self._chain(entry)
        self._action(entry)
        self._book(entry)
        self._pool(entry)

    def _chain(self, entry: Entry) -> None:
        if entry.no != self.no + 1:
            self.found(entry, f"comes after {self.no}; entries between are missing")
        if entry.prev != self.hash:
            self.found(entry, "does not follow the entry before it in the chain")
        if entry_hash(entry.prev, [getattr(entry, name) for name in HASHED]) != entry.hash:
            self.found(entry, "was changed after it was written; its hash does not fit")
        if entry.day < self.day:
            self.found(entry, f"its day {entry.day} is before {self.day}")
        if entry.currency != self.shop.currency:
            self.found(entry, f"its currency {entry.currency} is not {self.shop.currency}")
        self.no, self.hash, self.day = entry.no, entry.hash, max(self.day, entry.day)

    def _action(self, entry: Entry) -> None:
        if entry.action != self.action:
            self.end_action()
            self.action, self.line = entry.action, 0
        if entry.line != self.line + 1:
            self.found(entry, f"line {self.line + 1} of its action is missing")
        self.line = entry.line
        if entry.kind in _MOVES:
            self.moved[entry.gift] = self.moved.get(entry.gift, 0) + entry.amount_minor

    def end_action(self) -> None:
        """Check what must hold of an action as a whole: moves neither make nor lose money."""
        for gift, amount_minor in self.moved.items():
            if amount_minor:
                self.problems.append(
                    f"entry {self.no}: its action moves gift {gift} and is out by {amount_minor}"
                )
        self.moved.clear()

    def _book(self, entry: Entry) -> None:
        if entry.amount_minor != entry.units * entry.unit_minor:
            self.found(entry, "its amount is not its units times their price")
        book = self.books.get(entry.book)
        if book is None:
            if entry.book != entry.no:
                self.found(entry, f"continues book {entry.book}, which was never opened")
            book = self.books[entry.book] = _Book(entry)
        book.seq += 1
        book.balance += entry.units
        if entry.seq != book.seq:
            self.found(entry, f"is number {entry.seq} of book {entry.book}, not {book.seq}")
        if entry.balance != book.balance or book.balance < 0:
            self.found(
                entry, f"leaves {entry.balance} in book {entry.book}; it adds up to {book.balance}"
            )
        for name in _BOOK_FIELDS:
            if getattr(entry, name) != getattr(book.first, name):
                self.found(entry, f"changes the {name} of book {entry.book}")

    def _pool(self, entry: Entry) -> None:
        if entry.item is None or entry.program is None:
            return
        key = (entry.program, entry.item)
        units, minor = self.pools.get(key, (0, 0))
        units, minor = units + entry.units, minor + entry.amount_minor
        self.pools[key] = (units, minor)
        if (entry.pool_units, entry.pool_minor) != (units, minor):
            self.found(
                entry,
                f"states {entry.pool_units} units and {entry.pool_minor} money in its pool; "
                f"they add up to {units} and {minor}",
            )

    def waiting(self) -> list[tuple[object, ...]]:
        """Return what the table of what waits should hold."""
        return [
            (
                number,
                book.first.gift,
                book.first.place,
                book.first.slip,
                book.first.program,
                book.first.item,
                book.balance,
                book.first.unit_minor,
            )
            for number, book in sorted(self.books.items())
            if book.balance > 0
        ]


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
        self._replay = _Replay(shop)
        self._shop = shop

    def verify(self, printed_head: str | None = None) -> Verified:
        """Check the file, the guards, every entry, the head and what waits.

        Raises:
            BadInput: ``printed_head`` is none.
            LedgerUnusable: the file is too damaged to be read.
        """
        printed = None if printed_head is None else parse_head(printed_head)
        problems = self._replay.problems
        problems += [f"file: {text}" for text in self._file_problems()]
        self._check_guards()
        count = self._replay_pages()
        with self._file.snapshot():
            # Nothing can be written from here on; take in what came meanwhile.
            count += self._replay_pages()
            self._replay.end_action()
            self._check_head()
            self._check_waiting()
        if printed is not None:
            self._check_printed(*printed)
        head = head_text(self._replay.no, self._replay.hash)
        return Verified(count, head, tuple(problems[:MOST_PROBLEMS]))

    def _file_problems(self) -> list[str]:
        rows = self._file.read(f"PRAGMA integrity_check({MOST_PROBLEMS})")
        found = [str(row[0]) for row in rows if row[0] != "ok"]
        broken = self._file.read("PRAGMA foreign_key_check")
        return found + [f"a row of {row[0]} names a {row[2]} that is not there" for row in broken]

    def _check_guards(self) -> None:
        on_file = {row["name"]: " ".join(row["sql"].split()) for row in self._file.read(ALL_GUARDS)}
        for statement in schema_0001.GUARDS:
            sql = " ".join(statement.split())
            name = sql.split()[2]
            if on_file.get(name) != sql:
                self._replay.problems.append(f"the guard {name} was removed or changed")

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
        elif head["day"] < replay.day:
            replay.problems.append("the head's day is before the last entry's")
        others = self._file.read_one(ENTRIES_OF_OTHERS, {"shop": self._shop.id})
        if others is not None and others[0]:
            replay.problems.append(f"{others[0]} entries belong to another shop")

    def _check_waiting(self) -> None:
        kept = [tuple(row) for row in self._file.read(ALL_WAITING)]
        if kept != self._replay.waiting():
            wrong = set(kept) ^ set(self._replay.waiting())
            books = ", ".join(str(book) for book in sorted({int(str(row[0])) for row in wrong})[:5])
            self._replay.problems.append(f"what waits is not what the books hold: books {books}")

    def _check_printed(self, no: int, digest: str) -> None:
        entry = entry_by_no(self._file, self._shop.id, no)
        if entry is None:
            self._replay.problems.append(
                f"the printed head {no}-{digest} is beyond the last entry: entries were cut off"
            )
        elif not entry.hash.hex().startswith(digest):
            self._replay.problems.append(
                f"the printed head {no}-{digest} is not this ledger's: entry {no} was rewritten"
            )


def parse_head(text: str) -> tuple[int, str]:
    """Return number and hexadecimal digits of a printed head.

    Raises:
        BadInput: it is none.

    >>> parse_head(" 1234-9F3A2B1C ")
    (1234, '9f3a2b1c')
    """
    match = re.fullmatch(r"([1-9][0-9]{0,17})-([0-9a-f]{8})", text.strip().lower())
    if match is None:
        raise BadInput(
            f"{text[:40]!r} is no head: type it as the slip shows it, such as 1234-9f3a2b1c.",
            reason="bad-head",
        )
    return int(match[1]), match[2]
