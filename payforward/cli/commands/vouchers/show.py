"""``payforward vouchers show``: what a code is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.code_words import CODE_HELP, code_of
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_words import slip_document, slip_lines, with_when
from payforward.cli.words import said
from payforward.core.days import day_text
from payforward.core.errors import SlipRefused
from payforward.core.slip_answers import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.model import Shop


@click.command(
    "show",
    cls=Command,
    help=f"Show what a slip or a giver's receipt tells; nothing changes.\n\nCODE is {CODE_HELP}.",
)
@click.argument("code", nargs=-1, required=True)
@pass_session
def command(session: Session, code: tuple[str, ...]) -> None:
    """Show what a code tells."""
    found_code = code_of(" ".join(code))
    with session.open() as ledger:
        shop = ledger.shop
        try:
            found = ledger.look_up(found_code)
        except SlipRefused as error:
            raise with_when(error, shop) from error
        # A giver knows of a refund; what was enjoyed today is nobody's business before tomorrow.
        refunded = ledger.gift(found.gift).refunded if isinstance(found, Receipt) else 0
    if isinstance(found, Receipt):
        receipt = found
        session.answer(
            _receipt_document(receipt, refunded, shop.currency),
            lambda: _receipt_lines(receipt, refunded, shop),
        )
        return
    slip = found
    session.answer(
        {"kind": "voucher", **slip_document(slip, shop.currency)}, lambda: slip_lines(slip, shop)
    )


def _receipt_document(receipt: Receipt, refunded: int, currency: str) -> dict[str, object]:
    return {
        "kind": "receipt",
        "gift": receipt.gift,
        "item": receipt.item.name,
        "units": receipt.units,
        "waiting": receipt.units - receipt.enjoyed - refunded,
        "enjoyed": receipt.enjoyed,
        "refunded": refunded,
        "currency": currency,
        "given_on": receipt.given_on.isoformat(),
    }


def _receipt_lines(receipt: Receipt, refunded: int, shop: Shop) -> Iterator[str]:
    given_on = day_text(receipt.given_on)
    yield f"A giver's receipt, which pays for nothing: gift {receipt.gift} of {given_on}."
    if not receipt.units:
        yield "The gift was taken back."
        return
    parts = (
        (receipt.enjoyed, "enjoyed"),
        (receipt.units - receipt.enjoyed - refunded, "waiting"),
        (refunded, "refunded"),
    )
    told = [f"{said(units, receipt.item, shop.currency)} {word}" for units, word in parts if units]
    yield f"{', '.join(told)}."
    if receipt.enjoyed + refunded < receipt.units:
        yield "What is enjoyed today is told tomorrow."
