"""A table whose columns fit its width: it draws only the rows in sight, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from payforward.core.text import cell_width, fit
from screens.widgets.columns import GAP, Column, Layout, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

CURSOR_MARK = "▌ "
_NO_MARK = "  "
_HEADER_HEIGHT = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        key: What the row is about; it comes back in messages, and keeps the cursor on it.
        cells: A text for each column, made safe where it is drawn.
        dim: Whether it stands back; say why in a cell too.
    """

    key: int
    cells: tuple[str, ...]
    dim: bool = False


class Table(ScrollView, can_focus=True):
    """Rows under a heading, of which one is marked.

    Args:
        columns: The columns from left to right.
        empty: The sentence that stands there while there are no rows.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--heading",
        "table--cursor",
        "table--dim",
        "table--empty",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "move(-1_000_000)", "First", show=False),
        Binding("end", "move(1_000_000)", "Last", show=False),
    ]
    DEFAULT_CSS = """
    Table {
        height: 1fr;
        background: $background;
        color: $foreground;
        overflow: hidden auto;
        scrollbar-size-vertical: 1;

        & > .table--heading {
            color: $text-muted;
            background: $background;
        }

        & > .table--cursor {
            background: $panel;
            text-style: bold;
        }

        & > .table--dim {
            color: $text-muted;
            background: $background;
        }

        & > .table--empty {
            color: $text-muted;
            background: $background;
        }

        &:focus > .table--cursor {
            background: $primary 25%;
            text-style: $block-cursor-text-style;
        }
    }
    """

    cursor: var[int] = var(0)

    @dataclass
    class Chosen(Message):
        """Somebody clicked or tapped the row that was marked already.

        Args:
            key: The row's key.
        """

        key: int

    def __init__(self, columns: Sequence[Column], *, empty: str) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._empty = empty
        self._rows: tuple[Row, ...] = ()
        self._layout: tuple[int, Layout] | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self._rows

    @property
    def marked(self) -> int | None:
        """The key of the marked row, or None where there are no rows."""
        return self._rows[self.cursor].key if self._rows else None

    def show(
        self,
        rows: Sequence[Row],
        *,
        empty: str | None = None,
        columns: Sequence[Column] | None = None,
    ) -> None:
        """Show other rows; the cursor stays on the key it was on, or near its place.

        Args:
            rows: The rows from the top.
            empty: Another sentence for no rows at all.
            columns: Other columns, where the rows have cells for them.
        """
        self._columns = self._columns if columns is None else tuple(columns)
        marked = self.marked
        self._rows = tuple(rows)
        self._empty = self._empty if empty is None else empty
        keys = [row.key for row in self._rows]
        last = max(len(keys) - 1, 0)
        self.cursor = keys.index(marked) if marked in keys else min(self.cursor, last)
        self._measure()

    def mark(self, key: int) -> None:
        """Put the cursor on the row of a key, where there is one."""
        for index, row in enumerate(self._rows):
            if row.key == key:
                self.cursor = index

    def watch_cursor(self) -> None:
        """Keep the marked row in sight."""
        self._scroll_to_cursor()
        self.refresh()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self._measure()

    def notify_style_update(self) -> None:
        """Measure again: another look may have other row heights."""
        super().notify_style_update()
        self._measure()

    def on_click(self, event: events.Click) -> None:
        """Mark the row, or choose it where it is marked."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < _HEADER_HEIGHT:
            return
        index = (offset.y - _HEADER_HEIGHT + self.scroll_offset.y) // self._row_height
        if index >= len(self._rows):
            return
        if index == self.cursor:
            self.post_message(self.Chosen(self._rows[index].key))
        else:
            self.cursor = index

    def action_move(self, steps: int) -> None:
        """Move the cursor by some rows, as far as there are any."""
        self.cursor = max(0, min(self.cursor + steps, len(self._rows) - 1))

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        in_sight = (self.size.height - _HEADER_HEIGHT) // self._row_height
        self.action_move(pages * max(in_sight, 1))

    def render_line(self, y: int) -> Strip:
        """Return a line of what is in sight."""
        width = self.scrollable_content_region.width
        if y < _HEADER_HEIGHT:
            heading = [column.title if self._rows else "" for column in self._columns]
            return self._strip(_NO_MARK, heading, self._style("table--heading"), width)
        if not self._rows:
            lines = ["", "", *wrap(self._empty, max(width, 2))]
            style = self._style("table--empty")
            said = fit(lines[y] if y < len(lines) else "", width)
            return Strip([Segment(said, style)]).adjust_cell_length(width, style)
        index, inner = divmod(y - _HEADER_HEIGHT + self.scroll_offset.y, self._row_height)
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[index]
        here = index == self.cursor
        style = self._style("table--cursor" if here else "table--dim" if row.dim else "")
        cells = row.cells if inner == 0 else ("",) * len(row.cells)
        return self._strip(CURSOR_MARK if here else _NO_MARK, cells, style, width)

    @property
    def _row_height(self) -> int:
        return 2 if self.app.has_class("-touch") else 1

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component) if component else self.rich_style

    def _strip(self, mark: str, cells: Sequence[str], style: Style, width: int) -> Strip:
        """Return a row; a text goes on over the empty cells to its right."""
        parts: list[str] = []
        laid_out = list(self._laid_out(width))
        while laid_out:
            column, wide = laid_out.pop(0)
            is_right = self._columns[column].right
            while laid_out and not is_right and cells[column] and not cells[laid_out[0][0]]:
                wide += GAP + laid_out.pop(0)[1]
            parts.append(_aligned(cells[column], wide, is_right))
        line = mark + (" " * GAP).join(parts)
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)

    def _laid_out(self, width: int) -> Layout:
        """Return the columns for a width, worked out once: a scrollbar may come and go."""
        if self._layout is None or self._layout[0] != width:
            texts = [row.cells for row in self._rows]
            self._layout = width, lay_out(self._columns, texts, width - cell_width(CURSOR_MARK))
        return self._layout[1]

    def _measure(self) -> None:
        if not self.is_mounted:
            return
        self._layout = None
        height = _HEADER_HEIGHT + len(self._rows) * self._row_height
        self.virtual_size = Size(self.size.width, height)
        self._scroll_to_cursor()
        self.refresh()

    def _scroll_to_cursor(self) -> None:
        if not self.is_mounted:
            return
        height = self._row_height
        region = Region(0, _HEADER_HEIGHT + self.cursor * height, 1, height)
        spacing = Spacing(top=_HEADER_HEIGHT)
        self.scroll_to_region(region, spacing=spacing, animate=False, force=True)


def _aligned(text: str, width: int, right: bool) -> str:
    """Return a cell of exactly ``width`` cells."""
    fitted = fit(text, width)
    return " " * (width - cell_width(fitted.rstrip())) + fitted.rstrip() if right else fitted
