"""Programs in plain words: what each does, how it stands, when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import WEEKDAYS, near_day, short_day
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.programs import Period, Running
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from payforward.core.model import Item
    from payforward.core.program_answers import HandedOver, ProgramState, Waits

    MoneyWords = Callable[[int], str]

KINDS: Final = {
    ProgramKind.FORWARD: "Customers give",
    ProgramKind.GIVEAWAY: "The house gives",
    ProgramKind.DRIVE: "A drive",
    ProgramKind.CHARITY: "A jar for a charity",
}
"""What each kind is called."""

WHAT_IT_DOES: Final = {
    ProgramKind.FORWARD: "Customers pay ahead, and whoever asks is served.",
    ProgramKind.GIVEAWAY: "A free soup, yesterday’s bread: at the shop’s own cost.",
    ProgramKind.DRIVE: "People bring coats or tins, and a partner receives them.",
    ProgramKind.CHARITY: "Money held for others, apart from gifts and the till.",
}
"""What each kind does, in one sentence."""

PERIODS: Final = {Period.DAY: "a day", Period.WEEK: "a week", Period.MONTH: "a month"}


def said_units(item: Item, units: int, money: MoneyWords) -> str:
    """Return ``2 Cappuccino``, or an amount of money."""
    return money(units) if item.kind is ItemKind.MONEY else f"{units} {shown(item.name)}"


def said_all(lines: Iterable[Waits], money: MoneyWords) -> str:
    """Return all of some units, one after the other."""
    return ", ".join(said_units(each.item, each.units, money) for each in lines)


def said_handed(handed: HandedOver, money: MoneyWords) -> str:
    """Return what was handed over, with the money that went along with items."""
    said = said_all(handed.lines, money)
    own = sum(each.amount_minor for each in handed.lines if each.item.kind is not ItemKind.MONEY)
    return f"{said} with {money(own)}" if own else said


def said_until(last: date, today: date) -> str:
    """Return until when, by the name of the day where that is within a week.

    >>> from datetime import date
    >>> said_until(date(2026, 11, 22), date(2026, 11, 21))
    'till Sun'
    >>> said_until(date(2026, 11, 30), date(2026, 11, 21))
    'till 30 Nov'
    >>> said_until(date(2026, 11, 21), date(2026, 11, 21))
    'today'
    """
    days = (last - today).days
    if days == 0:
        return "today"
    return f"till {WEEKDAYS[last.weekday()][:3] if 0 < days < 7 else short_day(last)}"


def said_standing(state: ProgramState, today: date, money: MoneyWords) -> str:
    """Return how a program stands, in a few words."""
    kind = state.program.kind
    if kind is ProgramKind.GIVEAWAY:
        return _budget(state, today)
    held = sum(each.units for each in state.waits if each.item.kind is not ItemKind.MONEY)
    minor = sum(each.units for each in state.waits if each.item.kind is ItemKind.MONEY)
    if kind is ProgramKind.FORWARD:
        waiting = f"{held} waiting"
        return f"{waiting}, {money(minor)}" if minor else waiting
    if kind is ProgramKind.CHARITY:
        jar = money(minor)
        return f"{jar}, {money(state.delivered)} handed over" if state.delivered else jar
    target = state.program.target
    brought = f"{state.collected} of {target}" if target else f"{state.collected} brought"
    return f"{brought}, {held} here" if state.delivered else brought


def _budget(state: ProgramState, today: date) -> str:
    budget = state.budget
    if budget is not None:
        return f"{budget.left} of {budget.units} left {said_until(budget.until, today)}"
    program = state.program
    if program.budget_units is None or program.budget_period is None:
        return "no limit"
    return f"{program.budget_units} {PERIODS[program.budget_period]}"


def said_run(state: ProgramState, today: date) -> str:
    """Return when a program runs."""
    starts_on, ends_on = state.program.starts_on, state.program.ends_on
    if state.running is Running.ENDED:
        return "ended" if ends_on is None else f"ended {near_day(ends_on, today)}"
    if state.running is Running.NOT_YET and starts_on is not None:
        return f"from {near_day(starts_on, today)}"
    return "runs" if ends_on is None else f"till {near_day(ends_on, today)}"
