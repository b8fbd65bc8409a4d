"""Programs as scripts and people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import counted, money, said
from payforward.core.days import day_text
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.programs import Running
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.ledger import Ledger
    from payforward.core.program_answers import BudgetState, ProgramState, Waits
    from payforward.core.programs import Program

RUNNING_WORDS = {
    Running.NOT_YET: "not yet",
    Running.RUNNING: "running",
    Running.ENDED: "ended",
}


KIND_WORDS = {
    ProgramKind.FORWARD: "a forward program",
    ProgramKind.GIVEAWAY: "a giveaway",
    ProgramKind.DRIVE: "a drive",
    ProgramKind.CHARITY: "a charity's jar",
}


def item_names(ledger: Ledger) -> dict[int, str]:
    """Return what every item and all goods are called, by number."""
    every = [*ledger.items(retired=True), *ledger.goods(retired=True)]
    return {item.id: item.name for item in every}


def program_document(
    state: ProgramState, names: Mapping[int, str], currency: str
) -> dict[str, object]:
    """Return a program for scripts: what was decided, and how it stands.

    Goods and prepaid items are counted in ``units``, the money in a fund or jar is
    ``money_minor``; ``items`` is null where a program is for all that is on the menu.
    """
    program = state.program
    return {
        "program": program.name,
        "kind": program.kind.value,
        "running": state.running.value,
        "retired": program.retired,
        "items": _item_list(program, names),
        "starts_on": None if program.starts_on is None else program.starts_on.isoformat(),
        "ends_on": None if program.ends_on is None else program.ends_on.isoformat(),
        "hours": program.hours,
        "budget_units": program.budget_units,
        "budget_period": None if program.budget_period is None else program.budget_period.value,
        "order_limit": program.order_limit,
        "public_cap": program.public_cap,
        "hide_zero": program.hide_zero,
        "target": program.target,
        "budget": None if state.budget is None else budget_document(state.budget),
        "waits": [waits_document(each) for each in state.waits],
        "units": _units(state),
        "money_minor": _money(state),
        "currency": currency,
        **_taken_in(state),
    }


def budget_document(budget: BudgetState) -> dict[str, object]:
    """Return how a budget stands, in servings."""
    return {
        "units": budget.units,
        "used": budget.used,
        "left": budget.left,
        "until": budget.until.isoformat(),
    }


def waits_document(waits: Waits) -> dict[str, object]:
    """Return what a program holds of one item."""
    return {
        "item": waits.item.name,
        "units": waits.units,
        "amount_minor": waits.amount_minor,
        "on_slips": waits.on_slips,
    }


def waits_said(waits: Sequence[Waits], currency: str) -> str:
    """Return units of several items in a sentence: ``3 Coat M, 2 Coat S``."""
    return ", ".join(said(each.units, each.item, currency) for each in waits)


def standing(state: ProgramState, currency: str) -> str:
    """Return in a few words what a program holds, or what is left of it."""
    kind = state.program.kind
    if kind is ProgramKind.GIVEAWAY:
        return _budget_said(state)
    if kind is ProgramKind.DRIVE:
        here = f", {state.units} here" if state.units else ""
        return collected_said(state.collected, state.program) + here
    if kind is ProgramKind.CHARITY:
        in_jar = f"{money(state.units, currency)} in it"
        brought = f", {money(state.delivered, currency)} handed over" if state.delivered else ""
        return in_jar + brought
    parts = []
    if _units(state):
        parts.append(f"{_units(state)} waiting")
    if _money(state):
        parts.append(f"{money(_money(state), currency)} in the fund")
    return ", ".join(parts) or "nothing waiting"


def collected_said(collected: int, program: Program) -> str:
    """Return how far a drive has come: ``23 of 40 collected``."""
    of = "" if program.target is None else f" of {program.target}"
    return f"{collected}{of} collected"


def program_lines(state: ProgramState, names: Mapping[int, str], currency: str) -> Iterator[str]:
    """Return a program for people, all that was decided and how it stands."""
    program = state.program
    how = "retired" if program.retired else RUNNING_WORDS[state.running]
    yield f"{shown(program.name)}: {KIND_WORDS[program.kind]}, {how}."
    yield f"{_capital(standing(state, currency))}."
    if state.waits and program.kind is not ProgramKind.CHARITY:
        yield f"It holds {waits_said(state.waits, currency)}."
    on_slips = sum(each.on_slips for each in state.waits if each.item.kind is not ItemKind.MONEY)
    if on_slips:
        yield f"{on_slips} of them on slips."
    yield from _decided_lines(program, names)


def _decided_lines(program: Program, names: Mapping[int, str]) -> Iterator[str]:
    items = _item_list(program, names)
    if program.kind is ProgramKind.DRIVE:
        yield f"It takes: {', '.join(map(shown, items or ())) or 'no goods yet'}."
    elif program.kind is not ProgramKind.CHARITY:
        yield f"It is for: {', '.join(map(shown, items or ())) or 'all on the menu'}."
    if program.budget_units is not None:
        servings = counted(program.budget_units, "serving", "servings")
        yield f"Budget: {servings} a {program.budget_period}."
    if program.starts_on is not None or program.ends_on is not None:
        first = "" if program.starts_on is None else f"from {day_text(program.starts_on)}"
        last = "" if program.ends_on is None else f"until {day_text(program.ends_on)}"
        yield f"{_capital(' '.join(filter(None, (first, last))))}."
    if program.hours is not None:
        yield f"Served: {shown(program.hours)}."
    if program.order_limit is not None:
        yield f"Usual for one order: {program.order_limit}."
    if program.public_cap is not None:
        yield f"In public, more than {program.public_cap} are shown as {program.public_cap}+."
    if program.hide_zero:
        yield "In public it is left out while nothing waits."


def _item_list(program: Program, names: Mapping[int, str]) -> list[str] | None:
    if not program.items and program.kind is not ProgramKind.DRIVE:
        return None
    return [names[item] for item in program.items if item in names]


def _units(state: ProgramState) -> int:
    return sum(each.units for each in state.waits if each.item.kind is not ItemKind.MONEY)


def _money(state: ProgramState) -> int:
    return sum(each.units for each in state.waits if each.item.kind is ItemKind.MONEY)


def _taken_in(state: ProgramState) -> dict[str, object]:
    """Return what a drive has collected, in goods, or a jar, in money; null for the others."""
    kind = state.program.kind
    document: dict[str, object] = dict.fromkeys(
        ("collected", "delivered", "collected_minor", "delivered_minor")
    )
    if kind is ProgramKind.DRIVE:
        document |= {"collected": state.collected, "delivered": state.delivered}
    elif kind is ProgramKind.CHARITY:
        document |= {"collected_minor": state.collected, "delivered_minor": state.delivered}
    return document


def _budget_said(state: ProgramState) -> str:
    budget = state.budget
    if budget is not None:
        return f"{budget.left} of {budget.units} left until {day_text(budget.until)}"
    if state.program.budget_units is None:
        return "no budget"
    servings = counted(state.program.budget_units, "serving", "servings")
    return f"{servings} a {state.program.budget_period}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
