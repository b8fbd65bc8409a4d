"""The form of the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.clock import Clock


class SetupScreen(Screen[bool]):
    """Ask what a ledger needs and make it; returns whether one was made."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        super().__init__()
        self._path = path
        self._clock = clock
