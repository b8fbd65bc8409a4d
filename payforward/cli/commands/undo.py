"""``payforward undo``: take an action back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.undone_words import items_again, slips_again, undone_document, undone_lines
from payforward.core.asks import Undo
from payforward.core.errors import OtherDay, PartlyGone, Refused
from payforward.core.ids import parse_action_id
from payforward.core.model import ItemKind
from payforward.core.people import Guarded

if TYPE_CHECKING:
    from db.ledger import Ledger

LAST = "last"
"""What is typed instead of an id for what this till did last."""


@click.command("undo", cls=Command)
@click.argument("action")
@click.option("--count", metavar="N", help="Take only so many back.")
@click.option("--money", metavar="AMOUNT", help="Of a gift of money, take only so much back.")
@click.option("--reason", metavar="TEXT", help="Why, for the owner.")
@click.option(
    "--other-day", "of_other_day", is_flag=True, help="Also what was done on another day."
)
@click.option("--id", "own", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    action: str,
    count: str | None,
    money: str | None,
    reason: str | None,
    of_other_day: bool,
    own: str | None,
) -> None:
    """Take back a mistake of today.

    ACTION is the id that was shown then, which 'payforward entries --ids' lists too; or the word
    last, for what this till did last. With --other-day the owner takes back what was done on
    another day: that day keeps its numbers, and the taking back counts today.
    """
    with session.open() as ledger:
        if of_other_day:
            session.guard(ledger, Guarded.OTHER_DAYS)
        own_id = typed.action_of(own)
        undoes = _last_of_till(ledger, own_id) if action == LAST else parse_action_id(action)
        currency = ledger.shop.currency
        is_money = False
        if (count, money) != (None, None):
            known = _moved_money(ledger, undoes, of_other_day=of_other_day)
            # What cannot be taken back, the ledger refuses, or answers where it is a retry.
            is_money = money is not None if known is None else known
        ask = Undo(
            action=own_id,
            undoes=undoes,
            units=typed.units_of(count, money, is_money=is_money, currency=currency),
            reason=reason,
            of_other_day=of_other_day,
        )
        try:
            undone = ledger.undo(ask)
        except OtherDay as error:
            way = error.said("can take it back with --other-day")
            raise Refused(way, reason=error.reason) from error
        except PartlyGone as error:
            is_money = _moved_money(ledger, undoes, of_other_day=of_other_day) is True
            raise _with_option(error, currency, is_money=is_money) from error
        slips = slips_again(ledger, undone)
        what = items_again(ledger, undone)
    session.answer(
        undone_document(undone, currency), lambda: undone_lines(undone, what, slips, currency)
    )


def _last_of_till(ledger: Ledger, own_id: str) -> str:
    """Return the action that this till did last today; for a retry, what it took back before.

    Raises:
        Refused: it did none that could be taken back.
    """
    before = ledger.undone_by(own_id)
    if before is not None:
        return before
    for past in ledger.latest_actions(1):
        return past.action
    raise Refused(
        f"{ledger.till} has done nothing today that could be taken back.", reason="unknown-action"
    )


def _moved_money(ledger: Ledger, action: str, *, of_other_day: bool) -> bool | None:
    """Tell whether an action counted in money; None where it cannot be taken back.

    Where money paid for an item, what was served counts.
    """
    try:
        past = ledger.past_action(action)
    except Refused:
        return None
    is_asked_for = of_other_day or past.day == ledger.today()
    return past.item.kind is ItemKind.MONEY if is_asked_for else None


def _with_option(error: PartlyGone, currency: str, *, is_money: bool) -> PartlyGone:
    """Return the refusal with what to add to the command."""
    from payforward.core.currencies import currency as find_currency  # noqa: PLC0415
    from payforward.core.money import Money  # noqa: PLC0415

    option = f"--count {error.left}"
    if is_money:
        option = f"--money {Money(error.left, find_currency(currency)).typed_text()}"
    return PartlyGone(f"{error.message.removesuffix('.')}: add {option}.", left=error.left)
