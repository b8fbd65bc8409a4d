"""Proof: the whole ledger replayed from its first entry, without believing any stored total."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.chain import GENESIS, head_text
from db.entries import ENTRIES_AFTER, entry_by_no, to_entries
from db.questions import READ_HEAD
from db.replay import Replay
from db.verify_closes import close_problems
from db.verify_file import MOST_PROBLEMS, file_checked_aside, schema_problems
from db.verify_held import held_problems
from db.verify_names import name_problems
from db.verify_papers import paper_problems
from db.verify_partners import partner_problems
from db.verify_shapes import shape_problems
from payforward.core.answers import Verified
from payforward.core.errors import BadInput
from payforward.core.model import UNDOABLE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Shop

PAGE: Final = 250
"""Entries read at once: a long read would keep the tills waiting, and many entries at once keep
Python busy with looking which of them it still needs."""

TOLD_EVERY: Final = 5_000
"""Entries between two words about the progress."""

NEAR: Final = 4
"""A head that differs in fewer letters was hardly made by chance: it is told how near it is."""

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
        self._told = 0
        self._stopped = False
        """Whether so much is wrong that the entries were not read to the last."""

    def verify(self, printed_head: str | None = None) -> Verified:
        """Check the file, the guards, every entry, the head and what waits.

        Raises:
            BadInput: ``printed_head`` is none.
            LedgerUnusable: the file is too damaged to be read.
        """
        printed = None if printed_head is None else parse_head(printed_head)
        with file_checked_aside(self._file.path) as file_problems:
            self._replay.problems += schema_problems(self._file)
            count = self._replay_pages()
            with self._file.snapshot():
                # Nothing can be written from here on; take in what came meanwhile.
                count += self._replay_pages()
                if not self._stopped:
                    self._replay.end_action()
                    self._check_head()
                    self._check_waiting()
                    closed = self._replay.closes.closed
                    self._replay.problems += close_problems(self._file, self._shop, closed)
                self._check_others()
                uses, did = self._replay.books.uses, self._replay.did
                self._replay.problems += name_problems(self._file, self._shop, uses, did)
                self._replay.problems += paper_problems(self._file, self._shop)
                self._replay.problems += partner_problems(self._file, self._shop)
                self._replay.problems += held_problems(self._file, self._shop)
            missed = None if printed is None else self._missed(*printed)
            problems = [*file_problems.result(), *self._replay.problems]
        is_head_all = missed is not None and not problems
        problems += [] if missed is None else [missed]
        head = head_text(self._replay.no, self._replay.hash)
        return Verified(count, head, tuple(problems[:MOST_PROBLEMS]), is_head_all=is_head_all)

    def _replay_pages(self) -> int:
        row = self._file.read_one(LAST_NO, {"shop": self._shop.id})
        assert row is not None
        last, count = int(row[0]), 0
        while self._replay.no < last:
            if len(self._replay.problems) >= MOST_PROBLEMS:
                self._stopped = True
                break
            parameters = {
                "shop": self._shop.id,
                "after": self._replay.no,
                "last": last,
                "most": PAGE,
            }
            page = to_entries(self._file.read_plain(ENTRIES_AFTER, parameters))
            if not page:
                break
            shop, first = self._shop, page[0].no - 1
            self._replay.problems += shape_problems(self._file, shop, first, page[-1].no)
            for entry in page:
                self._replay.step(entry)
                self._check_undo(entry)
            count += len(page)
            if self._replay.no - self._told >= TOLD_EVERY or self._replay.no >= last:
                self._told = self._replay.no
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
            or undone.kind not in UNDOABLE_KINDS
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

    def _check_others(self) -> None:
        others = self._file.read_one(ENTRIES_OF_OTHERS, {"shop": self._shop.id})
        if others is not None and others[0]:
            self._replay.problems.append(f"{others[0]} entries belong to another shop")

    def _check_waiting(self) -> None:
        kept, right = self._file.read_plain(ALL_WAITING), self._replay.waiting()
        if kept != right:
            wrong = set(kept) ^ set(right)
            books = ", ".join(sorted({str(row[1]) for row in wrong}, key=_by_number)[:5])
            self._replay.problems.append(f"what waits is not what the books hold: books {books}")

    def _missed(self, no: int, digest: str) -> str | None:
        """Return what is wrong with a printed head; None where it is one of this ledger's.

        Nobody can tell a slip of whoever copied it from a ledger that was rewritten by another
        hand, so neither is said to be so.
        """
        if no == 0 and GENESIS.hex().startswith(digest):
            # Printed before the first entry; every ledger begins so.
            return None
        entry = entry_by_no(self._file, self._shop.id, no)
        if entry is None:
            return (
                f"the printed head {no}-{digest} is beyond the last entry, {self._replay.no}: "
                "either it was copied wrongly, or entries were cut off"
            )
        kept = entry.hash.hex()[: len(digest)]
        if kept == digest:
            return None
        wrong = sum(one != other for one, other in zip(kept, digest, strict=True))
        near = f" ({wrong} of its 8 letters and digits differ{'s' * (wrong == 1)})"
        return (
            f"the printed head {no}-{digest} is not that of entry {no}{near * (wrong < NEAR)}: "
            "either it was copied wrongly, or the ledger was rewritten"
        )


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
