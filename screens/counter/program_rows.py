"""The rows below the fund: what the house has left, how far drives have come, what jars hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.model import ProgramKind
from payforward.core.programs import Running
from screens.counter import house_words, program_words
from screens.counter.menu_list import Row
from screens.counter.typeable import Goods, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from payforward.core.answers import Board
    from payforward.core.model import Item
    from payforward.core.program_answers import ProgramState
    from payforward.core.programs import Program
    from screens.counter.ways import Surroundings


def with_row(board: Board) -> tuple[ProgramState, ...]:
    """Return the programs that have a row: all that run, but those whose gifts are the board."""
    return tuple(
        state
        for state in board.programs
        if state.running is Running.RUNNING and state.program.kind is not ProgramKind.FORWARD
    )


def taking_gifts(board: Board) -> tuple[Program, ...]:
    """Return the programs that take gifts now, the usual one first."""
    return tuple(
        state.program
        for state in board.programs
        if state.running is Running.RUNNING and state.program.kind is ProgramKind.FORWARD
    )


def goods_of(states: Iterable[ProgramState], goods: Sequence[Item]) -> tuple[Goods, ...]:
    """Return what running drives take in, each drive's own order."""
    by_number = {item.id: item for item in goods}
    return tuple(
        Goods(by_number[number], state)
        for state in states
        if state.program.kind is ProgramKind.DRIVE
        for number in state.program.items
        if number in by_number
    )


def program_rows(states: Iterable[ProgramState], around: Surroundings) -> list[Row]:
    """Return one row a program."""
    return [_row(state, around) for state in states]


def _row(state: ProgramState, around: Surroundings) -> Row:
    waiting, price, age = _house(state, around.board.day)
    if state.program.kind is ProgramKind.DRIVE:
        waiting = program_words.progress(state.collected, state.program.target)
        price, age = "", "taken in"
    elif state.program.kind is ProgramKind.CHARITY:
        waiting, price, age = "", around.money(state.units), ""
    return Row(
        key=key_of(state.program),
        name=program_words.row_name(state.program),
        waiting=waiting,
        price=price,
        age=age,
        is_waiting=False,
    )


def _house(state: ProgramState, today: date) -> tuple[str, str, str]:
    budget = state.budget
    if budget is None:
        return "", "", "the house"
    if budget.left:
        return f"{budget.left} left", "", house_words.till(budget.until, today, brief=True)
    first = state.program.budget_again_on(today)
    when = "used up" if first is None else f"again {house_words.again(first, today, brief=True)}"
    return "–", "", when
