"""``payforward redeem``: hand over what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money
from payforward.core.asks import Redeem
from payforward.core.errors import BadInput, NothingWaiting
from payforward.core.model import PaidFrom
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Offer, Redeemed
    from payforward.core.model import Item


@click.command("redeem", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option(
    "--from",
    "paid_from",
    type=click.Choice([str(each) for each in PaidFrom], case_sensitive=False),
    help="Who pays: gifts of ITEM itself if nothing is said; the fund; its group's other items.",
)
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    count: str | None,
    paid_from: str | None,
    action: str | None,
) -> None:
    """Hand ITEM over to whoever asks; the oldest gift first."""
    if not item:
        raise BadInput("Say what is handed over: an item.", reason="wrong-usage")
    with session.open() as ledger:
        # What waits of an item that left the menu can still be had.
        found = ledger.find_item(typed.words_of(item), retired=True)
        units = 1 if count is None else typed.count_of(count)
        ask = Redeem(
            action=typed.action_of(action),
            item=found.id,
            units=units,
            paid_from=PaidFrom(paid_from or PaidFrom.BOARD),
        )
        try:
            redeemed = ledger.redeem(ask)
        except NothingWaiting as error:
            if paid_from is not None:
                raise
            raise _with_offers(ledger, found, units, error) from error
        currency = ledger.shop.currency
    session.answer(_document(redeemed, currency), lambda: _lines(redeemed, currency))


def _with_offers(ledger: Ledger, item: Item, units: int, error: NothingWaiting) -> NothingWaiting:
    """Return the refusal with who could pay instead, where anybody could."""
    offers = ledger.offers(item.id, units)
    others = [offer for offer in offers if offer.paid_from is not PaidFrom.BOARD]
    if not others:
        return error
    missing = "No" if error.waiting == 0 else f"Only {error.waiting}"
    group = [offer for offer in others if offer.paid_from is PaidFrom.GROUP]
    said = [_by_group(group, ledger.shop.currency)] if group else []
    said += [
        f"the fund can pay {money(offer.amount_minor, ledger.shop.currency)}: add --from fund"
        for offer in others
        if offer.paid_from is PaidFrom.FUND
    ]
    sentence = "; ".join([f"{missing} {item.name} waiting", *said])
    return NothingWaiting(f"{sentence}.", waiting=error.waiting)


def _by_group(offers: Sequence[Offer], currency: str) -> str:
    """Return that the group can pay, and what to add for it."""
    offer = offers[0]
    if len(offers) > 1 or offer.units > 1:
        # The whole group pays, oldest gift first, so what the shop adds is not known yet.
        names = " or ".join(offer.payer.name for offer in offers)
        return f"{names} can pay, the oldest gift first: add --from group"
    adds = offer.shop_adds_minor
    cost = f" (the shop adds {money(adds, currency)})" if adds else ""
    return f"{offer.units} {offer.payer.name} can pay{cost}: add --from group"


def _document(redeemed: Redeemed, currency: str) -> dict[str, object]:
    return {
        "action": redeemed.action,
        "item": redeemed.item.name,
        "units": redeemed.units,
        "amount_minor": redeemed.amount_minor,
        "list_price_minor": redeemed.list_price_minor,
        "currency": currency,
        "waiting": redeemed.waiting,
        "paid_from": redeemed.paid_from.value,
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


def _lines(redeemed: Redeemed, currency: str) -> Iterator[str]:
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
    if redeemed.paid_from is PaidFrom.FUND:
        paid, left = (money(minor, currency) for minor in (redeemed.amount_minor, redeemed.waiting))
        return f"The fund paid {paid}; {left} still in it."
    if redeemed.paid_from is PaidFrom.GROUP:
        names = list(dict.fromkeys(shown(line.item.name) for line in redeemed.lines))
        paid = " and ".join(names)
        which = paid if len(names) == 1 else "of them"
        return f"Paid as {paid}; {redeemed.waiting} {which} still waiting."
    return f"{redeemed.waiting} still waiting."
