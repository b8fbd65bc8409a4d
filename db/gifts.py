"""Gifts by number: what somebody gave, as opposed to what the house set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.entries import entry_by_no
from payforward.core.errors import Refused
from payforward.core.model import ItemKind, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Item


def first_of_gift(
    file: LedgerFile, shop: int, items: Mapping[int, Item], number: int
) -> tuple[Entry, Item]:
    """Return the entry that began a gift, and what was given.

    Raises:
        Refused: there is no gift of that number; servings of the house are none.
    """
    first = entry_by_no(file, shop, number)
    if first is not None and first.gift == first.no and first.kind == Kind.GIVE:
        assert first.item is not None
        item = items[first.item]
        if item.kind is not ItemKind.SERVING:
            return first, item
    raise Refused(
        f"There is no gift {number}: the entries name gifts by number.", reason="unknown-gift"
    )
