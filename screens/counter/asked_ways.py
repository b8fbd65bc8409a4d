"""What Enter could do where nobody can pay: note that it was asked for, or take the note back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.asks import NoteAsked
from screens.counter import program_words

if TYPE_CHECKING:
    from payforward.core.model import Item
    from payforward.core.program_answers import AskedNote
    from screens.counter.ways import Surroundings
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class ForgetNote:
    """Ask: take a note back; ``note`` is the id under which it was made."""

    note: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Answer to `ForgetNote`."""

    note: AskedNote


@dataclass(frozen=True, slots=True)
class AskedWay:
    """Note that ``units`` of an item were asked for."""

    item: Item
    units: int

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Ask."""
        return program_words.note_question(self.item, self.units)

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return program_words.ENTER_NOTES

    def ask(self, action: str) -> NoteAsked:
        """Return the note."""
        return NoteAsked(action=action, item=self.item.id, units=self.units)

    @property
    def row(self) -> Item:
        """What was asked for."""
        return self.item


@dataclass(frozen=True, slots=True)
class ForgetWay:
    """Take a note back."""

    note: AskedNote

    def sentence(self, around: Surroundings) -> Variants:
        """Name the note."""
        return program_words.forget_question(self.note, around.local(self.note.at))

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return ("Enter yes   ↓ earlier   Esc no",)

    def ask(self, action: str) -> ForgetNote:  # noqa: ARG002
        """Return which note."""
        return ForgetNote(self.note.action)

    @property
    def row(self) -> None:
        """It is about no row."""
        return
