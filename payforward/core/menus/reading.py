"""A menu's file read whole: what can be imported, what cannot, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from payforward.core.errors import BadInput
from payforward.core.menus.decoding import decode
from payforward.core.menus.forms import form_of
from payforward.core.menus.model import Menu, MenuRow, SkippedRow
from payforward.core.menus.table import read_table
from payforward.core.money import parse_money
from payforward.core.text import MAX_NAME, clean_line, shown

if TYPE_CHECKING:
    from payforward.core.currencies import Currency
    from payforward.core.menus.model import Candidate
    from payforward.core.money import Money

# What tills call the variation of an item that has only one.
_ONLY_VARIATION = frozenset(("", "regular", "default title"))
_NO_FIXED_PRICE = frozenset(("", "variable"))
_NO_DECIMALS_WRITTEN = re.compile(r"([0-9]+)\.0{1,2}")
_SPOILT_BARCODE = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_SPOILT_NOTE = (
    "Barcodes that a spreadsheet had turned into powers of ten, such as 4.00639E+12, were left out."
)


def parse_menu(data: bytes, currency: Currency) -> Menu:
    """Return the menu in a file that a till exported, or that somebody wrote.

    Rows that cannot be used are reported with their line and a reason, and cost nothing else.
    An item is called as it is in every till's form of one menu: its name and its variation,
    but for the variation "Regular" or "Default Title", which says that there is no other.

    Args:
        data: The file's bytes.
        currency: The ledger's, in which the prices are read.

    Raises:
        BadInput: it is not a menu (reason ``not-a-menu``); the sentence says what to do.
    """
    text, notes = decode(data)
    table, form = read_table(text, form_of)
    table.notes.extend(notes)
    judged = _Judged(currency, table.notes)
    for candidate in form.candidates(table):
        judged.add(candidate)
    skipped = sorted([*table.broken, *judged.skipped], key=lambda row: row.line)
    return Menu(form.kind, judged.rows, skipped, table.notes)


@dataclass
class _Judged:
    """The rows so far.

    Args:
        currency: The ledger's.
        notes: Sentences on the whole file.
    """

    currency: Currency
    notes: list[str]
    rows: list[MenuRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    line_of_name: dict[str, int] = field(default_factory=dict)

    def add(self, candidate: Candidate) -> None:
        """Add a candidate to the rows, or to the skipped ones with its reason."""
        name = _full_name(candidate)
        reason = _refusal(candidate, name)
        price: Money | None = None
        if reason is None:
            price, reason = self._price(candidate.price)
        first = self.line_of_name.get(name.casefold())
        if reason is None and first is not None:
            reason = f"the same name as line {first}"
        if price is None or reason is not None:
            self.skipped.append(
                SkippedRow(candidate.line, clean_line(name, max_length=MAX_NAME), reason or "")
            )
            return
        self.line_of_name[name.casefold()] = candidate.line
        self.rows.append(
            MenuRow(
                line=candidate.line,
                name=name,
                category=clean_line(candidate.category, max_length=MAX_NAME) or None,
                price=price,
                sku=_number(candidate.sku),
                barcode=self._barcode(candidate.barcode),
                tax_rate=candidate.tax_rate,
                giftable=candidate.giftable,
            )
        )

    def _price(self, written: str) -> tuple[Money | None, str | None]:
        """Return a price, or why it is none."""
        whole = _NO_DECIMALS_WRITTEN.fullmatch(written)
        if whole and not self.currency.exponent:
            written = whole[1]  # some tills write 350.00 for 350 yen
        try:
            price = parse_money(written, self.currency, allow_zero=True)
        except BadInput as refused:
            return None, refused.message.removesuffix(".")
        return price, None if price.minor else "costs nothing, so it cannot be a gift"

    def _barcode(self, written: str) -> str | None:
        """Return a barcode, unless a spreadsheet spoilt it."""
        if not _SPOILT_BARCODE.fullmatch(written):
            return _number(written)
        if _SPOILT_NOTE not in self.notes:
            self.notes.append(_SPOILT_NOTE)
        return None


def _full_name(candidate: Candidate) -> str:
    """Return the item's name with its variation, safe, of any length."""
    values = [each for each in candidate.variation if each.casefold() not in _ONLY_VARIATION]
    name = " ".join([candidate.name, *values]) if candidate.name else ""
    return shown(name)


def _refusal(candidate: Candidate, name: str) -> str | None:
    """Return why a candidate is no item, whatever its price, or None."""
    if not name:
        return "no name"
    if len(name) > MAX_NAME:
        return f"the name has more than {MAX_NAME} characters"
    if candidate.price.casefold() in _NO_FIXED_PRICE:
        return "no fixed price"
    return candidate.refusal


def _number(written: str) -> str | None:
    """Return a shop's own number without the apostrophe that keeps it text in spreadsheets."""
    return clean_line(written, max_length=MAX_NAME).removeprefix("'") or None
