"""Close the day by keys: takings beside the till's own line, a difference, a correction, a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.asks import Give
from payforward.core.closing import TillSays
from payforward.core.ids import new_action_id
from payforward.core.model import Tender
from screens.closing import ClosingScreen
from screens.dialogs.confirm import Confirm
from screens.dialogs.paper_form import PaperForm
from screens.dialogs.till_form import TillForm
from screens.widgets.field import Field
from tests.screens.stage import HOSTILE, Actor, on_stage

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from payforward.core.closing import ClosedDay, DayReport
    from payforward.core.model import Item
    from tests.conftest import FrozenClock


async def report_of(actor: Actor, day: date) -> DayReport:
    return await actor.ask(lambda ledger: ledger.day_report(day))


async def closed_of(actor: Actor, day: date) -> ClosedDay:
    closed = (await report_of(actor, day)).closed
    assert closed is not None
    return closed


async def fill(actor: Actor, *typed: str) -> None:
    """Type into one field after the other; nothing leaves one as it is."""
    for at, text in enumerate(typed):
        if at:
            await actor.press("tab")
        if text:
            await actor.clear()
            await actor.type(text)


async def close(actor: Actor, *typed: str) -> None:
    """Close the day that is shown, and go past its paper."""
    await actor.press("c")
    assert actor.is_on(TillForm)
    await fill(actor, *typed)
    await actor.press("enter")
    assert actor.is_on(Confirm)
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(PaperForm), "no slip")
    await actor.press("escape")


async def test_the_day_s_takings_stand_there_by_tender(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        report = await report_of(actor, clock.at.date())
        money = actor.stage.desk.money
        cash, card, _ = report.taken
        assert "Saturday 21 November 2026 · open" in actor.text
        assert f"Gifts {money(cash.given_minor)} {money(card.given_minor)}" in actor.text
        assert f"Refunds {money(-cash.refunded_minor)}" in actor.text
        assert f"In all {money(cash.net_minor)} {money(card.net_minor)}" in actor.text
        assert money(report.net_minor) in actor.text
        assert "Ana: 5 gifts, 3 served, 1 taken back, 1 refund" in actor.text


async def test_a_day_is_closed_with_a_difference_and_corrected(
    busy_path: Path, clock: FrozenClock
) -> None:
    day = clock.at.date()
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await actor.press("c")
        await fill(actor, "18.20", "32")
        assert "€18.70, the till has €0.50 less" in actor.text
        assert "€32.00, the same" in actor.text
        await fill(actor, "", "", "50 cents\tin the tip jar")
        await actor.press("enter")
        assert actor.is_on(Confirm)
        assert "The till has €0.50 less cash." in actor.text
        assert (await report_of(actor, day)).closed is None
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no slip")
        await actor.press("escape")
        closed = await closed_of(actor, day)
        assert {each.tender: each.till_minor for each in closed.counted} == {
            Tender.CASH: 1820,
            Tender.CARD: 3200,
            Tender.OTHER: None,
        }
        assert closed.difference_minor == -50
        assert closed.cashier == "Ana"
        assert "Saturday 21 November 2026 · closed" in actor.text
        assert f"“{closed.note}”" in actor.text
        assert "Difference −€0.50 –" in actor.text
        assert f"Head {closed.head}" in actor.text

        clock.forward(minutes=5)
        await actor.press("c")
        assert actor.is_on(TillForm)
        assert [field.value for field in actor.screen.query(Field)] == [
            "18.20",
            "32.00",
            "",
            closed.note,
        ]
        await fill(actor, "18.70")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(ClosingScreen), "not corrected")
        again = await closed_of(actor, day)
        assert again.corrections == 1
        assert again.difference_minor == 0
        assert again.number == closed.number
        assert "Corrected once, last 21 Nov 17:45 by Ana." in actor.text
        assert f"Said before: cash €18.20, card €32.00, “{closed.note}”." in actor.text


async def test_it_takes_more_than_one_key_and_escape_leads_back(
    busy_path: Path, clock: FrozenClock
) -> None:
    day = clock.at.date()
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await actor.press("enter")
        assert actor.is_on(TillForm)
        await fill(actor, "18.20")
        await actor.press("enter")
        assert actor.is_on(Confirm)
        await actor.press("escape")
        assert actor.is_on(TillForm)
        assert actor.screen.query(Field).first().value == "18.20"
        await actor.press("escape")
        assert actor.is_on(ClosingScreen)
        assert (await report_of(actor, day)).closed is None


async def test_what_is_done_after_counts_on_the_next_day(
    busy_path: Path, menu_of_busy: dict[str, Item], clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await close(actor)
        assert "Saturday 21 November 2026 · closed" in actor.text
        before = await report_of(actor, clock.at.date())
        await actor.ask(
            lambda ledger: ledger.give(
                Give(action=new_action_id(), item=menu_of_busy["Latte"].id, units=1)
            )
        )
        assert (await report_of(actor, clock.at.date())).taken == before.taken
        assert "Nobody said" not in actor.text
        await actor.press("right")
        assert "Sunday 22 November 2026 · still to come" in actor.text
        assert "€3.60" in actor.text
        assert "What is done now counts on this day." in actor.text
        assert "C Close or correct" not in actor.text
        await actor.press("right")
        assert actor.status == "There is no later day yet."


async def test_a_day_that_another_till_closed_meanwhile_is_not_closed_twice(
    busy_path: Path, clock: FrozenClock
) -> None:
    day = clock.at.date()
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await actor.press("c")
        await fill(actor, "1")
        with Ledger.open(busy_path, till="till 2", clock=clock) as other:
            other.close_day(day, TillSays(minor={Tender.CASH: 1870}))
        await actor.press("enter", "enter")
        assert actor.is_on(TillForm)
        assert "is closed already" in actor.text
        await actor.press("escape")
        closed = await closed_of(actor, day)
        assert closed.corrections == 0
        assert closed.counted[0].till_minor == 1870


async def test_a_day_that_is_over_cannot_be_closed_any_more(
    busy_path: Path, menu_of_busy: dict[str, Item], clock: FrozenClock
) -> None:
    clock.forward(days=1)
    with Ledger.open(busy_path, clock=clock) as ledger:
        ledger.give(Give(action=new_action_id(), item=menu_of_busy["Latte"].id, units=1))
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await actor.press("left")
        assert "Saturday 21 November 2026 · never closed" in actor.text
        assert "Nobody closed this day, and it can be closed no more" in actor.text
        assert "C Close or correct" not in actor.text
        await actor.press("c")
        assert actor.is_on(ClosingScreen)
        assert "can be closed no more" in actor.status
        await actor.press("right")
        assert "Sunday 22 November 2026 · open" in actor.text
        assert "C Close or correct" in actor.text


@pytest.mark.parametrize(
    ("typed", "minor"), [("−3,20", -320), ("-1", -100), ("0", 0), ("１２.５０", 1250)]
)
async def test_amounts_as_people_write_them(
    typed: str, minor: int, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await close(actor, typed)
        closed = await closed_of(actor, clock.at.date())
        assert closed.counted[0].till_minor == minor


@pytest.mark.parametrize("typed", ["ten", "1.2.3", "--1", "999999999999999999"])
async def test_amounts_that_are_none_are_said_in_their_field(
    typed: str, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await actor.press("c")
        await fill(actor, "", typed)
        await actor.press("enter", "enter")
        assert actor.is_on(TillForm)
        field = actor.screen.query(Field)[1]
        assert (field.value, field.has_focus_within) == (typed, True)
        assert field.wrong
        assert " ".join(field.wrong.split()[:4]) in actor.text
        assert (await report_of(actor, clock.at.date())).closed is None


@pytest.mark.parametrize("note", HOSTILE)
async def test_a_note_can_do_nothing(note: str, busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await close(actor, "", "", "", note)
        closed = await closed_of(actor, clock.at.date())
        assert closed.note
        assert f"“{' '.join(closed.note.split())}”" in actor.text


async def test_the_slip_goes_into_a_folder_and_again_later(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    folder = tmp_path / "slips"
    folder.mkdir()
    async with on_stage(busy_path, clock, ClosingScreen) as actor:
        await close(actor, "18.20")
        closed = await closed_of(actor, clock.at.date())
        await actor.press("p")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("right", "tab")
        await actor.clear()
        await actor.type(str(folder))
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(ClosingScreen), "not written")
        (paper,) = folder.iterdir()
        assert paper.name == "closing-2026-11-21.txt"
        assert closed.head in paper.read_text()
        assert paper.name in actor.status


async def test_an_empty_shop_can_close_its_day(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, ClosingScreen) as actor:
        assert "Gifts – – –" in actor.text
        await close(actor)
        assert (await closed_of(actor, clock.at.date())).difference_minor == 0
        assert "· closed" in actor.text
