"""A day's entries: what was just done stands on top, and no giver's words stand anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.core.asks import Give, HandOut, Redeem
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from payforward.core.model import Kind
from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.place_screen import POLL_SECONDS
from screens.widgets.table import Table
from tests.screens.stage import Actor, on_stage

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pytest

    from payforward.core.model import Item
    from tests.conftest import FrozenClock


def cells(actor: Actor) -> list[tuple[str, ...]]:
    return [row.cells for row in actor.screen.query_one(Table).rows]


async def test_the_day_newest_first_in_plain_words(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        entries = await actor.ask(lambda ledger: ledger.entries())
        assert len(cells(actor)) == len(entries)
        assert cells(actor)[:5] == [
            ("08:31", "Refunded", "1 Cappuccino", "−€3.20", "cash", "11", "till 1 · Ana"),
            ("08:30", "Given", "2 Cappuccino", "€6.40", "cash", "11", "till 1 · Ana"),
            # Two gifts of money paid for one sandwich: one act, two lines, in their order.
            (
                "08:27",
                "Served",
                "1 Cheese & tomato sandwich on sourdough",
                "−€5.00",
                "the fund",
                "3",
                "till 1 · Ana",
            ),
            ("", "└", "", "−€2.50", "the fund", "4", ""),
            ("08:24", "Served", "1 Latte", "−€3.50", "a Flat white", "1", "till 1 · Ana"),
        ]
        assert cells(actor)[-1][:5] == ("08:05", "Given", "3 Flat white", "€10.50", "cash")
        assert "Saturday 21 November 2026 · today" in actor.text


async def test_what_was_taken_back_is_marked_and_says_so(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        undone = [row for row in actor.screen.query_one(Table).rows if row.dim]
        assert [row.cells[1:3] for row in undone] == [("Served ↶", "1 Soup of the day")]
        assert ("08:21", "Taken back", "1 Soup of the day") in [row[:3] for row in cells(actor)]
        assert actor.status == "↶ was taken back later."


async def test_no_words_of_a_giver(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, EntriesScreen, size=(200, 50)) as actor:
        story = await actor.ask(lambda ledger: ledger.gift(1))
        assert story.giver == "Maria"
        assert "Maria" not in actor.text
        assert "warm cup" not in actor.text


async def test_days_go_back_and_on_but_not_past_today(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        await actor.press("left")
        assert "Friday 20 November 2026" in actor.text
        assert "Nothing on this day. ← looks at the day before" in actor.text
        await actor.press("left", "right", "right")
        assert "21 November 2026 · today" in actor.text
        await actor.press("right")
        assert "21 November 2026 · today" in actor.text
        assert actor.status == "This is today."


async def test_an_empty_today_says_where_to_look(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, EntriesScreen) as actor:
        assert "Nothing on this day yet. ← looks at the day before." in actor.text
        await actor.press("enter")
        assert actor.is_on(EntriesScreen)


async def test_enter_opens_the_story_and_escape_comes_back_to_the_line(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        await actor.press("end", "enter")
        assert actor.is_on(GiftScreen)
        assert "3 Flat white, €10.50" in actor.text
        await actor.press("escape")
        assert actor.is_on(EntriesScreen)
        assert actor.screen.query_one(Table).marked == 1


async def test_the_mouse_marks_then_opens(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        await actor.click("Table", x=10, y=2)
        assert actor.is_on(EntriesScreen)
        assert actor.screen.query_one(Table).cursor == 1
        await actor.click("Table", x=10, y=2)
        assert actor.is_on(GiftScreen)


async def test_the_keys_below_can_be_clicked(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        await actor.click_key("day_before")
        assert "Friday 20 November 2026" in actor.text


async def test_another_tills_gift_appears_by_itself(
    busy_path: Path, menu_of_busy: dict[str, Item], clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:
        before = len(cells(actor))
        with Ledger.open(busy_path, till="till 2", clock=clock) as other:
            other.give(Give(action=new_action_id(), item=menu_of_busy["Latte"].id, units=1))
        assert POLL_SECONDS <= 2
        assert isinstance(actor.screen, EntriesScreen)
        await actor.screen.look_again()
        assert len(cells(actor)) == before + 1
        assert cells(actor)[0][2] == "1 Latte"


async def test_a_clock_that_stepped_back_has_no_story(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        give = Give(action=new_action_id(), item=menu["Latte"].id, units=1)
        ledger.give(give)
        clock.forward(hours=-2)
        ledger.give(Give(action=new_action_id(), item=menu["Latte"].id, units=1))
    async with on_stage(ledger_path, clock, EntriesScreen) as actor:
        kinds = [view.kind for view in await actor.ask(lambda ledger: ledger.entries())]
        at = kinds[::-1].index(Kind.JUMP)
        jump = next(i for i, row in enumerate(cells(actor)) if "Clock changed" in row)
        assert at >= 0
        await actor.press(*["down"] * jump, "enter")
        assert actor.is_on(EntriesScreen)
        assert actor.status == "That line belongs to no gift."


async def test_a_ledger_that_fails_is_told_in_its_own_words(
    busy_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(busy_path, clock, EntriesScreen) as actor:

        def fail(self: Ledger, day: date | None = None) -> None:
            raise LedgerUnusable("The disk is [b]gone[/b].", reason="gone")

        monkeypatch.setattr(Ledger, "entries", fail)
        await actor.press("left")
        assert actor.status == "The disk is [b]gone[/b]."
        monkeypatch.undo()
        await actor.press("right")
        assert len(cells(actor)) == 12


async def test_a_long_day_is_drawn_at_once(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        for _ in range(620):
            ledger.give(Give(action=new_action_id(), item=menu["Latte"].id, units=1))
    async with on_stage(ledger_path, clock, EntriesScreen) as actor:
        assert len(cells(actor)) == 620
        await actor.press("end")
        assert actor.screen.query_one(Table).marked == 1
        assert "▌ 17:40 Given 1 Latte €3.60 cash 1 till 1" in actor.text


async def test_an_act_of_many_entries_is_told_in_few_lines(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    latte, sandwich = menu["Latte"].id, menu["Cheese & tomato sandwich on sourdough"].id
    with Ledger.open(ledger_path, till="till 1", clock=clock) as ledger:
        shelter = ledger.add_partner("Shelter")
        for units in (2, 4):
            ledger.give(Give(action=new_action_id(), item=latte, units=units))
        ledger.give(Give(action=new_action_id(), item=sandwich, units=1))
        ledger.redeem(Redeem(action=new_action_id(), item=latte, units=3))
        ledger.hand_out(
            HandOut(action=new_action_id(), item=latte, slips=3, units_each=1, partner=shelter.id)
        )
    async with on_stage(ledger_path, clock, EntriesScreen) as actor:
        assert len(await actor.ask(lambda ledger: ledger.entries())) == 9
        assert [row[1:5] for row in cells(actor)] == [
            ("Handed out", "3 Latte", "", "Shelter"),
            ("Served", "2 Latte", "−€7.20", "a gift"),
            ("└", "1 more", "−€3.60", "a gift"),
            ("Given", "1 Cheese & tomato sandwich on sourdough", "€7.50", "cash"),
            ("Given", "4 Latte", "€14.40", "cash"),
            ("Given", "2 Latte", "€7.20", "cash"),
        ]
        # Names are whole where something else can be spared.
        assert "1 Cheese & tomato sandwich on sourdough" in actor.text
        assert "till 1" not in actor.text
        await actor.press("enter")
        assert actor.is_on(GiftScreen)
