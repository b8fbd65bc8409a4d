"""A ledger as a table for people and spreadsheets: an entry a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.output.csv_cells import BOM
from payforward.output.exports.rows import csv_rows
from payforward.output.exports.told import COLUMNS, teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.export_answers import Export


def texts(export: Export, *, continues: bool) -> Iterator[str]:  # noqa: ARG001 - as all forms
    """Yield the file bit by bit."""
    tell = teller(export)
    yield BOM
    yield from csv_rows(COLUMNS, (tuple(tell(entry).values()) for entry in export.entries()))
