PRAGMA application_id = 1348027991;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'payforward','0001_ledger','2026-11-21 21:33:24.438619+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'payforward','0002_vouchers','2026-11-21 21:33:24.439155+00:00');
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
INSERT INTO "entry" VALUES(256794068082157,1,1,1,1,1,'01a20007-3e5f-762d-a6b8-beec50eba0c6',1,X'5F0410D809DE5D96E9DF3AD1878DBBDDAFEA1CBD7F20C2B0E265AF3D62F6CAB5','give','board',NULL,1,4,2,2,333,666,'EUR',2,666,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'0000000000000000000000000000000000000000000000000000000000000000',X'8DF0BC2D5AF11EA0B0B02348675CF3291E3BDC309E7E5553854CCDF78AE815AA');
INSERT INTO "entry" VALUES(256794068082157,2,1,2,1,1,'01a20007-3e5f-762d-a6b8-beec50eba0c6',2,X'5F0410D809DE5D96E9DF3AD1878DBBDDAFEA1CBD7F20C2B0E265AF3D62F6CAB5','give','board',NULL,1,4,1,1,334,334,'EUR',3,1000,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'8DF0BC2D5AF11EA0B0B02348675CF3291E3BDC309E7E5553854CCDF78AE815AA',X'5684A529C858C7A5B5539D38D7BBE4DFF9124F9EB547AE91606BAD79267D1FC1');
INSERT INTO "entry" VALUES(256794068082157,3,1,3,1,3,'01a20007-3e62-7458-aabf-abaf98f8a99b',1,X'C3E5F2181A0237FE6C89398C35023BA63326DC2BEA24B809290F7879A4BA30A5','give','board',NULL,1,1,2000,2000,1,2000,'EUR',2000,2000,NULL,NULL,NULL,'multi',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'5684A529C858C7A5B5539D38D7BBE4DFF9124F9EB547AE91606BAD79267D1FC1',X'CFBEDFD230998A00BA6957071A177F7244D55F12E7C4B50706B47F8162DB95D4');
INSERT INTO "entry" VALUES(256794068082157,4,1,1,2,1,'01a20007-3e63-7289-b8ed-2a15f26112fc',1,X'1F1019C43217BFB9F4AB5F7727190AF2B57CD18B5347EBD9000B93829D060FA9','redeem','board',NULL,1,4,-2,0,333,-666,'EUR',1,334,4,2,720,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'CFBEDFD230998A00BA6957071A177F7244D55F12E7C4B50706B47F8162DB95D4',X'9AFAF953A7CA2D9065BAE65CB8E1B132CC7BB1CB3BC530303969B4F876E80980');
INSERT INTO "entry" VALUES(256794068082157,5,1,3,2,3,'01a20007-3e65-7448-8d55-c1a9ea60f2a5',1,X'5999A54015D8EBE629400C68FA3CF495C81EE5BC69565D8CC05C15243EC862F3','redeem','board',NULL,1,1,-320,1680,1,-320,'EUR',1680,1680,3,1,320,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'9AFAF953A7CA2D9065BAE65CB8E1B132CC7BB1CB3BC530303969B4F876E80980',X'96506CB08426C3A8C03558045D21EC8A2DBEE9D9C205EB2448BC43FBF8507DF7');
INSERT INTO "entry" VALUES(256794068082157,6,1,6,1,6,'01a20007-3e66-79aa-b316-75f0fd8e9b85',1,X'E62EECA05B672298AD6E631824A71277E26F8136B239BABADD1F46C03EA5E902','give','board',NULL,1,2,2,2,350,700,'EUR',2,700,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'96506CB08426C3A8C03558045D21EC8A2DBEE9D9C205EB2448BC43FBF8507DF7',X'555FF0BC1FB526703EA2EE7BBCE08A97EF65EFDEF7F5F868DBA16223B56693AA');
INSERT INTO "entry" VALUES(256794068082157,7,1,6,2,6,'01a20007-3e68-77b2-ba40-5fcd76e2f3d3',1,X'A27EA6ECE4DD7066EFCBBBD062283A6CA70C2777D7D3CB0FC76FF13A1E0D1D36','give','board',NULL,1,2,-2,0,350,-700,'EUR',0,0,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',6,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'555FF0BC1FB526703EA2EE7BBCE08A97EF65EFDEF7F5F868DBA16223B56693AA',X'6234023D66C8D087079D41CD263DD94995FBE855894FB6F63919076C5EF88A8C');
INSERT INTO "entry" VALUES(256794068082157,8,1,8,1,8,'01a20007-3e69-7ffd-9044-4b2f647e75c0',1,X'6D4783CEC5C6355D7185898ADFAE6B603A3723F7C70514CB2877B033B9EABBD9','give','board',NULL,1,2,4,4,350,1400,'EUR',4,1400,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'6234023D66C8D087079D41CD263DD94995FBE855894FB6F63919076C5EF88A8C',X'2AF5D980D12E854E446033B8A4A8E0F3567E01AFD007F3D226CE4DD190B18F80');
INSERT INTO "entry" VALUES(256794068082157,9,1,8,2,8,'01a20007-3e6a-7f07-a93e-64afac3c7365',1,X'9110E82E0C3A7EF08EB04F298565E8D46311EDDB8D81C5358157A82DD11D4286','redeem','board',NULL,1,2,-2,2,350,-700,'EUR',2,700,3,2,640,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'2AF5D980D12E854E446033B8A4A8E0F3567E01AFD007F3D226CE4DD190B18F80',X'6DF5EFEAE5995E900307725EC8ACFE42AA13362AE69A370C493810480DC40E1D');
INSERT INTO "entry" VALUES(256794068082157,10,1,2,2,1,'01a20007-3e6c-7af3-9d1c-2061e434e13a',1,X'ADF5B1420F1C46CEEA91F0C55D6D99708DE80062C618AAD8EAF0D212F5CF6B59','refund','board',NULL,1,4,-1,0,334,-334,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'6DF5EFEAE5995E900307725EC8ACFE42AA13362AE69A370C493810480DC40E1D',X'1F769381B87AAAD838E997A3C2CDD882121A24EDCA39BBD32D7ACD83854DBABC');
INSERT INTO "entry" VALUES(256794068082157,11,1,11,1,11,'01a20007-3e6d-7706-bfc6-0c860f76d947',1,X'43603F67F2987ABD44FB90B91548F526C35BDC6E11129D8ED9318311DBC5D216','jump',NULL,NULL,NULL,NULL,0,0,0,0,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'1F769381B87AAAD838E997A3C2CDD882121A24EDCA39BBD32D7ACD83854DBABC',X'23071D59ADA3F884586D09EBA3E3AA422510666469935A822F2FD353E34A4331');
INSERT INTO "entry" VALUES(256794068082157,12,1,12,1,12,'01a20007-3e6d-7706-bfc6-0c860f76d947',2,X'43603F67F2987ABD44FB90B91548F526C35BDC6E11129D8ED9318311DBC5D216','give','board',NULL,1,4,5,5,360,1800,'EUR',5,1800,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'23071D59ADA3F884586D09EBA3E3AA422510666469935A822F2FD353E34A4331',X'5A65914A8E173D89CFC0A71CCF916905ACF0CE7ED4EB9C2C19CA1D9EA94DC1B5');
CREATE TABLE head (
      shop INTEGER NOT NULL PRIMARY KEY REFERENCES shop (shop),
      no INTEGER NOT NULL CHECK (no >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      day TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "head" VALUES(256794068082157,12,X'5A65914A8E173D89CFC0A71CCF916905ACF0CE7ED4EB9C2C19CA1D9EA94DC1B5','2026-11-21');
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
INSERT INTO "item" VALUES(256794068082157,1,'money','Community fund','community fund',NULL,1,1,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(256794068082157,2,'menu','Flat white','flat white','Coffee',350,2,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(256794068082157,3,'menu','Cappuccino','cappuccino','Coffee',320,3,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(256794068082157,4,'menu','Latte','latte','Coffee',360,4,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(256794068082157,5,'menu','Tea','tea',NULL,250,5,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE item_group (
      shop INTEGER NOT NULL,
      item INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (shop, item, name),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    ;
INSERT INTO "item_group" VALUES(256794068082157,2,'Coffee');
INSERT INTO "item_group" VALUES(256794068082157,3,'Coffee');
INSERT INTO "item_group" VALUES(256794068082157,4,'Coffee');
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
INSERT INTO "program" VALUES(256794068082157,1,'Pay it forward','pay it forward','forward','2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE receipt (
      shop INTEGER NOT NULL,
      gift INTEGER NOT NULL,
      code BLOB NOT NULL UNIQUE CHECK (length(code) = 32),
      issued_at TEXT NOT NULL,
      PRIMARY KEY (shop, gift, code),
      FOREIGN KEY (shop, gift) REFERENCES entry (shop, no)
    ) STRICT
    ;
CREATE TABLE setting (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      name TEXT NOT NULL CHECK (name <> ''),
      value TEXT NOT NULL,
      PRIMARY KEY (shop, name)
    ) STRICT
    ;
CREATE TABLE shop (
      shop INTEGER NOT NULL PRIMARY KEY CHECK (shop > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      timezone TEXT NOT NULL,
      cutover_hour INTEGER NOT NULL CHECK (cutover_hour BETWEEN 0 AND 23),
      created_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "shop" VALUES(256794068082157,'Rosa''s Café','EUR','UTC',4,'2026-11-21T17:40:00.000Z');
CREATE TABLE till (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      till INTEGER NOT NULL CHECK (till > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL,
      PRIMARY KEY (shop, till),
      UNIQUE (shop, name)
    ) STRICT
    ;
INSERT INTO "till" VALUES(256794068082157,1,'till 1','2026-11-21T17:40:00.000Z');
CREATE TABLE till_printer (
      shop INTEGER NOT NULL,
      till INTEGER NOT NULL,
      printer INTEGER NOT NULL,
      PRIMARY KEY (shop, till),
      FOREIGN KEY (shop, till) REFERENCES till (shop, till),
      FOREIGN KEY (shop, printer) REFERENCES printer (shop, printer)
    ) STRICT
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
INSERT INTO "waiting" VALUES(256794068082157,3,3,'board',NULL,1,1,1680,1);
INSERT INTO "waiting" VALUES(256794068082157,8,8,'board',NULL,1,2,2,350);
INSERT INTO "waiting" VALUES(256794068082157,12,12,'board',NULL,1,4,5,360);
CREATE TABLE words (
      shop INTEGER NOT NULL,
      no INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL CHECK (words <> ''),
      PRIMARY KEY (shop, no, kind),
      FOREIGN KEY (shop, no) REFERENCES entry (shop, no)
    ) STRICT
    ;
INSERT INTO "words" VALUES(256794068082157,7,'reason','a slip of the finger');
INSERT INTO "words" VALUES(256794068082157,1,'erased','2026-11-21');
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
CREATE UNIQUE INDEX printer_name ON printer (shop, name_key)
    WHERE retired_at IS NULL
    ;
CREATE INDEX outbox_open ON outbox (shop, state, job)
    WHERE state IN ('pending', 'sent')
    ;
CREATE INDEX outbox_subject ON outbox (shop, subject)
    ;
CREATE INDEX entry_partner ON entry (shop, partner, slip)
    WHERE partner IS NOT NULL
    ;
CREATE INDEX entry_slips ON entry (shop, no DESC)
    WHERE slip = no
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
COMMIT;
