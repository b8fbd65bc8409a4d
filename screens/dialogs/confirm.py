"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.typing_guard import PAUSE_SECONDS

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Confirm(Dialog[bool]):
    """Asks before something that cannot be undone; returns True or None.

    Args:
        heading: What would be done.
        question: What that means, in a sentence or two.
        yes: What Enter does.
    """

    SCROLLS = True
    PAUSE = PAUSE_SECONDS

    def __init__(self, heading: str, question: str, *, yes: str) -> None:
        super().__init__(heading, yes=yes)
        self._question = question

    def compose_body(self) -> ComposeResult:
        """Show the question."""
        yield Static(Content(shown(self._question)), classes="said", markup=False)

    def answer(self) -> bool:
        """Return yes."""
        return True
