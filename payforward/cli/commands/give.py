"""``payforward give``: put a gift aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import said, tender
from payforward.core.asks import Give
from payforward.core.errors import BadInput
from payforward.core.model import Item, ItemKind, Tender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.ledger import Ledger
    from payforward.core.answers import Given


@click.command("give", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option("--money", metavar="AMOUNT", help="Give money to the fund instead of an item.")
@click.option("--paid", metavar="AMOUNT", help="What was paid for all of them, if not the price.")
@click.option(
    "--tender",
    "paid_by",
    type=click.Choice([str(each) for each in Tender], case_sensitive=False),
    default=str(Tender.CASH),
    show_default=True,
    help="How it was paid; opening: before this ledger began.",
)
@click.option("--giver", metavar="NAME", help="Who gives, if they like to be named.")
@click.option("--message", metavar="TEXT", help="What the giver says to whoever enjoys it.")
@click.option("--receipt", metavar="TEXT", help="The till's receipt number.")
@click.option("--program", metavar="NAME", help="For which programme, if there are several.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    count: str | None,
    money: str | None,
    paid: str | None,
    paid_by: str,
    giver: str | None,
    message: str | None,
    receipt: str | None,
    program: str | None,
    action: str | None,
) -> None:
    """Put ITEM aside, or money, for whoever will ask."""
    _check_usage(item, count, money, paid)
    with session.open() as ledger:
        found, units = _what(ledger, item, count, money, is_retry=action is not None)
        currency = ledger.shop.currency
        given = ledger.give(
            Give(
                action=typed.action_of(action),
                item=found.id,
                units=units,
                paid_minor=None if paid is None else typed.minor_of(paid, currency),
                tender=Tender(paid_by),
                till_receipt=receipt,
                program=typed.program_of(ledger, program),
                giver=giver,
                message=message,
            )
        )
    session.answer(_document(given, currency), lambda: _lines(given, currency))


def _check_usage(
    item: tuple[str, ...], count: str | None, money: str | None, paid: str | None
) -> None:
    """Refuse a gift of nothing, or of two things.

    Raises:
        BadInput: what to say instead.
    """
    if money is None and not item:
        raise BadInput("Say what is given: an item, or --money AMOUNT.", reason="wrong-usage")
    if money is not None and item:
        raise BadInput(
            "Give an item or money, one at a time: --paid says what was paid for an item.",
            reason="wrong-usage",
        )
    if money is not None and (count is not None or paid is not None):
        raise BadInput("--money says it all: leave --count and --paid out.", reason="wrong-usage")


def _what(
    ledger: Ledger, item: tuple[str, ...], count: str | None, money: str | None, *, is_retry: bool
) -> tuple[Item, int]:
    """Return the item and how many units of it.

    An id may be a retry, which gets its answer even where the item has been retired since.
    """
    if money is not None:
        return ledger.fund(), typed.minor_of(money, ledger.shop.currency)
    found = ledger.find_item(typed.words_of(item), retired=is_retry)
    return found, 1 if count is None else typed.count_of(count)


def _document(given: Given, currency: str) -> dict[str, object]:
    return {
        "gift": given.gift,
        "action": given.action,
        "item": given.item.name,
        "units": given.units,
        "amount_minor": given.amount_minor,
        "currency": currency,
        "waiting": given.waiting,
        "tender": given.tender.value,
        "day": given.day.isoformat(),
        "voucher": None,
        "receipt": None,
        "repeated": given.repeated,
    }


def _lines(given: Given, currency: str) -> Iterator[str]:
    from payforward.cli.words import money as amount  # noqa: PLC0415 - scripts do without

    if given.repeated:
        yield "That was done before, and was not done again:"
    what = said(given.units, given.item, currency)
    waiting = said(given.waiting, given.item, currency)
    if given.item.kind is ItemKind.MONEY:
        yield f"Thank you. {what} for the fund, {tender(given.tender)}."
        yield f"{waiting} in the fund now."
    else:
        paid = amount(given.amount_minor, currency)
        yield f"Thank you. {what} put aside. {paid}, {tender(given.tender)}."
        yield f"{waiting} waiting now."
    yield f"Gift {given.gift}; to take it back: payforward undo {given.action}"
