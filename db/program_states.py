"""How each program stands: what it holds, what it has delivered, what is left of its budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.budgets import budget_state
from db.drives import delivered_units
from payforward.core.model import ItemKind, Place, ProgramKind
from payforward.core.program_answers import ProgramState, Waits
from payforward.core.programs import Running

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop
    from payforward.core.programs import Program

HELD_BY_PROGRAMS: Final = """
    SELECT program, item, place, CAST(sum(units) AS BIGINT) AS units,
      CAST(sum(units * unit_minor) AS BIGINT) AS amount_minor
    FROM waiting
    WHERE shop = :shop
    GROUP BY program, item, place
"""


def read_states(
    file: LedgerFile,
    shop: Shop,
    items: Mapping[int, Item],
    day: date,
    programs: Iterable[Program],
) -> tuple[ProgramState, ...]:
    """Return how these programs stand on a business day; the caller holds a snapshot."""
    held = _held(file, shop.id, items)
    return tuple(_state(file, shop.id, day, program, held) for program in programs)


def is_on_board(state: ProgramState) -> bool:
    """Return whether a program is shown beside what waits: it runs, or holds something."""
    return state.running is Running.RUNNING or bool(state.waits)


def _state(
    file: LedgerFile,
    shop: int,
    day: date,
    program: Program,
    held: Mapping[int, tuple[Waits, ...]],
) -> ProgramState:
    delivered = 0
    if program.kind in (ProgramKind.DRIVE, ProgramKind.CHARITY):
        delivered = delivered_units(file, shop, program.id)
    is_house = program.kind is ProgramKind.GIVEAWAY
    return ProgramState(
        program=program,
        running=program.running(day),
        waits=() if is_house else held.get(program.id, ()),
        delivered=delivered,
        budget=budget_state(file, shop, program, day) if is_house else None,
    )


def _held(file: LedgerFile, shop: int, items: Mapping[int, Item]) -> dict[int, tuple[Waits, ...]]:
    """Return what each program holds of each item, in the menu's order, the money last."""
    units: dict[tuple[int, int], list[int]] = {}
    for program, item, place, count, amount_minor in file.read(HELD_BY_PROGRAMS, {"shop": shop}):
        sums = units.setdefault((program, item), [0, 0, 0])
        sums[0] += count
        sums[1] += amount_minor
        sums[2] += count if place == Place.SLIP else 0
    held: dict[int, tuple[Waits, ...]] = {}

    def order(key: tuple[int, int]) -> tuple[bool, int, int]:
        item = items[key[1]]
        return item.kind is ItemKind.MONEY, item.position, item.id

    for program, item in sorted(units, key=order):
        waits = Waits(items[item], *units[program, item])
        held[program] = (*held.get(program, ()), waits)
    return held
