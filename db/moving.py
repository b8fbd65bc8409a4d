"""Moves between the board and slips: -n here, +n there, and nothing more or less of any gift."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.append import Line
from db.entries import entry_by_no
from db.gifts import first_of_gift
from db.issuing import expires_on
from db.moment import said_units, too_few
from db.partners import insist_on_partner
from db.picker import Pick, pick_from_board, pick_from_gift, pick_from_slip, waiting_units
from db.programs import program_of_board
from db.vouchers import living
from payforward.core.errors import BadInput, NothingWaiting, Refused
from payforward.core.model import (
    MAX_AMOUNT_MINOR,
    MAX_COUNT,
    ItemKind,
    Kind,
    Place,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.issuing import Issuing
    from db.moment import Moment
    from payforward.core.asks import HandOut, MakeSlip, TakeBack
    from payforward.core.model import Entry, Item

BOARD_BOOK: Final = """
    SELECT book
    FROM entry
    WHERE shop = :shop
    AND gift = :gift
    AND item = :item
    AND unit_minor = :unit_minor
    AND place = 'board'
    AND seq = 1
    ORDER BY no
    LIMIT 1
"""


def plan_hand_out(moment: Moment, ask: HandOut, issuing: Issuing) -> list[Line]:
    """Return the lines that move units from the board to new slips, oldest gift first.

    Raises:
        NothingWaiting: fewer wait on the board.
        Refused: there is no such item or partner, the program has nothing on the board, or no
            code can be made.
        BadInput: a count that nobody means.
    """
    item = moment.item(ask.item)
    units = _units_to_hand_out(item, ask)
    if ask.partner is not None:
        insist_on_partner(moment, ask.partner)
    file, shop = moment.file, moment.shop.id
    program = program_of_board(file, shop, ask.program)
    issuing.insist()
    there = waiting_units(file, shop, item.id, program=ask.program)
    if there < units:
        raise NothingWaiting(
            too_few(moment, item, (there, units), ("hand out", "the slips need {}"), program),
            waiting=there,
        )
    picks = pick_from_board(file, shop, item.id, units, program=ask.program)
    return _to_slips(moment, picks, ask.units_each, issuing, ask.partner)


def plan_make_slip(moment: Moment, ask: MakeSlip, issuing: Issuing) -> list[Line]:
    """Return the lines that move what waits of one gift on the board to one new slip.

    Raises:
        NothingWaiting: fewer of it wait on the board.
        Refused: there is no such gift, none of it waits there, or no code can be made.
    """
    _, item = first_of_gift(moment.file, moment.shop.id, moment.items, ask.gift)
    if ask.units is not None and ask.units <= 0:
        raise BadInput("A slip holds at least 1.", reason="bad-count")
    picks = pick_from_gift(moment.file, moment.shop.id, ask.gift, ask.units, anywhere=False)
    units = sum(pick.units for pick in picks)
    if units == 0:
        raise Refused(
            f"Nothing of gift {ask.gift} is on the board, so there is nothing for a slip.",
            reason="enjoyed",
        )
    if ask.units is not None and units < ask.units:
        said = said_units(moment.shop, item, units)
        raise NothingWaiting(
            f"Only {said} of gift {ask.gift} on the board: put at most that on a slip.",
            waiting=units,
        )
    return _to_slips(moment, picks, units, issuing, None)


def plan_take_back(moment: Moment, ask: TakeBack) -> list[Line]:
    """Return the lines that put what is left on slips back on the board.

    Raises:
        SlipRefused: nothing is left on one of them.
        Refused: there is no such slip, or they are of several items.
        BadInput: none was named, or one twice.
    """
    if not ask.slips or len(set(ask.slips)) < len(ask.slips):
        raise BadInput("Name each slip once.", reason="bad-slips")
    slips = [living(moment, number, though_past=True) for number in ask.slips]
    if len({slip.item.id for slip in slips}) > 1:
        raise Refused(
            "Those slips are for several things: take those of one thing back at a time.",
            reason="several-items",
        )
    return to_board(moment, Kind.TAKE_BACK, ask.slips)


def to_board(moment: Moment, kind: Kind, slips: Iterable[int]) -> list[Line]:
    """Return the lines that move all that is left on slips to the board."""
    lines: list[Line] = []
    moved: Counter[tuple[int, int, int]] = Counter()
    for slip in slips:
        partner = _entry(moment, slip).partner if kind is Kind.TAKE_BACK else None
        for pick in pick_from_slip(moment.file, moment.shop.id, slip, None):
            lines.append(Line(kind=kind, units=-pick.units, book=pick.book, partner=partner))
            moved[pick.gift, pick.item, pick.unit_minor] += pick.units
    for (gift, item, unit_minor), units in moved.items():
        back = _board_book(moment, gift, item, unit_minor)
        lines.append(replace(back, kind=kind, units=units))
    return lines


def _board_book(moment: Moment, gift: int, item: int, unit_minor: int) -> Line:
    """Return a line for units of a gift on the board: in its book there, or in a new one."""
    what = {"gift": gift, "item": item, "unit_minor": unit_minor}
    book = moment.file.read_one(BOARD_BOOK, {"shop": moment.shop.id, **what})
    if book is not None:
        return Line(kind=Kind.TAKE_BACK, units=0, book=book["book"])
    program = _entry(moment, gift).program
    return Line(
        kind=Kind.TAKE_BACK,
        units=0,
        place=Place.BOARD,
        program=program,
        gift=gift,
        item=item,
        unit_minor=unit_minor,
    )


def _to_slips(
    moment: Moment, picks: Sequence[Pick], units_each: int, issuing: Issuing, partner: int | None
) -> list[Line]:
    """Return the lines that fill slip after slip with what was picked from the board."""
    expires = expires_on(moment)
    lines: list[Line] = []
    slip = filled = 0
    for pick in picks:
        program = _entry(moment, pick.book).program
        lines.append(Line(kind=Kind.HAND_OUT, units=-pick.units, book=pick.book, partner=partner))
        left = pick.units
        while left:
            units = min(left, units_each - filled)
            line = Line(
                kind=Kind.HAND_OUT,
                units=units,
                gift=pick.gift,
                place=Place.SLIP,
                new_slip=slip,
                program=program,
                item=pick.item,
                unit_minor=pick.unit_minor,
                expires=expires,
                partner=partner,
                # The slip's first entry bears its code.
                code=None if filled else issuing.new_digest(),
            )
            lines.append(line)
            left, filled = left - units, filled + units
            if filled == units_each:
                slip, filled = slip + 1, 0
    return lines


def _units_to_hand_out(item: Item, ask: HandOut) -> int:
    units = ask.slips * ask.units_each
    most = MAX_AMOUNT_MINOR if item.kind is ItemKind.MONEY else MAX_COUNT
    if ask.slips < 1 or ask.units_each < 1 or ask.slips > MAX_COUNT or units > most:
        raise BadInput(
            f"From 1 to {MAX_COUNT} slips can be handed out at once, each with 1 or more.",
            reason="bad-count",
        )
    return units


def _entry(moment: Moment, no: int) -> Entry:
    entry = entry_by_no(moment.file, moment.shop.id, no)
    assert entry is not None, f"entry {no} is missing"
    return entry
