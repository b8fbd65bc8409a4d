"""``payforward redeem``: hand over what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.code_words import CODE_HELP, code_and_rest
from payforward.cli.lazy import Command
from payforward.cli.redeemed_words import redeemed_document, redeemed_lines
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money
from payforward.core.asks import Redeem, RedeemSlip
from payforward.core.errors import BadInput, NothingWaiting, SlipRefused
from payforward.core.model import PaidFrom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Offer, Redeemed
    from payforward.core.model import Item


@click.command("redeem", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option(
    "--from",
    "paid_from",
    type=click.Choice(
        [str(each) for each in PaidFrom if each is not PaidFrom.SLIP], case_sensitive=False
    ),
    help="Who pays: gifts of ITEM itself if nothing is said; the fund; its group's other items.",
)
@click.option("--code", metavar="CODE", help=f"A slip pays: {CODE_HELP}.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    count: str | None,
    paid_from: str | None,
    code: str | None,
    action: str | None,
) -> None:
    """Hand ITEM over to whoever asks; the oldest gift first.

    With --code a slip pays, and ITEM is what it is for if nothing is said.
    """
    if code is not None:
        if paid_from is not None:
            raise BadInput("A slip pays by itself: leave --from out.", reason="wrong-usage")
        _by_slip(session, code, item, count, action)
        return
    _check_item(item)
    with session.open() as ledger:
        # What waits of an item that left the menu can still be had.
        found = ledger.find_item(typed.words_of(item), retired=True)
        units = 1 if count is None else typed.count_of(count)
        ask = Redeem(
            action=typed.action_of(action),
            item=found.id,
            units=units,
            paid_from=PaidFrom(paid_from or PaidFrom.BOARD),
        )
        try:
            redeemed = ledger.redeem(ask)
        except NothingWaiting as error:
            if paid_from is not None:
                raise
            raise _with_offers(ledger, found, units, error) from error
        currency = ledger.shop.currency
    _answer(session, redeemed, currency)


def _by_slip(
    session: Session, typed_code: str, item: tuple[str, ...], count: str | None, action: str | None
) -> None:
    """Let a slip pay.

    Raises:
        SlipRefused: it cannot; when and where it was used is in the sentence.
    """
    code, words = code_and_rest(typed_code, item)
    with session.open() as ledger:
        served = ledger.find_item(typed.words_of(words), retired=True) if words else None
        ask = RedeemSlip(
            action=typed.action_of(action),
            code=code,
            item=None if served is None else served.id,
            units=1 if count is None else typed.count_of(count),
        )
        try:
            redeemed = ledger.redeem_slip(ask)
        except SlipRefused as error:
            from payforward.cli.slip_words import with_when  # noqa: PLC0415 - refusals alone

            raise with_when(error, ledger.shop) from error
        currency = ledger.shop.currency
    _answer(session, redeemed, currency)


def _answer(session: Session, redeemed: Redeemed, currency: str) -> None:
    session.answer(
        redeemed_document(redeemed, currency), lambda: redeemed_lines(redeemed, currency)
    )


def _check_item(item: Sequence[str]) -> None:
    """Refuse to hand over nothing, or a code.

    Raises:
        BadInput: what to say instead.
    """
    if not item:
        raise BadInput("Say what is handed over: an item, or --code CODE.", reason="wrong-usage")
    from payforward.core.codes import find  # noqa: PLC0415 - a short way into what is loaded

    if find(typed.words_of(item)) is not None:
        raise BadInput("That is a slip's code: say --code before it.", reason="wrong-usage")


def _with_offers(ledger: Ledger, item: Item, units: int, error: NothingWaiting) -> NothingWaiting:
    """Return the refusal with who could pay instead, where anybody could."""
    offers = ledger.offers(item.id, units)
    others = [offer for offer in offers if offer.paid_from is not PaidFrom.BOARD]
    if not others:
        return error
    missing = "No" if error.waiting == 0 else f"Only {error.waiting}"
    group = [offer for offer in others if offer.paid_from is PaidFrom.GROUP]
    said = [_by_group(group, ledger.shop.currency)] if group else []
    said += [
        f"the fund can pay {money(offer.amount_minor, ledger.shop.currency)}: add --from fund"
        for offer in others
        if offer.paid_from is PaidFrom.FUND
    ]
    sentence = "; ".join([f"{missing} {item.name} waiting", *said])
    return NothingWaiting(f"{sentence}.", waiting=error.waiting)


def _by_group(offers: Sequence[Offer], currency: str) -> str:
    """Return that the group can pay, and what to add for it."""
    offer = offers[0]
    if len(offers) > 1 or offer.units > 1:
        # The whole group pays, oldest gift first, so what the shop adds is not known yet.
        names = " or ".join(offer.payer.name for offer in offers)
        return f"{names} can pay, the oldest gift first: add --from group"
    adds = offer.shop_adds_minor
    cost = f" (the shop adds {money(adds, currency)})" if adds else ""
    return f"{offer.units} {offer.payer.name} can pay{cost}: add --from group"
