"""Schema 2: what vouchers need beside the entries: the pepper's mark, printers, the outbox.

Nothing here moves a unit, so nothing of it is in the chain.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    # Which peppers the shop has had: only their SHA-256. The newest one makes today's codes.
    # ``sheet_at`` says when its recovery sheet was printed.
    """
    CREATE TABLE pepper (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      pepper INTEGER NOT NULL CHECK (pepper > 0),
      mark BLOB NOT NULL CHECK (length(mark) = 32),
      made_at TEXT NOT NULL,
      sheet_at TEXT,
      PRIMARY KEY (shop, pepper),
      UNIQUE (shop, mark)
    ) STRICT
    """,
    # What the shop has decided, by name: an expiry in days, a public address, paper receipts.
    """
    CREATE TABLE setting (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      name TEXT NOT NULL CHECK (name <> ''),
      value TEXT NOT NULL,
      PRIMARY KEY (shop, name)
    ) STRICT
    """,
    # ``address`` is what the kind needs to find it: HOST:PORT, a device, a folder, a queue.
    """
    CREATE TABLE printer (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      printer INTEGER NOT NULL CHECK (printer > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL,
      kind TEXT NOT NULL,
      address TEXT NOT NULL,
      options TEXT NOT NULL CHECK (options GLOB '{*}'),
      created_at TEXT NOT NULL,
      retired_at TEXT,
      PRIMARY KEY (shop, printer)
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX printer_name ON printer (shop, name_key)
    WHERE retired_at IS NULL
    """,
    # Which printer a till has chosen; a till without a row takes the shop's oldest one.
    """
    CREATE TABLE till_printer (
      shop INTEGER NOT NULL,
      till INTEGER NOT NULL,
      printer INTEGER NOT NULL,
      PRIMARY KEY (shop, till),
      FOREIGN KEY (shop, till) REFERENCES till (shop, till),
      FOREIGN KEY (shop, printer) REFERENCES printer (shop, printer)
    ) STRICT
    """,
    # Paper that is owed. ``subject`` is the number of the entry that it is about: a slip's or a
    # gift's first, a redemption's first. No code is kept here: whatever is printed later gets a
    # new one.
    """
    CREATE TABLE outbox (
      shop INTEGER NOT NULL,
      job INTEGER NOT NULL CHECK (job > 0),
      form TEXT NOT NULL CHECK (form IN ('voucher', 'receipt', 'order')),
      subject INTEGER NOT NULL,
      till INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'confirmed', 'dropped')),
      tries INTEGER NOT NULL CHECK (tries >= 0),
      made_at TEXT NOT NULL,
      tried_at TEXT,
      printer INTEGER,
      why TEXT,
      PRIMARY KEY (shop, job),
      FOREIGN KEY (shop, subject) REFERENCES entry (shop, no),
      FOREIGN KEY (shop, till) REFERENCES till (shop, till),
      FOREIGN KEY (shop, printer) REFERENCES printer (shop, printer)
    ) STRICT
    """,
    # What waits for paper, and what was sent to a printer that cannot say whether it printed?
    """
    CREATE INDEX outbox_open ON outbox (shop, state, job)
    WHERE state IN ('pending', 'sent')
    """,
    # Is paper of this entry owed?
    """
    CREATE INDEX outbox_subject ON outbox (shop, subject)
    """,
    # Which slips has a partner?
    """
    CREATE INDEX entry_partner ON entry (shop, partner, slip)
    WHERE partner IS NOT NULL
    """,
    # What is left on a slip, and which slips wait?
    """
    CREATE INDEX waiting_slip ON waiting (shop, slip, book)
    WHERE slip IS NOT NULL
    """,
    # Which slips are there, the newest first?
    """
    CREATE INDEX entry_slips ON entry (shop, no DESC)
    WHERE slip = no
    """,
    # As in schema 1, but asked of the gift's own entries: the plusses keep the planner off the
    # index of pools, with which each slip that is handed out took as long as the pool is old.
    "DROP TRIGGER entry_belongs_to_its_gift",
    """
    CREATE TRIGGER entry_belongs_to_its_gift BEFORE INSERT ON entry
    WHEN NEW.seq = 1 AND NOT CASE
      WHEN NEW.item IS NULL THEN NEW.gift = NEW.no
      WHEN NEW.gift = NEW.no THEN NEW.kind IN ('give', 'budget')
      WHEN NEW.kind IN ('give', 'budget') THEN EXISTS (
        SELECT 1
        FROM entry
        WHERE shop = NEW.shop
        AND no = NEW.gift
        AND gift = NEW.gift
        AND kind = NEW.kind
        AND program = NEW.program
        AND action = NEW.action
      )
      ELSE EXISTS (
        SELECT 1
        FROM entry
        WHERE shop = NEW.shop
        AND no = NEW.gift
        AND gift = NEW.gift
        AND kind IN ('give', 'budget')
      ) AND EXISTS (
        SELECT 1
        FROM entry
        WHERE shop = NEW.shop
        AND gift = NEW.gift
        AND +program = NEW.program
        AND +item = NEW.item
        AND +unit_minor = NEW.unit_minor
      )
    END
    BEGIN
      SELECT RAISE(ABORT, 'the book does not belong to its gift');
    END
    """,
)
