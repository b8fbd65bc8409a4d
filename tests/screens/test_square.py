"""A slip's square on the terminal: read by something else, at any size, in any colours."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from textual.filter import NoColor

from screens.dialogs.square import SquareScreen
from screens.themes import LIGHT
from tests.needs import needs
from tests.output.reading import screenshot
from tests.screens.scenes import square
from tests.screens.stage import on_stage, strips

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor

PAYLOAD = "ROSAS CAFE GIFT BCDEFGHJKNPRSTVXBCPR"


def dots(actor: Actor) -> Image.Image:
    """Return the terminal as two square dots a cell, in the colours that it would show."""
    rows = strips(actor.stage)
    width, height = actor.stage.size
    image = Image.new("L", (width, 2 * height), 128)
    for y, strip in enumerate(rows):
        x = 0
        for segment in strip:
            style = segment.style
            assert style is not None
            ink, ground = (
                128 if colour is None or colour.triplet is None else colour.triplet.green
                for colour in (style.color, style.bgcolor)
            )
            for char in segment.text:
                upper, lower = {"▀": (ink, ground), "▄": (ground, ink), "█": (ink, ink)}.get(
                    char, (ground, ground)
                )
                image.putpixel((x, 2 * y), upper)
                image.putpixel((x, 2 * y + 1), lower)
                x += 1
    return image.resize((width * 8, height * 16), Image.Resampling.NEAREST)


def text_of(actor: Actor) -> str:
    """Return what can be read, runs of spaces made one."""
    return " ".join(" ".join(actor.frame()).split())


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
@pytest.mark.parametrize("look", ["dark", "light", "no colour"])
async def test_it_is_black_on_white_whatever_the_look(
    size: tuple[int, int],
    look: str,
    busy_path: Path,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if look == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    async with on_stage(busy_path, clock, None, size=size) as actor:
        await square(actor)
        if look == "no colour":
            actor.stage._filters.append(NoColor())
        if look == "light":
            actor.stage.theme = LIGHT
        await actor.settle()
        found = zxingcpp.read_barcodes(dots(actor))
        assert [each.text for each in found] == [PAYLOAD]
        assert "BCDE FGHJ KNPR STVX BCPR" in text_of(actor) or size == (60, 20)


async def test_without_room_there_is_no_half_a_square(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None, size=(40, 12)) as actor:
        await square(actor)
        await actor.settle()
        assert "make the window larger" in text_of(actor)
        assert "BCDE FGHJ KNPR STVX" in text_of(actor)
        assert not any(block in text_of(actor) for block in "▀▄█")
        await actor.press("escape")
        assert not actor.is_on(SquareScreen)


@needs("chromium")
async def test_a_picture_of_the_screen_can_be_scanned(
    busy_path: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await square(actor)
        await actor.settle()
        svg = actor.stage.export_screenshot(title="Payforward", simplify=True)
    (tmp_path / "screen.svg").write_text(svg)
    image = await asyncio.to_thread(
        screenshot, '<img src="screen.svg" width="1400">', tmp_path, width=1400, height=900
    )
    found = zxingcpp.read_barcodes(image)
    assert [each.text for each in found] == [PAYLOAD]
