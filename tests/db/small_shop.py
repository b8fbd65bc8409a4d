"""A shop in plain Python lists, written from DESIGN.md alone: what the ledger must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

FUND = "Community fund"
CUTOVER = timedelta(hours=4)


class No(Exception):
    """A refusal, with the short word that scripts read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Book:
    """Units of one item at one price."""

    no: int
    gift: int
    item: str
    unit_minor: int
    units: int = 0


@dataclass
class Move:
    """Units that went into a book (positive) or out of it."""

    book: Book
    units: int

    @property
    def amount_minor(self) -> int:
        return self.units * self.book.unit_minor


@dataclass
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
    def amount_minor(self) -> int:
        return sum(move.amount_minor for move in self.moves)

    @property
    def total(self) -> int:
        """What people count: servings of a redemption, else units."""
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

    # -- what is there --

    def waiting(self, item: str) -> int:
        return sum(book.units for book in self.books if book.item == item)

    def board(self) -> dict[str, int]:
        items = dict.fromkeys(book.item for book in self.books)
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

    def give(self, item: str, units: int, paid: int | None) -> Act:
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
        for count, unit_minor in shares:
            if count:
                moves.append(Move(Book(self.no + 1 + len(moves), gift, item, unit_minor), count))
        self.books += [move.book for move in moves]
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

    def undo(self, act: Act, units: int | None) -> Act:
        self._check_clock()
        if act.mirrors is not None:
            raise No("undo-of-undo")
        if act.undone:
            raise No("already-undone")
        if act.day != self.today():
            raise No("another-day")
        wanted = act.total if units is None else units
        if not 0 < wanted <= act.total:
            raise No("bad-count")
        each = sum(abs(move.units) for move in act.moves) // act.total
        left = [
            -move.units if move.units < 0 else min(move.units, move.book.units)
            for move in act.moves
        ]
        if sum(left) // each < wanted:
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
        books = [book for book in reversed(self.books) if book.gift == gift and book.units]
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
        return _take([book for book in self.books if book.item in payers and book.units], units)

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
            move.book.units += move.units
            assert move.book.units >= 0
        self.no += len(act.moves)
        self.acts.append(act)
        self._stamp()
        return act

    def _stamp(self) -> None:
        self.day, self.last_at = self.today(), self.now


def _take(books: list[Book], units: int) -> list[Move]:
    moves = []
    for book in books:
        if units > 0:
            moves.append(Move(book, -min(units, book.units)))
            units -= min(units, book.units)
    return moves
