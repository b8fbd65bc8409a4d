"""``payforward giveaway``: the house gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, item_meant
from payforward.cli.session import Session, pass_session
from payforward.cli.which_program import the_program
from payforward.core.asks import GiveAway
from payforward.core.days import day_text
from payforward.core.model import ProgramKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.answers import Redeemed
    from payforward.core.programs import Program


@click.command("giveaway", cls=Command)
@click.argument("item", nargs=-1, required=True)
@click.option("--program", metavar="NAME", help="Which giveaway, if several give ITEM.")
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    program: str | None,
    count: str | None,
    action: str | None,
) -> None:
    """Hand ITEM over; the house pays.

    A giveaway's budget counts servings: when it is used up, nothing more is given until the
    next day, week or month begins.
    """
    with session.open() as ledger:
        before = action_before(ledger, action)
        found = item_meant(ledger, typed.words_of(item), before)
        giveaway = the_program(
            ledger, program, ProgramKind.GIVEAWAY, before, lambda each: each.takes(found.id)
        )
        given = ledger.give_away(
            GiveAway(
                action=typed.action_of(action),
                item=found.id,
                program=giveaway.id,
                units=1 if count is None else typed.count_of(count),
            )
        )
        currency = ledger.shop.currency
    session.answer(_document(given, giveaway, currency), lambda: _lines(given, giveaway))


def _document(given: Redeemed, giveaway: Program, currency: str) -> dict[str, object]:
    until = giveaway.budget_last_day(given.day)
    return {
        "action": given.action,
        "program": giveaway.name,
        "item": given.item.name,
        "units": given.units,
        "list_price_minor": given.list_price_minor,
        "currency": currency,
        "left": None if giveaway.budget_units is None else given.waiting,
        "until": None if until is None else until.isoformat(),
        "day": given.day.isoformat(),
        "repeated": given.repeated,
    }


def _lines(given: Redeemed, giveaway: Program) -> Iterator[str]:
    if given.repeated:
        yield "That was done before, and was not done again:"
    yield f"✓ {given.units} {shown(given.item.name)}. The house pays: {shown(giveaway.name)}."
    until = giveaway.budget_last_day(given.day)
    if until is not None:
        yield f"{given.waiting} left until {day_text(until)}."
    yield f"To take it back: payforward undo {given.action}"
