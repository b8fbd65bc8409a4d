"""Printers, and which till uses which."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from payforward.core.errors import Refused
from payforward.core.names import name_key
from payforward.core.printers import Printer, PrinterKind, facts_of, options_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sqlite_utils import Database

    from db.connection import LedgerFile

READ_PRINTERS: Final = """
    SELECT printer, name, kind, address, options, retired_at
    FROM printer
    WHERE shop = :shop
    ORDER BY printer
"""

OPTIONS_OF_PRINTER: Final = """
    SELECT options
    FROM printer
    WHERE shop = :shop
    AND printer = :printer
"""

# Numbers are per shop and never reused: rows are never deleted.
INSERT_PRINTER: Final = """
    INSERT INTO printer (shop, printer, name, name_key, kind, address, options, created_at)
    SELECT :shop, coalesce(max(printer), 0) + 1, :name, :name_key, :kind, :address, :options, :at
    FROM printer
    WHERE shop = :shop
    RETURNING printer
"""

CHANGE_PRINTER: Final = """
    UPDATE printer
    SET name = :name, name_key = :name_key, kind = :kind, address = :address, options = :options
    WHERE shop = :shop
    AND printer = :printer
"""

RETIRE_PRINTER: Final = """
    UPDATE printer
    SET retired_at = :at
    WHERE shop = :shop
    AND printer = :printer
"""

CHOSEN_PRINTER: Final = """
    SELECT till_printer.printer
    FROM till_printer
    JOIN till ON till.shop = till_printer.shop AND till.till = till_printer.till
    WHERE till.shop = :shop
    AND till.name = :till
"""

CHOOSE_PRINTER: Final = """
    INSERT INTO till_printer (shop, till, printer)
    VALUES (:shop, :till, :printer)
    ON CONFLICT (shop, till) DO UPDATE SET printer = excluded.printer
"""

CHOOSE_NO_PRINTER: Final = """
    DELETE FROM till_printer
    WHERE shop = :shop
    AND till = :till
"""

_KINDS: Final = frozenset(map(str, PrinterKind))


def read_printers(file: LedgerFile, shop: int) -> list[Printer]:
    """Return all printers that the shop ever had, the oldest first.

    One of a kind that only a newer program knows is left out.
    """
    rows = file.read(READ_PRINTERS, {"shop": shop})
    return [_printer(row) for row in rows if row["kind"] in _KINDS]


def printer_of_till(file: LedgerFile, shop: int, till: str) -> Printer | None:
    """Return the printer that a till has chosen, else the shop's oldest, or None."""
    live = [printer for printer in read_printers(file, shop) if not printer.retired]
    chosen = file.read_one(CHOSEN_PRINTER, {"shop": shop, "till": till})
    if chosen is not None:
        for printer in live:
            if printer.id == chosen[0]:
                return printer
    return live[0] if live else None


def insert_printer(database: Database, shop: int, at: str, printer: Printer) -> int:
    """Add a printer and return its number; the one that ``printer`` has does not count."""
    facts = _facts(shop, printer, kept={})
    (row,) = database.execute(INSERT_PRINTER, {**facts, "at": at}).fetchall()
    return int(row["printer"])


def update_printer(file: LedgerFile, database: Database, shop: int, printer: Printer) -> None:
    """Change a printer; options that only a newer program knows stay."""
    row = file.read_one(OPTIONS_OF_PRINTER, {"shop": shop, "printer": printer.id})
    assert row is not None
    database.execute(CHANGE_PRINTER, _facts(shop, printer, kept=_loaded(row["options"])))


def refuse_namesake(printers: Iterable[Printer], name: str, but: int | None = None) -> None:
    """Refuse a name that another printer has.

    Raises:
        Refused: one that is in use has it.
    """
    key = name_key(name)
    for printer in printers:
        if not printer.retired and printer.id != but and name_key(printer.name) == key:
            raise Refused(
                f"There is a printer {printer.name} already: give this one another name.",
                reason="name-taken",
            )


def _printer(row: sqlite3.Row) -> Printer:
    return Printer(
        id=row["printer"],
        name=row["name"],
        kind=PrinterKind(row["kind"]),
        address=row["address"],
        options=options_of(_loaded(row["options"])),
        retired=row["retired_at"] is not None,
    )


def _loaded(options: str) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads(options)
    except ValueError:
        return {}
    return facts


def _facts(shop: int, printer: Printer, *, kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "shop": shop,
        "printer": printer.id,
        "name": printer.name,
        "name_key": name_key(printer.name),
        "kind": str(printer.kind),
        "address": printer.address,
        "options": json.dumps({**kept, **facts_of(printer.options)}, sort_keys=True),
    }
