"""``payforward vouchers list``: the slips that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_words import slip_document, slip_table
from payforward.core.model import SlipState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.slip_answers import Slip

MOST = 200
"""So many slips are told if nothing is said."""


@click.command("list", cls=Command)
@click.option(
    "--state",
    type=click.Choice([str(each) for each in SlipState], case_sensitive=False),
    help="Only slips that are so.",
)
@click.option("--partner", metavar="NAME", help="Only slips that this partner got.")
@click.option(
    "--count", metavar="N", help=f"At most so many, the newest first; {MOST} if not said."
)
@pass_session
def command(
    session: Session,
    state: str | None = None,
    partner: str | None = None,
    count: str | None = None,
) -> None:
    """List slips, the newest first."""
    most = MOST if count is None else typed.count_of(count)
    with session.open() as ledger:
        slips = ledger.slips(
            state=None if state is None else SlipState(state),
            partner=typed.partner_of(ledger, partner, retired=True),
            most=most + 1,
        )
        currency = ledger.shop.currency
    there = slips[:most]
    session.answer(
        {
            "slips": [slip_document(slip, currency) for slip in there],
            "currency": currency,
            "more": len(slips) > most,
        },
        lambda: _lines(there, currency, is_more=len(slips) > most),
    )


def _lines(slips: Sequence[Slip], currency: str, *, is_more: bool) -> Iterator[str]:
    if not slips:
        yield "There are no such slips: payforward give ITEM --voucher makes one."
        return
    yield from slip_table(slips, currency)
    if is_more:
        yield f"These are the newest {len(slips)}; --count {2 * len(slips)} lists more."
