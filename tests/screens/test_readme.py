"""The README's picture of the counter is what the counter shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.demo import make_demo
from screens.counter.screen import CounterScreen
from tests.screens.stage import ROOT, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import FrozenClock

PICTURE = ROOT / "docs" / "counter.svg"


async def test_the_picture_is_true(
    tmp_path: Path, clock: FrozenClock, pytestconfig: pytest.Config
) -> None:
    path = tmp_path / "demo.db"
    make_demo(path, clock=clock)
    async with on_stage(path, clock, CounterScreen) as actor:
        await actor.press("plus", "2", "c", "a", "enter")
        await actor.until(lambda: "Thank you." in actor.text, "not given")
        await actor.press("l", "a")
        await actor.until(lambda: "No Latte waiting" in actor.text, "no offer")
        picture = actor.stage.export_screenshot(title="Payforward", simplify=True)
    if pytestconfig.getoption("update_snapshots"):
        PICTURE.write_text(picture)
    assert picture == PICTURE.read_text()
