"""Manifests: what left the shop for a partner, told by the entries of the action alone.

So a retry hears what the first try did, and a manifest printed again months later lists the same.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Final

from db import names
from db.chain import head_text
from db.entries import entries_of_action, entry_by_no
from db.picker import waiting_units
from db.programs import program_of, read_programs
from payforward.core.clock import parse_utc_text
from payforward.core.errors import Refused
from payforward.core.model import Kind, Place, Tender
from payforward.core.program_answers import HandedOver, Waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Item, Shop
    from payforward.core.programs import Program

# The kinds are spelled as in the index of deliveries, else it is not used.
DELIVERED_BEFORE: Final = """
    SELECT no, action
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind IN ('deliver', 'pass_on')
    AND undoes IS NULL
    AND (:partner IS NULL OR +partner = :partner)
    ORDER BY no DESC
"""

TAKEN_BACK: Final = """
    SELECT done.item, CAST(sum(undo.units) AS BIGINT) AS units,
      CAST(sum(undo.amount_minor) AS BIGINT) AS amount_minor
    FROM entry AS done
    JOIN entry AS undo ON undo.shop = done.shop AND undo.book = done.book AND undo.undoes = done.no
    WHERE done.shop = :shop
    AND done.action = :action
    AND (:program IS NULL OR done.program = :program)
    GROUP BY done.item
    ORDER BY min(done.no)
"""

_KINDS: Final = frozenset({Kind.DELIVER, Kind.PASS_ON})


class Manifests:
    """Reads manifests; the caller holds a snapshot or the write lock for as long as this is used.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item that ever was, by number.
    """

    def __init__(self, file: LedgerFile, shop: Shop, items: Mapping[int, Item]) -> None:
        self._file = file
        self._shop = shop
        self._items = items
        self._partners: dict[int, str] | None = None

    def one(self, number: int) -> HandedOver:
        """Return the manifest of a number.

        Raises:
            Refused: there is none.
        """
        entry = entry_by_no(self._file, self._shop.id, number)
        if entry is not None and entry.kind in _KINDS and entry.undoes is None:
            entries = self._entries(entry.action)
            if entries[0].no == number:
                return self.told(entries)
        raise Refused(
            f"There is no manifest {number}: see what was delivered.", reason="unknown-manifest"
        )

    def newest(self, program: int | None, partner: int | None, most: int) -> list[HandedOver]:
        """Return what left, of one program or all, to one partner or all; the newest first.

        Of surplus that was of several programs, only what was of that one is told.
        """
        programs = [each.id for each in read_programs(self._file, self._shop.id)]
        wanted = [each for each in programs if program in (None, each)]
        found = merge(*(self._before(each, partner) for each in wanted), reverse=True)
        actions = islice(_distinct(action for _, action in found), most)
        return [self.told(self._entries(action), program) for action in actions]

    def told(
        self, entries: Sequence[Entry], program: int | None = None, *, repeated: bool = False
    ) -> HandedOver:
        """Return what an action's entries say that left, of one program or all."""
        first, last = entries[0], entries[-1]
        assert first.partner is not None
        own = [entry for entry in entries if program in (None, entry.program)]
        back = self._came_back(first.action, program)
        tender = next((e.tender for e in own if e.tender is not None), None)
        return HandedOver(
            number=first.no,
            action=first.action,
            programs=self._programs(own),
            partner=self._partner(first.partner),
            lines=self._lines(own),
            tender=None if tender is None else Tender(tender),
            day=date.fromisoformat(first.day),
            at=parse_utc_text(first.at),
            head=head_text(last.no, last.hash),
            left=self._left(own),
            taken_back=sum(each.units for each in back),
            came_back=back,
            repeated=repeated,
        )

    def _programs(self, entries: Sequence[Entry]) -> tuple[Program, ...]:
        numbers = dict.fromkeys(e.program for e in entries if e.program is not None)
        return tuple(program_of(self._file, self._shop.id, number) for number in numbers)

    def _came_back(self, action: str, program: int | None) -> tuple[Waits, ...]:
        parameters = {"shop": self._shop.id, "action": action, "program": program}
        rows = self._file.read(TAKEN_BACK, parameters)
        return tuple(
            Waits(self._items[row["item"]], row["units"], row["amount_minor"]) for row in rows
        )

    def _lines(self, entries: Sequence[Entry]) -> tuple[Waits, ...]:
        units: Counter[int] = Counter()
        amounts: Counter[int] = Counter()
        for entry in entries:
            assert entry.item is not None
            units[entry.item] -= entry.units
            amounts[entry.item] -= entry.amount_minor
        return tuple(Waits(self._items[i], units[i], amounts[i]) for i in units)

    def _left(self, entries: Sequence[Entry]) -> int:
        """Return what now waits of all those items where they were, of those programs."""
        pools = {(e.program, e.item, e.place) for e in entries}
        return sum(
            waiting_units(self._file, self._shop.id, item, place=Place(place), program=program)
            for program, item, place in pools
            if item is not None and place is not None
        )

    def _before(self, program: int, partner: int | None) -> Iterator[tuple[int, str]]:
        parameters = {"shop": self._shop.id, "program": program, "partner": partner}
        for row in self._file.read_each(DELIVERED_BEFORE, parameters):
            yield row["no"], row["action"]

    def _entries(self, action: str) -> tuple[Entry, ...]:
        found = entries_of_action(self._file, self._shop.id, action)
        return tuple(entry for entry in found if entry.kind in _KINDS)

    def _partner(self, number: int) -> str:
        if self._partners is None:
            self._partners = names.names(self._file, names.PARTNER_NAMES, self._shop.id)
        return self._partners[number]


def _distinct(actions: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for action in actions:
        if action not in seen:
            seen.add(action)
            yield action
