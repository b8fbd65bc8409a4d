"""``payforward collect``: goods for a drive come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.meant import action_before, meant
from payforward.cli.program_words import collected_said
from payforward.cli.session import Session, pass_session
from payforward.cli.which_program import the_program
from payforward.core.asks import Collect
from payforward.core.matching import resolve
from payforward.core.model import ProgramKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.program_answers import Collected
    from payforward.core.programs import Program


@click.command("collect", cls=Command)
@click.argument("goods", nargs=-1, required=True)
@click.option("--program", metavar="NAME", help="Which drive, if several take GOODS.")
@click.option("--count", metavar="N", help="How many; 1 if nothing is said.")
@click.option("--giver", metavar="NAME", help="Who gives, if they like to be named.")
@click.option("--message", metavar="TEXT", help="What the giver says.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    goods: tuple[str, ...],
    program: str | None,
    count: str | None,
    giver: str | None,
    message: str | None,
    action: str | None,
) -> None:
    """Take GOODS in for a drive, such as: Coat M."""
    with session.open() as ledger:
        before = action_before(ledger, action)
        name = typed.words_of(goods)
        known = {each.id: each.name for each in ledger.goods()}

        def fits(drive: Program) -> bool:
            return resolve(name, [known[each] for each in drive.items if each in known]) is not None

        drive = the_program(ledger, program, ProgramKind.DRIVE, before, fits)
        item = meant(
            name,
            () if before is None else before.items,
            lambda: ledger.find_goods(drive.id, name),
        )
        collected = ledger.collect(
            Collect(
                action=typed.action_of(action),
                item=item.id,
                program=drive.id,
                units=1 if count is None else typed.count_of(count),
                giver=giver,
                message=message,
            )
        )
    session.answer(_document(collected), lambda: _lines(collected))


def _document(collected: Collected) -> dict[str, object]:
    return {
        "action": collected.action,
        "gift": collected.gift,
        "program": collected.program.name,
        "item": collected.item.name,
        "units": collected.units,
        "collected": collected.collected,
        "target": collected.program.target,
        "day": collected.day.isoformat(),
        "repeated": collected.repeated,
    }


def _lines(collected: Collected) -> Iterator[str]:
    program = collected.program
    if collected.repeated:
        yield "That was done before, and was not done again:"
    what = f"{collected.units} {shown(collected.item.name)}"
    yield f"Thank you. {what} for {shown(program.name)}."
    yield f"{collected_said(collected.collected, program)}."
    yield f"Gift {collected.gift}; to take it back: payforward undo {collected.action}"
