"""Paper that is owed, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class PaperState(StrEnum):
    """How far a piece of paper has come."""

    PENDING = "pending"
    """It was not printed, or not wholly: it waits for paper."""
    SENT = "sent"
    """It went to a printer that has not said that it printed."""
    CONFIRMED = "confirmed"
    """It was printed: the printer said so, or a person."""
    DROPPED = "dropped"
    """It is owed no more: its gift went elsewhere, or a newer code took its place."""


@dataclass(frozen=True, slots=True)
class PaperOwed:
    """One slip whose paper is owed, or may not have come out.

    Args:
        job: The number of what is to be printed; a slip that gets a new code gets a new job.
        slip: The slip's number.
        gift: The oldest gift on it.
        till: The name of the till that was to print it.
        state: How far it has come.
        tries: How often it was sent.
        since: When it was first owed.
        tried_at: When it was last sent, or None.
        printer: The name of the printer that it was sent to, or None.
        why: What stopped it the last time, as people may read it, or None.
    """

    job: int
    slip: int
    gift: int
    till: str
    state: PaperState
    tries: int
    since: datetime
    tried_at: datetime | None
    printer: str | None
    why: str | None
