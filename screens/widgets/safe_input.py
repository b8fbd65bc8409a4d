"""Fields in which nothing that is typed or pasted can reach the terminal as a command.

A pasted text may hold escape sequences and marks that turn the reading order; the widgets of
Textual draw them as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input, TextArea

from screens.scanning.taking_back import TakesBack

if TYPE_CHECKING:
    from textual import events
    from textual.widgets.input import Selection as Marked
    from textual.widgets.text_area import Edit, EditResult, Selection

_JOINERS = "\u200c\u200d"  # Persian names and some emoji need them


def harmless(text: str, *, keep: str = "") -> str:
    r"""Return text without the characters that do something instead of showing themselves.

    Spaces stay as many as they are, so that a word can be followed by another.

    >>> harmless("a \x1b[31mb\u202e\tc ")
    'a [31mb c '

    Args:
        text: What was typed or pasted.
        keep: Other characters that may stay.
    """
    return "".join(
        char if char.isprintable() or char in _JOINERS + keep else " " if char.isspace() else ""
        for char in text
    )


@dataclass(frozen=True, slots=True)
class _Line:
    value: str = field(repr=False)
    selection: Marked


@dataclass(frozen=True, slots=True)
class _Lines:
    text: str = field(repr=False)
    selection: Selection


class SafeInput(Input, TakesBack):
    """An input that holds harmless text only, and takes a scan back."""

    takes_text: ClassVar[bool] = True

    def validate_value(self, value: str) -> str:
        """Make whatever is put into it harmless."""
        return harmless(value)

    def restricted(self) -> None:
        """Leave out what is too long without a sound."""

    def state(self) -> object:
        """Return its text and cursor."""
        return _Line(self.value, self.selection)

    def restore(self, state: object) -> None:
        """Become again what `state` told."""
        assert isinstance(state, _Line)
        self.value = state.value
        self.selection = state.selection

    async def _on_key(self, event: events.Key) -> None:
        self.note(event)
        await super()._on_key(event)


class SafeTextArea(TextArea, TakesBack):
    """A field of several lines that holds harmless text only, and takes a scan back."""

    takes_text: ClassVar[bool] = True

    def edit(self, edit: Edit) -> EditResult:
        """Make whatever is put into it harmless."""
        return super().edit(replace(edit, text=harmless(edit.text, keep="\n")))

    def state(self) -> _Lines:
        """Return its text and cursor."""
        return _Lines(self.text, self.selection)

    def restore(self, state: object) -> None:
        """Become again what `state` told; what was undone before is forgotten, and the scan too."""
        assert isinstance(state, _Lines)
        self.load_text(state.text)
        self.selection = state.selection

    async def _on_key(self, event: events.Key) -> None:
        self.note(event)
        await super()._on_key(event)
