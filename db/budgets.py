"""What the house gives: how each budget stands, and servings out of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from db.append import Line
from db.moment import Moment, check_units
from db.picker import Pick
from db.programs import running_program
from db.redeeming import lines_of_units, servable
from payforward.core.days import day_text
from payforward.core.errors import Refused
from payforward.core.model import Kind, Place, ProgramKind
from payforward.core.program_answers import BudgetState
from payforward.core.programs import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from db.connection import LedgerFile
    from payforward.core.asks import GiveAway
    from payforward.core.model import Item
    from payforward.core.programs import Program

# ``expires`` is the last day of the budget's period.
BUDGET_BOOKS: Final = """
    SELECT waiting.book, waiting.gift, waiting.item, waiting.units, waiting.unit_minor,
      waiting.program, entry.expires
    FROM waiting
    JOIN entry ON entry.shop = waiting.shop AND entry.no = waiting.book
    WHERE waiting.shop = :shop
    AND waiting.place = 'held'
    AND waiting.item = (SELECT item FROM item WHERE shop = :shop AND kind = 'serving')
    AND (:program IS NULL OR waiting.program = :program)
    ORDER BY waiting.gift, waiting.book
"""

# What was served counts, whatever budget it came from and whether there was one: a budget that
# is decided anew, or for another period, is not given twice. What is taken back counts against what
# was served, not as servings more of a period in which that was not.
SERVED_BY_HOUSE: Final = """
    SELECT coalesce(CAST(-sum(units) AS BIGINT), 0)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind = 'redeem'
    AND place = 'held'
    AND day BETWEEN :first AND :day
    AND (undoes IS NULL OR :first <= (
      SELECT done.day
      FROM entry AS done
      WHERE done.shop = entry.shop
      AND done.no = entry.undoes
    ))
"""

# The same of all programs. Crossed, the programs come first: each has its own days in the index.
SERVED_BY_HOUSES: Final = """
    SELECT program.program, CAST(-sum(entry.units) AS BIGINT) AS units
    FROM program
    CROSS JOIN entry
    WHERE program.shop = :shop
    AND program.budget_period IS NOT NULL
    AND program.retired_at IS NULL
    AND entry.shop = :shop
    AND entry.program = program.program
    AND entry.kind = 'redeem'
    AND entry.place = 'held'
    AND entry.day BETWEEN CASE program.budget_period
      WHEN 'day' THEN :day_first
      WHEN 'week' THEN :week_first
      ELSE :month_first
    END AND :day
    AND (entry.undoes IS NULL OR CASE program.budget_period
      WHEN 'day' THEN :day_first
      WHEN 'week' THEN :week_first
      ELSE :month_first
    END <= (
      SELECT done.day
      FROM entry AS done
      WHERE done.shop = entry.shop
      AND done.no = entry.undoes
    ))
    GROUP BY program.program
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What a giveaway's budget books hold, by whether they are of the period that today is in."""

    current: tuple[Pick, ...]
    older: tuple[Pick, ...]


def budget_state(file: LedgerFile, shop: int, program: Program, day: date) -> BudgetState | None:
    """Return how a program's budget stands on a day, whether it was opened yet or not.

    Returns:
        None where it has no budget, or it is not its time.
    """
    return budget_states(file, shop, [program], day).get(program.id)


def budget_states(
    file: LedgerFile, shop: int, programs: Iterable[Program], day: date
) -> dict[int, BudgetState]:
    """Return how these programs' budgets stand on a day, by the program's number.

    One without a budget, or out of its time, is left out.
    """
    running = [program for program in programs if program.budget_until(day) is not None]
    if not running:
        return {}
    used = _used(file, shop, running, day)
    states: dict[int, BudgetState] = {}
    for program in running:
        units, until = program.budget_units, program.budget_last_day(day)
        assert units is not None and until is not None  # noqa: PT018 - both or neither
        gone = used.get(program.id, 0)
        states[program.id] = BudgetState(units, gone, max(0, units - gone), until)
    return states


