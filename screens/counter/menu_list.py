"""The menu at the counter: fixed places, what waits, the fund always in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from payforward.core.text import cell_width, fit_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

WAITING_CELLS = 8
PRICE_CELLS = 11
AGE_CELLS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the menu, as text: made safe to show by whoever made it."""

    item: int
    name: str
    waiting: str
    price: str
    age: str
    is_waiting: bool


class MenuList(Widget, can_focus=False):
    """The menu, one row an item, and below it the fund.

    It draws a heading, as many rows as there is room for, and the fund in its last line. The
    highlighted row keeps its item whatever else changes.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "menu-list--heading",
        "menu-list--row",
        "menu-list--absent",
        "menu-list--highlight",
        "menu-list--fund",
    }

    @dataclass
    class Tapped(Message):
        """A row was tapped.

        Args:
            item: The id of its item.
        """

        item: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._fund: Row | None = None
        self._highlighted: int | None = None
        self._top = 0

    @property
    def row_height(self) -> int:
        """How many lines a row takes: two for fingers."""
        return 2 if self.app.has_class("-touch") else 1

    @property
    def highlighted(self) -> int | None:
        """The id of the highlighted row's item."""
        return self._highlighted

    @property
    def _order(self) -> list[int]:
        rows = [row.item for row in self._rows]
        return rows if self._fund is None else [*rows, self._fund.item]

    def show(self, rows: Sequence[Row], fund: Row | None) -> None:
        """Show these rows; the highlight stays on its item, wherever that stands now."""
        self._rows, self._fund = rows, fund
        if self._highlighted not in self._order:
            self._highlighted = self._order[0] if self._order else None
        self._keep_in_view()
        self.refresh()

    def highlight(self, item: int) -> None:
        """Highlight an item's row and bring it into view."""
        if item in self._order:
            self._highlighted = item
            self._keep_in_view()
            self.refresh()

    def move(self, rows: int) -> None:
        """Move the highlight down by so many rows (up by a negative number)."""
        order = self._order
        if order and self._highlighted is not None:
            place = order.index(self._highlighted) + rows
            self.highlight(order[max(0, min(len(order) - 1, place))])

    @property
    def _room(self) -> int:
        """How many rows fit between heading and fund."""
        return max(1, (self.size.height - 1 - self.row_height) // self.row_height)

    def _keep_in_view(self) -> None:
        places = [row.item for row in self._rows]
        if self._highlighted in places:
            place = places.index(self._highlighted)
            self._top = min(self._top, place)
            self._top = max(self._top, place - self._room + 1)
        self._top = max(0, min(self._top, len(places) - self._room))

    def on_resize(self) -> None:
        """Keep the highlighted row in view."""
        self._keep_in_view()

    def on_click(self, event: events.Click) -> None:
        """Tell which row was tapped."""
        row = self._row_at(event.y)
        if row is not None:
            self.post_message(self.Tapped(row.item))

    def on_mouse_scroll_down(self) -> None:
        """Show later rows; the highlight stays."""
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """Show earlier rows; the highlight stays."""
        self._scroll(-3)

    def _scroll(self, rows: int) -> None:
        self._top = max(0, min(self._top + rows, len(self._rows) - self._room))
        self.refresh()

    def _row_at(self, y: int) -> Row | None:
        if y >= self.size.height - self.row_height:
            return self._fund
        place = self._top + (y - 1) // self.row_height
        if 1 <= y <= self._room * self.row_height and place < len(self._rows):
            return self._rows[place]
        return None

    def render_line(self, y: int) -> Strip:
        """Draw one line, exactly as wide as the widget."""
        if y == 0:
            return self._strip(self._heading(), "menu-list--heading")
        row = self._row_at(y)
        if row is None:
            return self._strip("", "menu-list--row")
        first_line = y - 1 if row is not self._fund else y - (self.size.height - self.row_height)
        text = self._text(row) if first_line % self.row_height == 0 else ""
        if row.item == self._highlighted:
            return self._strip(text, "menu-list--highlight")
        if row is self._fund:
            return self._strip(text, "menu-list--fund")
        return self._strip(text, "menu-list--row" if row.is_waiting else "menu-list--absent")

    def _heading(self) -> str:
        hidden = len(self._rows) - self._top - self._room
        more = f"↓ {hidden} more" if hidden > 0 else ""
        if self._top > 0:
            more = f"↑ {self._top} ↓ {max(0, hidden)}"
        return self._columns("  ", "", "waiting", "price", more)

    def _text(self, row: Row) -> str:
        mark = "▌ " if row.item == self._highlighted else "  "
        return self._columns(mark, row.name, row.waiting, row.price, row.age)

    def _columns(self, mark: str, name: str, waiting: str, price: str, age: str) -> str:
        width = self.size.width
        age_cells = AGE_CELLS if width >= 56 else 0
        name_cells = width - 2 - WAITING_CELLS - PRICE_CELLS - age_cells
        return (
            mark
            + fit_name(name, max(0, name_cells))
            + _right(waiting, WAITING_CELLS)
            + _right(price, PRICE_CELLS)
            + (f"   {age}" if age_cells else "")
        )

    def _strip(self, text: str, component: str) -> Strip:
        style = self.get_component_rich_style(component)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)


def _right(text: str, cells: int) -> str:
    return " " * max(0, cells - cell_width(text)) + text
