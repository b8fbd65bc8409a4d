"""A field for one of a few names: typed by its first letters, or gone through with ↑ and ↓."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from payforward.core.matching import find_by_letters
from payforward.core.text import MAX_NAME, shown
from screens.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class PickField(Field):
    """A field whose text names one of a few things; beside it stands which of how many that is.

    Args:
        label: The field's name.
        names: What there is, at least one.
        value: What stands in it at first; the first name if nothing is said.
        dense: Whether no line parts it from the next one.
        id: Its id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "pick(-1)", "The one before", show=False),
        Binding("down", "pick(1)", "The next one", show=False),
    ]
    DEFAULT_CSS = """
    PickField {
        .-place {
            width: auto;
            padding-left: 1;
            color: $text-muted;
        }
    }
    """

    def __init__(
        self,
        label: str,
        names: Sequence[str],
        value: str | None = None,
        *,
        dense: bool = False,
        id: str | None = None,  # noqa: A002 - as widgets call it
    ) -> None:
        self._names = tuple(shown(name) for name in names)
        super().__init__(
            label,
            self._names[0] if value is None else value,
            placeholder="a letter or two, or ↓",
            max_length=2 * MAX_NAME,
            suggester=SuggestFromList(self._names, case_sensitive=False),
            dense=dense,
            id=id,
        )
        self._place = Static("", classes="-place", markup=False)
        self._picked = 0

    def _compose_line(self) -> ComposeResult:
        yield from super()._compose_line()
        self._place.display = len(self._names) > 1
        yield self._place

    def on_mount(self) -> None:
        """Say which one stands there at first."""
        self._say_place()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say which one was typed."""
        super().on_input_changed(message)
        self._say_place()

    @property
    def chosen(self) -> int | None:
        """Which of the names is meant, None for none of them."""
        typed = self.value
        if typed == self._names[self._picked]:  # of two alike, the one that was gone to
            return self._picked
        places = find_by_letters(typed, self._names)
        return places[0] if places else None

    def action_pick(self, steps: int) -> None:
        """Put the next name into it, or the one before."""
        at = self.chosen
        if at is None:
            at = -1 if steps > 0 else len(self._names)
        self._picked = (at + steps) % len(self._names)
        self.value = self._names[self._picked]
        # Whoever would rather type need not clear it first.
        self._input.select_all()
        self._say_place()

    def _say_place(self) -> None:
        which = "–" if self.chosen is None else self.chosen + 1
        self._place.update(Content(f"↑↓ {which}/{len(self._names)}"))
