"""Closes as the entries tell them: when, by whom, and what their day took."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from payforward.core.closing import TAKEN_TENDERS
from payforward.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payforward.core.model import Entry


class Closed(NamedTuple):
    """A close as its entry tells it, and what was taken on its day in each tender."""

    at: str
    cashier: int | None
    taken: Mapping[str, int]


class ClosesReplayed:
    """Adds up what entries took, day by day, and keeps it of each day that was closed."""

    def __init__(self) -> None:
        self.closed: dict[int, Closed] = {}
        """Each close by the number of its entry."""
        self._day = ""
        self._taken: dict[str, int] = {}

    def step(self, entry: Entry) -> None:
        """Take in an entry that moves money or closes a day; days never step back."""
        if entry.day != self._day:
            self._day, self._taken = entry.day, {}
        if entry.tender is not None:
            before = self._taken.get(entry.tender, 0)
            self._taken[entry.tender] = before + entry.amount_minor
        elif entry.kind == Kind.CLOSE:
            taken = {str(each): self._taken.get(each, 0) for each in TAKEN_TENDERS}
            self.closed[entry.no] = Closed(entry.at, entry.cashier, taken)
