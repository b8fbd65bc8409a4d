"""``payforward board``: what waits for whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.glance import glance
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.core.clock import SystemClock

if TYPE_CHECKING:
    from db.glance import Glance, GlanceProgram


@click.command("board", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Show what waits for whoever asks, and how each program stands."""
    board = glance(session.path(), SystemClock().now())
    document = {
        "items": _items(board),
        "money_minor": board.money_minor,
        "currency": board.currency,
        "programs": [_program(each) for each in board.programs],
    }
    session.answer(document, lambda: _lines(board))


def _items(board: Glance) -> list[dict[str, object]]:
    return [
        {"item": row.name, "units": row.units, "oldest_day": row.oldest_day.isoformat()}
        for row in board.rows
    ]


def _program(program: GlanceProgram) -> dict[str, object]:
    return {
        "program": program.name,
        "kind": program.kind,
        "running": program.running,
        "items": [
            {"item": row.name, "units": row.units, "oldest_day": row.oldest_day.isoformat()}
            for row in program.holds.rows
        ],
        "money_minor": program.holds.money_minor,
        "budget_units": program.budget_units,
        "left": program.left,
        "until": None if program.until is None else program.until.isoformat(),
        "collected": program.collected,
        "target": program.target,
    }


def _lines(board: Glance) -> list[str]:
    from payforward.cli.board_words import board_lines  # noqa: PLC0415 - scripts do without

    return board_lines(board)
