"""The form for goods that a drive takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from payforward.core.text import MAX_NAME, clean_name
from screens.dialogs.dialog import Dialog
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class GoodsDraft:
    """Goods as somebody named them.

    Args:
        name: What they are.
        typed: Their sizes, as typed.
        sizes: What those are; none for goods without sizes.
    """

    name: str
    typed: str
    sizes: tuple[str, ...]


class GoodsForm(Dialog[GoodsDraft]):
    """Asks for goods and their sizes.

    Args:
        draft: What was typed before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"name-taken": "name", "item-exists": "name"}

    def __init__(self, draft: GoodsDraft | None = None, *, problem: str = "") -> None:
        super().__init__("Add goods", yes="Add them", problem=problem)
        self._draft = draft or GoodsDraft("", "", ())

    def compose_body(self) -> ComposeResult:
        """Show the fields."""
        yield Static(
            "Each size is counted apart. Part sizes with commas; none at all is fine.",
            classes="said",
            markup=False,
        )
        hint = "such as Coat"
        yield Field("Goods", self._draft.name, placeholder=hint, max_length=2 * MAX_NAME, id="name")
        hint = "such as S, M, L"
        yield Field("Sizes", self._draft.typed, placeholder=hint, max_length=300, id="sizes")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> GoodsDraft:
        """Return the goods.

        Raises:
            BadInput: a name that is none.
        """
        return GoodsDraft(
            name=self.read_field("name", lambda typed: clean_name(typed, what="goods' name")),
            typed=self.query_one("#sizes", Field).value,
            sizes=self.read_field("sizes", read_sizes),
        )


def read_sizes(typed: str) -> tuple[str, ...]:
    """Return the sizes between commas.

    >>> read_sizes("S, M,  L, ")
    ('S', 'M', 'L')

    Raises:
        BadInput: one of them cannot be a name.
    """
    parts = (part.strip() for part in typed.split(","))
    return tuple(dict.fromkeys(clean_name(part, what="size") for part in parts if part))
