"""What the small shop is made of: books, moves between them, acts, programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FUND = "Community fund"
SERVING = "Serving"
FORWARD, GIVEAWAY, DRIVE, CHARITY = "forward", "giveaway", "drive", "charity"


class No(Exception):
    """A refusal, with the short word that scripts read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(eq=False)
class Book:
    """Units of one item at one price, of one program."""

    no: int
    gift: int
    item: str
    unit_minor: int
    program: int
    units: int = 0
    slip: int | None = None
    """The number of the slip that it is on; None on the board."""
    held: bool = False
    """Whether it is kept apart: goods, a jar's money, servings of the house."""
    until: date | None = None
    """The last day of a budget."""

    @property
    def on_board(self) -> bool:
        return self.slip is None and not self.held


@dataclass
class Move:
    """Units that went into a book (positive) or out of it."""

    book: Book
    units: int
    kind: str | None = None
    """Where it is not what the whole act is."""

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
    partner: int | None = None
    no: int = 0
    """The number of its first entry."""

    @property
    def within(self) -> bool:
        """Whether it moves units from here to there, and none in or out."""
        return self.kind in {"hand_out", "take_back", "expire"}

    @property
    def in_and_out(self) -> bool:
        """Whether it brought in what it handed over: the house gave, and no budget counted."""
        return not self.within and len({move.units > 0 for move in self.moves}) == 2

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


@dataclass(eq=False)
class Note:
    """Somebody asked for something, and none was waiting."""

    day: date
    item: str
    units: int
    forgotten: bool = False

    @property
    def total(self) -> int:
        return self.units


@dataclass(kw_only=True)
class SmallProgram:
    """One way of giving; without items it takes all that is on the menu."""

    name: str
    kind: str
    items: frozenset[str] = frozenset()
    starts: date | None = None
    ends: date | None = None
    budget: int | None = None
    period: str | None = None
    number: int = 0
    retired: bool = False

    def state(self, day: date) -> str:
        if self.retired or (self.ends is not None and self.ends < day):
            return "ended"
        return "not-yet" if self.starts is not None and day < self.starts else "running"

    def takes(self, item: str) -> bool:
        if self.kind == CHARITY or (self.kind == FORWARD and item == FUND):
            return item == FUND
        return item in self.items or (not self.items and self.kind != DRIVE)

    def until(self, day: date) -> date | None:
        """Return the last day of the budget that a day is in; None where there is none."""
        if self.budget is None or self.state(day) != "running":
            return None
        last = day
        while self._period_of(last + timedelta(days=1)) == self._period_of(day):
            last += timedelta(days=1)
        return last

    def began(self, day: date) -> date:
        """Return the first day of the budget's period that a day is in."""
        first = day
        while self._period_of(first - timedelta(days=1)) == self._period_of(day):
            first -= timedelta(days=1)
        return first

    def _period_of(self, day: date) -> tuple[int, ...]:
        if self.period == "day":
            return (day.toordinal(),)
        return day.isocalendar()[:2] if self.period == "week" else (day.year, day.month)


def in_order(books: Iterable[Book]) -> list[Book]:
    """Return books by their gifts' age, whenever they were opened."""
    return sorted(books, key=lambda book: (book.gift, book.no))


def take(books: Iterable[Book], units: int, kind: str | None = None) -> list[Move]:
    """Return moves of so many units out of books, the first one first."""
    moves = []
    for book in books:
        if units > 0 and book.units:
            moves.append(Move(book, -min(units, book.units), kind))
            units -= min(units, book.units)
    return moves


def whose(book: Book) -> tuple[int, str, int, int]:
    """Return what units keep wherever they are moved."""
    return book.gift, book.item, book.unit_minor, book.program
