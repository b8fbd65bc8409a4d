"""The four buttons under the input: for a finger what the keys are for a hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.catalogue import command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

IDLE: Final = ("serve", "give", "take_back", "more")
SLIP_IN_HAND: Final = ("serve", "give", "no", "more")

# With a sentence pending, "No" stands where "Serve" stood: a finger that bounces does nothing.

_SHOWN: Final = {"serve": "−", "give": "+", "no": "Esc", "next_way": "↓", "more": "?"}


class TapButton(Static, can_focus=False):
    """One button; it never takes the focus from the input."""

    @dataclass
    class Tapped(Message):
        """A button was tapped.

        Args:
            command_id: Which command of the catalogue it stands for.
        """

        command_id: str

    def __init__(self, command_id: str) -> None:
        super().__init__(markup=False)
        self.command_id: str | None = None
        self.become(command_id)

    def become(self, command_id: str | None) -> None:
        """Stand for another command, or for none."""
        self.command_id = command_id
        if command_id is None:
            self.update("")
            return
        told = command(command_id)
        key = _SHOWN.get(command_id, told.shown)
        self.update(Content(f"{told.title} {key}"))

    def on_click(self) -> None:
        """Tell that it was tapped."""
        if self.command_id is not None:
            self.post_message(self.Tapped(self.command_id))


class Buttons(Horizontal, can_focus=False):
    """The row of buttons, which changes with what Enter would do."""

    def compose(self) -> ComposeResult:
        """Lay out the four buttons."""
        for command_id in IDLE:
            yield TapButton(command_id)

    def show(self, command_ids: Sequence[str | None]) -> None:
        """Let the four buttons stand for these commands, or for none."""
        for button, command_id in zip(self.query(TapButton), command_ids, strict=True):
            if button.command_id != command_id:
                button.become(command_id)
