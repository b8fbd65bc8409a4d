"""A scanner types into every screen, and presses none of its keys; hands still do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from screens.dialogs.ask_line import AskLine
from screens.dialogs.confirm import Confirm
from screens.dialogs.item_form import ItemForm
from screens.dialogs.refund_form import RefundForm
from screens.gift import GiftScreen
from screens.items import ItemsScreen
from screens.scanning.pace import Typing
from tests.screens.stage import Actor, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from screens.desk import Desk
    from tests.conftest import FrozenClock

every_pace = pytest.mark.parametrize("gap", [0.0, 0.001, 0.04], ids=["lump", "1ms", "40ms"])


def flat_whites(desk: Desk) -> GiftScreen:
    return GiftScreen(desk, 1)


async def type_at(actor: Actor, text: str, gap: float) -> None:
    """Send keys as the terminal's driver does, some time apart; a line break is Enter."""
    driver = actor.stage._driver
    assert driver is not None
    for char in text:
        driver.send_message(events.Key("enter", "\r") if char == "\n" else events.Key(char, char))
        if gap:
            await asyncio.sleep(gap)


async def rest(actor: Actor) -> None:
    await asyncio.sleep(0.7)
    await actor.settle()


async def state(actor: Actor) -> object:
    return await actor.ask(
        lambda ledger: (ledger.gift(1), ledger.items(retired=True), len(ledger.entries()))
    )


@every_pace
@pytest.mark.parametrize(
    ("screen", "scan"),
    [
        (flat_whites, "dr\n"),
        (flat_whites, "https://example.com/x\n"),
        (flat_whites, "R\n"),
        (ItemsScreen, "tr-77\n"),
        (ItemsScreen, "og2\n"),
        (ItemsScreen, "4006381333931\n"),
    ],
)
async def test_a_scan_presses_no_key(
    screen: Any, scan: str, gap: float, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, screen) as actor:
        before = await state(actor)
        await type_at(actor, scan, gap)
        await rest(actor)
        assert actor.is_on(GiftScreen, ItemsScreen)
        assert await state(actor) == before


@every_pace
async def test_a_scan_over_an_open_question_answers_nothing(
    gap: float, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        before = await state(actor)
        await actor.press("e")
        await type_at(actor, "https://example.com/x\n", gap)
        await rest(actor)
        assert actor.is_on(Confirm), actor.frame()
        await actor.press("escape", "r")
        await type_at(actor, "4006\n", gap)
        await rest(actor)
        assert actor.is_on(RefundForm)
        assert await state(actor) == before


async def test_a_scan_stays_in_the_field_it_fell_into(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await actor.press("a")
        await type_at(actor, "TR-77\n", 0.001)
        await rest(actor)
        assert actor.is_on(ItemForm)
        assert "TR-77" in actor.text
        assert "The amount is missing" not in actor.text


@pytest.mark.parametrize("pause", [0.15, 0.3, 0.8])
async def test_a_hand_refunds_with_two_keys(
    pause: float, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        await type_at(actor, "r", pause)
        await type_at(actor, "\n", 0)
        await rest(actor)
        assert (await actor.ask(lambda ledger: ledger.gift(1))).refunded == 1


async def test_a_hand_presses_one_key_after_the_other(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await type_at(actor, "xp", 0.15)
        await rest(actor)
        assert actor.is_on(AskLine)


@pytest.mark.parametrize("key", ["r", "R"])
async def test_capitals_are_keys_too(key: str, busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, flat_whites) as actor:
        await actor.press(key)
        assert actor.is_on(RefundForm)


def test_text_and_its_end_are_told_from_a_hand_by_time() -> None:
    typing = Typing()
    assert not typing.ends(0.0, fewest=1)
    assert typing.add(1.0)
    assert not typing.add(1.05)
    assert typing.ends(1.14, fewest=2)
    assert typing.ends(1.15, fewest=2)
    assert not typing.ends(1.25, fewest=2)
    assert typing.add(2.0)
    assert not typing.ends(2.05, fewest=4)
    assert not typing.ends(2.2, fewest=1)
