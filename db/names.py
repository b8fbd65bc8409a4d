"""Names that ids stand for: tills and cashiers, known from the first time they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.connection import LedgerFile

TILL_BY_NAME: Final = """
    SELECT till
    FROM till
    WHERE shop = :shop
    AND name = :name
"""

# Numbers are per shop and never reused: rows are never deleted.
INSERT_TILL: Final = """
    INSERT INTO till (shop, till, name, created_at)
    SELECT :shop, coalesce(max(till), 0) + 1, :name, :at
    FROM till
    WHERE shop = :shop
"""

CASHIER_BY_NAME: Final = """
    SELECT cashier
    FROM cashier
    WHERE shop = :shop
    AND name = :name
"""

INSERT_CASHIER: Final = """
    INSERT INTO cashier (shop, cashier, name, created_at)
    SELECT :shop, coalesce(max(cashier), 0) + 1, :name, :at
    FROM cashier
    WHERE shop = :shop
"""

TILL_NAMES: Final = """
    SELECT till, name
    FROM till
    WHERE shop = :shop
"""

CASHIER_NAMES: Final = """
    SELECT cashier, name
    FROM cashier
    WHERE shop = :shop
"""

PARTNER_NAMES: Final = """
    SELECT partner, name
    FROM partner
    WHERE shop = :shop
"""

PROGRAM_NAMES: Final = """
    SELECT program, name
    FROM program
    WHERE shop = :shop
"""


def till_id(file: LedgerFile, database: Database, shop: int, name: str, at: str) -> int:
    """Return a till's number, giving it one the first time."""
    parameters = {"shop": shop, "name": name}
    row = file.read_one(TILL_BY_NAME, parameters)
    if row is None:
        database.execute(INSERT_TILL, {**parameters, "at": at})
        row = file.read_one(TILL_BY_NAME, parameters)
    assert row is not None
    return int(row[0])


def cashier_id(file: LedgerFile, database: Database, shop: int, name: str, at: str) -> int:
    """Return a cashier's number, giving it one the first time."""
    parameters = {"shop": shop, "name": name}
    row = file.read_one(CASHIER_BY_NAME, parameters)
    if row is None:
        database.execute(INSERT_CASHIER, {**parameters, "at": at})
        row = file.read_one(CASHIER_BY_NAME, parameters)
    assert row is not None
    return int(row[0])


def names(file: LedgerFile, statement: str, shop: int) -> dict[int, str]:
    """Return id to name for one of the statements ``..._NAMES``."""
    return {row[0]: row[1] for row in file.read(statement, {"shop": shop})}
