"""Slips behind More: looked up, printed again, put back; and a gift of the board on a slip."""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING

from payforward.core.errors import SlipRefused
from payforward.core.model import SlipState
from payforward.core.printers import PrinterKind
from screens.dialogs.find_slip import FindSlip
from screens.dialogs.square import SquareScreen
from screens.gift import GiftScreen
from screens.slips import SlipsScreen
from screens.waiting_paper import WaitingPaperScreen
from screens.widgets.table import Table
from tests.screens.scenes import make_slip, make_slips
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.codes import Code
    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor


def rows(actor: Actor) -> list[tuple[str, ...]]:
    """Return what the table shows: what is on each slip, and its state."""
    return [row.cells[1:3] for row in actor.screen.query_one(Table).rows]


async def a_latte(actor: Actor, units: int = 1) -> tuple[int, Code]:
    """Make a slip at another till; return its number and code."""
    code = await actor.ask(lambda ledger: make_slip(ledger, "Latte", units))
    slips = await actor.ask(lambda ledger: ledger.slips(most=1))
    return slips[0].slip, code


async def test_slips_newest_first_and_by_view(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(make_slips)
        await actor.stage.show(SlipsScreen(actor.stage.desk))
        await actor.settle()
        assert rows(actor) == [
            ("1 Soup of the day", "no paper yet"),
            ("1 Soup of the day", "withdrawn"),
            ("€10.00", "no paper yet"),
            ("2 of 3 Flat white", "waiting"),
            ("1 Latte", "used"),
        ]
        await actor.press("v")
        assert [said for said, _ in rows(actor)] == [
            "1 Soup of the day",
            "€10.00",
            "2 of 3 Flat white",
        ]
        await actor.press("v")
        assert "Shelter at St. Anne’s" in actor.text
        assert len(rows(actor)) == 2
        await actor.press("v")
        assert "No slips are so. V shows others." in actor.text


async def test_no_slips_say_how_to_make_one(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, SlipsScreen) as actor:
        assert "at the end of a gift’s line makes one" in actor.text


async def test_a_slip_is_found_by_number_by_letters_and_by_a_scan_that_only_looks(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        slip, code = await a_latte(actor)
        await a_latte(actor)
        await actor.stage.show(SlipsScreen(actor.stage.desk))
        for typed in (str(slip), code.letters.lower()):
            await actor.press("f")
            await actor.type(typed)
            await actor.press("enter")
            assert actor.status == f"Slip {slip} waits: 1 Latte."
            assert len(rows(actor)) == 1
        await actor.press("f")
        assert isinstance(actor.screen, FindSlip)
        actor.screen.scanned(code)
        await actor.settle()
        assert actor.status == f"Slip {slip} waits: 1 Latte."
        assert (await actor.ask(lambda ledger: ledger.slip(slip))).left == 1
        await actor.press("v")
        assert len(rows(actor)) == 2


async def test_what_is_no_code_and_no_slip_comes_back_with_a_sentence(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, SlipsScreen) as actor:
        await actor.press("f")
        await actor.type("nonsense")
        await actor.press("enter")
        assert "I can't read this as one of our slips." in actor.text
        await actor.clear()
        await actor.type("77")
        await actor.press("enter")
        assert "There is no slip 77" in actor.text
        assert isinstance(actor.screen, FindSlip)


async def test_printing_again_shows_a_new_code_and_the_old_one_is_dead(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        slip, code = await a_latte(actor)
        await actor.stage.show(SlipsScreen(actor.stage.desk))
        await actor.press("p")
        assert "paper that was printed before pays no more" in actor.text
        assert "No printer is set up: its square is shown on this screen." in actor.text
        await actor.press("escape")
        await actor.ask(lambda ledger: ledger.look_up(code))
        await actor.press("p")
        await actor.until(lambda: "Show a new square" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(SquareScreen), "no square")
        await actor.press("escape")
        assert actor.status == f"Slip {slip} has a new code. The old paper pays no more."
        assert await actor.ask(lambda ledger: ledger.paper_of_slip(slip)) is None
        refused = await actor.ask(lambda ledger: refusal_of(ledger.look_up, code))
        assert refused == "slip-replaced"


def refusal_of(look_up: object, code: Code) -> str:
    """Return why a code is refused."""
    assert callable(look_up)
    try:
        look_up(code)
    except SlipRefused as refused:
        return refused.reason
    return ""


async def test_it_prints_where_there_is_a_printer(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        slip, _ = await a_latte(actor)
        await actor.ask(lambda ledger: ledger.add_printer("Desk", PrinterKind.PDF, str(tmp_path)))
        await actor.stage.show(SlipsScreen(actor.stage.desk))
        await actor.press("p")
        await actor.until(lambda: "Print it again" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: "is printing with a new code" in actor.text, "not printed")
        assert (tmp_path / f"slip-{slip}.pdf").exists()


async def test_back_to_the_board(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        slip, _ = await a_latte(actor, 2)
        await actor.stage.show(SlipsScreen(actor.stage.desk))
        await actor.press("b")
        await actor.until(lambda: "Put it there" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: "is on the board." in actor.text, "not put back")
        assert (await actor.ask(lambda ledger: ledger.slip(slip))).state is SlipState.WITHDRAWN
        await actor.press("b")
        assert actor.status == f"Nothing is left on slip {slip}: withdrawn."


async def test_a_gift_of_the_board_becomes_a_slip_in_its_story(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, lambda desk: GiftScreen(desk, 1)) as actor:
        await actor.press("s")
        await actor.until(lambda: "Make the slip" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(SquareScreen), "no square")
        await actor.press("escape")
        story = await actor.ask(lambda ledger: ledger.gift(1))
        assert (story.waiting, story.on_slips) == (1, 1)
        assert actor.status == f"It is on slip {story.slips[0]} now."
        assert f"1 waiting (1 on slip {story.slips[0]}), 2 enjoyed." in actor.text
        await actor.press("s")
        assert actor.status.startswith("Nothing of this gift is on the board")


async def test_what_waits_for_paper_prints_now_or_goes_to_the_board(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        first, _ = await a_latte(actor)
        second, _ = await a_latte(actor)
        await actor.stage.show(WaitingPaperScreen(actor.stage.desk))
        await actor.press("p")
        assert "This till has no printer" in actor.status
        await actor.press("b")
        await actor.until(lambda: "Put it there" in actor.text, "no question")
        await actor.press("enter")
        await actor.until(lambda: "is on the board." in actor.text, "not put back")
        assert (await actor.ask(lambda ledger: ledger.slip(first))).state is SlipState.WITHDRAWN
        await actor.ask(lambda ledger: ledger.add_printer("Desk", PrinterKind.PDF, str(tmp_path)))
        await actor.press("p")
        await actor.until(lambda: "1 slip went to the printer." in actor.text, "not printed")
        assert (tmp_path / f"slip-{second}.pdf").exists()
        assert "Nothing waits for paper." in actor.text


async def test_somebody_says_that_a_slip_came_out(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    device = tmp_path / "lp0"
    device.touch()
    async with on_stage(busy_path, clock, None) as actor:
        slips = [(await a_latte(actor))[0] for _ in range(3)]
        await actor.ask(lambda ledger: ledger.add_printer("Desk", PrinterKind.FILE, str(device)))
        for slip in slips[1:]:
            await actor.stage.desk.on_press(methodcaller("reprint", slip))
        await actor.stage.show(WaitingPaperScreen(actor.stage.desk))
        await actor.settle()
        assert " 1 slip " in actor.frame()[0]
        assert actor.text.count("nobody has said that it came out") == 2
        assert "C It printed" in actor.text
        await actor.press("c")
        assert (
            actor.status == f"Slip {slips[0]} was not sent to a printer. P prints all that waits."
        )
        await actor.press("down", "enter")
        assert actor.status == f"Slip {slips[1]} came out."
        await actor.press("down", "c")
        assert actor.status == f"Slip {slips[2]} came out."
        assert await actor.ask(lambda ledger: ledger.paper_unconfirmed()) == ()
        await actor.press("enter")
        await actor.until(lambda: "1 slip went to the printer." in actor.status, "not printed")
