"""The forms of a menu's file: which columns each till writes, and what they mean.

Columns are found by name, never by position. A form only finds things; whether a name or a
price can be used is judged in one place for all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.menus.model import Candidate
from payforward.core.menus.taxes import TaxColumns, parse_rate
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from payforward.core.menus.model import Kind
    from payforward.core.menus.table import Record, Table

_YES = frozenset(("y", "yes", "true", "1", "x"))
_NO = frozenset(("n", "no", "false", "0"))
_PRICE_OF_STORE = re.compile(r"price \[(.*)\]", re.IGNORECASE)
# Square writes a category as "Coffee (#ABC123)" where two have one name.
_TOKEN = re.compile(r"\s*\(#[^)]*\)$")


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a menu.

    Args:
        kind: Its name.
        columns: For each thing that it must have, the columns that may hold it.
        candidates: Reads its rows, and adds notes on its choices to the table's.
    """

    kind: Kind
    columns: tuple[tuple[str, ...], ...]
    candidates: Callable[[Table], Iterator[Candidate]]


def form_of(columns: Sequence[str]) -> Form | None:
    """Return the form that has these columns, or None.

    >>> form = form_of(["price", "name"])
    >>> form.kind if form else None
    'plain'
    """
    names = {"price [" if _PRICE_OF_STORE.fullmatch(name) else name for name in columns}
    for form in FORMS:
        if all(names.intersection(choices) for choices in form.columns):
            return form
    return None


def _square(table: Table) -> Iterator[Candidate]:
    """Yield a candidate for each variation in a Square item library."""
    taxes = TaxColumns(table)
    for record in table.records:
        refusal = None
        if record.get("archived").casefold() in _YES:
            refusal = "archived at Square"
        elif record.get("sellable").casefold() in _NO:
            refusal = "not for sale by itself"
        options = tuple(record.get(f"option value {number}") for number in (1, 2, 3))
        yield Candidate(
            line=record.line,
            name=record.get("item name"),
            # The name of a variation is its options with commas; other tills have no commas.
            variation=options if any(options) else (record.get("variation name"),),
            price=record.get("price"),
            category=_square_category(record),
            sku=record.get("sku"),
            barcode=record.get("gtin"),
            tax_rate=taxes.rate(record),
            refusal=refusal,
        )


def _square_category(record: Record) -> str:
    """Return the one category that an item's takings are reported under, else its first.

    An item may be in several; the counter has room for one, and the shop wrote the first first.
    """
    one = record.get("category", "reporting category")
    return _TOKEN.sub("", one or record.get("categories").split(",")[0])


def _loyverse(table: Table) -> Iterator[Candidate]:
    """Yield a candidate for each item and variant in a Loyverse export, of its first store."""
    stores = [
        shown(found[1]) for name in table.written if (found := _PRICE_OF_STORE.fullmatch(name))
    ]
    if len(stores) > 1:
        table.notes.append(
            f"The file has the prices of {len(stores)} stores; "
            f"those of the first, {stores[0]}, were taken."
        )
    of_store = [name for name in table.columns if _PRICE_OF_STORE.fullmatch(name)][:1]
    price_columns = [*of_store, "default price", "price"]
    available = [name.replace("price", "available for sale", 1) for name in of_store]
    taxes = TaxColumns(table)
    for record, item in _with_items(table.records, "name", "handle"):
        price = record.get(*price_columns)
        if record.get("sku of included item") and not record.get("name", "sku", *price_columns):
            continue  # a part of a composite item
        refusal = None
        if item.get("sold by weight").casefold() in _YES:
            refusal = "sold by weight"
        elif record.get(*available).casefold() in _NO:
            refusal = f"not for sale in {stores[0]}"
        yield Candidate(
            line=record.line,
            name=item.get("name"),
            variation=tuple(record.get(f"option {number} value") for number in (1, 2, 3)),
            price=price,
            category=item.get("category"),
            sku=record.get("sku"),
            barcode=record.get("barcode"),
            tax_rate=taxes.rate(item),
            refusal=refusal,
        )


def _shopify(table: Table) -> Iterator[Candidate]:
    """Yield a candidate for each variant in a Shopify product export, of the old or new form."""
    for record, item in _with_items(table.records, "title", "url handle", "handle"):
        price = record.get("price", "variant price")
        variation = tuple(record.get(f"option{number} value") for number in (1, 2, 3))
        if not (price or record.get("title") or any(variation)):
            continue  # one more picture of the item above
        status = item.get("status").casefold()
        refusal = None
        if item.get("gift card").casefold() in _YES:
            refusal = "a gift card"
        elif status not in ("", "active"):
            refusal = f"{shown(status)} at Shopify"
        yield Candidate(
            line=record.line,
            name=item.get("title"),
            variation=variation,
            price=price,
            category=item.get("type") or item.get("product category").split(">")[-1],
            sku=record.get("sku", "variant sku"),
            barcode=record.get("barcode", "variant barcode"),
            refusal=refusal,
        )


def _plain(table: Table) -> Iterator[Candidate]:
    """Yield a candidate for each row of a plain file."""
    for record in table.records:
        giftable = record.get("giftable").casefold()
        rate = record.get("tax_rate", "tax rate")
        refusal = None
        if giftable and giftable not in _YES | _NO:
            refusal = "giftable is neither yes nor no"
        elif rate and parse_rate(rate) is None:
            refusal = "its tax rate is not a percentage such as 8.875"
        yield Candidate(
            line=record.line,
            name=record.get("name"),
            variation=(),
            price=record.get("price"),
            category=record.get("category"),
            sku=record.get("sku"),
            barcode=record.get("barcode"),
            tax_rate=parse_rate(rate),
            giftable=giftable not in _NO,
            refusal=refusal,
        )


def _with_items(records: list[Record], name: str, *handles: str) -> Iterator[tuple[Record, Record]]:
    """Yield each record with the one that names its item: itself, or one of the same handle."""
    items: dict[str, Record] = {}
    for record in records:
        handle = record.get(*handles)
        if record.get(name):
            items[handle] = record
        yield record, items.get(handle, record)


FORMS = (
    Form("square", (("item name",), ("price",)), _square),
    Form(
        "shopify",
        (("title",), ("handle", "url handle"), ("price", "variant price")),
        _shopify,
    ),
    Form(
        "loyverse",
        (("name",), ("handle",), ("price [", "default price", "price")),
        _loyverse,
    ),
    Form("plain", (("name",), ("price",)), _plain),
)
