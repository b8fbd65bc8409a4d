"""Asks on which paper something comes out: the printer, or a file in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.typed import read_folder, usual_folder
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult


class PaperWay(Enum):
    """How something comes out; the value is a file's ending."""

    PRINTER = ""
    PDF = ".pdf"
    CSV = ".csv"
    TEXT = ".txt"


_NAMES = {
    PaperWay.PRINTER: "printer",
    PaperWay.PDF: "PDF",
    PaperWay.CSV: "CSV",
    PaperWay.TEXT: "text",
}


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """How something shall come out.

    Args:
        way: On the printer, or as which file.
        typed: The folder, as typed.
        folder: What that means.
    """

    way: PaperWay
    typed: str
    folder: Path


class PaperForm(Dialog[PaperDraft]):
    """Asks for the paper and, of a file, the folder.

    Args:
        heading: What comes out.
        said: A sentence about it.
        ways: How it can come out.
        prints: Whether this till has a printer.
        draft: What was chosen before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"bad-file": "folder"}

    def __init__(
        self,
        heading: str,
        said: str,
        ways: Sequence[PaperWay],
        *,
        prints: bool,
        draft: PaperDraft | None = None,
        problem: str = "",
    ) -> None:
        super().__init__(heading, yes="Bring it out", problem=problem)
        self._said = said
        self._ways = tuple(ways)
        self._prints = prints
        self._draft = draft

    def compose_body(self) -> ComposeResult:
        """Show the choice and the folder."""
        draft = self._draft
        yield Static(Content(shown(self._said)), classes="said", markup=False)
        with Horizontal(classes="field -tender"):
            yield Label("Paper", markup=False)
            first = PaperWay.PRINTER if self._prints else PaperWay.PDF
            at = self._ways.index(first if draft is None else draft.way)
            yield Choice([_NAMES[way] for way in self._ways], chosen=at)
        folder = usual_folder() if draft is None else draft.typed
        yield Field("File goes to", folder, max_length=1000, id="folder")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> PaperDraft:
        """Return how it shall come out.

        Raises:
            BadInput: on the printer, where there is none.
        """
        way = self._ways[self.query_one(Choice).chosen]
        if way is PaperWay.PRINTER and not self._prints:
            self.query_one(Choice).focus()
            raise BadInput(
                "This till has no printer: choose a file, or set a printer up.", reason="no-printer"
            )
        typed = self.query_one("#folder", Field).value
        return PaperDraft(way, typed, self.read_field("folder", read_folder))
