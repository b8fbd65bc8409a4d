"""What every small dialog shares: a box, Esc back, Enter accepts, and what is wrong where it is."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from payforward.core.errors import BadInput
from payforward.core.text import shown
from screens.leaving import LeavesOnce
from screens.typing_guard import TypingGuard
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint, KeyBar
from screens.widgets.pick_field import PickField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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

    ABOUT: ClassVar[Mapping[str, str]] = {}
    """The field that a refusal is about, by its reason, or ``*`` for any other reason."""

    def __init__(self, heading: str, *, yes: str, problem: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._yes = yes
        self._problem = problem
        self.reason = ""
        self._complained_at: object = None

    def compose(self) -> ComposeResult:
        """Show the box."""
        with VerticalScroll(id="box", can_focus=self.SCROLLS, classes="dialog"):
            yield Static(Content(shown(self._heading)), id="heading", markup=False)
            yield from self.compose_body()
            # In sight however long the form is.
            with Vertical(id="foot"):
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
        """Say what was wrong with an earlier answer, at its field where that is known."""
        about = self.ABOUT.get(self.reason, self.ABOUT.get("*", "-"))
        field = next(self.query(f"#{about}").results(Field), None)
        self.complain("" if field is not None else self._problem)
        if field is not None and self._problem:
            self.blame(field, self._problem)

    def on_resize(self) -> None:
        """Keep in sight what has the focus, where there is less room than before."""
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    def on_input_changed(self, message: Input.Changed) -> None:  # noqa: ARG002 - what is there now
        """Take a complaint back once something else was typed."""
        self._look_again()

    def on_choice_changed(self, message: Choice.Changed) -> None:  # noqa: ARG002 - as above
        """Take a complaint back once something else was chosen."""
        self._look_again()

    def read_field(self, field: str | Field, read: Callable[[str], R]) -> R:
        """Return what a field, or the field of an id, means; or go into it and say what is wrong.

        Raises:
            BadInput: it cannot be understood; that is said already, so the sentence is empty.
        """
        asked = field if isinstance(field, Field) else self.query_one(f"#{field}", Field)
        try:
            return read(asked.value)
        except BadInput as error:
            self.blame(asked, error.message)
            raise BadInput("", reason=error.reason) from error

    def blame(self, field: Field, sentence: str) -> None:
        """Say what is wrong with a field right below it, and go into it."""
        field.complain(sentence)
        field.focus_input()
        self.call_after_refresh(field.scroll_visible, animate=False)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the whole; an empty sentence clears that."""
        problem = self.query_one("#problem", Static)
        problem.update(Content(shown(sentence)))
        problem.display = bool(sentence)
        self._complained_at = self._standing()

    def _look_again(self) -> None:
        if self._complained_at not in (None, self._standing()):
            self.complain("")

    def _standing(self) -> object:
        """Return what is typed and chosen now."""
        typed = tuple(each.value for each in self.query(Field))
        return typed, tuple(each.chosen for each in self.query(Choice))

    def action_accept(self) -> None:
        """Return the answer, or say why it is none."""
        for field in self.query(Field):
            field.complain("")
        try:
            answer = self.answer()
        except BadInput as error:
            self.complain(error.message)
        else:
            self.dismiss(answer)

    def action_pick_next(self) -> None:
        """Put the next name into the field that has some."""
        fields = list(self.query(PickField))
        if fields:
            here = [each for each in fields if each.has_focus_within]
            (here or fields)[0].action_pick(1)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
