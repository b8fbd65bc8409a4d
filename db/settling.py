"""Budgets that open and lapse by the calendar, and by what the shop decides.

A budget is opened once a period under an action of its own, whose id is made of what it is, so
that two tills cannot open it twice. Whatever asks first that day opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.append import Line
from db.budgets import budget_state, budget_states, held_books, part_of
from db.entries import entry_by_no
from db.faults import damaged
from db.programs import program_of
from payforward.core.errors import Refused
from payforward.core.ids import action_id_of
from payforward.core.model import Kind, Place, ProgramKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.budgets import Held
    from db.connection import LedgerFile
    from db.moment import Moment
    from db.picker import Pick
    from payforward.core.program_answers import BudgetState
    from payforward.core.programs import Program

LONGEST_UNASKED: Final = timedelta(days=4)
"""So long after the last entry budgets are still settled with nobody near: a long weekend."""

SERVING: Final = """
    SELECT item
    FROM item
    WHERE shop = :shop
    AND kind = 'serving'
"""

LAST_OF_SERVINGS: Final = """
    SELECT no
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item = (SELECT item FROM item WHERE shop = :shop AND kind = 'serving')
    ORDER BY day DESC, no DESC
    LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleBudget:
    """What the calendar asks: open a program's budget, and let what is left of older ones lapse."""

    action: str
    program: int
    day: str
    change: int
    """How often the program was changed."""
    after: int
    """The last entry of its servings: what is taken back may be due again on the same day."""


def due(
    file: LedgerFile, shop: int, programs: Iterable[Program], day: date
) -> Iterator[SettleBudget]:
    """Yield what must be settled of these programs' budgets today; the caller holds a snapshot."""
    houses = [program for program in programs if program.kind is ProgramKind.GIVEAWAY]
    states = budget_states(file, shop, houses, day)
    held = held_books(file, shop, houses, day)
    for program in houses:
        if _moves(held[program.id], states.get(program.id)) != ([], 0):
            yield _ask_of(file, shop, program, day)


def may_settle_unasked(moment: Moment) -> bool:
    """Return whether budgets may be settled although nobody acts.

    The day of an entry is never before the last one's. A clock that is days ahead, and that
    nobody has sold by yet, must not move the ledger's day for good.
    """
    last = entry_by_no(moment.file, moment.shop.id, moment.head.no)
    return last is None or moment.day - date.fromisoformat(last.day) <= LONGEST_UNASKED


def plan_settle(moment: Moment, ask: SettleBudget) -> list[Line]:
    """Return the lines that bring a budget to what the shop has decided.

    Raises:
        Refused: there is nothing to do (any more).
    """
    program = program_of(moment.file, moment.shop.id, ask.program)
    lines = _lines(moment.file, moment.shop.id, program, moment.day)
    if not lines or moment.day.isoformat() != ask.day:
        raise Refused("There is nothing to settle.", reason="settled")
    return lines


def _ask_of(file: LedgerFile, shop: int, program: Program, day: date) -> SettleBudget:
    last = file.read_one(LAST_OF_SERVINGS, {"shop": shop, "program": program.id})
    after = 0 if last is None else int(last["no"])
    today, change = day.isoformat(), program.change
    action = action_id_of("budget", shop, program.id, today, change, after)
    return SettleBudget(action=action, program=program.id, day=today, change=change, after=after)


def _moves(held: Held, state: BudgetState | None) -> tuple[list[Pick], int]:
    """Return what lapses, and how many units are missing of what may still be given."""
    if state is None:
        return [*held.older], 0
    more = state.left - sum(pick.units for pick in held.current)
    return [*held.older, *part_of(held.current, -more)], max(0, more)


def _lines(file: LedgerFile, shop: int, program: Program, day: date) -> list[Line]:
    """Return what brings a program's budget from what it is to what was decided."""
    held = held_books(file, shop, [program], day)[program.id]
    lapsing, missing = _moves(held, budget_state(file, shop, program, day))
    lines = [Line(kind=Kind.LAPSE, units=-pick.units, book=pick.book) for pick in lapsing]
    until = program.budget_until(day)
    if not missing or until is None:
        return lines
    serving = file.read_one(SERVING, {"shop": shop})
    if serving is None:
        raise damaged(file.path)
    opened = Line(
        kind=Kind.BUDGET,
        units=missing,
        place=Place.HELD,
        program=program.id,
        item=serving["item"],
        expires=until.isoformat(),
    )
    return [*lines, opened]
