"""``payforward vouchers recovery``: the secret without which no slip can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.asking import insist
from payforward.cli.code_words import lines_of_input
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_paper import write
from payforward.cli.slip_target import Target, refuse_used_file, target_of
from payforward.core.errors import BadInput
from payforward.core.people import Guarded
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.ledger import Ledger

LINES = 4


@click.command("recovery", cls=Command)
@click.argument("file", required=False)
@click.option("--restore", is_flag=True, help="Read the sheet's four lines from standard input.")
@click.option(
    "--new",
    "is_new",
    is_flag=True,
    help="The sheet is lost too: begin anew. Every slip needs a new code then.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask whether you are sure.")
@pass_session
def command(
    session: Session, *, file: str | None, restore: bool, is_new: bool, is_sure: bool
) -> int:
    """Keep the sheet that brings slips back to life.

    Slips are read with a secret in a file beside the ledger, which is in no backup of it. The
    sheet has that secret in four lines: written to FILE, by its ending, or shown without one.
    Lock it away. After a loss, --restore reads it.
    """
    if [file is not None, restore, is_new].count(True) > 1:
        raise BadInput("Say FILE, --restore or --new, one at a time.", reason="wrong-usage")
    target = target_of(file)
    with session.open() as ledger:
        if restore:
            return _restore(session, ledger)
        session.guard(ledger, Guarded.RECOVERY)
        if is_new:
            return _begin_anew(session, ledger, is_sure=is_sure)
        if target is not None:
            return _write(session, ledger, target)
        return _show(session, ledger, is_sure=is_sure)


def _restore(session: Session, ledger: Ledger) -> int:
    ledger.restore_pepper(lines_of_input(LINES))
    session.answer(
        {"state": str(ledger.pepper_state())},
        lambda: ["The secret is back: slips can be read and made again."],
    )
    return 0


def _begin_anew(session: Session, ledger: Ledger, *, is_sure: bool) -> int:
    insist(
        "Every slip that is out could not be read any more, and would need a new code.",
        is_sure=is_sure,
    )
    ledger.new_pepper()
    session.answer({"state": str(ledger.pepper_state())}, _anew_lines)
    return 0


def _anew_lines() -> Iterator[str]:
    yield "There is a new secret. No gift is lost, but slips that are out cannot be read."
    yield "payforward vouchers list --state waiting lists them; payforward vouchers replace"
    yield "makes a new one for each, and payforward vouchers take-back puts it on the board."
    yield "Write the new recovery sheet now: payforward vouchers recovery FILE"


def _write(session: Session, ledger: Ledger, target: Target) -> int:
    from payforward.output.papers import recovery_paper  # noqa: PLC0415 - heavy

    refuse_used_file(ledger, target)
    paper = recovery_paper(ledger.shop.name, ledger.recovery_lines())
    files = write(ledger, [paper], target)
    ledger.mark_sheet_printed()
    session.answer(
        {"files": [str(file) for file in files], "state": str(ledger.pepper_state())},
        lambda: _written_lines([str(file) for file in files]),
    )
    return 0


def _written_lines(files: list[str]) -> Iterator[str]:
    for file in files:
        yield f"The recovery sheet is in {shown(file)}."
    yield "Print it, lock it away from the backups, and delete the file."


def _show(session: Session, ledger: Ledger, *, is_sure: bool) -> int:
    lines = ledger.recovery_lines()
    insist("Whoever sees these lines and the ledger can make slips.", is_sure=is_sure)
    session.answer({"lines": list(lines), "state": str(ledger.pepper_state())}, lambda: lines)
    ledger.mark_sheet_printed()
    return 0
