"""Fields in which nothing that is typed or pasted can reach the terminal as a command.

A pasted text may hold escape sequences and marks that turn the reading order; the widgets of
Textual draw them as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input, TextArea

from screens.typing_guard import note_text

if TYPE_CHECKING:
    from textual import events
    from textual.widgets.text_area import Edit, EditResult

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


class SafeInput(Input):
    """An input that holds harmless text only."""

    takes_text: ClassVar[bool] = True

    def validate_value(self, value: str) -> str:
        """Make whatever is put into it harmless."""
        return harmless(value)

    async def _on_key(self, event: events.Key) -> None:
        note_text(self, event)
        await super()._on_key(event)


class SafeTextArea(TextArea):
    """A field of several lines that holds harmless text only."""

    takes_text: ClassVar[bool] = True

    def edit(self, edit: Edit) -> EditResult:
        """Make whatever is put into it harmless."""
        return super().edit(replace(edit, text=harmless(edit.text, keep="\n")))

    async def _on_key(self, event: events.Key) -> None:
        note_text(self, event)
        await super()._on_key(event)
