"""Chooses the items that a program is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.more import LetterList
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.model import Item


class ItemChoices(LetterList):
    """Items of which some are chosen, each with a mark that needs no colour.

    Args:
        items: The items.
        chosen: The numbers that are chosen at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.accept", "Keep", show=False),
        Binding("space", "select", "Choose", show=False),
    ]

    def __init__(self, items: Sequence[Item], chosen: Collection[int]) -> None:
        self._items = tuple(items)
        self._chosen = set(chosen)
        super().__init__(
            *(Option(self._prompt(item)) for item in self._items),
            markup=False,
            compact=True,
            classes="answers",
        )

    @property
    def chosen(self) -> tuple[int, ...]:
        """What is chosen, in the order of the items."""
        return tuple(item.id for item in self._items if item.id in self._chosen)

    def name_at(self, index: int) -> str:
        """Return an item's name, without its mark."""
        return shown(self._items[index].name)

    def _prompt(self, item: Item) -> Content:
        mark = "[x]" if item.id in self._chosen else "[ ]"
        return Content(f"{mark} {shown(item.name)}")

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Choose an item, or leave it out."""
        message.stop()
        item = self._items[message.option_index]
        self._chosen ^= {item.id}
        self.replace_option_prompt_at_index(message.option_index, self._prompt(item))


class OwnItems(Dialog[tuple[int, ...]]):
    """Asks for items of the menu; returns their numbers, none for all of the menu.

    Args:
        heading: What is asked.
        items: The menu.
        chosen: The numbers that are chosen at first.
        yes: What Enter does.
        problem: Why an earlier answer did not do.
    """

    def __init__(
        self,
        heading: str,
        items: Sequence[Item],
        chosen: Collection[int],
        *,
        yes: str = "Keep them",
        problem: str = "",
    ) -> None:
        super().__init__(heading, yes=yes, problem=problem)
        self._items = tuple(items)
        self._chosen = frozenset(chosen)

    def compose_body(self) -> ComposeResult:
        """Show the menu."""
        yield Static("None chosen means all that is on the menu.", classes="said", markup=False)
        yield ItemChoices(self._items, self._chosen)

    def hints(self) -> list[Hint]:
        """Return the keys, the one that chooses too."""
        return [*super().hints(), Hint("Space", "Choose", "choose")]

    def action_choose(self) -> None:
        """Choose the marked one, or leave it out."""
        self.query_one(ItemChoices).action_select()

    def answer(self) -> tuple[int, ...]:
        """Return the chosen items, in the menu's order."""
        return self.query_one(ItemChoices).chosen
