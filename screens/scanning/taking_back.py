"""Widgets that can take back what a scanner typed into them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.widget import Widget

from screens.typing_guard import TypingGuard

if TYPE_CHECKING:
    from textual import events

MOST_NOTED: Final = 160
"""More characters than any scan has."""


@dataclass
class Passed(Message):
    """Follows the characters of a scan to whatever they went to, and up from there to the app.

    Args:
        scan: The app's own note of the scan.
    """

    scan: object


@dataclass
class TakenBack(Message):
    """A widget has become again what it was before a scan; its last change was told before this.

    Args:
        scan: The app's own note of the scan.
    """

    scan: object


class TakesBack(Widget):
    """A widget that characters change, and that remembers what it was before each.

    A subclass tells `note` of each character before it acts on it.
    """

    @cached_property
    def _noted(self) -> deque[tuple[float, object]]:
        return deque(maxlen=MOST_NOTED)

    def state(self) -> object:
        """Return all that a character can change."""
        raise NotImplementedError

    def restore(self, state: object) -> None:
        """Become again what `state` told."""
        raise NotImplementedError

    def note(self, event: events.Key) -> None:
        """Remember what it is before a character changes it; tell the screen's guard of it."""
        if event.is_printable:
            self._noted.append((event.time, self.state()))
            if isinstance(self.screen, TypingGuard):
                self.screen.note_text(event.time)

    def take_back(self, since: float, scan: object) -> None:
        """Become again what it was before the first character of a scan, and say `TakenBack`.

        Characters wait in a widget's queue; call it through `call_later`, so that they come first.

        Args:
            since: When that character was typed.
            scan: What is told then.
        """
        before = [state for at, state in self._noted if at >= since]
        if before:
            self._noted.clear()
            self.restore(before[0])
        self.post_message(TakenBack(scan))
