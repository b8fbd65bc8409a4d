"""Cells of tables: a spreadsheet shows them and runs none."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.output.csv_cells import csv_bytes, inert

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =HYPERLINK(1)",
    " \t +cmd|' /C calc'!A0",
    "\u3000=1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＠SUM",
    "−1".replace("−", "－"),
)


def rows(data: bytes) -> list[list[str]]:
    """Return a table as Python's reader reads it, which had no part in the writing of marks."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert inert(text).startswith("'")
    assert not inert(text).startswith(" ")


@pytest.mark.parametrize("text", ["Coat", "M-L", "3+4", "a@b", "'quoted'", "", "12", "Größe 42"])
def test_other_words_stay(text: str) -> None:
    assert inert(text) == text


@given(st.text(max_size=40))
def test_whatever_is_typed_is_one_inert_line(text: str) -> None:
    cell = inert(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert len(cell.splitlines()) <= 1
    assert inert(cell) == cell


@given(st.lists(st.text(max_size=20), min_size=2, max_size=2))
def test_a_table_has_a_line_a_row_and_its_own_cells(cells: list[str]) -> None:
    data = csv_bytes(("a", "b", "count"), [(*cells, -3)])
    assert data.startswith(b"\xef\xbb\xbfa,b,count\r\n")
    assert data.count(b"\r\n") == 2
    assert rows(data) == [["a", "b", "count"], [*map(inert, cells), "-3"]]
