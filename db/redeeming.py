"""Out: gifts handed over, and who could pay for what is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.append import Line
from db.moment import Moment, check_units
from db.picker import Pick, pick_from_board, waiting_units
from db.programs import program_of, program_of_board
from payforward.core.currencies import currency
from payforward.core.errors import BadInput, NothingWaiting, Refused
from payforward.core.model import Item, ItemKind, Kind, PaidFrom, Place, TaxKind
from payforward.core.money import Money

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from payforward.core.asks import Redeem

BOARD_TOTALS: Final = """
    SELECT item, CAST(sum(units) AS BIGINT) AS units, min(gift) AS oldest
    FROM waiting
    WHERE shop = :shop
    AND place = :place
    GROUP BY item
"""

BOARD_TOTALS_OF_PROGRAM: Final = """
    SELECT item, CAST(sum(units) AS BIGINT) AS units, min(gift) AS oldest
    FROM waiting
    WHERE shop = :shop
    AND place = :place
    AND program = :program
    GROUP BY item
"""


def plan_redeem(moment: Moment, ask: Redeem) -> list[Line]:
    """Return the lines of a redemption, oldest gift first.

    Raises:
        NothingWaiting: what shall pay has not enough.
        Refused: money was asked for, a substitute of no common group, or a program without
            gifts on the board.
        BadInput: a slip or the house shall pay, and which was not said.
    """
    if ask.paid_from is PaidFrom.SLIP:
        raise BadInput("Scan the slip that shall pay.", reason="slip-needed")
    if ask.paid_from is PaidFrom.GIVEAWAY:
        raise BadInput("Say which program of the house pays.", reason="program-needed")
    item = servable(moment, ask.item)
    check_units(item, ask.units)
    program_of_board(moment.file, moment.shop.id, ask.program)
    if ask.paid_from is PaidFrom.BOARD:
        return lines_of_units(item, _pick(moment, item, [item], ask.units, ask.program))
    if ask.paid_from is PaidFrom.GROUP:
        there = substitutes(moment, item, ask.program)
        payers = [s for s in there if ask.substitute in (None, s.id)]
        return lines_of_units(item, _pick(moment, item, payers, ask.units, ask.program))
    return _lines_of_money(moment, item, ask.units, ask.program)


def substitutes(moment: Moment, item: Item, program: int | None = None) -> list[Item]:
    """Return the items that may be served for this one and wait, nearest in price first.

    They wait in any program, or in one.
    """
    groups = set(item.groups)
    oldest = {row["item"]: row["oldest"] for row in _board_totals(moment, program)}
    near = [
        other
        for other in moment.items.values()
        if other.id != item.id and other.id in oldest and groups & set(other.groups)
    ]
    return sorted(near, key=lambda i: (abs(i.price_minor - item.price_minor), oldest[i.id]))


def servable(moment: Moment, item: int) -> Item:
    """Return an item that can be handed over.

    Raises:
        Refused: there is none of that number, or it is the money, or goods.
    """
    found = moment.item(item)
    if found.kind in (ItemKind.GOODS, ItemKind.SERVING):
        raise Refused(
            f"{found.name} is not served here: a drive's goods are delivered to a partner.",
            reason="not-served",
        )
    if found.kind is ItemKind.MONEY:
        raise Refused(
            "Money is not handed out: name what is served, and let the fund pay for it.",
            reason="money-pays",
        )
    return found


def _pick(
    moment: Moment, asked: Item, payers: Sequence[Item], units: int, program: int | None
) -> list[Pick]:
    """Return from which books of all payers together the units come, oldest gift first."""
    file, shop = moment.file, moment.shop.id
    near = [
        pick
        for payer in payers
        for pick in pick_from_board(file, shop, payer.id, units, program=program)
    ]
    there = sum(pick.units for pick in near)
    if there < units:
        raise NothingWaiting(_what_waits(moment, asked, payers, there, program), waiting=there)
    picks: list[Pick] = []
    missing = units
    for pick in sorted(near, key=lambda pick: (pick.gift, pick.book)):
        if missing == 0:
            break
        picks.append(replace(pick, units=min(missing, pick.units)))
        missing -= picks[-1].units
    return picks


def lines_of_units(item: Item, picks: Sequence[Pick]) -> list[Line]:
    """Return the lines in which books of units pay for as many of an item."""
    return [
        Line(
            kind=Kind.REDEEM,
            book=pick.book,
            units=-pick.units,
            served_item=item.id,
            served=pick.units,
            list_price_minor=item.price_minor * pick.units,
        )
        for pick in picks
    ]


def _lines_of_money(moment: Moment, item: Item, units: int, program: int | None) -> list[Line]:
    price = item.price_minor * units
    file, shop = moment.file, moment.shop.id
    fund = waiting_units(file, shop, moment.money.id, program=program)
    money = currency(moment.shop.currency)
    if not 0 < price <= fund:
        some = fund // item.price_minor if item.price_minor > 0 else 0
        of = "" if program is None else f" of {program_of(file, shop, program).name}"
        has = f"has {Money(fund, money).format()}" if fund else "is empty"
        raise NothingWaiting(
            f"The fund{of} {has}, and {units} {item.name} cost{'s' if units == 1 else ''} "
            f"{Money(price, money).format()}: "
            f"{f'it can pay for {some}' if some else 'choose something else'}.",
            waiting=fund,
        )
    picks = pick_from_board(file, shop, moment.money.id, price, program=program)
    return lines_of_amount(item, picks, units)


def lines_of_amount(item: Item, picks: Sequence[Pick], units: int) -> list[Line]:
    """Return the lines in which money pays for ``units`` of an item."""
    return [
        Line(
            kind=Kind.REDEEM,
            book=pick.book,
            units=-pick.units,
            served_item=item.id,
            # What was handed over is counted once, its price on the lines that paid it.
            served=units if pick is picks[0] else 0,
            list_price_minor=pick.units,
            # Only now is it known what the money buys: VAT falls due at today's rate.
            tax_kind=TaxKind.MULTI_PURPOSE,
            tax_rate=item.tax_rate,
        )
        for pick in picks
    ]


def _board_totals(moment: Moment, program: int | None) -> list[sqlite3.Row]:
    statement = BOARD_TOTALS if program is None else BOARD_TOTALS_OF_PROGRAM
    facts = {"shop": moment.shop.id, "place": str(Place.BOARD), "program": program}
    return moment.file.read(statement, facts)


def _what_waits(
    moment: Moment, asked: Item, payers: Sequence[Item], there: int, program: int | None
) -> str:
    """Say that there is not enough, and what there is instead: of one program, in it alone."""
    waits = [
        f"{row['units']} {moment.items[row['item']].name}"
        for row in _board_totals(moment, program)
        if moment.items[row["item"]].kind is not ItemKind.MONEY
    ]
    missing = f"Only {there} {asked.name} waiting" if there else f"No {asked.name} waiting"
    if asked not in payers:
        missing = f"Nothing that may be served for {asked.name} is waiting"
        if there:
            missing = f"Only {there} that may be served for {asked.name} waiting"
    shown = ", ".join(waits[:4]) + (" and more" if len(waits) > 4 else "")
    if program is not None:
        whose = program_of(moment.file, moment.shop.id, program).name
        return f"{missing} in {whose}" + (f". Waiting there: {shown}." if waits else ".")
    if not waits:
        return f"{missing}, and nothing else is: the next gift will be."
    return f"{missing}. Waiting: {shown}."
