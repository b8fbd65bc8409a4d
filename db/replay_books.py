"""The books of a shop replayed: each adds up, and belongs to its gift and its slip."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from payforward.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from payforward.core.model import Entry

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
_GIVEN: Final = frozenset({Kind.GIVE, Kind.BUDGET})

_same_in_book = attrgetter(*_BOOK_FIELDS)
_priced = attrgetter("program", "item", "unit_minor")


@dataclass(slots=True)
class _Book:
    """What replaying knows of one book so far; a ledger has hundreds of thousands."""

    same: tuple[object, ...]
    """What each entry of the book must state alike: `_BOOK_FIELDS`."""
    seq: int = 0
    balance: int = 0


class Books:
    """Every book as its entries make it.

    Args:
        found: Called with an entry and what is wrong with it.
    """

    def __init__(self, found: Callable[[Entry, str], None]) -> None:
        self._found = found
        self._books: dict[int, _Book] = {}
        self._more: dict[int, set[tuple[object, ...]]] = {}
        """Program, item and price of a gift's books after its first."""
        self.action_from = 0
        """The first entry of the action that is being replayed."""
        self.uses: set[tuple[int | None, int | None, str | None, bool]] = set()
        """Which program, item, place, and whether a unit is one minor unit, ever met."""

    def step(self, entry: Entry) -> None:
        """Check one entry against its book so far."""
        if entry.amount_minor != entry.units * entry.unit_minor:
            self._found(entry, "its amount is not its units times their price")
        same = _same_in_book(entry)
        book = self._books.get(entry.book)
        if book is None:
            book = self._books[entry.book] = _Book(same)
            self._check_opening(entry)
        elif entry.undoes is None and entry.kind in _GIVEN:
            self._found(entry, f"gives into book {entry.book}, which is another entry's")
        book.seq += 1
        book.balance += entry.units
        if entry.seq != book.seq:
            self._found(entry, f"is number {entry.seq} of book {entry.book}, not {book.seq}")
        if entry.balance != book.balance or book.balance < 0:
            self._found(
                entry, f"leaves {entry.balance} in book {entry.book}; it adds up to {book.balance}"
            )
        if same != book.same:
            for name, was, now in zip(_BOOK_FIELDS, book.same, same, strict=True):
                if was != now:
                    self._found(entry, f"changes the {name} of book {entry.book}")

    def waiting(self) -> Iterator[tuple[object, ...]]:
        """Yield book, gift, place, slip, program, item, units and price of all that waits."""
        for number, book in sorted(self._books.items()):
            if book.balance > 0:
                yield (number, *book.same[:5], book.balance, book.same[5])

    def _check_opening(self, entry: Entry) -> None:
        if entry.book != entry.no:
            self._found(entry, f"continues book {entry.book}, which was never opened")
        elif not self._is_of_its_gift(entry):
            self._found(entry, f"its book does not belong to gift {entry.gift}")
        if entry.slip is not None and entry.slip != entry.no:
            begun = self._books.get(entry.slip)
            if begun is None or begun.same[2] != entry.slip:
                self._found(entry, f"is of slip {entry.slip}, which was never begun")
        if entry.item is not None:
            self.uses.add((entry.program, entry.item, entry.place, entry.unit_minor == 1))

    def _is_of_its_gift(self, entry: Entry) -> bool:
        if entry.item is None:
            return entry.gift == entry.no
        if entry.gift == entry.no:
            return entry.kind in _GIVEN
        first = self._books.get(entry.gift)
        if first is None or first.same[0] != entry.gift or first.same[3] != entry.program:
            return False
        if entry.kind in _GIVEN:
            self._more.setdefault(entry.gift, set()).add(_priced(entry))
            return entry.gift >= self.action_from
        return first.same[3:6] == _priced(entry) or _priced(entry) in self._more.get(entry.gift, ())
