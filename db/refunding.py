"""Refund: what waits of a gift goes back to its giver, goods as they are, the rest as money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.append import Line
from db.gifts import first_of_gift
from db.moment import said_units
from db.picker import pick_from_gift
from payforward.core.errors import BadInput, NothingWaiting, Refused
from payforward.core.model import ItemKind, Kind, Place, Tender

if TYPE_CHECKING:
    from db.moment import Moment
    from payforward.core.asks import Refund
    from payforward.core.model import Entry, Item


def plan_refund(moment: Moment, ask: Refund) -> list[Line]:
    """Return the lines that take a gift's waiting units out again, newest book first.

    Raises:
        Refused: there is no such gift, or nothing of it waits.
        NothingWaiting: fewer wait than shall be refunded.
        BadInput: a count that nobody means.
    """
    file, shop = moment.file, moment.shop
    first, item = first_of_gift(file, shop.id, moment.items, ask.gift)
    is_held = first.place == Place.HELD
    back = "give back" if is_held else "refund"
    if ask.units is not None and ask.units <= 0:
        raise BadInput(f"{back.capitalize()} at least 1.", reason="bad-count")
    everything = pick_from_gift(file, shop.id, ask.gift, None, anywhere=True)
    waiting = sum(pick.units for pick in everything)
    if waiting == 0:
        state = "is here" if is_held else "waits"
        raise Refused(
            f"Nothing of gift {ask.gift} {state} any more, so there is nothing to {back}.",
            reason="enjoyed",
        )
    if ask.units is not None and ask.units > waiting:
        state = "here" if is_held else "waiting"
        raise NothingWaiting(
            f"Only {said_units(shop, item, waiting)} of gift {ask.gift} still {state}: {back} at "
            "most that.",
            waiting=waiting,
        )
    tender = _tender(first, item, ask.tender)
    return [
        Line(kind=Kind.REFUND, book=pick.book, units=-pick.units, tender=tender)
        for pick in pick_from_gift(file, shop.id, ask.gift, ask.units, anywhere=True)
    ]


def _tender(first: Entry, item: Item, asked: Tender | None) -> Tender | None:
    if item.kind is ItemKind.GOODS:
        # Nobody paid for them.
        return None
    tender = asked or Tender(first.tender or Tender.CASH)
    # What was paid before this ledger began comes out of the drawer of today.
    return Tender.CASH if tender is Tender.OPENING else tender
