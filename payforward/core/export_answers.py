"""What the ledger gives to whoever writes books from it: entries in order, and who is who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from payforward.core.accounts import Books
    from payforward.core.model import Item, Shop
    from payforward.core.programs import Program
    from payforward.core.report_answers import Owed


class ExportEntry(NamedTuple):
    """One entry as it is stored, without what only the chain needs, and its gift's tax.

    ``gift_before_minor`` is what the whole gift held before the entry; told only where VAT was due
    when it was given.
    """

    no: int
    day: str
    at: str
    action: str
    line: int
    kind: str
    gift: int
    book: int
    place: str | None
    slip: int | None
    program: int | None
    item: int | None
    units: int
    balance: int
    unit_minor: int
    amount_minor: int
    pool_units: int
    pool_minor: int
    served_item: int | None
    served: int | None
    list_price_minor: int | None
    tax_kind: str | None
    tax_rate: int | None
    till_receipt: str | None
    expires: str | None
    till: int
    cashier: int | None
    partner: int | None
    tender: str | None
    undoes: int | None
    gift_tax_kind: str | None
    gift_tax_rate: int | None
    gift_before_minor: int = 0


class TaxedGift(NamedTuple):
    """What waits of a gift whose VAT was due when it was given."""

    held_minor: int
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A ledger, or some days of it, as it stood at one moment.

    Args:
        shop: Whose.
        first: The first day that was asked for; None from the first entry on.
        last: The last day that was asked for; None to the last entry.
        complete_to: The last of these days to which no entry can come any more.
        began_on: The day of the ledger's first entry; None where there is none.
        count: How many entries there are.
        opening: What each pool of prepaid gifts and of charities' money held before ``first``.
        programs: Every program that ever was, by number.
        program_days: The day of each program's first entry, by number.
        items: Every item that ever was, by number.
        tills: Names by number.
        cashiers: Names by number.
        partners: Names by number.
        books: What the shop has decided of its books.
        entries: Reads the entries, the oldest first, a page at a time.
        taxed_before: Reads what waited before ``first`` of gifts whose VAT had been due.
    """

    shop: Shop
    first: date | None
    last: date | None
    complete_to: date
    began_on: date | None
    count: int
    opening: tuple[Owed, ...]
    programs: Mapping[int, Program]
    program_days: Mapping[int, date]
    items: Mapping[int, Item]
    tills: Mapping[int, str]
    cashiers: Mapping[int, str]
    partners: Mapping[int, str]
    books: Books
    entries: Callable[[], Iterable[ExportEntry]]
    taxed_before: Callable[[], Iterable[TaxedGift]]
