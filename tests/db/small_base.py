"""What stands in the small shop: its books, all that happened, its day and its clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.db.small_parts import FORWARD, Act, Book, Move, No, Note, SmallProgram, in_order, take

CUTOVER = timedelta(hours=4)


@dataclass
class SmallBase:
    """Prices, groups, programs, books in the order in which they were given, all that happened."""

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
    programs: list[SmallProgram] = field(
        default_factory=lambda: [SmallProgram(number=1, name="First", kind=FORWARD)]
    )
    goods: list[str] = field(default_factory=list)
    partners: dict[int, bool] = field(default_factory=dict)
    """Whether each one is still a partner."""
    notes: list[Note] = field(default_factory=list)

    # -- what is there --

    def waiting(self, item: str, program: int | None = None) -> int:
        """Return what waits on the board, of all programs or of one."""
        return sum(b.units for b in self.books if b.item == item and self._on_board(b, program))

    def held(self, program: int) -> Counter[str]:
        """Return what a drive or a jar keeps, the goods that are known longest first."""
        kept: Counter[str] = Counter(dict.fromkeys(self.goods, 0))
        for book in self.books:
            if book.held and book.program == program:
                kept[book.item] += book.units
        return +kept

    def on_slip(self, slip: int) -> int:
        return sum(book.units for book in self.books if book.slip == slip)

    def item_of(self, slip: int) -> str:
        return next(book.item for book in self.books if book.slip == slip)

    def board(self) -> dict[str, int]:
        there: Counter[str] = Counter()
        for book in self.books:
            if book.on_board:
                there[book.item] += book.units
        return dict(+there)

    def moved(self) -> dict[tuple[int, str, str], tuple[int, int]]:
        """Add up everything that ever happened, by program, item and kind: units and money."""
        sums: dict[tuple[int, str, str], tuple[int, int]] = {}
        for act in self.acts:
            for move in act.moves:
                key = move.book.program, move.book.item, move.kind or act.kind
                units, minor = sums.get(key, (0, 0))
                sums[key] = units + move.units, minor + move.amount_minor
        return sums

    def pools(self) -> dict[tuple[int, str], tuple[int, int]]:
        """Return what stands in all books, by program and item: units and money."""
        sums: dict[tuple[int, str], tuple[int, int]] = {}
        for book in self.books:
            units, minor = sums.get((book.program, book.item), (0, 0))
            more = book.units * book.unit_minor
            sums[book.program, book.item] = units + book.units, minor + more
        return sums

    def went(self, gift: int, kind: str) -> int:
        """Return how many units of a gift went that way."""
        moves = [(m, a) for a in self.acts for m in a.moves if m.book.gift == gift]
        return -sum(move.units for move, act in moves if (move.kind or act.kind) == kind)

    def is_gift(self, number: int) -> bool:
        """Return whether somebody gave it: what the house sets aside is none."""
        return any(book.gift == number and book.item != "Serving" for book in self.books)

    def program(self, number: int) -> SmallProgram:
        """Return the program of a number, retired or not."""
        if not 0 < number <= len(self.programs):
            raise No("unknown-program")
        return self.programs[number - 1]

    def today(self) -> date:
        return max((self.now.astimezone(UTC) - CUTOVER).date(), self.day)

    def accept_clock(self) -> bool:
        if not self._is_far():
            return False
        self.no += 1
        self._stamp()
        return True

    # -- within --

    @staticmethod
    def _on_board(book: Book, program: int | None) -> bool:
        return book.on_board and program in (None, book.program)

    def _oldest_first(
        self, payers: list[str], units: int, program: int | None = None
    ) -> list[Move]:
        there = (b for b in self.books if b.item in payers and self._on_board(b, program))
        return take(in_order(there), units)

    def _check_partner(self, partner: int) -> None:
        if not self.partners.get(partner, False):
            raise No("unknown-partner")

    def _check_clock(self) -> None:
        if self._is_far():
            raise No("clock-jumped")

    def _is_far(self) -> bool:
        return self.last_at is not None and self.today() - self.day > timedelta(days=7)

    def _clock_is_back(self) -> bool:
        return self.last_at is not None and self.now < self.last_at - timedelta(minutes=1)

    def _mark_clock(self) -> None:
        self.no += self._clock_is_back()

    def _done(self, act: Act) -> Act:
        act.no = self.no + 1
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
