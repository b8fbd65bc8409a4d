"""Chooses the items that a program is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.model import Item


class ItemChoices(SelectionList[int]):
    """Items of which some are chosen: space chooses, Enter is the dialog's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.accept", "Keep", show=False),
    ]


class OwnItems(Dialog[tuple[int, ...]]):
    """Asks for items of the menu; returns their numbers, none for all of the menu.

    Args:
        heading: What is asked.
        items: The menu.
        chosen: The numbers that are chosen at first.
        problem: Why an earlier answer did not do.
    """

    def __init__(
        self, heading: str, items: Sequence[Item], chosen: Collection[int], *, problem: str = ""
    ) -> None:
        super().__init__(heading, yes="Keep them", problem=problem)
        self._items = tuple(items)
        self._chosen = frozenset(chosen)

    def compose_body(self) -> ComposeResult:
        """Show the menu."""
        yield Static("None chosen means all that is on the menu.", classes="said", markup=False)
        yield ItemChoices(
            *(
                Selection(Content(shown(item.name)), item.id, item.id in self._chosen)
                for item in self._items
            ),
            classes="answers",
            compact=True,
        )

    def hints(self) -> list[Hint]:
        """Return the keys, the one that chooses too."""
        return [*super().hints(), Hint("Space", "Choose", "choose")]

    def action_choose(self) -> None:
        """Choose the marked one, or leave it out."""
        self.query_one(ItemChoices).action_select()

    def answer(self) -> tuple[int, ...]:
        """Return the chosen items, in the menu's order."""
        chosen = frozenset(self.query_one(ItemChoices).selected)
        return tuple(item.id for item in self._items if item.id in chosen)
