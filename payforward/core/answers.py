"""What the ledger answers.

Money is in minor units of the shop's one currency (``*_minor``), days are business days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from payforward.core.model import Kind

if TYPE_CHECKING:
    from datetime import date, datetime

    from payforward.core.codes import Code
    from payforward.core.model import Entry, Item, PaidFrom, Tender
    from payforward.core.program_answers import ProgramState
    from payforward.core.programs import Program


@dataclass(frozen=True, slots=True)
class Given:
    """Answer to `Give`. ``waiting`` counts what now waits of the item on the board.

    Of a charity's jar it is what is in that jar. ``program`` is the one that it was given to.

    ``slip`` is the number of the voucher, where it was asked for. ``voucher`` and ``receipt`` are
    codes, answered once: a retry gets None, and the slip can be replaced. Both are None where
    the file of the pepper is lost: the gift is safe all the same, and a voucher is refused.
    """

    action: str
    gift: int
    item: Item
    units: int
    amount_minor: int
    waiting: int
    tender: Tender
    day: date
    repeated: bool = False
    slip: int | None = None
    voucher: Code | None = None
    receipt: Code | None = None
    program: Program | None = None


@dataclass(frozen=True, slots=True)
class RedeemedLine:
    """What one gift contributed to a redemption."""

    gift: int
    item: Item
    units: int
    amount_minor: int
    message: str | None
    given_on: date
    program: str = ""


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Answer to `Redeem`. ``units`` of ``item`` were handed over; ``lines`` say who paid.

    ``waiting`` counts what now waits of what paid: of ``item``, of the substitute, or the fund.
    Where several items of a group paid, it is what waits of all those together. Where a slip
    paid, ``slip`` is its number and ``waiting`` what is left on it (of money, minor units).
    Where the house paid, ``program`` is its giveaway and ``waiting`` what is left of the budget;
    0 without a budget.
    """

    action: str
    item: Item
    units: int
    amount_minor: int
    list_price_minor: int
    paid_from: PaidFrom
    waiting: int
    lines: tuple[RedeemedLine, ...]
    day: date
    repeated: bool = False
    slip: int | None = None
    program: Program | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """Answer to `Undo`: what was mirrored, in the units of the action that was undone.

    ``payer`` is what a redemption had been paid with; otherwise it is ``item``. ``slip`` is the
    number of the slip that had paid, or on which the gift had been. ``others`` counts the items
    that came back besides ``item``, which ``units`` counts too: of a delivery of several goods.
    It counts on ``day``; what was undone had been done on ``done_on``.
    """

    action: str
    undoes: str
    kind: Kind
    item: Item
    payer: Item
    units: int
    amount_minor: int
    gift: int
    waiting: int
    tender: Tender | None
    done_on: date
    day: date
    repeated: bool = False
    slip: int | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Refunded:
    """Answer to `Refund`."""

    action: str
    gift: int
    item: Item
    units: int
    amount_minor: int
    tender: Tender
    waiting: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One way in which what was asked for can be paid, as things stand.

    ``waiting`` counts what waits of what pays, before serving. ``units`` may be fewer than were
    asked for where only part of them waits. ``program`` is the giveaway where the house would
    pay, and ``waiting`` what is left of its budget (``units``, if it has none); else it is the
    one program whose gifts would pay, where the board has those of several.
    """

    item: Item
    units: int
    paid_from: PaidFrom
    payer: Item
    amount_minor: int
    list_price_minor: int
    waiting: int
    program: Program | None = None

    @property
    def shop_adds_minor(self) -> int:
        """What the shop adds because the menu's price is above what was paid; never negative."""
        return max(0, self.list_price_minor - self.amount_minor)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """What waits of one item, for whoever asks."""

    item: Item
    units: int
    oldest_day: date


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that waits for whoever asks; ``money_minor`` is the fund.

    ``rows`` and the fund are of all programs together; ``programs`` tells each apart.
    """

    rows: tuple[BoardRow, ...]
    money_minor: int
    money_oldest_day: date | None
    currency: str
    day: date
    programs: tuple[ProgramState, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with the names that its ids stand for."""

    entry: Entry
    item: Item | None
    served_item: Item | None
    till: str
    cashier: str | None
    partner: str | None = None
    undone: bool = False
    program: str | None = None

    @property
    def kind(self) -> Kind:
        """What the entry does."""
        return Kind(self.entry.kind)


@dataclass(frozen=True, slots=True)
class PastAction:
    """What one press of a key did, told for whoever may want it back.

    ``units`` and ``amount_minor`` are positive: what was given, handed over or refunded.
    ``left`` is how many of the units can still be taken back. ``program`` is its name.
    ``others`` counts the items that it moved besides ``item``, which ``units`` counts too, and
    ``partner`` is who received them or took the slips.
    """

    action: str
    kind: Kind
    item: Item
    units: int
    left: int
    amount_minor: int
    paid_from: PaidFrom | None
    tender: Tender | None
    gift: int
    till: str
    at: datetime
    day: date
    program: str = ""
    others: int = 0
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class GiftStory:
    """One gift and all that became of it; words are None where there are none, or no longer.

    ``waiting`` counts what waits on the board and on slips; ``on_slips`` the latter alone, and
    ``slips`` names the slips that wait. ``units`` = ``waiting`` + ``redeemed`` + ``refunded`` +
    ``delivered`` + ``passed_on``. Goods were paid in no way: their ``tender`` is ``other``.
    """

    gift: int
    item: Item
    units: int
    amount_minor: int
    tender: Tender
    given_on: date
    given_at: datetime
    waiting: int
    redeemed: int
    refunded: int
    giver: str | None
    message: str | None
    words_erased: bool
    till_receipt: str | None
    entries: tuple[EntryView, ...]
    on_slips: int = 0
    slips: tuple[int, ...] = ()
    program: Program | None = None
    delivered: int = 0
    passed_on: int = 0


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One item whose price a menu would change or has changed."""

    item: Item
    old_minor: int
    new_minor: int


@dataclass(frozen=True, slots=True)
class MenuChanges:
    """What importing a menu changes: added and returning names, price changes, the rest."""

    added: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    repriced: tuple[PriceChange, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: int = 0
    absent: tuple[str, ...] = ()
    """Names on the shop's menu that the file does not have; they are left as they are."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What replaying the whole ledger found.

    Args:
        entries: How many were read.
        head: ``NUMBER-8HEX``, as slips print it.
        problems: What is wrong.
        is_head_all: Whether it is only that a head which was typed is none of this ledger's:
            all else agrees.
    """

    entries: int
    head: str
    problems: tuple[str, ...] = field(default=())
    is_head_all: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing at all was wrong."""
        return not self.problems
