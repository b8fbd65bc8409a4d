"""Who is at the counter: a name of a list, by its first letters."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets.option_list import Option

from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.more import LetterList
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from payforward.core.people import Cashier

NOBODY: Final = "No name"


class Nobody(Enum):
    """An answer: entries shall name nobody."""

    HERE = "here"


class WhoDialog(Dialog["Cashier | Nobody"]):
    """Asks who is here; returns them, or nobody.

    Args:
        cashiers: Who it may be.
        here: Who is here now, by name.
    """

    def __init__(self, cashiers: Sequence[Cashier], here: str | None) -> None:
        super().__init__("Who is here", yes="Choose")
        self._cashiers = tuple(cashiers)
        self._here = here

    def compose_body(self) -> ComposeResult:
        """Show the names, whoever is here marked."""
        names = [self._option(each) for each in self._cashiers]
        options = LetterList(*names, Option(Content(NOBODY)), markup=False, classes="answers")
        known = [each.name for each in self._cashiers]
        options.highlighted = known.index(self._here) if self._here in known else len(known)
        yield options

    def _option(self, cashier: Cashier) -> Option:
        below = "\n" if self.app.has_class("-touch") else ""
        proof = "  PIN" if cashier.has_pin else ""
        return Option(Content.assemble(shown(cashier.name), (f"{proof}{below}", "$text-muted")))

    def hints(self) -> list[Hint]:
        """Return the keys, the letters too."""
        return [*super().hints(), Hint("↑ ↓", "or first letter", "down")]

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take the name that Enter or the mouse chose."""
        message.stop()
        self.action_accept()

    def action_down(self) -> None:
        """Mark the next one."""
        self.query_one(LetterList).action_cursor_down()

    def answer(self) -> Cashier | Nobody:
        """Return the marked one."""
        marked = self.query_one(LetterList).highlighted
        if marked is None or marked >= len(self._cashiers):
            return Nobody.HERE
        return self._cashiers[marked]
