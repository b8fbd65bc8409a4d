"""A ledger as journals of QuickBooks Online: one a day, days as ``06/30/2026``.

Rows of one number are one journal; of debit and credit one stays empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.output.exports.amounts import decimals
from payforward.output.exports.journal import days
from payforward.output.exports.naming import QUICKBOOKS, line_told, own_name
from payforward.output.exports.rows import Number, csv_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.export_answers import Export
    from payforward.output.exports.rows import Cell

COLUMNS: Final = (
    "JournalNo",
    "JournalDate",
    "AccountName",
    "Debits",
    "Credits",
    "Description",
    "Name",
    "Location",
    "Class",
)


def texts(export: Export, *, continues: bool) -> Iterator[str]:  # noqa: ARG001 - as all forms
    """Yield the file bit by bit; nothing is opened, the books are there."""
    return csv_rows(COLUMNS, _rows(export))


def _rows(export: Export) -> Iterator[tuple[Cell, ...]]:
    text = decimals(export.shop.currency)
    for journal in days(export):
        number, day = f"PF-{journal.day:%Y%m%d}", f"{journal.day:%m/%d/%Y}"
        for (what, program, account), minor in journal.lines.items():
            name = own_name(export, account, QUICKBOOKS)
            debit = Number(text(minor)) if minor > 0 else None
            credit = Number(text(-minor)) if minor < 0 else None
            about = line_told(export, what, program)
            yield number, day, name, debit, credit, about, None, None, None
