"""``payforward board``: what waits for whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from db.glance import glance
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session

if TYPE_CHECKING:
    from db.glance import Glance


@click.command("board", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Show what waits for whoever asks."""
    board = glance(session.path(), datetime.now(UTC))
    document = {
        "items": [
            {"item": row.name, "units": row.units, "oldest_day": row.oldest_day.isoformat()}
            for row in board.rows
        ],
        "money_minor": board.money_minor,
        "currency": board.currency,
    }
    session.answer(document, lambda: _lines(board))


def _lines(board: Glance) -> list[str]:
    from payforward.cli.words import age, money, table  # noqa: PLC0415 - scripts do without

    rows = [[row.name, str(row.units), age(row.oldest_day, board.day)] for row in board.rows]
    if board.money_oldest_day is not None:
        fund = money(board.money_minor, board.currency)
        rows.append(["Fund", fund, age(board.money_oldest_day, board.day)])
    if not rows:
        return ["Nothing is waiting just now: the next gift will be."]
    return table([["", "waiting", "oldest"], *rows], "<><")
