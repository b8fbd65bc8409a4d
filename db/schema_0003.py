"""Schema 3: giveaways, drives and charities: what the shop decided of each, and what was missed.

The entries were made for all of them from the start; here is what stands beside.
"""

from __future__ import annotations

from typing import Final

# ``budget_no`` counts the changes of the budget, so that each is carried out once.
PROGRAM_COLUMNS: Final = (
    "starts_on TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')",
    "ends_on TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')",
    "hours TEXT CHECK (hours <> '')",
    "budget_units INTEGER CHECK (budget_units > 0)",
    "budget_period TEXT CHECK (budget_period IN ('day', 'week', 'month'))",
    "budget_no INTEGER NOT NULL DEFAULT 0 CHECK (budget_no >= 0)",
    "order_limit INTEGER CHECK (order_limit > 0)",
    "public_cap INTEGER CHECK (public_cap > 0)",
    "hide_zero INTEGER NOT NULL DEFAULT 0 CHECK (hide_zero IN (0, 1))",
    "target INTEGER CHECK (target > 0)",
)

STATEMENTS: Final = (
    *(f"ALTER TABLE program ADD COLUMN {column}" for column in PROGRAM_COLUMNS),
    # As in schema 1, with the program that a redemption of one program's gifts asks for.
    "DROP INDEX waiting_line",
    """
    CREATE INDEX waiting_line ON waiting (
      shop, place, item, gift, book, units, unit_minor, program
    )
    """,
    # A program's own items or goods; one without any takes all that is on the menu.
    """
    CREATE TABLE program_item (
      shop INTEGER NOT NULL,
      program INTEGER NOT NULL,
      item INTEGER NOT NULL,
      PRIMARY KEY (shop, program, item),
      FOREIGN KEY (shop, program) REFERENCES program (shop, program),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    """,
    # One item is the serving.
    """
    CREATE UNIQUE INDEX item_serving ON item (shop)
    WHERE kind = 'serving'
    """,
    # What somebody asked for while none was waiting. It moves nothing, so it is outside the
    # chain; whoever noted it by mistake takes it back.
    """
    CREATE TABLE asked (
      shop INTEGER NOT NULL,
      action TEXT NOT NULL CHECK (length(action) = 36),
      item INTEGER NOT NULL,
      units INTEGER NOT NULL CHECK (units > 0),
      till INTEGER NOT NULL,
      cashier INTEGER,
      at TEXT NOT NULL CHECK (at GLOB '*Z'),
      day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      taken_back_at TEXT,
      PRIMARY KEY (shop, action),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item),
      FOREIGN KEY (shop, till) REFERENCES till (shop, till),
      FOREIGN KEY (shop, cashier) REFERENCES cashier (shop, cashier)
    ) STRICT
    """,
    # What was asked for in vain on these days?
    """
    CREATE INDEX asked_day ON asked (shop, day, item)
    """,
    # What has a drive or a jar delivered, and which manifests are there?
    """
    CREATE INDEX entry_delivered ON entry (shop, program, no)
    WHERE kind IN ('deliver', 'pass_on')
    """,
    # What has the house served in this period?
    """
    CREATE INDEX entry_served ON entry (shop, program, day, units)
    WHERE kind = 'redeem' AND place = 'held'
    """,
    # Which batches of slips were handed out, and by which action?
    """
    CREATE INDEX entry_batch ON entry (shop, partner, no)
    WHERE kind = 'hand_out' AND slip = no
    """,
    # Each kind of entry belongs to its kinds of program: nothing turns a customer's gift into
    # the house's budget, or a charity's money into the shop's.
    """
    CREATE TRIGGER entry_fits_its_program BEFORE INSERT ON entry
    WHEN EXISTS (
      SELECT 1
      FROM program
      WHERE shop = NEW.shop
      AND program = NEW.program
      AND NOT CASE kind
        WHEN 'forward' THEN NEW.kind NOT IN ('budget', 'lapse', 'deliver')
        WHEN 'giveaway' THEN NEW.kind IN ('give', 'budget', 'redeem', 'lapse')
        ELSE NEW.kind IN ('give', 'refund', 'deliver')
      END
    )
    BEGIN
      SELECT RAISE(ABORT, 'the entry is not of its program''s kind');
    END
    """,
)
