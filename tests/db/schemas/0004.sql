PRAGMA application_id = 1348027991;
PRAGMA user_version = 4;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE shop (
      shop INTEGER NOT NULL PRIMARY KEY CHECK (shop > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      timezone TEXT NOT NULL,
      cutover_hour INTEGER NOT NULL CHECK (cutover_hour BETWEEN 0 AND 23),
      created_at TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE till (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      till INTEGER NOT NULL CHECK (till > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL,
      PRIMARY KEY (shop, till),
      UNIQUE (shop, name)
    ) STRICT
    ;
CREATE TABLE cashier (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      cashier INTEGER NOT NULL CHECK (cashier > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL, retired_at TEXT,
      PRIMARY KEY (shop, cashier),
      UNIQUE (shop, name)
    ) STRICT
    ;
CREATE TABLE partner (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      partner INTEGER NOT NULL CHECK (partner > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL,
      created_at TEXT NOT NULL,
      retired_at TEXT,
      PRIMARY KEY (shop, partner)
    ) STRICT
    ;
CREATE UNIQUE INDEX partner_name ON partner (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE TABLE program (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      program INTEGER NOT NULL CHECK (program > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('forward', 'giveaway', 'drive', 'charity')),
      created_at TEXT NOT NULL,
      retired_at TEXT, starts_on TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), ends_on TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), hours TEXT CHECK (hours <> ''), budget_units INTEGER CHECK (budget_units > 0), budget_period TEXT CHECK (budget_period IN ('day', 'week', 'month')), budget_no INTEGER NOT NULL DEFAULT 0 CHECK (budget_no >= 0), order_limit INTEGER CHECK (order_limit > 0), public_cap INTEGER CHECK (public_cap > 0), hide_zero INTEGER NOT NULL DEFAULT 0 CHECK (hide_zero IN (0, 1)), target INTEGER CHECK (target > 0),
      PRIMARY KEY (shop, program)
    ) STRICT
    ;
CREATE UNIQUE INDEX program_name ON program (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE TABLE item (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      item INTEGER NOT NULL CHECK (item > 0),
      kind TEXT NOT NULL CHECK (kind IN ('menu', 'money', 'goods', 'serving')),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL,
      category TEXT,
      price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
      position INTEGER NOT NULL,
      sku TEXT,
      barcode TEXT,
      tax_rate INTEGER CHECK (tax_rate BETWEEN 0 AND 100000),
      giftable INTEGER NOT NULL DEFAULT 1 CHECK (giftable IN (0, 1)),
      created_at TEXT NOT NULL,
      retired_at TEXT,
      PRIMARY KEY (shop, item)
    ) STRICT
    ;
CREATE UNIQUE INDEX item_name ON item (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE UNIQUE INDEX item_money ON item (shop)
    WHERE kind = 'money'
    ;
CREATE TABLE item_group (
      shop INTEGER NOT NULL,
      item INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (shop, item, name),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    ;
CREATE TABLE head (
      shop INTEGER NOT NULL PRIMARY KEY REFERENCES shop (shop),
      no INTEGER NOT NULL CHECK (no >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      day TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE entry (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      no INTEGER NOT NULL CHECK (no > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      book INTEGER NOT NULL CHECK (book BETWEEN 1 AND no),
      seq INTEGER NOT NULL CHECK (seq > 0 AND (seq = 1) = (book = no)),
      gift INTEGER NOT NULL CHECK (gift BETWEEN 1 AND book),
      action TEXT NOT NULL CHECK (length(action) = 36),
      line INTEGER NOT NULL CHECK (line > 0),
      request BLOB NOT NULL CHECK (length(request) = 32),
      kind TEXT NOT NULL,
      place TEXT,
      slip INTEGER CHECK (slip BETWEEN 1 AND no),
      program INTEGER,
      item INTEGER,
      units INTEGER NOT NULL,
      balance INTEGER NOT NULL CHECK (balance >= 0),
      unit_minor INTEGER NOT NULL CHECK (unit_minor >= 0),
      amount_minor INTEGER NOT NULL CHECK (amount_minor = units * unit_minor),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      pool_units INTEGER NOT NULL CHECK (pool_units >= 0),
      pool_minor INTEGER NOT NULL CHECK (pool_minor >= 0),
      served_item INTEGER,
      served INTEGER,
      list_price_minor INTEGER,
      tax_kind TEXT,
      tax_rate INTEGER CHECK (tax_rate BETWEEN 0 AND 100000),
      till_receipt TEXT,
      expires TEXT CHECK (expires GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      till INTEGER NOT NULL,
      cashier INTEGER,
      partner INTEGER,
      tender TEXT,
      undoes INTEGER CHECK (undoes < no),
      code BLOB CHECK (length(code) = 32),
      at TEXT NOT NULL CHECK (at GLOB '*Z'),
      day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      prev BLOB NOT NULL CHECK (length(prev) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (shop, no),
      UNIQUE (shop, book, seq),
      UNIQUE (shop, action, line),
      UNIQUE (shop, book, undoes),
      UNIQUE (code),
      UNIQUE (shop, prev),
      FOREIGN KEY (shop, program) REFERENCES program (shop, program),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item),
      FOREIGN KEY (shop, served_item) REFERENCES item (shop, item),
      FOREIGN KEY (shop, till) REFERENCES till (shop, till),
      FOREIGN KEY (shop, cashier) REFERENCES cashier (shop, cashier),
      FOREIGN KEY (shop, partner) REFERENCES partner (shop, partner),
      CHECK ((item IS NULL) = (program IS NULL)),
      CHECK ((item IS NULL) = (place IS NULL)),
      CHECK ((place = 'slip') = (slip IS NOT NULL)),
      CHECK (code IS NULL OR slip IS NOT NULL)
    ) STRICT
    ;
CREATE INDEX entry_pool ON entry (shop, program, item, day, no, pool_units, pool_minor)
    ;
CREATE INDEX entry_day ON entry (shop, day, program, item, kind, units, amount_minor)
    ;
CREATE INDEX entry_gift ON entry (shop, gift, no)
    ;
CREATE INDEX entry_slip ON entry (shop, slip, no)
    WHERE slip IS NOT NULL
    ;
CREATE TABLE waiting (
      shop INTEGER NOT NULL,
      book INTEGER NOT NULL,
      gift INTEGER NOT NULL,
      place TEXT NOT NULL,
      slip INTEGER,
      program INTEGER NOT NULL,
      item INTEGER NOT NULL,
      units INTEGER NOT NULL CHECK (units > 0),
      unit_minor INTEGER NOT NULL,
      PRIMARY KEY (shop, book)
    ) STRICT
    ;
CREATE INDEX waiting_gift ON waiting (shop, gift, book)
    ;
CREATE TABLE words (
      shop INTEGER NOT NULL,
      no INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL CHECK (words <> ''),
      PRIMARY KEY (shop, no, kind),
      FOREIGN KEY (shop, no) REFERENCES entry (shop, no)
    ) STRICT
    ;
CREATE TABLE receipt (
      shop INTEGER NOT NULL,
      gift INTEGER NOT NULL,
      code BLOB NOT NULL UNIQUE CHECK (length(code) = 32),
      issued_at TEXT NOT NULL,
      PRIMARY KEY (shop, gift, code),
      FOREIGN KEY (shop, gift) REFERENCES entry (shop, no)
    ) STRICT
    ;
CREATE TRIGGER shop_stays_itself BEFORE UPDATE ON shop
    WHEN NEW.shop <> OLD.shop OR NEW.currency <> OLD.currency
    BEGIN
      SELECT RAISE(ABORT, 'a shop keeps its number and currency');
    END;
CREATE TRIGGER till_stays_itself BEFORE UPDATE ON till
    WHEN NEW.shop <> OLD.shop OR NEW.till <> OLD.till
    BEGIN
      SELECT RAISE(ABORT, 'a till keeps its number');
    END;
CREATE TRIGGER cashier_stays_itself BEFORE UPDATE ON cashier
    WHEN NEW.shop <> OLD.shop OR NEW.cashier <> OLD.cashier
    BEGIN
      SELECT RAISE(ABORT, 'a cashier keeps their number');
    END;
CREATE TRIGGER partner_stays_itself BEFORE UPDATE ON partner
    WHEN NEW.shop <> OLD.shop OR NEW.partner <> OLD.partner
    BEGIN
      SELECT RAISE(ABORT, 'a partner keeps its number');
    END;
CREATE TRIGGER program_stays_itself BEFORE UPDATE ON program
    WHEN NEW.shop <> OLD.shop OR NEW.program <> OLD.program OR NEW.kind <> OLD.kind
    BEGIN
      SELECT RAISE(ABORT, 'a program keeps its number and kind');
    END;
CREATE TRIGGER item_stays_itself BEFORE UPDATE ON item
    WHEN NEW.shop <> OLD.shop OR NEW.item <> OLD.item OR NEW.kind <> OLD.kind
    BEGIN
      SELECT RAISE(ABORT, 'an item keeps its number and kind');
    END;
CREATE TRIGGER shop_is_never_deleted BEFORE DELETE ON shop
    BEGIN
      SELECT RAISE(ABORT, 'a shop is never deleted');
    END;
CREATE TRIGGER till_is_never_deleted BEFORE DELETE ON till
    BEGIN
      SELECT RAISE(ABORT, 'a till is never deleted');
    END;
CREATE TRIGGER cashier_is_never_deleted BEFORE DELETE ON cashier
    BEGIN
      SELECT RAISE(ABORT, 'a cashier is never deleted');
    END;
CREATE TRIGGER partner_is_never_deleted BEFORE DELETE ON partner
    BEGIN
      SELECT RAISE(ABORT, 'a partner is never deleted');
    END;
CREATE TRIGGER program_is_never_deleted BEFORE DELETE ON program
    BEGIN
      SELECT RAISE(ABORT, 'a program is never deleted');
    END;
CREATE TRIGGER item_is_never_deleted BEFORE DELETE ON item
    BEGIN
      SELECT RAISE(ABORT, 'an item is never deleted');
    END;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN
      SELECT RAISE(ABORT, 'the ledger is append-only');
    END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN
      SELECT RAISE(ABORT, 'the ledger is append-only');
    END;
CREATE TRIGGER head_never_goes_back BEFORE UPDATE ON head
    WHEN NEW.no < OLD.no OR NEW.day < OLD.day OR NEW.shop <> OLD.shop
    BEGIN
      SELECT RAISE(ABORT, 'the head never goes back');
    END;
CREATE TRIGGER head_is_never_deleted BEFORE DELETE ON head
    BEGIN
      SELECT RAISE(ABORT, 'the head is never deleted');
    END;
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
    END;
CREATE TRIGGER entry_opens_its_book BEFORE INSERT ON entry
    WHEN NEW.seq = 1 AND NEW.balance <> NEW.units
    BEGIN
      SELECT RAISE(ABORT, 'the book does not open with its units');
    END;
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
    END;
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
    END;
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
    END;
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
    END;
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
    END;
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
    END;
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
    END;
CREATE TABLE pepper (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      pepper INTEGER NOT NULL CHECK (pepper > 0),
      mark BLOB NOT NULL CHECK (length(mark) = 32),
      made_at TEXT NOT NULL,
      sheet_at TEXT,
      PRIMARY KEY (shop, pepper),
      UNIQUE (shop, mark)
    ) STRICT
    ;
CREATE TABLE setting (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      name TEXT NOT NULL CHECK (name <> ''),
      value TEXT NOT NULL,
      PRIMARY KEY (shop, name)
    ) STRICT
    ;
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
    ;
CREATE UNIQUE INDEX printer_name ON printer (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE TABLE till_printer (
      shop INTEGER NOT NULL,
      till INTEGER NOT NULL,
      printer INTEGER NOT NULL,
      PRIMARY KEY (shop, till),
      FOREIGN KEY (shop, till) REFERENCES till (shop, till),
      FOREIGN KEY (shop, printer) REFERENCES printer (shop, printer)
    ) STRICT
    ;
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
    ;
CREATE INDEX outbox_open ON outbox (shop, state, job)
    WHERE state IN ('pending', 'sent')
    ;
CREATE INDEX outbox_subject ON outbox (shop, subject)
    ;
CREATE INDEX entry_partner ON entry (shop, partner, slip)
    WHERE partner IS NOT NULL
    ;
CREATE INDEX waiting_slip ON waiting (shop, slip, book)
    WHERE slip IS NOT NULL
    ;
CREATE INDEX entry_slips ON entry (shop, no DESC)
    WHERE slip = no
    ;
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
    END;
CREATE INDEX waiting_line ON waiting (
      shop, place, item, gift, book, units, unit_minor, program
    )
    ;
CREATE TABLE program_item (
      shop INTEGER NOT NULL,
      program INTEGER NOT NULL,
      item INTEGER NOT NULL,
      PRIMARY KEY (shop, program, item),
      FOREIGN KEY (shop, program) REFERENCES program (shop, program),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    ;
CREATE UNIQUE INDEX item_serving ON item (shop)
    WHERE kind = 'serving'
    ;
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
    ;
CREATE INDEX asked_day ON asked (shop, day, item)
    ;
CREATE INDEX entry_delivered ON entry (shop, program, no)
    WHERE kind IN ('deliver', 'pass_on')
    ;
CREATE INDEX entry_served ON entry (shop, program, day, units)
    WHERE kind = 'redeem' AND place = 'held'
    ;
CREATE INDEX entry_batch ON entry (shop, partner, no)
    WHERE kind = 'hand_out' AND slip = no
    ;
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
    END;
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
    ;
CREATE TRIGGER closing_is_never_changed BEFORE UPDATE ON closing
    BEGIN
      SELECT RAISE(ABORT, 'a closing is corrected by another row');
    END;
CREATE TRIGGER closing_is_never_deleted BEFORE DELETE ON closing
    BEGIN
      SELECT RAISE(ABORT, 'a closing is corrected by another row');
    END;
CREATE INDEX entry_close ON entry (shop, day DESC)
    WHERE kind = 'close'
    ;
CREATE TABLE secret (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      who TEXT NOT NULL CHECK (who <> ''),
      hash TEXT NOT NULL CHECK (hash GLOB 'scrypt$*'),
      failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
      failed_at TEXT,
      set_at TEXT NOT NULL,
      PRIMARY KEY (shop, who)
    ) STRICT
    ;
