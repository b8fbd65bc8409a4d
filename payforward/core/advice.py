"""What the owner might do: gifts that pile up, run out, or are forgotten, in plain sentences.

The rules look at four weeks behind and at what waits now. Their thresholds stand in
`AdviceRules`, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from payforward.core.model import ItemKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from payforward.core.model import Item

WEEKS_BEHIND: Final = 4
"""How many weeks the rules look back."""

_DAYS_A_WEEK: Final = 7

DAYS_BEHIND: Final = WEEKS_BEHIND * _DAYS_A_WEEK

_NUMBERS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


class AdviceKind(StrEnum):
    """What was noticed."""

    PILE_UP = "pile-up"
    """More waits than is served in weeks."""
    SURPLUS = "surplus"
    """So much waits that this shop will not serve it in half a year."""
    OLD = "old"
    """A gift has waited for longer than a limit."""
    MISSED = "missed"
    """It was asked for while none was waiting."""


class AdviceAction(StrEnum):
    """What one key could do about it."""

    HAND_OUT = "hand-out"
    PASS_ON = "pass-on"  # noqa: S105 - surplus, not a secret
    PAGE = "page"
    """Print or send the page of what waits."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRules:
    """When advice is given.

    Args:
        pile_up_weeks: From so many weeks' worth on, what waits piles up.
        pile_up_units: ... if at least so many units wait (of the fund: so many servings).
        keep_weeks: So many weeks' worth stay on the board when the rest is handed out.
        surplus_weeks: From so many weeks' worth on, another shop could use it.
        surplus_units: ... if at least so many units wait.
        old_days: A gift that has waited for more days is old.
        missed_times: Asked for so often in vain in four weeks, it is missed.
        least_days: Of what was first given fewer days ago, the pace tells nothing.
    """

    pile_up_weeks: int = 4
    pile_up_units: int = 5
    keep_weeks: int = 2
    surplus_weeks: int = 26
    surplus_units: int = 20
    old_days: int = 90
    missed_times: int = 3
    least_days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLife:
    """How one item fares: what is on the board for whoever asks, and its last four weeks.

    Units are of the item; of money, minor units.

    Args:
        item: Which.
        waiting: What is on the board.
        oldest_days: For how many days the oldest of it has waited; 0 where nothing waits.
        served: What was enjoyed of it in four weeks, on slips too.
        missed: How often it was asked for in vain in four weeks.
        unit: What one serving is: 1, of money the price of the menu's middle item.
        days: For how many days of the four weeks it has been given, today among them.
    """

    item: Item
    waiting: int
    oldest_days: int
    served: int
    missed: int = 0
    unit: int = 1
    days: int = DAYS_BEHIND


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence for the owner, and what could be done.

    Args:
        kind: What was noticed.
        item: Of what.
        sentence: What is the matter.
        suggestion: What could be done, as a sentence.
        action: The same for a key.
        units: How much of the item the action is about; of money, minor units.
    """

    kind: AdviceKind
    item: Item
    sentence: str
    suggestion: str
    action: AdviceAction
    units: int = 0


def advise(
    lives: Iterable[ItemLife],
    money: Callable[[int], str],
    rules: AdviceRules | None = None,
) -> tuple[Advice, ...]:
    """Return what the owner might do, the heaviest pile first, what is missed last.

    Args:
        lives: Each item that waits or was missed.
        money: How an amount is written.
        rules: When advice is given.
    """
    limits = rules or AdviceRules()
    found = [(life, advice) for life in lives for advice in _of_item(life, money, limits)]
    order = list(AdviceKind)
    heaviest = sorted(
        found, key=lambda pair: (order.index(pair[1].kind) // 2, -pair[0].waiting // pair[0].unit)
    )
    return tuple(advice for _, advice in heaviest)


def _of_item(life: ItemLife, money: Callable[[int], str], rules: AdviceRules) -> Iterator[Advice]:
    servings = life.waiting // life.unit
    weeks = _weeks_worth(life)
    is_slow = life.days >= rules.least_days and (weeks is None or weeks >= rules.pile_up_weeks)
    is_much = is_slow and servings >= rules.pile_up_units
    is_endless = life.days == DAYS_BEHIND if weeks is None else weeks >= rules.surplus_weeks
    if is_much and is_endless and servings >= rules.surplus_units:
        yield _pass_on(life, money, rules)
    elif is_much:
        yield _hand_out(life, money, rules)
    elif life.waiting and life.oldest_days > rules.old_days:
        yield Advice(
            AdviceKind.OLD,
            life.item,
            f"{_waiting(life, money)}, {_oldest(life)}.",
            "Send the page of what waits to a partner.",
            AdviceAction.PAGE,
        )
    # Of what is off the menu no gift can be taken.
    if life.missed >= rules.missed_times and not life.item.retired:
        name = shown(life.item.name)
        yield Advice(
            AdviceKind.MISSED,
            life.item,
            f"{name} was asked for {life.missed} times in {_weeks(WEEKS_BEHIND)} while none was "
            "waiting.",
            "Tell givers that it is wanted.",
            AdviceAction.NONE,
        )


def _hand_out(life: ItemLife, money: Callable[[int], str], rules: AdviceRules) -> Advice:
    spare = _spare(life, rules)
    slips = max(1, spare // life.unit)
    each = f" of {money(life.unit)}" if life.item.kind is ItemKind.MONEY else ""
    vouchers = "1 voucher" if slips == 1 else f"{slips} vouchers"
    return Advice(
        AdviceKind.PILE_UP,
        life.item,
        _piled(life, money),
        f"Hand {vouchers}{each} to a partner.",
        AdviceAction.HAND_OUT,
        slips * life.unit,
    )


def _pass_on(life: ItemLife, money: Callable[[int], str], rules: AdviceRules) -> Advice:
    spare = _spare(life, rules)
    what = money(spare) if life.item.kind is ItemKind.MONEY else str(spare)
    return Advice(
        AdviceKind.SURPLUS,
        life.item,
        _piled(life, money),
        f"Pass {what} on to another shop or a charity, with the money.",
        AdviceAction.PASS_ON,
        spare,
    )


def _piled(life: ItemLife, money: Callable[[int], str]) -> str:
    """Return how much waits, since when, at which pace it goes, and for how long it will do."""
    start = f"{_waiting(life, money)}, {_oldest(life)}"
    weeks, behind = _weeks_worth(life), _weeks(life.days // _DAYS_A_WEEK)
    if weeks is None:
        return f"{start}, and none was served in {behind}."
    a_week = life.served * _DAYS_A_WEEK / life.days
    if life.item.kind is ItemKind.MONEY:
        pace = f"{money(round(a_week))} a week goes"
    elif a_week < 1:
        pace = f"{life.served} served in {behind}"
    else:
        pace = f"{round(a_week)} a week served"
    return f"{start}, {pace}: {_weeks(weeks)}' worth."


def _oldest(life: ItemLife) -> str:
    if not life.oldest_days:
        return "the oldest since today"
    return f"the oldest {life.oldest_days} day{'' if life.oldest_days == 1 else 's'}"


def _waiting(life: ItemLife, money: Callable[[int], str]) -> str:
    if life.item.kind is ItemKind.MONEY:
        return f"{money(life.waiting)} in the fund"
    return f"{life.waiting} {shown(life.item.name)} waiting"


def _weeks_worth(life: ItemLife) -> int | None:
    """Return for how many weeks what waits will do, None where none of it is served."""
    if life.served <= 0:
        return None
    return life.waiting * life.days // (life.served * _DAYS_A_WEEK)


def _spare(life: ItemLife, rules: AdviceRules) -> int:
    """Return what is more than shall stay on the board; at least one serving stays."""
    keep = max(life.unit, -(-life.served * rules.keep_weeks * _DAYS_A_WEEK // life.days))
    return max(life.unit, life.waiting - keep)


def _weeks(number: int) -> str:
    """Return ``four weeks``; from thirteen on in digits.

    >>> _weeks(4), _weeks(40)
    ('four weeks', '40 weeks')
    """
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} week{'' if number == 1 else 's'}"
