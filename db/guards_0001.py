"""The triggers of schema 1: what the file refuses, whoever writes it."""

from __future__ import annotations

from typing import Final

# What an entry's numbers stand for stays what it was when the entry was written.
NAME_GUARDS: Final = (
    """
    CREATE TRIGGER shop_stays_itself BEFORE UPDATE ON shop
    WHEN NEW.shop <> OLD.shop OR NEW.currency <> OLD.currency
    BEGIN
      SELECT RAISE(ABORT, 'a shop keeps its number and currency');
    END
    """,
    """
    CREATE TRIGGER till_stays_itself BEFORE UPDATE ON till
    WHEN NEW.shop <> OLD.shop OR NEW.till <> OLD.till
    BEGIN
      SELECT RAISE(ABORT, 'a till keeps its number');
    END
    """,
    """
    CREATE TRIGGER cashier_stays_itself BEFORE UPDATE ON cashier
    WHEN NEW.shop <> OLD.shop OR NEW.cashier <> OLD.cashier
    BEGIN
      SELECT RAISE(ABORT, 'a cashier keeps their number');
    END
    """,
    """
    CREATE TRIGGER partner_stays_itself BEFORE UPDATE ON partner
    WHEN NEW.shop <> OLD.shop OR NEW.partner <> OLD.partner
    BEGIN
      SELECT RAISE(ABORT, 'a partner keeps its number');
    END
    """,
    """
    CREATE TRIGGER program_stays_itself BEFORE UPDATE ON program
    WHEN NEW.shop <> OLD.shop OR NEW.program <> OLD.program OR NEW.kind <> OLD.kind
    BEGIN
      SELECT RAISE(ABORT, 'a program keeps its number and kind');
    END
    """,
    """
    CREATE TRIGGER item_stays_itself BEFORE UPDATE ON item
    WHEN NEW.shop <> OLD.shop OR NEW.item <> OLD.item OR NEW.kind <> OLD.kind
    BEGIN
      SELECT RAISE(ABORT, 'an item keeps its number and kind');
    END
    """,
    """
    CREATE TRIGGER shop_is_never_deleted BEFORE DELETE ON shop
    BEGIN
      SELECT RAISE(ABORT, 'a shop is never deleted');
    END
    """,
    """
    CREATE TRIGGER till_is_never_deleted BEFORE DELETE ON till
    BEGIN
      SELECT RAISE(ABORT, 'a till is never deleted');
    END
    """,
    """
    CREATE TRIGGER cashier_is_never_deleted BEFORE DELETE ON cashier
    BEGIN
      SELECT RAISE(ABORT, 'a cashier is never deleted');
    END
    """,
    """
    CREATE TRIGGER partner_is_never_deleted BEFORE DELETE ON partner
    BEGIN
      SELECT RAISE(ABORT, 'a partner is never deleted');
    END
    """,
    """
    CREATE TRIGGER program_is_never_deleted BEFORE DELETE ON program
    BEGIN
      SELECT RAISE(ABORT, 'a program is never deleted');
    END
    """,
    """
    CREATE TRIGGER item_is_never_deleted BEFORE DELETE ON item
    BEGIN
      SELECT RAISE(ABORT, 'an item is never deleted');
    END
    """,
)

