"""What the house gives: budgets that open and lapse by the calendar, and servings out of them.

A budget is opened once a period under an action of its own, whose id is made of what it is, so
that two tills cannot open it twice. Whatever asks first that day opens it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from db.append import Line
from db.faults import damaged
from db.moment import Moment, check_units
from db.picker import Pick
from db.programs import read_programs, running_program
from db.redeeming import lines_of_units, servable
from payforward.core.errors import Refused
from payforward.core.ids import action_id_of
from payforward.core.model import Kind, Place, ProgramKind
from payforward.core.program_answers import BudgetState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.connection import LedgerFile
    from payforward.core.asks import GiveAway
    from payforward.core.model import Item
    from payforward.core.programs import Program

SERVING_NAME: Final = "Serving"

# ``expires`` is the last day of the budget's period.
BUDGET_BOOKS: Final = """
    SELECT waiting.book, waiting.gift, waiting.item, waiting.units, waiting.unit_minor,
      entry.expires
    FROM waiting
    JOIN entry ON entry.shop = waiting.shop AND entry.no = waiting.book
    WHERE waiting.shop = :shop
    AND waiting.place = 'held'
    AND waiting.item = (SELECT item FROM item WHERE shop = :shop AND kind = 'serving')
    AND waiting.program = :program
    ORDER BY waiting.gift, waiting.book
"""

GRANTED: Final = """
    SELECT coalesce(CAST(sum(units) AS BIGINT), 0)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND expires = :until
    AND kind IN ('budget', 'lapse')
"""

CHANGES_OF_PROGRAM: Final = """
    SELECT budget_no
    FROM program
    WHERE shop = :shop
    AND program = :program
"""

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


@dataclass(frozen=True, slots=True)
class _Held:
    """What a giveaway's budget books hold, by whether they are of the period that today is in."""

    current: tuple[Pick, ...]
    older: tuple[Pick, ...]
    granted: int
    """What today's period was granted, less what of it was cut again."""

    @property
    def left(self) -> int:
        return sum(pick.units for pick in self.current)


def budget_state(file: LedgerFile, shop: int, program: Program, day: date) -> BudgetState | None:
    """Return how a program's budget stands on a day, whether it was opened yet or not.

    Returns:
        None where it has no budget, or it is not its time.
    """
    until = program.budget_until(day)
    if until is None or program.budget_units is None:
        return None
    held = _held(file, shop, program, day)
    used = held.granted - held.left
    left = max(0, program.budget_units - used)
    shown_until = until if program.ends_on is None else min(until, program.ends_on)
    return BudgetState(program.budget_units, used, left, shown_until)


def due(file: LedgerFile, shop: int, day: date) -> Iterator[SettleBudget]:
    """Yield what must be settled of each giveaway's budget today; the caller holds a snapshot."""
    for program in read_programs(file, shop):
        if program.kind is ProgramKind.GIVEAWAY:
            ask = due_of(file, shop, program, day)
            if ask is not None:
                yield ask


def due_of(file: LedgerFile, shop: int, program: Program, day: date) -> SettleBudget | None:
    """Return what must be settled of one giveaway's budget today, or None."""
    if not _lines(file, shop, program, day):
        return None
    facts = {"shop": shop, "program": program.id}
    row = file.read_one(CHANGES_OF_PROGRAM, facts)
    assert row is not None
    change = int(row["budget_no"])
    last = file.read_one(LAST_OF_SERVINGS, facts)
    after = 0 if last is None else int(last["no"])
    today = day.isoformat()
    action = action_id_of("budget", shop, program.id, today, change, after)
    return SettleBudget(action=action, program=program.id, day=today, change=change, after=after)


def plan_settle(moment: Moment, ask: SettleBudget) -> list[Line]:
    """Return the lines that bring a budget to what the shop has decided.

    Raises:
        Refused: there is nothing to do (any more).
    """
    (program,) = (p for p in read_programs(moment.file, moment.shop.id) if p.id == ask.program)
    lines = _lines(moment.file, moment.shop.id, program, moment.day)
    if not lines or moment.day.isoformat() != ask.day:
        raise Refused("There is nothing to settle.", reason="settled")
    return lines


