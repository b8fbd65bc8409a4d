"""One moment under the write lock: what an action may look at while it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.append import Head, Line
from db.entries import entry_by_no
from db.faults import damaged
from db.menu import Items
from payforward.core.clock import business_date, parse_utc_text, zone
from payforward.core.currencies import currency
from payforward.core.days import day_text
from payforward.core.errors import BadInput, ClockJumped, Refused
from payforward.core.model import MAX_AMOUNT_MINOR, MAX_COUNT, Item, ItemKind, Kind
from payforward.core.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from db.connection import LedgerFile
    from payforward.core.model import Entry, Shop
    from payforward.core.programs import Program

LONGEST_QUIET: Final = timedelta(days=7)
"""A longer jump of the clock than this asks the owner: it may be a wrong date."""

CLOCK_SLACK: Final = timedelta(minutes=1)
"""A clock may step back by less than this without a word: time services do."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The ledger as it stands while the lock is held.

    ``day`` is the business day that this moment's entries will count on.
    """

    file: LedgerFile
    shop: Shop
    head: Head
    items: Mapping[int, Item]
    now: datetime
    day: date

    @property
    def money(self) -> Item:
        """The item whose unit is one minor unit of the currency."""
        return self._only(ItemKind.MONEY)

    @property
    def serving(self) -> Item:
        """The item that a giveaway's budget counts; there is one once there is a giveaway."""
        return self._only(ItemKind.SERVING)

    def item(self, item: int) -> Item:
        """Return an item.

        Raises:
            Refused: there is none of that number.
        """
        if item not in self.items:
            raise Refused(f"There is no item {item} on the menu.", reason="unknown-item")
        return self.items[item]

    def _only(self, kind: ItemKind) -> Item:
        for item in self.items.values():
            if item.kind is kind:
                return item
        raise damaged(self.file.path)


def look(file: LedgerFile, shop: Shop, head: Head, now: datetime) -> Moment:
    """Return this moment; the caller holds the write lock or a snapshot."""
    return Moment(
        file=file,
        shop=shop,
        head=head,
        items=Items(file, shop.id),
        now=now,
        day=business_day(shop, head, now),
    )


def business_day(shop: Shop, head: Head, now: datetime) -> date:
    """Return the day of an entry made now: never before the last one's, nor on a closed day."""
    return max(wall_day(shop, now), date.fromisoformat(head.day))


def wall_day(shop: Shop, now: datetime) -> date:
    """Return the business day by the clock on the shop's wall, whatever the ledger says."""
    return business_date(now, zone(shop.timezone), shop.cutover_hour)


def reporting_day(moment: Moment) -> date:
    """Return the day up to which the books tell now.

    It is that of an entry made now, but for the evening of a closed day: then what is told is of
    that day, until something is done that counts on the next.
    """
    last = _last_entry(moment)
    wall = wall_day(moment.shop, moment.now)
    return wall if last is None else max(wall, date.fromisoformat(last.day))


def clock_lines(moment: Moment) -> list[Line]:
    """Return the line that records a clock that stepped back, before anything else is sold.

    Raises:
        ClockJumped: the clock is more than a week ahead of the last entry; the owner is asked.
    """
    last = _last_entry(moment)
    if last is None:
        return []
    if _is_far(moment, last):
        raise ClockJumped(
            f"This machine's date is {day_text(moment.day)}, but the last entry is of "
            f"{day_text(date.fromisoformat(last.day))}: "
            "is today's date right?",
            today=moment.day.isoformat(),
        )
    if moment.now < parse_utc_text(last.at) - CLOCK_SLACK:
        return [Line(kind=Kind.JUMP, units=0)]
    return []


def is_far_jump(moment: Moment) -> bool:
    """Return whether the day is so far ahead of the last entry's that it may be a wrong date."""
    last = _last_entry(moment)
    return last is not None and _is_far(moment, last)


def _is_far(moment: Moment, last: Entry) -> bool:
    return moment.day - date.fromisoformat(last.day) > LONGEST_QUIET


def _last_entry(moment: Moment) -> Entry | None:
    return entry_by_no(moment.file, moment.shop.id, moment.head.no)


def check_units(item: Item, units: int) -> None:
    """Refuse a number of units that nobody means.

    Raises:
        BadInput: none, fewer, or more than one action may move.
    """
    if item.kind is ItemKind.MONEY:
        if not 0 < units <= MAX_AMOUNT_MINOR:
            raise BadInput("That is no amount for one gift: check it.", reason="bad-amount")
    elif not 0 < units <= MAX_COUNT:
        raise BadInput(
            f"The count must be from 1 to {MAX_COUNT}; {units} was asked for.", reason="bad-count"
        )


def too_few(
    moment: Moment,
    item: Item,
    units: tuple[int, int],
    move: tuple[str, str],
    program: Program | None = None,
) -> str:
    """Return the sentence for less on the board, or in the fund, than shall leave it.

    Args:
        moment: The ledger as it stands.
        item: What shall leave.
        units: How much of it waits, and how much shall go.
        move: How it would leave, such as ``pass on``, and what needs it: ``{} shall go``.
        program: Whose gifts alone were meant, if so.
    """
    there, wanted = (said_units(moment.shop, item, each) for each in units)
    verb, needs = move
    is_money = item.kind is ItemKind.MONEY
    where = "in the fund" if is_money else "on the board"
    whose = "" if program is None else f" of {program.name}"
    if not units[0]:
        what = "" if is_money else f" of {item.name}"
        return f"Nothing{what}{whose} is {where}, so there is nothing to {verb}."
    fewer = "less" if is_money else "fewer"
    return f"{there}{whose} {where}, and {needs.format(wanted)}: {verb} {fewer}."


def said_units(shop: Shop, item: Item, units: int) -> str:
    """Return units in people's words: ``€2.30`` of money, ``3 Latte`` of a latte."""
    if item.kind is ItemKind.MONEY:
        return Money(units, currency(shop.currency)).format()
    return f"{units} {item.name}"
