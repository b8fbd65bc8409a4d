PRAGMA application_id = 1348027991;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'payforward','0001_ledger','2026-11-21 19:02:37.592559+00:00');
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
INSERT INTO "entry" VALUES(56454833314107,1,1,1,1,1,'01a1ff7d-3323-72a1-9d0b-5311017faa26',1,X'9C0826F94CAE20BC567313255804C54BBFD5FD38CDC66B948138BF7285DB944B','give','board',NULL,1,4,2,2,333,666,'EUR',2,666,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'0000000000000000000000000000000000000000000000000000000000000000',X'196B3E40EC4D70E0785D270962D15AF8FFE437A2CCFD5CD45E067B8073C121B2');
INSERT INTO "entry" VALUES(56454833314107,2,1,2,1,1,'01a1ff7d-3323-72a1-9d0b-5311017faa26',2,X'9C0826F94CAE20BC567313255804C54BBFD5FD38CDC66B948138BF7285DB944B','give','board',NULL,1,4,1,1,334,334,'EUR',3,1000,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'196B3E40EC4D70E0785D270962D15AF8FFE437A2CCFD5CD45E067B8073C121B2',X'05C6F1CE4C857C18DDDAE4AD2AED2E50B0BE88683154EED1CCC75978B20B45E9');
INSERT INTO "entry" VALUES(56454833314107,3,1,3,1,3,'01a1ff7d-3326-749e-a12f-c131acecc2b2',1,X'218561A0E3AC5F3E3A1CBC34E93AE4325FE51F9791D80BD73D0910706F47E7FD','give','board',NULL,1,1,2000,2000,1,2000,'EUR',2000,2000,NULL,NULL,NULL,'multi',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'05C6F1CE4C857C18DDDAE4AD2AED2E50B0BE88683154EED1CCC75978B20B45E9',X'67E462F88A9AB9B316E999C9F97FD5E7CBC0066670FFB23E5A1FCE25AFC48CB9');
INSERT INTO "entry" VALUES(56454833314107,4,1,1,2,1,'01a1ff7d-3327-7ae5-a282-511a2b37c421',1,X'B865885DD39DF2D960769BD39CE9EC6AD5AD63B521BB98979AA07B940227F3CC','redeem','board',NULL,1,4,-2,0,333,-666,'EUR',1,334,4,2,720,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'67E462F88A9AB9B316E999C9F97FD5E7CBC0066670FFB23E5A1FCE25AFC48CB9',X'1C829FCB51AB9E6FF392DB401B0660676C668F742AEE4B8164ECC80D9DA02EE1');
INSERT INTO "entry" VALUES(56454833314107,5,1,3,2,3,'01a1ff7d-3329-7a85-8f80-e636eb8a2d3e',1,X'E882E8DADD6D55D673DDDBF94E397112BEEE82A37B992EB68E5E886076992FDE','redeem','board',NULL,1,1,-320,1680,1,-320,'EUR',1680,1680,3,1,320,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'1C829FCB51AB9E6FF392DB401B0660676C668F742AEE4B8164ECC80D9DA02EE1',X'2290DF75E932E19B10045CF7883A0EED6F8E2B8B80C777A546D3FFEBCFB16B47');
INSERT INTO "entry" VALUES(56454833314107,6,1,6,1,6,'01a1ff7d-332a-7261-b545-b295cb856761',1,X'93B69B3E97793023F1B638A2F768A034B4A49ED0EC4CAB077F937FE2FAC220B2','give','board',NULL,1,2,2,2,350,700,'EUR',2,700,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'2290DF75E932E19B10045CF7883A0EED6F8E2B8B80C777A546D3FFEBCFB16B47',X'8D000537050A4D944F62B150B423E3878AD8AAC1CB5828AC644B80943C03795D');
INSERT INTO "entry" VALUES(56454833314107,7,1,6,2,6,'01a1ff7d-332c-74b5-8cc5-566fa96c0dac',1,X'0257F45DCE185E92BB12A2C8A0C2134E6394D81FAAD66C2A106D63784F2813AE','give','board',NULL,1,2,-2,0,350,-700,'EUR',0,0,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',6,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'8D000537050A4D944F62B150B423E3878AD8AAC1CB5828AC644B80943C03795D',X'8816F919677DBAE1E402D2A961AA29C7A78890F9F3AA72413D7E41392112CCED');
INSERT INTO "entry" VALUES(56454833314107,8,1,8,1,8,'01a1ff7d-332d-7dfa-81ef-a93c7089553d',1,X'DDE7743868601097AA4BEA319B285E5CBC5A07B35BB186DA09CD6FEBE685E053','give','board',NULL,1,2,4,4,350,1400,'EUR',4,1400,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'8816F919677DBAE1E402D2A961AA29C7A78890F9F3AA72413D7E41392112CCED',X'62DE572688F75BC0FA2F3F121D306E6FEACEE774A0B7C1BC0F8472558CAC7880');
INSERT INTO "entry" VALUES(56454833314107,9,1,8,2,8,'01a1ff7d-332f-78ca-a1d0-249c6064c85b',1,X'9110E82E0C3A7EF08EB04F298565E8D46311EDDB8D81C5358157A82DD11D4286','redeem','board',NULL,1,2,-2,2,350,-700,'EUR',2,700,3,2,640,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'62DE572688F75BC0FA2F3F121D306E6FEACEE774A0B7C1BC0F8472558CAC7880',X'ED8875A077B10B1366936C517697F06C368ADC7A0C6F5CA06E40C4E52E1799BB');
INSERT INTO "entry" VALUES(56454833314107,10,1,2,2,1,'01a1ff7d-3330-7ecb-8799-2b69bbde3c69',1,X'EB969FFE277D07372EDC999C2366F60F50E3647695EBDE5E304BD87C2639CF85','refund','board',NULL,1,4,-1,0,334,-334,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'ED8875A077B10B1366936C517697F06C368ADC7A0C6F5CA06E40C4E52E1799BB',X'E0784D45185AA139D8ED8B7978C03796E5D5300387A085D492AB39D15A33D05D');
INSERT INTO "entry" VALUES(56454833314107,11,1,11,1,11,'01a1ff7d-3332-7a96-9d45-7fc3ff5be5d9',1,X'96E397045682635EFB60F8E32B3DD80395599DBD24401FA8FA141DC49D1463B6','jump',NULL,NULL,NULL,NULL,0,0,0,0,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'E0784D45185AA139D8ED8B7978C03796E5D5300387A085D492AB39D15A33D05D',X'4467D777B86974826D69707DC0DA26A6C2F2C587A2B778D23E33DD04B3A66F2E');
INSERT INTO "entry" VALUES(56454833314107,12,1,12,1,12,'01a1ff7d-3332-7a96-9d45-7fc3ff5be5d9',2,X'96E397045682635EFB60F8E32B3DD80395599DBD24401FA8FA141DC49D1463B6','give','board',NULL,1,4,5,5,360,1800,'EUR',5,1800,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'4467D777B86974826D69707DC0DA26A6C2F2C587A2B778D23E33DD04B3A66F2E',X'DCFA2C1F8B57FCA43FBE5D1F36203979F10C33CB1866A737D8DB671BDB3A83F1');
CREATE TABLE head (
      shop INTEGER NOT NULL PRIMARY KEY REFERENCES shop (shop),
      no INTEGER NOT NULL CHECK (no >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      day TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "head" VALUES(56454833314107,12,X'DCFA2C1F8B57FCA43FBE5D1F36203979F10C33CB1866A737D8DB671BDB3A83F1','2026-11-21');
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
INSERT INTO "item" VALUES(56454833314107,1,'money','Community fund','community fund',NULL,1,1,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(56454833314107,2,'menu','Flat white','flat white','Coffee',350,2,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(56454833314107,3,'menu','Cappuccino','cappuccino','Coffee',320,3,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(56454833314107,4,'menu','Latte','latte','Coffee',360,4,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(56454833314107,5,'menu','Tea','tea',NULL,250,5,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE item_group (
      shop INTEGER NOT NULL,
      item INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (shop, item, name),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    ;
INSERT INTO "item_group" VALUES(56454833314107,2,'Coffee');
INSERT INTO "item_group" VALUES(56454833314107,3,'Coffee');
INSERT INTO "item_group" VALUES(56454833314107,4,'Coffee');
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
INSERT INTO "program" VALUES(56454833314107,1,'Pay it forward','pay it forward','forward','2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE shop (
      shop INTEGER NOT NULL PRIMARY KEY CHECK (shop > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      timezone TEXT NOT NULL,
      cutover_hour INTEGER NOT NULL CHECK (cutover_hour BETWEEN 0 AND 23),
      created_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "shop" VALUES(56454833314107,'Rosa''s Café','EUR','UTC',4,'2026-11-21T17:40:00.000Z');
CREATE TABLE till (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      till INTEGER NOT NULL CHECK (till > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL,
      PRIMARY KEY (shop, till),
      UNIQUE (shop, name)
    ) STRICT
    ;
INSERT INTO "till" VALUES(56454833314107,1,'till 1','2026-11-21T17:40:00.000Z');
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
INSERT INTO "waiting" VALUES(56454833314107,3,3,'board',NULL,1,1,1680,1);
INSERT INTO "waiting" VALUES(56454833314107,8,8,'board',NULL,1,2,2,350);
INSERT INTO "waiting" VALUES(56454833314107,12,12,'board',NULL,1,4,5,360);
CREATE TABLE words (
      shop INTEGER NOT NULL,
      no INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL CHECK (words <> ''),
      PRIMARY KEY (shop, no, kind),
      FOREIGN KEY (shop, no) REFERENCES entry (shop, no)
    ) STRICT
    ;
INSERT INTO "words" VALUES(56454833314107,7,'reason','a slip of the finger');
INSERT INTO "words" VALUES(56454833314107,1,'erased','2026-11-21');
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
    WHEN NOT (NEW.no = 1 AND NEW.prev = zeroblob(32)) AND NOT EXISTS (
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
          AND NEW.unit_minor = 0 AND NEW.pool_units = 0 AND NEW.pool_minor = 0
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
