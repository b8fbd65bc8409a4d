"""What this till can take back: what it did today, and what it noted."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING

from payforward.core.asks import Undo
from payforward.core.model import ProgramKind
from screens.counter import program_words, words
from screens.counter.asked_ways import ForgetWay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from db.ledger import Ledger
    from payforward.core.answers import PastAction
    from screens.counter.ways import Surroundings, Way
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class TakeBackWay:
    """Mirror what this till did."""

    past: PastAction

    def sentence(self, around: Surroundings) -> Variants:
        """Name the act."""
        at = around.local(self.past.at)
        return words.take_back_question(self.past, at, around.money, to=_jar(self.past, around))

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        if self.past.left == 0:
            return ("Esc no   ↓ earlier",)
        return ("Enter yes   ↓ earlier   Esc no",)

    def ask(self, action: str) -> Undo | None:
        """Return the undo of what can still be taken back."""
        if self.past.left == 0:
            return None
        part = self.past.left if self.past.left < self.past.units else None
        return Undo(action=action, undoes=self.past.action, units=part)

    @property
    def row(self) -> None:
        """It is about no row."""
        return


def _jar(past: PastAction, around: Surroundings) -> str:
    """Return what the jar is called into which money was put; empty where it was none."""
    programs = (state.program for state in around.board.programs)
    jars = (each for each in programs if each.kind is ProgramKind.CHARITY)
    return next((program_words.row_name(each) for each in jars if each.name == past.program), "")


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
