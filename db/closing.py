"""The end of a day: an entry after which it takes no more, and beside it what the till said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from db import names
from db.append import Line
from db.chain import head_text
from db.entries import entry_by_no
from db.faults import damaged
from db.moment import wall_day
from db.perform import Beside
from db.takings import read_taken
from payforward.core.clock import parse_utc_text, utc_text
from payforward.core.closing import ClosedDay, Counted, TillSays, TillWord
from payforward.core.days import day_text
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import action_id_of
from payforward.core.model import MAX_AMOUNT_MINOR, Kind, Tender

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from sqlite3 import Row

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from db.moment import Moment
    from payforward.core.closing import Taken
    from payforward.core.model import Entry, Shop

A_DAY: Final = timedelta(days=1)

CLOSE_OF_DAY: Final = """
    SELECT no
    FROM entry
    WHERE shop = :shop
    AND day = :day
    AND kind = 'close'
"""

COUNTED: Final = """
    SELECT version, tender, taken_minor, till_minor, note, at, cashier
    FROM closing
    WHERE shop = :shop
    AND no = :no
    ORDER BY version DESC
"""

INSERT_COUNTED: Final = """
    INSERT INTO closing (shop, no, version, tender, taken_minor, till_minor, note, at, cashier)
    VALUES (:shop, :no, :version, :tender, :taken_minor, :till_minor, :note, :at, :cashier)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay:
    """Ask: close a business day; its id says which, so that no two tills can close it."""

    action: str
    day: str


class Noting(Beside):
    """Writes what the till said beside the close of a day.

    Args:
        file: The ledger.
        shop: Whose it is.
        says: What the till said.
    """

    def __init__(self, file: LedgerFile, shop: Shop, says: TillSays) -> None:
        self._file = file
        self._shop = shop
        self._says = says

    def after(self, database: Database, entries: Sequence[Entry]) -> None:
        """Write the rows that belong to the close."""
        (close,) = (entry for entry in entries if entry.kind == Kind.CLOSE)
        taken = read_taken(self._file, self._shop.id, date.fromisoformat(close.day))
        facts = {"no": close.no, "version": 1, "at": close.at, "cashier": close.cashier}
        _insert(database, self._shop.id, taken, self._says, facts)


def ask_for(shop: Shop, day: date) -> CloseDay:
    """Return what closes a day: the same whoever asks."""
    return CloseDay(action=action_id_of("close", shop.id, day.isoformat()), day=day.isoformat())


def day_to_close(moment: Moment, day: date | None) -> date:
    """Return the day that a person means who closes one: the named, else the one that is open.

    In the morning, before anything was written, that is still the day before.

    Raises:
        Refused: it is closed, it is over, or it has not begun.
    """
    file, shop = moment.file, moment.shop.id
    wall = wall_day(moment.shop, moment.now)
    last = entry_by_no(file, shop, moment.head.no)
    # Before the first entry no day is in the books: the last that can be meant is yesterday's.
    earliest = wall - A_DAY if last is None else date.fromisoformat(moment.head.day)
    # What is ahead of the clock was written before the clock was set back, or after a close.
    is_open = last is not None and last.kind != Kind.CLOSE and not is_closed(file, shop, wall)
    meant = day or (earliest if is_open else wall)
    following = max(earliest, wall)
    latest = following if is_open else wall
    if is_closed(file, shop, meant):
        raise Refused(
            f"{day_text(meant)} is closed already: what is done now counts on "
            f"{day_text(following)}.",
            reason="day-closed",
        )
    if meant > latest:
        raise Refused(
            f"{day_text(meant)} has not begun: close it when it is over.", reason="day-to-come"
        )
    if meant < earliest:
        instead = (
            f"close {day_text(following)} instead"
            if following <= latest
            else f"what is done now counts on {day_text(following)}"
        )
        why = "no entry can be of it" if last is None else "a later day has begun"
        raise Refused(
            f"{day_text(meant)} can be closed no more, for {why}: {instead}.", reason="day-over"
        )
    return meant


