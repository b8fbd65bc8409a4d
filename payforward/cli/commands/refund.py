"""``payforward refund``: money back to a giver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money as amount
from payforward.cli.words import said, tender
from payforward.core.asks import Refund
from payforward.core.model import ItemKind, ProgramKind, Tender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.answers import Refunded


@click.command("refund", cls=Command)
@click.argument("gift")
@click.option("--count", metavar="N", help="Refund only so many; all that wait if nothing is said.")
@click.option("--money", metavar="AMOUNT", help="Of a gift of money, refund only so much.")
@click.option(
    "--tender",
    "paid_by",
    type=click.Choice(["cash", "card", "other"], case_sensitive=False),
    help="How the money goes back; as it came if nothing is said.",
)
@click.option("--reason", metavar="TEXT", help="Why, for the owner.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    gift: str,
    count: str | None,
    money: str | None,
    paid_by: str | None,
    reason: str | None,
    action: str | None,
) -> None:
    """Give money back to a giver.

    GIFT is its number; what was enjoyed already cannot be refunded.
    """
    number = typed.gift_of(gift)
    with session.open() as ledger:
        currency = ledger.shop.currency
        is_money = False
        if (count, money) != (None, None):
            is_money = ledger.gift(number).item.kind is ItemKind.MONEY
        refunded = ledger.refund(
            Refund(
                action=typed.action_of(action),
                gift=number,
                units=typed.units_of(count, money, is_money=is_money, currency=currency),
                tender=None if paid_by is None else Tender(paid_by),
                reason=reason,
            )
        )
        program = ledger.gift(refunded.gift).program
        is_jar = program is not None and program.kind is ProgramKind.CHARITY
    session.answer(_document(refunded, currency), lambda: _lines(refunded, currency, is_jar=is_jar))


def _document(refunded: Refunded, currency: str) -> dict[str, object]:
    return {
        "action": refunded.action,
        "gift": refunded.gift,
        "item": refunded.item.name,
        "units": refunded.units,
        "amount_minor": refunded.amount_minor,
        "currency": currency,
        "tender": refunded.tender.value,
        "waiting": refunded.waiting,
        "repeated": refunded.repeated,
    }


def _lines(refunded: Refunded, currency: str, *, is_jar: bool) -> Iterator[str]:
    if refunded.repeated:
        yield "That was done before, and was not done again:"
    what = said(refunded.units, refunded.item, currency)
    waiting = said(refunded.waiting, refunded.item, currency)
    if refunded.item.kind is ItemKind.GOODS:
        yield f"Give {what} back; {waiting} still here."
    else:
        back = amount(refunded.amount_minor, currency)
        yield f"Give {back} back, {tender(refunded.tender)}."
        left = f"{waiting} still in the jar" if is_jar else f"{waiting} still waiting"
        yield f"{what} {'is out of it' if is_jar else 'no longer waits'}; {left}."
    yield f"Gift {refunded.gift}; to take it back: payforward undo {refunded.action}"
