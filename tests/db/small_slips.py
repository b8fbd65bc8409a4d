"""Slips of the small shop: made, used, given a new code, taken back, run out; and their batches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from tests.db.small_base import SmallBase
from tests.db.small_parts import FUND, Act, Book, Move, No, in_order, take, whose


@dataclass(frozen=True)
class SmallBatch:
    """What a partner took at one time, and what became of it."""

    number: int
    partner: int
    slips: int
    slips_waiting: int
    units: int
    used: int
    back: int
    expired: int
    refunded: int
    left: int


@dataclass
class SmallSlips(SmallBase):
    """What is written on paper."""

    def state(self, slip: int) -> str:
        """Return what a slip is worth."""
        if self.on_slip(slip):
            return "waiting"
        last = self.last_on[slip]
        if last.mirrors is not None:
            return "withdrawn"
        ends = {"redeem": "used", "refund": "refunded", "expire": "expired"}
        return ends.get(last.kind, "withdrawn")

    def made_with(self, act: Act) -> list[int]:
        """Return the slips that an act made, in order."""
        slips = (move.book.slip for move in act.moves if move.units > 0)
        return list(dict.fromkeys(slip for slip in slips if slip is not None))

    def places(self) -> dict[int, tuple[int, int]]:
        """Return each slip's place among those that were made with it: 3 of 10."""
        made = [self.made_with(act) for act in self.acts if act.kind in ("give", "hand_out")]
        return {
            slip: (place, len(slips)) for slips in made for place, slip in enumerate(slips, start=1)
        }

    def batches(self) -> list[SmallBatch]:
        """Return what partners took, the newest first."""
        handed_out = [a for a in self.acts if a.partner is not None and a.kind == "hand_out"]
        return [self._batch(act) for act in reversed(handed_out) if act.mirrors is None]

    def redeem_slip(self, slip: int, item: str | None, units: int, *, newest: bool) -> Act:
        self._check_clock()
        if not newest:
            raise No("slip-replaced")
        self._check_slip(slip)
        on_it, left = self.item_of(slip), self.on_slip(slip)
        if on_it == FUND:
            if item is None:
                raise No("item-needed")
            served, needed = item, self.prices[item] * units
        else:
            served, needed = item or on_it, units
            group = self.groups.get(on_it)
            if served != on_it and (group is None or self.groups.get(served) != group):
                raise No("other-item")
        if left < needed:
            raise No("slip-short")
        self._mark_clock()
        moves = take(in_order(b for b in self.books if b.slip == slip), needed)
        return self._done(Act("redeem", self.today(), moves, units, self.prices[served] * units))

    def replace(self, slip: int) -> Act:
        self._check_clock()
        self._check_slip(slip)
        self._mark_clock()
        self.no += 1
        return self._done(Act("replace", self.today(), [], served=self.on_slip(slip)))

    def hand_out(self, item: str, slips: int, each: int, partner: int | None) -> Act:
        self._check_clock()
        if partner is not None:
            self._check_partner(partner)
        if self.waiting(item) < slips * each:
            raise No("nothing-waiting")
        self._mark_clock()
        return self._to_slips(self._oldest_first([item], slips * each), each, partner)

    def make_slip(self, gift: int, units: int | None) -> Act:
        self._check_clock()
        if not self.is_gift(gift):
            raise No("unknown-gift")
        books = [b for b in in_order(self.books) if b.gift == gift and b.on_board]
        there = sum(book.units for book in books)
        if there == 0:
            raise No("enjoyed")
        if units is not None and units > there:
            raise No("nothing-waiting")
        self._mark_clock()
        return self._to_slips(take(books[::-1], units or there), units or there)

    def take_back(self, slips: list[int]) -> Act:
        self._check_clock()
        for slip in slips:
            self._check_slip(slip)
        if len({self.item_of(slip) for slip in slips}) > 1:
            raise No("several-items")
        self._mark_clock()
        return self._to_board("take_back", slips)

    def expire_due(self) -> int:
        due = [
            slip
            for slip, last in sorted(self.expires.items())
            if last is not None and last < self.today() and self.on_slip(slip)
        ]
        if not due or self._is_far():
            return 0
        self._mark_clock()
        self._to_board("expire", due)
        return len(due)

    # -- within --

    def _batch(self, act: Act) -> SmallBatch:
        slips = self.made_with(act)
        went: Counter[str] = Counter()
        for each in self.acts:
            for move in each.moves:
                if move.book.slip in slips and each is not act:
                    went[each.kind] -= move.units
        assert act.partner is not None
        return SmallBatch(
            number=act.moves[1].book.no,
            partner=act.partner,
            slips=len(slips),
            slips_waiting=sum(self.on_slip(slip) > 0 for slip in slips),
            units=act.total,
            used=went["redeem"],
            back=went["take_back"] + went["hand_out"],
            expired=went["expire"],
            refunded=went["refund"],
            left=sum(map(self.on_slip, slips)),
        )

    def _check_slip(self, slip: int) -> None:
        if self.state(slip) != "waiting":
            raise No(f"slip-{self.state(slip)}")

    def _new_slip(self, number: int) -> int:
        days = self.expiry_days
        self.expires[number] = None if days is None else self.today() + timedelta(days=days)
        return number

    def _to_slips(self, taken: list[Move], each: int, partner: int | None = None) -> Act:
        moves: list[Move] = []
        slip, room = 0, 0
        for source in taken:
            moves.append(source)
            left = -source.units
            while left:
                no = self.no + 1 + len(moves)
                if not room:
                    slip, room = self._new_slip(no), each
                part = min(left, room)
                moves.append(Move(Book(no, *whose(source.book), slip=slip), part))
                left, room = left - part, room - part
        return self._done(Act("hand_out", self.today(), moves, partner=partner))

    def _to_board(self, kind: str, slips: list[int]) -> Act:
        moves: list[Move] = []
        for slip in slips:
            moves += take(in_order(b for b in self.books if b.slip == slip), self.on_slip(slip))
        back: Counter[tuple[int, str, int, int]] = Counter()
        for move in moves:
            back[whose(move.book)] -= move.units
        for key, units in back.items():
            home = [b for b in self.books if b.on_board and whose(b) == key]
            book = home[0] if home else Book(self.no + 1 + len(moves), *key)
            moves.append(Move(book, units))
        return self._done(Act(kind, self.today(), moves))
