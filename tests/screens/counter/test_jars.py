"""A charity's jar by keys: its money is apart from gifts, and pays for nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.model import Tender
from tests.screens.counter.programs import held, jar
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.screens.counter.conftest import AtCounter


async def test_money_into_the_jar_by_letters(at_counter: AtCounter, other_till: Ledger) -> None:
    lifeboat = jar(other_till)
    async with at_counter() as at:
        await at.keys("plus", "5", *"jar")
        assert at.sees("Put €5.00 into the Lifeboat jar, cash?")
        await at.keys("enter")
        assert held(other_till, lifeboat) == {"Community fund": 500}
        assert other_till.board().money_minor == 2000
        assert at.sees("Thank you. €5.00 in the Lifeboat jar, cash. It holds €5.00 now.")
        assert at.row("Lifeboat jar") == "▌ Lifeboat jar €5.00"
        assert at.row("Community fund").endswith("€20.00")
        await at.keys("plus", "2", "full_stop", "5", "0", *"life", "enter")
        assert held(other_till, lifeboat) == {"Community fund": 750}


async def test_money_into_the_highlighted_jar_by_card(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    lifeboat = jar(other_till)
    async with at_counter() as at:
        await at.keys(*["down"] * 6, "plus", "5", "ctrl+t")
        assert at.sees("Put €5.00 into the Lifeboat jar, card?")
        await at.keys("enter")
        (view,) = (v for v in other_till.entries() if v.till == "till 1")
        assert other_till.gift(view.entry.gift).tender is Tender.CARD
        assert held(other_till, lifeboat) == {"Community fund": 500}
        # The last tender is the next one's default, in the form too.
        await at.keys("plus", "7", "right", *"Zoë", "enter")
        story = other_till.gift(other_till.entries()[-1].entry.gift)
        assert (story.giver, story.tender, story.amount_minor) == ("Zoë", Tender.CARD, 700)
        assert story.program == lifeboat
        # It is the jar's own: neither takes over how the other was paid.
        await at.types("+fl")
        assert at.sees("Give 1 Flat white, €3.50, cash?")
        await at.keys("ctrl+t", "ctrl+t", "enter")
        await at.types("+5jar")
        assert at.sees("Put €5.00 into the Lifeboat jar, card?")


async def test_a_jar_begins_in_cash_whatever_was_paid_by_card(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    jar(other_till)
    async with at_counter() as at:
        await at.types("+fl")
        await at.keys("ctrl+t", "enter")
        await at.types("+5jar")
        assert at.sees("Put €5.00 into the Lifeboat jar, cash?")
        await at.types("+fl")
        assert at.sees("Give 1 Flat white, €3.50, card?")


async def test_the_form_of_a_jar_asks_for_no_slip_and_no_program(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    jar(other_till)
    async with at_counter() as at:
        await at.keys("plus", "5", *"jar", "right")
        assert at.modal
        assert at.sees("Put €5.00 into the Lifeboat jar")
        assert at.sees("All of it is passed on; it pays for nothing here.")
        assert not at.sees("whoever enjoys it")
        assert at.sees("Enter Put in")
        assert not at.sees("a slip of paper")
        assert not at.sees("For  ")
        await at.keys("escape", "escape", "plus", "5", *"jar", "slash")
        assert at.sees("Only what waits on the board goes on a slip: rub out the /.")


async def test_an_amount_is_missing(at_counter: AtCounter, other_till: Ledger) -> None:
    jar(other_till)
    async with at_counter() as at:
        await at.keys("plus", *"jar")
        assert at.sees("How much for the Lifeboat jar? Type it, such as +5.")
        await at.keys("enter")
        assert kinds(other_till) == []


@pytest.mark.parametrize("keys", [("j", "a", "r"), (*["down"] * 6, "minus")])
async def test_a_jar_pays_for_nothing(
    at_counter: AtCounter, other_till: Ledger, keys: tuple[str, ...]
) -> None:
    lifeboat = jar(other_till)
    async with at_counter() as at:
        await at.keys("plus", "5", *"jar", "enter")
        await at.keys(*(key for key in keys if key != "down"), "enter")
        assert held(other_till, lifeboat) == {"Community fund": 500}
        assert at.sees("pays for nothing here: it is handed over in More, Programs.")


async def test_a_jars_money_is_taken_back(at_counter: AtCounter, other_till: Ledger) -> None:
    lifeboat = jar(other_till)
    async with at_counter() as at:
        await at.keys("plus", "5", *"jar", "enter", "ctrl+z")
        assert at.sees("here just now:  + €5.00 jar")
        assert at.sees("Take back: €5.00 put into the Lifeboat jar at 17:40, cash?")
        await at.keys("enter")
        assert held(other_till, lifeboat) == {}
        assert at.sees("Taken back: €5.00. €5.00 cash goes back to the giver.")
        assert at.row("Lifeboat jar").endswith("€0.00")
    assert other_till.verify().sound


async def test_a_name_that_says_jar_says_it_once(at_counter: AtCounter, other_till: Ledger) -> None:
    jar(other_till, "Red jar")
    async with at_counter() as at:
        await at.keys("plus", "5", *"red")
        assert at.sees("Put €5.00 into the Red jar, cash?")


async def test_an_item_comes_before_a_jar(at_counter: AtCounter, other_till: Ledger) -> None:
    jar(other_till, "Flatiron museum")
    async with at_counter() as at:
        await at.keys("plus", *"fl")
        assert at.sees("Give 1 Flat white, €3.50, cash?")
        await at.keys("escape", "plus", "2", *"fl", "down")
        assert at.sees("Put €2.00 into the Flatiron museum jar, cash?")
