"""Every entry of a shop replayed in order, without believing any stored total."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, get_type_hints

from db.chain import FIRST_DAY, GENESIS, day_after, hash_of
from db.replay_books import Books
from db.replay_closes import ClosesReplayed
from db.replay_slips import SlipsReplayed
from payforward.core.model import Entry, Kind

if TYPE_CHECKING:
    from payforward.core.model import Shop


_MOVES: Final = frozenset({Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE})
_TO_PARTNERS: Final = _MOVES | {Kind.PASS_ON, Kind.DELIVER}


@dataclass
class Replay:
    """What replaying a shop's entries in order knows so far; `problems` grows as it goes.

    Args:
        shop: Whose they are.
    """

    shop: Shop
    problems: list[str] = field(default_factory=list)
    books: Books = field(init=False)
    slips: SlipsReplayed = field(init=False)
    closes: ClosesReplayed = field(default_factory=ClosesReplayed)
    pools: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    no: int = 0
    hash: bytes = GENESIS
    day: str = FIRST_DAY
    """The earliest day of the next entry, as the head states it."""
    action: str = ""
    line: int = 0
    did: set[tuple[int, str]] = field(default_factory=set)
    """Which kinds of entry each program ever had."""
    moved: dict[tuple[int, int | None], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the books' and slips' problems with all others."""
        self.books = Books(self.found)
        self.slips = SlipsReplayed(self.found)

    def found(self, entry: Entry, what: str) -> None:
        """Note a problem of one entry."""
        self.problems.append(f"entry {entry.no}: {what}")

    def step(self, entry: Entry) -> None:
        """Check one entry against all that came before it."""
        try:
            self._chain(entry)
            self._action(entry)
            self.books.step(entry)
            if entry.slip is not None or entry.code is not None:
                self.slips.step(entry)
            if entry.tender is not None or entry.kind == Kind.CLOSE:
                self.closes.step(entry)
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
        try:
            digest = hash_of(entry)
        except KeyError:
            self.found(entry, f"is of version {entry.version}, which this program does not know")
        else:
            if digest != entry.hash:
                self.found(entry, "was changed after it was written; its hash does not fit")
                _refuse_impossible(entry)
        if entry.day < self.day:
            self.found(entry, f"its day {entry.day} is before {self.day}")
        if entry.currency != self.shop.currency:
            self.found(entry, f"its currency {entry.currency} is not {self.shop.currency}")
        self.no, self.hash = entry.no, entry.hash
        self.day = max(self.day, day_after(entry.kind, entry.day))

    def _action(self, entry: Entry) -> None:
        if entry.action != self.action:
            self.end_action()
            self.action, self.line = entry.action, 0
            self.books.action_from = entry.no
        if entry.line != self.line + 1:
            self.found(entry, f"line {self.line + 1} of its action is missing")
        self.line = entry.line
        if entry.partner is not None and entry.kind not in _TO_PARTNERS:
            self.found(entry, f"is a {entry.kind} and names a partner")
        if entry.kind in _MOVES:
            units, minor = self.moved.get((entry.gift, entry.item), (0, 0))
            moved = (units + entry.units, minor + entry.amount_minor)
            self.moved[entry.gift, entry.item] = moved

    def end_action(self) -> None:
        """Check what must hold of an action as a whole: moves make nothing and lose nothing."""
        for (gift, item), (units, minor) in self.moved.items():
            if units or minor:
                self.problems.append(
                    f"entry {self.no}: its action moves item {item} of gift {gift} and is out by "
                    f"{units} units and {minor} money"
                )
        self.moved.clear()

    def _pool(self, entry: Entry) -> None:
        if entry.item is None or entry.program is None:
            return
        self.did.add((entry.program, entry.kind))
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
        return [(self.shop.id, *row) for row in self.books.waiting()]


def _refuse_impossible(entry: Entry) -> None:
    """Raise TypeError where a field holds what it never can: text for a number, say."""
    for value, holds in zip(entry, get_type_hints(Entry).values(), strict=True):
        if not isinstance(value, holds):
            raise TypeError