def held_books(
    file: LedgerFile, shop: int, programs: Sequence[Program], day: date
) -> dict[int, Held]:
    """Return what each of these programs' budget books hold, by the program's number."""
    only = programs[0].id if len(programs) == 1 else None
    books: dict[int, list[tuple[str, Pick]]] = {program.id: [] for program in programs}
    if programs:
        with closing(file.read_each(BUDGET_BOOKS, {"shop": shop, "program": only})) as rows:
            for *pick, program, expires in rows:
                books[program].append((expires, Pick(*pick)))
    found: dict[int, Held] = {}
    for each in programs:
        until = each.budget_until(day)
        today = "" if until is None else until.isoformat()
        own = books[each.id]
        found[each.id] = Held(
            tuple(pick for expires, pick in own if expires == today),
            tuple(pick for expires, pick in own if expires != today),
        )
    return found


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
        raise _not_given(moment, program, item)
    state = budget_state(file, shop, program, moment.day)
    if state is None:
        return _in_and_out(program, item, moment.serving.id, ask.units)
    if state.left < ask.units:
        raise _over_budget(program, state, ask.units, moment.day)
    picks = part_of(held_books(file, shop, [program], moment.day)[program.id].current, ask.units)
    if sum(pick.units for pick in picks) < ask.units:
        raise Refused("The budget is not open yet: ask again.", reason="budget-not-open")
    return lines_of_units(item, picks)


def _in_and_out(program: Program, item: Item, serving: int, units: int) -> list[Line]:
    """Return the lines of a serving that no budget counts."""
    given = Line(kind=Kind.GIVE, units=units, place=Place.HELD, program=program.id, item=serving)
    # The book that the first line opens.
    (served,) = lines_of_units(item, [Pick(0, 0, serving, units, 0)])
    return [given, replace(served, book=None, of_gift=True)]


def _not_given(moment: Moment, program: Program, item: Item) -> Refused:
    """Return the refusal of an item that is none of a program's own, or left the menu."""
    own = [moment.items[number] for number in program.items]
    there = ", ".join(each.name for each in [each for each in own if not each.retired][:4])
    said = f"{item.name} is not what {program.name} gives: choose "
    said += f"{there or 'something of the menu'}."
    if own and not there:
        said = (
            f"All that {program.name} gives has left the menu: choose another program, or other "
            "items for it."
        )
    return Refused(said, reason="not-in-program")


def _over_budget(program: Program, state: BudgetState, units: int, day: date) -> Refused:
    until = day_text(state.until)
    said = (
        f"{program.name} has {state.left} left until {until}, and {units} were asked for: "
        f"serve {state.left}."
    )
    if state.left == 0:
        again = program.budget_again_on(day)
        gone = f"{program.name} has given its {state.units} a {program.budget_period}"
        said = f"{gone}, and it ends on {until}: choose another program."
        if again is not None:
            said = f"{gone}; more may be served from {day_text(again)} on."
    return Refused(said, reason="over-budget")


def _used(file: LedgerFile, shop: int, running: Sequence[Program], day: date) -> dict[int, int]:
    """Return what each of these programs has served in the period that a day is in."""
    if len(running) > 1:
        facts = {f"{each}_first": each.first_day(day).isoformat() for each in Period}
        rows = file.read(SERVED_BY_HOUSES, {"shop": shop, "day": day.isoformat(), **facts})
        return {row["program"]: row["units"] for row in rows}
    (program,) = running
    assert program.budget_period is not None
    row = file.read_one(
        SERVED_BY_HOUSE,
        {
            "shop": shop,
            "program": program.id,
            "first": program.budget_period.first_day(day).isoformat(),
            "day": day.isoformat(),
        },
    )
    assert row is not None
    return {program.id: int(row[0])}


def part_of(picks: tuple[Pick, ...], units: int) -> list[Pick]:
    """Return the first of these picks that make up so many units, none of them for 0 or less."""
    taken: list[Pick] = []
    for pick in picks:
        if units <= 0:
            break
        taken.append(replace(pick, units=min(units, pick.units)))
        units -= taken[-1].units
    return taken
