"""The table, the choice and the bar of keys, by themselves."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import Horizontal

from payforward.core.text import cell_width
from screens.widgets.choice import Choice
from screens.widgets.columns import GAP, Column, lay_out
from screens.widgets.key_bar import Hint, KeyBar, KeyHint
from screens.widgets.table import Row, Table
from tests.screens.stage import HOSTILE

COLUMNS = (
    Column("Name", 6, 20),
    Column("Price", 5, 9, right=True),
    Column("Note", 4, 9, leaves=1),
    Column("Far", 4, 9, leaves=2),
)


class OneTable(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield Table(COLUMNS, empty="Nothing here.")

    def on_table_chosen(self, message: Table.Chosen) -> None:
        self.chosen.append(message.key)


def lines(app: App[None]) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


def some_rows(count: int) -> list[Row]:
    return [Row(100 + n, (f"Item {n}", f"€{n}.00", "n", "f")) for n in range(count)]


@pytest.mark.parametrize("room", [1, 8, 13, 20, 40, 200])
def test_columns_never_take_more_than_their_least_needs(room: int) -> None:
    rows = [("Cappuccino and more words", "€3.50", "warm", "away")]
    layout = lay_out(COLUMNS, rows, room)
    taken = sum(width for _, width in layout) + GAP * (len(layout) - 1)
    assert layout[0][0] == 0
    assert taken <= max(room, 6 + GAP + 5)


async def test_the_cursor_stays_on_its_key_when_rows_come_before_it() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        table.show(some_rows(5))
        table.focus()
        await pilot.press("down", "down")
        assert table.marked == 102
        table.show([Row(1, ("New", "", "", "")), *some_rows(5)])
        assert table.marked == 102
        table.show(some_rows(2))
        assert table.marked == 101
        table.show([])
        assert not table.rows
        await pilot.press("down", "up", "end", "pagedown")
        assert table.cursor == 0


async def test_the_marked_row_is_always_in_sight_below_the_heading() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        table.show(some_rows(30))
        table.focus()
        for keys in (["down"] * 29, ["up"] * 29, ["pagedown"] * 2, ["pageup"], ["end"], ["home"]):
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                marked = [line for line in lines(app) if line.startswith("▌")]
                assert len(marked) == 1
                assert f"Item {table.cursor} " in marked[0]
                assert lines(app)[0].strip().startswith("Name")


async def test_rows_are_whole_in_cells_whatever_stands_in_them() -> None:
    app = OneTable()
    async with app.run_test(size=(33, 12)) as pilot:
        table = app.query_one(Table)
        table.show([Row(n, (text, text, text, text)) for n, text in enumerate(HOSTILE)])
        await pilot.pause()
        for line in lines(app):
            assert cell_len(line) == cell_width(line) == 33
            assert not set("\x1b\x07\u202e\u2066") & set(line)


async def test_a_click_marks_and_a_second_one_chooses() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 10)) as pilot:
        app.query_one(Table).show(some_rows(30))
        await pilot.pause()
        await pilot.click(Table, offset=(3, 0))  # the heading is no row
        await pilot.click(Table, offset=(3, 3))
        assert app.chosen == []
        await pilot.click(Table, offset=(3, 3))
        assert app.chosen == [102]
        app.query_one(Table).show(some_rows(1))
        await pilot.click(Table, offset=(3, 8))  # below the last row
        assert app.chosen == [102]


async def test_touch_makes_rows_two_lines_high() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(Table)
        table.show(some_rows(9))
        app.add_class("-touch")
        await pilot.pause()
        assert table.virtual_size.height == 1 + 9 * 2
        await pilot.click(Table, offset=(3, 6))
        assert table.marked == 102
        await pilot.press("end")
        await pilot.pause()
        assert "Item 8" in "".join(lines(app))


class OneChoice(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.changes: list[int] = []

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Choice(["cash", "card", "other"], chosen=1)

    def on_choice_changed(self, message: Choice.Changed) -> None:
        self.changes.append(message.chosen)


async def test_a_choice_by_keys_and_mouse() -> None:
    app = OneChoice()
    async with app.run_test(size=(60, 5)) as pilot:
        choice = app.query_one(Choice)
        choice.focus()
        await pilot.pause()
        assert "( ) cash  (•) card  ( ) other" in lines(app)[0]
        assert app.changes == []
        await pilot.press("right", "right", "left", "space")  # Space changes nothing
        assert app.changes == [2, 0, 2]
        await pilot.click(Choice, offset=(13, 0))
        assert choice.chosen == 1
        await pilot.click(Choice, offset=(50, 0))
        assert choice.chosen == 1


class OneBar(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield KeyBar(
            [Hint("Esc", "Back", "back"), Hint("A", "Add", "add"), Hint("Z", "Zoo", "zoo")]
        )

    def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        self.done.append(message.action)


async def test_keys_that_do_not_fit_leave_from_the_end_and_come_back() -> None:
    app = OneBar()
    async with app.run_test(size=(40, 3)) as pilot:
        for width, shown in ((40, 3), (18, 2), (10, 1), (60, 3)):
            await pilot.resize_terminal(width, 3)
            await pilot.pause()
            assert sum(key.display for key in app.query(KeyHint)) == shown, width
        await pilot.click(list(app.query(KeyHint))[1])
        assert app.done == ["add"]


async def test_a_scrollbar_covers_no_cell() -> None:
    app = OneTable()
    async with app.run_test(size=(26, 6)) as pilot:
        table = app.query_one(Table)
        table.show([Row(n, ("Item", "€1.00", "n", "far away")) for n in range(20)])
        await pilot.pause()
        assert table.show_vertical_scrollbar
        room = table.scrollable_content_region.width
        assert room < table.size.width
        assert table.render_line(1).cell_length == room
        assert table.render_line(1).text.endswith("far…")


async def test_keys_go_on_a_second_line_where_they_may() -> None:
    hints = [Hint(key, "Word", f"do_{key}") for key in "ABCDEFG"]

    class TwoLines(App[None]):
        def __init__(self) -> None:
            super().__init__()
            self.done: list[str] = []

        def compose(self) -> ComposeResult:
            yield KeyBar(hints, lines=2)

        def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
            self.done.append(message.action)

    app = TwoLines()
    async with app.run_test(size=(80, 4)) as pilot:
        for width, height, shown in ((80, 1, 7), (40, 2, 7), (20, 2, 4), (80, 1, 7), (40, 2, 7)):
            await pilot.resize_terminal(width, 4)
            await pilot.pause()
            assert app.query_one(KeyBar).size.height == height, width
            assert sum(key.display for key in app.query(KeyHint)) == shown, width
        assert lines(app)[-2:] == [
            " A Word  B Word  C Word  D Word  E Word ",
            " F Word  G Word                         ",
        ]
        await pilot.click(list(app.query(KeyHint))[5])
        assert app.done == ["do_F"]
