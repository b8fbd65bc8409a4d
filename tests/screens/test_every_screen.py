"""Every screen at every size: whole rows, a round of Tab, keys that fit, and what it looks like."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from payforward.core.text import cell_width
from screens.themes import LIGHT
from screens.widgets.key_bar import KeyBar, KeyHint
from tests.screens.scenes import SCENES
from tests.screens.stage import SIZES, Actor, Scene, on_stage, refuse_renewal, strips

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from rich.color import Color
    from syrupy.assertion import SnapshotAssertion
    from textual.geometry import Region
    from textual.widget import Widget

    from tests.conftest import FrozenClock

every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@asynccontextmanager
async def set_up(
    scene: Scene, path: Path, clock: FrozenClock, size: tuple[int, int]
) -> AsyncIterator[Actor]:
    async with on_stage(path, clock, None, size=size) as actor:
        await scene.set_up(actor)
        for field in actor.screen.query(Input):
            field.cursor_blink = False  # a picture must not depend on the moment
        await actor.settle()
        yield actor


def assert_whole_rows(actor: Actor, size: tuple[int, int]) -> None:
    """Assert that every row is exactly as wide as the terminal, by two ways of counting."""
    width, height = size
    rows = actor.frame()
    assert len(rows) == height
    for row in rows:
        assert cell_len(row) == width, row
        assert cell_width(row) == width, row


def is_grey(colour: Color) -> bool:
    """Tell whether a colour is none but a shade, as Textual leaves them under NO_COLOR."""
    return len(set(colour.get_truecolor())) == 1


def seen(widget: Widget) -> Region:
    """Return the part of a widget that nothing cuts off."""
    screen = widget.screen
    geometry = screen.find_widget(widget)
    return geometry.region.intersection(geometry.clip).intersection(screen.region)


def alike(shown: str) -> str:
    """Return what is shown with a head that is the same every time: entries have ids by chance.

    A picture that shows one bears a number made of it.
    """
    same, heads = re.subn(r"\b(\d+)-[0-9a-f]{8}\b", r"\1-9f3a2b1c", shown)
    return re.sub(r"\bterminal-\d+", "terminal-1", same) if heads else shown


async def assert_tab_comes_round(actor: Actor) -> None:
    """Assert that Tab goes through all that takes keys, each of them whole on the screen."""
    start = actor.stage.focused
    assert start is not None, "nothing has the focus"
    met = []
    for _ in range(30):
        focused = actor.stage.focused
        assert focused is not None
        assert seen(focused) == focused.region, f"{focused} is cut off"
        met.append(focused)
        await actor.press("tab")
        if actor.stage.focused is start:
            break
    assert actor.stage.focused is start, "Tab does not come round"
    assert set(met) == set(actor.screen.focus_chain)


def assert_keys_fit(actor: Actor) -> None:
    """Assert that every key on the bar that does something now can be read."""
    for bar in actor.screen.query(KeyBar):
        hints = [hint for hint in bar.query(KeyHint) if not hint.has_class("-withheld")]
        assert all(hint.display for hint in hints), "a key does not fit"
        assert all(
            bar.region.contains_region(hint.region) and hint.size.width >= hint.hint.width - 2
            for hint in hints
        )


@every_scene
@every_size
async def test_what_it_says(
    scene: Scene,
    size: tuple[int, int],
    busy_path: Path,
    clock: FrozenClock,
    text_frame: SnapshotAssertion,
) -> None:
    async with set_up(scene, busy_path, clock, size) as actor:
        assert_whole_rows(actor, size)
        said = "\n".join(line.rstrip() for line in actor.frame()) + "\n"
        assert alike(said) == text_frame
        await assert_tab_comes_round(actor)
        assert_keys_fit(actor)


@every_scene
async def test_it_bears_other_sizes_and_fingers(
    scene: Scene, busy_path: Path, clock: FrozenClock
) -> None:
    async with set_up(scene, busy_path, clock, (80, 24)) as actor:
        for size in ((40, 12), (120, 40), (80, 24)):
            await actor.pilot.resize_terminal(*size)
            await actor.settle()
            assert_whole_rows(actor, size)
            await actor.press("tab", "shift+tab")
            focused = actor.stage.focused
            assert focused is not None
            assert seen(focused) == focused.region, f"{focused} is cut off at {size}"
        await actor.pilot.resize_terminal(60, 20)
        actor.stage.theme = LIGHT
        actor.stage.add_class("-touch")
        await actor.settle()
        assert_whole_rows(actor, (60, 20))


@every_scene
async def test_no_colour_means_none(
    scene: Scene, busy_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with set_up(scene, busy_path, clock, (80, 24)) as actor:
        assert_whole_rows(actor, (80, 24))
        for style in (segment.style for strip in strips(actor.stage) for segment in strip):
            for colour in (style.color, style.bgcolor) if style else ():
                assert colour is None or colour.is_default or is_grey(colour), style


@every_scene
async def test_what_it_looks_like(
    scene: Scene, busy_path: Path, clock: FrozenClock, picture: SnapshotAssertion
) -> None:
    async with set_up(scene, busy_path, clock, (80, 24)) as actor:
        looks = actor.stage.export_screenshot(title="Payforward", simplify=True)
        assert alike(looks) == picture


@every_scene
async def test_what_it_looks_like_in_the_light(
    scene: Scene, busy_path: Path, clock: FrozenClock, picture: SnapshotAssertion
) -> None:
    async with set_up(scene, busy_path, clock, (80, 24)) as actor:
        actor.stage.theme = LIGHT
        await actor.settle()
        looks = actor.stage.export_screenshot(title="Payforward", simplify=True)
        assert alike(looks) == picture


def test_pictures_are_not_renewed_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    refuse_renewal(renewing=False)
    with pytest.raises(pytest.fail.Exception, match="never in CI"):
        refuse_renewal(renewing=True)
    monkeypatch.delenv("CI")
    refuse_renewal(renewing=True)
