"""The month's pictures: bars by day and by month, with their numbers beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import WEEKDAYS, month_text, short_month
from payforward.core.report_answers import NOTHING
from payforward.core.text import cell_width, shown
from screens.month.moved import NONE
from screens.month.shown import OpensDay, OpensMonth, Shown
from screens.telling import NO_NAME
from screens.widgets.bars import bar
from screens.widgets.columns import GAP, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from payforward.core.report_answers import (
        Amount,
        AskedCount,
        DayMoved,
        MonthMoved,
        OwnersMonth,
    )

    MoneyWords = Callable[[int], str]

IN_ALL: Final = "In all"
AT_WHICH_HOUR: Final = "At which hour"
WORKING: Final = "One moment."
_LEAST_BAR: Final = 4
_MOST_BAR: Final = 40
_GIVEN_AND_SERVED: Final = "The money of what customers gave, and of what was served."


def days_view(month: OwnersMonth | None, money: MoneyWords, room: int) -> Shown:
    """Return what was given and served on each day that is not to come."""
    if month is None:
        return nothing_yet()
    days = _until_last(month.days)
    rows = [(f"{WEEKDAYS[each.day.weekday()][:2]} {each.day.day}", each) for each in days]
    amounts = [(each.given, each.redeemed) for _, each in rows]
    view, cells = _paired("Day", amounts, money, room - 5 - GAP)
    for (name, each), pair in zip(rows, cells, strict=True):
        view.add(name, *pair, opens=OpensDay(each.day))
    view.empty = f"Nothing was given or served in {month_text(month.report.month)}."
    view.said = [_GIVEN_AND_SERVED] if rows else []
    view.newest = True
    return view


def year_view(month: OwnersMonth | None, money: MoneyWords, room: int) -> Shown:
    """Return what was given and served in twelve months, and what waited at the end of each."""
    if month is None:
        return nothing_yet()
    waiting = [_amount(each.closing, money) for each in month.months]
    wide = max(map(cell_width, (*waiting, "Waiting")))
    amounts = [(each.given, each.redeemed) for each in month.months]
    view, cells = _paired("Month", amounts, money, room - 8 - wide - 2 * GAP)
    view.columns = (*view.columns, Column("Waiting", wide, wide, right=True))
    for each, pair, waits in zip(month.months, cells, waiting, strict=True):
        name = short_month(each.month)
        view.add(name, *pair, waits, opens=OpensMonth(each.month), dim=_is_empty(each))
    view.said = [_GIVEN_AND_SERVED]
    view.newest = True
    return view


def served_view(month: OwnersMonth | None, room: int) -> Shown:
    """Return who served how much in the month, and at which hours."""
    if month is None:
        return nothing_yet()
    hours = [
        (f"{hour:02}–{(hour + 1) % 24:02}", served) for hour, served in enumerate(month.served_at)
    ]
    by_hour = _from_first_to_last(hours)
    by_cashier = [
        (NO_NAME if each.cashier is None else shown(each.cashier), each.served)
        for each in month.served_by
    ]
    if all(each.cashier is None for each in month.served_by):
        by_cashier = [(IN_ALL, each.served) for each in month.served_by]
    cells = min(max(room - 22 - 7 - 2 * GAP, _LEAST_BAR), _MOST_BAR)
    view = Shown(
        (
            Column("By whom", 13, 22),
            Column("Served", 6, 7, right=True),
            Column("", _LEAST_BAR, _MOST_BAR),
        ),
        empty=f"Nothing was served in {month_text(month.report.month)}.",
    )
    for group in (by_cashier, by_hour):
        most = max((served for _, served in group), default=0)
        if group is by_hour and by_hour and by_cashier:
            view.add("", "", "")
            view.add(AT_WHICH_HOUR, "", "", dim=True)
        for name, served in group:
            view.add(name, _count(served), bar(served, most, cells))
    if month.median_wait_days is not None:
        view.said = [_said_wait(month.median_wait_days)]
    return view


def missed_view(month: OwnersMonth | None, room: int) -> Shown:
    """Return what was asked for in the month while none of it was waiting."""
    if month is None:
        return nothing_yet()
    asked: Sequence[AskedCount] = month.asked
    most = max((each.times for each in asked), default=0)
    cells = min(max(room - 24 - 5 - 8 - 3 * GAP, _LEAST_BAR), _MOST_BAR)
    view = Shown(
        (
            Column("Asked for", 12, 24),
            Column("Times", 5, 5, right=True),
            Column("How many", 8, 8, right=True),
            Column("", _LEAST_BAR, _MOST_BAR),
        ),
        empty=f"Nobody asked in vain in {month_text(month.report.month)}.",
    )
    for each in asked:
        name = shown(each.item.name)
        view.add(name, _count(each.times), _count(each.units), bar(each.times, most, cells))
    if asked:
        view.said = ["Asked for while none was waiting. More, Asked for has each note."]
    return view


def _paired(
    what: str, amounts: Sequence[tuple[Amount, Amount]], money: MoneyWords, room: int
) -> tuple[Shown, list[tuple[str, str, str, str]]]:
    """Return a view without rows, and of each row what was given and served, with their bars."""
    given = [_amount(each, money) for each, _ in amounts]
    served = [_amount(each, money) for _, each in amounts]
    wide_given = max(map(cell_width, (*given, "Given")))
    wide_served = max(map(cell_width, (*served, "Served")))
    left = (room - wide_given - wide_served - 3 * GAP) // 2
    cells = min(max(left, _LEAST_BAR), _MOST_BAR)
    # Both on one scale, so that lengths can be compared across.
    most = max((each.amount_minor for pair in amounts for each in pair), default=0)
    view = Shown(
        (
            Column(what, 5, 8, right=True),
            Column("Given", wide_given, wide_given, right=True),
            Column("", cells, cells, leaves=1),
            Column("Served", wide_served, wide_served, right=True),
            Column("", cells, cells, leaves=2),
        ),
        empty="",
    )
    return view, [
        (
            said_given,
            # As wide as the longest bar could be, so that no column moves from month to month.
            bar(each_given.amount_minor, most, cells),
            said_served,
            bar(each_served.amount_minor, most, cells),
        )
        for (each_given, each_served), said_given, said_served in zip(
            amounts, given, served, strict=True
        )
    ]


def _until_last(days: Sequence[DayMoved]) -> Sequence[DayMoved]:
    """Return the days up to the last on which anything was."""
    busy = [at for at, day in enumerate(days, 1) if (day.given, day.redeemed) != (NOTHING, NOTHING)]
    return days[: max(busy, default=0)]


def _from_first_to_last(hours: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    busy = [at for at, (_, served) in enumerate(hours) if served]
    return hours[busy[0] : busy[-1] + 1] if busy else ()


def _is_empty(month: MonthMoved) -> bool:
    return not (month.given.units or month.redeemed.units or month.closing.units)


def _amount(amount: Amount, money: MoneyWords) -> str:
    return money(amount.amount_minor) if amount.amount_minor else NONE


def _count(number: int) -> str:
    return f"{number}".replace("-", "−") if number else NONE


def _said_wait(days: int) -> str:
    if days == 0:
        return "Half of what was served had been given on the same day."
    return f"Half of what was served had waited {days} {'day' if days == 1 else 'days'} or less."


def nothing_yet() -> Shown:
    """Return what stands there until the ledger has answered."""
    return Shown((Column("", 1, 1),), empty=WORKING)
