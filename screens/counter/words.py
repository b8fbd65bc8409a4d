"""The counter's own words: short, plain, kind, and true about what Enter does next.

Each function returns variants of one sentence, the fullest first; `fitting` takes the first
that the screen has room for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.model import ItemKind, Kind, PaidFrom, Tender
from payforward.core.text import cell_width, fit, shown
from screens.telling import TENDER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from payforward.core.answers import Offer, PastAction, Redeemed, Undone
    from payforward.core.model import Item
    from payforward.core.slip_answers import TakenBack

    MoneyWords = Callable[[int], str]

Variants = tuple[str, ...]

IDLE: Final[Variants] = (
    "Letters serve, + gives.   ? more   ^Z takes back   ↑↓ choose",
    "Letters serve, + gives.   ? more",
)
IDLE_NO_GIFTS: Final[Variants] = (
    "Letters serve; no gifts are taken just now.   ? more   ^Z takes back",
    "Letters serve; no gifts are taken now.   ? more",
)
ENTER_YES: Final[Variants] = ("Enter yes   ↓ next   Esc no", "Enter yes   Esc no")
ENTER_LOOKS: Final[Variants] = ("Enter looks what else there is   Esc no",)
ENTER_SERVES: Final[Variants] = ("Enter serves   ↓ next   Esc no", "Enter serves   Esc no")
SOME_WORDS: Final[Variants] = (
    "A few words came with it: → shows them.",
    "→ shows a few words.",
)
ENTER_DATE: Final[Variants] = ("Enter: yes, the date is right   Esc no",)
ENTER_AGAIN: Final[Variants] = ("Enter tries again   Esc no",)


_DONE: Final = {
    Kind.GIVE: "given",
    Kind.REDEEM: "served",
    Kind.REFUND: "refunded",
    Kind.HAND_OUT: "handed out",
    Kind.PASS_ON: "passed on",
    Kind.DELIVER: "delivered",
}


def fitting(variants: Sequence[str], width: int) -> str:
    """Return the first variant that is no wider than ``width`` cells, or the last one cut."""
    for variant in variants:
        if cell_width(variant) <= width:
            return variant
    return fit(variants[-1], width).rstrip()


def without_next(keys: Variants) -> Variants:
    """Return what the keys do where no other way follows.

    >>> without_next(("Enter yes   ↓ next   Esc no", "Enter yes   Esc no"))
    ('Enter yes   Esc no', 'Enter yes   Esc no')
    """
    return tuple(each.replace("   ↓ next", "").replace("   ↓ earlier", "") for each in keys)


def two_lines(said: Sequence[str], keys: Sequence[str], width: int) -> tuple[str, str]:
    """Return a sentence and its keys; where no variant fits, it runs on in place of the keys.

    Only words without an answer run on: what Enter would do is never hidden.
    """
    if (any(keys) and keys not in (IDLE, IDLE_NO_GIFTS)) or cell_width(said[-1]) <= width:
        return fitting(said, width), fitting(keys, width)
    first = ""
    rest = said[-1].split()
    while rest and cell_width(f"{first} {rest[0]}".strip()) <= width:
        first = f"{first} {rest.pop(0)}".strip()
    return first, fitting((" ".join(rest),), width)


def name(item: Item) -> str:
    """Return an item's name, safe to show."""
    return shown(item.name)


def said(item: Item, units: int, money: MoneyWords) -> str:
    """Return what is meant: ``2 Cappuccino``, or ``€20.00`` of money."""
    return money(units) if item.kind is ItemKind.MONEY else f"{units} {name(item)}"


def said_all(item: Item, units: int, others: int, money: MoneyWords) -> str:
    """Return what is meant of several goods at one time: ``7 goods (Coat S and 1 other)``."""
    if not others:
        return said(item, units, money)
    return f"{units} goods ({name(item)} and {others} other{'s' if others > 1 else ''})"


