"""``payforward redeem``: hand over what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.code_words import CODE_HELP, code_and_rest
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, item_meant
from payforward.cli.redeemed_words import redeemed_document, redeemed_lines
from payforward.cli.session import Session, pass_session
from payforward.cli.which_program import program_for
from payforward.core.asks import Redeem, RedeemSlip
from payforward.core.errors import BadInput, NothingWaiting, SlipRefused
from payforward.core.model import PaidFrom, ProgramKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Redeemed
    from payforward.core.program_answers import ActionBefore
    from payforward.core.programs import Program


@click.command("redeem", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option(
    "--from",
    "paid_from",
    type=click.Choice(
        [str(each) for each in (PaidFrom.BOARD, PaidFrom.FUND, PaidFrom.GROUP)],
        case_sensitive=False,
    ),
    help="Who pays: gifts of ITEM itself if nothing is said; the fund; its group's other items.",
)
@click.option("--program", metavar="NAME", help="Only gifts of this program pay.")
@click.option("--code", metavar="CODE", help=f"A slip pays: {CODE_HELP}.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    count: str | None,
    paid_from: str | None,
    program: str | None,
    code: str | None,
    action: str | None,
) -> None:
    """Hand ITEM over to whoever asks; the oldest gift first.

    With --code a slip pays, and ITEM is what it is for if nothing is said.
    """
    if code is not None:
        if paid_from is not None or program is not None:
            raise BadInput(
                "A slip pays by itself: leave --from and --program out.", reason="wrong-usage"
            )
        _by_slip(session, code, item, count, action)
        return
    _check_item(item)
    wanted = typed.words_of(item), 1 if count is None else typed.count_of(count)
    _by_gifts(session, wanted, None if paid_from is None else PaidFrom(paid_from), program, action)


def _by_gifts(
    session: Session,
    wanted: tuple[str, int],
    paid_from: PaidFrom | None,
    program: str | None,
    action: str | None,
) -> None:
    """Let gifts on the board, the fund or the group pay.

    Raises:
        NothingWaiting: fewer wait; what else there is is in the sentence.
    """
    name, units = wanted
    with session.open() as ledger:
        before = action_before(ledger, action)
        # What waits of an item that left the menu can still be had.
        found = item_meant(ledger, name, before, retired=True)
        whose = _forward_program(ledger, program, before)
        ask = Redeem(
            action=typed.action_of(action),
            item=found.id,
            units=units,
            paid_from=paid_from or PaidFrom.BOARD,
            program=None if whose is None else whose.id,
        )
        try:
            redeemed = ledger.redeem(ask)
        except NothingWaiting as error:
            if paid_from is not None:
                raise
            from payforward.cli import offered_words  # noqa: PLC0415 - refusals alone

            if whose is not None:
                raise offered_words.within_program(ledger, found, units, whose, error) from error
            raise offered_words.with_offers(ledger, found, units, error) from error
        currency = ledger.shop.currency
    _answer(session, redeemed, currency)


def _forward_program(
    ledger: Ledger, name: str | None, before: ActionBefore | None
) -> Program | None:
    """Return the program whose gifts pay, None for all of them.

    Raises:
        Refused: there is none of that name, or nothing of it is on the board.
    """
    if name is None:
        return None
    return program_for(ledger, name, (ProgramKind.FORWARD,), before)


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
