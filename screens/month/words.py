"""The month in sentences: beside other months, and what the shop itself added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.days import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.report_answers import Contribution, MonthMoved, OwnersMonth

    MoneyWords = Callable[[int], str]


def said_compared(month: OwnersMonth, money: MoneyWords) -> list[str]:
    """Return what was given and served, beside the month before and a year before."""
    this, before, year = month.months[-1], month.before, month.year_before
    return [
        _beside("Given", this, before, year, lambda each: money(each.given.amount_minor)),
        _beside("Served", this, before, year, lambda each: money(each.redeemed.amount_minor)),
    ]


def _beside(
    word: str,
    this: MonthMoved,
    before: MonthMoved | None,
    year: MonthMoved | None,
    said: Callable[[MonthMoved], str],
) -> str:
    parts = [f"{word} {said(this)}"]
    if before is not None:
        parts.append(f"in {MONTHS[before.month.month - 1]} {said(before)}")
    if year is not None:
        parts.append(f"a year ago {said(year)}")
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
