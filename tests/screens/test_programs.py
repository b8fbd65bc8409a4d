"""Programs by keys: a giveaway's budget, a drive's goods, what is delivered, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import Collect, Deliver, Give, GiveAway
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Period, Program, Running
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.confirm import Confirm
from screens.dialogs.deliver_form import DeliverForm
from screens.dialogs.own_items import OwnItems
from screens.dialogs.paper_form import PaperForm
from screens.dialogs.program_form import ProgramForm
from screens.goods import GoodsScreen
from screens.handing_over import HandoversScreen
from screens.programs import ProgramsScreen
from screens.widgets.field import Field
from screens.widgets.pick_field import PickField
from screens.widgets.table import Table
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor


async def add(actor: Actor, steps_down: int, *fields: str) -> None:
    """Add a program of the kind that is so far down, with what its fields hold."""
    await actor.press("a")
    await actor.until(lambda: actor.is_on(ChooseOne), "no kinds")
    await actor.press(*["down"] * steps_down, "enter")
    await actor.until(lambda: actor.is_on(ProgramForm), "no form")
    for at, typed in enumerate(fields):
        if at:
            await actor.press("tab")
        await actor.type(typed)
    await actor.press("enter")
    if actor.is_on(OwnItems):
        await actor.press("enter")


async def retype(actor: Actor, typed: str) -> None:
    await actor.clear()
    await actor.type(typed)


def rows(actor: Actor) -> list[tuple[str, ...]]:
    return [row.cells for row in actor.screen.query_one(Table).rows]


def mark(actor: Actor, name: str) -> None:
    table = actor.screen.query_one(Table)
    table.mark(next(row.key for row in table.rows if row.cells[0] == name))


async def find(actor: Actor, name: str) -> Program:
    return await actor.ask(lambda ledger: ledger.find_program(name))


def complaints(actor: Actor) -> dict[str, str]:
    """Return what is said to be wrong, by the field; the cursor is in that field."""
    wrong = [field for field in actor.screen.query(Field) if field.wrong]
    assert all(field.has_focus_within for field in wrong)
    return {field.id or "": field.wrong.split(" or ")[0] for field in wrong}


def make_drive(ledger: Ledger, *, coats: int = 3) -> Program:
    """Make a drive of coats, some of which were brought."""
    drive = ledger.add_program(Program(name="Winter coats", kind=ProgramKind.DRIVE, target=40))
    small, *_ = ledger.add_goods(drive.id, "Coat", ("S", "M"))
    if coats:
        ledger.collect(
            Collect(action=new_action_id(), item=small.id, program=drive.id, units=coats)
        )
    return drive


def make_jar(ledger: Ledger, *, minor: int) -> Program:
    jar = ledger.add_program(Program(name="Lifeboats", kind=ProgramKind.CHARITY))
    fund = ledger.fund()
    ledger.give(Give(action=new_action_id(), item=fund.id, units=minor, program=jar.id))
    return jar


async def test_a_giveaway_with_a_budget_that_changes(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        await add(actor, 0, "Free soup", "20")
        soup = await find(actor, "Free soup")
        assert (soup.kind, soup.budget_units, soup.budget_period) == (
            ProgramKind.GIVEAWAY,
            20,
            Period.WEEK,
        )
        assert "Free soup is there, for all that is on the menu." in actor.status
        assert rows(actor)[-1] == ("Free soup", "The house gives", "20 of 20 left till Sun", "runs")

        item = await actor.ask(lambda ledger: ledger.find_item("Soup of the day"))
        await actor.ask(
            lambda ledger: ledger.give_away(
                GiveAway(action=new_action_id(), item=item.id, program=soup.id, units=8)
            )
        )
        await actor.press("c")
        await actor.until(lambda: actor.is_on(ProgramForm), "no form")
        await actor.press("tab")
        await retype(actor, "30")
        await actor.press("enter")
        state = await actor.ask(lambda ledger: ledger.program_state(soup.id))
        assert state.budget is not None
        assert (state.budget.units, state.budget.used, state.budget.left) == (30, 8, 22)
        assert rows(actor)[-1][2] == "22 of 30 left till Sun"


async def test_dates_by_words_and_a_drive_without_the_fields_of_others(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        await add(actor, 1, "Winter coats", "40", "1 dec", "24.12.")
        drive = await find(actor, "Winter coats")
        assert (drive.target, str(drive.starts_on), str(drive.ends_on)) == (
            40,
            "2026-12-01",
            "2026-12-24",
        )
        assert rows(actor)[-1][1:] == ("A drive", "0 of 40", "from 1 Dec")
        await actor.press("c")
        assert "Budget" not in actor.text
        assert "Per order" not in actor.text


async def test_a_refused_form_comes_back_with_what_was_typed(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        first = (await actor.ask(lambda ledger: ledger.programs()))[0]
        await add(actor, 0, first.name, "12")
        await actor.until(lambda: "12" in actor.text, "nothing typed is left")
        assert actor.is_on(ProgramForm)
        assert list(complaints(actor)) == ["name"]
        assert first.name in actor.text.split("Name")[1]
        assert len(await actor.ask(lambda ledger: ledger.programs())) == 1
        await retype(actor, "Free soup")
        await actor.press("tab", "tab", "tab")
        await actor.type("soon")
        await actor.press("enter")
        # What is wrong stands at its field, the cursor is there, and it goes once that is mended.
        assert complaints(actor) == {"starts": "“soon” is not a day: write it such as 21 Nov 2026"}
        await retype(actor, "30 nov")
        assert complaints(actor) == {}
        await actor.press("tab")
        await actor.type("29 nov")
        await actor.press("enter")
        assert list(complaints(actor)) == ["ends"]
        assert "before it starts" in actor.text
        await retype(actor, "30 nov")
        await actor.press("enter", "enter")
        soup = await find(actor, "Free soup")
        assert (soup.budget_units, str(soup.ends_on)) == (12, "2026-11-30")


async def test_its_own_items_and_all_again(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        await add(actor, 0, "Free coffee")
        for down, names in ((0, ["Flat white"]), (1, ["Flat white", "Cappuccino"])):
            await actor.press("i")
            await actor.until(lambda: actor.is_on(OwnItems), "no list")
            await actor.press(*["down"] * down, "space", "enter")
            coffee = await find(actor, "Free coffee")
            items = await actor.ask(lambda ledger: ledger.items())
            assert [item.name for item in items if item.id in coffee.items] == names
        assert "is for Flat white, Cappuccino." in actor.status
        await actor.press("i")
        await actor.until(lambda: actor.is_on(OwnItems), "no list")
        await actor.press("space", "down", "space", "enter")
        assert (await find(actor, "Free coffee")).items == ()
        assert "all that is on the menu" in actor.status


async def test_goods_are_named_in_sizes_and_dropped(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        await add(actor, 1, "Winter coats")
        await actor.press("g")
        await actor.until(lambda: actor.is_on(GoodsScreen), "no goods")
        assert "It takes no goods yet." in actor.text
        await actor.press("a")
        await actor.type("Coat")
        await actor.press("tab")
        await actor.type("S, M, L")
        await actor.press("enter")
        drive = await find(actor, "Winter coats")
        goods = await actor.ask(lambda ledger: ledger.goods())
        assert [each.name for each in goods if each.id in drive.items] == [
            "Coat S",
            "Coat M",
            "Coat L",
        ]
        assert "Coat S, Coat M, Coat L" in actor.status
        await actor.press("d")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await actor.press("enter")
        await actor.until(lambda: "no more Coat L" in actor.status, "not dropped")
        assert len((await find(actor, "Winter coats")).items) == 2
        await actor.press("escape", "i")
        assert "takes goods: G names them." in actor.status


async def test_a_drive_is_delivered_in_two_parts_with_manifests(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        drive = await actor.ask(make_drive)
        shelter = await actor.ask(lambda ledger: ledger.add_partner("Shelter"))
        await actor.press("escape")
        await actor.stage.show(ProgramsScreen(actor.stage.desk))
        await actor.settle()
        mark(actor, "Winter coats")
        await actor.press("d")
        await actor.until(lambda: actor.is_on(DeliverForm), "no form")
        await actor.press("tab")
        await retype(actor, "2")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "2 Coat S. 1 stays here." in actor.text
        # Not sure: what was typed is still there, and nothing is done.
        await actor.press("escape")
        await actor.until(lambda: actor.is_on(DeliverForm), "no form again")
        assert await actor.ask(lambda ledger: ledger.handovers()) == ()
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        (first,) = await actor.ask(lambda ledger: ledger.handovers(partner=shelter.id))
        assert [(line.item.name, line.units) for line in first.lines] == [("Coat S", 2)]
        await actor.press("tab")
        await retype(actor, str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "The file is" in actor.status, "no file")
        manifest = tmp_path / f"manifest-{first.number}.pdf"
        assert manifest.read_bytes().startswith(b"%PDF")
        assert rows(actor)[-1][2] == "3 of 40, 1 here"

        await actor.press("d")
        await actor.until(lambda: actor.is_on(DeliverForm), "no form")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        await actor.press("escape")
        state = await actor.ask(lambda ledger: ledger.program_state(drive.id))
        assert (state.units, state.delivered) == (0, 3)
        assert "M brings its manifest when it is needed." in actor.status
        await actor.press("d")
        assert "nothing here to deliver" in actor.status

        await actor.press("m")
        await actor.until(lambda: actor.is_on(HandoversScreen), "no list")
        assert [row[2] for row in rows(actor)] == ["1 Coat S", "2 Coat S"]
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("right", "tab")
        await retype(actor, str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: "The file is" in actor.status, "no file")
        last, _ = await actor.ask(lambda ledger: ledger.handovers())
        table = tmp_path / f"manifest-{last.number}.csv"
        assert "Coat,S,1" in table.read_text("utf-8-sig")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("left", "left", "tab")
        await retype(actor, str(tmp_path))
        await actor.press("enter")
        await actor.until(lambda: f"{last.number}.txt" in actor.status, "no text")
        assert "Coat" in (tmp_path / f"manifest-{last.number}.txt").read_text()


async def test_a_jar_is_handed_over(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        jar = await actor.ask(lambda ledger: make_jar(ledger, minor=1240))
        await actor.stage.show(ProgramsScreen(actor.stage.desk))
        await actor.settle()
        mark(actor, "Lifeboats")
        assert rows(actor)[-1][1:3] == ("A jar for a charity", "€12.40")
        await actor.press("d")
        assert "There are no partners yet" in actor.status
        await actor.ask(lambda ledger: ledger.add_partner("Lifeboat station"))
        await actor.press("d")
        await actor.until(lambda: actor.is_on(DeliverForm), "no form")
        await actor.press("tab")
        await retype(actor, "50")
        await actor.press("enter")
        assert complaints(actor) == {"part-0": "Only €12.40 is in the jar."}
        await retype(actor, "12")
        assert complaints(actor) == {}
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "€12.00, cash. €0.40 stays here." in actor.text
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no manifest")
        state = await actor.ask(lambda ledger: ledger.program_state(jar.id))
        assert (state.units, state.delivered) == (40, 1200)
        await actor.press("escape")
        await actor.until(lambda: actor.is_on(ProgramsScreen), "not back")
        assert "Handed over to Lifeboat station: €12.00." in actor.status


async def test_to_whom_is_chosen_from_those_there_are(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(make_drive)
        await actor.ask(
            lambda ledger: [
                ledger.add_partner(name) for name in ("Night bus", "Red Cross", "Shelter")
            ]
        )
        await actor.stage.show(ProgramsScreen(actor.stage.desk))
        await actor.settle()
        mark(actor, "Winter coats")
        await actor.press("d")
        await actor.until(lambda: actor.is_on(DeliverForm), "no form")
        to = actor.screen.query_one("#to", PickField)
        assert "↑↓ 1/3" in actor.text
        for key, name in (("down", "Red Cross"), ("up", "Night bus"), ("up", "Shelter")):
            await actor.press(key)
            assert to.value == name
        await retype(actor, "cro")
        assert "↑↓ 2/3" in actor.text
        await retype(actor, "nobody")
        await actor.press("enter")
        assert complaints(actor) == {
            "to": "No partner begins with “nobody”: ↓ goes through those there are."
        }
        await actor.press("down")
        assert to.value == "Night bus"
        assert complaints(actor) == {}
        await actor.click_key("pick_next")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "Hand over to Red Cross" in actor.text
        # Another till is quicker: what is there now stands in the form.
        await actor.ask(deliver_all)
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(DeliverForm), "no form again")
        await actor.press("enter")
        assert "Nothing is left here to hand over: Esc." in actor.text


def deliver_all(ledger: Ledger) -> None:
    drive = ledger.find_program("Winter coats")
    ledger.deliver(
        Deliver(
            action=new_action_id(),
            program=drive.id,
            partner=ledger.partners()[0].id,
            parts=tuple(
                (each.item.id, each.units) for each in ledger.program_state(drive.id).waits
            ),
        )
    )


async def test_what_the_house_gives_is_chosen_as_it_is_added(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        await actor.press("a", "enter")
        await actor.until(lambda: actor.is_on(ProgramForm), "no form")
        await actor.type("Free soup")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(OwnItems), "not asked")
        await actor.press("escape")
        await actor.until(lambda: actor.is_on(ProgramForm), "not back")
        assert len(await actor.ask(lambda ledger: ledger.programs())) == 1
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(OwnItems), "not asked again")
        await actor.press("s", "space", "enter")
        soup = await find(actor, "Free soup")
        items = await actor.ask(lambda ledger: ledger.items())
        assert [item.name for item in items if item.id in soup.items] == ["Soup of the day"]
        assert "Free soup is there, for Soup of the day. The counter offers it." in actor.status


async def test_an_end_today_and_a_program_that_holds_something(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        drive = await actor.ask(make_drive)
        await actor.stage.show(ProgramsScreen(actor.stage.desk))
        await actor.settle()
        mark(actor, "Winter coats")
        await actor.press("r")
        await actor.until(lambda: "still holds 3 Coat S" in actor.text, "not refused")
        assert actor.is_on(ProgramsScreen)
        assert not (await find(actor, "Winter coats")).retired
        await actor.press("n")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "It takes no more goods from tomorrow on. 3 Coat S are here, and can" in actor.text
        await actor.press("enter")
        await actor.until(lambda: "ends today" in actor.status, "not ended")
        await actor.press("n")
        assert "Winter coats ends today already." in actor.status
        assert str((await find(actor, "Winter coats")).ends_on) == "2026-11-21"
        assert rows(actor)[-1][3] == "till today"
        clock.forward(days=1)
        state = await actor.ask(lambda ledger: ledger.program_state(drive.id))
        assert (state.running, state.units) == (Running.ENDED, 3)
        await actor.press("escape")
        await actor.stage.show(ProgramsScreen(actor.stage.desk))
        await actor.settle()
        mark(actor, "Winter coats")
        assert rows(actor)[-1][3] == "ended 21 Nov"
        await actor.press("n")
        assert "has ended" in actor.status


async def test_an_end_before_the_beginning(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        await add(actor, 2, "Lifeboats", "1 dec")
        assert rows(actor)[-1][3] == "from 1 Dec"
        assert actor.status == "Lifeboats is there. It begins on 1 Dec."
        await actor.press("n")
        assert "Lifeboats begins on 1 Dec. C changes its days" in actor.status
        assert (await find(actor, "Lifeboats")).ends_on is None


async def test_the_end_of_the_last_that_takes_gifts_is_no_surprise(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        (only,) = await actor.ask(lambda ledger: ledger.programs())
        await actor.press("n")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert (
            "the only one that takes gifts: from tomorrow on none can be given until A"
            in actor.text
        )
        assert "can still be served." in actor.text
        await actor.press("escape")
        await add(actor, 3, "Advent", "1 dec")
        mark(actor, only.name)
        await actor.press("n")
        await actor.until(lambda: actor.is_on(Confirm), "not asked")
        assert "none can be given until Advent begins on 1 Dec." in actor.text
        await actor.press("enter")
        await actor.until(lambda: "ends today" in actor.status, "not ended")
        clock.forward(days=1)
        assert await actor.ask(lambda ledger: ledger.taking_programs()) == ()


async def test_the_only_program_for_the_board_stays(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ProgramsScreen) as actor:
        for key, said in (
            ("g", "Only a drive takes goods."),
            ("d", "Only a drive or a jar is delivered."),
        ):
            await actor.press(key)
            assert said in actor.status
        await actor.press("r")
        assert actor.is_on(ProgramsScreen)
        assert len(await actor.ask(lambda ledger: ledger.programs())) == 1
        assert actor.status
