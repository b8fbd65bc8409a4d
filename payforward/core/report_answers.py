"""What the ledger answers to its owner: what moved in a month, what is owed on a day.

Money is in minor units of the shop's one currency (``*_minor``), days are business days. Counts
are positive the way that their name says; an undo counts against it on its own day, so that a
month's may be negative.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from payforward.core.model import ItemKind, ProgramKind

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


def pool_name(program: Program, item: Item) -> str:
    """Return what people call an item of a program: a jar's money is no fund's, but the jar's."""
    is_jar = program.kind is ProgramKind.CHARITY and item.kind is ItemKind.MONEY
    return program.name if is_jar else item.name


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
        falls_minor: What was paid above the list price.
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


@dataclass(frozen=True, slots=True)
class DayMoved:
    """What customers gave on a day and what was enjoyed of it, all their programs together."""

    day: date
    given: Amount = NOTHING
    redeemed: Amount = NOTHING


@dataclass(frozen=True, slots=True)
class MonthMoved:
    """The same of a month, with what waited at its end."""

    month: date
    given: Amount = NOTHING
    redeemed: Amount = NOTHING
    closing: Amount = NOTHING


AGE_BANDS: Final = ((0, 7), (8, 30), (31, 90), (91, None))
"""First and last day of each band in which what waits is counted by its age."""


@dataclass(frozen=True, slots=True)
class AgeRow:
    """How long what waits of a pool has waited, on the board and on slips together.

    ``bands`` has as many amounts as `AGE_BANDS` has bands; a gift that was given today is 0 days
    old.
    """

    program: Program
    item: Item
    bands: tuple[Amount, ...]
    oldest_day: date


@dataclass(frozen=True, slots=True)
class AskedCount:
    """How often something was asked for while none was waiting."""

    item: Item
    times: int
    units: int


@dataclass(frozen=True, slots=True)
class ServedBy:
    """What one cashier handed over in some days; None is whoever did not say who they were."""

    cashier: str | None
    served: int


@dataclass(frozen=True, slots=True)
class OwnersMonth:
    """All that the owner sees of a month, in one place for screen, command line and paper.

    Args:
        report: What became of each pool.
        days: Each day of the month.
        months: Twelve months, of which this is the last.
        year_before: The same month a year before; None where the ledger has not the whole of it.
        ages: How long what waits now has waited.
        asked: What was asked for in vain, the most missed first.
        median_wait_days: Half of what was enjoyed had waited no longer; None where nothing was.
        served_by: Who handed over how much.
        served_at: How many things were handed over in each hour of the day, 0 to 23, by the
            clock on the shop's wall.
    """

    report: MonthReport
    days: tuple[DayMoved, ...]
    months: tuple[MonthMoved, ...]
    year_before: MonthMoved | None
    ages: tuple[AgeRow, ...]
    asked: tuple[AskedCount, ...]
    median_wait_days: int | None
    served_by: tuple[ServedBy, ...]
    served_at: tuple[int, ...]

    @property
    def before(self) -> MonthMoved | None:
        """The month before; None before the ledger's first entry."""
        earlier = self.months[-2]
        first = self.report.first_day
        return None if first is None or earlier.month < first.replace(day=1) else earlier
