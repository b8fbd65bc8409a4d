"""What every small dialog shares: a box, Esc back, Enter accepts, a sentence on what is wrong."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from payforward.core.errors import BadInput
from payforward.core.text import shown
from screens.leaving import LeavesOnce
from screens.typing_guard import TypingGuard
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint, KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

T = TypeVar("T")
R = TypeVar("R")

StylePaths: TypeAlias = str | PurePath | list[str | PurePath]
"""Style sheets, as a screen names them: beside its own file."""


class Dialog(ModalScreen[T | None], LeavesOnce[T | None], TypingGuard):
    """Asks for one thing and returns it, or None where the person went back.

    A subclass composes its body and reads it in `answer`.

    Args:
        heading: What is asked, on the box.
        yes: What Enter does, in a word or two.
        problem: Why an earlier answer did not do.
    """

    CSS_PATH: ClassVar[StylePaths | None] = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Back", show=False),
        Binding("enter", "accept", "Yes", show=False),
    ]

    SCROLLS: ClassVar[bool] = False
    """Whether the box has the focus itself, where no field has."""

    def __init__(self, heading: str, *, yes: str, problem: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._yes = yes
        self._problem = problem

    def compose(self) -> ComposeResult:
        """Show the box."""
        with VerticalScroll(id="box", can_focus=self.SCROLLS, classes="dialog"):
            yield Static(Content(shown(self._heading)), id="heading", markup=False)
            yield from self.compose_body()
            yield Static("", id="problem", markup=False)
            yield KeyBar(self.hints())

    def compose_body(self) -> ComposeResult:
        """Show what stands between the heading and the keys."""
        raise NotImplementedError

    def hints(self) -> list[Hint]:
        """Return the keys that the dialog shows."""
        return [Hint("Esc", "Back", "cancel"), Hint("Enter", self._yes, "accept")]

    def answer(self) -> T:
        """Return what was answered.

        Raises:
            BadInput: it cannot be understood; the sentence says why.
        """
        raise NotImplementedError

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Accept: Enter in any field does what the dialog says."""
        message.stop()
        self.action_accept()

    def on_mount(self) -> None:
        """Say what was wrong with an earlier answer."""
        self.complain(self._problem)

    def on_resize(self) -> None:
        """Keep in sight what has the focus, where there is less room than before."""
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    def read_field(self, field: str, read: Callable[[str], R]) -> R:
        """Return what the field of an id means, or go into it and say what is wrong.

        Raises:
            BadInput: it cannot be understood.
        """
        asked = self.query_one(f"#{field}", Field)
        try:
            return read(asked.value)
        except BadInput:
            asked.focus_input()
            raise

    def complain(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence clears that."""
        problem = self.query_one("#problem", Static)
        problem.update(Content(shown(sentence)))
        problem.display = bool(sentence)

    def action_accept(self) -> None:
        """Return the answer, or say why it is none."""
        try:
            answer = self.answer()
        except BadInput as error:
            self.complain(error.message)
        else:
            self.dismiss(answer)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
