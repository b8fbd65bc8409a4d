"""A question with a few answers, of which each has a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

T = TypeVar("T")


class ChooseOne(Dialog[T], Generic[T]):
    """Asks for one of a few; ↑ and ↓ go through them, Enter takes the marked one.

    Args:
        heading: What is asked.
        answers: Each with its name and a sentence about it.
        yes: What Enter does.
    """

    def __init__(self, heading: str, answers: Sequence[tuple[T, str, str]], *, yes: str) -> None:
        super().__init__(heading, yes=yes)
        self._answers = tuple(answers)

    def compose_body(self) -> ComposeResult:
        """Show the answers."""
        yield OptionList(
            *(
                Option(
                    Content.assemble((shown(name), "bold"), "\n", (shown(sentence), "$text-muted"))
                )
                for _, name, sentence in self._answers
            ),
            markup=False,
            classes="answers",
        )

    def hints(self) -> list[Hint]:
        """Return the keys, the arrows too."""
        return [*super().hints(), Hint("↑ ↓", "Choose", "down")]

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take the answer that Enter or the mouse chose."""
        message.stop()
        self.action_accept()

    def action_down(self) -> None:
        """Mark the next one."""
        self.query_one(OptionList).action_cursor_down()

    def answer(self) -> T:
        """Return the marked one."""
        return self._answers[self.query_one(OptionList).highlighted or 0][0]
