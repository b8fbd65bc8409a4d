"""What can be done where nothing waits: who else could pay, and that it can be noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import money, quoted
from payforward.core.errors import NothingWaiting
from payforward.core.model import PaidFrom

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Offer
    from payforward.core.model import Item


def with_offers(ledger: Ledger, item: Item, units: int, error: NothingWaiting) -> NothingWaiting:
    """Return the refusal with who could pay instead, and how to note what was asked for.

    Args:
        ledger: The shop's.
        item: What was asked for.
        units: How many of it.
        error: Why not.
    """
    said = list(_ways(ledger, item, units))
    count = f" --count {units - error.waiting}" if units - error.waiting > 1 else ""
    note = f"'payforward asked {quoted(item.name)}{count}' notes that it was asked for."
    if not said:
        return NothingWaiting(f"{error.message} {note}", waiting=error.waiting)
    missing = "No" if error.waiting == 0 else f"Only {error.waiting}"
    sentence = "; ".join([f"{missing} {item.name} waiting", *said])
    return NothingWaiting(f"{sentence}. {note}", waiting=error.waiting)


def _ways(ledger: Ledger, item: Item, units: int) -> Iterator[str]:
    """Yield who could pay, the plainest way first, each with what to type for it."""
    currency = ledger.shop.currency
    offers = ledger.offers(item.id, units)
    group = [each for each in offers if each.paid_from is PaidFrom.GROUP]
    if group:
        yield _by_group(group, currency)
    for offer in offers:
        if offer.paid_from is PaidFrom.FUND:
            yield f"the fund can pay {money(offer.amount_minor, currency)}: add --from fund"
        elif offer.paid_from is PaidFrom.GIVEAWAY and offer.program is not None:
            yield _by_house(offer, offer.program.name, item)


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


def _by_house(offer: Offer, program: str, item: Item) -> str:
    count = f" --count {offer.units}" if offer.units > 1 else ""
    typed = f"payforward giveaway {quoted(item.name)} --program {quoted(program)}{count}"
    return f"the house can give {offer.units}: '{typed}'"
