"""A scan on every screen and in every field: nothing there changes, and its code is heard once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.screens.scanning.hands import (
    BARCODE,
    ENDINGS,
    Heard,
    everything,
    new_code,
    type_at,
)
from tests.screens.scenes import SCENES
from tests.screens.stage import Actor, Scene, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock

SLOW_SECONDS = 0.04
SLOWLY = ("counter-giving", "gift-form", "more", "gift", "refund", "items", "file-prompt", "setup")
"""Where a slow scanner is tried every time; with ``--full`` it is everywhere."""

MAKES_WAY = "scan-verdict"
"""What is typed closes it; test_watch scans there."""

every_scene = pytest.mark.parametrize(
    "scene", [each for each in SCENES if each.name != MAKES_WAY], ids=lambda scene: scene.name
)


def some_endings(scene: Scene, count: int) -> list[str]:
    """Return so many endings, other ones for each scene."""
    endings = list(ENDINGS.values())
    return [endings[(SCENES.index(scene) + at) % len(endings)] for at in range(count)]


async def ledger_state(actor: Actor) -> object:
    return await actor.ask(
        lambda ledger: (ledger.items(retired=True), len(ledger.entries()), ledger.gift(1))
    )


async def state(actor: Actor) -> object:
    return await ledger_state(actor), everything(actor)


async def rest(actor: Actor) -> None:
    """Wait until a key that is held back would have gone its way."""
    await asyncio.sleep(0.1)
    await actor.settle()


async def assert_nothing_moves(
    actor: Actor, heard: Heard, text: str, ending: str, gap: float
) -> None:
    """Scan, and assert that the code came once and nothing else."""
    code = new_code()
    before = await state(actor)
    payload = text.replace("CODE", code.letters)
    await type_at(actor.stage, payload + ending, gap)
    await rest(actor)
    assert heard.take() == [code], (payload, ending, gap)
    assert await state(actor) == before, (payload, ending, gap)


@every_scene
async def test_a_scan_moves_nothing(
    scene: Scene, heard: Heard, busy_path: Path, clock: FrozenClock, full: bool
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await scene.set_up(actor)
        for ending in some_endings(scene, 6 if full else 3):
            await assert_nothing_moves(actor, heard, "HTTPS://COFFEE.EXAMPLE/V/CODE", ending, 0)
        for ending in some_endings(scene, 6 if full else 1):
            await assert_nothing_moves(actor, heard, "?AISON GIFT CODE", ending, 0.001)
        await assert_nothing_moves(actor, heard, "\x02X GIFT CODE", "\x03\r", 0.001)
        if full or scene.name in SLOWLY:
            for ending in some_endings(scene, 6 if full else 1):
                await assert_nothing_moves(actor, heard, "R GIFT CODE", ending, SLOW_SECONDS)


@every_scene
async def test_a_product_moves_nothing_but_the_text_of_a_field(
    scene: Scene, heard: Heard, busy_path: Path, clock: FrozenClock, full: bool
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await scene.set_up(actor)
        await actor.settle()
        screens, focused = list(actor.stage.screen_stack), actor.stage.focused
        before = await ledger_state(actor)
        for gap in (0.0, 0.001, 0.03) if full else (0.0, 0.001):
            for ending in ("\r", "\r\n", "\t"):
                await type_at(actor.stage, BARCODE + ending, gap)
                await rest(actor)
                assert actor.stage.screen_stack == screens
                assert actor.stage.focused is focused
        assert await ledger_state(actor) == before
        assert heard.codes == []
        assert heard.misread == 0
