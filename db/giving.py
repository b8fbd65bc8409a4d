"""In: gifts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.append import Line
from db.issuing import expires_on
from db.moment import Moment, check_units
from db.programs import forward_program
from payforward.core.currencies import currency
from payforward.core.errors import BadInput, Refused
from payforward.core.model import MAX_AMOUNT_MINOR, Item, ItemKind, Kind, Place, TaxKind
from payforward.core.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.issuing import Issuing
    from payforward.core.asks import Give


def plan_give(moment: Moment, ask: Give, issuing: Issuing) -> list[Line]:
    """Return the lines of a gift: a book, or two where the price does not divide evenly.

    Args:
        moment: The ledger as it stands.
        ask: What is given.
        issuing: Where a voucher's code comes from.

    Raises:
        Refused: the item is retired or not to be given, the program is none, or no voucher can
            be made now.
        BadInput: a count or an amount that nobody means.
    """
    item = moment.item(ask.item)
    check_units(item, ask.units)
    if item.retired or not item.giftable:
        raise Refused(
            f"{item.name} is not on the menu for gifts: choose another item, or give money.",
            reason="not-giftable",
        )
    program = forward_program(moment.file, moment.shop.id, ask.program)
    is_money = item.kind is ItemKind.MONEY
    lines = [
        Line(
            kind=Kind.GIVE,
            units=units,
            place=Place.BOARD,
            program=program.id,
            item=item.id,
            unit_minor=unit_minor,
            tax_kind=TaxKind.MULTI_PURPOSE if is_money else TaxKind.SINGLE_PURPOSE,
            tax_rate=item.tax_rate,
            till_receipt=ask.till_receipt,
            tender=ask.tender,
        )
        for units, unit_minor in _books(moment, item, ask)
    ]
    return on_slip(lines, issuing, expires_on(moment)) if ask.voucher else lines


def on_slip(lines: list[Line], issuing: Issuing, expires: str | None, slip: int = 0) -> list[Line]:
    """Return lines that open books, now on a new slip whose code is on the first of them.

    Args:
        lines: What is on it.
        issuing: Where its code comes from.
        expires: The last day on which it can be used; None for ever.
        slip: Which of the action's slips it is.
    """
    first, *more = (
        replace(line, place=Place.SLIP, new_slip=slip, expires=expires) for line in lines
    )
    return [replace(first, code=issuing.new_digest()), *more]


def _books(moment: Moment, item: Item, ask: Give) -> Iterable[tuple[int, int]]:
    """Return units and unit price of each book that the gift needs."""
    if item.kind is ItemKind.MONEY:
        return [(ask.units, 1)]
    paid = item.price_minor * ask.units if ask.paid_minor is None else ask.paid_minor
    if paid > MAX_AMOUNT_MINOR:
        raise BadInput("That is too much for one gift: check the amount.", reason="bad-amount")
    if paid < ask.units:
        least = Money(1, currency(moment.shop.currency)).format()
        raise BadInput(
            f"That is less than {least} for each {item.name}: say what was paid for all.",
            reason="bad-amount",
        )
    return Money(paid, currency(moment.shop.currency)).split(ask.units)
