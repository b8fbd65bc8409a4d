"""A few answers on one line, of which one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from payforward.core.text import cell_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

CHOSEN, OTHER = "(•) ", "( ) "
_GAP = "  "


class Choice(Static, can_focus=True):
    """Answers such as ``(•) cash  ( ) card``; ← and → or a click choose.

    Args:
        answers: The answers from left to right.
        chosen: The index of the one that is chosen at first.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "choose(-1)", "Previous", show=False),
        Binding("right", "choose(1)", "Next", show=False),
    ]
    DEFAULT_CSS = """
    Choice {
        width: 1fr;
        height: 1;
        color: $foreground;
        text-wrap: nowrap;

        &:focus {
            background: $primary 25%;
            text-style: $block-cursor-text-style;
        }
    }
    """

    chosen: var[int] = var(0)

    @dataclass
    class Changed(Message):
        """Another answer was chosen.

        Args:
            chosen: Its index.
        """

        chosen: int

    def __init__(
        self,
        answers: Sequence[str],
        *,
        chosen: int = 0,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__("", id=id, markup=False)
        self._answers = tuple(answers)
        self.set_reactive(Choice.chosen, chosen)

    def render(self) -> Content:
        """Show every answer, the chosen one marked."""
        parts = [
            Content.assemble((CHOSEN if here else OTHER) + answer).stylize("bold" if here else "")
            for index, answer in enumerate(self._answers)
            for here in [index == self.chosen]
        ]
        return Content(_GAP).join(parts)

    def watch_chosen(self) -> None:
        """Tell the form."""
        self.refresh()
        self.post_message(self.Changed(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Choose the answer under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        start = 0
        for index, answer in enumerate(self._answers):
            end = start + cell_width(CHOSEN + answer + _GAP)
            if start <= offset.x < end:
                self.chosen = index
            start = end

    def action_choose(self, steps: int) -> None:
        """Choose the next answer, or the one before."""
        self.chosen = (self.chosen + steps) % len(self._answers)


class OneOf(Choice):
    """Answers of which only the chosen one is shown, such as ``‹ network ›``: where many are."""

    def render(self) -> Content:
        """Show the chosen answer between its arrows."""
        return Content.assemble("‹ ", (self._answers[self.chosen], "bold"), " ›")

    def on_click(self, event: events.Click) -> None:
        """Choose the next one."""
        event.stop()
        event.prevent_default()
        self.action_choose(1)
