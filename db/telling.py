"""What every answer is told with: the items, the programs, the codes of the call that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import names
from db.picker import waiting_units
from db.programs import program_of
from payforward.core.model import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from db.connection import LedgerFile
    from db.issuing import Issuing
    from payforward.core.codes import Code
    from payforward.core.model import Entry, Item, Shop
    from payforward.core.programs import Program


class Telling:
    """Knows what an action's entries name; the caller holds a snapshot.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item that ever was, by number.
        today: Answers today's business day; only slips need it.
        repeated: Whether the action had been done before.
        issuing: The codes that this very call made, if it makes any.
    """

    def __init__(
        self,
        file: LedgerFile,
        shop: Shop,
        items: Mapping[int, Item],
        today: Callable[[], date],
        *,
        repeated: bool,
        issuing: Issuing | None = None,
    ) -> None:
        self._file = file
        self._shop = shop
        self._items = items
        self._today = today
        self._repeated = repeated
        self._issuing = issuing
        self._program_names: dict[int, str] | None = None

    def _codes(self, digest: bytes | None) -> Code | None:
        return None if self._issuing is None else self._issuing.told(digest)

    def _item(self, entry: Entry) -> Item:
        assert entry.item is not None
        return self._items[entry.item]

    def _waiting(self, entry: Entry) -> int:
        """Return what now waits of an entry's item, on the board or in what holds it."""
        assert entry.item is not None
        shop = self._shop.id
        if entry.place != Place.HELD:
            return waiting_units(self._file, shop, entry.item)
        return waiting_units(self._file, shop, entry.item, place=Place.HELD, program=entry.program)

    def _program(self, entry: Entry) -> Program:
        assert entry.program is not None
        return program_of(self._file, self._shop.id, entry.program)

    def _program_name(self, entry: Entry) -> str:
        if self._program_names is None:
            shop = self._shop.id
            self._program_names = names.names(self._file, names.PROGRAM_NAMES, shop)
        assert entry.program is not None
        return self._program_names[entry.program]
