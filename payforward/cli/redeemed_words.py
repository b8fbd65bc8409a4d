"""What was handed over, as scripts and people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import money
from payforward.core.model import ItemKind, PaidFrom
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.answers import Redeemed


def redeemed_document(redeemed: Redeemed, currency: str) -> dict[str, object]:
    """Return for scripts what was handed over; what is left is of the slip that paid."""
    return {
        "action": redeemed.action,
        "item": redeemed.item.name,
        "units": redeemed.units,
        "amount_minor": redeemed.amount_minor,
        "list_price_minor": redeemed.list_price_minor,
        "currency": currency,
        "waiting": redeemed.waiting,
        "paid_from": redeemed.paid_from.value,
        "slip": redeemed.slip,
        "left": None if redeemed.slip is None else redeemed.waiting,
        "lines": [
            {
                "gift": line.gift,
                "item": line.item.name,
                "units": line.units,
                "amount_minor": line.amount_minor,
                "message": line.message,
                "given_on": line.given_on.isoformat(),
            }
            for line in redeemed.lines
        ],
        "day": redeemed.day.isoformat(),
        "repeated": redeemed.repeated,
    }


def redeemed_lines(redeemed: Redeemed, currency: str) -> Iterator[str]:
    """Return for people what was handed over, who paid, and what givers say."""
    if redeemed.repeated:
        yield "That was done before, and was not done again:"
    yield f"✓ {redeemed.units} {shown(redeemed.item.name)}. {_who_paid(redeemed, currency)}"
    adds = redeemed.list_price_minor - redeemed.amount_minor
    if adds > 0:
        yield f"The shop adds {money(adds, currency)}."
    for message in dict.fromkeys(line.message for line in redeemed.lines if line.message):
        yield f"The giver says: “{shown(message)}”"
    gifts = list(dict.fromkeys(str(line.gift) for line in redeemed.lines))
    label = "Gift" if len(gifts) == 1 else "Gifts"
    yield f"{label} {', '.join(gifts)}; to take it back: payforward undo {redeemed.action}"


def _who_paid(redeemed: Redeemed, currency: str) -> str:
    if redeemed.paid_from is PaidFrom.SLIP:
        return _slip_paid(redeemed, currency)
    if redeemed.paid_from is PaidFrom.FUND:
        paid, left = (money(minor, currency) for minor in (redeemed.amount_minor, redeemed.waiting))
        return f"The fund paid {paid}; {left} still in it."
    if redeemed.paid_from is PaidFrom.GROUP:
        names = list(dict.fromkeys(shown(line.item.name) for line in redeemed.lines))
        paid = " and ".join(names)
        which = paid if len(names) == 1 else "of them"
        return f"Paid as {paid}; {redeemed.waiting} {which} still waiting."
    return f"{redeemed.waiting} still waiting."


def _slip_paid(redeemed: Redeemed, currency: str) -> str:
    payer = redeemed.lines[0].item
    left = "Nothing left on the slip."
    if redeemed.waiting and payer.kind is ItemKind.MONEY:
        left = f"{money(redeemed.waiting, currency)} left on the slip."
    elif redeemed.waiting:
        left = f"{redeemed.waiting} left on the slip."
    if payer.kind is ItemKind.MONEY:
        return f"The slip paid {money(redeemed.amount_minor, currency)}. {left}"
    return left if payer.id == redeemed.item.id else f"Paid as {shown(payer.name)}. {left}"
