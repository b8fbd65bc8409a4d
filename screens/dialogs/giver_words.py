"""The words that came with what was just served, for whoever wants to hear them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from payforward.core.text import shown
from screens.leaving import LeavesOnce
from screens.typing_guard import TypingGuard

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class GiverWords(ModalScreen[None], LeavesOnce[None], TypingGuard):
    """Shows givers' messages; any of Enter, Esc and a tap closes it.

    Args:
        messages: What they wrote.
    """

    CSS_PATH = "giver_words.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,right", "close", "Close")]

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__()
        self._messages = messages

    def compose(self) -> ComposeResult:
        """Lay the messages out, each in its own paragraph."""
        with VerticalScroll(id="words"):
            for message in self._messages:
                yield Static(Content(f"“{shown(message)}”"), classes="message")
            yield Static("Enter closes", id="keys", markup=False)

    def on_click(self) -> None:
        """Close."""
        self.action_close()

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
