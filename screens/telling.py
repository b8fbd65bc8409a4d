"""Entries in plain words: what happened, to what, who paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import MONTHS, WEEKDAYS
from payforward.core.model import ItemKind, Kind, Place, Tender
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from payforward.core.answers import EntryView
    from payforward.core.model import Item

NO_NAME: Final = "No name"
"""Stands for whoever did not say who they are."""

UNDONE_MARK: Final = "↶"
"""Stands after what was taken back later."""

SAME_ACTION: Final = "└"
"""Stands for a line that belongs to the one above: more than one gift paid."""

TENDER_WORDS: Final = {
    Tender.CASH: "cash",
    Tender.CARD: "card",
    Tender.OTHER: "other",
    Tender.OPENING: "from before",
}

_KIND_WORDS: Final = {
    Kind.GIVE: "Given",
    Kind.BUDGET: "Set aside",
    Kind.REDEEM: "Served",
    Kind.REFUND: "Refunded",
    Kind.PASS_ON: "Passed on",
    Kind.DELIVER: "Delivered",
    Kind.LAPSE: "Lapsed",
    Kind.HAND_OUT: "Handed out",
    Kind.TAKE_BACK: "Slip to board",
    Kind.EXPIRE: "Slip ran out",
    Kind.REPLACE: "New slip",
    Kind.CLOSE: "Day closed",
    Kind.JUMP: "Clock changed",
}


def said_day(day: date) -> str:
    """Return a day in words.

    >>> from datetime import date
    >>> said_day(date(2026, 11, 21))
    'Saturday 21 November 2026'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def said_time(at: datetime) -> str:
    """Return the time of day of an instant that is in the shop's time zone already."""
    return f"{at:%H:%M}"


def said_kind(view: EntryView) -> str:
    """Return what an entry did."""
    if view.entry.undoes is not None:
        return "Taken back"
    goods = view.item is not None and view.item.kind is ItemKind.GOODS
    word = "Brought" if goods and view.kind is Kind.GIVE else _KIND_WORDS[view.kind]
    return f"{word} {UNDONE_MARK}" if view.undone else word


def said_item(view: EntryView) -> str:
    """Return what was given or handed over, and how many."""
    item = view.served_item or view.item
    if item is None:
        return ""
    if item.kind is ItemKind.MONEY:
        # What is held for a charity is not in the fund.
        return "Money" if view.entry.place == Place.HELD else shown(item.name)
    count = abs(view.entry.units if view.entry.served is None else view.entry.served)
    if item.kind is ItemKind.SERVING:
        return f"{count} {'serving' if count == 1 else 'servings'}"
    return f"{count} {shown(item.name)}" if count else shown(item.name)


def said_amount(view: EntryView, money: Callable[[int], str]) -> str:
    """Return the money that came in, or, below zero, that went out; goods have no value."""
    if view.item is None or view.item.kind in (ItemKind.GOODS, ItemKind.SERVING):
        return ""
    return money(view.entry.amount_minor)


def said_payer(view: EntryView) -> str:
    """Return who paid: how the giver did, or what stood for what was handed over.

    Of what went to a partner it is the partner.
    """
    if view.partner is not None:
        return shown(view.partner)
    if view.item is not None and view.item.kind is ItemKind.SERVING:
        return "the house"
    if view.entry.tender is not None:
        return TENDER_WORDS[Tender(view.entry.tender)]
    if view.kind is not Kind.REDEEM or view.item is None:
        return ""
    return _gift_of(view.item, view.served_item)


def _gift_of(paid: Item, served: Item | None) -> str:
    if paid.kind is ItemKind.MONEY:
        return "the fund"
    return "a gift" if served is None or served.id == paid.id else f"a {shown(paid.name)}"


def said_place(view: EntryView) -> str:
    """Return at which till, and by whom."""
    return " · ".join(shown(name) for name in (view.till, view.cashier) if name)


def said_advice(count: int) -> str:
    """Return how much there is to look at.

    >>> said_advice(1), said_advice(3)
    ('1 thing to look at', '3 things to look at')
    """
    return f"{count} {'thing' if count == 1 else 'things'} to look at"
