"""The nouns of the ledger: its kinds, its shop, its items, its entries.

Money is in minor units (``*_minor``) of the shop's one currency, days are business days,
instants are UTC. Ids are opaque integers whose names live in their own tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

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
    SLIP = "slip"
    GIVEAWAY = "giveaway"
    """The house."""


class SlipState(StrEnum):
    """What a slip is worth now."""

    WAITING = "waiting"
    """Something is left on it."""
    USED = "used"
    EXPIRED = "expired"
    """Its units went to the board."""
    WITHDRAWN = "withdrawn"
    """Its units were put on the board by hand, or its gift was taken back."""
    REFUNDED = "refunded"


class PepperState(StrEnum):
    """Whether codes can be made and read."""

    NONE = "none"
    """The shop has made no code yet."""
    READY = "ready"
    LOST = "lost"
    """Its file is missing, damaged or another one: the recovery sheet restores it."""


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
