"""A question that is answered with one line: a price, the names of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.content import Content
from textual.widgets import Static

from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """An answer.

    Args:
        typed: As it was typed, to be shown again where it did not do.
        value: What it means.
    """

    typed: str
    value: T


class AskLine(Dialog[Line[T]]):
    """Asks for one line.

    Args:
        heading: What is asked.
        label: The field's name.
        typed: What stands in it at first.
        read: Returns what a line means, or raises BadInput with a sentence.
        yes: What Enter does.
        said: A sentence above the field.
        problem: Why an earlier answer did not do.
    """

    ABOUT: ClassVar = {"*": "line"}

    def __init__(
        self,
        heading: str,
        label: str,
        typed: str,
        read: Callable[[str], T],
        *,
        yes: str,
        said: str = "",
        problem: str = "",
    ) -> None:
        super().__init__(heading, yes=yes, problem=problem)
        self._label = label
        self._typed = typed
        self._read = read
        self._said = said

    def compose_body(self) -> ComposeResult:
        """Show the sentence and the field."""
        if self._said:
            yield Static(Content(shown(self._said)), classes="said", markup=False)
        yield Field(self._label, self._typed, id="line")

    def answer(self) -> Line[T]:
        """Return the line and what it means.

        Raises:
            BadInput: it cannot be understood.
        """
        field = self.query_one(Field)
        return Line(field.value, self.read_field(field, self._read))
