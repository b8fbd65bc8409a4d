"""What the house gives, by keys: it is named among those who can pay, and is the last of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import Give, GiveAway, Redeem
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom
from payforward.core.programs import Period
from tests.screens.counter.programs import budget_of, house
from tests.screens.counter.test_slips import scan, slip_of
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.programs import Program
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter


def give_away(ledger: Ledger, program: Program, item: str, units: int = 1) -> None:
    ledger.give_away(
        GiveAway(
            action=new_action_id(),
            item=ledger.find_item(item).id,
            program=program.id,
            units=units,
        )
    )


def give(ledger: Ledger, item: str) -> None:
    ledger.give(Give(action=new_action_id(), item=ledger.find_item(item).id, units=1))


def clear_board(ledger: Ledger) -> None:
    """Serve all that waits, and spend the fund."""
    for row in ledger.board().rows:
        ledger.redeem(Redeem(action=new_action_id(), item=row.item.id, units=row.units))
    soup = ledger.find_item("Soup of the day").id
    for _ in range(3):
        ledger.redeem(Redeem(action=new_action_id(), item=soup, paid_from=PaidFrom.FUND))


async def test_the_house_pays_where_nothing_waits(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till, "Free sandwich", "Sandwich")
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("s", "a")
        assert at.sees("No Sandwich waiting. The house can pay: 20 left till Sunday.")
        assert at.sees("Enter serves")
        assert budget_of(other_till, program).used == 0
        await at.keys("enter")
        assert budget_of(other_till, program).left == 19
        assert kinds(other_till)[-1] == ("redeem", -1, "Serving")
        assert at.sees("✓ 1 Sandwich. 19 left till Sunday.")
        assert at.row("Free sandwich") == "Free sandwich 19 left till Sun"


async def test_the_board_pays_first_and_the_house_comes_after(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till)
    async with at_counter() as at:
        await at.keys("s", "o")
        assert at.sees("Serve 1 Soup of the day? 2 waiting.")
        assert at.sees("Enter yes   ↓ next   Esc no")
        await at.keys("down")
        assert at.sees("Serve 1 Soup of the day on the house? 20 left till Sunday.")
        assert at.sees("Enter serves   Esc no")
        await at.keys("enter")
        assert budget_of(other_till, program).left == 19
        assert {row.item.name: row.units for row in other_till.board().rows}["Soup of the day"] == 2
        assert at.sees("✓ 1 Soup of the day. 19 left till Sunday.")
        # A plain line is the board's again.
        await at.keys("s", "o", "enter")
        assert at.sees("✓ 1 Soup of the day. 1 still waiting.")
        assert budget_of(other_till, program).left == 19


async def test_a_budget_of_twenty_is_used_up_and_no_more(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till)
    clear_board(other_till)
    async with at_counter() as at:
        for _ in range(20):
            await at.keys("s", "o", "enter")
        assert at.sees("✓ 1 Soup of the day. That was the last one until Monday.")
        assert budget_of(other_till, program).left == 0
        assert at.row("Free soup") == "Free soup – again Mon"
        # The twenty-first: what else there is, and the note as the last choice.
        await at.keys("s", "o")
        assert at.sees("No Soup of the day waiting; what the house gives is used up until Monday.")
        assert at.sees("↓ notes that it was asked for")
        await at.keys("down", "enter")
        assert budget_of(other_till, program).used == 20
        (note,) = other_till.asked()
        assert (note.item.name, note.units) == ("Soup of the day", 1)
        assert at.sees("Noted: 1 Soup of the day was asked for.")
    assert other_till.verify().sound


async def test_the_last_serving_goes_to_another_till(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till, "Free sandwich", "Sandwich", budget=1)
    async with at_counter() as at:
        await at.keys("s", "a", "down")
        assert at.sees("No Sandwich waiting. The house can pay: 1 left till Sunday.")
        give_away(other_till, program, "Sandwich")
        await at.keys("enter")
        assert budget_of(other_till, program).used == 1
        assert kinds(other_till) == []
        assert at.sees("The last one has just gone. The fund can pay €5.50.")
        await at.keys("down", "up", "enter")
        assert at.sees("✓ 1 Sandwich. The fund has €14.50.")


async def test_another_till_s_serving_is_seen_in_the_sentence(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till, "Free sandwich", "Sandwich", budget=1)
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("s", "a")
        assert at.sees("The house can pay: 1 left till Sunday.")
        give_away(other_till, program, "Sandwich")
        assert await at.until(lambda: at.sees("The last Sandwich has just gone."), 5)
        assert at.sees("Enter looks what else there is")


async def test_a_serving_of_the_house_is_taken_back(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till)
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("s", "o", "enter", "ctrl+z")
        assert at.sees("Take back: 1 Soup of the day served at 17:40?")
        await at.keys("enter")
        assert budget_of(other_till, program).left == 20
        assert at.sees("Taken back: 1 Soup of the day.")
        assert not at.sees("waits again")
        # Neither the budget's opening nor anything else is this till's to take back.
        await at.keys("ctrl+z")
        assert at.sees("This till has done nothing today that could be taken back.")
    assert other_till.verify().sound


async def test_fewer_than_asked_for_are_left(at_counter: AtCounter, other_till: Ledger) -> None:
    program = house(other_till, budget=2)
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("3", "s", "o")
        assert at.sees("The house can pay for 2: 2 left till Sunday.")
        await at.keys("enter")
        assert budget_of(other_till, program).left == 0
        assert at.sees("✓ 2 Soup of the day. That was the last one until Monday.")


async def test_without_a_budget_the_house_pays_and_counts_nothing(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    house(other_till, budget=None)
    clear_board(other_till)
    async with at_counter() as at:
        assert at.row("Free soup") == "Free soup the house"
        await at.keys("s", "o")
        assert at.sees("No Soup of the day waiting. The house can pay.")
        await at.keys("enter")
        assert kinds(other_till)[-1] == ("redeem", -1, "Serving")
        assert at.sees("✓ 1 Soup of the day.")
        assert not at.sees(" left")


async def test_what_is_usual_is_a_hint(at_counter: AtCounter, other_till: Ledger) -> None:
    program = house(other_till, order_limit=2, hours="Mon-Fri 14-17")
    clear_board(other_till)
    async with at_counter(size=(120, 40)) as at:
        await at.keys("2", "s", "o")
        assert not at.sees("2 an order")
        assert at.sees("20 left till Sunday. Usually Mon-Fri 14-17.")
        await at.keys("escape", "3", "s", "o")
        assert at.sees("20 left till Sunday. 2 an order is usual. Usually Mon-Fri 14-17.")
        await at.keys("enter")
        assert budget_of(other_till, program).used == 3
    other_till.change_program(replace(program, hours="Sat 14-18"))
    async with at_counter() as at:
        await at.keys("s", "o")
        assert at.sees("17 left till Sunday.")
        assert not at.sees("Usually")


async def test_the_names_are_said_only_where_two_can_pay(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    house(other_till, "Evening bowl")
    second = house(other_till, "Students", budget=None)
    clear_board(other_till)
    async with at_counter(size=(120, 40)) as at:
        await at.keys("s", "o")
        assert at.sees("The house can pay: Evening bowl, 20 left till Sunday.")
        await at.keys("down")
        assert at.sees("The house can pay: Students.")
        await at.keys("enter")
        (view,) = [v for v in other_till.entries() if v.till == "till 1" and v.entry.units < 0]
        assert view.program == second.name
        give(other_till, "Soup of the day")
        assert await at.until(lambda: " 1 " in at.row("Soup of the day"), 5)
        await at.keys("s", "o", "down", "down")
        assert at.sees("Serve 1 Soup of the day from Students?")
        await at.keys("up")
        assert at.sees("Serve 1 Soup of the day from Evening bowl? 20 left till Sunday.")


async def test_the_row_of_the_house_serves_what_it_gives(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till, "Evening bowl", "Soup of the day", "Sandwich")
    async with at_counter() as at:
        await at.keys(*["down"] * 6)
        assert at.row("Evening bowl").startswith("▌")
        await at.keys("minus")
        assert at.sees("Serve 1 Soup of the day on the house? 20 left till Sunday.")
        assert at.row("Evening bowl").startswith("▌")
        await at.keys("down")
        assert at.sees("Serve 1 Sandwich on the house?")
        await at.keys("enter")
        assert at.sees("✓ 1 Sandwich. 19 left till Sunday.")
        # By its name, where nothing on the menu is called so.
        await at.keys("e", "v", "enter")
        assert budget_of(other_till, program).used == 2
        await at.keys("plus")
        assert at.sees("The house gives this itself: type + and an item for a gift.")
        await at.keys("enter")
        assert [kind for kind, _, _ in kinds(other_till)].count("give") == 0


async def test_two_keys_at_once_serve_of_the_highlighted_house(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till)
    async with at_counter() as at:
        await at.keys(*["down"] * 6)
        await at.pilot.press("minus", "enter")
        assert await at.until(lambda: at.sees("✓ 1 Soup of the day. 19 left"), 5)
        assert budget_of(other_till, program).used == 1


async def test_a_house_of_anything_asks_for_letters(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = other_till.change_program(replace(house(other_till, "Anything"), items=()))
    clear_board(other_till)
    async with at_counter() as at:
        await at.keys("a", "n")
        assert at.sees("The house can pay for anything: type the item's letters.")
        await at.keys("escape", "l", "a", "enter")
        assert budget_of(other_till, program).used == 1
        assert at.sees("✓ 1 Latte. 19 left till Sunday.")


async def test_a_house_whose_item_is_off_the_menu_says_so(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    house(other_till, "Evening bowl", "Sandwich")
    other_till.retire_item(other_till.find_item("Sandwich").id)
    async with at_counter() as at:
        await at.keys("e", "v")
        assert at.sees("What the house gives here is off the menu: ? opens More, Programs.")
        await at.keys("enter")
        assert kinds(other_till) == []


async def test_a_used_slip_lets_the_house_pay(at_counter: AtCounter, other_till: Ledger) -> None:
    house(other_till)
    clear_board(other_till)
    slip, code = slip_of(other_till, "Soup of the day")
    async with at_counter() as at:
        await scan(at, code)
        await at.until(lambda: at.sees("✓ 1 Soup of the day."), 5)
        assert other_till.slip(slip).left == 0
        at.screen._last_scan = (None, 0.0)
        await scan(at, code)
        assert await at.until(lambda: at.sees("This slip has been used. The house can pay."), 5)
        await at.keys("enter")
        assert at.sees("✓ 1 Soup of the day. 19 left till Sunday.")


async def test_an_ended_program_says_so_and_offers_what_else(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till, "Free sandwich", "Sandwich")
    async with at_counter() as at:
        await at.keys("s", "a", "down")
        other_till.change_program(replace(program, ends_on=date(2026, 11, 20)))
        await at.keys("enter")
        assert kinds(other_till) == []
        assert at.sees("Free sandwich")
        assert at.sees("↓")
        await at.keys("down")
        assert at.sees("The fund can pay €5.50.")


async def test_the_budget_of_a_new_day_is_settled_while_the_counter_stands_open(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    program = house(other_till)
    give_away(other_till, program, "Soup of the day", 5)
    async with at_counter() as at:
        assert at.row("Free soup") == "Free soup 15 left till Sun"
        clock.forward(days=2)
        await at.keys("plus", "f", "enter")
        lapsed = [("give", 1), ("lapse", -15), ("budget", 20)]
        assert await at.until(
            lambda: [(v.entry.kind, v.entry.units) for v in other_till.entries()] == lapsed, 10
        )
        assert await at.until(lambda: "20 left" in at.row("Free soup"), 10)
    assert other_till.verify().sound


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_it_fits_any_terminal(
    at_counter: AtCounter, other_till: Ledger, size: tuple[int, int]
) -> None:
    house(other_till, order_limit=1)
    clear_board(other_till)
    async with at_counter(size=size) as at:
        await at.keys("2", "s", "o")
        assert at.sees("The house can pay for 2: 20 left")
        assert at.sees("1 an order is usual.")
        assert at.sees("Enter serves")
        await at.keys("enter")
        assert at.sees("✓ 2 Soup of the day. 18 left till Sunday.")


async def test_what_is_used_up_says_until_when_it_is(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    daily = house(other_till, "Evening bowl", budget=1, budget_period=Period.DAY)
    ends = house(other_till, "Rolls", "Sandwich", budget=1, ends_on=date(2026, 11, 22))
    give_away(other_till, daily, "Soup of the day")
    give_away(other_till, ends, "Sandwich")
    async with at_counter() as at:
        assert at.row("Evening bowl") == "Evening bowl – again Sun"
        assert at.row("Rolls") == "Rolls – used up"
        # Its own row says so first; who else can pay comes after.
        await at.keys(*["down"] * 6, "minus", "enter")
        assert kinds(other_till) == []
        assert at.sees("Evening bowl is used up until tomorrow.")
        assert at.sees("↓ who else can pay")
        await at.keys("down")
        assert at.sees("Serve 1 Soup of the day? 2 waiting.")
        clear_board(other_till)
        await at.types("2so")
        assert at.sees(
            "No Soup of the day waiting; what the house gives is used up until tomorrow."
        )
        # Its program ends before there is more.
        await at.types("sa")
        assert at.sees("No Sandwich waiting; what the house gives is used up.")
        # What could be served of another is offered before the note.
        give(other_till, "Latte")
        await at.types("sa")
        assert at.sees("↓ offers one   ↑ notes that it was asked for")
        await at.keys("down")
        assert at.sees("Serve 1 Latte?")
        await at.keys("down")
        assert at.sees("Note that 1 Sandwich was asked for?")


async def test_more_is_asked_for_than_anybody_can_pay(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    program = house(other_till, budget=5)
    async with at_counter() as at:
        await at.types("99so")
        assert at.sees("Only 2 Soup of the day waiting. Serve 2?")
        await at.keys("down")
        assert at.sees("Only 2 Soup of the day waiting. The fund can pay €18.00 for 3.")
        await at.keys("down")
        assert at.sees("Serve 5 Soup of the day on the house? 5 left till Sunday.")
        await at.keys("up", "enter")
        assert at.sees("✓ 3 Soup of the day. The fund has €2.00.")
        other_till.redeem(
            Redeem(action=new_action_id(), item=other_till.find_item("Soup of the day").id, units=2)
        )
        assert await at.until(lambda: " – " in at.row("Soup of the day"), 5)
        await at.types("2so")
        assert at.sees("No Soup of the day waiting. The house can pay for 2: 5 left till Sunday.")
        await at.keys("enter")
        assert budget_of(other_till, program).left == 3
