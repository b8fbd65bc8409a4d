"""From the text of a CSV file to its records, each with the line where it begins."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from payforward.core.menus.model import SkippedRow, not_a_menu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Recognised = TypeVar("Recognised")

MAX_ROWS = 20_000
"""The most rows that are read from one file."""

_DELIMITERS = (",", ";", "\t")
# A record of more lines than this is a quote that nobody closed.
_MAX_LINES_OF_RECORD = 500
_NUMBER = re.compile(r"\W*[0-9][0-9.,]*\W*")
_BAD_QUOTES = "its quotation marks do not match"
_TOO_MANY_CELLS = "more cells than the first line has names: text with commas needs quotes"


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its cells by the names of their columns, in lower case.

    Args:
        line: The line of the file where it begins; the first is 1.
        cells: What stands in it, stripped; a missing cell is empty.
    """

    line: int
    cells: dict[str, str]

    def get(self, *columns: str) -> str:
        """Return the first cell of these columns that is not empty."""
        return next((found for column in columns if (found := self.cells.get(column))), "")


@dataclass(slots=True)
class Table:
    """A CSV file.

    Args:
        columns: The names in its first line, in lower case.
        written: The same names as they are written.
        records: Its rows, without empty ones.
        broken: The rows that are not CSV.
        notes: Sentences on choices that are made for the whole file.
    """

    columns: list[str]
    written: list[str]
    records: list[Record] = field(default_factory=list)
    broken: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_table(
    text: str, recognise: Callable[[list[str]], Recognised | None]
) -> tuple[Table, Recognised]:
    """Return a CSV file, its cells parted by commas, semicolons or tabs, and whose form it has.

    A row whose quotes do not match is reported and costs only its own line: reading goes on
    with the next line, so that no quote can swallow what follows it.

    Args:
        text: The file's text, with any line ends.
        recognise: Tells whose column names (in lower case) these are, None for nobody's.

    Raises:
        BadInput: the first line is not a menu's, or there are more than `MAX_ROWS` rows.
    """
    lines = list(io.StringIO(text, newline=""))
    start, named = _first_line(lines)
    for delimiter in [named] if named else _DELIMITERS:
        written, after = _header(lines, start, delimiter)
        table = Table([name.casefold() for name in written], written)
        recognised = recognise(table.columns)
        if recognised is not None:
            _fill(table, lines, after, delimiter)
            return table, recognised
    raise not_a_menu(
        "The first line does not name a menu's columns: "
        "it needs at least name and price, such as name,price."
    )


def _first_line(lines: list[str]) -> tuple[int, str]:
    """Return where the header is, and the delimiter that Excel's ``sep=`` line names."""
    start = next(index for index, line in enumerate(lines) if line.strip())
    named = re.fullmatch(r"sep=(.)", lines[start].strip("\r\n"), re.IGNORECASE)
    return (start + 1, str(named[1])) if named else (start, "")


def _header(lines: list[str], start: int, delimiter: str) -> tuple[list[str], int]:
    """Return the names of the columns, and the line after them."""
    try:
        cells, after = _record(lines, start, delimiter)
    except (csv.Error, StopIteration):
        return [], start
    return [" ".join(cell.split()) for cell in cells], after


def _fill(table: Table, lines: list[str], start: int, delimiter: str) -> None:
    """Read the rows below the header."""
    columns = table.columns
    for line, cells in _rows(lines, start, delimiter, len(columns)):
        if len(table.records) + len(table.broken) >= MAX_ROWS:
            raise not_a_menu(f"The file has more than {MAX_ROWS:,} rows: export the menu alone.")
        filled = [cell.strip() for cell in cells or []]
        if cells is None:
            table.broken.append(SkippedRow(line, "", _BAD_QUOTES))
        elif any(filled[len(columns) :]):
            table.broken.append(SkippedRow(line, "", _TOO_MANY_CELLS))
        elif any(filled):
            pairs = list(zip(columns, filled, strict=False))
            # Of two columns with one name the first counts.
            table.records.append(Record(line, dict(reversed(pairs))))


def _rows(
    lines: list[str], start: int, delimiter: str, width: int
) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each row's line number (from 1) and cells, None where its quotes do not match."""
    while start < len(lines):
        try:
            cells, after = _record(lines, start, delimiter)
        except csv.Error:
            cells, after = [], start
        if after == start or any(_swallowed_rows(cell, delimiter, width) for cell in cells):
            yield start + 1, None
            start += 1
        else:
            yield start + 1, cells
            start = after


def _record(lines: list[str], start: int, delimiter: str) -> tuple[list[str], int]:
    """Return the cells of the record that begins on a line, and the line after it."""
    reader = csv.reader(
        islice(lines, start, start + _MAX_LINES_OF_RECORD),
        delimiter=delimiter,
        strict=True,
        skipinitialspace=True,
    )
    return next(reader), start + reader.line_num


def _swallowed_rows(cell: str, delimiter: str, width: int) -> bool:
    """Tell whether a cell of several lines holds what looks like another row."""
    inside = (line.split(delimiter) for line in re.split(r"\r\n|\r|\n", cell)[1:-1])
    return any(
        len(pieces) >= max(width, 2) and any(_NUMBER.fullmatch(piece) for piece in pieces)
        for pieces in inside
    )
