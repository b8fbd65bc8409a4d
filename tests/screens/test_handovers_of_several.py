"""Surplus of several programs: each one's list tells its part, and the manifest all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import Give, PassOn
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from screens.dialogs.paper_form import PaperForm
from screens.handing_over import HandoversScreen
from screens.widgets.table import Table
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.core.partners import Partner
    from payforward.core.program_answers import HandedOver
    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor


def pass_on_of_two(ledger: Ledger) -> tuple[HandedOver, Partner]:
    """Pass on all teas of the first program and two of another one."""
    night = ledger.add_program(Program(name="Night shift", kind=ProgramKind.FORWARD))
    tea = ledger.add_item("Surplus tea", 250)
    for program in (ledger.programs()[0].id, night.id):
        ledger.give(Give(action=new_action_id(), item=tea.id, units=2, program=program))
    partner = ledger.add_partner("Café Nord")
    ask = PassOn(action=new_action_id(), item=tea.id, partner=partner.id, units=4)
    return ledger.pass_on(ask), partner


def rows(actor: Actor) -> list[tuple[str, ...]]:
    return [row.cells for row in actor.screen.query_one(Table).rows]


async def test_each_list_tells_its_part_and_the_manifest_all(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        handed, partner = await actor.ask(pass_on_of_two)
        await actor.stage.show(HandoversScreen(actor.stage.desk, partner))
        await actor.settle()
        (row,) = rows(actor)
        assert row[1:3] == (handed.program_names, "4 Surplus tea with €10.00")
        await actor.press("escape")
        await actor.stage.show(HandoversScreen(actor.stage.desk, handed.programs[1]))
        await actor.settle()
        assert rows(actor)[0][1:3] == ("Café Nord", "2 Surplus tea with €5.00")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("right", "tab")
        await actor.clear()
        await actor.type(str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "The file is" in actor.status, "no file")
        table = (tmp_path / f"manifest-{handed.number}.csv").read_text("utf-8-sig")
        assert f"{handed.program_names},Café Nord,Surplus tea,,4" in table