def age(oldest: date, today: date) -> str:
    """Return how long the oldest gift has waited."""
    days = (today - oldest).days
    return "oldest today" if days <= 0 else f"oldest {days} d"


def moment(at: datetime) -> str:
    """Return weekday and time of day, as the clock on the wall shows it.

    >>> from datetime import datetime
    >>> moment(datetime(2026, 11, 21, 17, 40))
    'Sat 17:40'
    """
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return f"{days[at.weekday()]} {at:%H:%M}"


def serve_question(
    offer: Offer,
    asked: int,
    waiting: int,
    money: MoneyWords,
    *,
    there: int = 0,
    just_gone: bool = False,
) -> Variants:
    """Say who pays for what is asked for.

    Args:
        offer: Who would pay.
        asked: How many were asked for; the offer may be for fewer.
        waiting: How many of what pays wait.
        money: How amounts are written.
        there: How many of the item itself wait, where something else pays.
        just_gone: Whether the last one went to another till this very moment.
    """
    what = said(offer.item, offer.units, money)
    if offer.paid_from is PaidFrom.BOARD and waiting < offer.units:
        return (f"The last {name(offer.item)} has just gone.", "The last one has just gone.")
    missing = _missing(offer.item, there, just_gone=just_gone)
    if offer.paid_from is PaidFrom.FUND:
        many = f" for {offer.units}" if asked > 1 else ""
        pays = f"The fund can pay {money(offer.amount_minor)}{many}."
        return (*(f"{none}. {pays}" for none in missing), pays)
    if offer.paid_from is PaidFrom.GROUP:
        adds = offer.shop_adds_minor
        extra = f" The shop adds {money(adds)}." if adds else ""
        if offer.amount_minor > offer.list_price_minor:
            extra = f" The gift was {money(offer.amount_minor)}."
        full, brief = missing
        many = f" for {offer.units}" if offer.units < asked else ""
        short = f"{name(offer.payer)} can pay{many}.{extra}"
        return (
            f"{full}; {said(offer.payer, offer.units, money)} can pay{many}.{extra}",
            f"{brief}; {short}",
            short,
        )
    if offer.program is not None:
        whose = shown(offer.program.name)
        return (f"Serve {what} from {whose}? {waiting} waiting.", f"Serve {what} from {whose}?")
    if offer.units < asked:
        return (f"Only {what} waiting. Serve {offer.units}?", f"Only {offer.units} waiting.")
    return (f"Serve {what}? {waiting} waiting.", f"Serve {what}?")


def _missing(item: Item, there: int, *, just_gone: bool) -> tuple[str, str]:
    """Return what is missing on the board, at length and in brief."""
    if just_gone:
        return "The last one has just gone", "Just gone"
    if there:
        return f"Only {there} {name(item)} waiting", f"Only {there} waiting"
    return f"No {name(item)} waiting", "None waiting"


def served(answer: Redeemed, money: MoneyWords) -> Variants:
    """Say that something was handed over, and nothing about whom to."""
    what = said(answer.item, answer.units, money)
    if answer.paid_from is PaidFrom.FUND:
        return (f"✓ {what}. The fund has {money(answer.waiting)}.", f"✓ {what}.")
    if answer.paid_from is PaidFrom.GROUP:
        payer = name(answer.lines[0].item)
        return (
            f"✓ {what}, paid by {answer.units} {payer}. {answer.waiting} {payer} still waiting.",
            f"✓ {what}. {answer.waiting} {payer} still waiting.",
            f"✓ {what}.",
        )
    if answer.waiting == 0:
        return (f"✓ {what}. That was the last one.", f"✓ {what}.")
    return (f"✓ {what}. {answer.waiting} still waiting.", f"✓ {what}.")


def far_date(today: str) -> Variants:
    """Ask the owner whether the machine's date can be right."""
    return (
        f"Nothing was written here for over a week. Is today {today}?",
        f"Is today {today}?",
    )


