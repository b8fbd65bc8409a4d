"""What each paper says.

Words for whoever brings a slip: kind, short, and never about charity. An order's paper says
what any paid order's says. Money is in minor units, ``currency`` is the shop's code for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payforward.core import codes
from payforward.core.currencies import currency as currency_of
from payforward.core.days import day_text
from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money
from payforward.output.blocks import (
    Big,
    Block,
    Columns,
    Heading,
    Letters,
    Paper,
    Quote,
    Rule,
    Small,
    Square,
    Words,
)
from payforward.output.qr import receipt_payload, voucher_payload

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from payforward.core.answers import Given
    from payforward.core.codes import Code
    from payforward.core.model import Item
    from payforward.core.slip_answers import Slip

_PAID: Final = {
    Tender.CASH: "Paid in cash",
    Tender.CARD: "Paid by card",
    Tender.OTHER: "Paid",
    Tender.OPENING: "Paid before",
}


def voucher_paper(
    shop_name: str, slip: Slip, code: Code, *, currency: str, address: str | None = None
) -> Paper:
    """Return a slip: what it is good for, the giver's words, the code.

    Args:
        shop_name: Whose.
        slip: What is left on it is what it says.
        code: Its newest code.
        currency: The shop's.
        address: The shop's public address, if it has one.

    Raises:
        BadInput: the address is none that `qr.check_address` would take.
    """
    until = f"until {day_text(slip.expires_on)}" if slip.expires_on else "any day"
    what = what_text(slip.item, slip.left, currency)
    blocks: list[Block] = [Heading(shop_name), Rule(), Big(what)]
    if slip.message or slip.giver:
        blocks.append(Quote(slip.message or "", slip.giver or ""))
    blocks.append(Words(f"Show this at the counter, {until}."))
    blocks.append(Square(voucher_payload(shop_name, code, address)))
    blocks.append(Letters((codes.format(code.letters),)))
    if slip.left > 1:
        blocks.append(Small("What you leave stays on it."))
    blocks.append(Small("No cash value."))
    place = f" · {slip.number} of {slip.of}" if slip.of > 1 else ""
    blocks.append(Small(f"Slip {slip.slip}{place} · {day_text(slip.issued_on)}"))
    blocks.append(Small(slip.head))
    return Paper(f"Slip {slip.slip}", tuple(blocks))


def receipt_paper(
    shop_name: str,
    given: Given,
    *,
    currency: str,
    address: str | None = None,
    receipt: Code | None = None,
    till_receipt: str | None = None,
) -> Paper:
    """Return the giver's receipt; its code can only look.

    Args:
        shop_name: Whose.
        given: What was given.
        currency: The shop's.
        address: The shop's public address, if it has one.
        receipt: Its code where that is a newer one than ``given`` answers.
        till_receipt: The number of the till's own receipt, if there is one.

    Raises:
        BadInput: the address is none that `qr.check_address` would take.
    """
    code = receipt or given.receipt
    what = what_text(given.item, given.units, currency)
    amount = Money(given.amount_minor, currency_of(currency)).format()
    blocks: list[Block] = [Heading(shop_name), Words("Thank you."), Big(what)]
    blocks.append(Words("put aside on a slip" if given.slip else "put aside for whoever asks"))
    blocks += [Rule(), Columns(_PAID[given.tender], amount)]
    blocks += [Columns("Day", day_text(given.day)), Columns("Gift", str(given.gift))]
    if till_receipt:
        blocks.append(Columns("Till receipt", till_receipt))
    blocks.append(Rule())
    if code is not None:
        blocks.append(Square(receipt_payload(shop_name, code, address)))
        blocks.append(Letters((codes.format(code.letters),)))
        blocks.append(Small("This code buys nothing. It tells you when your gift was enjoyed."))
    return Paper(f"Receipt {given.gift}", tuple(blocks))


def order_paper(
    shop_name: str,
    *,
    number: int,
    at: datetime,
    item: Item,
    units: int,
    price_minor: int,
    currency: str,
) -> Paper:
    """Return the paper of an order that is paid, the same whoever paid for it.

    Args:
        shop_name: Whose.
        number: The order's.
        at: When, by the clock on the shop's wall.
        item: What was handed over.
        units: How many of it.
        price_minor: What all of it costs.
        currency: The shop's.
    """
    price = Money(price_minor, currency_of(currency)).format()
    return Paper(
        f"Order {number}",
        (
            Heading(shop_name),
            Columns(f"{day_text(at)}, {at:%H:%M}", f"No. {number}"),
            Rule(),
            Columns(what_text(item, units, currency), price),
            Rule(),
            Columns("Paid", price),
            Words("Thank you."),
        ),
    )


def recovery_paper(shop_name: str, lines: Sequence[str]) -> Paper:
    """Return the owner's recovery sheet; it has no square, which a camera could read in passing.

    Args:
        shop_name: Whose.
        lines: What `lines` bring back, in groups of letters.
    """
    return Paper(
        "Recovery sheet",
        (
            Heading(shop_name),
            Big("Recovery sheet"),
            Words("These letters bring the slips back to life on another machine."),
            Rule(),
            Letters(tuple(lines)),
            Rule(),
            Words("Keep this sheet locked away, and not with the backups."),
            Words("Whoever has it and the ledger can make slips."),
        ),
    )


def test_paper(shop_name: str, *, at: datetime, printer: str) -> Paper:
    """Return a paper that shows whether a printer prints all that slips need.

    Args:
        shop_name: Whose.
        at: When, by the clock on the shop's wall.
        printer: The printer's name.
    """
    return Paper(
        "Test",
        (
            Heading(shop_name),
            Big("Test"),
            Words(f"{printer}, {day_text(at)}, {at:%H:%M}".removeprefix(", ")),
            Rule(),
            Columns("Left", "Right"),
            Words("é è ñ ü ø å ç ß £ €"),
            Words("Ω Ж 珈琲"),
            Rule(),
            Square("PAYFORWARD TEST"),
            Letters((codes.format("BCDEFGHJKNPRSTVXBCPR"),)),
            Small("If you can read every line and scan the square, the printer is ready."),
        ),
    )


def what_text(item: Item, units: int, currency: str) -> str:
    """Return ``2 Flat white``, or an amount of money."""
    if item.kind == ItemKind.MONEY:
        return Money(units, currency_of(currency)).format()
    return f"{units} {item.name}"


def count_text(number: int, word: str) -> str:
    """Return ``1 slip`` or ``2 slips``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def unbroken(words: str) -> str:
    r"""Return words in which no line ends between a currency's code and its amount.

    >>> unbroken("KWD 3.500 held")
    'KWD\xa03.500 held'
    """
    return re.sub("(?<=[A-Z]) (?=[0-9])", "\N{NO-BREAK SPACE}", words)
