"""A shop in plain Python lists, written from the rules alone: what the ledger must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FUND = "Community fund"
CUTOVER = timedelta(hours=4)


class No(Exception):
    """A refusal, with the short word that scripts read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(eq=False)
class Book:
    """Units of one item at one price."""

    no: int
    gift: int
    item: str
    unit_minor: int
    units: int = 0
    slip: int | None = None
    """The number of the slip that it is on; None on the board."""


@dataclass
class Move:
    """Units that went into a book (positive) or out of it."""

    book: Book
    units: int

    @property
    def amount_minor(self) -> int:
        return self.units * self.book.unit_minor


@dataclass(eq=False)
class Act:
    """What one press of a key did."""

    kind: str
    day: date
    moves: list[Move]
    served: int | None = None
    list_minor: int = 0
    mirrors: Act | None = None
    undone: bool = False

    @property
    def within(self) -> bool:
        """Whether it moves units from here to there, and none in or out."""
        return self.kind in {"hand_out", "take_back", "expire"}

    @property
    def amount_minor(self) -> int:
        if self.within:
            return sum(move.amount_minor for move in self.moves if move.units > 0)
        return sum(move.amount_minor for move in self.moves)

    @property
    def total(self) -> int:
        """What people count: servings of a redemption, else units."""
        if self.within:
            return sum(move.units for move in self.moves if move.units > 0)
        return self.served or abs(sum(move.units for move in self.moves))


