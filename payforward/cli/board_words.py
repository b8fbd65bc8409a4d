"""The board as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import age, money, table
from payforward.core.days import day_text
from payforward.core.text import shown

if TYPE_CHECKING:
    from db.glance import Glance, GlanceProgram, Rows

_MONEY = {"forward": "Fund", "charity": "In the jar"}


def board_lines(board: Glance) -> list[str]:
    """Return what waits; where there is more than one program, a block for each."""
    if board.style is not None:
        from payforward.core.currencies import write_as  # noqa: PLC0415 - not without a locale
        from payforward.core.money_styles import kept_style  # noqa: PLC0415

        write_as(board.currency, kept_style(board.style))
    if len(board.programs) > 1:
        return _blocks(board)
    held = _rows(board, board, "Fund")
    if not held:
        return ["Nothing is waiting just now: the next gift will be."]
    return table([["", "waiting", "oldest"], *held], "<><")


def _blocks(board: Glance) -> list[str]:
    """Return a block a program, their columns under each other."""
    held = [_rows(board, each.holds, _MONEY.get(each.kind, "Money")) for each in board.programs]
    rows = [["", "waiting", "oldest"], *(row for rows in held for row in rows)]
    lines = (f"  {line}" for line in table(rows, "<><"))
    told = [next(lines)] if len(rows) > 1 else []
    for program, own in zip(board.programs, held, strict=True):
        told.append(f"{shown(program.name)}{_standing(program, is_empty=not own)}")
        told += [next(lines) for _ in own]
    return told


def _rows(board: Glance, held: Glance | Rows, what: str) -> list[list[str]]:
    rows = [[row.name, str(row.units), age(row.oldest_day, board.day)] for row in held.rows]
    if held.money_oldest_day is not None:
        amount = money(held.money_minor, board.currency)
        rows.append([what, amount, age(held.money_oldest_day, board.day)])
    return rows


def _standing(program: GlanceProgram, *, is_empty: bool) -> str:
    """Return in a few words how a program stands, where its rows do not say it."""
    parts = []
    if program.left is not None and program.until is not None:
        left = f"{program.left} of {program.budget_units} left"
        parts.append(f"{left} until {day_text(program.until)}")
    elif program.kind == "giveaway":
        parts.append("no budget")
    if program.collected is not None:
        of = "" if program.target is None else f" of {program.target}"
        parts.append(f"{program.collected}{of} collected")
    elif is_empty and not parts:
        parts.append("the jar is empty" if program.kind == "charity" else "nothing waiting")
    if program.running == "ended":
        parts.append("ended")
    return f": {', '.join(parts)}" if parts else ""
