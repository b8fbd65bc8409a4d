"""A scanner is a keyboard: what it types must never press a key of the program.

Nobody's hand is as fast as a scanner. A letter is held back for a moment and counts as a key only
where it stands alone; Enter, Tab and control keys right behind such text do nothing.
"""

from __future__ import annotations

import math
import time
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events

from screens.scanning.pace import GAP_SECONDS, Typing

if TYPE_CHECKING:
    from textual.screen import Screen

FEWEST_IN_A_FIELD: Final = 4
"""A quick hand may write fewer and press Enter at once; no product has so short a code."""

PAUSE_SECONDS: Final = 0.5
"""For so long a dialog about something that cannot be undone waits to see what is typed."""

_ENDS: Final = ("enter", "tab", "shift+tab")


if TYPE_CHECKING:
    Guarded = Screen[Any]
else:
    Guarded = object


class TypingGuard(Guarded):
    """Keeps a scanner's text from a screen's keys; mixed into the screens behind the counter.

    Text fields take their characters at once; they tell the guard through `note_text`.
    """

    PAUSE: ClassVar[float] = 0.0
    """For so long after opening an Enter waits; it is forgotten if text comes meanwhile."""

    _held: events.Key | None = None
    _opened = -math.inf

    @cached_property
    def typing(self) -> Typing:
        """What was typed here."""
        return Typing()

    @property
    def holds_key(self) -> bool:
        """Whether a key is being held back."""
        return self._held is not None

    def is_letting_go(self, event: events.Key) -> bool:
        """Tell whether this is a key that was held back and goes its way now."""
        return event is self._held

    def _on_screen_resume(self, event: events.ScreenResume) -> None:  # noqa: ARG002
        """Begin the pause."""
        self._opened = time.monotonic()

    def note_text(self, at: float) -> bool:
        """Count a character that a field takes; tell whether it stands alone so far."""
        alone = self.typing.add(at) and self._held is None
        self._held = None
        return alone

    def on_key(self, event: events.Key) -> None:
        """Hold a key back, let it through or forget it; the bindings are looked up after this."""
        if self.is_letting_go(event):
            self._held = None
        elif event.is_printable:
            event.stop()
            if self.note_text(event.time):
                self._hold(event, GAP_SECONDS)
            if self.PAUSE:
                self._opened = event.time
        elif event.key in _ENDS or event.key.startswith("ctrl+"):
            self._end(event)

    def _end(self, event: events.Key) -> None:
        """Forget the end of a scan; let an Enter wait for the end of the pause."""
        in_field = getattr(self.focused, "takes_text", False)
        if self.typing.ends(event.time, fewest=FEWEST_IN_A_FIELD if in_field else 1):
            self._held = None
            event.stop()
            return
        left = self._opened + self.PAUSE - event.time
        if event.key == "enter" and left > 0:
            event.stop()
            if self.typing.last < self._opened:
                self._hold(event, left)

    def _hold(self, event: events.Key, seconds: float) -> None:
        self._held = again = events.Key(event.key, event.character)
        again.set_sender(
            self.app
        )  # as the terminal's keys; a screen's own would not bubble past it
        self.set_timer(seconds, partial(self._release, again))

    def _release(self, key: events.Key) -> None:
        """Let a key go the way of all keys, behind those that have come meanwhile."""
        if self._held is not key:
            return
        if self.is_current:
            self.app.post_message(key)
        else:
            self._held = None
