"""Partners of the small shop: drives and jars brought to them, surplus, what was asked in vain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.db.small_base import SmallBase
from tests.db.small_parts import (
    CHARITY,
    DRIVE,
    FORWARD,
    Act,
    Book,
    Move,
    No,
    Note,
    in_order,
    take,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class SmallPartners(SmallBase):
    """What leaves the shop for somebody who knows the people."""

    def collect(self, number: int, goods: str, units: int) -> Act:
        self._check_clock()
        drive = self.program(number)
        if drive.retired:
            raise No("unknown-program")
        if drive.kind != DRIVE:
            raise No("not-a-drive")
        if drive.state(self.today()) != "running":
            raise No("not-running")
        if goods not in drive.items:
            raise No("unknown-goods")
        self._mark_clock()
        book = Book(self.no + 1, self.no + 1, goods, 0, number, held=True)
        return self._done(Act("give", self.today(), [Move(book, units)]))

    def deliver(self, number: int, partner: int, parts: Mapping[str, int] | None) -> Act:
        self._check_clock()
        program, there = self.program(number), self.held(number)
        if program.retired and not any(b.units for b in self.books if b.program == number):
            raise No("unknown-program")
        if program.kind not in (DRIVE, CHARITY):
            raise No("not-a-drive")
        self._check_partner(partner)
        if not there:
            raise No("nothing-waiting")
        wanted = there if parts is None else parts
        if any(units > there[item] for item, units in wanted.items()):
            raise No("more-than-collected")
        self._mark_clock()
        moves: list[Move] = []
        for item in there:
            own = [b for b in self.books if b.held and b.program == number and b.item == item]
            moves += take(in_order(own), wanted.get(item, 0))
        return self._done(Act("deliver", self.today(), moves, partner=partner))

    def pass_on(self, item: str, units: int, partner: int, number: int | None) -> Act:
        self._check_clock()
        if number is not None and self.program(number).kind != FORWARD:
            raise No("unknown-program")
        self._check_partner(partner)
        if self.waiting(item, number) < units:
            raise No("nothing-waiting")
        self._mark_clock()
        moves = self._oldest_first([item], units, number)
        return self._done(Act("pass_on", self.today(), moves, partner=partner))

    def left_where(self, act: Act) -> int:
        """Return what is left of the items that an act took, in the programs it took them from."""
        pools = {(move.book.program, move.book.item, move.book.held) for move in act.moves}
        return sum(
            book.units
            for book in self.books
            if book.slip is None and (book.program, book.item, book.held) in pools
        )

    def taken_back(self, act: Act) -> int:
        """Return how many units of an act were taken back."""
        return sum(sum(m.units for m in each.moves) for each in self.acts if each.mirrors is act)

    def handed_over(self) -> list[Act]:
        """Return what left the shop for partners, the newest first."""
        out = [act for act in self.acts if act.kind in ("deliver", "pass_on")]
        return [act for act in reversed(out) if act.mirrors is None]

    # -- asked for in vain --

    def note_asked(self, item: str, units: int) -> Note:
        self._check_clock()
        if item in self.retired:
            raise No("unknown-item")
        self.notes.append(Note(self.today(), item, units))
        return self.notes[-1]

    def forget_asked(self, note: Note) -> Note:
        if not note.forgotten and note.day != self.today():
            raise No("another-day")
        note.forgotten = True
        return note
