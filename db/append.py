"""The one way in which entries come to be: numbered, balanced, pooled, chained, inserted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from db.chain import HASHED, VERSION, day_after, entry_hash
from db.entries import INSERT_ENTRY, LAST_OF_POOL, last_of_book
from payforward.core.model import Entry, Kind, Place, TaxKind, Tender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from payforward.core.model import Shop

# Touching the row takes its lock where the engine locks rows, and answers what it holds.
LOCK_HEAD: Final = """
    UPDATE head
    SET no = no
    WHERE shop = :shop
    RETURNING no, hash, day
"""

MOVE_HEAD: Final = """
    UPDATE head
    SET no = :no, hash = :hash, day = :day
    WHERE shop = :shop
"""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a shop's ledger stands: its last number and hash, the earliest day of the next."""

    no: int
    hash: bytes
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What all entries of one action share."""

    action: str
    request: bytes
    till: int
    cashier: int | None
    at: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one entry shall do, before it has a number.

    ``book`` None opens a new book. ``gift`` None in a new book makes it part of the gift that
    the action's first new book begins. An existing book brings its own gift, place, slip,
    program, item and unit price, whatever stands here. ``of_gift`` continues the book that
    began the action's own gift. Lines of one ``new_slip`` open one slip
    together, which bears the number of the first of them.
    """

    kind: Kind
    units: int
    book: int | None = None
    of_gift: bool = False
    gift: int | None = None
    place: Place | None = None
    slip: int | None = None
    new_slip: int | None = None
    program: int | None = None
    item: int | None = None
    unit_minor: int = 0
    served_item: int | None = None
    served: int | None = None
    list_price_minor: int | None = None
    tax_kind: TaxKind | None = None
    tax_rate: int | None = None
    till_receipt: str | None = None
    expires: str | None = None
    partner: int | None = None
    tender: Tender | None = None
    undoes: int | None = None
    code: bytes | None = None


_STAMP_FIELDS: Final = tuple(field.name for field in fields(Stamp))
_PLACING: Final = frozenset({"of_gift", "new_slip"})
_LINE_FIELDS: Final = tuple(field.name for field in fields(Line) if field.name not in _PLACING)


def lock_head(database: Database, shop: Shop) -> Head:
    """Take a shop's head for this transaction and return it."""
    # All rows are fetched, else the statement would not be finished.
    (row,) = database.execute(LOCK_HEAD, {"shop": shop.id}).fetchall()
    return Head(no=row["no"], hash=row["hash"], day=row["day"])


class Appender:
    """Appends the entries of one action; used once, under the write lock.

    Args:
        file: The ledger.
        database: The transaction that `LedgerFile.write_transaction` gave.
        shop: Whose entries they are.
        head: What `lock_head` answered.
        stamp: What they share.
    """

    def __init__(
        self, file: LedgerFile, database: Database, shop: Shop, head: Head, stamp: Stamp
    ) -> None:
        self._file = file
        self._database = database
        self._shop = shop
        self._head = head
        self._stamp = stamp
        self._gift: int | None = None
        self._slips: dict[int, int] = {}

    def append(self, lines: Sequence[Line]) -> tuple[Entry, ...]:
        """Insert one entry a line, move the head, and return the entries.

        Raises:
            sqlite3.IntegrityError: a line breaks a rule of the ledger; nothing is kept once
                the transaction is left.
        """
        assert lines, "an action without entries would be forgotten"
        entries: list[Entry] = []
        for line_no, line in enumerate(lines, start=1):
            entry = self._next_entry(line_no, line)
            self._database.execute(INSERT_ENTRY, entry._asdict())
            entries.append(entry)
            self._head = Head(entry.no, entry.hash, day_after(entry.kind, entry.day))
        self._database.execute(
            MOVE_HEAD,
            {
                "shop": self._shop.id,
                "no": self._head.no,
                "hash": self._head.hash,
                "day": self._head.day,
            },
        )
        return tuple(entries)

    def _next_entry(self, line_no: int, line: Line) -> Entry:
        values: dict[str, int | str | bytes | None] = {
            "shop": self._shop.id,
            "no": self._head.no + 1,
            "version": VERSION,
            "line": line_no,
            "currency": self._shop.currency,
            **{name: getattr(self._stamp, name) for name in _STAMP_FIELDS},
            **{name: _plain(getattr(line, name)) for name in _LINE_FIELDS},
            **self._book(line),
        }
        unit_minor = values["unit_minor"]
        assert isinstance(unit_minor, int)
        values["amount_minor"] = line.units * unit_minor
        values |= self._pool(values, line.units, line.units * unit_minor)
        values["prev"] = self._head.hash
        values["hash"] = entry_hash(self._head.hash, [values[name] for name in HASHED])
        return Entry(**values)  # type: ignore[arg-type]

    def _book(self, line: Line) -> dict[str, int | str | None]:
        number = self._gift if line.of_gift else line.book
        if number is None:
            return self._new_book(line)
        last = last_of_book(self._file, self._shop.id, number)
        assert last is not None, f"book {number} was never opened"
        assert last.balance + line.units >= 0, f"book {number} would be overspent"
        return {
            "book": last.book,
            "seq": last.seq + 1,
            "gift": last.gift,
            "place": last.place,
            "slip": last.slip,
            "program": last.program,
            "item": last.item,
            "unit_minor": last.unit_minor,
            "expires": last.expires,
            "balance": last.balance + line.units,
        }

    def _new_book(self, line: Line) -> dict[str, int | str | None]:
        no = gift = self._head.no + 1
        if line.item is not None:
            # Later books of the action belong to the gift that its first one began.
            gift = self._gift = line.gift or self._gift or no
        book: dict[str, int | str | None] = {
            "book": no,
            "seq": 1,
            "gift": gift,
            "balance": line.units,
        }
        if line.new_slip is not None:
            book["slip"] = self._slips.setdefault(line.new_slip, no)
        return book

    def _pool(
        self, values: dict[str, int | str | bytes | None], units: int, amount_minor: int
    ) -> dict[str, int]:
        if values["item"] is None:
            return {"pool_units": 0, "pool_minor": 0}
        pool = self._file.read_one(
            LAST_OF_POOL,
            {"shop": self._shop.id, "program": values["program"], "item": values["item"]},
        )
        before_units, before_minor = (0, 0) if pool is None else (pool[0], pool[1])
        return {"pool_units": before_units + units, "pool_minor": before_minor + amount_minor}


def _plain(value: int | str | bytes | None) -> int | str | bytes | None:
    """Return an enumeration's own text: the chain hashes what is stored."""
    return str(value) if isinstance(value, str) else value
