"""``payforward programs change``: what was decided about a program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from payforward.cli.commands.programs.show import answer_program
from payforward.cli.lazy import Command
from payforward.cli.program_options import Said, changes_of, goods_of, program_options
from payforward.cli.session import Session, pass_session
from payforward.core.errors import BadInput
from payforward.core.people import Guarded

if TYPE_CHECKING:
    from typing import Unpack


@click.command("change", cls=Command)
@click.argument("name")
@click.option("--name", "new_name", metavar="NEW", help="What it is called from now on.")
@program_options
@pass_session
def command(session: Session, name: str, new_name: str | None, **said: Unpack[Said]) -> None:
    """Change what was decided about the program NAME.

    What is not said stays as it is; the word none clears what was decided. What kind of program
    it is never changes.
    """
    with session.open() as ledger:
        program = ledger.find_program(name)
        changes = changes_of(ledger, said, program)
        goods = goods_of(said, program.kind)
        if new_name is not None:
            changes["name"] = new_name
        if not changes and not goods:
            raise BadInput(
                "Say what changes, such as --budget 30: 'payforward programs change --help' "
                "lists it.",
                reason="wrong-usage",
            )
        session.guard(ledger, Guarded.PROGRAMS)
        # Whatever another till has decided since it was read is not written over: that refuses.
        ledger.change_program(replace(program, **changes), goods)
        answer_program(session, ledger, program.id)
