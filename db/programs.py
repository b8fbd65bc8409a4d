"""The programs that a shop runs, as they are kept: read whole, written whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from payforward.core.days import day_text
from payforward.core.errors import Refused
from payforward.core.model import ProgramKind
from payforward.core.names import name_key
from payforward.core.programs import Period, Program, Running

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from db.connection import LedgerFile

_FIELDS: Final = (
    "program, name, kind, starts_on, ends_on, hours, budget_units, budget_period, order_limit, "
    "public_cap, hide_zero, target, retired_at IS NOT NULL AS retired, budget_no"
)

ALL_PROGRAMS: Final = f"""
    SELECT {_FIELDS}
    FROM program
    WHERE shop = :shop
    ORDER BY program
"""  # noqa: S608 - the names are this program's own

ONE_PROGRAM: Final = f"""
    SELECT {_FIELDS}
    FROM program
    WHERE shop = :shop
    AND program = :program
"""  # noqa: S608

ITEMS_OF_PROGRAMS: Final = """
    SELECT program_item.program, program_item.item
    FROM program_item
    JOIN item ON item.shop = program_item.shop AND item.item = program_item.item
    WHERE program_item.shop = :shop
    AND (:program IS NULL OR program_item.program = :program)
    ORDER BY program_item.program, item.position, item.item
"""

INSERT_PROGRAM: Final = """
    INSERT INTO program (shop, program, name, name_key, kind, created_at)
    SELECT :shop, coalesce(max(program), 0) + 1, :name, :name_key, :kind, :at
    FROM program
    WHERE shop = :shop
    RETURNING program
"""

# Each change has a number, so that a changed budget is opened or cut once.
UPDATE_PROGRAM: Final = """
    UPDATE program
    SET name = :name, name_key = :name_key, starts_on = :starts_on, ends_on = :ends_on,
      hours = :hours, budget_units = :budget_units, budget_period = :budget_period,
      order_limit = :order_limit, public_cap = :public_cap, hide_zero = :hide_zero,
      target = :target, budget_no = budget_no + 1
    WHERE shop = :shop
    AND program = :program
"""

RETIRE_PROGRAM: Final = """
    UPDATE program
    SET retired_at = :at, budget_no = budget_no + 1
    WHERE shop = :shop
    AND program = :program
"""

LEAVE_PROGRAM: Final = """
    DELETE FROM program_item
    WHERE shop = :shop
    AND program = :program
"""

JOIN_PROGRAM: Final = """
    INSERT INTO program_item (shop, program, item)
    VALUES (:shop, :program, :item)
