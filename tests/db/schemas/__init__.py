"""The schemas that were released, each as SQL, and how they are written.

``python -m tests.db.schemas`` writes the newest one, and a day's life in it, beside this file.
Run it once, with the step that makes a schema; never for one that was released.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

SCHEMAS: Final = Path(__file__).parent


def schema_of(connection: sqlite3.Connection) -> str:
    """Return a script that makes an empty database of the same schema and header."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return _header_of(connection) + "".join(f"{sql};\n" for (sql,) in rows)


def dump_of(connection: sqlite3.Connection) -> str:
    """Return a script that makes the same database with all its rows."""
    return _header_of(connection) + "".join(f"{line}\n" for line in connection.iterdump())


def _header_of(connection: sqlite3.Connection) -> str:
    return "".join(
        f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};\n"
        for name in ("application_id", "user_version")
    )
