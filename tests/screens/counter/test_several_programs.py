"""Several programs of gifts: one line goes to the first, the form lets choose, serving too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from tests.screens.counter.programs import held, jar
from tests.screens.counter.test_stories import kinds

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
        await at.keys("plus", "l")
        assert at.sees("Give 1 Latte for Pay it forward, €3.60, cash?")
        await at.keys("enter")
        assert held(other_till, first)["Latte"] == 1
        assert at.sees("Thank you. 1 Latte put aside for Pay it forward. €3.60, cash.")
        await at.keys("plus", "2", "l", "right")
        assert at.sees("‹ Pay it forward ›")
        await at.keys(*["tab"] * 6, "right")
        assert at.sees("‹ Neighbours ›")
        await at.keys("enter")
        assert held(other_till, second) == {"Latte": 2}
        assert held(other_till, first)["Latte"] == 1
        assert at.sees("Thank you. 2 Latte put aside for Neighbours. €7.20, cash.")
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


async def test_the_next_program_is_a_key_away_and_each_gift_is_named(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    first, second = other_till.find_program("Pay it forward"), neighbours(other_till)
    async with at_counter() as at:
        await at.types("+la")
        assert at.sees("Give 1 Latte for Pay it forward, €3.60, cash?")
        # What is paid by card stays so with the next choice.
        await at.keys("ctrl+t", "down")
        assert at.sees("Give 1 Latte for Neighbours, €3.60, card?")
        await at.keys("enter")
        assert held(other_till, second) == {"Latte": 1}
        await at.types("+20fund")
        assert at.sees("Give €20.00 to the Community fund for Pay it forward, card?")
        await at.keys("down", "enter")
        assert held(other_till, second) == {"Latte": 1, "Community fund": 2000}
        assert at.sees("Thank you. €20.00 in the Community fund for Neighbours, card.")
        # What was named is what is given, or nothing: here the first one has just ended.
        await at.types("+fl")
        assert at.sees("Give 1 Flat white for Pay it forward")
        ended = replace(first, ends_on=date(2026, 11, 20))
        other_till.change_program(ended)
        await at.keys("enter")
        assert held(other_till, second) == {"Latte": 1, "Community fund": 2000}
        assert at.sees("That gift is not taken any more: type it again, and see what is.")
        await at.types("+fl")
        assert at.sees("Give 1 Flat white, €3.50, card?")


async def test_where_no_gifts_are_taken_none_is_offered(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    first = other_till.find_program("Pay it forward")
    soup = other_till.find_item("Soup of the day").id
    async with at_counter() as at:
        assert at.sees("Letters serve, + gives.")
        assert at.sees("Give +")
        await at.types("+so")
        assert at.sees("Give 1 Soup of the day, €6.00, cash?")
        first = other_till.change_program(replace(first, ends_on=date(2026, 11, 20)))
        await at.keys("enter")
        assert kinds(other_till) == []
        assert at.sees("That gift is not taken any more")
        await at.keys("escape")
        assert at.sees("Letters serve; no gifts are taken just now.")
        assert not at.sees("Give +")
        for line in ("+so", "+20fund", "+"):
            await at.types(line)
            assert at.sees(
                "No gifts are taken just now: ? opens More, where Programs changes that."
            )
            await at.keys("enter")
        assert kinds(other_till) == []
        # What waits is served as ever; a jar still takes its money.
        await at.types("so")
        await at.keys("enter")
        assert at.sees("✓ 1 Soup of the day. 1 still waiting.")
        jar(other_till)
        assert await at.until(lambda: at.sees("Give +"), 5)
        await at.types("+5jar")
        assert at.sees("Put €5.00 into the Lifeboat jar, cash?")
        # Of what only some is taken, that is said.
        other_till.change_program(replace(first, ends_on=None, items=(soup,)))
        await at.keys("escape")
        assert await at.until(lambda: at.sees("Letters serve, + gives."), 5)
        await at.types("+la")
        assert at.sees(
            "No gifts of Latte are taken just now: choose something else, or give money."
        )
        await at.types("+so")
        assert at.sees("Give 1 Soup of the day, €6.00, cash?")
