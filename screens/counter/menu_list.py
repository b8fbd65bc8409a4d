"""The menu at the counter: fixed places, what waits, the fund and the programs in sight."""

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

_PROGRAMS_SHARE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the menu, as text: made safe to show by whoever made it.

    ``key`` tells it from every other row.
    """

    key: int
    name: str
    waiting: str
    price: str
    age: str
    is_waiting: bool


class MenuList(Widget, can_focus=False):
    """The menu, one row an item; below it the fund, and one row a program.

    It draws a heading, as many of the menu's rows as there is room for, and at the bottom the
    fund with the programs. Menu and programs scroll each by itself. The highlighted row stays
    highlighted whatever else changes.
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
            key: The row's.
        """

        key: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._fund: Row | None = None
        self._programs: Sequence[Row] = ()
        self._highlighted: int | None = None
        self._top = 0
        self._first_program = 0

    @property
    def row_height(self) -> int:
        """How many lines a row takes: two for fingers."""
        return 2 if self.app.has_class("-touch") else 1

    @property
    def highlighted(self) -> int | None:
        """The key of the highlighted row."""
        return self._highlighted

    @property
    def _order(self) -> list[int]:
        fund = () if self._fund is None else (self._fund,)
        return [row.key for row in (*self._rows, *fund, *self._programs)]

    def show(self, rows: Sequence[Row], fund: Row | None, programs: Sequence[Row] = ()) -> None:
        """Show these rows; the highlight stays on its row, wherever that stands now."""
        self._rows, self._fund, self._programs = rows, fund, programs
        if self._highlighted not in self._order:
            self._highlighted = self._order[0] if self._order else None
        self._keep_in_view()
        self.refresh()

    def highlight(self, key: int) -> None:
        """Highlight a row and bring it into view."""
        if key in self._order:
            self._highlighted = key
            self._keep_in_view()
            self.refresh()

    def move(self, rows: int) -> None:
        """Move the highlight down by so many rows (up by a negative number)."""
        order = self._order
        if order and self._highlighted is not None:
            place = order.index(self._highlighted) + rows
            self.highlight(order[max(0, min(len(order) - 1, place))])

    @property
    def _lines(self) -> int:
        """How many rows fit below the heading, of whichever kind."""
        return max(2, (self.size.height - 1) // self.row_height)

    @property
    def _programs_room(self) -> int:
        """How many programs are shown: all where the menu leaves room, else a third of it."""
        spare = self._lines - 1 - len(self._rows)
        return min(len(self._programs), max(spare, self._lines // _PROGRAMS_SHARE))

    @property
    def _room(self) -> int:
        """How many rows fit between heading and fund."""
        return max(1, self._lines - 1 - self._programs_room)

    @property
    def _foot(self) -> int:
        """Where the fund's line is; the programs follow."""
        return self.size.height - (1 + self._programs_room) * self.row_height

    def _keep_in_view(self) -> None:
        self._top = _kept(self._top, self._rows, self._room, self._highlighted)
        self._first_program = _kept(
            self._first_program, self._programs, self._programs_room, self._highlighted
        )

    def on_resize(self) -> None:
        """Keep the highlighted row in view."""
        self._keep_in_view()

    def on_click(self, event: events.Click) -> None:
        """Tell which row was tapped."""
        row, _ = self._row_at(event.y)
        if row is not None:
            self.post_message(self.Tapped(row.key))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show later rows; the highlight stays."""
        self._scroll(3, event.y)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show earlier rows; the highlight stays."""
        self._scroll(-3, event.y)

    def _scroll(self, rows: int, y: int) -> None:
        if y > self._foot:
            most = len(self._programs) - self._programs_room
            self._first_program = max(0, min(self._first_program + rows, most))
        else:
            self._top = max(0, min(self._top + rows, len(self._rows) - self._room))
        self.refresh()

    def _row_at(self, y: int) -> tuple[Row | None, int]:
        """Return the row that is drawn in a line, and which of its lines that is."""
        below = y - self._foot
        if below >= 0:
            place, line = divmod(below, self.row_height)
            if place == 0:
                return self._fund, line
            # It may be drawn anew before it knows that it has become larger.
            last = len(self._programs) - self._programs_room
            place += min(self._first_program, last) - 1
            return (self._programs[place] if place < len(self._programs) else None), line
        place, line = divmod(y - 1, self.row_height)
        if 0 <= place < min(self._room, len(self._rows) - self._top):
            return self._rows[self._top + place], line
        return None, 0

    def render_line(self, y: int) -> Strip:
        """Draw one line, exactly as wide as the widget."""
        if y == 0:
            return self._strip(self._heading(), "menu-list--heading")
        row, line = self._row_at(y)
        if row is None:
            return self._strip("", "menu-list--row")
        text = self._text(row) if line == 0 else ""
        if row.key == self._highlighted:
            return self._strip(text, "menu-list--highlight")
        if row is self._fund:
            return self._strip(text, "menu-list--fund")
        return self._strip(text, "menu-list--row" if row.is_waiting else "menu-list--absent")

    def _heading(self) -> str:
        more = _hidden(self._top, len(self._rows), self._room)
        return self._columns("  ", "", "waiting", "price", more)

    def _text(self, row: Row) -> str:
        mark = "▌ " if row.key == self._highlighted else "  "
        more = row.age
        if row is self._fund:
            more = _hidden(self._first_program, len(self._programs), self._programs_room)
        return self._columns(mark, row.name, row.waiting, row.price, more)

    def _columns(self, mark: str, name: str, waiting: str, price: str, age: str) -> str:
        width = self.size.width
        age_cells = AGE_CELLS if width >= 56 else 0
        name_cells = width - 2 - WAITING_CELLS - PRICE_CELLS - age_cells
        return (
            mark
            + fit_name(name, max(0, name_cells))
            + _right(waiting, WAITING_CELLS)
            # Where there is no price, a count such as "1234 of 9999" has its room.
            + _right(price, WAITING_CELLS + PRICE_CELLS - max(WAITING_CELLS, cell_width(waiting)))
            + (f"   {age}" if age_cells else "")
        )

    def _strip(self, text: str, component: str) -> Strip:
        style = self.get_component_rich_style(component)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)


def _right(text: str, cells: int) -> str:
    return " " * max(0, cells - cell_width(text)) + text


def _kept(first: int, rows: Sequence[Row], room: int, highlighted: int | None) -> int:
    """Return which row is drawn first, so that the highlighted one is in view."""
    keys = [row.key for row in rows]
    if highlighted in keys:
        place = keys.index(highlighted)
        first = max(min(first, place), place - room + 1)
    return max(0, min(first, len(rows) - room))


def _hidden(first: int, rows: int, room: int) -> str:
    """Return how many rows are above and below those that are drawn, in a word."""
    below = max(0, rows - first - room)
    if first > 0:
        return f"↑ {first} ↓ {below}"
    return f"↓ {below} more" if below else ""
