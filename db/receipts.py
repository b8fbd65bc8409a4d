"""Receipts: a gift's other code, for its giver, which can only look."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from db.entries import ENTRIES_OF_GIFT, to_entries
from payforward.core.model import Kind
from payforward.core.slip_answers import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop

INSERT_RECEIPT: Final = """
    INSERT INTO receipt (shop, gift, code, issued_at)
    VALUES (:shop, :gift, :code, :at)
"""

RECEIPTS_OF_GIFT: Final = """
    SELECT code
    FROM receipt
    WHERE shop = :shop
    AND gift = :gift
"""

GIFT_OF_RECEIPT: Final = """
    SELECT gift
    FROM receipt
    WHERE shop = :shop
    AND code = :code
"""


def gift_of_receipt(file: LedgerFile, shop: int, digest: bytes) -> int | None:
    """Return the gift whose receipt has a code of this digest."""
    row = file.read_one(GIFT_OF_RECEIPT, {"shop": shop, "code": digest})
    return None if row is None else int(row["gift"])


def read_receipt(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], day: date, gift: int
) -> Receipt:
    """Return what the receipt of a gift tells; the caller holds a snapshot.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item that ever was, by number.
        day: Today's business day: what is enjoyed today is told tomorrow.
        gift: Its number.
    """
    entries = to_entries(file.read(ENTRIES_OF_GIFT, {"shop": shop.id, "gift": gift}))
    first = entries[0]
    assert first.item is not None
    today = day.isoformat()
    # What partners received was enjoyed as well.
    went = (Kind.REDEEM, Kind.DELIVER, Kind.PASS_ON)
    return Receipt(
        gift=gift,
        item=items[first.item],
        units=sum(entry.units for entry in entries if entry.kind == Kind.GIVE),
        enjoyed=-sum(e.units for e in entries if e.kind in went and e.day < today),
        given_on=date.fromisoformat(first.day),
    )
