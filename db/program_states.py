"""How each program stands: what it holds, what it has delivered, what is left of its budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.budgets import budget_states
from db.drives import delivered_units
from db.pools import held_by_programs
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.program_answers import ProgramState, Waits
from payforward.core.programs import Running

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop
    from payforward.core.programs import Program

ON_SLIPS_BY_PROGRAMS: Final = """
    SELECT program, item, CAST(sum(units) AS BIGINT) AS units
    FROM waiting
    WHERE shop = :shop
    AND place = 'slip'
    AND (:program IS NULL OR program = :program)
    GROUP BY program, item
"""


def read_states(
    file: LedgerFile,
    shop: Shop,
    items: Mapping[int, Item],
    day: date,
    programs: Iterable[Program],
) -> tuple[ProgramState, ...]:
    """Return how these programs stand on a business day; the caller holds a snapshot."""
    wanted = tuple(programs)
    only = wanted[0].id if len(wanted) == 1 else None
    held = _held(file, shop.id, items, only)
    budgets = budget_states(file, shop.id, wanted, day)
    return tuple(
        ProgramState(
            program=program,
            running=program.running(day),
            waits=held.get(program.id, ()),
            delivered=_delivered(file, shop.id, program),
            budget=budgets.get(program.id),
        )
        for program in wanted
    )


def is_on_board(state: ProgramState) -> bool:
    """Return whether a program is shown beside what waits: it runs, or holds something."""
    return state.running is Running.RUNNING or bool(state.waits)


def _delivered(file: LedgerFile, shop: int, program: Program) -> int:
    if program.kind not in (ProgramKind.DRIVE, ProgramKind.CHARITY):
        return 0
    return delivered_units(file, shop, program.id)


def _held(
    file: LedgerFile, shop: int, items: Mapping[int, Item], program: int | None
) -> dict[int, tuple[Waits, ...]]:
    """Return what each program holds of each item, in the menu's order, the money last.

    Args:
        file: The ledger.
        shop: Whose it is.
        items: Every item by its number.
        program: The only program that is asked about; None for all.
    """
    rows = file.read(ON_SLIPS_BY_PROGRAMS, {"shop": shop, "program": program})
    on_slips = {(row[0], row[1]): int(row[2]) for row in rows}
    waits = [
        (number, Waits(items[item], units, amount_minor, on_slips.get((number, item), 0)))
        for number, item, units, amount_minor in held_by_programs(file, shop, program)
    ]

    def order(each: tuple[int, Waits]) -> tuple[bool, int, int]:
        item = each[1].item
        return item.kind is ItemKind.MONEY, item.position, item.id

    held: dict[int, tuple[Waits, ...]] = {}
    for number, each in sorted(waits, key=order):
        held[number] = (*held.get(number, ()), each)
    return held
