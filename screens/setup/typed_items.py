"""A short menu as people type it: one item a line, its price last."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.menus import MenuRow
from payforward.core.money import Money, parse_money
from payforward.core.names import name_key
from payforward.core.text import clean_name, shown

if TYPE_CHECKING:
    from payforward.core.currencies import Currency

_SEPARATORS: Final = " \t,;:=-–—"
_DIGIT: Final = re.compile("[0-9]")


def read_items(text: str, currency: Currency) -> list[MenuRow]:
    r"""Return the items of a few lines such as ``Flat white 3.50``; empty lines are nothing.

    >>> from payforward.core.currencies import currency
    >>> rows = read_items("Flat white 3.50\n7 Up: € 2", currency("EUR"))
    >>> [(row.name, row.price.minor) for row in rows]
    [('Flat white', 350), ('7 Up', 200)]

    Raises:
        BadInput: a line cannot be read; the sentence says which and why.
    """
    rows: list[MenuRow] = []
    line_of: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not shown(line):
            continue
        try:
            row = _read_line(number, line, currency)
        except BadInput as error:
            raise BadInput(f"Line {number}: {error.message}", reason=error.reason) from None
        first = line_of.setdefault(name_key(row.name), number)
        if first != number:
            raise BadInput(
                f"Line {number}: {row.name} is on line {first} already.", reason="item-exists"
            )
        rows.append(row)
    return rows


def _read_line(number: int, line: str, currency: Currency) -> MenuRow:
    words = shown(line).split(" ")
    price, taken = _price_at_the_end(words, currency)
    name = clean_name(" ".join(words[:-taken]).rstrip(_SEPARATORS), what="item's name")
    return MenuRow(
        line=number,
        name=name,
        category=None,
        price=price,
        sku=None,
        barcode=None,
        tax_rate=None,
        giftable=True,
    )


def _price_at_the_end(words: list[str], currency: Currency) -> tuple[Money, int]:
    """Return the price that ends a line, and how many words it took: a sign may stand apart."""
    if len(words) > 1 and not all(_DIGIT.search(word) for word in words[-2:]):
        with suppress(BadInput):  # or the word before the price belongs to the name
            return parse_money(" ".join(words[-2:]), currency), 2
    if not _DIGIT.search(words[-1]):
        raise BadInput("the price is missing; write such as Flat white 3.50.", reason="bad-amount")
    return parse_money(words[-1], currency), 1
