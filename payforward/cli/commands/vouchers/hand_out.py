"""``payforward vouchers hand-out``: slips for a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from payforward.cli import typed
from payforward.cli.batch_list import BatchList, list_beside, refuse_used_list
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, item_meant, partner_meant
from payforward.cli.output import complain
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_paper import bring_out
from payforward.cli.slip_target import (
    print_option,
    refuse_used_file,
    sheet_option,
    slip_option,
    target_of,
)
from payforward.cli.slip_words import code_lines, issued_document, reminder
from payforward.cli.which_program import program_for
from payforward.cli.words import place
from payforward.cli.words import said as units_said
from payforward.core.asks import HandOut
from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from db.ledger import Ledger
    from payforward.cli.slip_paper import Delivery
    from payforward.core.model import Item
    from payforward.core.program_answers import ActionBefore
    from payforward.core.slip_answers import Issued

MANY = 100
"""From so many slips on, people are asked for a moment's patience."""


class Said(TypedDict):
    """What was typed behind the command and each option; None where it was not."""

    item: tuple[str, ...]
    money: str | None
    partner: str | None
    count: str | None
    each: str | None
    program: str | None
    slip_file: str | None
    sheet: str | None
    is_printed: bool
    action: str | None


@click.command("hand-out", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--money", metavar="AMOUNT", help="Slips of money from the fund, so much on each.")
@click.option("--partner", metavar="NAME", help="Who hands them to people.")
@click.option("--count", metavar="N", help="How many slips; 1 if nothing is said.")
@click.option("--each", metavar="N", help="How many of ITEM are on each; 1 if nothing is said.")
@click.option("--program", metavar="NAME", help="Only gifts of this program.")
@slip_option
@sheet_option
@print_option
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(session: Session, **said: Unpack[Said]) -> int:
    """Move ITEM from the board to slips.

    A partner gives them to people, and signs for several: the list to sign is printed after them,
    or written beside FILE. The oldest gifts go first. Codes are told this once.
    """
    item, money, count = said["item"], said["money"], said["count"]
    if (money is None) == (not item) or (money is not None and said["each"] is not None):
        raise BadInput(
            "Say what is on each slip: ITEM and --each N, or --money AMOUNT.", reason="wrong-usage"
        )
    slips = 1 if count is None else typed.count_of(count)
    target = target_of(said["slip_file"], said["sheet"], is_printed=said["is_printed"], count=slips)
    with session.open() as ledger:
        refuse_used_file(ledger, target, slips, action=said["action"])
        refuse_used_list(ledger, target, slips, said["partner"], said["action"])
        currency = ledger.shop.currency
        issued = _handed_out(session, ledger, said, slips)
        listed = BatchList()

        def answer(delivery: Delivery) -> None:
            nonlocal listed
            listed = list_beside(ledger, issued, delivery, target)
            session.answer(
                {
                    **issued_document(issued, delivery, currency),
                    "list": None if listed.file is None else str(listed.file),
                },
                lambda: _lines(issued, delivery, listed, currency),
            )

        code = bring_out(ledger, issued.slips, target, answer)
        return listed.finish(code, issued.slips[0].slip.slip)


def _handed_out(session: Session, ledger: Ledger, said: Said, slips: int) -> Issued:
    """Make the slips; whoever waits for many is told so.

    Raises:
        NothingWaiting: less is on the board or in the fund than they need.
    """
    before = action_before(ledger, said["action"])
    found, units = _what(ledger, said, before)
    partner, program = said["partner"], said["program"]
    whose = None
    if program is not None:
        whose = program_for(ledger, program, (ProgramKind.FORWARD,), before).id
    ask = HandOut(
        action=typed.action_of(said["action"]),
        item=found.id,
        slips=slips,
        units_each=units,
        partner=None if partner is None else partner_meant(ledger, partner, before),
        program=whose,
    )
    # What will be refused takes no moment.
    is_there = _waiting(ledger, found, whose) >= slips * units
    if slips >= MANY and is_there and not session.as_json:
        complain(f"A moment: {slips} slips are being made.")
    return ledger.hand_out(ask)


def _what(ledger: Ledger, said: Said, before: ActionBefore | None) -> tuple[Item, int]:
    """Return what is on each slip, and how much of it."""
    money, each = said["money"], said["each"]
    if money is not None:
        return ledger.fund(), typed.minor_of(money, ledger.shop.currency)
    # What left the menu still waits, and can still be handed out.
    found = item_meant(ledger, typed.words_of(said["item"]), before, retired=True)
    return found, 1 if each is None else typed.count_of(each)


def _waiting(ledger: Ledger, item: Item, program: int | None) -> int:
    """Return how much of an item is on the board, or of one program; for money, in the fund."""
    if program is not None:
        waits = ledger.program_state(program).waits
        return sum(each.units - each.on_slips for each in waits if each.item.id == item.id)
    board = ledger.board()
    if item.kind is ItemKind.MONEY:
        return board.money_minor
    return sum(row.units for row in board.rows if row.item.id == item.id)


def _lines(issued: Issued, delivery: Delivery, listed: BatchList, currency: str) -> Iterator[str]:
    if issued.repeated:
        yield "That was done before, and was not done again:"
    slips = "1 slip" if len(issued.slips) == 1 else f"{len(issued.slips)} slips"
    whose = "" if issued.partner is None else f" for {shown(issued.partner)}"
    what = units_said(issued.units, issued.item, currency)
    left = units_said(issued.waiting, issued.item, currency)
    yield f"{what} on {slips}{whose}; {left} still {place(issued.item)}."
    yield from code_lines(issued.slips, delivery, currency)
    yield from listed.lines()
    yield f"To take it back: payforward undo {issued.action}"
    yield from reminder(delivery)
