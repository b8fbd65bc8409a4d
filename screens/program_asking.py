"""Asks what is decided of a program, and lets the ledger keep it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from payforward.core.errors import Refused
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.programs import Program
from payforward.core.text import shown
from screens.asking import ask
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.own_items import OwnItems
from screens.dialogs.program_form import ProgramForm
from screens.program_words import KINDS, WHAT_IT_DOES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import App

    from db.ledger import Ledger
    from payforward.core.model import Item
    from screens.desk import Desk

_KINDS: Final = (
    ProgramKind.GIVEAWAY,
    ProgramKind.DRIVE,
    ProgramKind.CHARITY,
    ProgramKind.FORWARD,
)


async def ask_new(app: App[object], desk: Desk, today: date) -> Program | None:
    """Ask for a program's kind, then what that kind has; return it as the ledger added it.

    Must run in a worker.
    """
    kinds = [(kind, KINDS[kind], WHAT_IT_DOES[kind]) for kind in _KINDS]
    kind = await app.push_screen_wait(ChooseOne("Add a program", kinds, yes="Go on"))
    if kind is None:
        return None
    draft = Program(name="", kind=kind)
    return await _fill_in(app, desk, today, draft, lambda ledger, new: ledger.add_program(new))


async def ask_changes(
    app: App[object], desk: Desk, today: date, program: Program
) -> Program | None:
    """Ask what shall be so from now on; return the program as the ledger keeps it.

    Must run in a worker.
    """
    return await _fill_in(
        app, desk, today, program, lambda ledger, changed: ledger.change_program(changed)
    )


async def _fill_in(
    app: App[object],
    desk: Desk,
    today: date,
    program: Program,
    keep: Callable[[Ledger, Program], Program],
) -> Program | None:
    """Show the form until what is in it can be kept, or the person goes back."""

    async def do(draft: Program) -> Program:
        return await desk.run(lambda ledger: keep(ledger, draft))

    return await ask(
        app,
        lambda draft, problem: ProgramForm(draft or program, today, problem=problem),
        do,
    )


async def ask_items(app: App[object], desk: Desk, program: Program) -> str:
    """Ask which items a program is for; return what became of it, nothing where nobody chose.

    Must run in a worker.

    Raises:
        Refused: it is for goods, or for money.
    """
    if program.kind is ProgramKind.DRIVE:
        raise Refused(f"{shown(program.name)} takes goods: G names them.", reason="no-items")
    if program.kind is ProgramKind.CHARITY:
        raise Refused("A jar takes money alone.", reason="no-items")
    every = await desk.run(lambda ledger: ledger.items(retired=True))
    menu = [item for item in every if _can_be_chosen(item, program)]

    async def keep(items: tuple[int, ...]) -> Program:
        chosen = replace(program, items=items)
        return await desk.run(lambda ledger: ledger.change_program(chosen))

    heading = f"Items of {program.name}"
    kept = await ask(
        app,
        lambda draft, problem: OwnItems(
            heading, menu, program.items if draft is None else draft, problem=problem
        ),
        keep,
    )
    if kept is None:
        return ""
    names = {item.id: shown(item.name) for item in menu}
    own = ", ".join(names[each] for each in kept.items) or "all that is on the menu"
    return f"{shown(kept.name)} is for {own}."


def _can_be_chosen(item: Item, program: Program) -> bool:
    on_menu = item.kind is ItemKind.MENU and not item.retired
    return on_menu or item.id in program.items
