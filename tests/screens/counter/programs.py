"""Programs for the tests' shop, in one line each; and what the ledger says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payforward.core.model import ProgramKind
from payforward.core.programs import Period, Program

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.program_answers import BudgetState


def house(
    ledger: Ledger, name: str = "Free soup", *items: str, budget: int | None = 20, **more: Any
) -> Program:
    """Add a giveaway of soup, or of other items, with a budget, of a week mostly."""
    named = items or ("Soup of the day",)
    period = more.pop("budget_period", Period.WEEK)
    return ledger.add_program(
        Program(
            name=name,
            kind=ProgramKind.GIVEAWAY,
            items=tuple(ledger.find_item(item).id for item in named),
            budget_units=budget,
            budget_period=None if budget is None else period,
            **more,
        )
    )


def drive(
    ledger: Ledger,
    name: str = "Winter coats",
    goods: str = "Coat",
    sizes: tuple[str, ...] = ("S", "M", "L"),
    target: int | None = 40,
    **more: Any,
) -> Program:
    """Add a drive that takes coats in three sizes, or other goods."""
    added = ledger.add_program(Program(name=name, kind=ProgramKind.DRIVE, target=target, **more))
    ledger.add_goods(added.id, goods, sizes)
    return ledger.find_program(name)


def jar(ledger: Ledger, name: str = "Lifeboat", **more: Any) -> Program:
    """Add a charity's jar."""
    return ledger.add_program(Program(name=name, kind=ProgramKind.CHARITY, **more))


def budget_of(ledger: Ledger, program: Program) -> BudgetState:
    """Return how a giveaway's budget stands."""
    state = ledger.program_state(program.id).budget
    assert state is not None
    return state


def held(ledger: Ledger, program: Program) -> dict[str, int]:
    """Return what a program holds, by the item's name."""
    return {each.item.name: each.units for each in ledger.program_state(program.id).waits}
