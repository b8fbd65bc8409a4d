"""What follows when a program begins or ends, told before a person says yes to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.days import near_day
from payforward.core.model import ItemKind, ProgramKind
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
    if state.program.kind is ProgramKind.FORWARD:
        return " ".join([_no_other(state, every, today), *_still_served(state, money)])
    said = [_ENDS[state.program.kind]]
    if state.budget is not None and state.budget.left:
        said.append(f"The {state.budget.left} left of its budget lapse then.")
    elif state.waits:
        one = state.program.kind is ProgramKind.CHARITY or state.units == 1
        still = f"{'is' if one else 'are'} here, and can still be handed over."
        said.append(f"{said_all(state.waits, money)} {still}")
    return " ".join(said)


def _no_other(state: ProgramState, every: Iterable[ProgramState], today: date) -> str:
    """Return that no gift is given to it, or no gift at all where that is so, and until when."""
    others = [
        each.program
        for each in every
        if each.program.kind is ProgramKind.FORWARD and each.program.id != state.program.id
    ]
    tomorrow = today + timedelta(days=1)
    if any(each.running(tomorrow) is Running.RUNNING for each in others):
        return _ENDS[ProgramKind.FORWARD]
    starts = {each.name: each.starts_on for each in others if each.starts_on}
    later = [(day, name) for name, day in starts.items() if day > tomorrow]
    only = "It is the only one that takes gifts: from tomorrow on none can be given until"
    if not later:
        return f"{only} A adds another."
    day, name = min(later)
    return f"{only} {shown(name)} begins on {near_day(day, today)}."


def _still_served(state: ProgramState, money: Callable[[int], str]) -> list[str]:
    held = sum(each.units for each in state.waits if each.item.kind is not ItemKind.MONEY)
    minor = sum(each.units for each in state.waits if each.item.kind is ItemKind.MONEY)
    waits = " and ".join([*([str(held)] if held else []), *([money(minor)] if minor else [])])
    return [f"What waits in it, {waits}, can still be served."] if waits else []
