"""What may be asked of the ledger, with words made safe as they come in.

Money is in minor units of the shop's one currency (``*_minor``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.model import PaidFrom, Tender
from payforward.core.text import clean_giver, clean_message, clean_receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.codes import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """Ask: put ``units`` of an item aside; for money, ``units`` is the amount in minor units.

    ``paid_minor`` is what was paid for all of them; the menu's price without it. With ``voucher``
    they wait on a slip of paper instead of on the board. Words are made
    safe here, once, whoever asks.

    Raises:
        BadInput: words that are too long.
    """

    action: str
    item: int
    units: int
    paid_minor: int | None = None
    tender: Tender = Tender.CASH
    till_receipt: str | None = None
    program: int | None = None
    giver: str | None = None
    message: str | None = None
    voucher: bool = False

    def __post_init__(self) -> None:
        """Make the words safe."""
        _make_safe(self, "giver", clean_giver)
        _make_safe(self, "message", clean_message)
        _make_safe(self, "till_receipt", clean_receipt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    """Ask: hand ``units`` of an item over.

    ``substitute`` names the item that pays where ``paid_from`` is the group; without it the
    whole group pays, oldest gift first. ``program`` names the one program whose gifts pay;
    without it those of all that are on the board do.
    """

    action: str
    item: int
    units: int = 1
    paid_from: PaidFrom = PaidFrom.BOARD
    substitute: int | None = None
    program: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Ask: mirror another action's entries, all of them or ``units`` of what it moved.

    For a redemption ``units`` counts what was handed over; for a gift of money, minor units.
    What was done on another day is mirrored only with ``of_other_day``; the mirror counts today.
    """

    action: str
    undoes: str
    units: int | None = None
    reason: str | None = None
    of_other_day: bool = False

    def __post_init__(self) -> None:
        """Make the words safe."""
        _make_safe(self, "reason", clean_message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Ask: give money back for what still waits of a gift, all of it or ``units``."""

    action: str
    gift: int
    units: int | None = None
    tender: Tender | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        """Make the words safe."""
        _make_safe(self, "reason", clean_message)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemSlip:
    """Ask: hand over ``units`` of what a slip holds.

    ``item`` says what is served where the slip holds money, or is of the same group; without it
    that is what the slip is for.
    """

    action: str
    code: Code
    item: int | None = None
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Ask: give a slip a new code; the old one dies. ``slip`` is its number."""

    action: str
    slip: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut:
    """Ask: move ``slips`` times ``units_each`` of an item from the board to as many slips.

    For money ``units_each`` is minor units. The oldest gifts go first; ``program`` says whose
    gifts they are, all programs' without it.
    """

    action: str
    item: int
    slips: int = 1
    units_each: int = 1
    partner: int | None = None
    program: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeSlip:
    """Ask: move what waits of one gift on the board to one slip, all of it or ``units``."""

    action: str
    gift: int
    units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Ask: put what is left on slips back on the board; ``slips`` are their numbers."""

    action: str
    slips: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAway:
    """Ask: hand ``units`` of an item over that the house pays for.

    ``program`` is the giveaway; its budget counts servings.
    """

    action: str
    item: int
    program: int
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Ask: take ``units`` of a drive's goods in."""

    action: str
    item: int
    program: int
    units: int = 1
    giver: str | None = None
    message: str | None = None

    def __post_init__(self) -> None:
        """Make the words safe."""
        _make_safe(self, "giver", clean_giver)
        _make_safe(self, "message", clean_message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """Ask: bring a partner what a drive has collected, or what is in a charity's jar.

    Args:
        action: Its id.
        program: The drive or the jar.
        partner: Who receives it.
        parts: Goods by number and how many of each, or the money and its minor units; without
            it all that is there.
        tender: How money is handed over; goods have none.
    """

    action: str
    program: int
    partner: int
    parts: tuple[tuple[int, int], ...] | None = None
    tender: Tender = Tender.CASH


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """Ask: let ``units`` on the board go to another shop or charity, with their money.

    Of the fund, ``units`` is minor units. The oldest gifts go first. ``tender`` says how the
    money goes along; ``program`` whose gifts they are, all programs' without it.
    """

    action: str
    item: int
    partner: int
    units: int = 1
    tender: Tender = Tender.CASH
    program: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAsked:
    """Ask: note that somebody asked for ``units`` of an item and none was waiting.

    It moves nothing and says nothing of who asked; the owner learns what is missed.
    """

    action: str
    item: int
    units: int = 1


def _make_safe(ask: object, field_name: str, clean: Callable[[str], str | None]) -> None:
    said = getattr(ask, field_name)
    if said is not None:
        object.__setattr__(ask, field_name, clean(said))
