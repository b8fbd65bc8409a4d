"""``payforward vouchers make``: from the board to a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.commands.vouchers.replace import one_slip
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_paper import bring_out
from payforward.cli.slip_target import print_option, refuse_used_file, slip_option, target_of
from payforward.cli.slip_words import code_lines, issued_document, reminder
from payforward.cli.words import said
from payforward.core.asks import MakeSlip
from payforward.core.model import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.cli.slip_paper import Delivery
    from payforward.core.slip_answers import Issued


@click.command("make", cls=Command)
@click.argument("gift")
@click.option("--count", metavar="N", help="Only so many; all that waits of it if nothing is said.")
@click.option("--money", metavar="AMOUNT", help="Of a gift of money, only so much.")
@slip_option
@print_option
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    gift: str,
    count: str | None,
    money: str | None,
    slip_file: str | None,
    is_printed: bool,
    action: str | None,
) -> int:
    """Put a gift of the board on a slip.

    GIFT is its number; only who brings the slip gets it then.
    """
    number = typed.gift_of(gift)
    target = target_of(slip_file, is_printed=is_printed)
    with session.open() as ledger:
        refuse_used_file(ledger, target, action=action)
        currency = ledger.shop.currency
        is_money = False
        if (count, money) != (None, None):
            is_money = ledger.gift(number).item.kind is ItemKind.MONEY
        units = typed.units_of(count, money, is_money=is_money, currency=currency)
        ask = MakeSlip(action=typed.action_of(action), gift=number, units=units)
        issued = ledger.make_slip(ask)

        def answer(delivery: Delivery) -> None:
            document = issued_document(issued, delivery, currency)
            session.answer(
                document | one_slip(document), lambda: _lines(issued, delivery, currency)
            )

        return bring_out(ledger, issued.slips, target, answer)


def _lines(issued: Issued, delivery: Delivery, currency: str) -> Iterator[str]:
    if issued.repeated:
        yield "That was done before, and was not done again:"
    whence = "from the fund" if issued.item.kind is ItemKind.MONEY else "from the board"
    yield f"{said(issued.units, issued.item, currency)} went {whence} to a slip."
    yield from code_lines(issued.slips, delivery, currency)
    yield f"To take it back: payforward undo {issued.action}"
    yield from reminder(delivery)