ENTRY_GUARDS: Final = (
    """
    CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN
      SELECT RAISE(ABORT, 'the ledger is append-only');
    END
    """,
    """
    CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN
      SELECT RAISE(ABORT, 'the ledger is append-only');
    END
    """,
    """
    CREATE TRIGGER head_never_goes_back BEFORE UPDATE ON head
    WHEN NEW.no < OLD.no OR NEW.day < OLD.day OR NEW.shop <> OLD.shop
    BEGIN
      SELECT RAISE(ABORT, 'the head never goes back');
    END
    """,
    """
    CREATE TRIGGER head_is_never_deleted BEFORE DELETE ON head
    BEGIN
      SELECT RAISE(ABORT, 'the head is never deleted');
    END
    """,
    # The numbers have no gap, the chain no break, the days no step back; a closed day is over.
    """
    CREATE TRIGGER entry_follows_the_last BEFORE INSERT ON entry
    WHEN NOT (NEW.no = 1 AND NEW.prev = zeroblob(32)) AND NOT EXISTS (
      SELECT 1
      FROM entry
      WHERE shop = NEW.shop
      AND no = NEW.no - 1
      AND hash = NEW.prev
      AND (day < NEW.day OR (day = NEW.day AND kind <> 'close'))
    )
    BEGIN
      SELECT RAISE(ABORT, 'the entry does not follow the last one');
    END
    """,
    # A book keeps its item, price and place, and its balance is the sum of its units.
    """
    CREATE TRIGGER entry_opens_its_book BEFORE INSERT ON entry
    WHEN NEW.seq = 1 AND NEW.balance <> NEW.units
    BEGIN
      SELECT RAISE(ABORT, 'the book does not open with its units');
    END
    """,
    # A gift begins with what was given. More books of it are given in the same action, or move
    # units of an item and price that it has.
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
        AND program = NEW.program
        AND item = NEW.item
        AND unit_minor = NEW.unit_minor
      )
    END
    BEGIN
      SELECT RAISE(ABORT, 'the book does not belong to its gift');
    END
    """,
    # A slip bears the number of its first entry.
    """
    CREATE TRIGGER entry_is_of_its_slip BEFORE INSERT ON entry
    WHEN NEW.slip <> NEW.no AND NOT EXISTS (
      SELECT 1
      FROM entry
      WHERE shop = NEW.shop
      AND no = NEW.slip
      AND slip = NEW.slip
    )
    BEGIN
      SELECT RAISE(ABORT, 'the slip was never begun');
    END
    """,
    # Only what customers prepaid is on the board, and nothing of it is held; a unit of money is
    # one minor unit.
    """
    CREATE TRIGGER entry_fits_its_names BEFORE INSERT ON entry
    WHEN NEW.seq = 1 AND (
      EXISTS (
        SELECT 1
        FROM program
        WHERE shop = NEW.shop
        AND program = NEW.program
        AND ((kind = 'forward' AND NEW.place = 'held')
          OR (kind <> 'forward' AND NEW.place = 'board'))
      )
      OR NEW.unit_minor <> 1 AND EXISTS (
        SELECT 1
        FROM item
        WHERE shop = NEW.shop
        AND item = NEW.item
        AND kind = 'money'
      )
    )
    BEGIN
      SELECT RAISE(ABORT, 'the book does not fit its program or item');
    END
    """,
    """
    CREATE TRIGGER entry_follows_in_its_book BEFORE INSERT ON entry
    WHEN NEW.seq > 1 AND NOT EXISTS (
      SELECT 1
      FROM entry
      WHERE shop = NEW.shop
      AND book = NEW.book
      AND seq = NEW.seq - 1
      AND balance + NEW.units = NEW.balance
      AND gift = NEW.gift
      AND program = NEW.program
      AND item = NEW.item
      AND place = NEW.place
      AND slip IS NEW.slip
      AND expires IS NEW.expires
      AND unit_minor = NEW.unit_minor
      AND currency = NEW.currency
    )
    BEGIN
      SELECT RAISE(ABORT, 'the entry does not follow in its book');
    END
    """,
    # A pool's units and money are what they were and what this entry moved.
    """
    CREATE TRIGGER entry_keeps_its_pool BEFORE INSERT ON entry
    WHEN NEW.item IS NOT NULL AND (NEW.pool_units, NEW.pool_minor) <> (
      SELECT coalesce(max(pool_units), 0) + NEW.units,
        coalesce(max(pool_minor), 0) + NEW.amount_minor
      FROM (
        SELECT pool_units, pool_minor
        FROM entry
        WHERE shop = NEW.shop
        AND program = NEW.program
        AND item = NEW.item
        ORDER BY day DESC, no DESC
        LIMIT 1
      )
    )
    BEGIN
      SELECT RAISE(ABORT, 'the pool does not add up');
    END
    """,
    # What each kind may look like; an undo has the opposite signs. What has no price may yet
    # have been paid: a token of unknown value from before this ledger. What is passed on or
    # delivered may take its money along.
    """
    CREATE TRIGGER entry_has_its_kinds_shape BEFORE INSERT ON entry
    WHEN NOT coalesce(
      CASE
        WHEN NEW.kind IN ('give', 'budget') THEN
          NEW.item IS NOT NULL AND NEW.units <> 0 AND (NEW.units > 0) = (NEW.undoes IS NULL)
        WHEN NEW.kind IN ('redeem', 'refund', 'pass_on', 'deliver', 'lapse') THEN
          NEW.item IS NOT NULL AND NEW.units <> 0 AND (NEW.units < 0) = (NEW.undoes IS NULL)
          AND NEW.seq > 1
        WHEN NEW.kind IN ('hand_out', 'take_back', 'expire') THEN
          NEW.item IS NOT NULL AND NEW.units <> 0
        WHEN NEW.kind = 'replace' THEN
          NEW.slip IS NOT NULL AND NEW.units = 0 AND NEW.code IS NOT NULL AND NEW.undoes IS NULL
        WHEN NEW.kind IN ('close', 'jump') THEN
          NEW.item IS NULL AND NEW.units = 0 AND NEW.seq = 1 AND NEW.undoes IS NULL
          AND NEW.unit_minor = 0 AND NEW.pool_units = 0 AND NEW.pool_minor = 0
        ELSE 0
      END
      AND coalesce(NEW.place IN ('board', 'slip', 'held'), 1)
      AND coalesce(NEW.tender IN ('cash', 'card', 'other', 'opening'), 1)
      AND coalesce(NEW.tax_kind IN ('single', 'multi'), 1)
      AND CASE
        WHEN NEW.kind IN ('give', 'refund') THEN NEW.unit_minor = 0 OR NEW.tender IS NOT NULL
        WHEN NEW.kind IN ('pass_on', 'deliver') THEN NEW.unit_minor > 0 OR NEW.tender IS NULL
        ELSE NEW.tender IS NULL
      END
      AND (NEW.kind = 'redeem') = (NEW.served IS NOT NULL)
      AND (NEW.served IS NULL) = (NEW.served_item IS NULL)
      AND (NEW.served IS NULL) = (NEW.list_price_minor IS NULL)
      AND coalesce(NEW.served * NEW.units <= 0, 1)
      AND coalesce(NEW.list_price_minor * NEW.units <= 0, 1),
    0)
    BEGIN
      SELECT RAISE(ABORT, 'the entry has not the shape of its kind');
    END
    """,
    # An undo mirrors an entry of its own book and kind, and not more than that moved.
    """
    CREATE TRIGGER entry_undoes_its_like BEFORE INSERT ON entry
    WHEN NEW.undoes IS NOT NULL AND NOT EXISTS (
      SELECT 1
      FROM entry
      WHERE shop = NEW.shop
      AND no = NEW.undoes
      AND book = NEW.book
      AND kind = NEW.kind
      AND kind NOT IN ('expire', 'replace', 'budget', 'lapse', 'close', 'jump')
      AND undoes IS NULL
      AND tender IS NEW.tender
      AND units * NEW.units < 0
      AND abs(NEW.units) <= abs(units)
    )
    BEGIN
      SELECT RAISE(ABORT, 'the entry does not mirror what it undoes');
    END
    """,
    # What waits is what the books hold.
    """
    CREATE TRIGGER entry_keeps_waiting AFTER INSERT ON entry
    WHEN NEW.item IS NOT NULL
    BEGIN
      INSERT INTO waiting (shop, book, gift, place, slip, program, item, units, unit_minor)
      SELECT NEW.shop, NEW.book, NEW.gift, NEW.place, NEW.slip, NEW.program, NEW.item,
        NEW.balance, NEW.unit_minor
      WHERE NEW.balance > 0
      ON CONFLICT (shop, book) DO UPDATE SET units = excluded.units;
      DELETE FROM waiting
      WHERE shop = NEW.shop
      AND book = NEW.book
      AND NEW.balance = 0;
    END
    """,
)
