"""The form for a new item of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from payforward.core.money import parse_money
from payforward.core.text import MAX_NAME, clean_name
from screens.dialogs.dialog import Dialog
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payforward.core.currencies import Currency


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as somebody described it.

    Args:
        name: Its name.
        price: Its price, as typed.
        category: Its category, as typed; may be empty.
        price_minor: What the price means, in minor units.
    """

    name: str = ""
    price: str = ""
    category: str = ""
    price_minor: int = 0


class ItemForm(Dialog[ItemDraft]):
    """Asks for name, price and category; Enter adds as soon as name and price are there.

    Args:
        currency: The shop's.
        draft: What was typed before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"item-exists": "name", "bad-amount": "price"}

    def __init__(
        self, currency: Currency, draft: ItemDraft | None = None, *, problem: str = ""
    ) -> None:
        super().__init__("Add an item", yes="Add it", problem=problem)
        self._currency = currency
        self._draft = draft or ItemDraft()

    def compose_body(self) -> ComposeResult:
        """Show the fields."""
        yield Field("Name", self._draft.name, max_length=2 * MAX_NAME, id="name")
        yield Field(f"Price, {self._currency.code}", self._draft.price, max_length=40, id="price")
        yield Field(
            "Category",
            self._draft.category,
            placeholder="such as Coffee, if you like",
            max_length=2 * MAX_NAME,
            id="category",
        )

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next field", "app.focus_next")]

    def answer(self) -> ItemDraft:
        """Return the item; the field that is wrong says so and gets the focus.

        Raises:
            BadInput: a name or a price that is none.
        """
        return ItemDraft(
            name=self.read_field("name", lambda typed: clean_name(typed, what="name")),
            price_minor=self.read_field(
                "price", lambda typed: parse_money(typed, self._currency).minor
            ),
            category=self.read_field(
                "category",
                lambda typed: clean_name(typed, what="category") if typed.strip() else "",
            ),
            price=self.query_one("#price", Field).value,
        )
