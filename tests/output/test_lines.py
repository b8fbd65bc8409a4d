"""Lines of so many columns: nothing lost, nothing too wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from payforward.core.text import cell_width, shown
from payforward.output.lines import centre, even, spread, wrap

TEXT = st.text(max_size=120).map(shown)
COLUMNS = st.integers(8, 48)


@given(TEXT, COLUMNS)
def test_every_letter_is_on_a_line_that_fits(text: str, columns: int) -> None:
    for lines in (wrap(text, columns), even(text, columns)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(cell_width(line) <= columns for line in lines)
        assert all(line == line.strip() != "" for line in lines)


@given(TEXT, COLUMNS)
def test_even_lines_are_as_few_and_no_wider(text: str, columns: int) -> None:
    plain, evened = wrap(text, columns), even(text, columns)
    assert len(evened) == len(plain)
    assert max(map(cell_width, evened), default=0) <= max(map(cell_width, plain), default=0)


@given(TEXT, TEXT, st.integers(20, 48))
def test_both_columns_are_printed_whole(left: str, right: str, columns: int) -> None:
    lines = spread(left, right, columns)
    assert all(cell_width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == (left + right).replace(" ", "")
    if right:
        assert cell_width(lines[-1]) == columns


@given(TEXT, COLUMNS)
def test_the_middle_is_the_middle(text: str, columns: int) -> None:
    for line in wrap(text, columns):
        before = len(centre(line, columns)) - len(line)
        after = columns - before - cell_width(line)
        assert after - before in (0, 1)
