"""``payforward vouchers expiry``: whether slips run out."""

from __future__ import annotations

from dataclasses import replace

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.people import Guarded

NEVER = "never"


@click.command("expiry", cls=Command)
@click.argument("days", metavar="[DAYS|never]", required=False)
@pass_session
def command(session: Session, days: str | None) -> None:
    """Show after how many days slips run out, or set it.

    It counts for slips made from then on. What was left on one that ran out goes to the board,
    never to the shop; without this being set, slips are good for ever.
    """
    with session.open() as ledger:
        settings = ledger.settings()
        if days is not None:
            session.guard(ledger, Guarded.SETTINGS)
            chosen = None if days.strip().casefold() == NEVER else typed.count_of(days)
            settings = ledger.save_settings(replace(settings, expiry_days=chosen))
        expired = ledger.expire_due()
    session.answer(
        {"expiry_days": settings.expiry_days, "expired": expired},
        lambda: _lines(settings.expiry_days, expired),
    )


def _lines(days: int | None, expired: int) -> list[str]:
    lines = ["Slips never run out."]
    if days is not None:
        last = "1 day" if days == 1 else f"{days} days"
        lines = [f"A slip made now is good for {last}; then its gift goes to the board."]
    if expired:
        what = "1 slip has" if expired == 1 else f"{expired} slips have"
        lines.append(f"{what} run out: the gifts are on the board.")
    return lines
