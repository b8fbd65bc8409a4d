"""Who could pay for what is asked for: gifts of it, of its group, the fund, the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.budgets import budget_states
from db.moment import Moment, check_units
from db.picker import pick_from_board, waiting_units
from db.programs import live_programs, program_of, read_programs
from db.redeeming import servable, substitutes
from payforward.core.answers import Offer
from payforward.core.model import Item, PaidFrom, ProgramKind
from payforward.core.programs import Program, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

ON_BOARD_BY_PROGRAM: Final = """
    SELECT program, CAST(sum(units) AS BIGINT) AS units
    FROM waiting
    WHERE shop = :shop
    AND place = 'board'
    AND item = :item
    GROUP BY program
    ORDER BY program
"""


def offers(moment: Moment, item: int, units: int, program: int | None = None) -> list[Offer]:
    """Return who could pay for ``units`` of an item as things stand, the plainest way first.

    The board; the part of it that waits; each program's own where several have it; substitutes
    of its groups, nearest in price first; the fund; the house. Who cannot pay for all pays for
    some: each offer says for how many. Of one program, only its own gifts pay.
    """
    asked = servable(moment, item)
    check_units(asked, units)
    whose = None if program is None else program_of(moment.file, moment.shop.id, program)
    ways: list[Offer] = []
    on_board = waiting_units(moment.file, moment.shop.id, asked.id, program=program)
    if on_board:
        some = min(units, on_board)
        ways.append(_offer(moment, asked, some, asked, waiting=on_board, program=whose))
        if whose is None:
            ways += _by_program(moment, asked, units)
    if on_board < units:
        ways += _by_group(moment, asked, units, whose)
        ways += _by_fund(moment, asked, units, whose)
    if whose is not None:
        return ways
    return [*ways, *_by_the_house(moment, asked, units)]


def _offer(
    moment: Moment,
    asked: Item,
    units: int,
    payer: Item,
    *,
    waiting: int,
    program: Program | None = None,
) -> Offer:
    of = None if program is None else program.id
    picks = pick_from_board(moment.file, moment.shop.id, payer.id, units, program=of)
    amount = sum(pick.amount_minor for pick in picks)
    paid_from = PaidFrom.BOARD if payer is asked else PaidFrom.GROUP
    price = asked.price_minor * units
    return Offer(asked, units, paid_from, payer, amount, price, waiting, program)


def _by_program(moment: Moment, asked: Item, units: int) -> Iterator[Offer]:
    """Yield what each program's own gifts could pay, where the board has those of several."""
    shop = moment.shop.id
    rows = moment.file.read(ON_BOARD_BY_PROGRAM, {"shop": shop, "item": asked.id})
    if len(rows) < 2:
        return
    there = {row["program"]: row["units"] for row in rows}
    for program in read_programs(moment.file, shop):
        waiting = there.get(program.id, 0)
        if waiting:
            yield _offer(
                moment, asked, min(units, waiting), asked, waiting=waiting, program=program
            )


def _by_group(moment: Moment, asked: Item, units: int, program: Program | None) -> list[Offer]:
    """Return what other items of its groups could pay: those that have all, else each its part."""
    of = None if program is None else program.id
    payers = [
        (payer, waiting_units(moment.file, moment.shop.id, payer.id, program=of))
        for payer in substitutes(moment, asked, of)
    ]
    enough = [(payer, there) for payer, there in payers if there >= units]
    return [
        _offer(moment, asked, min(units, there), payer, waiting=there, program=program)
        for payer, there in enough or payers
    ]


def _by_fund(moment: Moment, asked: Item, units: int, program: Program | None) -> Iterator[Offer]:
    """Yield what the fund could pay, if only for some."""
    of = None if program is None else program.id
    fund = waiting_units(moment.file, moment.shop.id, moment.money.id, program=of)
    some = min(units, fund // asked.price_minor) if asked.price_minor > 0 else 0
    if some:
        price = asked.price_minor * some
        yield Offer(asked, some, PaidFrom.FUND, moment.money, price, price, fund, program)


def _by_the_house(moment: Moment, asked: Item, units: int) -> Iterator[Offer]:
    """Yield the giveaways that give an item and have some of their budget left."""
    if asked.retired:
        return
    houses = [
        program
        for program in live_programs(moment.file, moment.shop.id)
        if program.kind is ProgramKind.GIVEAWAY
        and program.takes(asked.id)
        and program.running(moment.day) is Running.RUNNING
    ]
    states = budget_states(moment.file, moment.shop.id, houses, moment.day)
    for program in houses:
        state = states.get(program.id)
        left = units if state is None else state.left
        if left:
            some = min(units, left)
            price = asked.price_minor * some
            yield Offer(asked, some, PaidFrom.GIVEAWAY, moment.serving, 0, price, left, program)
