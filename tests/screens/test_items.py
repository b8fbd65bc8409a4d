"""The menu: adding, pricing, grouping, retiring, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.errors import LedgerUnusable
from payforward.core.text import cell_width, shown
from screens.dialogs.ask_line import AskLine
from screens.dialogs.confirm import Confirm
from screens.dialogs.item_form import ItemForm
from screens.items import ItemsScreen
from screens.widgets.field import Field
from screens.widgets.table import Table
from tests.screens.stage import HOSTILE, Actor, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.model import Item
    from tests.conftest import FrozenClock


def rows(actor: Actor) -> list[tuple[str, ...]]:
    return [row.cells for row in actor.screen.query_one(Table).rows]


async def item(actor: Actor, name: str) -> Item:
    return await actor.ask(lambda ledger: ledger.find_item(name))


async def test_the_menu_as_it_is(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        assert rows(actor)[:3] == [
            ("Flat white", "€3.50", "1", "Coffee", "Coffee"),
            ("Cappuccino", "€3.20", "1", "Coffee", "Coffee"),
            ("Latte", "€3.60", "–", "Coffee", "Coffee"),
        ]
        assert "5 on the menu" in actor.text


async def test_an_item_is_added_by_name_and_price(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, ItemsScreen) as actor:
        assert "The menu is empty. A adds an item" in actor.text
        await actor.press("a")
        await actor.type("Hot chocolate")
        await actor.press("enter")
        assert "The amount is missing" in actor.text
        await actor.type("4,20")
        await actor.press("enter")
        added = await item(actor, "Hot chocolate")
        assert (added.price_minor, added.category) == (420, None)
        assert actor.status == "Hot chocolate is on the menu at €4.20."
        assert rows(actor) == [("Hot chocolate", "€4.20", "–", "", "")]


async def test_with_a_category_too(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await actor.press("a")
        await actor.type("Mocha")
        await actor.press("tab")
        await actor.type("4")
        await actor.press("tab")
        await actor.type("Coffee")
        await actor.press("enter")
        assert (await item(actor, "Mocha")).groups == ("Coffee",)
        table = actor.screen.query_one(Table)
        assert table.rows[table.cursor].cells[0] == "Mocha"


async def test_a_namesake_is_refused_and_nothing_typed_is_lost(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await actor.press("a")
        await actor.type("flat white")
        await actor.press("tab")
        await actor.type("4")
        await actor.press("enter")
        assert actor.is_on(ItemForm)
        assert "Flat white is on the menu already" in actor.text
        assert [field.value for field in actor.screen.query(Field)] == ["flat white", "4", ""]
        await actor.press("escape")
        assert (await item(actor, "Flat white")).price_minor == 350
        assert len(rows(actor)) == 5


async def test_a_price_is_changed(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await actor.press("down", "p")
        assert "Price of Cappuccino" in actor.text
        await actor.clear()
        await actor.type("x")
        await actor.press("enter")
        assert "x is not an amount" in actor.text
        await actor.clear()
        await actor.type("3.40")
        await actor.press("enter")
        assert (await item(actor, "Cappuccino")).price_minor == 340
        assert actor.status == "Cappuccino now costs €3.40."
        assert rows(actor)[1][1] == "€3.40"


async def test_groups_are_named_with_commas(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await actor.press("g")
        await actor.type(", Hot drinks ,")
        await actor.press("enter")
        assert set((await item(actor, "Flat white")).groups) == {"Coffee", "Hot drinks"}
        await actor.press("g")
        await actor.clear()
        await actor.press("enter")
        assert (await item(actor, "Flat white")).groups == ()
        assert actor.status == "Flat white is in no group."


async def test_retiring_is_asked_and_says_what_still_waits(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await actor.press("r")
        assert actor.is_on(Confirm)
        assert "1 still waiting; they can be served as before." in actor.text
        await actor.press("escape")
        assert len(rows(actor)) == 5
        await actor.press("r", "enter")
        names = [each.name for each in await actor.ask(lambda ledger: ledger.items())]
        assert "Flat white" not in names
        assert actor.status.startswith("Flat white is off the menu.")
        board = await actor.ask(lambda ledger: ledger.board())
        assert "Flat white" in [row.item.name for row in board.rows]


async def test_keys_about_an_item_do_nothing_on_an_empty_menu(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, ItemsScreen) as actor:
        await actor.press("p", "g", "r", "enter")
        assert actor.is_on(ItemsScreen)


async def test_two_quick_keys_open_one_dialog(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        screen = actor.screen
        assert isinstance(screen, ItemsScreen)
        # As two keys that a slow connection brings at once.
        screen.action_add_item()
        screen.action_add_item()
        screen.action_price_item()
        await actor.settle()
        assert [type(each) for each in actor.stage.screen_stack[1:]] == [ItemsScreen, ItemForm]


async def test_a_failing_ledger_is_told_in_its_words(
    busy_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:

        def fail(self: Ledger, item: int, price_minor: int) -> None:
            raise LedgerUnusable("The disk is full: free some room.", reason="full")

        monkeypatch.setattr(Ledger, "set_price", fail)
        await actor.press("p")
        await actor.clear()
        await actor.type("9")
        await actor.press("enter")
        assert actor.is_on(AskLine)
        assert "The disk is full: free some room." in actor.text
        assert actor.screen.query_one(Field).value == "9"


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_names_are_inert(hostile: str, ledger_path: Path, clock: FrozenClock) -> None:
    name = f"N {hostile}"
    with Ledger.open(ledger_path, clock=clock) as ledger:
        ledger.add_item(name, 350, category=name)
    async with on_stage(ledger_path, clock, ItemsScreen, size=(120, 40)) as actor:
        for keys in ((), ("p",), ("g",), ("r",)):
            await actor.press(*keys)
            lines = actor.frame()
            frame = "\n".join(lines)
            assert shown(name) in frame
            for forbidden in "\x1b\x07\u202e\u2066":
                assert forbidden not in frame
            for y in [y for y, line in enumerate(lines) if shown(name) in line]:
                x = cell_width(lines[y].partition(shown(name))[0]) + 3
                await actor.click_at(x, y)
            assert actor.stage.is_running
            while not actor.is_on(ItemsScreen):
                await actor.press("escape")
        await actor.press("r", "enter")
        assert shown(name) in actor.status
        assert await actor.ask(lambda ledger: ledger.items()) == []
