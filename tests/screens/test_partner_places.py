"""What partners took and take: batches, surplus, the page of what waits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from payforward.core.asks import Give, HandOut, RedeemSlip
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind, Tender
from payforward.core.printers import PrinterKind
from payforward.core.programs import Program
from screens.coordinator import CoordinatorScreen
from screens.dialogs.confirm import Confirm
from screens.dialogs.paper_form import PaperForm
from screens.dialogs.pass_on_form import PassOnForm
from screens.handing_over import HandoversScreen
from screens.partner_batches import BatchesScreen
from screens.partners import PartnersScreen
from screens.widgets.table import Table
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor


def hand_out(ledger: Ledger, *, slips: int, used: int) -> None:
    """Hand soups out to a shelter, of which some are used."""
    shelter = ledger.add_partner("Shelter")
    soup = ledger.find_item("Soup of the day")
    ledger.give(Give(action=new_action_id(), item=soup.id, units=slips))
    issued = ledger.hand_out(
        HandOut(action=new_action_id(), item=soup.id, slips=slips, partner=shelter.id)
    )
    for each in issued.slips[:used]:
        assert each.code is not None
        ledger.redeem_slip(RedeemSlip(action=new_action_id(), code=each.code))


def rows(actor: Actor) -> list[tuple[str, ...]]:
    return [row.cells for row in actor.screen.query_one(Table).rows]


async def retype(actor: Actor, typed: str) -> None:
    await actor.clear()
    await actor.type(typed)


async def test_a_batch_and_its_rest_taken_back(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: hand_out(ledger, slips=10, used=6))
        await actor.stage.show(PartnersScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("b")
        await actor.until(lambda: actor.is_on(BatchesScreen), "no batches")
        assert rows(actor) == [("21 Nov", "10 Soup of the day", "10", "6", "–", "4", "")]
        await actor.press("t")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "4 Soup of the day on 4 slips" in actor.text
        await actor.press("enter")
        await actor.until(lambda: "is on the board again" in actor.status, "not taken back")
        (batch,) = await actor.ask(lambda ledger: ledger.batches())
        assert (batch.used, batch.back, batch.left) == (6, 4, 0)
        assert rows(actor) == [("21 Nov", "10 Soup of the day", "10", "6", "4", "–", "")]
        assert (await actor.ask(lambda ledger: ledger.verify())).sound
        await actor.press("t")
        assert actor.status == "None of these slips waits any more."


async def test_the_list_of_a_batch_is_printed_or_filed(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: hand_out(ledger, slips=2, used=0))
        await actor.stage.show(PartnersScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("b", "p")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("left")
        await actor.press("enter")
        assert "This till has no printer" in actor.text
        await actor.press("left", "tab")
        await retype(actor, str(tmp_path / "gone"))
        await actor.press("enter")
        await actor.until(lambda: "There is no folder" in actor.text, "not refused")
        assert actor.is_on(PaperForm)
        await retype(actor, str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "The file is" in actor.status, "no file")
        (batch,) = await actor.ask(lambda ledger: ledger.batches())
        said = (tmp_path / f"list-{batch.batch}.txt").read_text()
        assert str(batch.batch) in said
        assert "Shelter" in said

        await actor.ask(lambda ledger: ledger.add_printer("Desk", PrinterKind.PDF, str(tmp_path)))
        await actor.press("p")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("enter")
        await actor.until(lambda: "went to the printer" in actor.status, "not printed")


async def test_surplus_goes_with_its_money(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        await actor.press("p")
        assert "No partners yet." in actor.status
        await actor.ask(lambda ledger: ledger.add_partner("Café Nord"))
        before = await actor.ask(lambda ledger: ledger.board())
        await actor.press("escape")
        await actor.stage.show(PartnersScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("p")
        await actor.until(lambda: actor.is_on(PassOnForm), "no form")
        await retype(actor, "zz")
        await actor.press("enter")
        assert "Nothing on the board begins with “zz”: ↓ goes through it." in actor.text
        await retype(actor, "so")
        await actor.press("tab")
        await actor.type("9")
        await actor.press("enter")
        await actor.until(lambda: "pass on fewer" in actor.text, "not refused")
        assert "so" in actor.text.split("What")[1]
        assert await actor.ask(lambda ledger: ledger.handovers()) == ()
        # The cursor is where it is too much already.
        await retype(actor, "2")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "2 Soup of the day: off the board, and €12.00 goes along, cash." in actor.text
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        (handed,) = await actor.ask(lambda ledger: ledger.handovers())
        assert (handed.partner, handed.units, handed.amount_minor) == ("Café Nord", 2, 1200)
        soups = {row.item.name: row.units for row in before.rows}["Soup of the day"]
        after = await actor.ask(lambda ledger: ledger.board())
        left = {row.item.name: row.units for row in after.rows}.get("Soup of the day", 0)
        assert left == soups - 2
        await actor.press("tab")
        await retype(actor, str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "The file is" in actor.status, "no file")
        await actor.press("m")
        await actor.until(lambda: actor.is_on(HandoversScreen), "no list")
        first = (await actor.ask(lambda ledger: ledger.programs()))[0]
        assert rows(actor)[0][1:3] == (first.name, "2 Soup of the day with €12.00")
        await actor.press("escape")
        assert "Passed on to Café Nord: 2 Soup of the day with €12.00, cash." in actor.status


async def test_all_of_the_fund_by_card(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: ledger.add_partner("Café Nord"))
        there = (await actor.ask(lambda ledger: ledger.board())).money_minor
        await actor.stage.show(PartnersScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("p")
        await actor.until(lambda: actor.is_on(PassOnForm), "no form")
        await retype(actor, "fund")
        await actor.press("tab", "tab", "right", "enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "out of the fund, card." in actor.text
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        assert "CSV" not in actor.text
        (handed,) = await actor.ask(lambda ledger: ledger.handovers())
        assert (handed.amount_minor, handed.tender) == (there, Tender.CARD)
        assert (await actor.ask(lambda ledger: ledger.board())).money_minor == 0


def two_programs(ledger: Ledger) -> None:
    """Let two programs have flat whites, and one alone a latte."""
    night = ledger.add_program(Program(name="Night shift", kind=ProgramKind.FORWARD))
    flat, latte = (ledger.find_item(name).id for name in ("Flat white", "Latte"))
    for item, units, paid in ((flat, 2, 500), (latte, 1, 300)):
        ledger.give(
            Give(action=new_action_id(), item=item, units=units, paid_minor=paid, program=night.id)
        )


async def test_of_several_programs_one_is_chosen(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(lambda ledger: ledger.add_partner("Café Nord"))
        await actor.ask(two_programs)
        night = await actor.ask(lambda ledger: ledger.find_program("Night shift"))
        first = (await actor.ask(lambda ledger: ledger.programs()))[0]
        await actor.stage.show(PartnersScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("p")
        await actor.until(lambda: actor.is_on(PassOnForm), "no form")
        assert "any, the oldest first" in actor.text
        await retype(actor, "latte")
        await actor.press("tab", "tab", "right")
        assert first.name in actor.text
        await actor.press("enter")
        assert f"{first.name} has no Latte on the board: choose another, or any." in actor.text
        await actor.press("shift+tab", "shift+tab")
        await retype(actor, "flat")
        await actor.press("tab", "tab", "right")
        assert "Night shift" in actor.text
        # Empty: all that is in that program, and no more.
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "2 Flat white: off the board of Night shift, and €5.00 goes along" in actor.text
        await actor.press("escape")
        await actor.until(lambda: actor.is_on(PassOnForm), "no form again")
        assert "Night shift" in actor.text
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        (handed,) = await actor.ask(lambda ledger: ledger.handovers())
        assert (handed.program.id, handed.units, handed.amount_minor) == (night.id, 2, 500)
        assert (await actor.ask(lambda ledger: ledger.verify())).sound


async def test_the_page_of_what_waits(busy_path: Path, clock: FrozenClock, tmp_path: Path) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(
            lambda ledger: ledger.add_program(Program(name="Free soup", kind=ProgramKind.GIVEAWAY))
        )
        first = (await actor.ask(lambda ledger: ledger.programs()))[0]
        capped = replace(first, public_cap=1)
        await actor.ask(lambda ledger: ledger.change_program(capped))
        await actor.stage.show(PartnersScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("w")
        await actor.until(lambda: actor.is_on(CoordinatorScreen), "no page")
        assert "for a coordinator" in actor.text
        assert "Soup of the day" in actor.text
        assert first.name in actor.text
        assert "2 Soup of the day" in actor.text
        assert "Maria" not in actor.text
        await actor.press("v")
        assert "for the window" in actor.text
        assert "1+ Soup of the day" in actor.text
        await actor.press("p")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("right", "tab")
        await retype(actor, str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "The file is" in actor.status, "no file")
        said = (tmp_path / "waiting.txt").read_text()
        assert "1+  Soup of the day" in said
        assert "Free soup" in said
