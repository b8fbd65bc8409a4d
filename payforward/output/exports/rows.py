"""Rows of CSV, one at a time: UTF-8, comma, CR LF (RFC 4180); what people typed is made inert."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from payforward.output.csv_cells import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Number(str):
    """A number that is written already: it is no text, so that its minus stays."""

    __slots__ = ()


Cell = str | int | None


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield lines, the header first; the header's own words stay as a form wants them.

    Args:
        header: The columns' names.
        rows: Texts, `Number` and whole numbers; None for an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    yield text.getvalue()
    for row in rows:
        text.seek(0)
        text.truncate()
        writer.writerow([_cell(cell) for cell in row])
        yield text.getvalue()


def _cell(cell: Cell) -> Cell:
    return inert(cell) if isinstance(cell, str) and not isinstance(cell, Number) else cell
