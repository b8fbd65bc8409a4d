"""What is typed or pasted into a field stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste

from payforward.core.text import shown
from screens.widgets.safe_input import SafeInput, SafeTextArea, harmless
from tests.screens.stage import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterable

FORBIDDEN = "\x1b\x07\u202e\u2066\x00\x9b"


class Two(App[None]):
    def compose(self) -> ComposeResult:
        yield SafeInput("a\x1b[31m\u202eb")
        yield SafeTextArea()


def shows(app: App[None], forbidden: Iterable[str]) -> list[str]:
    rows = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
    return [each for each in forbidden if each in rows]


@pytest.mark.parametrize("hostile", [*HOSTILE, "x\x00y\x9b31mz"])
async def test_pasted_commands_are_no_commands(hostile: str) -> None:
    app = Two()
    async with app.run_test() as pilot:
        field, area = app.query_one(SafeInput), app.query_one(SafeTextArea)
        assert field.value == "a[31mb"
        for widget in (field, area):
            widget.focus()
            await pilot.pause()
            app.post_message(Paste(hostile))
            await pilot.pause()
        assert shows(app, FORBIDDEN) == []
        assert shown(area.text) == shown(harmless(hostile))


def test_what_people_write_stays() -> None:
    for text in ("Zoë  ", "李雷", "نام‌ها", "👩‍👩‍👧", "[b]", "a  b"):
        assert harmless(text) == text
    assert harmless("a\r\nb\u00a0c") == "a  b c"
    assert harmless("a\nb", keep="\n") == "a\nb"
