"""Leaving a screen once, however many keys arrive while it is on its way out."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

T = TypeVar("T")


class LeavesOnce(Screen[T]):
    """A screen whose second dismissal does nothing.

    A held key, or keys that ssh brings in one lump, reach a screen that has been dismissed but
    is still there; Textual would take the screen below away as well.
    """

    _is_leaving = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with this result, unless the screen is leaving already."""
        if self._is_leaving:
            return AwaitComplete()
        self._is_leaving = True
        return super().dismiss(result)
