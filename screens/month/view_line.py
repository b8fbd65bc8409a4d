"""The names of a place's views on one line, the one that is shown marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from payforward.core.text import cell_width
from screens.widgets.choice import Choice

if TYPE_CHECKING:
    from textual import events


class ViewLine(Choice, can_focus=False):
    """Names such as ``[Table]  Days   Year``; a click shows another view."""

    DEFAULT_CSS = """
    ViewLine {
        padding: 0 1;
        color: $text-muted;
    }
    """

    def render(self) -> Content:
        """Show every name, the chosen one in brackets."""
        return Content("").join(
            Content.assemble((text, "$foreground bold" if index == self.chosen else ""))
            for index, text in enumerate(self._texts)
        )

    def on_click(self, event: events.Click) -> None:
        """Show the view under the pointer."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        start = 0
        for index, text in enumerate(self._texts):
            if offset is not None and start <= offset.x < start + cell_width(text):
                self.chosen = index
            start += cell_width(text)

    @property
    def _texts(self) -> list[str]:
        return [
            f"[{name}]" if index == self.chosen else f" {name} "
            for index, name in enumerate(self._answers)
        ]
