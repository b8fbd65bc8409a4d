"""``payforward pass-on``: surplus goes to another shop or charity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, item_meant, partner_meant
from payforward.cli.partner_paper import (
    answer_handed_over,
    manifest_option,
    manifest_out,
    print_manifest_option,
)
from payforward.cli.session import Session, pass_session
from payforward.cli.which_program import program_for
from payforward.core.asks import PassOn
from payforward.core.errors import BadInput
from payforward.core.model import ProgramKind, Tender

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.program_answers import ActionBefore


@click.command("pass-on", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--money", metavar="AMOUNT", help="Pass money of the fund on instead of an item.")
@click.option("--partner", required=True, metavar="NAME", help="Who receives it.")
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option(
    "--tender",
    "paid_by",
    type=click.Choice(["cash", "card", "other"], case_sensitive=False),
    default=str(Tender.CASH),
    show_default=True,
    help="How the money goes along.",
)
@click.option("--program", metavar="NAME", help="Only gifts of this program.")
@manifest_option
@print_manifest_option
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    money: str | None,
    partner: str,
    count: str | None,
    paid_by: str,
    program: str | None,
    slip_file: str | None,
    is_printed: bool,
    action: str | None,
) -> int:
    """Pass ITEM on from the board to another shop or charity.

    The oldest gifts go first, and the money that was paid for them goes along.
    """
    if (money is None) == (not item) or (money is not None and count is not None):
        raise BadInput(
            "Say what is passed on: ITEM and --count N, or --money AMOUNT.", reason="wrong-usage"
        )
    with session.open() as ledger:
        before = action_before(ledger, action)
        paper = manifest_out(slip_file, is_printed=is_printed, is_again=before is not None)
        found, units = _what(ledger, item, count, money, before)
        done = ledger.pass_on(
            PassOn(
                action=typed.action_of(action),
                item=found.id,
                partner=partner_meant(ledger, partner, before),
                units=units,
                tender=Tender(paid_by),
                program=_whose(ledger, program, before),
            )
        )
        return answer_handed_over(session, ledger, done, paper)


def _what(
    ledger: Ledger,
    item: tuple[str, ...],
    count: str | None,
    money: str | None,
    before: ActionBefore | None,
) -> tuple[Item, int]:
    """Return what is passed on, and how much of it."""
    if money is not None:
        return ledger.fund(), typed.minor_of(money, ledger.shop.currency)
    # What left the menu still waits, and can still be passed on.
    found = item_meant(ledger, typed.words_of(item), before, retired=True)
    return found, 1 if count is None else typed.count_of(count)


def _whose(ledger: Ledger, program: str | None, before: ActionBefore | None) -> int | None:
    """Return the number of the program whose gifts go; None for all programs'."""
    if program is None:
        return None
    return program_for(ledger, program, (ProgramKind.FORWARD,), before).id
