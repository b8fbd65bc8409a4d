"""Entries and gifts of a shop that has several programs: each is told, goods have no money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.model import ItemKind, ProgramKind
from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.widgets.table import Table
from tests.screens.program_scenes import make_programs
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor


def lines(actor: Actor) -> list[tuple[str, ...]]:
    """Return what, item, amount, paid by and program of each line."""
    rows = [row.cells for row in actor.screen.query_one(Table).rows]
    return [(*cells[1:5], *cells[7:]) for cells in rows]


async def gift_of(actor: Actor, kind: ItemKind, program: ProgramKind) -> int:
    """Return the first gift of this kind of item in a program of that kind."""
    name = next(
        each.name
        for each in await actor.ask(lambda ledger: ledger.programs())
        if each.kind is program
    )
    views = await actor.ask(lambda ledger: ledger.entries())
    return next(
        view.entry.gift
        for view in views
        if view.program == name and view.item is not None and view.item.kind is kind
    )


async def test_one_program_is_not_told(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        assert "Program" not in actor.text


async def test_entries_tell_the_program_and_no_money_of_goods(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(make_programs)
        await actor.stage.show(EntriesScreen(actor.stage.desk))
        await actor.settle()
        told = lines(actor)
        assert ("Brought", "12 Coat S", "", "", "Winter coats") in told
        assert ("Delivered", "5 Coat S", "", "Shelter at St. Anne’s", "Winter coats") in told
        assert ("Set aside", "20 servings", "", "the house", "Free soup") in told
        assert ("Served", "8 Soup of the day", "", "the house", "Free soup") in told
        assert ("Given", "Money", "€12.40", "cash", "Lifeboats") in told
        assert "€0.00" not in actor.text
        await actor.press(*["down"] * next(i for i, line in enumerate(told) if "8 Soup" in line[1]))
        await actor.press("enter")
        assert actor.status == "That line belongs to no gift."


async def test_the_story_of_goods(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(make_programs)
        gift = await gift_of(actor, ItemKind.GOODS, ProgramKind.DRIVE)
        await actor.stage.show(GiftScreen(actor.stage.desk, gift))
        await actor.settle()
        assert "12 Coat S, brought at 17:40, for Winter coats. 7 here, 5 delivered." in actor.text
        before = len(await actor.ask(lambda ledger: ledger.entries()))
        await actor.press("r")
        assert actor.status == "Goods were not paid for, so there is nothing to refund."
        await actor.press("s")
        assert actor.status == "It goes to a partner, so there is no slip for it."
        assert len(await actor.ask(lambda ledger: ledger.entries())) == before


async def test_the_story_of_a_jar(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(make_programs)
        gift = await gift_of(actor, ItemKind.MONEY, ProgramKind.CHARITY)
        await actor.stage.show(GiftScreen(actor.stage.desk, gift))
        await actor.settle()
        assert "€12.40 for Lifeboats, cash, at 17:40. €12.40 here." in actor.text
