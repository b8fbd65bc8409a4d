"""Corrections in the small shop: take-backs of a whole act or a part, and what is given back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.db.small_base import SmallBase
from tests.db.small_parts import Act, Move, No, in_order, take, whose


@dataclass
class SmallUndoing(SmallBase):
    """What was a slip of the finger, and what a giver wants back."""

    def undo(self, act: Act, units: int | None, *, other_day: bool = False) -> Act:
        self._check_clock()
        self._check_undoable(act, other_day=other_day)
        wanted = act.total if units is None else units
        if not 0 < wanted <= act.total:
            raise No("bad-count")
        if act.within:
            moves = self._back_within(act, wanted)
        elif act.in_and_out:
            came, went = act.moves
            moves = [Move(went.book, wanted), Move(came.book, -wanted, came.kind)]
        else:
            moves = self._back(act, wanted)
        self._mark_clock()
        act.undone = True
        served = None if act.served is None or act.within else wanted
        list_minor = act.list_minor * wanted // act.total
        return self._done(Act(act.kind, self.today(), moves, served, list_minor, mirrors=act))

    def past_action(self, act: Act) -> int:
        """Return how much of an act of any day can still be taken back."""
        self._check_undoable(act, other_day=True)
        left = act.total if act.in_and_out else sum(self._left(act)) // self._each(act)
        if left == 0:
            raise No("moved" if self._waits_elsewhere(act) else "enjoyed")
        return left

    def refund(self, gift: int, units: int | None) -> Act:
        self._check_clock()
        if not self.is_gift(gift):
            raise No("unknown-gift")
        books = [b for b in in_order(self.books)[::-1] if b.gift == gift and b.units]
        # What is on slips comes last.
        books.sort(key=lambda book: book.slip is not None)
        there = sum(book.units for book in books)
        if there == 0:
            raise No("enjoyed")
        if units is not None and units > there:
            raise No("nothing-waiting")
        self._mark_clock()
        return self._done(Act("refund", self.today(), take(books, units or there)))

    # -- within --

    def _back(self, act: Act, wanted: int) -> list[Move]:
        """Return what came in out of the books where it still is, or what went out into them."""
        each, left = self._each(act), self._left(act)
        if sum(left) // each < wanted:
            if not sum(left) and self._waits_elsewhere(act):
                raise No("moved")
            raise No("partly-enjoyed" if sum(left) // each else "enjoyed")
        several = act.kind != "redeem" and len({move.book.item for move in act.moves}) > 1
        if several and wanted < min(act.total, sum(left) // each):
            raise No("several-items")
        moves: list[Move] = []
        missing = wanted * each
        for move, most in reversed(list(zip(act.moves, left, strict=True))):
            part = min(missing, most)
            if part:
                moves.append(Move(move.book, part if move.units < 0 else -part))
            missing -= part
        return moves

    def _each(self, act: Act) -> int:
        """Return how many units in books one unit of an act is."""
        return 1 if act.within else sum(abs(move.units) for move in act.moves) // act.total

    def _left(self, act: Act) -> list[int]:
        """Return of each move how much of it can be turned round."""
        return [
            0
            if act.within and move.units < 0
            # What went out can always come back; what came in, where it is still there.
            else -move.units
            if move.units < 0
            else min(move.units, move.book.units)
            for move in act.moves
        ]

    def _waits_elsewhere(self, act: Act) -> bool:
        gift = act.moves[0].book.gift
        return act.kind == "give" and any(b.units for b in self.books if b.gift == gift)

    def _back_within(self, act: Act, wanted: int) -> list[Move]:
        there = [(m, min(m.units, m.book.units)) for m in reversed(act.moves) if m.units > 0]
        left = sum(most for _, most in there)
        if left < wanted:
            raise No("partly-enjoyed" if left else "enjoyed")
        moves: list[Move] = []
        back: Counter[tuple[int, str, int, int]] = Counter()
        for move, most in there:
            part = min(wanted, most)
            if part:
                moves.append(Move(move.book, -part))
                back[whose(move.book)] += part
            wanted -= part
        for move in reversed(act.moves):
            part = min(-move.units, back[whose(move.book)])
            if part > 0:
                moves.append(Move(move.book, part))
                back[whose(move.book)] -= part
        return moves

    def _check_undoable(self, act: Act, *, other_day: bool) -> None:
        if act.mirrors is not None:
            raise No("undo-of-undo")
        if act.kind == "replace":
            raise No("not-undoable")
        if act.undone:
            raise No("already-undone")
        if act.day != self.today() and not other_day:
            raise No("another-day")
        if any(move.book.until and move.book.until < self.today() for move in act.moves):
            raise No("budget-over")
        slips = [self.expires.get(move.book.slip or 0) for move in act.moves]
        if act.kind == "take_back" and any(last and last < self.today() for last in slips):
            raise No("slip-expired")