def plan_give_away(moment: Moment, ask: GiveAway) -> list[Line]:
    """Return the lines in which the house pays for what is served.

    Raises:
        Refused: there is no such giveaway, it is not its time, the item is none of its own, or
            its budget has not enough left; with the reason ``budget-not-open`` it must be
            settled first.
        BadInput: a count that nobody means.
    """
    file, shop = moment.file, moment.shop.id
    program = running_program(file, shop, ask.program, moment.day, [ProgramKind.GIVEAWAY])
    item = servable(moment, ask.item)
    check_units(item, ask.units)
    if not program.takes(item.id) or item.retired:
        own = ", ".join(moment.items[each].name for each in program.items[:4])
        raise Refused(
            f"{item.name} is not what {program.name} gives: choose "
            f"{own or 'something of the menu'}.",
            reason="not-in-program",
        )
    state = budget_state(file, shop, program, moment.day)
    if state is None:
        return _in_and_out(program, item, moment.serving.id, ask.units)
    if state.left < ask.units:
        raise _over_budget(program, state, ask.units)
    picks = _part_of(_held(file, shop, program, moment.day).current, ask.units)
    if sum(pick.units for pick in picks) < ask.units:
        raise Refused("The budget is not open yet: ask again.", reason="budget-not-open")
    return lines_of_units(item, picks)


def _in_and_out(program: Program, item: Item, serving: int, units: int) -> list[Line]:
    """Return the lines of a serving that no budget counts."""
    given = Line(kind=Kind.GIVE, units=units, place=Place.HELD, program=program.id, item=serving)
    # The book that the first line opens.
    (served,) = lines_of_units(item, [Pick(0, 0, serving, units, 0)])
    return [given, replace(served, book=None, of_gift=True)]


def _over_budget(program: Program, state: BudgetState, units: int) -> Refused:
    period = program.budget_period
    if state.left == 0:
        said = f"{program.name} has given its {state.units} a {period}; more may be served after "
        return Refused(f"{said}{state.until}.", reason="over-budget")
    return Refused(
        f"{program.name} has {state.left} left until {state.until}, and {units} were asked for: "
        f"serve {state.left}.",
        reason="over-budget",
    )


def _lines(file: LedgerFile, shop: int, program: Program, day: date) -> list[Line]:
    """Return what brings a program's budget from what it is to what was decided."""
    held = _held(file, shop, program, day)
    lines = [Line(kind=Kind.LAPSE, units=-pick.units, book=pick.book) for pick in held.older]
    until = program.budget_until(day)
    if until is None or program.budget_units is None:
        return lines
    missing = program.budget_units - held.granted
    if missing > 0:
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
    cut = _part_of(held.current, -missing)
    return [*lines, *(Line(kind=Kind.LAPSE, units=-pick.units, book=pick.book) for pick in cut)]


def _held(file: LedgerFile, shop: int, program: Program, day: date) -> _Held:
    until = program.budget_until(day)
    text = None if until is None or program.budget_units is None else until.isoformat()
    current: list[Pick] = []
    older: list[Pick] = []
    facts = {"shop": shop, "program": program.id}
    with closing(file.read_each(BUDGET_BOOKS, facts)) as rows:
        for row in rows:
            of_today = text is not None and row["expires"] == text
            (current if of_today else older).append(Pick(*row[:5]))
    granted = file.read_one(GRANTED, {**facts, "until": text or ""})
    assert granted is not None
    return _Held(tuple(current), tuple(older), int(granted[0]))


def _part_of(picks: tuple[Pick, ...], units: int) -> list[Pick]:
    taken: list[Pick] = []
    for pick in picks:
        if units <= 0:
            break
        taken.append(replace(pick, units=min(units, pick.units)))
        units -= taken[-1].units
    return taken
