"""Every entry of a shop replayed in order, without believing any stored total."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Final, get_type_hints

from db.chain import FIRST_DAY, GENESIS, hash_of
from payforward.core.model import Entry, Kind

if TYPE_CHECKING:
    from payforward.core.model import Shop


_MOVES: Final = frozenset({Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE})
_BOOK_FIELDS: Final = (
    "gift",
    "place",
    "slip",
    "program",
    "item",
    "unit_minor",
    "currency",
    "expires",
)


_same_in_book = attrgetter(*_BOOK_FIELDS)


@dataclass(slots=True)
class _Book:
    """What replaying knows of one book so far; a ledger has hundreds of thousands."""

    same: tuple[object, ...]
    """What each entry of the book must state alike: `_BOOK_FIELDS`."""
    seq: int = 0
    balance: int = 0


@dataclass
class Replay:
    """What replaying a shop's entries in order knows so far; `problems` grows as it goes.

    Args:
        shop: Whose they are.
    """

    shop: Shop
    problems: list[str] = field(default_factory=list)
    books: dict[int, _Book] = field(default_factory=dict)
    pools: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    no: int = 0
    hash: bytes = GENESIS
    day: str = FIRST_DAY
    """The earliest day of the next entry, as the head states it."""
    action: str = ""
    line: int = 0
    moved: dict[int, int] = field(default_factory=dict)

    def found(self, entry: Entry, what: str) -> None:
        """Note a problem of one entry."""
        self.problems.append(f"entry {entry.no}: {what}")

    def step(self, entry: Entry) -> None:
        """Check one entry against all that came before it."""
        try:
            self._chain(entry)
            self._action(entry)
            self._book(entry)
            self._pool(entry)
        except TypeError:
            # In a damaged file anything stands anywhere, STRICT or not.
            self.found(entry, "holds what cannot be reckoned with")
            self.no = max(self.no + 1, entry.no if type(entry.no) is int else 0)

    def _chain(self, entry: Entry) -> None:
        if entry.no != self.no + 1:
            self.found(entry, f"comes after {self.no}; entries between are missing")
        if entry.prev != self.hash:
            self.found(entry, "does not follow the entry before it in the chain")
        if hash_of(entry) != entry.hash:
            self.found(entry, "was changed after it was written; its hash does not fit")
            _refuse_impossible(entry)
        if entry.day < self.day:
            self.found(entry, f"its day {entry.day} is before {self.day}")
        if entry.currency != self.shop.currency:
            self.found(entry, f"its currency {entry.currency} is not {self.shop.currency}")
        self.no, self.hash = entry.no, entry.hash
        self.day = max(self.day, _day_after(entry) if entry.kind == Kind.CLOSE else entry.day)

    def _action(self, entry: Entry) -> None:
        if entry.action != self.action:
            self.end_action()
            self.action, self.line = entry.action, 0
        if entry.line != self.line + 1:
            self.found(entry, f"line {self.line + 1} of its action is missing")
        self.line = entry.line
        if entry.kind in _MOVES:
            self.moved[entry.gift] = self.moved.get(entry.gift, 0) + entry.amount_minor

    def end_action(self) -> None:
        """Check what must hold of an action as a whole: moves neither make nor lose money."""
        for gift, amount_minor in self.moved.items():
            if amount_minor:
                self.problems.append(
                    f"entry {self.no}: its action moves gift {gift} and is out by {amount_minor}"
                )
        self.moved.clear()

    def _book(self, entry: Entry) -> None:
        if entry.amount_minor != entry.units * entry.unit_minor:
            self.found(entry, "its amount is not its units times their price")
        book = self.books.get(entry.book)
        if book is None:
            if entry.book != entry.no:
                self.found(entry, f"continues book {entry.book}, which was never opened")
            book = self.books[entry.book] = _Book(_same_in_book(entry))
        book.seq += 1
        book.balance += entry.units
        if entry.seq != book.seq:
            self.found(entry, f"is number {entry.seq} of book {entry.book}, not {book.seq}")
        if entry.balance != book.balance or book.balance < 0:
            self.found(
                entry, f"leaves {entry.balance} in book {entry.book}; it adds up to {book.balance}"
            )
        same = _same_in_book(entry)
        if same != book.same:
            for name, was, now in zip(_BOOK_FIELDS, book.same, same, strict=True):
                if was != now:
                    self.found(entry, f"changes the {name} of book {entry.book}")

    def _pool(self, entry: Entry) -> None:
        if entry.item is None or entry.program is None:
            return
        key = (entry.program, entry.item)
        units, minor = self.pools.get(key, (0, 0))
        units, minor = units + entry.units, minor + entry.amount_minor
        self.pools[key] = (units, minor)
        if (entry.pool_units, entry.pool_minor) != (units, minor):
            self.found(
                entry,
                f"states {entry.pool_units} units and {entry.pool_minor} money in its pool; "
                f"they add up to {units} and {minor}",
            )

    def waiting(self) -> list[tuple[object, ...]]:
        """Return what the table of what waits should hold."""
        return [
            # gift, place, slip, program and item; then units; then unit_minor.
            (self.shop.id, number, *book.same[:5], book.balance, book.same[5])
            for number, book in sorted(self.books.items())
            if book.balance > 0
        ]


def _refuse_impossible(entry: Entry) -> None:
    """Raise TypeError where a field holds what it never can: text for a number, say."""
    for value, holds in zip(entry, get_type_hints(Entry).values(), strict=True):
        if not isinstance(value, holds):
            raise TypeError


def _day_after(entry: Entry) -> str:
    try:
        return (date.fromisoformat(entry.day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return entry.day
