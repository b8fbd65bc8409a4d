"""The month in sentences: beside other months, and what the shop itself added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.days import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from payforward.core.report_answers import Contribution, MonthMoved, OwnersMonth

    MoneyWords = Callable[[int], str]


def said_compared(month: OwnersMonth, money: MoneyWords, *, is_over: bool) -> list[str]:
    """Return what was given and served, beside the month before and a year before.

    Args:
        month: The month.
        money: How amounts are written.
        is_over: Whether the month is; else it stands beside whole months.
    """
    others = [each for each in (month.before, month.year_before) if each is not None]
    every = [month.months[-1], *others]
    given = [money(each.given.amount_minor) for each in every]
    served = [money(each.redeemed.amount_minor) for each in every]
    return [_beside("Given", given, others, is_over), _beside("Served", served, others, is_over)]


def _beside(word: str, said: Sequence[str], others: Sequence[MonthMoved], is_over: bool) -> str:
    parts = [f"{word} {said[0]}" if is_over else f"{word} {said[0]} so far"]
    for each, amount in zip(others, said[1:], strict=True):
        name = MONTHS[each.month.month - 1]
        when = name if each is others[0] else f"{name} {each.month.year}"
        parts.append(f"{amount} in {'' if is_over else 'all of '}{when}")
    return f"{', '.join(parts)}."


def said_contribution(added: Contribution, money: MoneyWords) -> list[str]:
    """Return what the shop itself added, each apart: nothing of this may be summed up.

    Of what was done in an earlier month more may be taken back than was done in this one.
    """
    goods = abs(added.goods)
    told = (
        (
            added.rises_minor,
            "The shop added {} to what gifts had paid.",
            "Of what the shop added to gifts, {} was taken back.",
        ),
        (
            added.falls_minor,
            "Gifts had paid {} above the list price.",
            "Of what gifts had paid above the list price, {} was taken back.",
        ),
        (
            added.giveaways_minor,
            "The house gave {} at list price.",
            "Of what the house gave, {} at list price was taken back.",
        ),
    )
    said = [
        (words if minor > 0 else back).format(money(abs(minor)))
        for minor, words, back in told
        if minor
    ]
    if goods:
        things = f"{goods} {'thing' if goods == 1 else 'things'} brought to drives"
        said.append(f"{things}." if added.goods > 0 else f"{things} before, and taken back.")
    return said
