"""Schema 4: the end of a day, and who may do what.

A close is an entry like any other; here stands what the shop's own till said, beside it and
outside the chain, each correction as a row of its own.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    # ``no`` is the number of the close's entry; ``version`` 1 is what was said at the close, and
    # each later one corrects it. ``till_minor`` is what the till's own gift line said.
    """
    CREATE TABLE closing (
      shop INTEGER NOT NULL,
      no INTEGER NOT NULL,
      version INTEGER NOT NULL CHECK (version > 0),
      tender TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'other')),
      taken_minor INTEGER NOT NULL,
      till_minor INTEGER,
      note TEXT CHECK (note <> ''),
      at TEXT NOT NULL CHECK (at GLOB '*Z'),
      cashier INTEGER,
      PRIMARY KEY (shop, no, version, tender),
      FOREIGN KEY (shop, no) REFERENCES entry (shop, no),
      FOREIGN KEY (shop, cashier) REFERENCES cashier (shop, cashier)
    ) STRICT
    """,
    """
    CREATE TRIGGER closing_is_never_changed BEFORE UPDATE ON closing
    BEGIN
      SELECT RAISE(ABORT, 'a closing is corrected by another row');
    END
    """,
    """
    CREATE TRIGGER closing_is_never_deleted BEFORE DELETE ON closing
    BEGIN
      SELECT RAISE(ABORT, 'a closing is corrected by another row');
    END
    """,
    # Which days were closed, the newest first?
    """
    CREATE INDEX entry_close ON entry (shop, day DESC)
    WHERE kind = 'close'
    """,
    # A cashier who has left keeps the name that old entries show.
    "ALTER TABLE cashier ADD COLUMN retired_at TEXT",
    # What somebody must know to act: ``who`` is 'owner', or a cashier's number. Only a slow hash
    # of it is kept. ``failures`` are those in a row, which make the next try wait.
    """
    CREATE TABLE secret (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      who TEXT NOT NULL CHECK (who <> ''),
      hash TEXT NOT NULL CHECK (hash GLOB 'scrypt$*'),
      failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
      failed_at TEXT,
      set_at TEXT NOT NULL,
      PRIMARY KEY (shop, who)
    ) STRICT
    """,
)
