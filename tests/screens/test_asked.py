"""What was asked for in vain: by month, counted by item, and taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from payforward.core.asks import NoteAsked
from payforward.core.ids import new_action_id
from screens.asked import AskedScreen
from screens.dialogs.confirm import Confirm
from screens.widgets.table import Table
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from tests.conftest import FrozenClock


def note(ledger: Ledger, name: str, units: int = 1) -> None:
    item = ledger.find_item(name)
    ledger.note_asked(NoteAsked(action=new_action_id(), item=item.id, units=units))


async def test_counted_by_item_and_a_note_taken_back(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: note(ledger, "Cappuccino"))
        clock.forward(days=1)
        for name, units in (("Latte", 2), ("Cappuccino", 1), ("Latte", 1)):
            await actor.ask(partial(note, name=name, units=units))
            clock.forward(minutes=1)
        await actor.stage.show(AskedScreen(actor.stage.desk))
        await actor.settle()
        assert "3 Latte, 2 Cappuccino" in actor.text
        table = actor.screen.query_one(Table)
        assert [row.cells[:2] for row in table.rows] == [
            ("22 Nov 17:42", "1 Latte"),
            ("22 Nov 17:41", "1 Cappuccino"),
            ("22 Nov 17:40", "2 Latte"),
            ("21 Nov 17:40", "1 Cappuccino"),
        ]
        await actor.press("down", "t")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "1 Cappuccino, noted at 17:41." in actor.text
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(AskedScreen), "not back")
        notes = await actor.ask(lambda ledger: ledger.asked())
        assert [each.item.name for each in notes] == ["Latte", "Latte", "Cappuccino"]
        assert actor.status == "The note is taken back."
        await actor.press("end", "t")
        assert actor.status == "Only a note of today can be taken back."


async def test_the_months(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, AskedScreen) as actor:
        assert "Nobody asked in vain this month." in actor.text
        await actor.ask(lambda ledger: note(ledger, "Latte"))
        await actor.press("right")
        assert actor.status == "No later month yet."
        await actor.press("left")
        assert "October 2026" in actor.text
        assert "Nobody asked in vain that month." in actor.text
        await actor.press("right")
        assert "November 2026" in actor.text
        assert "1 Latte" in actor.text
