"""Asks what is decided of a program, and lets the ledger keep it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput, Refused
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.programs import Program
from payforward.core.text import shown
from screens.asking import ask
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.own_items import OwnItems
from screens.dialogs.program_form import ProgramForm
from screens.program_words import KINDS, WHAT_IT_DOES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.app import App

    from payforward.core.model import Item
    from screens.desk import Desk

_KINDS: Final = (
    ProgramKind.GIVEAWAY,
    ProgramKind.DRIVE,
    ProgramKind.CHARITY,
    ProgramKind.FORWARD,
)

CHANGED_MEANWHILE: Final = "changed-meanwhile"
"""Why a change is refused that was made of a program as it was before another till changed it."""


async def ask_new(app: App[object], desk: Desk, today: date) -> Program | None:
    """Ask for a program's kind, then what that kind has; return it as the ledger added it.

    Of what the house gives, its items too.

    Must run in a worker.
    """
    kinds = [(kind, KINDS[kind], WHAT_IT_DOES[kind]) for kind in _KINDS]
    kind = await app.push_screen_wait(ChooseOne("Add a program", kinds, yes="Go on"))
    if kind is None:
        return None

    items: tuple[int, ...] = ()

    async def add(draft: Program) -> Program:
        nonlocal items
        menu = await desk.run(lambda ledger: ledger.items())
        # All of the menu at the shop's own cost is nothing to be decided by leaving it out.
        if draft.kind is ProgramKind.GIVEAWAY and menu:
            heading = f"What the house gives: {draft.name}"
            chosen = await app.push_screen_wait(OwnItems(heading, menu, items, yes="Add it"))
            if chosen is None:
                raise BadInput("", reason="not-sure")
            items = chosen
        new = replace(draft, items=items)
        return await desk.run(lambda ledger: ledger.add_program(new))

    return await ask(
        app,
        lambda draft, problem: ProgramForm(
            draft or Program(name="", kind=kind), today, problem=problem
        ),
        add,
    )


async def said_items(desk: Desk, program: Program) -> str:
    """Return the names of the items that a program is for."""
    every = await desk.run(lambda ledger: ledger.items(retired=True))
    return _said_items(program, every)


def _said_items(program: Program, every: Iterable[Item]) -> str:
    names = {item.id: shown(item.name) for item in every}
    return ", ".join(names[each] for each in program.items) or "all that is on the menu"


@dataclass
class _Read:
    """A program as the ledger has it, and as it stood where a form was filled with it.

    Where another till changes it while the form is open, both are wanted: what was typed goes
    over what is there now, and nothing of either is lost.
    """

    now: Program
    then: Program

    def under(self, draft: Program | None) -> Program:
        """Return what the form shows: what was typed, over the program as it is now."""
        if draft is None:
            return self.now
        names = [each.name for each in fields(Program)]
        typed = {n: getattr(draft, n) for n in names if getattr(draft, n) != getattr(self.then, n)}
        self.then = self.now
        return replace(self.now, **typed)

    def items_under(self, chosen: tuple[int, ...] | None) -> tuple[int, ...]:
        """Return the items that are marked: those of now, as far as nobody chose otherwise."""
        if chosen is None:
            return self.now.items
        then, self.then = self.then.items, self.now
        kept = [item for item in self.now.items if item in chosen or item not in then]
        return (*kept, *(item for item in chosen if item not in then and item not in kept))


async def read_program(desk: Desk, number: int) -> Program:
    """Return a program as it is now: a form that opens shows no other.

    Raises:
        Refused: there is none of that number.
    """
    state = await desk.run(lambda ledger: ledger.program_state(number))
    return state.program


async def _change(desk: Desk, read: _Read, changed: Program) -> Program:
    """Let the ledger keep a change; where another till was quicker, read what is there now."""
    try:
        return await desk.run(lambda ledger: ledger.change_program(changed))
    except Refused as refused:
        if refused.reason == CHANGED_MEANWHILE:
            read.now = await read_program(desk, changed.id)
        raise


async def ask_changes(app: App[object], desk: Desk, today: date, number: int) -> str:
    """Ask what shall be so from now on; return what became of it, nothing where nobody said.

    Must run in a worker.
    """
    program = await read_program(desk, number)
    read = _Read(program, program)
    changed = await ask(
        app,
        lambda draft, problem: ProgramForm(read.under(draft), today, problem=problem),
        lambda draft: _change(desk, read, draft),
    )
    return "" if changed is None else f"{shown(changed.name)} is changed."


async def ask_items(app: App[object], desk: Desk, number: int) -> str:
    """Ask which items a program is for; return what became of it, nothing where nobody chose.

    Must run in a worker.

    Raises:
        Refused: it is for goods, or for money.
    """
    program = await read_program(desk, number)
    if program.kind is ProgramKind.DRIVE:
        raise Refused(f"{shown(program.name)} takes goods: G names them.", reason="no-items")
    if program.kind is ProgramKind.CHARITY:
        raise Refused("A jar takes money alone.", reason="no-items")
    read = _Read(program, program)
    every = await desk.run(lambda ledger: ledger.items(retired=True))

    async def keep(items: tuple[int, ...]) -> Program:
        nonlocal every
        try:
            return await _change(desk, read, replace(read.now, items=items))
        except Refused:
            # What another till chose meanwhile may be new on the menu.
            every = await desk.run(lambda ledger: ledger.items(retired=True))
            raise

    kept = await ask(
        app,
        lambda chosen, problem: OwnItems(
            f"Items of {program.name}",
            [item for item in every if _can_be_chosen(item, read.now)],
            read.items_under(chosen),
            problem=problem,
        ),
        keep,
    )
    if kept is None:
        return ""
    return f"{shown(kept.name)} is for {_said_items(kept, every)}."


def _can_be_chosen(item: Item, program: Program) -> bool:
    on_menu = item.kind is ItemKind.MENU and not item.retired
    return on_menu or item.id in program.items
