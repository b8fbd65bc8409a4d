"""A ledger as Xero's manual journals: one a day, debits above 0.

The columns are those of Xero's template. Rows of one narration and date are one journal; a day is
written as ``30 Jun 2026``, which every region reads alike
(https://help.xero.com/nz/ManualJournalsImport).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.accounts import Role
from payforward.core.days import MONTHS
from payforward.output.exports.amounts import decimals
from payforward.output.exports.journal import days
from payforward.output.exports.naming import XERO, line_told, own_name
from payforward.output.exports.postings import Account
from payforward.output.exports.rows import Number, csv_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from payforward.core.export_answers import Export
    from payforward.output.exports.rows import Cell

COLUMNS: Final = (
    "*Narration",
    "*Date",
    "Description",
    "*AccountCode",
    "*TaxRate",
    "*Amount",
    "TrackingName1",
    "TrackingOption1",
    "TrackingName2",
    "TrackingOption2",
)


def texts(export: Export, *, continues: bool) -> Iterator[str]:  # noqa: ARG001 - as all forms
    """Yield the file bit by bit; nothing is opened, the books are there."""
    return csv_rows(COLUMNS, _rows(export))


def _rows(export: Export) -> Iterator[tuple[Cell, ...]]:
    text = decimals(export.shop.currency)
    tax = own_name(export, Account(Role.XERO_TAX), XERO)
    for journal in days(export):
        named, day = f"Pay it forward {journal.day}", _day(journal.day)
        for (what, program, account), minor in journal.lines.items():
            code = own_name(export, account, XERO)
            about = line_told(export, what, program)
            yield named, day, about, code, tax, Number(text(minor)), *[None] * 4


def _day(day: date) -> str:
    # Not the machine's language: months are written as Xero knows them.
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
