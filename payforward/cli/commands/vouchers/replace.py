"""``payforward vouchers replace``: a new code for a slip that was lost or not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import meant, typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_paper import bring_out
from payforward.cli.slip_target import print_option, refuse_used_file, slip_option, target_of
from payforward.cli.slip_words import code_lines, issued_document, reminder, with_when
from payforward.core.asks import Replace
from payforward.core.errors import SlipRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.cli.slip_paper import Delivery
    from payforward.core.slip_answers import Issued


@click.command("replace", cls=Command)
@click.argument("gift")
@slip_option
@print_option
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session, *, gift: str, slip_file: str | None, is_printed: bool, action: str | None
) -> int:
    """Make a new slip for one; the old one is dead.

    GIFT is the number of the slip, or of a gift that waits on one slip.
    """
    number = typed.gift_of(gift)
    target = target_of(slip_file, is_printed=is_printed)
    with session.open() as ledger:
        refuse_used_file(ledger, target, action=action)
        currency = ledger.shop.currency
        try:
            slip = meant.slip_of(ledger, number, meant.slips_before(ledger, action))
            issued = ledger.replace(Replace(action=typed.action_of(action), slip=slip.slip))
        except SlipRefused as error:
            raise with_when(error, ledger.shop) from error

        def answer(delivery: Delivery) -> None:
            session.answer(
                _document(issued, delivery, currency), lambda: _lines(issued, delivery, currency)
            )

        return bring_out(ledger, issued.slips, target, answer)


def _document(issued: Issued, delivery: Delivery, currency: str) -> dict[str, object]:
    document = issued_document(issued, delivery, currency)
    return document | one_slip(document)


def one_slip(document: dict[str, object]) -> dict[str, object]:
    """Return the number and the code of a document's only slip, as `give` answers them."""
    slips = document["slips"]
    assert isinstance(slips, list)
    (only,) = slips
    return {"slip": only["slip"], "voucher": only["voucher"]}


def _lines(issued: Issued, delivery: Delivery, currency: str) -> Iterator[str]:
    if issued.repeated:
        yield "That was done before, and was not done again:"
    yield f"Slip {issued.slips[0].slip.slip} has a new code; the old one pays no more."
    yield from code_lines(issued.slips, delivery, currency)
    yield from reminder(delivery)
