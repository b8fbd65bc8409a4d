"""What the ledger answers to its owner: what moved in a month, what is owed on a day.

Money is in minor units of the shop's one currency (``*_minor``), days are business days. Counts
are positive the way that their name says; an undo counts against it on its own day, so that a
month's may be negative.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from payforward.core.model import Item
    from payforward.core.programs import Program


@dataclass(frozen=True, slots=True)
class Amount:
    """Units of something, and the money that goes with them."""

    units: int = 0
    amount_minor: int = 0

    def __add__(self, other: Amount) -> Amount:
        """Return both together."""
        return Amount(self.units + other.units, self.amount_minor + other.amount_minor)

    def __neg__(self) -> Amount:
        """Return as much the other way."""
        return Amount(-self.units, -self.amount_minor)


NOTHING = Amount()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of a pool in some days.

    ``closing`` = ``opening`` + ``given`` + ``budget`` - ``redeemed`` - ``refunded`` -
    ``passed_on`` - ``delivered`` - ``lapsed``, in units and in money. The last three move
    within the pool, to slips and back to the board.
    """

    opening: Amount = NOTHING
    given: Amount = NOTHING
    budget: Amount = NOTHING
    redeemed: Amount = NOTHING
    refunded: Amount = NOTHING
    passed_on: Amount = NOTHING
    delivered: Amount = NOTHING
    lapsed: Amount = NOTHING
    closing: Amount = NOTHING
    handed_out: Amount = NOTHING
    taken_back: Amount = NOTHING
    expired: Amount = NOTHING

    def __add__(self, other: Moved) -> Moved:
        """Return both together."""
        return Moved(**{name: getattr(self, name) + getattr(other, name) for name in COLUMNS})

    @property
    def is_balanced(self) -> bool:
        """Whether the closing is what the opening and all that moved make."""
        came = self.opening + self.given + self.budget
        went = self.redeemed + self.refunded + self.passed_on + self.delivered + self.lapsed
        return self.closing == came + -went


COLUMNS = tuple(each.name for each in fields(Moved))
"""The columns of a month's table, in their order."""


def together(each: Iterable[Moved]) -> Moved:
    """Return what became of several pools."""
    whole = Moved()
    for one in each:
        whole += one
    return whole


@dataclass(frozen=True, slots=True)
class PoolMoved:
    """What became of one pool: one item of one program, on the board and on slips."""

    program: Program
    item: Item
    moved: Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What the shop itself added in some days, each apart and never netted.

    Args:
        rises_minor: List price of what prepaid gifts were redeemed for, above what was paid.
        falls_minor: What was paid above the list price, where prices fell.
        giveaways_minor: What the house gave, at list price.
        goods: Goods that were collected, in units: they have no value.
    """

    rises_minor: int = 0
    falls_minor: int = 0
    giveaways_minor: int = 0
    goods: int = 0


@dataclass(frozen=True, slots=True)
class MonthReport:
    """What happened in one month.

    Args:
        month: Its first day.
        currency: The shop's.
        pools: Each pool in which anything is or moved, program by program, in the menu's order.
        totals: All pools of programs in which customers give, together: the liability.
        contribution: What the shop added.
        first_day: The day of the ledger's first entry; None where there is none yet.
    """

    month: date
    currency: str
    pools: tuple[PoolMoved, ...]
    totals: Moved
    contribution: Contribution
    first_day: date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What one pool held at the end of a day."""

    program: Program
    item: Item
    held: Amount


@dataclass(frozen=True, slots=True)
class Liability:
    """What the shop owed at the end of a day: prepaid gifts that wait, on the board or on slips.

    ``held_for_others`` is charities' money, which is owed too, but was never the shop's to earn.
    """

    on: date
    currency: str
    pools: tuple[Owed, ...]
    held_for_others: tuple[Owed, ...]

    @property
    def amount_minor(self) -> int:
        """The money of all prepaid gifts."""
        return sum(each.held.amount_minor for each in self.pools)