@dataclass
class SmallShop:
    """Prices, groups, books in the order in which they were given, and all that happened."""

    now: datetime
    prices: dict[str, int]
    groups: dict[str, str]
    retired: set[str] = field(default_factory=set)
    books: list[Book] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    no: int = 0
    day: date = date.min
    last_at: datetime | None = None
    expiry_days: int | None = None
    expires: dict[int, date | None] = field(default_factory=dict)
    """The last day of each slip."""
    last_on: dict[int, Act] = field(default_factory=dict)
    """The last act that moved units onto each slip or off it."""

    # -- what is there --

    def waiting(self, item: str) -> int:
        return sum(b.units for b in self.books if b.item == item and b.slip is None)

    def held(self, item: str) -> int:
        """Return what waits anywhere, on the board or on slips."""
        return sum(book.units for book in self.books if book.item == item)

    def on_slip(self, slip: int) -> int:
        return sum(book.units for book in self.books if book.slip == slip)

    def item_of(self, slip: int) -> str:
        return next(book.item for book in self.books if book.slip == slip)

    def state(self, slip: int) -> str:
        """Return what a slip is worth."""
        if self.on_slip(slip):
            return "waiting"
        last = self.last_on[slip]
        if last.mirrors is not None:
            return "withdrawn"
        ends = {"redeem": "used", "refund": "refunded", "expire": "expired"}
        return ends.get(last.kind, "withdrawn")

    def board(self) -> dict[str, int]:
        items = dict.fromkeys(book.item for book in self.books if book.slip is None)
        return {item: self.waiting(item) for item in items if self.waiting(item)}

    def money(self, item: str) -> int:
        return sum(book.units * book.unit_minor for book in self.books if book.item == item)

    def pool(self, item: str) -> tuple[int, int]:
        """Add up everything that ever happened: never what stands in a book."""
        moves = [move for act in self.acts for move in act.moves if move.book.item == item]
        return sum(move.units for move in moves), sum(move.amount_minor for move in moves)

    def today(self) -> date:
        return max((self.now.astimezone(UTC) - CUTOVER).date(), self.day)

    # -- what can be done --

    def give(self, item: str, units: int, paid: int | None, *, voucher: bool = False) -> Act:
        self._check_clock()
        if item in self.retired:
            raise No("not-giftable")
        paid = self.prices[item] * units if paid is None else paid
        if item == FUND:
            shares = [(units, 1)]
        elif paid < units:
            raise No("bad-amount")
        else:
            more = paid % units
            shares = [(units - more, paid // units), (more, paid // units + 1)]
        self._mark_clock()
        gift = self.no + 1
        moves: list[Move] = []
        slip = self._new_slip(gift) if voucher else None
        for count, unit_minor in shares:
            if count:
                book = Book(self.no + 1 + len(moves), gift, item, unit_minor, slip=slip)
                moves.append(Move(book, count))
        return self._done(Act("give", self.today(), moves))

    def redeem(self, item: str, units: int, pay: str, substitute: str | None = None) -> Act:
        self._check_clock()
        price = self.prices[item]
        if pay == "fund":
            if not price * units <= self.waiting(FUND):
                raise No("nothing-waiting")
            moves = self._oldest_first([FUND], price * units)
        else:
            payers = [item] if pay == "board" else self._substitutes(item)
            if substitute is not None:
                payers = [payer for payer in payers if payer == substitute]
            if sum(map(self.waiting, payers)) < units:
                raise No("nothing-waiting")
            moves = self._oldest_first(payers, units)
        self._mark_clock()
        return self._done(Act("redeem", self.today(), moves, units, price * units))

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
        moves = _take(self._in_order(b for b in self.books if b.slip == slip), needed)
        return self._done(Act("redeem", self.today(), moves, units, self.prices[served] * units))

    def replace(self, slip: int) -> Act:
        self._check_clock()
        self._check_slip(slip)
        self._mark_clock()
        self.no += 1
        return self._done(Act("replace", self.today(), [], served=self.on_slip(slip)))

    def hand_out(self, item: str, slips: int, each: int) -> Act:
        self._check_clock()
        if self.waiting(item) < slips * each:
            raise No("nothing-waiting")
        self._mark_clock()
        return self._to_slips(self._oldest_first([item], slips * each), each)

    def make_slip(self, gift: int, units: int | None) -> Act:
        self._check_clock()
        books = [b for b in self._in_order(self.books) if b.gift == gift and b.slip is None]
        there = sum(book.units for book in books)
        if there == 0:
            raise No("enjoyed")
        if units is not None and units > there:
            raise No("nothing-waiting")
        self._mark_clock()
        return self._to_slips(_take(books[::-1], units or there), units or there)

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

    def undo(self, act: Act, units: int | None) -> Act:
        self._check_clock()
        self._check_undoable(act)
        wanted = act.total if units is None else units
        if not 0 < wanted <= act.total:
            raise No("bad-count")
        if act.within:
            return self._undo_within(act, wanted)
        each = sum(abs(move.units) for move in act.moves) // act.total
        left = [
            -move.units if move.units < 0 else min(move.units, move.book.units)
            for move in act.moves
        ]
        if sum(left) // each < wanted:
            waits = sum(b.units for b in self.books if b.gift == act.moves[0].book.gift)
            if act.kind == "give" and not sum(left) and waits:
                raise No("moved")
            raise No("partly-enjoyed" if sum(left) // each else "enjoyed")
        self._mark_clock()
        moves: list[Move] = []
        missing = wanted * each
        for move, most in reversed(list(zip(act.moves, left, strict=True))):
            part = min(missing, most)
            if part:
                moves.append(Move(move.book, part if move.units < 0 else -part))
            missing -= part
        act.undone = True
        served = None if act.served is None else wanted
        list_minor = act.list_minor * wanted // act.total
        return self._done(Act(act.kind, self.today(), moves, served, list_minor, mirrors=act))

    def refund(self, gift: int, units: int | None) -> Act:
        self._check_clock()
        if gift not in {book.gift for book in self.books}:
            raise No("unknown-gift")
        books = [b for b in self._in_order(self.books)[::-1] if b.gift == gift and b.units]
        # What is on slips comes last.
        books.sort(key=lambda book: book.slip is not None)
        there = sum(book.units for book in books)
        if there == 0:
            raise No("enjoyed")
        if units is not None and units > there:
            raise No("nothing-waiting")
        self._mark_clock()
        return self._done(Act("refund", self.today(), _take(books, units or there)))

    def accept_clock(self) -> bool:
        if not self._is_far():
            return False
        self.no += 1
        self._stamp()
        return True

    # -- within --

    def _substitutes(self, item: str) -> list[str]:
        group = self.groups.get(item)
        return [
            other
            for other, its_group in self.groups.items()
            if other != item and its_group == group and self.waiting(other)
        ]

    def _oldest_first(self, payers: list[str], units: int) -> list[Move]:
        there = (b for b in self.books if b.item in payers and b.slip is None)
        return _take(self._in_order(there), units)

    @staticmethod
    def _in_order(books: Iterable[Book]) -> list[Book]:
        """Return books by their gifts' age, whenever they were opened."""
        return sorted(books, key=lambda book: (book.gift, book.no))

    def _check_slip(self, slip: int) -> None:
        if self.state(slip) != "waiting":
            raise No(f"slip-{self.state(slip)}")

    def _new_slip(self, number: int) -> int:
        days = self.expiry_days
        self.expires[number] = None if days is None else self.today() + timedelta(days=days)
        return number

    def _to_slips(self, taken: list[Move], each: int) -> Act:
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
                old = source.book
                book = Book(no, old.gift, old.item, old.unit_minor, slip=slip)
                moves.append(Move(book, part))
                left, room = left - part, room - part
        return self._done(Act("hand_out", self.today(), moves))

    def _to_board(self, kind: str, slips: list[int]) -> Act:
        moves: list[Move] = []
        for slip in slips:
            books = self._in_order(b for b in self.books if b.slip == slip and b.units)
            moves += [Move(book, -book.units) for book in books]
        back: dict[tuple[int, str, int], int] = {}
        for move in moves:
            key = _whose(move.book)
            back[key] = back.get(key, 0) - move.units
        for key, units in back.items():
            home = [b for b in self.books if b.slip is None and _whose(b) == key]
            book = home[0] if home else Book(self.no + 1 + len(moves), *key)
            moves.append(Move(book, units))
        return self._done(Act(kind, self.today(), moves))

    def _undo_within(self, act: Act, wanted: int) -> Act:
        there = [(m, min(m.units, m.book.units)) for m in reversed(act.moves) if m.units > 0]
        left = sum(most for _, most in there)
        if left < wanted:
            raise No("partly-enjoyed" if left else "enjoyed")
        self._mark_clock()
        moves: list[Move] = []
        back: dict[tuple[int, str, int], int] = {}
        for move, most in there:
            part = min(wanted, most)
            if part:
                moves.append(Move(move.book, -part))
                key = _whose(move.book)
                back[key] = back.get(key, 0) + part
            wanted -= part
        for move in reversed(act.moves):
            key = _whose(move.book)
            part = min(-move.units, back.get(key, 0))
            if part > 0:
                moves.append(Move(move.book, part))
                back[key] -= part
        act.undone = True
        return self._done(Act(act.kind, self.today(), moves, mirrors=act))

    def _check_undoable(self, act: Act) -> None:
        if act.mirrors is not None:
            raise No("undo-of-undo")
        if act.kind == "replace":
            raise No("not-undoable")
        if act.undone:
            raise No("already-undone")
        if act.day != self.today():
            raise No("another-day")

    def _check_clock(self) -> None:
        if self._is_far():
            raise No("clock-jumped")

    def _is_far(self) -> bool:
        return self.last_at is not None and self.today() - self.day > timedelta(days=7)

    def _mark_clock(self) -> None:
        if self.last_at is not None and self.now < self.last_at - timedelta(minutes=1):
            self.no += 1

    def _done(self, act: Act) -> Act:
        for move in act.moves:
            if move.book not in self.books:
                self.books.append(move.book)
            move.book.units += move.units
            assert move.book.units >= 0
            if move.book.slip is not None:
                self.last_on[move.book.slip] = act
        self.no += len(act.moves)
        self.acts.append(act)
        self._stamp()
        return act

    def _stamp(self) -> None:
        self.day, self.last_at = self.today(), self.now


def _take(books: list[Book], units: int) -> list[Move]:
    moves = []
    for book in books:
        if units > 0 and book.units:
            moves.append(Move(book, -min(units, book.units)))
            units -= min(units, book.units)
    return moves


def _whose(book: Book) -> tuple[int, str, int]:
    return book.gift, book.item, book.unit_minor
