"""Taking back from the day's entries: today's by anybody, another day's by the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.asks import Give, Redeem, Refund
from payforward.core.ids import new_action_id
from payforward.core.people import Guarded
from screens.dialogs.confirm import Confirm
from screens.dialogs.secret_form import AskSecret
from screens.entries import EntriesScreen
from screens.widgets.table import Table
from tests.screens.stage import on_stage
from tests.screens.test_people import PHRASE, set_passphrase, type_secret

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.model import Item
    from tests.conftest import FrozenClock


@pytest.fixture
def yesterday(ledger_path: Path, menu: dict[str, Item], clock: FrozenClock) -> Path:
    """Return a ledger of which the first day is over and closed; now it is the second."""
    latte = menu["Latte"].id
    with Ledger.open(ledger_path, clock=clock) as ledger:
        ledger.give(Give(action=new_action_id(), item=latte, units=3))
        ledger.redeem(Redeem(action=new_action_id(), item=latte))
        ledger.close_day()
    clock.forward(days=1)
    return ledger_path


async def test_another_days_act_is_taken_back_today(yesterday: Path, clock: FrozenClock) -> None:
    async with on_stage(yesterday, clock, EntriesScreen) as actor:
        await actor.press("left", "down", "t")
        assert actor.is_on(Confirm)
        assert "Take back what was done on 21 Nov" in actor.text
        assert (
            "Serving 1 Latte on 21 Nov is taken back today, and counts today; what paid for it, "
            "€3.60, waits again."
        ) in actor.text
        await actor.press("escape")
        assert not await actor.ask(lambda ledger: ledger.entries())
        await actor.press("t", "enter")
        assert actor.status == "Taken back: 1 Latte of 21 Nov. It counts today."
        assert actor.screen.query_one(Table).rows[1].cells[1] == "Served ↶"
        (mirror,) = await actor.ask(lambda ledger: ledger.entries())
        assert (mirror.entry.units, mirror.entry.day) == (1, "2026-11-22")
        await actor.press("t")
        assert actor.is_on(EntriesScreen)
        assert actor.status.startswith("That was taken back already: ")
        # The close moved nothing.
        await actor.press("home", "t")
        assert actor.status == "That line moved nothing, so there is nothing to take back."
        await actor.press("right", "t")
        assert actor.status.startswith("That was itself a take-back")


async def test_only_what_is_left_of_a_gift_is_taken_back(
    yesterday: Path, clock: FrozenClock
) -> None:
    async with on_stage(yesterday, clock, EntriesScreen) as actor:
        await actor.press("left", "end", "t")
        assert (
            "Giving 3 Latte on 21 Nov is taken back today, and counts today: only 2 Latte of it, "
            "for the rest is gone; its money goes back to the giver, cash."
        ) in actor.text
        # Another till is quicker.
        await actor.ask(lambda ledger: ledger.refund(Refund(action=new_action_id(), gift=1)))
        await actor.press("enter")
        assert (
            actor.status == "That gift was enjoyed or refunded already, so it cannot be taken back."
        )


async def test_the_owner_is_asked_for_another_day_and_not_for_today(
    yesterday: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    async with on_stage(yesterday, clock, None) as actor:
        await actor.ask(set_passphrase)
        give = Give(action=new_action_id(), item=menu["Latte"].id, units=1)
        await actor.ask(lambda ledger: ledger.give(give))
        await actor.stage.show(EntriesScreen(actor.stage.desk))
        await actor.press("t")
        assert actor.is_on(Confirm)
        assert (
            "Giving 1 Latte at 17:40 is taken back; €3.60 goes back to the giver, cash."
        ) in actor.text
        await actor.press("enter")
        assert actor.status == "Taken back: 1 Latte."
        await actor.press("left", "down", "t")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        assert Guarded.OTHER_DAYS.doing in actor.text
        await actor.press("escape")
        assert actor.is_on(EntriesScreen)
        assert len(await actor.ask(lambda ledger: ledger.entries())) == 2
        await actor.press("t")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(Confirm), "not let in")
        await actor.press("enter")
        assert actor.status == "Taken back: 1 Latte of 21 Nov. It counts today."
