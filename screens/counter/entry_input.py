"""The counter's one line of input: it always has the focus, and passes on what is no text."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.message import Message

from screens.counter.menu_list import MenuList
from screens.widgets.safe_input import SafeInput

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

HELD_SECONDS: Final = 1.0
"""An Enter that follows another within this time, with no key between, is one held down.

The longest usual delay before a held key repeats.
"""


@dataclass(frozen=True, slots=True)
class _Before:
    """What the line was, and which row was highlighted: its letters move the highlight."""

    line: object
    row: int | None


class EntryInput(SafeInput):
    """Letters and digits stay here; the keys that mean something become messages.

    ``Submitted`` is posted once for an Enter that is held down.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("escape", "escape", show=False),
    ]

    @dataclass
    class Stepped(Message):
        """An arrow asked for another row or way.

        Args:
            steps: How many, downwards.
        """

        steps: int

    @dataclass
    class DetailsAsked(Message):
        """The right arrow was pressed at the end of the text."""

    @dataclass
    class MoreAsked(Message):
        """A question mark was typed where nothing else stood."""

    @dataclass
    class Pressed(Message):
        """Any key was pressed; what it means comes after."""

    @dataclass
    class Escaped(Message):
        """Escape was pressed."""

    @dataclass
    class Restored(Message):
        """A scan was taken back; it comes after all changes of the text.

        Args:
            row: The key of the row that was highlighted before the scan.
        """

        row: int

    _last_enter = -HELD_SECONDS

    def on_mount(self) -> None:
        """Let the cursor stand still: a calm counter, and nothing to send over a slow line."""
        self.cursor_blink = False

    def state(self) -> object:
        """Return its text and cursor, and the highlighted row."""
        return _Before(super().state(), self.screen.query_one(MenuList).highlighted)

    def restore(self, state: object) -> None:
        """Become again what `state` told, and let the row be highlighted again."""
        assert isinstance(state, _Before)
        super().restore(state.line)
        if state.row is not None:
            self.post_message(self.Restored(state.row))

    async def action_submit(self) -> None:
        """Submit, unless this Enter is a repeat of a held key."""
        now = time.monotonic()
        held = now - self._last_enter < HELD_SECONDS
        self._last_enter = now
        if not held:
            await super().action_submit()

    def action_step(self, steps: int) -> None:
        """Pass an arrow on."""
        self.post_message(self.Stepped(steps))

    def action_escape(self) -> None:
        """Pass Escape on."""
        self.post_message(self.Escaped())

    def action_cursor_right(self, select: bool = False) -> None:
        """Move the cursor; at the end of the text, ask for details."""
        if not select and self.cursor_position >= len(self.value):
            self.post_message(self.DetailsAsked())
        else:
            super().action_cursor_right(select)

    async def _on_key(self, event: events.Key) -> None:
        self.post_message(self.Pressed())
        if event.key != "enter":
            self._last_enter = -HELD_SECONDS
        if event.character == "?" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.MoreAsked())
            return
        await super()._on_key(event)
