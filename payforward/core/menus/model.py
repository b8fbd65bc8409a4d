"""What is read from a menu's file: rows that can be imported, and rows that cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from payforward.core.money import Money

Kind: TypeAlias = Literal["square", "loyverse", "shopify", "plain"]


@dataclass(frozen=True, slots=True)
class MenuRow:
    """An item that can be imported.

    Args:
        line: The line of the file where the row begins; the first is 1.
        name: The item's name with its variation, safe to keep.
        category: Where the item stands on the menu, if the file says so.
        price: What one costs, above zero.
        sku: The shop's own number for it.
        barcode: The number under its bars.
        tax_rate: Thousandths of a percent (8875 is 8.875 %); None where the file says nothing.
        giftable: Whether it may be given.
    """

    line: int
    name: str
    category: str | None
    price: Money
    sku: str | None
    barcode: str | None
    tax_rate: int | None
    giftable: bool


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that cannot be imported.

    Args:
        line: The line of the file where the row begins.
        name: The item's name as far as it could be read; may be empty.
        reason: One clause for people, such as ``no fixed price``.
    """

    line: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu's file, read.

    Args:
        kind: Whose form it has.
        rows: The items that can be imported, no name twice, in the file's order.
        skipped: The rows that cannot, in the file's order.
        notes: Sentences on choices that were made for the whole file.
    """

    kind: Kind
    rows: list[MenuRow]
    skipped: list[SkippedRow]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row as a form found it, before anything in it is judged.

    Args:
        line: The line where it begins.
        name: The item's name, as written.
        variation: The values that tell this variation from others.
        price: The price, as written.
        category: As written.
        sku: As written.
        barcode: As written.
        tax_rate: Thousandths of a percent.
        giftable: Whether it may be given.
        refusal: Why the form itself says that it is not for sale.
    """

    line: int
    name: str
    variation: tuple[str, ...]
    price: str
    category: str = ""
    sku: str = ""
    barcode: str = ""
    tax_rate: int | None = None
    giftable: bool = True
    refusal: str | None = None


def not_a_menu(sentence: str) -> BadInput:
    """Return the refusal of a whole file."""
    return BadInput(sentence, reason="not-a-menu")
