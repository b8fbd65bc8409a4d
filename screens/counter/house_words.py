"""What the counter says where the house pays, or would if something were left.

As in `words`, each function returns variants of one sentence, the fullest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import WEEKDAYS, near_day, short_day
from payforward.core.hours import is_outside
from payforward.core.text import shown
from screens.counter.words import name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from payforward.core.answers import Offer, Redeemed
    from payforward.core.model import Item
    from payforward.core.program_answers import BudgetState
    from payforward.core.programs import Program
    from screens.counter.words import Variants

_WEEK: Final = 7
_BRIEF: Final = {True: "Just gone", False: "None waiting"}

WHO_ELSE: Final[Variants] = ("↓ who else can pay   Esc no",)


def till(last: date, today: date, *, brief: bool = False) -> str:
    """Return until when something is left: through that whole day.

    >>> from datetime import date
    >>> saturday = date(2026, 11, 21)
    >>> [till(date(2026, 11, last), saturday) for last in (21, 22, 30)]
    ['today', 'till Sunday', 'till 30 Nov']
    """
    days = (last - today).days
    return "today" if days <= 0 else f"till {_named(last, today, brief=brief)}"


def again(first: date, today: date, *, brief: bool = False) -> str:
    """Return the day from which there is something again.

    >>> from datetime import date
    >>> saturday = date(2026, 11, 21)
    >>> [again(date(2026, 11, first), saturday) for first in (22, 23, 30)]
    ['tomorrow', 'Monday', '30 Nov']
    """
    is_next = (first - today).days == 1
    return "tomorrow" if is_next and not brief else _named(first, today, brief=brief)


def _named(day: date, today: date, *, brief: bool) -> str:
    """Return a day by its weekday where it is near enough."""
    weekday = WEEKDAYS[day.weekday()]
    if (day - today).days < _WEEK:
        return weekday[:3] if brief else weekday
    return short_day(day) if brief else near_day(day, today)


def used_up(item: Item, houses: Iterable[Program], today: date) -> Variants:
    """Say that nothing waits and that the house has nothing left either, and until when.

    Args:
        item: What was asked for.
        houses: The programs that give it and have used up their budget.
        today: The business day.
    """
    gone = f"is used up{_until(houses, today)}."
    return (
        f"No {name(item)} waiting; what the house gives {gone}",
        f"None waiting; the house's part {gone}",
        f"The house's part {gone}",
    )


def row_used_up(house: Program, today: date) -> Variants:
    """Say that what one program of the house gives is used up, and until when."""
    gone = f"used up{_until([house], today)}."
    return (f"{shown(house.name)} is {gone}", f"The house's part is {gone}")


def _until(houses: Iterable[Program], today: date) -> str:
    days = [day for house in houses if (day := house.budget_again_on(today)) is not None]
    return f" until {again(min(days), today)}" if days else ""


def house_question(
    offer: Offer,
    asked: int,
    budget: BudgetState | None,
    now: datetime,
    today: date,
    *,
    instead: bool,
    named: bool = False,
    just_gone: bool = False,
) -> Variants:
    """Say that the house can pay for an offer; it may be for fewer than were asked for.

    Args:
        offer: For what.
        asked: How many were asked for.
        budget: How the house's budget stands, if it has one.
        now: The time by the clock on the shop's wall.
        today: The business day.
        instead: Whether nothing waits that could pay.
        named: Whether another program of the house could pay as well.
        just_gone: Whether the last one went to another till this very moment.
    """
    assert offer.program is not None
    if budget is not None and budget.left < offer.units:
        return _last_gone(offer.item)
    called = shown(offer.program.name) if named else ""
    brief = "" if budget is None else f"{budget.left} left"
    whole = "" if budget is None else f"{brief} {till(budget.until, today)}"
    if instead:
        pays = "The house can pay" + (f" for {offer.units}" if asked > 1 else "")
        none = "The last one has just gone" if just_gone else f"No {name(offer.item)} waiting"
        full, short = _with(pays, called, whole), _with(pays, called, brief)
        sentences: Variants = (f"{none}. {full}", f"{_BRIEF[just_gone]}. {full}", short)
    else:
        sentences = _besides(offer, called, whole, brief)
    hints = [
        f"{each} {hint}" for hint in _hints(offer.program, offer.units, now) for each in sentences
    ]
    return (*hints, *sentences)


def _besides(offer: Offer, called: str, whole: str, brief: str) -> Variants:
    """Ask whether the house shall pay, where gifts could."""
    whose = f"from {called}" if called else "on the house"
    serves = f"Serve {offer.units} {name(offer.item)} {whose}?"
    return (f"{serves} {whole}.", f"{serves} {brief}.", serves) if brief else (serves,)


def _last_gone(item: Item) -> Variants:
    return (f"The last {name(item)} has just gone.", "The last one has just gone.")


def _with(sentence: str, *facts: str) -> str:
    known = ", ".join(filter(None, facts))
    return f"{sentence}: {known}." if known else f"{sentence}."


def _hints(program: Program, units: int, now: datetime) -> tuple[str, ...]:
    """Return what is unusual about an order, the fullest first: a hint, never a refusal."""
    hints = []
    if program.order_limit is not None and units > program.order_limit:
        hints.append(f"{program.order_limit} an order is usual.")
    if program.hours is not None and is_outside(program.hours, now) is not False:
        hints.append(f"Usually {shown(program.hours)}.")
    return (" ".join(hints), *hints[:1]) if len(hints) > 1 else tuple(hints)


def house_served(answer: Redeemed) -> Variants:
    """Say that something was handed over, and what the house has left."""
    what = f"✓ {answer.units} {name(answer.item)}."
    program = answer.program
    last = None if program is None else program.budget_last_day(answer.day)
    if program is None or last is None:
        return (what,)
    if answer.waiting == 0:
        then = _until([program], answer.day)
        return (f"{what} That was the last one{then}.", f"{what} None left.", what)
    left = f"{what} {answer.waiting} left"
    return (f"{left} {till(last, answer.day)}.", f"{left}.", what)
