"""Several programs of gifts: one line goes to the first, the form lets choose, serving too."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from tests.screens.counter.programs import held

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.screens.counter.conftest import AtCounter


def neighbours(ledger: Ledger, *items: str, **more: date) -> Program:
    numbers = tuple(ledger.find_item(item).id for item in items)
    return ledger.add_program(
        Program(name="Neighbours", kind=ProgramKind.FORWARD, items=numbers, **more)  # type: ignore[arg-type]
    )


async def test_the_form_lets_choose_the_program(at_counter: AtCounter, other_till: Ledger) -> None:
    second = neighbours(other_till)
    first = other_till.find_program("Pay it forward")
    async with at_counter() as at:
        await at.keys("plus", "l", "enter")
        assert held(other_till, first)["Latte"] == 1
        await at.keys("plus", "2", "l", "right")
        assert at.sees("‹ Pay it forward ›")
        await at.keys(*["tab"] * 6, "right")
        assert at.sees("‹ Neighbours ›")
        await at.keys("enter")
        assert held(other_till, second) == {"Latte": 2}
        assert held(other_till, first)["Latte"] == 1
        assert at.sees("Thank you. 2 Latte put aside. €7.20, cash.")
        assert at.row("Latte").startswith("▌ Latte 3")


async def test_a_program_that_takes_no_such_item_is_no_choice(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    neighbours(other_till, "Soup of the day")
    async with at_counter() as at:
        await at.keys("plus", "l", "right")
        assert at.modal
        assert not at.sees("Pay it forward")
        await at.keys("escape", "escape", "plus", *"so", "right")
        assert at.sees("‹ Pay it forward ›")


async def test_a_program_that_does_not_run_is_no_choice(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    neighbours(other_till, ends_on=date(2026, 11, 20))
    async with at_counter() as at:
        await at.keys("plus", "l", "right")
        assert at.modal
        assert not at.sees("Pay it forward")


async def test_each_program_is_offered_apart(at_counter: AtCounter, other_till: Ledger) -> None:
    second = neighbours(other_till)
    flat = other_till.find_item("Flat white").id
    other_till.give(Give(action=new_action_id(), item=flat, units=2, program=second.id))
    async with at_counter() as at:
        await at.keys("f", "l")
        assert at.sees("Serve 1 Flat white? 5 waiting.")
        await at.keys("down")
        assert at.sees("Serve 1 Flat white from Pay it forward? 3 waiting.")
        await at.keys("down")
        assert at.sees("Serve 1 Flat white from Neighbours? 2 waiting.")
        await at.keys("enter")
        assert held(other_till, second) == {"Flat white": 1}
        assert at.sees("✓ 1 Flat white. 4 still waiting.")
        await at.keys("f", "l", "enter")
        # The oldest gift of all pays where none is named.
        assert held(other_till, second) == {"Flat white": 1}
