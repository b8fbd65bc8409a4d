"""Cells of CSV files that a spreadsheet shows and never runs.

What begins with one of a few signs is a formula to Excel, LibreOffice and Google Sheets, and may
fetch a page or start a program (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from payforward.core.text import plain_forms, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it Excel reads UTF-8 as the machine's old code page: Café becomes CafÃ©."""

_FORMULA: Final = ("=", "+", "-", "@")
_INERT: Final = "'"


def inert(text: str) -> str:
    r"""Return what somebody typed as one line that no spreadsheet takes for a formula.

    An apostrophe before it is what spreadsheets themselves put before such text. Full-width signs
    count as well: some spreadsheets read them as the plain ones.

    >>> inert("=1+1"), inert("  @sum"), inert("Coat\r\nM"), inert("M-L")
    ("'=1+1", "'@sum", 'Coat M', 'M-L')
    """
    line = shown(text)
    return f"{_INERT}{line}" if plain_forms(line).lstrip().startswith(_FORMULA) else line


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return rows as CSV: UTF-8 with `BOM`, comma, CR LF (RFC 4180); texts are made `inert`.

    Args:
        header: The columns' names.
        rows: Texts and whole numbers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    return f"{BOM}{text.getvalue()}".encode()
