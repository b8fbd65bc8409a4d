"""Slips whose last day is over: what is left on them goes to the board, never to the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from db.entries import entry_by_no
from db.moving import to_board
from db.picker import units_of_slip
from db.requests import ExpireSlips
from db.slips import is_past
from payforward.core.errors import Refused
from payforward.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.append import Line
    from db.connection import LedgerFile
    from db.moment import Moment
    from payforward.core.model import Shop

BATCH: Final = 500
"""Slips that expire in one action: the tills wait no longer than for that."""

DUE_SLIPS: Final = """
    SELECT DISTINCT waiting.slip
    FROM waiting
    JOIN entry ON entry.shop = waiting.shop AND entry.no = waiting.book
    WHERE waiting.shop = :shop
    AND waiting.slip IS NOT NULL
    AND entry.expires < :day
    ORDER BY waiting.slip
"""

NEWEST_OF_SLIP: Final = """
    SELECT max(no)
    FROM entry
    WHERE shop = :shop
    AND slip = :slip
"""


class NothingDue(Refused):
    """Another till was quicker, or something moved what was left; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("No slip has run out.", reason="nothing-due")


def due_slips(moment: Moment) -> list[int]:
    """Return the slips whose last day is over, though something is left on them."""
    parameters = {"shop": moment.shop.id, "day": moment.day.isoformat()}
    return [row["slip"] for row in moment.file.read(DUE_SLIPS, parameters)]


def ask_for(file: LedgerFile, shop: Shop, slips: Sequence[int]) -> ExpireSlips:
    """Return what the calendar asks: its id says which slips and how they stand.

    So two tills that see the same ask for the same action, which is done once; and a slip that
    is given something back after it expired can expire again.
    """
    stand = [
        f"{slip}:{file.read(NEWEST_OF_SLIP, {'shop': shop.id, 'slip': slip})[0][0]}"
        for slip in slips
    ]
    name = f"payforward expire {shop.id} {' '.join(stand)}"
    return ExpireSlips(action=str(uuid5(NAMESPACE_URL, name)), slips=tuple(slips))


def plan_expire(moment: Moment, ask: ExpireSlips) -> list[Line]:
    """Return the lines that move what is left on the slips to the board.

    Raises:
        NothingDue: none of them is due any more.
    """
    due = [slip for slip in ask.slips if _is_due(moment, slip)]
    if not due:
        raise NothingDue
    return to_board(moment, Kind.EXPIRE, due)


def _is_due(moment: Moment, slip: int) -> bool:
    first = entry_by_no(moment.file, moment.shop.id, slip)
    if first is None or not is_past(first.expires, moment.day.isoformat()):
        return False
    return units_of_slip(moment.file, moment.shop.id, slip) > 0
