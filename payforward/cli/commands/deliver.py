"""``payforward deliver``: a partner receives what was collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, meant, partner_meant
from payforward.cli.partner_paper import (
    answer_handed_over,
    manifest_option,
    manifest_out,
    print_manifest_option,
)
from payforward.cli.session import Session, pass_session
from payforward.cli.which_program import program_meant
from payforward.core.asks import Deliver
from payforward.core.errors import BadInput
from payforward.core.matching import resolve
from payforward.core.model import ProgramKind, Tender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.program_answers import ActionBefore
    from payforward.core.programs import Program


@click.command("deliver", cls=Command)
@click.option("--program", required=True, metavar="NAME", help="Which drive, or which jar.")
@click.option("--partner", required=True, metavar="NAME", help="Who receives it.")
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="GOODS=N",
    help='Only so many of some goods, such as "Coat M=3"; say it again for more.',
)
@click.option("--amount", metavar="AMOUNT", help="Of a jar, only so much.")
@click.option(
    "--tender",
    "paid_by",
    type=click.Choice(["cash", "card", "other"], case_sensitive=False),
    default=str(Tender.CASH),
    show_default=True,
    help="How a jar's money is handed over.",
)
@manifest_option
@print_manifest_option
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    program: str,
    partner: str,
    parts: tuple[str, ...],
    amount: str | None,
    paid_by: str,
    slip_file: str | None,
    is_printed: bool,
    action: str | None,
) -> int:
    """Bring a partner what was collected.

    That is what a drive has, or what is in a charity's jar: all of it, if nothing else is said.
    The manifest lists it, with lines for both to sign.
    """
    with session.open() as ledger:
        before = action_before(ledger, action)
        paper = manifest_out(slip_file, is_printed=is_printed, is_again=before is not None)
        found = program_meant(ledger, program, before)
        done = ledger.deliver(
            Deliver(
                action=typed.action_of(action),
                program=found.id,
                partner=partner_meant(ledger, partner, before),
                parts=_parts(ledger, found, parts, amount, before),
                tender=Tender(paid_by),
            )
        )
        return answer_handed_over(session, ledger, done, paper)


def _parts(
    ledger: Ledger,
    program: Program,
    parts: Sequence[str],
    amount: str | None,
    before: ActionBefore | None,
) -> tuple[tuple[int, int], ...] | None:
    """Return which goods and how many of each, or how much money; None for all of it.

    Raises:
        BadInput: it is typed wrong, or is for another kind of program.
        Refused: the drive has no such goods.
    """
    if amount is not None:
        if program.kind is not ProgramKind.CHARITY or parts:
            raise BadInput(
                f"--amount is for a charity's jar: of {program.name} say --part GOODS=N.",
                reason="wrong-usage",
            )
        return ((ledger.fund().id, typed.minor_of(amount, ledger.shop.currency)),)
    if not parts:
        return None
    if program.kind is not ProgramKind.DRIVE:
        raise BadInput(
            f"--part is for a drive's goods: of {program.name} say --amount AMOUNT.",
            reason="wrong-usage",
        )
    named: dict[int, int] = {}
    for text in parts:
        name, sign, count = text.rpartition("=")
        if not sign:
            raise BadInput(
                f'Say how many of {text[:60]}: --part "{text[:60]}=3".', reason="bad-count"
            )
        goods = _goods(ledger, program, name, before)
        if goods.id in named:
            raise BadInput(f"{goods.name} is named twice: once is enough.", reason="wrong-usage")
        named[goods.id] = typed.count_of(count)
    return tuple(named.items())


def _goods(ledger: Ledger, program: Program, name: str, before: ActionBefore | None) -> Item:
    """Return the goods that were named: those that are here, also where it takes no more of them.

    Raises:
        Refused: neither are they here, nor does the drive take them.
    """

    def find() -> Item:
        held = [waits.item for waits in ledger.program_state(program.id).waits]
        place = resolve(name, [item.name for item in held])
        return ledger.find_goods(program.id, name) if place is None else held[place]

    return meant(name, () if before is None else before.items, find)
