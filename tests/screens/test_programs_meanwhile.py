"""Another till changes a program while its form is open: nothing of either is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.model import ProgramKind
from payforward.core.programs import Period, Program
from screens.dialogs.confirm import Confirm
from screens.dialogs.own_items import OwnItems
from screens.dialogs.program_form import ProgramForm
from screens.programs import ProgramsScreen
from tests.screens.stage import on_stage
from tests.screens.test_programs import find, mark, retype, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor

SAID = "Free soup was changed at another till meanwhile"


@pytest.fixture
def other_till(busy_path: Path, clock: FrozenClock) -> Iterator[Ledger]:
    """Return the same ledger as another till has it open; it gives 20 soups a week."""
    with Ledger.open(busy_path, till="till 2", clock=clock) as ledger:
        ledger.add_program(
            Program(
                name="Free soup",
                kind=ProgramKind.GIVEAWAY,
                budget_units=20,
                budget_period=Period.WEEK,
            )
        )
        yield ledger


async def change(actor: Actor, other_till: Ledger, **changes: object) -> None:
    soup = await find(actor, "Free soup")
    other_till.change_program(replace(soup, **changes))  # type: ignore[arg-type]


async def test_what_was_typed_stands_over_what_another_till_decided(
    busy_path: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        mark(actor, "Free soup")
        await actor.press("c")
        await actor.until(lambda: actor.is_on(ProgramForm), "no form")
        await change(actor, other_till, budget_units=50, hours="14-17")
        await retype(actor, "Evening bowl")
        await actor.press("enter")
        await actor.until(lambda: SAID in actor.text, "not refused")
        assert other_till.find_program("Free soup").budget_units == 50
        form = actor.text
        assert "Evening bowl" in form
        assert "50" in form.split("Budget")[1]
        assert "14-17" in form.split("Hours")[1]
        # A third till, once more: each time what is new comes in below.
        await change(actor, other_till, order_limit=2)
        await actor.press("enter")
        await actor.until(lambda: "2" in actor.text.split("Per order")[1][:20], "not read anew")
        await actor.press("enter")
        kept = await find(actor, "Evening bowl")
        assert (kept.budget_units, kept.hours, kept.order_limit) == (50, "14-17", 2)
        assert "Evening bowl is changed." in actor.status


async def test_a_form_that_opens_shows_what_another_till_has_just_decided(
    busy_path: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        mark(actor, "Free soup")
        await change(actor, other_till, budget_units=50)
        await actor.pilot.press("c")
        await actor.until(lambda: actor.is_on(ProgramForm), "no form")
        assert "50" in actor.text.split("Budget")[1]


async def test_items_chosen_at_two_tills_are_all_chosen(
    busy_path: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    flat, cappuccino, latte = (
        other_till.find_item(name).id for name in ("Flat white", "Cappuccino", "Latte")
    )
    soup = other_till.find_program("Free soup")
    other_till.change_program(replace(soup, items=(flat, cappuccino)))
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        mark(actor, "Free soup")
        await actor.press("i")
        await actor.until(lambda: actor.is_on(OwnItems), "no list")
        cake = other_till.add_item("Cake", 400)
        await change(actor, other_till, items=(flat, cappuccino, cake.id))
        # Without the first, with the third.
        await actor.press("space", "down", "down", "space", "enter")
        await actor.until(lambda: SAID in actor.text, "not refused")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(ProgramsScreen), "not kept")
        assert set((await find(actor, "Free soup")).items) == {cappuccino, latte, cake.id}
        assert "is for Cappuccino, Latte, Cake." in actor.status


async def test_an_end_that_was_overtaken_shows_what_is_there_and_can_be_said_again(
    busy_path: Path, clock: FrozenClock, other_till: Ledger
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        mark(actor, "Free soup")
        await actor.press("n")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await change(actor, other_till, budget_units=50)
        await actor.press("enter")
        await actor.until(lambda: SAID in actor.status, "not refused")
        soup = await find(actor, "Free soup")
        assert (soup.ends_on, soup.budget_units) == (None, 50)
        assert rows(actor)[-1][2].startswith("50 of 50")
        await actor.press("n")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await actor.press("enter")
        await actor.until(lambda: "ends today" in actor.status, "not ended")
        soup = await find(actor, "Free soup")
        assert (str(soup.ends_on), soup.budget_units) == ("2026-11-21", 50)
