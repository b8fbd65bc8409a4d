"""``payforward give``: put a gift aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from payforward.cli import typed
from payforward.cli.code_words import grouped, letters
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, item_meant
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_paper import Delivery, bring_out, not_noted
from payforward.cli.slip_target import print_option, refuse_used_file, slip_option, target_of
from payforward.cli.slip_words import code_lines, reminder
from payforward.cli.which_program import program_for
from payforward.cli.words import said as units_said
from payforward.cli.words import tender
from payforward.core.asks import Give
from payforward.core.errors import BadInput, LedgerUnusable
from payforward.core.model import Item, ItemKind, ProgramKind, Tender
from payforward.core.slip_answers import IssuedSlip
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from db.ledger import Ledger
    from payforward.core.answers import Given
    from payforward.core.program_answers import ActionBefore


class Said(TypedDict):
    """What was typed behind the command and each option; None where it was not."""

    item: tuple[str, ...]
    count: str | None
    money: str | None
    paid: str | None
    paid_by: str
    giver: str | None
    message: str | None
    receipt: str | None
    program: str | None
    voucher: bool
    slip_file: str | None
    is_printed: bool
    action: str | None


@click.command("give", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option(
    "--money",
    metavar="AMOUNT",
    help="Give money to the fund or a jar, and no item.",
)
@click.option("--paid", metavar="AMOUNT", help="What was paid for all of them, if not the price.")
@click.option(
    "--tender",
    "paid_by",
    type=click.Choice([str(each) for each in Tender], case_sensitive=False),
    default=str(Tender.CASH),
    show_default=True,
    help="How it was paid; opening: before this ledger began.",
)
@click.option("--giver", metavar="NAME", help="Who gives, if they like to be named.")
@click.option("--message", metavar="TEXT", help="What the giver says to whoever enjoys it.")
@click.option("--receipt", metavar="TEXT", help="The till's receipt number.")
@click.option("--program", metavar="NAME", help="To which program, if there are several.")
@click.option(
    "--voucher",
    is_flag=True,
    help="On a slip, for whoever brings it; --slip and --print are slips too.",
)
@slip_option
@print_option
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(session: Session, **said: Unpack[Said]) -> int:
    """Put ITEM aside, or money, for whoever will ask.

    With --voucher, --slip or --print, for whoever brings the slip; its code is told this once.
    """
    _check_usage(said["item"], said["count"], said["money"], said["paid"])
    target = target_of(said["slip_file"], is_printed=said["is_printed"])
    with session.open() as ledger:
        refuse_used_file(ledger, target, action=said["action"])
        currency = ledger.shop.currency
        ask = _ask(ledger, said, on_slip=said["voucher"] or target is not None)
        # Asked before: a failure to read after the gift would hide it.
        is_one_of_many = len(ledger.taking_programs(ask.item)) > 1
        given = ledger.give(ask)
        whose = _whose(given, is_one_of_many=is_one_of_many)
        try:
            issued = _issued(ledger, given)
        except LedgerUnusable as error:
            return _given_all_the_same(session, given, whose, error, currency)

        def answer(delivery: Delivery) -> None:
            session.answer(
                _document(given, delivery, currency),
                lambda: _lines(given, whose, issued, delivery, currency),
            )

        return bring_out(ledger, issued, target, answer)


def _ask(ledger: Ledger, said: Said, *, on_slip: bool) -> Give:
    """Return what is asked of the ledger.

    Raises:
        BadInput: what was typed is no count or amount, or the id no UUID.
        Refused: an item or a program is not there.
    """
    before = action_before(ledger, said["action"])
    found, units = _what(ledger, said["item"], said["count"], said["money"], before)
    paid = said["paid"]
    return Give(
        action=typed.action_of(said["action"]),
        item=found.id,
        units=units,
        paid_minor=None if paid is None else typed.minor_of(paid, ledger.shop.currency),
        tender=Tender(said["paid_by"]),
        till_receipt=said["receipt"],
        program=_program(ledger, said["program"], before),
        giver=said["giver"],
        message=said["message"],
        voucher=on_slip,
    )


def _given_all_the_same(
    session: Session, given: Given, whose: str, error: LedgerUnusable, currency: str
) -> int:
    """Answer although the ledger failed after the gift was in it; its slip waits for paper."""
    assert given.slip is not None, "without a slip nothing more is read"
    delivery = not_noted([given.slip], error)
    session.answer(
        _document(given, delivery, currency), lambda: _lines(given, whose, (), delivery, currency)
    )
    complain(delivery.problem or error.message)
    return OUTPUT_LOST


def _issued(ledger: Ledger, given: Given) -> tuple[IssuedSlip, ...]:
    """Return the slip of a gift that is on one."""
    if given.slip is None:
        return ()
    return (IssuedSlip(ledger.slip(given.slip), given.voucher),)


def _check_usage(
    item: tuple[str, ...], count: str | None, money: str | None, paid: str | None
) -> None:
    """Refuse a gift of nothing, or of two things.

    Raises:
        BadInput: what to say instead.
    """
    if money is None and not item:
        raise BadInput("Say what is given: an item, or --money AMOUNT.", reason="wrong-usage")
    if money is not None and item:
        raise BadInput(
            "Give an item or money, one at a time: --paid says what was paid for an item.",
            reason="wrong-usage",
        )
    if money is not None and (count is not None or paid is not None):
        raise BadInput("--money says it all: leave --count and --paid out.", reason="wrong-usage")


def _what(
    ledger: Ledger,
    item: tuple[str, ...],
    count: str | None,
    money: str | None,
    before: ActionBefore | None,
) -> tuple[Item, int]:
    """Return the item and how many units of it."""
    if money is not None:
        return ledger.fund(), typed.minor_of(money, ledger.shop.currency)
    found = item_meant(ledger, typed.words_of(item), before)
    return found, 1 if count is None else typed.count_of(count)


def _program(ledger: Ledger, name: str | None, before: ActionBefore | None) -> int | None:
    """Return the number of the program that takes the gift; None where none was named.

    Raises:
        Refused: there is none of that name, or it takes no gifts.
    """
    if name is None:
        return None
    return program_for(ledger, name, (ProgramKind.FORWARD, ProgramKind.CHARITY), before).id


def _document(given: Given, delivery: Delivery, currency: str) -> dict[str, object]:
    return {
        "gift": given.gift,
        "action": given.action,
        "item": given.item.name,
        "units": given.units,
        "amount_minor": given.amount_minor,
        "currency": currency,
        "program": None if given.program is None else given.program.name,
        "waiting": given.waiting,
        "tender": given.tender.value,
        "day": given.day.isoformat(),
        "slip": given.slip,
        "voucher": letters(given.voucher) if delivery.is_told else None,
        "receipt": letters(given.receipt),
        "files": [str(file) for file in delivery.files],
        "repeated": given.repeated,
    }


def _lines(
    given: Given, whose: str, issued: tuple[IssuedSlip, ...], delivery: Delivery, currency: str
) -> Iterator[str]:
    if given.repeated:
        yield "That was done before, and was not done again:"
    yield from _thanks(given, whose, currency)
    yield from code_lines(issued, delivery, currency)
    if given.receipt is not None:
        yield f"The giver's receipt, which can only look: {grouped(given.receipt)}"
    yield f"Gift {given.gift}; to take it back: payforward undo {given.action}"
    yield from reminder(delivery)


def _whose(given: Given, *, is_one_of_many: bool) -> str:
    """Return where a gift went, for a sentence; nothing where one program alone takes it."""
    if given.program is None or not is_one_of_many:
        return ""
    return f" in {shown(given.program.name)}"


def _thanks(given: Given, whose: str, currency: str) -> Iterator[str]:
    from payforward.cli.words import money as amount  # noqa: PLC0415 - scripts do without

    what = units_said(given.units, given.item, currency)
    waiting = units_said(given.waiting, given.item, currency)
    is_money = given.item.kind is ItemKind.MONEY
    paid = amount(given.amount_minor, currency)
    if given.slip is not None:
        yield f"Thank you. {what}{whose} on a slip. {paid}, {tender(given.tender)}."
    elif given.program is not None and given.program.kind is ProgramKind.CHARITY:
        yield f"Thank you. {what} for {shown(given.program.name)}, {tender(given.tender)}."
        yield f"{waiting} in the jar now."
    elif is_money:
        yield f"Thank you. {what} for the fund{whose}, {tender(given.tender)}."
        yield f"{waiting} in the fund now."
    else:
        yield f"Thank you. {what} put aside{whose}. {paid}, {tender(given.tender)}."
        yield f"{waiting} waiting now."
