"""Slips as their entries tell them: what is on one, what is left, what became of it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from db import names, words
from db.chain import head_text
from db.entries import ALL_COLUMNS, to_entries
from payforward.core.clock import parse_utc_text
from payforward.core.model import Kind, SlipState
from payforward.core.slip_answers import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Item, Shop

ENTRIES_OF_SLIPS: Final = f"""
    SELECT {ALL_COLUMNS}
    FROM entry
    WHERE shop = :shop
    AND slip >= :first
    AND slip <= :last
    ORDER BY slip, no
"""  # noqa: S608 - the names are this program's own

ENTRY_OF_CODE: Final = """
    SELECT no, slip
    FROM entry
    WHERE shop = :shop
    AND code = :code
"""

NEXT_CODE_OF_SLIP: Final = """
    SELECT entry.at, till.name
    FROM entry
    JOIN till ON till.shop = entry.shop AND till.till = entry.till
    WHERE entry.shop = :shop
    AND entry.slip = :slip
    AND entry.no > :no
    AND entry.code IS NOT NULL
    ORDER BY entry.no
    LIMIT 1
"""

SLIPS_BEFORE: Final = """
    SELECT slip
    FROM entry
    WHERE shop = :shop
    AND slip = no
    AND no < :before
    ORDER BY no DESC
"""

SLIPS_OF_PARTNER_BEFORE: Final = """
    SELECT DISTINCT slip
    FROM entry
    WHERE shop = :shop
    AND partner = :partner
    AND slip IS NOT NULL
    AND slip < :before
    ORDER BY slip DESC
"""

WAITING_SLIPS_BEFORE: Final = """
    SELECT DISTINCT slip
    FROM waiting
    WHERE shop = :shop
    AND slip IS NOT NULL
    AND slip < :before
    ORDER BY slip DESC
"""

WAITING_SLIPS_OF_GIFT: Final = """
    SELECT DISTINCT slip
    FROM waiting
    WHERE shop = :shop
    AND gift = :gift
    AND slip IS NOT NULL
    ORDER BY slip
"""

# An action's entries follow one another, so that only its slips are between its own numbers.
SLIPS_BETWEEN: Final = """
    SELECT no
    FROM entry
    WHERE shop = :shop
    AND slip = no
    AND no >= :first
    AND no <= :last
    ORDER BY no
"""

LAST_LINE: Final = """
    SELECT max(line)
    FROM entry
    WHERE shop = :shop
    AND action = :action
