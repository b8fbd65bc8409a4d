"""Partners: slips handed out on paper or labels, and what was not used taken back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind, SlipState
from payforward.core.printers import PrinterKind
from payforward.core.programs import Program
from screens.dialogs.hand_out_form import HandOutForm
from screens.dialogs.working import Stopped, Working
from screens.partners import PartnersScreen
from screens.widgets.field import Field
from screens.widgets.table import Table
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor


def files(folder: Path) -> list[str]:
    """Return the names of a folder's PDF files, but the ledger's own."""
    return [path.name for path in folder.glob("slip*.pdf")]


async def open_form(actor: Actor) -> None:
    """Add a partner and open the form to hand out to them."""
    await actor.press("a")
    await actor.type("Shelter")
    await actor.press("enter")
    await actor.press("h")
    await actor.until(lambda: actor.is_on(HandOutForm), "no form")


async def test_a_partner_is_added_renamed_and_retired(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        assert "No partners yet. A adds one" in actor.text
        await actor.press("h")
        assert "No partners yet." in actor.status
        await actor.press("a")
        await actor.type("Sheltr")
        await actor.press("enter", "n")
        await actor.clear()
        await actor.type("Shelter")
        await actor.press("enter")
        assert actor.status == "They are Shelter now."
        assert [p.name for p in await actor.ask(lambda ledger: ledger.partners())] == ["Shelter"]
        await actor.press("r")
        await actor.until(lambda: "Retire them" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: "is retired" in actor.text, "not retired")
        assert await actor.ask(lambda ledger: ledger.partners()) == []


async def test_slips_on_the_printer(busy_path: Path, clock: FrozenClock, tmp_path: Path) -> None:
    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        await actor.ask(lambda ledger: ledger.add_printer("Desk", PrinterKind.PDF, str(tmp_path)))
        await open_form(actor)
        await actor.clear()
        await actor.type("so")
        await actor.press("tab")
        await actor.clear()
        await actor.type("2")
        await actor.press("enter")
        await actor.until(lambda: "2 slips went to the printer." in actor.text, "not printed")
        slips = await actor.ask(lambda ledger: ledger.slips(SlipState.WAITING))
        assert [(slip.item.name, slip.left, slip.partner) for slip in slips] == [
            ("Soup of the day", 1, "Shelter")
        ] * 2
        assert len(files(tmp_path)) == 2
        row = actor.screen.query_one(Table).rows[0]
        assert row.cells == ("Shelter", "2", "2 Soup of the day")


async def test_labels_in_a_folder_and_all_taken_back(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        await open_form(actor)
        await actor.clear()
        await actor.type("fund")
        await actor.press("tab")
        await actor.clear()
        await actor.type("3")
        await actor.press("tab")
        await actor.clear()
        await actor.type("2,50")
        await actor.press("tab", "tab")
        await actor.clear()
        await actor.type(str(tmp_path / "gone"))
        await actor.press("enter")
        await actor.until(lambda: "There is no folder" in actor.text, "not refused")
        assert await actor.ask(lambda ledger: ledger.slips()) == ()
        folder = actor.screen.query_one("#folder", Field)
        assert folder.wrong.startswith("There is no folder")
        assert folder.has_focus_within
        await actor.clear()
        await actor.type(str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "print it, then delete it" in actor.text, "no labels")
        slips = await actor.ask(lambda ledger: ledger.slips(SlipState.WAITING))
        assert [slip.left for slip in slips] == [250, 250, 250]
        numbers = sorted(slip.slip for slip in slips)
        name = f"slips-{numbers[0]}-{numbers[-1]}"
        assert sorted(files(tmp_path)) == [f"{name}-list.pdf", f"{name}.pdf"]
        assert f"The list to sign: {name}-list.pdf." in actor.status
        assert await actor.ask(lambda ledger: ledger.paper_owed()) == ()
        await actor.press("t")
        await actor.until(lambda: "Take all back" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: "3 slips is on the board" in actor.text, "not taken back")
        assert await actor.ask(lambda ledger: ledger.slips(SlipState.WAITING)) == ()


async def test_more_than_there_is_comes_back_with_why(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        await open_form(actor)
        await actor.press("tab")
        await actor.clear()
        await actor.type("50")
        await actor.press("enter")
        await actor.until(lambda: "hand out fewer" in actor.text, "not refused")
        assert actor.is_on(HandOutForm)
        assert await actor.ask(lambda ledger: ledger.slips()) == ()


async def test_what_and_the_paper_are_chosen_by_keys(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        await open_form(actor)
        await actor.press("down", "down")
        assert actor.screen.query_one("#what", Field).value == "Soup of the day"
        assert "↑↓ 3/4" in actor.text
        await actor.press("tab", "tab", "tab", "left")
        assert "‹ the printer ›" in actor.text
        await actor.press("enter")
        assert "This till has no printer" in actor.text
        await actor.press("left")
        assert "This till has no printer" not in actor.text
        assert "‹ plain text ›" in actor.text
        await actor.press("tab")
        await actor.clear()
        await actor.type(str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "print it, then delete it" in actor.text, "no text")
        (slip,) = await actor.ask(lambda ledger: ledger.slips(SlipState.WAITING))
        assert "Soup of the day" in (tmp_path / f"slips-{slip.slip}.txt").read_text()


async def test_slips_of_one_programs_gifts(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    with Ledger.open(busy_path, clock=clock) as ledger:
        night = ledger.add_program(Program(name="Night shift", kind=ProgramKind.FORWARD))
        soup = ledger.find_item("Soup of the day")
        ledger.give(Give(action=new_action_id(), item=soup.id, units=3, program=night.id))
    async with on_stage(busy_path, clock, PartnersScreen, size=(60, 20)) as actor:
        await open_form(actor)
        await actor.clear()
        await actor.type("soup")
        await actor.press("tab")
        await actor.clear()
        await actor.type("4")
        await actor.press("tab", "tab")
        assert "‹ any, the oldest first ›" in actor.text
        await actor.press("left", "tab", "tab")
        assert "‹ Night shift ›" in actor.text
        await actor.clear()
        await actor.type(str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "hand out fewer" in actor.text, "not refused")
        assert await actor.ask(lambda ledger: ledger.slips()) == ()
        await actor.clear()
        await actor.type("3")
        await actor.press("enter")
        await actor.until(lambda: "print it, then delete it" in actor.text, "no labels")
        states = await actor.ask(lambda ledger: ledger.program_states())
        (state,) = [each for each in states if each.program.id == night.id]
        assert [(each.units, each.on_slips) for each in state.waits] == [(3, 3)]


async def test_long_work_shows_how_far_it_is_and_stops(busy_path: Path, clock: FrozenClock) -> None:
    go_on = asyncio.Event()

    async def work(progress: Callable[[int, int], None]) -> str:
        await asyncio.to_thread(progress, 3, 10)
        await go_on.wait()
        await asyncio.to_thread(progress, 4, 10)
        return "done"

    async with on_stage(busy_path, clock, PartnersScreen) as actor:
        await actor.stage.show(Working("Printing 10 slips", work))
        await actor.until(lambda: "3 of 10" in " ".join(actor.frame()), "no progress")
        await actor.press("escape")
        go_on.set()
        await actor.until(lambda: actor.is_on(PartnersScreen), "not stopped")
        assert isinstance(actor.stage.result, Stopped)
