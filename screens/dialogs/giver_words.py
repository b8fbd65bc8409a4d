"""What stands behind →: the words that came with a gift, when and where a slip was used."""

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


class Told(ModalScreen[None], LeavesOnce[None], TypingGuard):
    """Shows a few paragraphs; any of Enter, Esc and a tap closes it.

    Args:
        paragraphs: What is told.
    """

    CSS_PATH = "giver_words.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,right", "close", "Close")]

    def __init__(self, paragraphs: tuple[str, ...]) -> None:
        super().__init__()
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        """Lay them out, one below the other."""
        with VerticalScroll(id="words"):
            for each in self._paragraphs:
                yield Static(Content(shown(each)), classes="message")
            yield Static("Enter closes", id="keys", markup=False)

    def on_click(self) -> None:
        """Close."""
        self.action_close()

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


class GiverWords(Told):
    """Shows givers' messages.

    Args:
        messages: What they wrote.
    """

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__(tuple(f"“{message}”" for message in messages))
