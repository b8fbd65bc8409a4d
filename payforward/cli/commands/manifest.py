"""``payforward manifest``: what was handed over to partners."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from payforward.cli import typed
from payforward.cli.handed_over_words import handed_over_document, handed_over_table
from payforward.cli.lazy import Command
from payforward.cli.partner_paper import (
    answer_handed_over,
    manifest_option,
    manifest_out,
    print_manifest_option,
)
from payforward.cli.session import Session, pass_session
from payforward.core.errors import BadInput
from payforward.core.text import plain_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.program_answers import HandedOver

MOST: Final = 200
"""So many are told if nothing is said."""


@click.command("manifest", cls=Command)
@click.argument("number", required=False)
@click.option("--program", metavar="NAME", help="List only what this program handed over.")
@click.option("--partner", metavar="NAME", help="List only what this partner received.")
@click.option("--count", metavar="N", help=f"List at most so many; {MOST} if not said.")
@manifest_option
@print_manifest_option
@pass_session
def command(
    session: Session,
    *,
    number: str | None,
    program: str | None,
    partner: str | None,
    count: str | None,
    slip_file: str | None,
    is_printed: bool,
) -> int:
    """List what went to partners, or show one again.

    The newest is first. With a NUMBER, that manifest is shown, and written or printed once more.
    """
    if number is None:
        if slip_file is not None or is_printed:
            raise BadInput("Say which one: its NUMBER is in the list.", reason="wrong-usage")
        _list(session, program, partner, MOST if count is None else typed.count_of(count))
        return 0
    if (program, partner, count) != (None, None, None):
        raise BadInput(
            "A NUMBER says it all: leave --program, --partner and --count out.",
            reason="wrong-usage",
        )
    with session.open() as ledger:
        paper = manifest_out(slip_file, is_printed=is_printed)
        done = ledger.handed_over(_number(number))
        return answer_handed_over(session, ledger, done, paper, is_new=False)


def _list(session: Session, program: str | None, partner: str | None, most: int) -> None:
    with session.open() as ledger:
        whose = None if program is None else ledger.find_program(program, retired=True).id
        done = ledger.handovers(
            program=whose,
            partner=typed.partner_of(ledger, partner, retired=True),
            most=most + 1,
        )
        currency = ledger.shop.currency
    told = done[:most]
    session.answer(
        {
            "manifests": [handed_over_document(each, currency) for each in told],
            "currency": currency,
            "more": len(done) > most,
        },
        lambda: _lines(told, currency, is_more=len(done) > most),
    )


def _lines(done: Sequence[HandedOver], currency: str, *, is_more: bool) -> Iterator[str]:
    if not done:
        yield "Nothing was handed over yet: payforward deliver, or payforward pass-on."
        return
    yield from handed_over_table(done, currency)
    if is_more:
        yield f"These are the newest {len(done)}; --count {2 * len(done)} lists more."


def _number(text: str) -> int:
    """Return a manifest's number.

    Raises:
        BadInput: it is no number.
    """
    digits = plain_forms(text).strip().removeprefix("#")
    if not re.fullmatch("[0-9]{1,18}", digits):
        raise BadInput(
            f"{text[:24] or 'That'} is not a manifest's number: 'payforward manifest' lists them.",
            reason="bad-manifest",
        )
    return int(digits)
