"""What this till can take back: what it did today, and what it noted."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

from screens.counter.asked_ways import ForgetWay
from screens.counter.ways import TakeBackWay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from db.ledger import Ledger
    from screens.counter.ways import Way


def ways_back(ledger: Ledger) -> tuple[Way, ...]:
    """Return the ways to take back what this till did or noted today, the newest first."""
    today = ledger.today()
    notes = [ForgetWay(note) for note in ledger.asked(today, today) if note.till == ledger.till]
    acts = [TakeBackWay(past) for past in ledger.latest_actions()]
    # Each in its own order: the clock may have been put back.
    newest_first: Iterator[ForgetWay | TakeBackWay] = merge(notes, acts, key=_at, reverse=True)
    return tuple(newest_first)


def _at(way: ForgetWay | TakeBackWay) -> datetime:
    return way.note.at if isinstance(way, ForgetWay) else way.past.at
