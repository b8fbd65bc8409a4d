"""Advice by keys: what is there to look at, and its form filled in already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.advice import AdviceAction
from payforward.core.asks import Give, NoteAsked, Redeem, Undo
from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from screens.advice import NOTHING, AdviceScreen
from screens.asked import AskedScreen
from screens.coordinator import CoordinatorScreen
from screens.dialogs.ask_line import AskLine
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.confirm import Confirm
from screens.dialogs.hand_out_form import HandOutForm
from screens.dialogs.paper_form import PaperForm
from screens.dialogs.pass_on_form import PassOnForm
from screens.more import MoreScreen
from screens.widgets.field import Field
from tests.screens.stage import HOSTILE, Actor, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.model import Item
    from tests.conftest import FrozenClock


def give(ledger: Ledger, item: Item, units: int) -> None:
    ledger.give(Give(action=new_action_id(), item=item.id, units=units))


def two_weeks_pass(path: Path, clock: FrozenClock) -> None:
    """Let so much time pass that a pace tells something, with the days' ends in it."""
    with Ledger.open(path, clock=clock) as ledger:
        for _ in range(2):
            clock.forward(days=7)
            ledger.close_day(ledger.today())


def field(actor: Actor, name: str) -> str:
    return actor.screen.query_one(f"#{name}", Field).value


@pytest.fixture
def piled(ledger_path: Path, menu: dict[str, Item], clock: FrozenClock) -> Path:
    """Return a ledger with twelve soups that nobody asks for."""
    with Ledger.open(ledger_path, clock=clock) as ledger:
        give(ledger, menu["Soup of the day"], 12)
    two_weeks_pass(ledger_path, clock)
    with Ledger.open(ledger_path, clock=clock) as ledger:
        give(ledger, menu["Latte"], 1)
    return ledger_path


async def test_a_pile_is_handed_out_by_one_key_and_its_form(
    piled: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(piled, clock=clock) as ledger:
        shelter = ledger.add_partner("Shelter")
    async with on_stage(piled, clock, AdviceScreen) as actor:
        (advice,) = await actor.ask(lambda ledger: ledger.advice())
        assert advice.action is AdviceAction.HAND_OUT
        assert "1 thing to look at" in actor.text
        assert advice.sentence in actor.text
        assert advice.suggestion in actor.text
        await actor.press("enter")
        assert actor.is_on(HandOutForm)
        assert (field(actor, "what"), field(actor, "slips"), field(actor, "each")) == (
            "Soup of the day",
            str(advice.units),
            "1",
        )
        assert "Hand slips out to Shelter" in actor.text
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(AdviceScreen), "not handed out")
        slips = await actor.ask(
            lambda ledger: ledger.slips(SlipState.WAITING, partner=shelter.id, most=50)
        )
        assert [slip.item.name for slip in slips] == ["Soup of the day"] * advice.units
        assert "slips" in actor.status
        assert "to look at" not in actor.text


async def test_of_several_partners_one_is_chosen_and_escape_does_nothing(
    piled: Path, clock: FrozenClock
) -> None:
    with Ledger.open(piled, clock=clock) as ledger:
        ledger.add_partner("Shelter")
        ledger.add_partner("School nurse")
    async with on_stage(piled, clock, AdviceScreen) as actor:
        before = await actor.ask(lambda ledger: ledger.head())
        await actor.press("enter")
        assert actor.is_on(ChooseOne)
        await actor.press("escape")
        assert actor.is_on(AdviceScreen)
        await actor.press("enter", "down", "enter")
        assert "Hand slips out to School nurse" in actor.text
        await actor.press("escape")
        assert actor.is_on(AdviceScreen)
        assert await actor.ask(lambda ledger: ledger.head()) == before


async def test_without_a_partner_one_is_added_on_the_way(piled: Path, clock: FrozenClock) -> None:
    async with on_stage(piled, clock, AdviceScreen) as actor:
        await actor.press("enter")
        assert actor.is_on(AskLine)
        await actor.press("enter")
        assert actor.is_on(AskLine)
        await actor.type("Shelter")
        await actor.press("enter")
        assert actor.is_on(HandOutForm)
        assert [each.name for each in await actor.ask(lambda ledger: ledger.partners())] == [
            "Shelter"
        ]


