"""The programmes that a shop runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.errors import Refused
from payforward.core.model import ProgramKind
from payforward.core.programs import Program

if TYPE_CHECKING:
    from db.connection import LedgerFile

LIVE_PROGRAMS: Final = """
    SELECT program, name, kind
    FROM program
    WHERE shop = :shop
    AND retired_at IS NULL
    ORDER BY program
"""

INSERT_PROGRAM: Final = """
    INSERT INTO program (shop, program, name, name_key, kind, created_at)
    SELECT :shop, coalesce(max(program), 0) + 1, :name, :name_key, :kind, :at
    FROM program
    WHERE shop = :shop
"""


def live_programs(file: LedgerFile, shop: int) -> list[Program]:
    """Return the programmes that run, the first one first."""
    return [
        Program(id=row["program"], name=row["name"], kind=ProgramKind(row["kind"]))
        for row in file.read(LIVE_PROGRAMS, {"shop": shop})
    ]


def forward_program(file: LedgerFile, shop: int, program: int | None) -> Program:
    """Return the programme that a gift belongs to: the one named, else the shop's first.

    Raises:
        Refused: it does not take gifts for the board.
    """
    for candidate in live_programs(file, shop):
        if candidate.kind is ProgramKind.FORWARD and program in (None, candidate.id):
            return candidate
    raise Refused(
        "That programme takes no gifts for the board: choose another.", reason="unknown-program"
    )
