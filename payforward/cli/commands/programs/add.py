"""``payforward programs add``: another way of giving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.commands.programs.show import answer_program
from payforward.cli.lazy import Command
from payforward.cli.program_options import Said, changes_of, goods_of, program_options
from payforward.cli.session import Session, pass_session
from payforward.cli.words import quoted
from payforward.core.days import day_text
from payforward.core.model import ProgramKind
from payforward.core.people import Guarded
from payforward.core.programs import Program, Running

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack


@click.command("add", cls=Command)
@click.argument("name")
@click.option(
    "--kind",
    required=True,
    type=click.Choice([str(each) for each in ProgramKind], case_sensitive=False),
    help="What it does; it never changes.",
)
@program_options
@pass_session
def command(session: Session, name: str, kind: str, **said: Unpack[Said]) -> None:
    """Add the program NAME.

    forward: customers prepay, and whoever asks is served. giveaway: the house gives. drive: goods
    are collected for a partner. charity: a jar of money that is held for others.
    """
    chosen = ProgramKind(kind)
    with session.open() as ledger:
        session.guard(ledger, Guarded.PROGRAMS)
        goods = goods_of(said, chosen)
        draft = Program(name=name, kind=chosen, **changes_of(ledger, said))
        program = ledger.add_program(draft, goods)
        answer_program(
            session, ledger, program.id, more=_next(program, ledger.today(), has_goods=bool(goods))
        )


def _next(program: Program, today: date, *, has_goods: bool) -> list[str]:
    """Return what to type next, and from when on that works."""
    name = quoted(program.name)
    running = program.running(today)
    if running is Running.ENDED:
        again = f"payforward programs change {name} --to DAY"
        return [f"It is over already, so nothing of it is offered. To let it run: {again}"]
    if program.kind is ProgramKind.DRIVE and not has_goods:
        return [f'Next, what it takes: payforward programs goods {name} "Coat" --sizes S,M,L']
    nexts = {
        ProgramKind.FORWARD: f"payforward give ITEM --program {name}",
        ProgramKind.GIVEAWAY: f"payforward giveaway ITEM --program {name}",
        ProgramKind.DRIVE: f"payforward collect GOODS --program {name}",
        ProgramKind.CHARITY: f"payforward give --money AMOUNT --program {name}",
    }
    if program.starts_on is not None and running is Running.NOT_YET:
        begins = f"It begins on {day_text(program.starts_on)}, and nothing of it is offered before."
        return [begins, f"To use it then: {nexts[program.kind]}"]
    return [f"To use it: {nexts[program.kind]}"]
