"""Surplus: what waits on the board goes to another shop or charity, with its money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.append import Line
from db.drives import refuse_opening
from db.moment import check_units, too_few
from db.partners import insist_on_partner
from db.picker import pick_from_board, waiting_units
from db.programs import program_of_board
from payforward.core.errors import NothingWaiting
from payforward.core.model import Kind

if TYPE_CHECKING:
    from db.moment import Moment
    from db.picker import Pick
    from payforward.core.asks import PassOn


def plan_pass_on(moment: Moment, ask: PassOn) -> list[Line]:
    """Return the lines in which units leave the board for a partner, the oldest gifts first.

    Raises:
        PayforwardError: see `picks_to_pass_on`.
    """
    return [
        Line(
            kind=Kind.PASS_ON,
            units=-pick.units,
            book=pick.book,
            partner=ask.partner,
            # Paper tokens of unknown value take no money along.
            tender=ask.tender if pick.unit_minor else None,
        )
        for pick in picks_to_pass_on(moment, ask)
    ]


def picks_to_pass_on(moment: Moment, ask: PassOn) -> list[Pick]:
    """Return what would leave the board, the oldest gifts first.

    Raises:
        NothingWaiting: fewer wait on the board.
        Refused: there is no such item or partner, or the program has nothing on the board.
        BadInput: a count that nobody means.
    """
    item = moment.item(ask.item)
    check_units(item, ask.units)
    file, shop = moment.file, moment.shop.id
    program = program_of_board(file, shop, ask.program)
    insist_on_partner(moment, ask.partner)
    refuse_opening(ask.tender)
    there = waiting_units(file, shop, item.id, program=ask.program)
    if there < ask.units:
        raise NothingWaiting(
            too_few(moment, item, (there, ask.units), ("pass on", "{} shall go"), program),
            waiting=there,
        )
    return pick_from_board(file, shop, item.id, ask.units, program=ask.program)
