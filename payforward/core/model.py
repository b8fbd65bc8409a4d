"""The ledger's nouns: what is asked of it and what it answers.

Money is in minor units (``*_minor``) of the shop's one currency, days are business days,
instants are UTC. Ids are opaque integers whose names live in their own tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from payforward.core.text import clean_giver, clean_message, clean_receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

MAX_COUNT = 10_000
"""The most units that one action may move: above it, it is a slip of the finger."""

MAX_AMOUNT_MINOR = 10**10
"""The most money that one action may move, in minor units."""


class Kind(StrEnum):
    """What an entry does. In: give, budget. Out: redeem to lapse. The rest move or mark."""

    GIVE = "give"
    BUDGET = "budget"
    REDEEM = "redeem"
    REFUND = "refund"
    PASS_ON = "pass_on"  # noqa: S105 - surplus, not a secret
    DELIVER = "deliver"
    LAPSE = "lapse"
    HAND_OUT = "hand_out"
    TAKE_BACK = "take_back"
    EXPIRE = "expire"
    REPLACE = "replace"
    CLOSE = "close"
    JUMP = "jump"


UNDOABLE_KINDS = frozenset(
    {
        Kind.GIVE,
        Kind.REDEEM,
        Kind.REFUND,
        Kind.PASS_ON,
        Kind.DELIVER,
        Kind.HAND_OUT,
        Kind.TAKE_BACK,
    }
)
"""Kinds whose entries may be mirrored; nothing else in the ledger can be undone."""


class Place(StrEnum):
    """Where a book's units wait."""

    BOARD = "board"
    """For whoever asks; the money among them is the fund."""
    SLIP = "slip"
    """For whoever brings the slip."""
    HELD = "held"
    """For a programme that is not a forward one: a budget, a drive, a charity's jar."""


class Tender(StrEnum):
    """How a gift was paid."""

    CASH = "cash"
    CARD = "card"
    OTHER = "other"
    OPENING = "opening"
    """Paid before this ledger began: a slate, paper tokens. Not in any day's takings."""


class ItemKind(StrEnum):
    """What one unit of an item is."""

    MENU = "menu"
    MONEY = "money"
    GOODS = "goods"
    SERVING = "serving"


class ProgramKind(StrEnum):
    """One way of giving that a shop runs."""

    FORWARD = "forward"
    GIVEAWAY = "giveaway"
    DRIVE = "drive"
    CHARITY = "charity"


class TaxKind(StrEnum):
    """Directive (EU) 2016/1065: when VAT on a gift falls due."""

    SINGLE_PURPOSE = "single"
    """A known item: when the gift is sold."""
    MULTI_PURPOSE = "multi"
    """Money: when it is redeemed."""


class PaidFrom(StrEnum):
    """Who pays for what is handed over."""

    BOARD = "board"
    FUND = "fund"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Shop:
    """One place of business, as set up."""

    id: int
    name: str
    currency: str
    timezone: str
    cutover_hour: int


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be given. ``tax_rate`` is in thousandths of a percent."""

    id: int
    name: str
    kind: ItemKind
    category: str | None
    price_minor: int
    position: int
    sku: str | None = None
    barcode: str | None = None
    tax_rate: int | None = None
    giftable: bool = True
    retired: bool = False
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """One way of giving."""

    id: int
    name: str
    kind: ProgramKind


class Entry(NamedTuple):
    """One line of the ledger, with every stored field, in the order that the chain hashes them.

    A tuple, because replaying ten years makes a million of them.
    """

    shop: int
    no: int
    version: int
    book: int
    seq: int
    gift: int
    action: str
    line: int
    request: bytes
    kind: str
    place: str | None
    slip: int | None
    program: int | None
    item: int | None
    units: int
    balance: int
    unit_minor: int
    amount_minor: int
    currency: str
    pool_units: int
    pool_minor: int
    served_item: int | None
    served: int | None
    list_price_minor: int | None
    tax_kind: str | None
    tax_rate: int | None
    till_receipt: str | None
    expires: str | None
    till: int
    cashier: int | None
    partner: int | None
    tender: str | None
    undoes: int | None
    code: bytes | None
    at: str
    day: str
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """Ask: put ``units`` of an item aside; for money, ``units`` is the amount in minor units.

    ``paid_minor`` is what was paid for all of them; the menu's price without it. Words are made
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

    def __post_init__(self) -> None:
        """Make the words safe."""
        _make_safe(self, "giver", clean_giver)
        _make_safe(self, "message", clean_message)
        _make_safe(self, "till_receipt", clean_receipt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    """Ask: hand ``units`` of an item over.

    ``substitute`` names the item that pays where ``paid_from`` is the group; without it the
    whole group pays, oldest gift first.
    """

    action: str
    item: int
    units: int = 1
    paid_from: PaidFrom = PaidFrom.BOARD
    substitute: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Ask: mirror another action's entries, all of them or ``units`` of what it moved.

    For a redemption ``units`` counts what was handed over; for a gift of money, minor units.
    """

    action: str
    undoes: str
    units: int | None = None
    reason: str | None = None

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


def _make_safe(ask: object, field_name: str, clean: Callable[[str], str | None]) -> None:
    said = getattr(ask, field_name)
    if said is not None:
        object.__setattr__(ask, field_name, clean(said))


@dataclass(frozen=True, slots=True)
class Given:
    """Answer to `Give`. ``waiting`` counts what now waits of the item on the board."""

    action: str
    gift: int
    item: Item
    units: int
    amount_minor: int
    waiting: int
    tender: Tender
    day: date
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RedeemedLine:
    """What one gift contributed to a redemption."""

    gift: int
    item: Item
    units: int
    amount_minor: int
    message: str | None
    given_on: date


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Answer to `Redeem`. ``units`` of ``item`` were handed over; ``lines`` say who paid.

    ``waiting`` counts what now waits of what paid: of ``item``, of the substitute, or the fund.
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


@dataclass(frozen=True, slots=True)
class Undone:
    """Answer to `Undo`: what was mirrored, in the units of the action that was undone.

    ``payer`` is what a redemption had been paid with; otherwise it is ``item``.
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
    repeated: bool = False


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
    asked for where only part of them waits.
    """

    item: Item
    units: int
    paid_from: PaidFrom
    payer: Item
    amount_minor: int
    list_price_minor: int
    waiting: int

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
    """Everything that waits for whoever asks; ``money_minor`` is the fund."""

    rows: tuple[BoardRow, ...]
    money_minor: int
    money_oldest_day: date | None
    currency: str
    day: date


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

    @property
    def kind(self) -> Kind:
        """What the entry does."""
        return Kind(self.entry.kind)


@dataclass(frozen=True, slots=True)
class PastAction:
    """What one press of a key did, told for whoever may want it back.

    ``units`` and ``amount_minor`` are positive: what was given, handed over or refunded.
    ``left`` is how many of the units can still be taken back.
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


@dataclass(frozen=True, slots=True)
class GiftStory:
    """One gift and all that became of it; words are None where there are none, or no longer."""

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
    till_receipt: str | None
    entries: tuple[EntryView, ...]


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
    """What replaying the whole ledger found. ``head`` is ``NUMBER-8HEX`` as slips print it."""

    entries: int
    head: str
    problems: tuple[str, ...] = field(default=())

    @property
    def sound(self) -> bool:
        """Whether nothing at all was wrong."""
        return not self.problems