async def test_the_fund_is_handed_out_in_slips_of_a_cup_s_price(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        give(ledger, menu["Community fund"], 5000)
        ledger.add_partner("Shelter")
    two_weeks_pass(ledger_path, clock)
    async with on_stage(ledger_path, clock, AdviceScreen) as actor:
        (advice,) = await actor.ask(lambda ledger: ledger.advice())
        (life,) = await actor.ask(lambda ledger: ledger.lives())
        await actor.press("enter")
        assert actor.is_on(HandOutForm)
        assert field(actor, "each") == f"{life.unit / 100:.2f}"
        assert int(field(actor, "slips")) * life.unit == advice.units
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(AdviceScreen), "not handed out")
        left = await actor.ask(lambda ledger: ledger.board())
        assert left.money_minor == 5000 - advice.units


async def test_a_surplus_is_passed_on(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        give(ledger, menu["Latte"], 200)
        ledger.add_partner("Café Nord")
        ledger.redeem(Redeem(action=new_action_id(), item=menu["Latte"].id, units=1))
    two_weeks_pass(ledger_path, clock)
    async with on_stage(ledger_path, clock, AdviceScreen) as actor:
        (advice,) = await actor.ask(lambda ledger: ledger.advice())
        assert advice.action is AdviceAction.PASS_ON
        await actor.press("enter")
        assert actor.is_on(PassOnForm)
        assert (field(actor, "what"), field(actor, "many")) == ("Latte", str(advice.units))
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        await actor.press("escape")
        board = await actor.ask(lambda ledger: ledger.board())
        assert [row.units for row in board.rows] == [199 - advice.units]


async def test_what_is_old_leads_to_the_page_and_what_is_missed_to_the_counter(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        give(ledger, menu["Cappuccino"], 1)
        for _ in range(19):
            clock.forward(days=5)
            give(ledger, menu["Latte"], 1)
            ledger.undo(_undo_of(ledger))
        for _ in range(3):
            ask = NoteAsked(action=new_action_id(), item=menu["Latte"].id, units=1)
            ledger.note_asked(ask)
    async with on_stage(ledger_path, clock, AdviceScreen) as actor:
        assert "the oldest 95 days" in actor.text
        assert "Latte was asked for 3 times" in actor.text
        await actor.press("end", "enter")
        assert actor.is_on(AskedScreen)
        assert "3 Latte" in actor.text
        await actor.press("escape")
        await actor.press("home", "enter")
        assert actor.is_on(CoordinatorScreen)
        await actor.press("escape")
        assert actor.is_on(AdviceScreen)


async def test_nothing_to_look_at(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, AdviceScreen) as actor:
        assert actor.status == NOTHING
        assert "Do it" not in actor.text
        await actor.press("enter", "escape")
        assert not actor.is_on(AdviceScreen)


@pytest.mark.parametrize("name", HOSTILE)
async def test_names_can_do_nothing(name: str, ledger_path: Path, clock: FrozenClock) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        item = ledger.add_item(name, 300)
        give(ledger, item, 9)
        safe = item.name
    two_weeks_pass(ledger_path, clock)
    async with on_stage(ledger_path, clock, AdviceScreen) as actor:
        assert f"9 {safe} waiting" in actor.text


async def test_more_says_how_many_there_are(piled: Path, clock: FrozenClock) -> None:
    async with on_stage(piled, clock, None) as actor:

        async def count() -> int:
            return len(await actor.ask(lambda ledger: ledger.advice()))

        await actor.stage.show(MoreScreen(count_advice=count))
        await actor.until(lambda: "Advice 1 thing to look at" in actor.text, "not counted")


def _undo_of(ledger: Ledger) -> Undo:
    return Undo(action=new_action_id(), undoes=ledger.latest_actions(1)[0].action)
