"""What was asked for while none was waiting: notes beside the entries, which move nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from db.entries import entries_of_action
from db.moment import check_units
from payforward.core.clock import parse_utc_text
from payforward.core.days import day_text
from payforward.core.errors import Refused
from payforward.core.model import ItemKind
from payforward.core.program_answers import AskedNote

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from db.moment import Moment
    from payforward.core.asks import NoteAsked
    from payforward.core.model import Item

INSERT_ASKED: Final = """
    INSERT INTO asked (shop, action, item, units, till, cashier, at, day)
    VALUES (:shop, :action, :item, :units, :till, :cashier, :at, :day)
"""

ASKED_BY_ACTION: Final = """
    SELECT asked.action, asked.item, asked.units, till.name, asked.at, asked.day,
      asked.taken_back_at
    FROM asked
    JOIN till ON till.shop = asked.shop AND till.till = asked.till
    WHERE asked.shop = :shop
    AND asked.action = :action
"""

ASKED_BETWEEN: Final = """
    SELECT asked.action, asked.item, asked.units, till.name, asked.at, asked.day,
      asked.taken_back_at
    FROM asked
    JOIN till ON till.shop = asked.shop AND till.till = asked.till
    WHERE asked.shop = :shop
    AND asked.day >= :first
    AND asked.day <= :last
    AND asked.taken_back_at IS NULL
    ORDER BY asked.day DESC, asked.at DESC, asked.action DESC
"""

IS_NOTE: Final = """
    SELECT 1
    FROM asked
    WHERE shop = :shop
    AND action = :action
"""

FORGET_ASKED: Final = """
    UPDATE asked
    SET taken_back_at = :at
    WHERE shop = :shop
    AND action = :action
"""


def noted_before(moment: Moment, ask: NoteAsked) -> AskedNote | None:
    """Return the note that was made of this very ask, or None where there is none.

    Raises:
        Refused: its id was used for something else.
    """
    row = _row(moment.file, moment.shop.id, ask.action)
    if row is not None and (row["item"], row["units"]) == (ask.item, ask.units):
        return _told(row, moment.items, repeated=True)
    if row is not None or entries_of_action(moment.file, moment.shop.id, ask.action):
        raise id_used()
    return None


def refuse_id_of_note(file: LedgerFile, shop: int, action: str) -> None:
    """Refuse an id for entries that a note has: a retry of either would be told of the other.

    Raises:
        Refused: a note has it.
    """
    if is_note(file, shop, action):
        raise id_used()


def is_note(file: LedgerFile, shop: int, action: str) -> bool:
    """Return whether a note has this id."""
    return file.read_one(IS_NOTE, {"shop": shop, "action": action}) is not None


def id_used() -> Refused:
    """Return the refusal of an id that something else has."""
    return Refused(
        "That id was used for something else already: nothing was changed; ask again with a new "
        "id.",
        reason="id-used",
    )


def check_asked(moment: Moment, ask: NoteAsked) -> None:
    """Refuse a note of what is not on the menu.

    Raises:
        Refused: it is not, or no longer.
        BadInput: a count that nobody means.
    """
    item = moment.item(ask.item)
    if item.kind is not ItemKind.MENU or item.retired:
        raise Refused(f"{item.name} is not on the menu: note what is.", reason="unknown-item")
    check_units(item, ask.units)


def insert_note(
    database: Database, moment: Moment, ask: NoteAsked, *, till: int, cashier: int | None, at: str
) -> AskedNote:
    """Write a note and return it."""
    database.execute(
        INSERT_ASKED,
        {
            "shop": moment.shop.id,
            "action": ask.action,
            "item": ask.item,
            "units": ask.units,
            "till": till,
            "cashier": cashier,
            "at": at,
            "day": moment.day.isoformat(),
        },
    )
    row = _row(moment.file, moment.shop.id, ask.action)
    assert row is not None
    return _told(row, moment.items)


def forget_note(database: Database, moment: Moment, action: str, at: str) -> AskedNote:
    """Take a note of today back; one that was taken back stays so.

    Raises:
        Refused: there is no such note, or it is of another day.
    """
    row = _row(moment.file, moment.shop.id, action)
    if row is None:
        raise Refused("There is no such note: see what was asked for.", reason="unknown-note")
    if row["taken_back_at"] is not None:
        return _told(row, moment.items, repeated=True)
    if row["day"] != moment.day.isoformat():
        day = day_text(date.fromisoformat(row["day"]))
        raise Refused(
            f"That was noted on {day}, and that day is over: it stays.", reason="another-day"
        )
    database.execute(FORGET_ASKED, {"shop": moment.shop.id, "action": action, "at": at})
    return replace(_told(row, moment.items), taken_back=True)


def notes_between(
    file: LedgerFile, shop: int, items: Mapping[int, Item], first: date | None, last: date | None
) -> tuple[AskedNote, ...]:
    """Return what was asked for on these days and not taken back, the newest first."""
    days = {
        "first": (first or date.min).isoformat(),
        "last": (last or date.max).isoformat(),
    }
    return tuple(_told(row, items) for row in file.read(ASKED_BETWEEN, {"shop": shop, **days}))


def _row(file: LedgerFile, shop: int, action: str) -> sqlite3.Row | None:
    return file.read_one(ASKED_BY_ACTION, {"shop": shop, "action": action})


def _told(row: sqlite3.Row, items: Mapping[int, Item], *, repeated: bool = False) -> AskedNote:
    return AskedNote(
        action=row["action"],
        item=items[row["item"]],
        units=row["units"],
        till=row["name"],
        at=parse_utc_text(row["at"]),
        day=date.fromisoformat(row["day"]),
        repeated=repeated,
        taken_back=row["taken_back_at"] is not None,
    )
