"""What a month's statement for the wall says: whether the shop keeps the money, in a simple sum.

Prepaid gifts, what the house gave, goods and money held for others stand apart and are never
added up. Money is in minor units of the shop's one currency (``*_minor``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.clock import last_day_of
from payforward.core.currencies import currency as currency_of
from payforward.core.days import day_text, month_text
from payforward.core.errors import Refused
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.money import Money
from payforward.core.report_answers import Amount, MonthMoved, Moved, together

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.programs import Program
    from payforward.core.report_answers import OwnersMonth, PoolMoved


@dataclass(frozen=True, slots=True)
class StillWaits:
    """Gifts of one item that wait, of all programs together: on the board and on slips."""

    item: Item
    held: Amount


@dataclass(frozen=True, slots=True)
class Apart:
    """A program that the sum does not count: what became of all it holds."""

    program: Program
    moved: Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """All that a month's statement says.

    Args:
        shop: Whose it is.
        currency: The shop's.
        month: The month's first day.
        printed_on: The business day on which this was asked.
        until: The last day that counts where the month is not over; else None.
        moved: All that customers prepaid, and what became of it.
        things: The part of it that is of things on the menu: its units are things.
        waiting: What of it waits at the end, in the menu's order, money last.
        house: Giveaways in which something was served.
        house_minor: What the house gave, at list price.
        goods: Drives that hold goods, or did.
        jars: Money held for others.
        rises_minor: What the shop added: list prices above what the gifts had paid.
        falls_minor: What gifts had paid above list prices; never netted.
        months: Twelve months, of which this is the last.
        first_day: The day of the ledger's first entry; None where there is none yet.
        median_wait_days: Half of what was enjoyed had waited no longer; None where nothing was.
        head: The ledger's head, ``NUMBER-8HEX``.
    """

    shop: str
    currency: str
    month: date
    printed_on: date
    until: date | None
    moved: Moved
    things: Moved
    waiting: tuple[StillWaits, ...]
    house: tuple[Apart, ...]
    house_minor: int
    goods: tuple[Apart, ...]
    jars: tuple[Apart, ...]
    rises_minor: int
    falls_minor: int
    months: tuple[MonthMoved, ...]
    first_day: date | None
    median_wait_days: int | None
    head: str

    @property
    def title(self) -> str:
        """The month's name."""
        return month_text(self.month)

    @property
    def known_months(self) -> tuple[MonthMoved, ...]:
        """Those of the twelve months in which the ledger was there."""
        if self.first_day is None:
            return ()
        first = self.first_day.replace(day=1)
        return tuple(each for each in self.months if each.month >= first)

    def money(self, minor: int) -> str:
        """Return an amount as people read it."""
        return Money(minor, currency_of(self.currency)).format()


def statement_of(ledger: Ledger, month: date) -> Statement:
    """Return the statement of the month that a day is in.

    Args:
        ledger: The shop's.
        month: Any day of it.

    Raises:
        Refused: the month has not begun, or was over before the ledger's first entry.
    """
    today, first = ledger.reporting_day(), month.replace(day=1)
    if first > today:
        raise Refused(
            f"{month_text(first)} has not begun: take a month that has.", reason="month-to-come"
        )
    told = ledger.owners_month(first)
    began, last = told.report.first_day, last_day_of("month", first)
    if last < today and (began is None or last < began):
        since = "there is none yet" if began is None else f"the first is of {day_text(began)}"
        raise Refused(
            f"{month_text(first)} has no entry, for {since}: take another month.",
            reason="month-before",
        )
    # After the numbers, so that it vouches for all of them.
    return _statement(ledger.shop.name, told, today, ledger.head())


def _statement(shop: str, told: OwnersMonth, today: date, head: str) -> Statement:
    report = told.report
    is_over = last_day_of("month", report.month) < today
    forward = [p for p in report.pools if p.program.kind is ProgramKind.FORWARD]
    return Statement(
        shop=shop,
        currency=report.currency,
        month=report.month,
        printed_on=today,
        until=None if is_over else today,
        moved=report.totals,
        things=together(p.moved for p in forward if p.item.kind is not ItemKind.MONEY),
        waiting=_waiting(forward),
        house=tuple(
            each for each in _apart(report.pools, ProgramKind.GIVEAWAY) if each.moved.redeemed.units
        ),
        house_minor=report.contribution.giveaways_minor,
        goods=_apart(report.pools, ProgramKind.DRIVE),
        jars=_apart(report.pools, ProgramKind.CHARITY),
        rises_minor=report.contribution.rises_minor,
        falls_minor=report.contribution.falls_minor,
        months=told.months,
        first_day=report.first_day,
        median_wait_days=told.median_wait_days,
        head=head,
    )


def _waiting(pools: Iterable[PoolMoved]) -> tuple[StillWaits, ...]:
    """Return what waits at the end by item, whichever program it is of."""
    found: dict[int, StillWaits] = {}
    for pool in pools:
        before = found.get(pool.item.id)
        held = pool.moved.closing if before is None else before.held + pool.moved.closing
        found[pool.item.id] = StillWaits(pool.item, held)

    def order(each: StillWaits) -> tuple[bool, int, int]:
        item = each.item
        return item.kind is ItemKind.MONEY, item.position, item.id

    return tuple(sorted((each for each in found.values() if each.held.units), key=order))


def _apart(pools: Iterable[PoolMoved], kind: ProgramKind) -> tuple[Apart, ...]:
    """Return each program of a kind with all its items together."""
    found: dict[int, Apart] = {}
    for pool in pools:
        if pool.program.kind is kind:
            before = found.get(pool.program.id)
            moved = pool.moved if before is None else before.moved + pool.moved
            found[pool.program.id] = Apart(pool.program, moved)
    return tuple(found.values())
