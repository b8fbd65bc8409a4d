"""``payforward programs goods``: what a drive takes."""

from __future__ import annotations

import click

from payforward.cli import typed
from payforward.cli.commands.programs.show import answer_program
from payforward.cli.lazy import Command
from payforward.cli.program_options import sizes_of
from payforward.cli.session import Session, pass_session
from payforward.core.errors import BadInput
from payforward.core.model import ProgramKind
from payforward.core.people import Guarded


@click.command("goods", cls=Command)
@click.argument("name")
@click.argument("goods", nargs=-1, required=True)
@click.option("--sizes", metavar="S,M,L", help="One of each size, told apart.")
@click.option("--drop", is_flag=True, help="Take no more of it; what was collected stays.")
@pass_session
def command(
    session: Session, name: str, goods: tuple[str, ...], sizes: str | None, *, drop: bool
) -> None:
    """Let the drive NAME take GOODS too, or no more of them."""
    what, each = typed.words_of(goods), sizes_of(sizes)
    with session.open() as ledger:
        session.guard(ledger, Guarded.PROGRAMS)
        program = ledger.find_program(name, ProgramKind.DRIVE)
        if drop:
            named = [f"{what} {size}" for size in each] or [what]
            found = [ledger.find_goods(program.id, one) for one in named]
            missing = [one.name for one in found if one.id not in program.items]
            if missing:
                raise BadInput(
                    f"{program.name} takes no {missing[0]} already: leave it out.",
                    reason="unknown-goods",
                )
            for one in found:
                ledger.drop_goods(program.id, one.id)
        else:
            ledger.add_goods(program.id, what, each)
        answer_program(session, ledger, program.id)
