"""The slips of a shop replayed: each is one, and has a code for as long as it lives."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from payforward.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.model import Entry

# Not the program: the oldest gifts fill a slip, whosever they are, and each book is of its gift's.
_SLIP_FIELDS: Final = ("action", "expires")

_same_in_slip = attrgetter(*_SLIP_FIELDS)


@dataclass(slots=True)
class _Slip:
    """What replaying knows of one slip so far."""

    same: tuple[object, ...]
    """What each book of the slip must open with alike: `_SLIP_FIELDS`."""
    left: int = 0


class SlipsReplayed:
    """Every slip as its entries make it.

    Args:
        found: Called with an entry and what is wrong with it.
    """

    def __init__(self, found: Callable[[Entry, str], None]) -> None:
        self._found = found
        self._slips: dict[int, _Slip] = {}
        self.codes: dict[bytes, int] = {}
        """The entry that bears each code."""

    def step(self, entry: Entry) -> None:
        """Check one entry that names a slip or bears a code against all before it."""
        begins = entry.slip == entry.no
        if begins:
            self._slips[entry.no] = _Slip(_same_in_slip(entry))
        self._check_code(entry, begins=begins)
        slip = None if entry.slip is None else self._slips.get(entry.slip)
        if slip is None:
            return
        if entry.seq == 1:
            for name, was, now in zip(_SLIP_FIELDS, slip.same, _same_in_slip(entry), strict=True):
                if was != now:
                    self._found(entry, f"opens a book of slip {entry.slip} with another {name}")
        if entry.kind == Kind.REPLACE and slip.left <= 0:
            self._found(entry, f"gives slip {entry.slip} a new code, but nothing is left on it")
        slip.left += entry.units

    def _check_code(self, entry: Entry, *, begins: bool) -> None:
        if entry.code is None:
            if begins:
                self._found(entry, "begins a slip without a code")
            return
        if not begins and entry.kind != Kind.REPLACE:
            self._found(entry, "bears a code, though it issues none")
        first = self.codes.setdefault(entry.code, entry.no)
        if first != entry.no:
            self._found(entry, f"bears the code of entry {first}")
