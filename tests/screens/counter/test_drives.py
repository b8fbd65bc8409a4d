"""Coats by keys: what a drive takes in, and how far it has come. Nothing of it is served here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.asks import Collect, Deliver
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from screens.counter.buttons import TapButton
from tests.screens.counter.programs import drive, held, house, jar
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter


def collect(ledger: Ledger, program: Program, name: str, units: int) -> str:
    action = new_action_id()
    item = ledger.find_goods(program.id, name).id
    ledger.collect(Collect(action=action, item=item, program=program.id, units=units))
    return action


async def test_three_coats_by_letters(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    collect(other_till, coats, "Coat S", 23)
    async with at_counter() as at:
        assert at.row("Winter coats") == "Winter coats 23 of 40 taken in"
        await at.keys("plus", "3", *"coat", "space", "m")
        assert at.sees("Take in 3 Coat M for Winter coats? 23 of 40 so far.")
        assert held(other_till, coats) == {"Coat S": 23}
        await at.keys("enter")
        assert held(other_till, coats) == {"Coat S": 23, "Coat M": 3}
        assert at.sees("Thank you. 3 Coat M taken in: 26 of 40.")
        assert at.row("Winter coats") == "▌ Winter coats 26 of 40 taken in"
        assert at.sees("here just now:  + 3 Coat M")
        # Nothing of it is in any sum with gifts.
        assert at.row("Community fund").endswith("€20.00")
        assert other_till.verify().sound


async def test_the_row_offers_its_goods(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys(*["down"] * 6, "plus", "2")
        assert at.sees("Take in 2 Coat S for Winter coats? 0 of 40 so far.")
        await at.keys("down", "down")
        assert at.sees("Take in 2 Coat L for Winter coats?")
        assert at.row("Winter coats").startswith("▌")
        await at.keys("up", "enter")
        assert held(other_till, coats) == {"Coat M": 2}


async def test_one_kind_is_taken_in_by_two_keys(at_counter: AtCounter, other_till: Ledger) -> None:
    tins = drive(other_till, "Food bank", "Tin", (), None)
    async with at_counter() as at:
        assert at.row("Food bank") == "Food bank 0 taken in"
        await at.keys(*["down"] * 6)
        assert await at.keys("plus", "enter") == 2
        assert held(other_till, tins) == {"Tin": 1}
        assert at.sees("Thank you. 1 Tin taken in: 1 so far.")
        await at.keys("plus", *"food", "enter")
        assert held(other_till, tins) == {"Tin": 2}


async def test_a_size_may_be_a_number(at_counter: AtCounter, other_till: Ledger) -> None:
    shoes = drive(other_till, "Shoes", "Shoes", ("41", "42"), None)
    async with at_counter() as at:
        await at.keys("plus", *"shoes", "space", "4", "2")
        assert at.sees("Take in 1 Shoes 42 for Shoes? 0 so far.")
        await at.keys("escape", "plus", "3", *"sh", "space", "4", "2", "enter")
        assert held(other_till, shoes) == {"Shoes 42": 3}
        await at.keys("plus", *"sh", "5", "enter")
        assert held(other_till, shoes) == {"Shoes 41": 5, "Shoes 42": 3}
        # A size that there is none of is never a count of another.
        for typed, count in (("+shoes 47", ""), ("+4shoes 47", "4"), ("+2shoes xl", "2")):
            await at.types(typed)
            assert at.sees(
                f"No such size. Shoes: 41 and 42. Type one of these, such as +{count}shoes 41."
            )
            await at.keys("enter")
        assert held(other_till, shoes) == {"Shoes 41": 5, "Shoes 42": 3}
        await at.types("shoes xl")
        assert at.sees("Shoes is not served here: it goes to a partner")


async def test_the_menu_comes_before_goods_of_the_same_letters(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    coats = drive(other_till, "Cardigans", "Cardigan", ())
    async with at_counter() as at:
        await at.keys("plus", *"ca")
        assert at.sees("Give 1 Cappuccino, €3.20, cash?")
        await at.keys("down")
        assert at.sees("Take in 1 Cardigan for Cardigans?")
        await at.keys("up", "enter")
        assert kinds(other_till) == [("give", 1, "Cappuccino")]
        assert held(other_till, coats) == {}
        await at.keys("c", "a")
        assert at.sees("Serve 1 Cappuccino?")


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("coat", "Coat S is not served here: it goes to a partner, through More, Programs."),
        ("winter", "What Winter coats takes in goes to a partner, through More, Programs."),
    ],
)
async def test_goods_are_not_served(
    at_counter: AtCounter, other_till: Ledger, letters: str, sentence: str
) -> None:
    coats = drive(other_till)
    collect(other_till, coats, "Coat S", 2)
    async with at_counter() as at:
        await at.keys(*letters)
        assert at.sees(sentence)
        await at.keys("enter")
        assert held(other_till, coats) == {"Coat S": 2}
        assert kinds(other_till) == []


async def test_goods_go_on_no_slip(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys("plus", *"coat", "slash")
        assert at.sees("Only what waits on the board goes on a slip: rub out the /.")
        await at.keys("enter")
        assert held(other_till, coats) == {}
        await at.keys("backspace", "enter")
        assert held(other_till, coats) == {"Coat S": 1}


async def test_goods_are_taken_back(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys("plus", "3", *"coat", "enter", "ctrl+z")
        assert at.sees("Take back: 3 Coat S taken in at 17:40?")
        await at.keys("enter")
        assert held(other_till, coats) == {}
        assert at.sees("Taken back: 3 Coat S.")
        assert at.row("Winter coats") == "▌ Winter coats 0 of 40 taken in"


async def test_what_was_delivered_stays(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    shelter = other_till.add_partner("Shelter")
    async with at_counter() as at:
        await at.keys("plus", "3", *"coat", "enter")
        other_till.deliver(
            Deliver(
                action=new_action_id(),
                program=coats.id,
                partner=shelter.id,
                parts=((other_till.find_goods(coats.id, "Coat S").id, 1),),
            )
        )
        await at.keys("ctrl+z")
        assert at.sees("1 of 3 Coat S was delivered; take back the other 2 Coat S?")
        assert await at.until(lambda: "3 of 40" in at.row("Winter coats"), 5)


async def test_a_drive_that_ended_meanwhile_takes_nothing(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys("plus", *"coat")
        other_till.change_program(replace(coats, ends_on=date(2026, 11, 20)))
        await at.keys("enter")
        assert held(other_till, coats) == {}
        assert at.sees("Winter coats")
        assert not at.sees("Thank you")
        assert await at.until(
            lambda: not any(line.startswith("  Winter coats") for line in at.lines()), 5
        )


async def test_a_drive_that_is_over_has_no_row_whatever_it_holds(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    coats = drive(other_till)
    collect(other_till, coats, "Coat S", 5)
    other_till.change_program(replace(coats, ends_on=date(2026, 11, 20)))
    async with at_counter() as at:
        assert not at.sees("Winter coats")
        await at.keys("plus", *"coat")
        assert at.sees("Nothing on the menu begins with “coat”.")
        await at.keys("enter")
        assert held(other_till, coats) == {"Coat S": 5}


async def test_a_count_that_is_none(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys("plus", "0", *"coat")
        assert at.sees("0 is not a count: write a whole number from 1 to 99.")
        await at.keys("enter")
        assert held(other_till, coats) == {}


async def test_a_drive_without_goods_says_where_to_add_some(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    other_till.add_program(Program(name="Winter coats", kind=ProgramKind.DRIVE))
    async with at_counter() as at:
        await at.keys("plus", *"winter")
        assert at.sees("Winter coats has no goods yet: ? opens More, where Programs adds some.")


async def test_another_tills_goods_appear(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys("plus", *"coat")
        assert at.sees("0 of 40 so far.")
        collect(other_till, coats, "Coat L", 7)
        assert await at.until(lambda: at.sees("Take in 1 Coat S for Winter coats? 7 of 40"), 5)
        assert "7 of 40" in at.row("Winter coats")


async def test_fingers_take_goods_in(at_counter: AtCounter, other_till: Ledger) -> None:
    coats = drive(other_till)
    house(other_till)
    async with at_counter() as at:
        at.app.action_toggle_touch()
        await at.settle()
        places = [y for y, line in enumerate(at.lines()) if " Winter coats " in line]
        await at.pilot.click(offset=(4, places[0]))
        await at.settle()
        assert at.row("Winter coats").startswith("▌")
        await at.pilot.click(list(at.screen.query(TapButton))[1])
        await at.settle()
        assert at.sees("Take in 1 Coat S for Winter coats?")
        await at.pilot.click("#said")
        await at.settle()
        assert held(other_till, coats) == {"Coat S": 1}


async def test_whoever_brings_coats_may_say_a_few_words(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    coats = drive(other_till)
    async with at_counter() as at:
        await at.keys("plus", "2", *"coat")
        assert at.sees("→ name, message")
        await at.keys("right")
        assert at.modal
        assert at.sees("Take in 2 Coat S")
        assert not at.sees("Paid")
        await at.keys(*"Maria", "tab", *"warm", "enter")
        assert at.sees("Thank you. 2 Coat S taken in")
        assert held(other_till, coats) == {"Coat S": 2}
        story = other_till.gift(other_till.entries()[-1].entry.gift or 0)
        assert (story.giver, story.message) == ("Maria", "warm")
        # Back without an answer: nothing is taken in, and the line still asks.
        await at.keys("plus", *"coat", "right", "escape")
        assert at.sees("Take in 1 Coat S for Winter coats?")
        assert held(other_till, coats) == {"Coat S": 2}


async def test_a_delivery_of_several_goods_is_taken_back_as_such(
    at_counter: AtCounter, other_till: Ledger, shop: Path, clock: FrozenClock
) -> None:
    coats = drive(other_till)
    collect(other_till, coats, "Coat S", 3)
    collect(other_till, coats, "Coat M", 2)
    collect(other_till, coats, "Coat L", 2)
    shelter = other_till.add_partner("Shelter")
    with Ledger.open(shop, till="till 1", clock=clock) as this_till:
        this_till.deliver(Deliver(action=new_action_id(), program=coats.id, partner=shelter.id))
    async with at_counter() as at:
        await at.keys("ctrl+z")
        assert at.sees("Take back: 7 goods (Coat S and 2 others) delivered at 17:40?")
        await at.keys("enter")
        assert at.sees("Taken back: 7 goods (Coat L and 2 others).")
        assert at.sees("here just now:  ↶ 7 goods (Coat L and 2 others)")
        assert held(other_till, coats) == {"Coat S": 3, "Coat M": 2, "Coat L": 2}


async def test_programs_have_their_places_below_the_fund(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    drive(other_till)
    house(other_till, "Evening bowl")
    jar(other_till)
    other_till.add_program(
        Program(name="Next year", kind=ProgramKind.DRIVE, starts_on=date(2027, 1, 1))
    )
    async with at_counter() as at:
        names = ("Sandwich", "Community fund", "Winter coats", "Evening bowl", "Lifeboat jar")
        rows = [line for line in at.lines() if any(f" {name} " in line for name in names)]
        assert [" ".join(row.split()) for row in rows] == [
            "Sandwich – €5.50",
            "Community fund €20.00",
            "Winter coats 0 of 40 taken in",
            "Evening bowl 20 left till Sun",
            "Lifeboat jar €0.00",
        ]
        assert not at.sees("Next year")
        assert not at.sees("Pay it forward")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (40, 12)])
async def test_many_programs_scroll(
    at_counter: AtCounter, other_till: Ledger, size: tuple[int, int]
) -> None:
    for number in range(12):
        drive(other_till, f"Drive {number}", f"Thing {number}", ())
    for number in range(10):
        other_till.add_item(f"Cake {number}", 300)
    async with at_counter(size=size) as at:
        width = size[0]
        shown = [line for line in at.lines() if " Drive " in line]
        assert 1 <= len(shown) < 12
        assert width < 56 or at.sees(f"↓ {12 - len(shown)} more")
        assert at.sees("Flat white")
        # The highlight goes through the menu, the fund and all programs, always in sight.
        for _ in range(16 + 12):
            await at.keys("down")
            assert len([line for line in at.lines() if line.startswith("▌")]) == 1
        assert at.row("Drive 11").startswith("▌")
        assert at.sees("Community fund")
        await at.keys("up")
        assert at.row("Drive 10").startswith("▌")
        await at.keys("plus", "enter")
        assert held(other_till, other_till.find_program("Drive 10")) == {"Thing 10": 1}
