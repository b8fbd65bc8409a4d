"""The schema, as numbered steps that are only ever added to.

A step that was released is never edited: shops have run it. ``SCHEMA_VERSION`` is written to
``user_version`` with the last step, so that an older program refuses a newer ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db import schema_0001, schema_0002, schema_0003, schema_0004

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID: Final = 0x50594657
"""``PYFW``: what ``file`` and SQLite tools see in the header of a ledger."""

SCHEMA_VERSION: Final = 4


def apply_migrations(database: Database) -> None:
    """Bring a ledger up to ``SCHEMA_VERSION``; call it under the write lock.

    Args:
        database: An open ledger, inside `write_transaction`.
    """
    from sqlite_utils import Migrations  # noqa: PLC0415 - only a ledger that is behind pays for it

    migrations = Migrations("payforward")

    @migrations(name="0001_ledger")
    def _ledger(database: Database) -> None:
        for statement in schema_0001.STATEMENTS:
            database.execute(statement)

    @migrations(name="0002_vouchers")
    def _vouchers(database: Database) -> None:
        for statement in schema_0002.STATEMENTS:
            database.execute(statement)

    @migrations(name="0003_programs")
    def _programs(database: Database) -> None:
        for statement in schema_0003.STATEMENTS:
            database.execute(statement)

    @migrations(name="0004_days_and_people")
    def _days_and_people(database: Database) -> None:
        for statement in schema_0004.STATEMENTS:
            database.execute(statement)

    migrations.apply(database)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
