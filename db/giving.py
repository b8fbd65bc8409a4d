"""In: gifts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.append import Line
from db.issuing import expires_on
from db.moment import Moment, check_units
from db.programs import live_programs, refuse_out_of_time, unknown_program
from payforward.core.currencies import currency
from payforward.core.errors import BadInput, Refused
from payforward.core.model import (
    MAX_AMOUNT_MINOR,
    Item,
    ItemKind,
    Kind,
    Place,
    ProgramKind,
    TaxKind,
)
from payforward.core.money import Money
from payforward.core.programs import Running

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.issuing import Issuing
    from payforward.core.asks import Give
    from payforward.core.programs import Program


def plan_give(moment: Moment, ask: Give, issuing: Issuing) -> list[Line]:
    """Return the lines of a gift: a book, or two where the price does not divide evenly.

    Args:
        moment: The ledger as it stands.
        ask: What is given.
        issuing: Where a voucher's code comes from.

    Raises:
        Refused: the item is retired or not to be given, the program does not take it, or no
            voucher can be made now.
        BadInput: a count or an amount that nobody means.
    """
    item = _giftable(moment, ask)
    program = giving_program(moment, item, ask.program)
    is_money = item.kind is ItemKind.MONEY
    is_jar = program.kind is ProgramKind.CHARITY
    if is_jar and ask.voucher:
        raise BadInput(
            f"What is in {program.name} is for a charity: leave the slip out.", reason="bad-slip"
        )
    tax_kind = TaxKind.MULTI_PURPOSE if is_money else TaxKind.SINGLE_PURPOSE
    lines = [
        Line(
            kind=Kind.GIVE,
            units=units,
            place=Place.HELD if is_jar else Place.BOARD,
            program=program.id,
            item=item.id,
            unit_minor=unit_minor,
            # Money that is held for others buys nothing here.
            tax_kind=None if is_jar else tax_kind,
            tax_rate=None if is_jar else item.tax_rate,
            till_receipt=ask.till_receipt,
            tender=ask.tender,
        )
        for units, unit_minor in _books(moment, item, ask)
    ]
    return on_slip(lines, issuing, expires_on(moment)) if ask.voucher else lines


def _giftable(moment: Moment, ask: Give) -> Item:
    """Return the item that is given.

    Raises:
        Refused: it is retired or not to be given.
        BadInput: a count that nobody means.
    """
    item = moment.item(ask.item)
    check_units(item, ask.units)
    if item.kind in (ItemKind.GOODS, ItemKind.SERVING):
        raise Refused(
            f"{item.name} is no gift for the board: a drive takes goods in.", reason="not-giftable"
        )
    if item.retired or not item.giftable:
        raise Refused(
            f"{item.name} is not on the menu for gifts: choose another item, or give money.",
            reason="not-giftable",
        )
    return item


def giving_program(moment: Moment, item: Item, program: int | None) -> Program:
    """Return the program that a gift belongs to: the one named, else the first that takes it.

    Raises:
        Refused: it takes no such gifts, or it is not its time.
    """
    if program is None:
        for candidate in taking_programs(moment, item):
            return candidate
        raise Refused(
            f"No program takes gifts of {item.name} now: choose another item, or change a program.",
            reason="not-in-program",
        )
    live = live_programs(moment.file, moment.shop.id)
    named = next((each for each in live if each.id == program), None)
    if named is None or named.kind not in (ProgramKind.FORWARD, ProgramKind.CHARITY):
        raise unknown_program()
    refuse_out_of_time(named, moment.day)
    if not _takes(named, item):
        raise Refused(
            f"{named.name} takes no gifts of {item.name}: choose another program or item.",
            reason="not-in-program",
        )
    return named


def taking_programs(moment: Moment, item: Item | None = None) -> list[Program]:
    """Return the programs that take gifts of an item, or of any, for the board today.

    A gift for which none is named belongs to the first of them.
    """
    return [
        each
        for each in live_programs(moment.file, moment.shop.id)
        if each.kind is ProgramKind.FORWARD
        and each.running(moment.day) is Running.RUNNING
        and (item is None or _takes(each, item))
    ]


def _takes(program: Program, item: Item) -> bool:
    if program.kind is ProgramKind.CHARITY:
        return item.kind is ItemKind.MONEY
    return item.kind is ItemKind.MONEY or program.takes(item.id)


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
