"""Every key and what it does."""

from __future__ import annotations

from textual.screen import Screen


class HelpScreen(Screen[None]):
    """Every key and what it does."""