"""


def read_programs(file: LedgerFile, shop: int) -> list[Program]:
    """Return every program that ever was, the first one first."""
    own: dict[int, list[int]] = {}
    for program, item in file.read(ITEMS_OF_PROGRAMS, {"shop": shop, "program": None}):
        own.setdefault(program, []).append(item)
    rows = file.read(ALL_PROGRAMS, {"shop": shop})
    return [_to_program(row, own.get(row["program"], ())) for row in rows]


def live_programs(file: LedgerFile, shop: int) -> list[Program]:
    """Return the programs that are not retired, the first one first."""
    return [program for program in read_programs(file, shop) if not program.retired]


def program_of(file: LedgerFile, shop: int, number: int) -> Program:
    """Return the program of a number, retired or not.

    Raises:
        Refused: there is none.
    """
    parameters = {"shop": shop, "program": number}
    row = file.read_one(ONE_PROGRAM, parameters)
    if row is None:
        raise unknown_program()
    return _to_program(row, [item for _, item in file.read(ITEMS_OF_PROGRAMS, parameters)])


def running_program(
    file: LedgerFile, shop: int, number: int, day: date, kinds: Sequence[ProgramKind]
) -> Program:
    """Return a program of one of these kinds that takes part in a business day.

    Raises:
        Refused: there is none of that number and kind, or it is not its time.
    """
    program = program_of(file, shop, number)
    if program.retired or program.kind not in kinds:
        raise unknown_program()
    refuse_out_of_time(program, day)
    return program


def program_of_board(file: LedgerFile, shop: int, number: int | None) -> Program | None:
    """Return a program whose gifts are on the board, one that has ended too; None for no number.

    Raises:
        Refused: there is none of that number, or its gifts are never there.
    """
    if number is None:
        return None
    found = program_of(file, shop, number)
    if found.kind is not ProgramKind.FORWARD:
        raise unknown_program()
    return found


def refuse_out_of_time(program: Program, day: date) -> None:
    """Refuse a program before its first day and after its last one.

    Raises:
        Refused: with the day in its sentence.
    """
    running = program.running(day)
    if running is Running.RUNNING:
        return
    when = "has ended" if program.ends_on is None else f"ended on {day_text(program.ends_on)}"
    if program.starts_on is not None and running is Running.NOT_YET:
        when = f"starts on {day_text(program.starts_on)}"
    raise Refused(
        f"{program.name} {when}: choose another program, or change its days.",
        reason="not-running",
    )


def unknown_program() -> Refused:
    """Return the refusal of a program that is not there, or is not of the kind that is needed."""
    return Refused(
        "There is no such program for that: choose one of the list.", reason="unknown-program"
    )


def insert_program(database: Database, shop: int, at: str, program: Program) -> int:
    """Add a program with all that was decided about it, and return its number."""
    facts = {
        "shop": shop,
        "name": program.name,
        "name_key": name_key(program.name),
        "kind": str(program.kind),
        "at": at,
    }
    (row,) = database.execute(INSERT_PROGRAM, facts).fetchall()
    number = int(row["program"])
    update_program(database, shop, number, program)
    return number


def update_program(database: Database, shop: int, number: int, program: Program) -> None:
    """Keep what was decided about a program."""
    period = program.budget_period
    facts = {
        "shop": shop,
        "program": number,
        "name": program.name,
        "name_key": name_key(program.name),
        "starts_on": _day_text(program.starts_on),
        "ends_on": _day_text(program.ends_on),
        "hours": program.hours,
        "budget_units": program.budget_units,
        "budget_period": None if period is None else str(period),
        "order_limit": program.order_limit,
        "public_cap": program.public_cap,
        "hide_zero": int(program.hide_zero),
        "target": program.target,
    }
    database.execute(UPDATE_PROGRAM, facts)
    database.execute(LEAVE_PROGRAM, {"shop": shop, "program": number})
    for item in program.items:
        database.execute(JOIN_PROGRAM, {"shop": shop, "program": number, "item": item})


def refuse_stale(kept: Program, changed: Program) -> None:
    """Refuse a change that was made of something older than what is kept.

    A program is written whole: what another till decided meanwhile would be lost.

    Raises:
        Refused: it was changed since it was read.
    """
    if changed.change != kept.change and changed != kept:
        raise Refused(
            f"{kept.name} was changed at another till meanwhile: look at it again, then change it.",
            reason="changed-meanwhile",
        )


def refuse_namesake(programs: Iterable[Program], name: str, but: int | None = None) -> None:
    """Refuse a name that another program has.

    Raises:
        Refused: one that is not retired has it.
    """
    key = name_key(name)
    for program in programs:
        if not program.retired and program.id != but and name_key(program.name) == key:
            raise Refused(
                f"There is a program {program.name} already: choose another name.",
                reason="name-taken",
            )


def _to_program(row: sqlite3.Row, items: Sequence[int]) -> Program:
    period = row["budget_period"]
    return Program(
        id=row["program"],
        name=row["name"],
        kind=ProgramKind(row["kind"]),
        items=tuple(items),
        starts_on=_to_day(row["starts_on"]),
        ends_on=_to_day(row["ends_on"]),
        hours=row["hours"],
        budget_units=row["budget_units"],
        budget_period=None if period is None else Period(period),
        order_limit=row["order_limit"],
        public_cap=row["public_cap"],
        hide_zero=bool(row["hide_zero"]),
        target=row["target"],
        retired=bool(row["retired"]),
        change=row["budget_no"],
    )


def _to_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
