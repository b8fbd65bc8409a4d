"""What follows when a program begins or ends, told before a person says yes to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.days import near_day
from payforward.core.model import ProgramKind
from payforward.core.programs import Running
from payforward.core.text import shown
from screens.program_words import said_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from payforward.core.program_answers import ProgramState
    from payforward.core.programs import Program

_NEXT: Final = {
    ProgramKind.FORWARD: "I chooses its items, if not all.",
    ProgramKind.GIVEAWAY: "The counter offers it. I changes its items.",
    ProgramKind.DRIVE: "G names the goods that it takes.",
    ProgramKind.CHARITY: "The counter takes money for it now.",
}
_ENDS: Final = {
    ProgramKind.FORWARD: "No gift is given to it from tomorrow on.",
    ProgramKind.GIVEAWAY: "The house gives nothing of it from tomorrow on.",
    ProgramKind.DRIVE: "It takes no more goods from tomorrow on.",
    ProgramKind.CHARITY: "It takes no more money from tomorrow on.",
}


def said_next(program: Program, today: date | None) -> str:
    """Return what comes next for a program that was just added."""
    if today is not None and program.running(today) is Running.NOT_YET and program.starts_on:
        begins = f"It begins on {near_day(program.starts_on, today)}."
        return f"{begins} {_NEXT[program.kind]}" if program.kind is ProgramKind.DRIVE else begins
    if today is not None and program.running(today) is Running.ENDED:
        return "It is over already: C changes its days."
    return _NEXT[program.kind]


def said_not_to_end(state: ProgramState, today: date) -> str:
    """Return why a program cannot be made to end today; nothing where it can."""
    name, starts_on = shown(state.program.name), state.program.starts_on
    if state.running is Running.ENDED:
        return f"{name} has ended. C changes its days."
    if state.running is Running.NOT_YET and starts_on is not None:
        begins = near_day(starts_on, today)
        return f"{name} begins on {begins}. C changes its days; R takes it out of use."
    if state.program.ends_on == today:
        return f"{name} ends today already. C changes its days."
    return ""


def said_after_end(
    state: ProgramState,
    every: Iterable[ProgramState],
    today: date,
    money: Callable[[int], str],
) -> str:
    """Return what follows when a program ends today.

    Args:
        state: The program.
        every: All programs of the shop.
        today: The business day.
        money: How amounts are written.
    """
    said = [_ENDS[state.program.kind]]
    if state.program.kind is ProgramKind.FORWARD:
        said += _no_other(state, every, today)
    if state.budget is not None and state.budget.left:
        said.append(f"The {state.budget.left} left of its budget lapse then.")
    elif state.waits:
        here = "is in it" if state.program.kind is ProgramKind.CHARITY else _waits(state)
        said.append(f"{said_all(state.waits, money)} {here}, and can still be {_then(state)}.")
    return " ".join(said)


def _no_other(state: ProgramState, every: Iterable[ProgramState], today: date) -> list[str]:
    """Return that no gift can be taken any more, and until when, where that is so."""
    others = [
        each.program
        for each in every
        if each.program.kind is ProgramKind.FORWARD and each.program.id != state.program.id
    ]
    tomorrow = today + timedelta(days=1)
    if any(each.running(tomorrow) is Running.RUNNING for each in others):
        return []
    later = [each for each in others if each.starts_on is not None and each.starts_on > tomorrow]
    if not later:
        return ["It is the last that takes gifts: then none can be given until A adds another."]
    first = min(later, key=lambda each: each.starts_on or today)
    begins = near_day(first.starts_on or today, today)
    return [f"Then no gift can be given until {shown(first.name)} begins on {begins}."]


def _waits(state: ProgramState) -> str:
    one = len(state.waits) == 1 and state.waits[0].units == 1
    return "waits" if one else "wait"


def _then(state: ProgramState) -> str:
    return "served" if state.program.kind is ProgramKind.FORWARD else "handed over"
