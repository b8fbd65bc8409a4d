PRAGMA application_id = 1348027991;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'payforward','0001_ledger','2026-11-22 01:02:03.807498+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'payforward','0002_vouchers','2026-11-22 01:02:03.808220+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'payforward','0003_programs','2026-11-22 01:02:03.814463+00:00');
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
INSERT INTO "entry" VALUES(273034820385943,1,1,1,1,1,'01a200c6-4632-7b67-8d9c-89c4c1881c51',1,X'5F0410D809DE5D96E9DF3AD1878DBBDDAFEA1CBD7F20C2B0E265AF3D62F6CAB5','give','board',NULL,1,4,2,2,333,666,'EUR',2,666,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'0000000000000000000000000000000000000000000000000000000000000000',X'4B5448D7139925026499CBC270DEC240DDED5E3A13D0EFC440B4229E21A35B0D');
INSERT INTO "entry" VALUES(273034820385943,2,1,2,1,1,'01a200c6-4632-7b67-8d9c-89c4c1881c51',2,X'5F0410D809DE5D96E9DF3AD1878DBBDDAFEA1CBD7F20C2B0E265AF3D62F6CAB5','give','board',NULL,1,4,1,1,334,334,'EUR',3,1000,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'4B5448D7139925026499CBC270DEC240DDED5E3A13D0EFC440B4229E21A35B0D',X'98F2FA7BF0F9C92A8C9AFDF18EBCDD8018D3ED7D47E2ADCD1BF1D3FE93704971');
INSERT INTO "entry" VALUES(273034820385943,3,1,3,1,3,'01a200c6-4637-775d-a53a-70f9ba7b46f8',1,X'C3E5F2181A0237FE6C89398C35023BA63326DC2BEA24B809290F7879A4BA30A5','give','board',NULL,1,1,2000,2000,1,2000,'EUR',2000,2000,NULL,NULL,NULL,'multi',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'98F2FA7BF0F9C92A8C9AFDF18EBCDD8018D3ED7D47E2ADCD1BF1D3FE93704971',X'D8B6ADA16649C4A137900479B7C95909D37FB6DA48455A65764BCC97E3489091');
INSERT INTO "entry" VALUES(273034820385943,4,1,1,2,1,'01a200c6-4639-741b-97a0-65c3b50a5d61',1,X'1F1019C43217BFB9F4AB5F7727190AF2B57CD18B5347EBD9000B93829D060FA9','redeem','board',NULL,1,4,-2,0,333,-666,'EUR',1,334,4,2,720,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'D8B6ADA16649C4A137900479B7C95909D37FB6DA48455A65764BCC97E3489091',X'CC7815F898A78C886B24FCE48C6A47A4114E907A5C81613A9BE500C73A8AAB32');
INSERT INTO "entry" VALUES(273034820385943,5,1,3,2,3,'01a200c6-463b-7e34-ad71-1e773856ca7f',1,X'5999A54015D8EBE629400C68FA3CF495C81EE5BC69565D8CC05C15243EC862F3','redeem','board',NULL,1,1,-320,1680,1,-320,'EUR',1680,1680,3,1,320,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'CC7815F898A78C886B24FCE48C6A47A4114E907A5C81613A9BE500C73A8AAB32',X'34904CEFE7C4A9F4A457FE7AD1790A7C2200E857290AD0E201B4C74777E14175');
INSERT INTO "entry" VALUES(273034820385943,6,1,6,1,6,'01a200c6-463d-7ce3-90a8-ede5b559dfb4',1,X'E62EECA05B672298AD6E631824A71277E26F8136B239BABADD1F46C03EA5E902','give','board',NULL,1,2,2,2,350,700,'EUR',2,700,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'34904CEFE7C4A9F4A457FE7AD1790A7C2200E857290AD0E201B4C74777E14175',X'A512B02451C20782E1E81DF409DE1117CDF094BD02D7FF129006F700B398453A');
INSERT INTO "entry" VALUES(273034820385943,7,1,6,2,6,'01a200c6-463f-7bda-8d7b-ea0d3c3923df',1,X'4161656FBE456C2BCC350D97E0104E480E50A4E6521E4FEA2490ADBB06849758','give','board',NULL,1,2,-2,0,350,-700,'EUR',0,0,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',6,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'A512B02451C20782E1E81DF409DE1117CDF094BD02D7FF129006F700B398453A',X'DDAFF512A0F8CE72707FCB4F113CB749BA63FFA8D5E2C45813491947D87829BB');
INSERT INTO "entry" VALUES(273034820385943,8,1,8,1,8,'01a200c6-4641-7b9a-9232-fa75f13b5951',1,X'6D4783CEC5C6355D7185898ADFAE6B603A3723F7C70514CB2877B033B9EABBD9','give','board',NULL,1,2,4,4,350,1400,'EUR',4,1400,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'DDAFF512A0F8CE72707FCB4F113CB749BA63FFA8D5E2C45813491947D87829BB',X'338ED96BCCBF919ABA8CD16772E5E4771C4659B4B21231C8F56F4317E20737B4');
INSERT INTO "entry" VALUES(273034820385943,9,1,8,2,8,'01a200c6-4644-7847-a906-6ade5d83f8da',1,X'9110E82E0C3A7EF08EB04F298565E8D46311EDDB8D81C5358157A82DD11D4286','redeem','board',NULL,1,2,-2,2,350,-700,'EUR',2,700,3,2,640,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'338ED96BCCBF919ABA8CD16772E5E4771C4659B4B21231C8F56F4317E20737B4',X'83DE6C30A686A1AB6D48D139FC7EEC79F64DBA4AF306A0526B7470878EAD8132');
INSERT INTO "entry" VALUES(273034820385943,10,1,2,2,1,'01a200c6-4646-72b9-ac84-345e2142024e',1,X'ADF5B1420F1C46CEEA91F0C55D6D99708DE80062C618AAD8EAF0D212F5CF6B59','refund','board',NULL,1,4,-1,0,334,-334,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'83DE6C30A686A1AB6D48D139FC7EEC79F64DBA4AF306A0526B7470878EAD8132',X'67D9F92FD905353A567063C0025EA0718AE3DEAE32F9CFB91B2CC85E7AB620B3');
INSERT INTO "entry" VALUES(273034820385943,11,1,11,1,11,'01a200c6-4648-7d9c-8176-b58aca1e5ad7',1,X'3A7365713E0EB89753CA8B06660C7DD9E992744C847F69C2DD3522A78556E2D7','give','slip',11,1,4,2,2,360,720,'EUR',2,720,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,X'4976D7071E22784786B5922B17271BB14CE6540BEBDF9B65D1C4F2705E4C6E85','2026-11-21T17:40:00.000Z','2026-11-21',X'67D9F92FD905353A567063C0025EA0718AE3DEAE32F9CFB91B2CC85E7AB620B3',X'595A007CFCFEF63B39B37CBC48E3DE390FD6F94A68F70A756B1DA07EAADE67BC');
INSERT INTO "entry" VALUES(273034820385943,12,1,11,2,11,'01a200c6-464a-73eb-8660-c210498d7945',1,X'179F4380A69A580EF02E89420FCACF8F161D11492F7B8D811B53C25BC4FF96B6','redeem','slip',11,1,4,-1,1,360,-360,'EUR',1,360,4,1,360,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'595A007CFCFEF63B39B37CBC48E3DE390FD6F94A68F70A756B1DA07EAADE67BC',X'7ADB4E23668C126FBC1473758339A49D0CFB1D3487BFE6032B3118EB3EFE863E');
INSERT INTO "entry" VALUES(273034820385943,13,1,8,3,8,'01a200c6-464d-728d-b976-6979ce809d86',1,X'E32E7B0E4A58DFB90D47F8A3ACFA1B5F99476A2FAF21EB56B35480B0F29121BE','hand_out','board',NULL,1,2,-2,0,350,-700,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T17:40:00.000Z','2026-11-21',X'7ADB4E23668C126FBC1473758339A49D0CFB1D3487BFE6032B3118EB3EFE863E',X'19EB3E6ED883040C460BEC237BAC12FA248A1A93BD747E1A403C7158C132AFBE');
INSERT INTO "entry" VALUES(273034820385943,14,1,14,1,8,'01a200c6-464d-728d-b976-6979ce809d86',2,X'E32E7B0E4A58DFB90D47F8A3ACFA1B5F99476A2FAF21EB56B35480B0F29121BE','hand_out','slip',14,1,2,1,1,350,350,'EUR',1,350,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,X'0F4F3B0B8BC37AABEB9FC4DFCCBD08709D1B986A7BC2B276A2DF1C9BF2FC4901','2026-11-21T17:40:00.000Z','2026-11-21',X'19EB3E6ED883040C460BEC237BAC12FA248A1A93BD747E1A403C7158C132AFBE',X'8F2E2D5C60207B02D9D69C8CCE11E3E0D3E2C34F7701CF0B6098B9F0626750B2');
INSERT INTO "entry" VALUES(273034820385943,15,1,15,1,8,'01a200c6-464d-728d-b976-6979ce809d86',3,X'E32E7B0E4A58DFB90D47F8A3ACFA1B5F99476A2FAF21EB56B35480B0F29121BE','hand_out','slip',15,1,2,1,1,350,350,'EUR',2,700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,X'5D73215B1643EB9E571D427EED71F884F7D50B5E4257020A5AD78DC1BF2300E6','2026-11-21T17:40:00.000Z','2026-11-21',X'8F2E2D5C60207B02D9D69C8CCE11E3E0D3E2C34F7701CF0B6098B9F0626750B2',X'AD086BDDF054106287139B0D7CAC2279C22E57D570DB5977028C023801228753');
INSERT INTO "entry" VALUES(273034820385943,16,1,16,1,16,'01a200c6-4650-7749-bd40-d89812c53fd6',1,X'43603F67F2987ABD44FB90B91548F526C35BDC6E11129D8ED9318311DBC5D216','jump',NULL,NULL,NULL,NULL,0,0,0,0,'EUR',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'AD086BDDF054106287139B0D7CAC2279C22E57D570DB5977028C023801228753',X'8656E57CE883BA1DC7E60BDB3BD4E6E15DECC494E232A985206FF6AD12FD9892');
INSERT INTO "entry" VALUES(273034820385943,17,1,17,1,17,'01a200c6-4650-7749-bd40-d89812c53fd6',2,X'43603F67F2987ABD44FB90B91548F526C35BDC6E11129D8ED9318311DBC5D216','give','board',NULL,1,4,5,5,360,1800,'EUR',6,2160,NULL,NULL,NULL,'single',NULL,NULL,NULL,1,NULL,NULL,'cash',NULL,NULL,'2026-11-21T15:40:00.000Z','2026-11-21',X'8656E57CE883BA1DC7E60BDB3BD4E6E15DECC494E232A985206FF6AD12FD9892',X'EC522C7EC12E7D47C357136EF07D43CB9C6C4899CCFED54C02DC66FF74740C58');
CREATE TABLE head (
      shop INTEGER NOT NULL PRIMARY KEY REFERENCES shop (shop),
      no INTEGER NOT NULL CHECK (no >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      day TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "head" VALUES(273034820385943,17,X'EC522C7EC12E7D47C357136EF07D43CB9C6C4899CCFED54C02DC66FF74740C58','2026-11-21');
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
INSERT INTO "item" VALUES(273034820385943,1,'money','Community fund','community fund',NULL,1,1,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(273034820385943,2,'menu','Flat white','flat white','Coffee',350,2,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(273034820385943,3,'menu','Cappuccino','cappuccino','Coffee',320,3,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(273034820385943,4,'menu','Latte','latte','Coffee',360,4,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
INSERT INTO "item" VALUES(273034820385943,5,'menu','Tea','tea',NULL,250,5,NULL,NULL,NULL,1,'2026-11-21T17:40:00.000Z',NULL);
CREATE TABLE item_group (
      shop INTEGER NOT NULL,
      item INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (shop, item, name),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
    ) STRICT
    ;
INSERT INTO "item_group" VALUES(273034820385943,2,'Coffee');
INSERT INTO "item_group" VALUES(273034820385943,3,'Coffee');
INSERT INTO "item_group" VALUES(273034820385943,4,'Coffee');
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
INSERT INTO "outbox" VALUES(273034820385943,1,'voucher',11,1,'pending',0,'2026-11-21T17:40:00.000Z',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(273034820385943,2,'voucher',14,1,'pending',0,'2026-11-21T17:40:00.000Z',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(273034820385943,3,'voucher',15,1,'pending',0,'2026-11-21T17:40:00.000Z',NULL,NULL,NULL);
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
INSERT INTO "pepper" VALUES(273034820385943,1,X'D13B8B7962B9695F0ECA79357BD99382B301928A06824D23C114FDBF9195498A','2026-11-21T17:40:00.000Z',NULL);
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
      retired_at TEXT, starts_on TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), ends_on TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), hours TEXT CHECK (hours <> ''), budget_units INTEGER CHECK (budget_units > 0), budget_period TEXT CHECK (budget_period IN ('day', 'week', 'month')), budget_no INTEGER NOT NULL DEFAULT 0 CHECK (budget_no >= 0), order_limit INTEGER CHECK (order_limit > 0), public_cap INTEGER CHECK (public_cap > 0), hide_zero INTEGER NOT NULL DEFAULT 0 CHECK (hide_zero IN (0, 1)), target INTEGER CHECK (target > 0),
      PRIMARY KEY (shop, program)
    ) STRICT
    ;
INSERT INTO "program" VALUES(273034820385943,1,'Pay it forward','pay it forward','forward','2026-11-21T17:40:00.000Z',NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL);
CREATE TABLE program_item (
      shop INTEGER NOT NULL,
      program INTEGER NOT NULL,
      item INTEGER NOT NULL,
      PRIMARY KEY (shop, program, item),
      FOREIGN KEY (shop, program) REFERENCES program (shop, program),
      FOREIGN KEY (shop, item) REFERENCES item (shop, item)
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
INSERT INTO "receipt" VALUES(273034820385943,1,X'DFF428A2C157A57097C4A5FD8AC65AC33F2EB7DB84798548D0F4CF7DE7E9C778','2026-11-21T17:40:00.000Z');
INSERT INTO "receipt" VALUES(273034820385943,3,X'27FA6BFE34D4EBF025463C77EA1B18FB45937E48019DC16021823546E05BF819','2026-11-21T17:40:00.000Z');
INSERT INTO "receipt" VALUES(273034820385943,6,X'F1371853AC8A030E016D91F7A3DF518DC6AEA0D98435AB9963AB5475AF81F9A7','2026-11-21T17:40:00.000Z');
INSERT INTO "receipt" VALUES(273034820385943,8,X'73B826049D0F5932B83492B02C2FF4E17AECF498F1C56DB1D13B6F6068F13B54','2026-11-21T17:40:00.000Z');
INSERT INTO "receipt" VALUES(273034820385943,11,X'9AE4C95BCE91CDE35B53A0F4AD1CB0559DD8AFD7706E6C331D991C18A46552C7','2026-11-21T17:40:00.000Z');
INSERT INTO "receipt" VALUES(273034820385943,17,X'BB96E1EE854D04150DCC4EF4166D783F2CF495A978F920BBE1ADBC34B373A890','2026-11-21T15:40:00.000Z');
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
INSERT INTO "shop" VALUES(273034820385943,'Rosa''s Café','EUR','UTC',4,'2026-11-21T17:40:00.000Z');
CREATE TABLE till (
      shop INTEGER NOT NULL REFERENCES shop (shop),
      till INTEGER NOT NULL CHECK (till > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      created_at TEXT NOT NULL,
      PRIMARY KEY (shop, till),
      UNIQUE (shop, name)
    ) STRICT
    ;
INSERT INTO "till" VALUES(273034820385943,1,'till 1','2026-11-21T17:40:00.000Z');
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
INSERT INTO "waiting" VALUES(273034820385943,3,3,'board',NULL,1,1,1680,1);
INSERT INTO "waiting" VALUES(273034820385943,11,11,'slip',11,1,4,1,360);
INSERT INTO "waiting" VALUES(273034820385943,14,8,'slip',14,1,2,1,350);
INSERT INTO "waiting" VALUES(273034820385943,15,8,'slip',15,1,2,1,350);
INSERT INTO "waiting" VALUES(273034820385943,17,17,'board',NULL,1,4,5,360);
CREATE TABLE words (
      shop INTEGER NOT NULL,
      no INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL CHECK (words <> ''),
      PRIMARY KEY (shop, no, kind),
      FOREIGN KEY (shop, no) REFERENCES entry (shop, no)
    ) STRICT
    ;
INSERT INTO "words" VALUES(273034820385943,7,'reason','a slip of the finger');
INSERT INTO "words" VALUES(273034820385943,1,'erased','2026-11-21');
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
CREATE INDEX waiting_slip ON waiting (shop, slip, book)
    WHERE slip IS NOT NULL
    ;
CREATE INDEX entry_slips ON entry (shop, no DESC)
    WHERE slip = no
    ;
CREATE INDEX waiting_line ON waiting (
      shop, place, item, gift, book, units, unit_minor, program
    )
    ;
CREATE UNIQUE INDEX item_serving ON item (shop)
    WHERE kind = 'serving'
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
COMMIT;
