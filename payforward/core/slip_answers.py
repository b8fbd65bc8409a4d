"""What the ledger answers about slips: gifts on paper, and the receipts of givers.

Money is in minor units of the shop's one currency (``*_minor``), days are business days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from payforward.core.codes import Code
    from payforward.core.model import Item, SlipState


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip and what is left on it.

    ``units`` is what it was made for, ``left`` what is left; of money, minor units. ``ended_at``
    and ``ended_till`` say when and where the last of it was used, expired or put back.
    ``number`` and ``of`` are its place among the slips that were handed out with it: 3 of 10.
    """

    slip: int
    gifts: tuple[int, ...]
    item: Item
    units: int
    left: int
    amount_minor: int
    state: SlipState
    issued_on: date
    expires_on: date | None
    partner: str | None
    ended_at: datetime | None
    ended_till: str | None
    giver: str | None
    message: str | None
    head: str
    """The ledger's head, ``NUMBER-8HEX``, right after the slip's newest code was issued."""
    number: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip as it was issued; ``code`` is answered once, and None to a retry."""

    slip: Slip
    code: Code | None


@dataclass(frozen=True, slots=True)
class Issued:
    """Answer to `HandOut`, `MakeSlip` and `Replace`: slips with their codes.

    ``units`` is what was moved to them; of a new code, what is left on the slip. ``waiting``
    counts what still waits of the item on the board.
    """

    action: str
    item: Item
    units: int
    partner: str | None
    slips: tuple[IssuedSlip, ...]
    waiting: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Answer to `TakeBack`: ``units`` of ``item`` are on the board again, from ``slips``."""

    action: str
    item: Item
    units: int
    slips: tuple[int, ...]
    waiting: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a giver's receipt code tells: nothing of who enjoyed it, and no hour.

    ``enjoyed`` counts units that were handed over before today, to whoever asked or to a
    partner; of money, minor units.
    """

    gift: int
    item: Item
    units: int
    enjoyed: int
    given_on: date
