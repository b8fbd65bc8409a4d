"""Out: gifts handed over, and who could pay for what is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.append import Line
from db.moment import Moment, check_units
from db.picker import Pick, pick_from_board, waiting_units
from db.programs import program_of, unknown_program
from payforward.core.currencies import currency
from payforward.core.errors import BadInput, NothingWaiting, Refused
from payforward.core.model import Item, ItemKind, Kind, PaidFrom, Place, ProgramKind, TaxKind
from payforward.core.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.asks import Redeem

BOARD_TOTALS: Final = """
    SELECT item, CAST(sum(units) AS BIGINT) AS units, min(gift) AS oldest
    FROM waiting
    WHERE shop = :shop
    AND place = :place
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
    _check_forward(moment, ask.program)
    if ask.paid_from is PaidFrom.BOARD:
        return lines_of_units(item, _pick(moment, item, [item], ask.units, ask.program))
    if ask.paid_from is PaidFrom.GROUP:
        payers = [s for s in substitutes(moment, item) if ask.substitute in (None, s.id)]
        return lines_of_units(item, _pick(moment, item, payers, ask.units, ask.program))
    return _lines_of_money(moment, item, ask.units, ask.program)


def _check_forward(moment: Moment, program: int | None) -> None:
    """Refuse a program whose gifts are not on the board; one that has ended still has its own."""
    if program is not None:
        found = program_of(moment.file, moment.shop.id, program)
        if found.kind is not ProgramKind.FORWARD:
            raise unknown_program()


def substitutes(moment: Moment, item: Item) -> list[Item]:
    """Return the items that may be served for this one and wait, nearest in price first."""
    groups = set(item.groups)
    parameters = {"shop": moment.shop.id, "place": str(Place.BOARD)}
    oldest = {row["item"]: row["oldest"] for row in moment.file.read(BOARD_TOTALS, parameters)}
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
        raise NothingWaiting(_what_waits(moment, asked, payers, there), waiting=there)
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
        raise NothingWaiting(
            f"The fund has {Money(fund, money).format()}, and {units} {item.name} cost "
            f"{Money(price, money).format()}: choose something else.",
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


def _what_waits(moment: Moment, asked: Item, payers: Sequence[Item], there: int) -> str:
    """Say that there is not enough, and what there is instead."""
    parameters = {"shop": moment.shop.id, "place": str(Place.BOARD)}
    waits = [
        f"{row['units']} {moment.items[row['item']].name}"
        for row in moment.file.read(BOARD_TOTALS, parameters)
        if moment.items[row["item"]].kind is not ItemKind.MONEY
    ]
    missing = f"Only {there} {asked.name} waiting" if there else f"No {asked.name} waiting"
    if asked not in payers:
        missing = f"Nothing that may be served for {asked.name} is waiting"
        if there:
            missing = f"Only {there} that may be served for {asked.name} waiting"
    if not waits:
        return f"{missing}, and nothing else is: the next gift will be."
    shown = ", ".join(waits[:4]) + (" and more" if len(waits) > 4 else "")
    return f"{missing}. Waiting: {shown}."
