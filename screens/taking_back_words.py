"""Taking back an act of any day, in words: what it means before, what was done after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import short_day
from payforward.core.model import ItemKind, Kind, PaidFrom, Tender
from payforward.core.text import shown
from screens.telling import TENDER_WORDS, said_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from payforward.core.answers import PastAction, Undone
    from payforward.core.model import Item

    MoneyWords = Callable[[int], str]

_DOING: Final = {
    Kind.GIVE: "Giving {}",
    Kind.REDEEM: "Serving {}",
    Kind.REFUND: "Refunding {}",
    Kind.PASS_ON: "Passing on {}",
    Kind.DELIVER: "Delivering {}",
    Kind.HAND_OUT: "Putting {} on slips",
    Kind.TAKE_BACK: "Putting {} from slips on the board",
}


def question(past: PastAction, at: datetime, today: date, money: MoneyWords) -> str:
    """Return what taking an act back means: when it counts, and which money goes where.

    Args:
        past: The act.
        at: When it was done, by the clock on the shop's wall.
        today: The day on which the taking back counts.
        money: How amounts are written.
    """
    words = _DOING[past.kind]
    if past.item.kind is ItemKind.GOODS and past.kind is Kind.GIVE:
        words = "Taking in {}"
    done = words.format(_said_all(past.item, past.units, past.others, money))
    if past.partner is not None:
        towards = "for" if past.kind is Kind.HAND_OUT else "to"
        done += f" {towards} {shown(past.partner)}"
    is_today = past.day == today
    when = f"at {said_time(at)}" if is_today else f"on {short_day(past.day)}"
    back = "is taken back" if is_today else "is taken back today, and counts today"
    if past.left < past.units:
        left = _said(past.item, past.left, money)
        back = f"{back}: only {left} of it, for the rest is gone"
    said = f"{done} {when} {back}"
    goes = _said_money(past, money)
    return f"{said}; {goes}." if goes else f"{said}."


def taken_back(undone: Undone, money: MoneyWords) -> str:
    """Return what was taken back, and on which day that counts."""
    what = _said_all(undone.item, undone.units, undone.others, money)
    if undone.done_on == undone.day:
        return f"Taken back: {what}."
    return f"Taken back: {what} of {short_day(undone.done_on)}. It counts today."


def _said_all(item: Item, units: int, others: int, money: MoneyWords) -> str:
    if not others:
        return _said(item, units, money)
    return f"{units} goods ({shown(item.name)} and {others} other{'s' if others > 1 else ''})"


def _said(item: Item, units: int, money: MoneyWords) -> str:
    return money(units) if item.kind is ItemKind.MONEY else f"{units} {shown(item.name)}"


def _said_money(past: PastAction, money: MoneyWords) -> str:
    """Return which money goes the other way; of a part it is not known before."""
    is_part = past.left < past.units
    minor = "its money" if is_part else money(past.amount_minor)
    if past.kind is Kind.REDEEM:
        if past.paid_from is PaidFrom.GIVEAWAY:
            return "the house gave it"
        return f"what paid for it, {minor}, waits again"
    if past.tender is None or not past.amount_minor:
        return ""
    if past.kind is Kind.GIVE and past.tender is Tender.OPENING:
        return "it was paid before, and no money goes back"
    way = {Kind.GIVE: "goes back to the giver", Kind.REFUND: "goes back into the till"}
    return f"{minor} {way.get(past.kind, 'comes back')}, {TENDER_WORDS[past.tender]}"
