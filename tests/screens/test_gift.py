"""A gift's story, refunds and erased words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.connection import LedgerFile
from db.ledger import Ledger
from payforward.core.asks import Give, Refund
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, Tender
from payforward.core.text import shown
from screens.dialogs.refund_form import RefundForm
from screens.gift import GiftScreen
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.table import Table
from tests.screens.stage import HOSTILE, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.answers import Refunded
    from payforward.core.model import Item
    from screens.desk import Desk
    from tests.conftest import FrozenClock

FLAT_WHITES, FUND_OF_TWENTY = 1, 4


def flat_whites(desk: Desk) -> GiftScreen:
    return GiftScreen(desk, FLAT_WHITES)


def twenty(desk: Desk) -> GiftScreen:
    return GiftScreen(desk, FUND_OF_TWENTY)


async def test_the_story(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        assert "Gift 1" in actor.text
        assert "3 Flat white, €10.50, cash, at 08:05" in actor.text
        assert "the till’s receipt 20261121-0007." in actor.text
        assert "1 waiting, 2 enjoyed." in actor.text
        assert "From Maria" in actor.text
        assert "“For whoever needs a warm cup today.”" in actor.text
        assert [row.cells[1:3] for row in actor.screen.query_one(Table).rows] == [
            ("Given", "3 Flat white"),
            ("Served", "1 Flat white"),
            ("Served", "1 Latte"),
        ]


async def test_enter_enter_refunds_all_that_waits_as_it_was_paid(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        await actor.press("r")
        assert "Still waiting of it: 1 Flat white." in actor.text
        await actor.press("enter")
        story = await actor.ask(lambda ledger: ledger.gift(FLAT_WHITES))
        last = story.entries[-1]
        assert (story.waiting, story.refunded) == (0, 1)
        assert (last.kind, last.entry.amount_minor) == (Kind.REFUND, -350)
        assert last.entry.tender == Tender.CASH
        assert actor.status == "Give €3.50 back, cash. It is written down."
        assert "0 waiting, 2 enjoyed, 1 refunded." in actor.text
        await actor.press("r")
        assert actor.is_on(GiftScreen)
        assert actor.status.startswith("Nothing of this gift waits any more")


async def test_part_of_the_money_by_another_way(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, twenty) as actor:
        assert "€20.00 for the Community fund, card" in actor.text
        await actor.press("r")
        assert actor.screen.query_one(Field).value == "17.50"
        assert actor.screen.query_one(Choice).chosen == 1
        await actor.clear()
        await actor.type("2,50")
        await actor.press("tab", "left", "enter")
        story = await actor.ask(lambda ledger: ledger.gift(FUND_OF_TWENTY))
        assert story.waiting == 1500
        assert story.entries[-1].entry.tender == Tender.CASH
        assert actor.status == "Give €2.50 back, cash. It is written down."


async def test_too_much_comes_back_with_what_was_typed_and_why(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, twenty) as actor:
        await actor.press("r")
        await actor.clear()
        await actor.type("18")
        await actor.press("tab", "right", "enter")
        assert actor.is_on(RefundForm)
        assert "Only €17.50 of gift 4 still waiting" in actor.text
        assert actor.screen.query_one(Field).value == "18"
        assert actor.screen.query_one(Choice).chosen == 2
        story = await actor.ask(lambda ledger: ledger.gift(FUND_OF_TWENTY))
        assert story.refunded == 0


async def test_what_is_no_number_is_refused_beside_the_field(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        await actor.press("r")
        await actor.clear()
        await actor.type("one")
        await actor.press("enter")
        assert actor.is_on(RefundForm)
        assert "Write how many as a number" in actor.text
        await actor.press("escape")
        story = await actor.ask(lambda ledger: ledger.gift(FLAT_WHITES))
        assert story.refunded == 0


async def test_a_second_try_after_a_lost_answer_pays_once(
    busy_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Ledger.refund

    def do_it_and_lose_the_answer(ledger: Ledger, wish: Refund) -> Refunded:
        really(ledger, wish)
        monkeypatch.setattr(Ledger, "refund", really)
        raise LedgerUnusable("The disk did not answer: try again.", reason="unknown")

    monkeypatch.setattr(Ledger, "refund", do_it_and_lose_the_answer)
    async with on_stage(busy_path, clock, twenty) as actor:
        await actor.press("r")
        await actor.clear()
        await actor.type("1")
        await actor.press("enter")
        assert "The disk did not answer: try again." in actor.text
        await actor.press("enter")
        story = await actor.ask(lambda ledger: ledger.gift(FUND_OF_TWENTY))
        assert story.refunded == 100
        assert actor.status == "Give €1.00 back, card. It is written down."


async def test_words_are_erased_only_when_that_is_meant(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        await actor.press("e", "escape")
        assert (await actor.ask(lambda ledger: ledger.gift(FLAT_WHITES))).giver == "Maria"
        await actor.press("e", "enter")
        story = await actor.ask(lambda ledger: ledger.gift(FLAT_WHITES))
        assert (story.giver, story.message, story.waiting) == (None, None, 1)
        assert "Maria" not in actor.text
        assert actor.status == "The words are erased. The gift itself stays."


async def test_a_gift_without_words_has_none_to_erase(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, twenty) as actor:
        await actor.press("e")
        assert actor.is_on(GiftScreen)
        assert actor.status == "There are no words with this gift."


async def test_words_whose_traces_are_left_can_be_erased_again(
    busy_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewritten: list[Path] = []

    def too_full(file: LedgerFile) -> None:
        raise LedgerUnusable("The disk is full: nothing was changed.", reason="disk-full")

    async with on_stage(busy_path, clock, flat_whites) as actor:
        monkeypatch.setattr(LedgerFile, "rewrite", too_full)
        await actor.press("e", "enter")
        assert "Maria" not in actor.text
        assert actor.status.startswith("The words are erased; a trace may be left")
        monkeypatch.setattr(LedgerFile, "rewrite", lambda file: rewritten.append(file.path))
        await actor.press("e")
        assert "They are erased already." in actor.text
        await actor.press("enter")
        assert rewritten == [busy_path]
        assert actor.status == "The words are erased. The gift itself stays."


async def test_dialogs_can_be_clicked_through(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, twenty) as actor:
        await actor.click_key("refund")
        assert actor.is_on(RefundForm)
        await actor.click("Choice", x=25)
        assert actor.screen.query_one(Choice).chosen == 2
        await actor.click_key("accept")
        story = await actor.ask(lambda ledger: ledger.gift(FUND_OF_TWENTY))
        assert (story.waiting, story.entries[-1].entry.tender) == (0, Tender.OTHER)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_words_are_inert(
    hostile: str, ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        given = ledger.give(
            Give(
                action=new_action_id(),
                item=menu["Latte"].id,
                units=1,
                giver=f"G {hostile}",
                message=f"M {hostile}",
                till_receipt=f"T {hostile}",
            )
        )

    async with on_stage(ledger_path, clock, lambda desk: GiftScreen(desk, given.gift)) as actor:
        frame = "\n".join(actor.frame())
        assert f"From {shown(f'G {hostile}')}" in frame
        assert f"“{shown(f'M {hostile}')}”" in frame
        for forbidden in "\x1b\x07\u202e\u2066":
            assert forbidden not in frame
        for y in range(8):
            await actor.click_at(8, y)
        assert actor.stage.is_running
        assert actor.is_on(GiftScreen)
