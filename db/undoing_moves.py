"""Undo of moves between board and slips: what came there goes back to where it came from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from db.entries import is_action_undone
from payforward.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.connection import LedgerFile
    from payforward.core.model import Entry

WAITING_WHERE_MOVED: Final = """
    SELECT waiting.book, waiting.units
    FROM entry
    JOIN waiting ON waiting.shop = entry.shop AND waiting.book = entry.book
    WHERE entry.shop = :shop
    AND entry.action = :action
    AND entry.units > 0
"""

MOVES: Final = frozenset({Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE})


def is_move(entries: Sequence[Entry]) -> bool:
    """Return whether an action moves units within a pool, and does nothing else."""
    return all(entry.kind in MOVES for entry in entries)


def left_where_moved(file: LedgerFile, entries: Sequence[Entry]) -> list[tuple[Entry, int]]:
    """Return the entries that put units somewhere, last first, with how many are still there."""
    shop, action = entries[0].shop, entries[0].action
    rows = file.read(WAITING_WHERE_MOVED, {"shop": shop, "action": action})
    there = {row["book"]: row["units"] for row in rows}
    if is_action_undone(file, shop, action):
        there.clear()
    return [
        (entry, min(entry.units, there.get(entry.book, 0)))
        for entry in reversed(entries)
        if entry.units > 0
    ]


def parts_of_move(
    file: LedgerFile, entries: Sequence[Entry], wanted: int
) -> list[tuple[Entry, int]]:
    """Return the entries to mirror and how much of each, so that ``wanted`` units go back.

    The last slip first: whole slips, but for one perhaps. What is taken from where it came to
    goes back to books of the same gift and price, so that each gift adds up.
    """
    parts: list[tuple[Entry, int]] = []
    back: Counter[tuple[int, int | None, int]] = Counter()
    for entry, most in left_where_moved(file, entries):
        part = min(wanted, most)
        if part > 0:
            parts.append((entry, part))
            back[_whose(entry)] += part
            wanted -= part
    for entry in reversed(entries):
        part = min(-entry.units, back[_whose(entry)])
        if part > 0:
            parts.append((entry, part))
            back[_whose(entry)] -= part
    return parts


def _whose(entry: Entry) -> tuple[int, int | None, int]:
    return entry.gift, entry.item, entry.unit_minor
