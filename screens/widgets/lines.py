"""Single lines of a screen: its title above, what just happened below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from payforward.core.text import shown

if TYPE_CHECKING:
    from textual.app import ComposeResult


class TitleLine(Horizontal):
    """What a screen is about, and at the right where or when.

    Args:
        left: The title.
        right: What stands at the right.
    """

    DEFAULT_CSS = """
    TitleLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        overflow: hidden hidden;

        Static {
            height: 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }

        .-left {
            width: 1fr;
            color: $primary;
            text-style: bold;
        }

        .-right {
            width: auto;
            max-width: 60%;
            color: $foreground;
        }
    }
    """

    def __init__(self, left: str, right: str = "") -> None:
        super().__init__()
        self._left = left
        self._right = right

    def compose(self) -> ComposeResult:
        """Show both sides."""
        yield Static(Content(shown(self._left)), classes="-left", markup=False)
        yield Static(Content(shown(self._right)), classes="-right", markup=False)

    def show(self, left: str, right: str = "") -> None:
        """Change both sides; what people typed is made safe here."""
        self.query_one(".-left", Static).update(Content(shown(left)))
        self.query_one(".-right", Static).update(Content(shown(right)))


class StatusLine(Static):
    """What just happened, or why it did not, in one sentence."""

    DEFAULT_CSS = """
    StatusLine {
        height: auto;
        min-height: 1;
        max-height: 3;
        padding: 0 1;
        color: $primary;

        &.-problem {
            color: $warning;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def say(self, sentence: str, *, problem: bool = False) -> None:
        """Show a sentence; an empty one clears the line."""
        self.set_class(problem, "-problem")
        self.update(Content(shown(sentence)))
