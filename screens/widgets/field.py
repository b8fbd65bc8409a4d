"""A named field of a form, with what is wrong with it right below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from payforward.core.text import shown
from screens.widgets.safe_input import SafeInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.suggester import Suggester


class Field(Vertical):
    """A label, an input and a sentence that is empty while nothing is wrong.

    What is wrong is said until something else is typed.

    Args:
        label: The field's name.
        value: What stands in it at first.
        placeholder: What it says while it is empty.
        max_length: The most characters it takes.
        suggester: Completes what is typed; → accepts.
        dense: Whether no line parts it from the next one, in a form that has many.
        id: Its id.
    """

    DEFAULT_CSS = """
    Field {
        height: auto;

        & > Horizontal {
            height: 1;
        }

        Label {
            width: 14;
            color: $text-muted;
        }

        Input {
            width: 1fr;
            background: $panel;
        }

        .-wrong {
            height: auto;
            margin-left: 14;
            color: $warning;
            display: none;
        }

        &.-is-wrong .-wrong {
            display: block;
        }
    }
    """

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = 200,
        suggester: Suggester | None = None,
        dense: bool = False,
        id: str | None = None,  # noqa: A002 - as widgets call it
    ) -> None:
        super().__init__(id=id, classes="field -dense" if dense else "field")
        self._label = label
        self._input = SafeInput(
            value,
            placeholder=placeholder,
            max_length=max_length,
            suggester=suggester,
            compact=True,
        )
        self._input.cursor_blink = False
        self._wrong = Static("", classes="-wrong", markup=False)
        self._wrong_text = ""

    def compose(self) -> ComposeResult:
        """Show the three."""
        with Horizontal():
            yield from self._compose_line()
        yield self._wrong

    def _compose_line(self) -> ComposeResult:
        yield Label(self._label, markup=False)
        yield self._input

    @property
    def value(self) -> str:
        """What was typed."""
        return self._input.value

    @value.setter
    def value(self, typed: str) -> None:
        self._input.value = typed
        self._input.cursor_position = len(typed)

    @property
    def wrong(self) -> str:
        """What it says is wrong."""
        return str(self._wrong.content)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with it; an empty sentence says that nothing is."""
        self._wrong_text = self._input.value
        self._wrong.update(Content(shown(sentence)))
        self.set_class(bool(sentence), "-is-wrong")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Take a complaint back once something else was typed."""
        if self.wrong and message.value != self._wrong_text:
            self.complain("")

    def suggest(self, suggester: Suggester) -> None:
        """Complete from now on what is typed."""
        self._input.suggester = suggester

    def show_hint(self, placeholder: str) -> None:
        """Say something else while it is empty."""
        self._input.placeholder = placeholder

    def focus_input(self) -> None:
        """Go into it."""
        self._input.focus()
