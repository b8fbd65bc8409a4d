"""``payforward verify``: replay the whole ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from payforward.cli.lazy import Command
from payforward.cli.output import complain
from payforward.cli.session import Session, pass_session
from payforward.core.errors import LedgerUnusable
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.answers import Verified

_NOT_SOUND: Final = (
    "The ledger is not sound: keep it as it is, and compare it with the last backup."
)
_READ_AGAIN: Final = (
    "All entries agree with each other, only this head is none of theirs. Compare it with the "
    "paper, letter by letter. If it is typed as printed, try a later slip's: if that is found, "
    "nothing before it was changed, and the first was copied wrongly. If none is found, the "
    "ledger was rewritten or cut: keep it as it is, and compare it with the last backup."
)


@click.command("verify", cls=Command)
@click.option("--head", metavar="HEAD", help="A printed head, such as 1234-9f3a2b1c, to find.")
@pass_session
def command(session: Session, head: str | None) -> int:
    """Prove that nothing was changed.

    Replays every entry; nothing may have been changed, added or cut off since.
    """
    try:
        with session.open() as ledger:
            verified = ledger.verify(printed_head=head)
    except LedgerUnusable as error:
        if error.reason != "damaged":
            raise
        # A file that cannot be read is the plainest answer to the question.
        return _damaged(session, error)
    session.answer(
        {
            "entries": verified.entries,
            "head": verified.head,
            "sound": verified.sound,
            "problems": list(verified.problems),
        },
        lambda: _lines(verified),
    )
    if verified.sound:
        return 0
    complain(_READ_AGAIN if verified.is_head_all else _NOT_SOUND)
    return LedgerUnusable.exit_code


def _damaged(session: Session, error: LedgerUnusable) -> int:
    problem = shown(error.message)
    session.answer({"entries": None, "head": None, "sound": False, "problems": [problem]}, list)
    complain(problem)
    return error.exit_code


def _lines(verified: Verified) -> Iterator[str]:
    if verified.sound:
        yield f"All is well: {verified.entries} entries, head {verified.head}."
        return
    yield f"{verified.entries} entries read, up to head {verified.head}. What is wrong:"
    yield from (f"- {shown(problem)}" for problem in verified.problems)
