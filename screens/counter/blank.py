"""A screen that shows nothing: for when a customer looks over the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class BlankScreen(Screen[None]):
    """Nothing at all, until any key or tap."""

    def compose(self) -> ComposeResult:
        """Show an empty page."""
        yield Static("", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Come back; the key itself does nothing more."""
        event.stop()
        self.dismiss(None)

    def on_click(self) -> None:
        """Come back."""
        self.dismiss(None)