def nothing_to_serve(item: Item, others: Sequence[Item]) -> Variants:
    """Say that an item cannot be had just now, and what can."""
    missing = f"No {name(item)} just now."
    if not others:
        return (f"{missing[:-1]}, and nothing else waits.", missing)
    first, *more = [name(other) for other in others]
    one = (f"{missing} {first} is waiting.", f"{missing} Others are.", missing)
    return (f"{missing} {first} and {more[0]} are waiting.", *one) if more else one


def take_back_question(
    past: PastAction, at: datetime, money: MoneyWords, *, to: str = ""
) -> Variants:
    """Name the act that would be taken back, and how much of it still can be.

    Args:
        past: The act.
        at: When it was, by the clock on the shop's wall.
        money: How amounts are written.
        to: The jar that money was put into, if it was.
    """
    what = said_all(past.item, past.units, past.others, money)
    is_goods = past.item.kind is ItemKind.GOODS
    done = "taken in" if is_goods and past.kind is Kind.GIVE else _DONE.get(past.kind, "moved")
    became = "delivered" if is_goods else "enjoyed"
    if past.left == 0:
        return (
            f"{what} {done} at {at:%H:%M}: {became} already, it stays.",
            f"{what}: {became} already, it stays.",
        )
    if past.left < past.units:
        gone = (
            money(past.units - past.left)
            if past.item.kind is ItemKind.MONEY
            else str(past.units - past.left)
        )
        left = said_all(past.item, past.left, past.others, money)
        return (
            f"{gone} of {what} was {became}; take back the other {left}?",
            f"{gone} was {became}; take back {left}?",
        )
    paid = ""
    if past.tender:
        cost = "" if past.item.kind is ItemKind.MONEY else f" {money(past.amount_minor)}"
        paid = f", {TENDER_WORDS[past.tender]}{cost}"
    into = (f"Take back: {what} put into the {to} at {at:%H:%M}{paid}?",) if to else ()
    return (
        *into,
        f"Take back: {what} {done} at {at:%H:%M}{paid}?",
        f"Take back: {what} {done} at {at:%H:%M}?",
        f"Take back {what}?",
    )


def taken_back(answer: Undone, money: MoneyWords) -> Variants:
    """Say what was taken back, and which money goes the other way."""
    what = said_all(answer.item, answer.units, answer.others, money)
    if answer.kind is Kind.GIVE and answer.tender not in (None, Tender.OPENING):
        paid = f"{money(answer.amount_minor)} {TENDER_WORDS[answer.tender or Tender.CASH]}"
        return (f"Taken back: {what}. {paid} goes back to the giver.", f"Taken back: {what}.")
    if answer.kind is Kind.REDEEM and answer.slip is not None:
        is_money = answer.payer.kind is ItemKind.MONEY
        back = money(answer.amount_minor) if is_money else str(answer.units)
        verb = "is" if is_money or answer.units == 1 else "are"
        return (
            f"Taken back: {what}. {back} {verb} on its slip again.",
            f"Taken back: {what}, on its slip again.",
            f"Taken back: {what}.",
        )
    if answer.kind is Kind.REDEEM and answer.payer.kind is ItemKind.MONEY:
        back = money(answer.amount_minor)
        return (f"Taken back: {what}. {back} is in the fund again.", f"Taken back: {what}.")
    if answer.kind is Kind.REDEEM and answer.payer == answer.item:
        return (f"Taken back: {what} waits again.", f"Taken back: {what}.")
    return (f"Taken back: {what}.",)


def on_board(answer: TakenBack, money: MoneyWords) -> Variants:
    """Say that what was on a slip is on the board."""
    what = said(answer.item, answer.units, money)
    where = "in the fund" if answer.item.kind is ItemKind.MONEY else "on the board"
    return (f"{what} is {where} now, and the slip is dead paper.", f"{what} is {where} now.")