"""

BEYOND: Final = 2**62
"""More than the number of any entry."""

_ENDS: Final = {
    Kind.REDEEM: SlipState.USED,
    Kind.EXPIRE: SlipState.EXPIRED,
    Kind.REFUND: SlipState.REFUNDED,
}
"""What a slip is when this was the last of it; all else, also the undo of what made it, put it
back by hand."""


def slips_made_with(file: LedgerFile, entry: Entry) -> list[int]:
    """Return the numbers of all slips that the action of ``entry`` made, in order."""
    last = file.read_one(LAST_LINE, {"shop": entry.shop, "action": entry.action})
    assert last is not None
    first = entry.no - entry.line + 1
    parameters = {"shop": entry.shop, "first": first, "last": first + last[0] - 1}
    return [row[0] for row in file.read_plain(SLIPS_BETWEEN, parameters)]


class Slips:
    """Reads slips; the caller holds a snapshot or the write lock for as long as this is used.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item that ever was, by number.
        day: Today's business day.
    """

    def __init__(self, file: LedgerFile, shop: Shop, items: Mapping[int, Item], day: date) -> None:
        self._file = file
        self._shop = shop
        self._items = items
        self._day = day.isoformat()
        self._tills: dict[int, str] | None = None
        self._partners: dict[int, str] | None = None
        self._made: dict[str, list[int]] = {}

    def one(self, number: int) -> Slip | None:
        """Return the slip of a number, or None."""
        return self.between(number, number).get(number)

    def between(self, first: int, last: int) -> dict[int, Slip]:
        """Return all slips from one number to another, by number."""
        parameters = {"shop": self._shop.id, "first": first, "last": last}
        entries = to_entries(self._file.read(ENTRIES_OF_SLIPS, parameters))
        each = groupby(entries, attrgetter("slip"))
        return {number: self._told(list(of_slip)) for number, of_slip in each}

    def newest(
        self, state: SlipState | None, partner: int | None, before: int | None
    ) -> Iterator[Slip]:
        """Yield slips, the newest first, for readers that stop when they have enough."""
        statement = SLIPS_BEFORE
        if partner is not None:
            statement = SLIPS_OF_PARTNER_BEFORE
        elif state is SlipState.WAITING:
            statement = WAITING_SLIPS_BEFORE
        parameters = {
            "shop": self._shop.id,
            "partner": partner,
            "before": BEYOND if before is None else before,
        }
        for (number,) in self._file.read_each(statement, parameters):
            slip = self.one(number)
            if slip is not None and state in (None, slip.state):
                yield slip

    def waiting_of_gift(self, gift: int) -> tuple[int, ...]:
        """Return the numbers of the slips on which something of a gift waits."""
        rows = self._file.read(WAITING_SLIPS_OF_GIFT, {"shop": self._shop.id, "gift": gift})
        return tuple(row["slip"] for row in rows)

    def _told(self, entries: Sequence[Entry]) -> Slip:
        first = entries[0]
        assert first.slip is not None
        assert first.item is not None
        opened = [entry for entry in entries if entry.seq == 1]
        left = sum({entry.book: entry.balance for entry in entries}.values())
        ended = None if left else next(entry for entry in reversed(entries) if entry.units)
        issued = next((entry for entry in reversed(entries) if entry.code is not None), first)
        said = words.words_of(self._file, self._shop.id, first.gift)
        with_it = self._made_with(first)
        return Slip(
            slip=first.slip,
            gifts=tuple(dict.fromkeys(entry.gift for entry in opened)),
            item=self._items[first.item],
            units=sum(entry.units for entry in opened),
            left=left,
            amount_minor=sum(entry.amount_minor for entry in opened),
            state=self._state(first, ended),
            issued_on=date.fromisoformat(first.day),
            expires_on=None if first.expires is None else date.fromisoformat(first.expires),
            partner=None if first.partner is None else self._partner(first.partner),
            ended_at=None if ended is None else parse_utc_text(ended.at),
            ended_till=None if ended is None else self._till(ended.till),
            giver=said.get(words.GIVER),
            message=said.get(words.MESSAGE),
            head=head_text(issued.no, issued.hash),
            number=bisect_right(with_it, first.slip),
            of=len(with_it),
        )

    def _made_with(self, first: Entry) -> list[int]:
        """Return the slips of the action that made one, which is asked once for all of them."""
        assert first.slip is not None
        if first.kind != Kind.HAND_OUT:
            return [first.slip]
        if first.action not in self._made:
            self._made[first.action] = slips_made_with(self._file, first)
        return self._made[first.action]

    def _state(self, first: Entry, ended: Entry | None) -> SlipState:
        if ended is not None:
            return _ENDS.get(Kind(ended.kind), SlipState.WITHDRAWN)
        if is_past(first.expires, self._day):
            return SlipState.EXPIRED
        return SlipState.WAITING

    def _till(self, number: int) -> str:
        if self._tills is None:
            self._tills = names.names(self._file, names.TILL_NAMES, self._shop.id)
        return self._tills[number]

    def _partner(self, number: int) -> str:
        if self._partners is None:
            self._partners = names.names(self._file, names.PARTNER_NAMES, self._shop.id)
        return self._partners[number]


def is_past(expires: str | None, day: str) -> bool:
    """Return whether a slip's last day is over, both as ISO 8601."""
    return expires is not None and expires < day
