"""Batches: slips that a partner took at one time, and what of them came back; never from whom."""

from __future__ import annotations

from datetime import date
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from db import names
from db.entries import entry_by_no
from db.slips import slips_made_with
from payforward.core.errors import Refused
from payforward.core.model import Kind
from payforward.core.program_answers import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Item, Shop

SLIPS_OF_PARTNER: Final = """
    SELECT no, action
    FROM entry
    WHERE shop = :shop
    AND partner = :partner
    AND kind = 'hand_out'
    AND slip = no
    ORDER BY no DESC
"""

# Whatever else moved units off these slips, put them back on the board.
CAME_OF_BATCH: Final = """
    SELECT count(*) AS slips,
      CAST(sum(CASE WHEN units > 0 THEN 1 ELSE 0 END) AS BIGINT) AS slips_waiting,
      CAST(sum(made) AS BIGINT) AS units,
      CAST(sum(used) AS BIGINT) AS used,
      CAST(sum(expired) AS BIGINT) AS expired,
      CAST(sum(refunded) AS BIGINT) AS refunded,
      CAST(sum(units) AS BIGINT) AS remaining
    FROM (
      SELECT sum(units) AS units,
        sum(CASE WHEN kind = 'hand_out' AND undoes IS NULL THEN units ELSE 0 END) AS made,
        -sum(CASE WHEN kind = 'redeem' THEN units ELSE 0 END) AS used,
        -sum(CASE WHEN kind = 'expire' THEN units ELSE 0 END) AS expired,
        -sum(CASE WHEN kind = 'refund' THEN units ELSE 0 END) AS refunded
      FROM entry
      WHERE shop = :shop
      AND slip >= :first
      AND slip <= :last
      GROUP BY slip
    ) AS of_slip
"""


class Batches:
    """Reads batches; the caller holds a snapshot for as long as this is used.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item that ever was, by number.
    """

    def __init__(self, file: LedgerFile, shop: Shop, items: Mapping[int, Item]) -> None:
        self._file = file
        self._shop = shop
        self._items = items
        self._partners = names.names(file, names.PARTNER_NAMES, shop.id)

    def one(self, number: int) -> Batch:
        """Return the batch of a number.

        Raises:
            Refused: there is none.
        """
        entry = entry_by_no(self._file, self._shop.id, number)
        if (
            entry is not None
            and entry.kind == Kind.HAND_OUT
            and entry.partner is not None
            and entry.slip == number
        ):
            slips = slips_made_with(self._file, entry)
            if slips[0] == number:
                return self._told(entry, slips[-1])
        raise Refused(f"There is no batch {number}: see the batches.", reason="unknown-batch")

    def newest(self, partner: int | None, most: int) -> list[Batch]:
        """Return what one partner took, or all of them; the newest first."""
        wanted = [each for each in self._partners if partner in (None, each)]
        found = merge(*(self._slips(each) for each in wanted), reverse=True)
        batches = []
        for _, of_action in islice(groupby(found, lambda slip: slip[1]), most):
            slips = [no for no, _ in of_action]
            first = entry_by_no(self._file, self._shop.id, slips[-1])
            assert first is not None
            batches.append(self._told(first, slips[0]))
        return batches

    def _slips(self, partner: int) -> Iterator[tuple[int, str]]:
        parameters = {"shop": self._shop.id, "partner": partner}
        for row in self._file.read_each(SLIPS_OF_PARTNER, parameters):
            yield row["no"], row["action"]

    def _told(self, first: Entry, last_slip: int) -> Batch:
        assert first.item is not None
        assert first.partner is not None
        parameters = {"shop": self._shop.id, "first": first.no, "last": last_slip}
        came = self._file.read_one(CAME_OF_BATCH, parameters)
        assert came is not None
        units, left = came["units"], came["remaining"]
        used, expired, refunded = came["used"], came["expired"], came["refunded"]
        return Batch(
            batch=first.no,
            action=first.action,
            partner=self._partners[first.partner],
            item=self._items[first.item],
            day=date.fromisoformat(first.day),
            slips=came["slips"],
            slips_waiting=came["slips_waiting"],
            units=units,
            used=used,
            back=units - used - expired - refunded - left,
            expired=expired,
            refunded=refunded,
            left=left,
        )