def plan_close(moment: Moment, ask: CloseDay) -> list[Line]:
    """Return the entry that closes a day.

    Raises:
        Refused: see `day_to_close`.
    """
    day_to_close(moment, date.fromisoformat(ask.day))
    return [Line(kind=Kind.CLOSE, units=0)]


def is_closed(file: LedgerFile, shop: int, day: date) -> bool:
    """Return whether a day was closed."""
    return file.read_one(CLOSE_OF_DAY, {"shop": shop, "day": day.isoformat()}) is not None


def read_closed(file: LedgerFile, shop: Shop, day: date) -> ClosedDay | None:
    """Return how a day was closed, with its latest correction; None where it was not."""
    row = file.read_one(CLOSE_OF_DAY, {"shop": shop.id, "day": day.isoformat()})
    if row is None:
        return None
    close = entry_by_no(file, shop.id, row["no"])
    assert close is not None
    cashiers = names.names(file, names.CASHIER_NAMES, shop.id)
    words = _words(file.read(COUNTED, {"shop": shop.id, "no": close.no}), cashiers)
    if not words:
        raise damaged(file.path)
    return ClosedDay(
        number=close.no,
        day=day,
        head=head_text(close.no, close.hash),
        at=parse_utc_text(close.at),
        cashier=None if close.cashier is None else cashiers[close.cashier],
        words=words,
    )


def _words(rows: Sequence[Row], cashiers: Mapping[int, str]) -> tuple[TillWord, ...]:
    """Return what was said of a close, of rows with the newest first."""
    versions = [list(each) for _, each in groupby(rows, itemgetter("version"))]
    return tuple(_word({row["tender"]: row for row in each}, cashiers) for each in versions)


def _word(by_tender: Mapping[str, Row], cashiers: Mapping[int, str]) -> TillWord:
    any_row = next(iter(by_tender.values()))
    return TillWord(
        counted=tuple(
            Counted(Tender(name), row["taken_minor"], row["till_minor"])
            for name in Tender
            if (row := by_tender.get(name)) is not None
        ),
        note=any_row["note"],
        at=parse_utc_text(any_row["at"]),
        cashier=None if any_row["cashier"] is None else cashiers[any_row["cashier"]],
    )


def correct(
    file: LedgerFile,
    database: Database,
    moment: Moment,
    *,
    day: date,
    says: TillSays,
    cashier: int | None,
) -> None:
    """Say anew what the till said of a closed day; the older word stays below it.

    Raises:
        Refused: the day is not closed, or nothing else was said than before.
    """
    closed = read_closed(file, moment.shop, day)
    if closed is None:
        raise Refused(f"{day_text(day)} is not closed: close it first.", reason="day-open")
    before = {each.tender: each.till_minor for each in closed.counted}
    minor = {**before, **(says.minor or {})}
    note = closed.note if says.note is None else says.note or None
    if (minor, note) == (before, closed.note):
        raise Refused(
            "That is what was said of it already: say what the till says, or a note.",
            reason="nothing-new",
        )
    taken = read_taken(file, moment.shop.id, day)
    facts = {
        "no": closed.number,
        "version": closed.corrections + 2,
        "at": utc_text(moment.now),
        "cashier": cashier,
    }
    _insert(database, moment.shop.id, taken, TillSays(minor=minor, note=note), facts)


def check_said(says: TillSays) -> None:
    """Refuse amounts that no till says.

    Raises:
        BadInput: one is beyond any day's takings.
    """
    for minor in (says.minor or {}).values():
        if abs(minor or 0) > MAX_AMOUNT_MINOR:
            raise BadInput(
                "That is more than any till takes in a day: check it.", reason="bad-amount"
            )


def _insert(
    database: Database, shop: int, taken: Sequence[Taken], says: TillSays, facts: dict[str, Any]
) -> None:
    said = says.minor or {}
    for each in taken:
        row = {
            **facts,
            "shop": shop,
            "tender": str(each.tender),
            "taken_minor": each.net_minor,
            "till_minor": said.get(each.tender),
            "note": says.note or None,
        }
        database.execute(INSERT_COUNTED, row)
