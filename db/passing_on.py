"""Surplus: what waits on the board goes to another shop or charity, with its money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.append import Line
from db.drives import refuse_opening
from db.moment import check_units, said_units
from db.partners import insist_on_partner
from db.picker import pick_from_board, waiting_units
from db.programs import program_of, unknown_program
from payforward.core.errors import NothingWaiting
from payforward.core.model import Kind, ProgramKind

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
    program = None if ask.program is None else program_of(file, shop, ask.program)
    # What a program still has may go even after its end.
    if program is not None and program.kind is not ProgramKind.FORWARD:
        raise unknown_program()
    insist_on_partner(moment, ask.partner)
    refuse_opening(ask.tender)
    there = waiting_units(file, shop, item.id, program=ask.program)
    if there == 0:
        raise NothingWaiting(
            f"Nothing of {item.name} is on the board, so there is nothing to pass on.", waiting=0
        )
    if there < ask.units:
        raise NothingWaiting(
            f"{said_units(moment.shop, item, there)} on the board, and "
            f"{said_units(moment.shop, item, ask.units)} shall go: pass on fewer.",
            waiting=there,
        )
    return pick_from_board(file, shop, item.id, ask.units, program=ask.program)
