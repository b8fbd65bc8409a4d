"""The counter's quiet lines: who and when, what just happened, the sentence and its keys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from payforward.core.text import cell_width, fit
from screens.counter import words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.counter.words import Variants

JUST_NOW_SECONDS: Final = 20.0
"""How long an act is shown as having happened here just now."""

MOST_ACTS: Final = 3
MOST_ASIDE: Final = 16


class HeaderLine(Static, can_focus=False):
    """The shop on the left; till, cashier and time on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._left = self._right = ""

    def show(self, left: str, right: str) -> None:
        """Show these texts; the right one is kept where there is no room for both."""
        self._left, self._right = left, right
        self.on_resize()

    def on_resize(self) -> None:
        """Fit both into the line."""
        room = self.size.width - cell_width(self._right) - 3
        left = f"{fit(self._left, room)} " if room > 0 else ""
        self.update(Content(f" {left}{self._right} "))


class JustNow(Static, can_focus=False):
    """What was done at this till in the last seconds."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._acts: list[tuple[float, str]] = []
        self._owed = 0
        self._aside = ""
        self._idle = ""

    def stand_by(self, sentence: str) -> None:
        """Say something while nothing else is to be told."""
        self._idle = sentence
        self.fade()

    def set_aside(self, line: str) -> None:
        """Say which line was set aside; an empty one says that none was."""
        self._aside = line
        self.fade()

    def owe(self, acts: int) -> None:
        """Say how many acts failed while something else was typed, until they are dealt with."""
        self._owed = acts
        self.fade()

    def add(self, act: str) -> None:
        """Show one more act."""
        self._acts.append((time.monotonic(), act))
        self.fade()

    def fade(self) -> None:
        """Leave out what is no longer just now."""
        oldest = time.monotonic() - JUST_NOW_SECONDS
        self._acts = [act for act in self._acts if act[0] > oldest][-MOST_ACTS:]
        told = "   ".join(text for _, text in reversed(self._acts))
        if self._aside:
            told = (
                f"{fit(self._aside, MOST_ASIDE).rstrip()} is set aside, Esc brings it back   {told}"
            )
        if self._owed:
            told = f"not done yet: {self._owed}, Esc shows it   {told}"
        self.update(Content(f" here just now:  {told}" if told else f" {self._idle}"))


class Sentence(Vertical, can_focus=False):
    """Two lines: what Enter would do or has done, and what the keys do now.

    A tap on it says yes.
    """

    class Tapped(Message):
        """The sentence was tapped."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Variants = ("",)
        self._keys: Variants = ("",)

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Static(id="said", markup=False)
        yield Static(id="keys", markup=False)

    def show(self, said: Variants, keys: Variants) -> None:
        """Show the fullest variants that there is room for."""
        self._said, self._keys = said, keys
        self.on_resize()

    def on_resize(self) -> None:
        """Choose again what fits."""
        width = max(10, self.size.width - 1)
        said, keys = words.two_lines(self._said, self._keys, width)
        self.query_one("#said", Static).update(Content(f" {said}"))
        self.query_one("#keys", Static).update(Content(f" {keys}"))

    def on_click(self) -> None:
        """Tell that it was tapped."""
        self.post_message(self.Tapped())
