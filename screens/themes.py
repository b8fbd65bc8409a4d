"""The two looks: calm, readable at arm's length, with no colour that shouts."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = "payforward-dark"
LIGHT: Final = "payforward-light"

THEMES: Final = (
    Theme(
        name=DARK,
        primary="#8ec3b0",
        secondary="#c9a66b",
        accent="#c9a66b",
        foreground="#e6e2d8",
        background="#1c1f22",
        surface="#23272b",
        panel="#2c3136",
        success="#8ec3b0",
        warning="#d8b26a",
        error="#d89a8a",
        dark=True,
    ),
    Theme(
        name=LIGHT,
        primary="#2f6f5e",
        secondary="#7d5a1e",
        accent="#7d5a1e",
        foreground="#26292b",
        background="#faf7f0",
        surface="#f1ece1",
        panel="#e5dece",
        success="#2f6f5e",
        warning="#7d5a1e",
        error="#8f3f2f",
        dark=False,
    ),
)
