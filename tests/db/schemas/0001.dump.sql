PRAGMA application_id = 1348027991;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'payforward','0001_ledger','2026-11-21 18:57:05.885638+00:00');
CREATE TABLE cashier (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      cashier INTEGER NOT NULL CHECK (cashier > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL,
      PRIMARY KEY (shop, cashier),
      UNIQUE (shop, name)
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
      expires TEXT,
      till INTEGER NOT NULL,
      cashier INTEGER,
      partner INTEGER,
      tender TEXT,
      undoes INTEGER CHECK (undoes < no),
      code BLOB CHECK (length(code) = 32),
      at TEXT NOT NULL,
      day TEXT NOT NULL,
      prev BLOB NOT NULL CHECK (length(prev) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (shop, no),
      UNIQUE (shop, book, seq),
      UNIQUE (action, line),
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
      CHECK ((place = 'slip') = (slip IS NOT NULL))
    ) STRICT
    ;
INSERT INTO "entry" VALUES(255898398275597,1,1,1,1,1,'01a1ff78-2366-7f59-ae52-d79ffc9f82e4',1,X'9C0826F94CAE20BC567313255804C54BBFD5FD38CDC66B948138BF7285DB944B','give','board',NULL,1,4,2,2,333,666,'EUR',2,666,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'0000000000000000000000000000000000000000000000000000000000000000',X'9B431D7D25620280F9767D8C0D6F1691E54610DC91EBD9984F24F0C056150A78');
INSERT INTO "entry" VALUES(255898398275597,2,1,2,1,1,'01a1ff78-2366-7f59-ae52-d79ffc9f82e4',2,X'9C0826F94CAE20BC567313255804C54BBFD5FD38CDC66B948138BF7285DB944B','give','board',NULL,1,4,1,1,334,334,'EUR',3,1000,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'9B431D7D25620280F9767D8C0D6F1691E54610DC91EBD9984F24F0C056150A78',X'96627F5899D2A09803B75DD6C7B9E8915FDB1E16BA4B14F795B9DE62055FC0C7');
INSERT INTO "entry" VALUES(255898398275597,3,1,3,1,3,'01a1ff78-2369-7ae2-bc28-ea7d93c797af',1,X'218561A0E3AC5F3E3A1CBC34E93AE4325FE51F9791D80BD73D0910706F47E7FD','give','board',NULL,1,1,2000,2000,1,2000,'EUR',2000,2000,NULL,NULL,NULL,'multi',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'96627F5899D2A09803B75DD6C7B9E8915FDB1E16BA4B14F795B9DE62055FC0C7',X'430B946DD2AC893772F8DAA216F5E1CCB7154087DD5A9A8848334237C4838C34');
INSERT INTO "entry" VALUES(255898398275597,4,1,1,2,1,'01a1ff78-236b-70d6-b403-0f110e5a6ad2',1,X'B865885DD39DF2D960769BD39CE9EC6AD5AD63B521BB98979AA07B940227F3CC','redeem','board',NULL,1,4,-2,0,333,-666,'EUR',1,334,4,2,720,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'430B946DD2AC893772F8DAA216F5E1CCB7154087DD5A9A8848334237C4838C34',X'922671B86DF6B8DD158EBB39C4982C7C33EC0A6982BAF7B7B49E4494814A8BDE');
INSERT INTO "entry" VALUES(255898398275597,5,1,3,2,3,'01a1ff78-236d-786a-8421-355c29198af2',1,X'E882E8DADD6D55D673DDDBF94E397112BEEE82A37B992EB68E5E886076992FDE','redeem','board',NULL,1,1,-320,1680,1,-320,'EUR',1680,1680,3,1,320,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'922671B86DF6B8DD158EBB39C4982C7C33EC0A6982BAF7B7B49E4494814A8BDE',X'514226EC6C95C5221EE8CB39E8043B795FA176F05178CB939FAC13BDF63ADC90');
INSERT INTO "entry" VALUES(255898398275597,6,1,6,1,6,'01a1ff78-236e-7854-8e01-d726bf9f6e49',1,X'93B69B3E97793023F1B638A2F768A034B4A49ED0EC4CAB077F937FE2FAC220B2','give','board',NULL,1,2,2,2,350,700,'EUR',2,700,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'514226EC6C95C5221EE8CB39E8043B795FA176F05178CB939FAC13BDF63ADC90',X'B4E39CC70F6B4E8B9E55230F256D8B5EDF272F0FC0D60B0146C93D63257E320A');
INSERT INTO "entry" VALUES(255898398275597,7,1,6,2,6,'01a1ff78-2370-7d7f-8211-07fe28aca65d',1,X'330D9F232B3118912C981DAE6970BA063D132D1A83E35BFBE39BA64A9F4C9904','give','board',NULL,1,2,-2,0,350,-700,'EUR',0,0,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',6,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'B4E39CC70F6B4E8B9E55230F256D8B5EDF272F0FC0D60B0146C93D63257E320A',X'1C06628415C0AECB4D6E5BB53F245F7C8492BAA1415B43ED61C1C8006FA42EAB');
INSERT INTO "entry" VALUES(255898398275597,8,1,8,1,8,'01a1ff78-2371-7aff-b7fc-fe00a73200dc',1,X'DDE7743868601097AA4BEA319B285E5CBC5A07B35BB186DA09CD6FEBE685E053','give','board',NULL,1,2,4,4,350,1400,'EUR',4,1400,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'1C06628415C0AECB4D6E5BB53F245F7C8492BAA1415B43ED61C1C8006FA42EAB',X'5DABC4AFB63CC14E40583AD9C59ACCDE607195A3626D185625EEBCD7A7391E3D');
INSERT INTO "entry" VALUES(255898398275597,9,1,8,2,8,'01a1ff78-2373-7769-b8cd-7857162a236f',1,X'9110E82E0C3A7EF08EB04F298565E8D46311EDDB8D81C5358157A82DD11D4286','redeem','board',NULL,1,2,-2,2,350,-700,'EUR',2,700,3,2,640,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'5DABC4AFB63CC14E40583AD9C59ACCDE607195A3626D185625EEBCD7A7391E3D',X'6F63090CB098CEC1E58047015A446341ECF4D073D3F8C7922FA5D324D699A94A');
INSERT INTO "entry" VALUES(255898398275597,10,1,2,2,1,'01a1ff78-2375-77aa-a4d0-68b35c2a67e5',1,X'EB969FFE277D07372EDC999C2366F60F50E3647695EBDE5E304BD87C2639CF85','refund','board',NULL,1,4,-1,0,334,-334,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'6F63090CB098CEC1E58047015A446341ECF4D073D3F8C7922FA5D324D699A94A',X'14799DF37E14EBEA22D52DF79CF70236D44AFEBC535D5CB6E1E927DE4A48A055');
INSERT INTO "entry" VALUES(255898398275597,11,1,11,1,11,'01a1ff78-2376-7b80-a5f6-e8b225b0e642',1,X'96E397045682635EFB60F8E32B3DD80395599DBD24401FA8FA141DC49D1463B6','jump',NULL,NULL,NULL,NULL,0,0,0,0,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'14799DF37E14EBEA22D52DF79CF70236D44AFEBC535D5CB6E1E927DE4A48A055',X'EDBE865CA9281EDDBAE82623C28214A8D627F8F2A53AFB9F3FAA0505E1026FF1');
INSERT INTO "entry" VALUES(255898398275597,12,1,12,1,12,'01a1ff78-2376-7b80-a5f6-e8b225b0e642',2,X'96E397045682635EFB60F8E32B3DD80395599DBD24401FA8FA141DC49D1463B6','give','board',NULL,1,4,5,5,360,1800,'EUR',5,1800,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'EDBE865CA9281EDDBAE82623C28214A8D627F8F2A53AFB9F3FAA0505E1026FF1',X'44694348C06C4F5F86F9347CE065AAD5F023FD65C0EA0CF7F4636DD05C87B5A9');
CREATE TABLE head (
      shop INTEGER NOT NULL PRIMARY KEY REFERENCES shop (shop),
      no INTEGER NOT NULL CHECK (no >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      day TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "head" VALUES(255898398275597,12,X'44694348C06C4F5F86F9347CE065AAD5F023FD65C0EA0CF7F4636DD05C87B5A9','2026-11-21');
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
INSERT INTO "item" VALUES(255898398275597,1,'money','Community fund','community fund',NULL,1,1,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(255898398275597,2,'menu','Flat white','flat white','Coffee',350,2,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(255898398275597,3,'menu','Cappuccino','cappuccino','Coffee',320,3,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(255898398275597,4,'menu','Latte','latte','Coffee',360,4,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(255898398275597,5,'menu','Tea','tea',NULL,250,5,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE item_group (
      shop INTEGER NOT NULL,
      item INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (shop, item, name),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    ;
INSERT INTO "item_group" VALUES(255898398275597,2,'Coffee');
INSERT INTO "item_group" VALUES(255898398275597,3,'Coffee');
INSERT INTO "item_group" VALUES(255898398275597,4,'Coffee');
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
CREATE TABLE program (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      program INTEGER NOT NULL CHECK (program > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('forward', 'giveaway', 'drive', 'charity')),
      created_at TEXT NOT NULL,
      retired_at TEXT,
      PRIMARY KEY (shop, program)
    ) STRICT
    ;
INSERT INTO "program" VALUES(255898398275597,1,'Pay it forward','pay it forward','forward','2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE shop (
      shop INTEGER NOT NULL PRIMARY KEY CHECK (shop > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      timezone TEXT NOT NULL,
      cutover_hour INTEGER NOT NULL CHECK (cutover_hour BETWEEN 0 AND 23),
      created_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "shop" VALUES(255898398275597,'Rosa''s Café','EUR','UTC',4,'2026-11-21T17:40:00.000Z');
CREATE TABLE till (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      till INTEGER NOT NULL CHECK (till > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL,
      PRIMARY KEY (shop, till),
      UNIQUE (shop, name)
    ) STRICT
    ;
INSERT INTO "till" VALUES(255898398275597,1,'till 1','2026-11-21T17:40:00.000Z');
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
INSERT INTO "waiting" VALUES(255898398275597,3,3,'board',NULL,1,1,1680,1);
INSERT INTO "waiting" VALUES(255898398275597,8,8,'board',NULL,1,2,2,350);
INSERT INTO "waiting" VALUES(255898398275597,12,12,'board',NULL,1,4,5,360);
CREATE TABLE words (
      shop INTEGER NOT NULL,
      no INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL CHECK (words <> ''),
      PRIMARY KEY (shop, no, kind),
      FOREIGN KEY (shop, no) REFERENCES entry (shop, no)
    ) STRICT
    ;
INSERT INTO "words" VALUES(255898398275597,7,'reason','a slip of the finger');
INSERT INTO "words" VALUES(255898398275597,1,'erased','2026-11-21');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX partner_name ON partner (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE UNIQUE INDEX program_name ON program (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE UNIQUE INDEX item_name ON item (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE UNIQUE INDEX item_money ON item (shop)
    WHERE kind = 'money'
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
CREATE INDEX waiting_line ON waiting (shop, place, item, gift, book, units, unit_minor)
    ;
CREATE INDEX waiting_gift ON waiting (shop, gift, book)
    ;
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
    WHEN NEW.no > 1 AND NOT EXISTS (
      SELECT 1
      FROM entry
      WHERE shop = NEW.shop
      AND no = NEW.no - 1
      AND hash = NEW.prev
      AND day <= NEW.day
    )
    BEGIN
      SELECT RAISE(ABORT, 'the entry does not follow the last one');
    END;
CREATE TRIGGER entry_opens_its_book BEFORE INSERT ON entry
    WHEN NEW.seq = 1 AND NEW.balance <> NEW.units
    BEGIN
      SELECT RAISE(ABORT, 'the book does not open with its units');
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
        ELSE 0
      END
      AND coalesce(NEW.place IN ('board', 'slip', 'held'), 1)
      AND coalesce(NEW.tender IN ('cash', 'card', 'other', 'opening'), 1)
      AND coalesce(NEW.tax_kind IN ('single', 'multi'), 1)
      AND (NEW.tender IS NOT NULL) = (NEW.kind IN ('give', 'refund') AND NEW.unit_minor > 0)
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
COMMIT;
