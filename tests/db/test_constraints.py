"""The file itself refuses an entry that breaks a rule, whoever writes it: no program is needed.

Each test writes with plain sqlite3, around the writer, a next entry that would be right, but for
one thing.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from db.chain import COLUMNS, HASHED, entry_hash
from payforward.core.model import PaidFrom
from tests.db.counter import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.ledger import Ledger
    from tests.db.counter import Counter

Row = dict[str, Any]

INSERT = f"INSERT INTO entry ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + c for c in COLUMNS)})"


@pytest.fixture
def file(counter: Counter) -> Iterator[sqlite3.Connection]:
    """Return a plain connection to a ledger of six entries.

    1 give of 5 Latte, 2 redeem of 2 of them, 3 give of 20.00 to the fund, 4 redeem of a
    cappuccino from the fund, 5 give of 2 Tea, 6 undo of 5. Program 2 is a giveaway, 3 a drive.
    """
    counter.give("Latte", 5)
    counter.redeem("Latte", 2)
    counter.give_money(2000)
    counter.redeem("Cappuccino", paid_from=PaidFrom.FUND)
    counter.undo(counter.give("Tea", 2).action)
    with raw(counter.ledger.path) as connection:
        connection.row_factory = sqlite3.Row
        for number, kind in ((2, "giveaway"), (3, "drive")):
            connection.execute(
                "INSERT INTO program (shop, program, name, name_key, kind, created_at) "
                "SELECT shop, ?, ?, ?, ?, '' FROM shop",
                (number, kind, kind, kind),
            )
        yield connection


def _last(file: sqlite3.Connection, where: str = "1", *values: Any) -> Row:
    row = file.execute(
        f"SELECT * FROM entry WHERE {where} ORDER BY no DESC LIMIT 1", values
    ).fetchone()
    return {} if row is None else dict(row)


def _next(file: sqlite3.Connection, *, book: int | None = None, **facts: Any) -> Row:
    """Return the entry that would come next and be right."""
    last = _last(file)
    row: Row = dict.fromkeys(COLUMNS)
    row |= {name: last[name] for name in ("shop", "version", "currency", "till", "at", "day")}
    row |= {
        "no": last["no"] + 1,
        "action": f"{last['no'] + 1:036}",
        "line": 1,
        "request": bytes(32),
        "prev": last["hash"],
    }
    if book is None:
        row |= {"book": row["no"], "seq": 1, "gift": row["no"], "unit_minor": 0}
    else:
        before = _last(file, "book = ?", book)
        same = ("book", "gift", "place", "slip", "program", "item", "unit_minor", "expires")
        row |= {name: before[name] for name in same}
        row["seq"] = before["seq"] + 1
    row |= facts
    row["amount_minor"] = row["units"] * row["unit_minor"]
    balance = 0 if book is None else _last(file, "book = ?", book)["balance"]
    row["balance"] = balance + row["units"]
    pool = _last(file, "program = ? AND item = ?", row["program"], row["item"])
    row["pool_units"] = pool.get("pool_units", 0) + row["units"]
    row["pool_minor"] = pool.get("pool_minor", 0) + row["amount_minor"]
    return row


def _chained(row: Row) -> Row:
    return row | {"hash": entry_hash(row["prev"], [row[name] for name in HASHED])}


def give(file: sqlite3.Connection) -> Row:
    facts: Row = {"kind": "give", "units": 3, "unit_minor": 320, "place": "board", "tender": "cash"}
    return _next(file, program=1, item=3, tax_kind="single", **facts)


def redeem(file: sqlite3.Connection) -> Row:
    served: Row = {"served_item": 4, "served": 1, "list_price_minor": 360}
    return _next(file, book=1, kind="redeem", units=-1, **served)


def undo(file: sqlite3.Connection) -> Row:
    served: Row = {"served_item": 4, "served": -2, "list_price_minor": -720}
    return _next(file, book=1, kind="redeem", units=2, undoes=2, **served)


def refund(file: sqlite3.Connection) -> Row:
    return _next(file, book=1, kind="refund", units=-1, tender="cash")


def hand_out(file: sqlite3.Connection) -> Row:
    return _next(file, book=1, kind="hand_out", units=-1)


def slip(file: sqlite3.Connection) -> Row:
    """Return the first entry of a slip that 1 Latte of gift 1 was handed out with."""
    file.execute(INSERT, _chained(hand_out(file)))
    row = _next(
        file,
        kind="hand_out",
        units=1,
        unit_minor=360,
        place="slip",
        program=1,
        item=4,
        partner=None,
    )
    return row | {"gift": 1, "slip": row["no"], "code": bytes([7]) * 32}


def new_code(file: sqlite3.Connection) -> Row:
    """Return the replacement of that slip's code."""
    row = slip(file)
    file.execute(INSERT, _chained(row))
    return _next(file, book=row["no"], kind="replace", units=0, code=bytes([8]) * 32)


def close(file: sqlite3.Connection) -> Row:
    return _next(file, kind="close", units=0)


def budget(file: sqlite3.Connection) -> Row:
    return _next(file, kind="budget", units=20, unit_minor=0, place="held", program=2, item=5)


def shut(file: sqlite3.Connection) -> Row:
    """Return a gift on the day after a close."""
    file.execute(INSERT, _chained(close(file)))
    return give(file) | {"day": "2026-11-22"}


ALL = (give, redeem, undo, refund, hand_out, slip, new_code, close, budget, shut)


@pytest.mark.parametrize("build", ALL, ids=lambda build: str(build.__name__))
def test_a_right_entry_is_taken(file: sqlite3.Connection, build: Any) -> None:
    file.execute(INSERT, _chained(build(file)))
    held = file.execute(
        "SELECT book, balance FROM entry AS last WHERE item IS NOT NULL AND balance > 0 AND seq = "
        "(SELECT max(seq) FROM entry WHERE book = last.book) ORDER BY book"
    ).fetchall()
    waits = file.execute("SELECT book, units FROM waiting ORDER BY book").fetchall()
    assert [tuple(row) for row in held] == [tuple(row) for row in waits]


def _plus(name: str, by: int) -> Any:
    return lambda row: {name: row[name] + by}


FITS = "entry_fits_its_names"
GIFT = "entry_belongs_to_its_gift"
SLIP = "entry_is_of_its_slip"
FOLLOWS = "entry_follows_the_last"
OPENS = "entry_opens_its_book"
IN_BOOK = "entry_follows_in_its_book"
POOL = "entry_keeps_its_pool"
SHAPE = "entry_has_its_kinds_shape"
MIRROR = "entry_undoes_its_like"
PROGRAM = "entry_fits_its_program"
SAYS = {
    FOLLOWS: "the entry does not follow the last one",
    OPENS: "the book does not open with its units",
    IN_BOOK: "the entry does not follow in its book",
    POOL: "the pool does not add up",
    SHAPE: "the entry has not the shape of its kind",
    FITS: "the book does not fit its program or item",
    GIFT: "the book does not belong to its gift",
    SLIP: "the slip was never begun",
    MIRROR: "the entry does not mirror what it undoes",
    PROGRAM: "the entry is not of its program's kind",
}
WRONG: list[tuple[Any, str, Any]] = [
    # Overspending, in every disguise.
    (redeem, "CHECK constraint failed: balance >= 0", {"units": -4, "balance": -1}),
    (redeem, IN_BOOK, {"units": -4, "balance": 0}),
    (redeem, IN_BOOK, _plus("balance", 1)),
    (redeem, IN_BOOK, _plus("seq", 1)),
    (redeem, "UNIQUE constraint failed: entry.shop, entry.book, entry.seq", _plus("seq", -1)),
    (give, OPENS, _plus("balance", 1)),
    (give, OPENS, _plus("balance", -1)),
    # Numbers and chain.
    (give, FOLLOWS, _plus("no", 1)),
    (give, "UNIQUE constraint failed: entry.shop, entry.no", {"no": 2, "book": 2, "gift": 1}),
    (close, "CHECK constraint failed: no > 0", {"no": 0, "book": 0, "gift": 0}),
    (give, FOLLOWS, {"prev": bytes([9]) * 32}),
    (give, FOLLOWS, {"prev": bytes(32)}),
    (give, FOLLOWS, {"day": "2020-01-01"}),
    (close, FOLLOWS, {"no": 1, "book": 1, "gift": 1, "prev": bytes([1]) * 32}),
    (give, "UNIQUE constraint failed: entry.shop, entry.prev", {"prev": bytes(32)}),
    (give, "CHECK constraint failed: length(prev)", {"prev": bytes(31)}),
    (give, "CHECK constraint failed: length(hash)", {"hash": bytes(33)}),
    (give, "CHECK constraint failed: length(request)", {"request": b""}),
    (give, "CHECK constraint failed: length(action)", {"action": "short"}),
    (give, "CHECK constraint failed: line", {"line": 0}),
    (give, "CHECK constraint failed: version", {"version": 0}),
    # Books.
    (give, "CHECK constraint failed: seq", {"seq": 2}),
    (give, "CHECK constraint failed: book BETWEEN", _plus("book", 1)),
    (give, "CHECK constraint failed: gift BETWEEN", _plus("gift", 1)),
    (give, "CHECK constraint failed: gift BETWEEN", {"gift": 0}),
    (redeem, "CHECK constraint failed: seq", {"seq": 1}),
    (redeem, IN_BOOK, {"book": 2}),
    (redeem, IN_BOOK, {"gift": 3}),
    (redeem, IN_BOOK, {"item": 3}),
    (redeem, IN_BOOK, {"program": 2}),
    (redeem, IN_BOOK, {"place": "held"}),
    (redeem, IN_BOOK, {"place": "slip", "slip": 1}),
    (redeem, IN_BOOK, {"currency": "USD"}),
    (redeem, IN_BOOK, {"unit_minor": 1, "amount_minor": -1}),
    # Money and pools.
    (give, "CHECK constraint failed: amount_minor", _plus("amount_minor", -1)),
    (give, "CHECK constraint failed: unit_minor", {"unit_minor": -1, "amount_minor": -3}),
    (give, "CHECK constraint failed: length(currency)", {"currency": "EURO"}),
    (redeem, "CHECK constraint failed: pool_units", {"pool_units": -1}),
    (redeem, "CHECK constraint failed: pool_minor", {"pool_minor": -1}),
    (give, POOL, _plus("pool_units", 1)),
    (give, POOL, _plus("pool_minor", -1)),
    (redeem, POOL, _plus("pool_units", 1)),
    (redeem, POOL, _plus("pool_minor", 360)),
    (close, SHAPE, {"pool_units": 1}),
    (close, SHAPE, {"pool_minor": 1}),
    (close, SHAPE, {"unit_minor": 1}),
    # What an entry is part of.
    (shut, FOLLOWS, {"day": "2026-11-21"}),
    (give, GIFT, {"gift": 1}),
    (give, GIFT, {"gift": 2}),
    (close, GIFT, {"gift": 1}),
    (slip, GIFT, {"gift": 3}),
    (slip, GIFT, {"gift": 2}),
    (slip, GIFT, lambda row: {"gift": row["no"]}),
    (slip, GIFT, {"item": 3}),
    (slip, GIFT, {"unit_minor": 350, "amount_minor": 350}),
    (slip, SLIP, {"slip": 1}),
    (new_code, IN_BOOK, {"slip": 1}),
    (redeem, IN_BOOK, {"expires": "2027-01-01"}),
    (give, FITS, {"place": "held"}),
    (budget, FITS, {"place": "board"}),
    (give, FITS, {"item": 1}),
    (give, "CHECK constraint failed: code IS NULL", {"code": bytes(32)}),
    (give, "CHECK constraint failed: day", {"day": "9999"}),
    (give, "CHECK constraint failed: expires", {"expires": "tomorrow"}),
    (give, "CHECK constraint failed: at", {"at": "2026-11-21T17:40:00"}),
    (redeem, PROGRAM, {"program": 3}),
    (budget, PROGRAM, {"program": 1}),
    (budget, PROGRAM, {"program": 3}),
    (refund, PROGRAM, {"program": 2}),
    (hand_out, PROGRAM, {"program": 3}),
    (refund, PROGRAM, {"kind": "deliver"}),
    (refund, PROGRAM, {"kind": "pass_on", "program": 2}),
    # The shape of each kind.
    (give, SHAPE, {"kind": "gift"}),
    (give, SHAPE, {"units": 0}),
    (give, SHAPE, {"units": -3}),
    (give, SHAPE, {"undoes": 5}),
    (redeem, SHAPE, {"units": 1}),
    (redeem, SHAPE, {"units": 0}),
    (redeem, SHAPE, {"seq": 1}),
    (refund, SHAPE, {"units": 1}),
    (undo, SHAPE, {"undoes": None}),
    (redeem, SHAPE, {"served": None}),
    (redeem, SHAPE, {"served_item": None}),
    (redeem, SHAPE, {"list_price_minor": None}),
    (redeem, SHAPE, {"served": -1}),
    (redeem, SHAPE, {"list_price_minor": -360}),
    (undo, SHAPE, {"served": 2}),
    (give, SHAPE, {"served": 1, "served_item": 4, "list_price_minor": 360}),
    (give, SHAPE, {"tender": None}),
    (give, SHAPE, {"tender": "gold"}),
    (redeem, SHAPE, {"tender": "cash"}),
    (refund, SHAPE, {"tender": None}),
    (give, SHAPE, {"tax_kind": "none"}),
    (give, SHAPE, {"place": "pocket"}),
    (new_code, SHAPE, {"code": None}),
    (new_code, SHAPE, {"slip": None}),
    (new_code, SHAPE, {"units": 1}),
    (close, SHAPE, {"undoes": 2}),
    (close, SHAPE, {"units": 1}),
    (close, SHAPE, {"item": 4}),
    (hand_out, SHAPE, {"units": 0}),
    # Slips.
    (slip, "CHECK constraint failed: length(code)", {"code": bytes(31)}),
    (slip, "CHECK constraint failed: (place = 'slip')", {"slip": None}),
    (slip, "CHECK constraint failed: (place = 'slip')", {"place": "board"}),
    (slip, "CHECK constraint failed: slip BETWEEN", _plus("slip", 1)),
    (new_code, "UNIQUE constraint failed: entry.code", {"code": bytes([7]) * 32}),
    # Undoing.
    (undo, "CHECK constraint failed: undoes < no", {"undoes": 7}),
    (undo, MIRROR, {"undoes": 3}),
    (undo, MIRROR, {"undoes": 1}),
    (undo, MIRROR, {"undoes": 99}),
    (undo, MIRROR, {"kind": "refund"}),
    (undo, MIRROR, {"tender": "cash"}),
    (undo, MIRROR, {"units": 3}),
    (undo, MIRROR, {"units": -1}),
    (undo, MIRROR, {"book": 3}),
    # What is not there.
    (give, "FOREIGN KEY constraint failed", {"till": 99}),
    (give, "FOREIGN KEY constraint failed", {"cashier": 99}),
    (give, "FOREIGN KEY constraint failed", {"partner": 99}),
    (give, "FOREIGN KEY constraint failed", {"item": 99}),
    (give, "FOREIGN KEY constraint failed", {"program": 99}),
    (redeem, "FOREIGN KEY constraint failed", {"served_item": 99}),
    (give, "CHECK constraint failed: (item IS NULL) = (program IS NULL)", {"program": None}),
    (give, "CHECK constraint failed: (item IS NULL) = (program IS NULL)", {"item": None}),
    (give, "CHECK constraint failed: (item IS NULL) = (place IS NULL)", {"place": None}),
    (give, "CHECK constraint failed: tax_rate", {"tax_rate": 100_001}),
    # Types: the tables are strict.
    (give, "cannot store TEXT value in INTEGER", {"units": "three"}),
    (give, "cannot store REAL value in INTEGER", {"unit_minor": 3.5}),
    (give, "cannot store TEXT value in BLOB", {"request": "x" * 32}),
]


def _only(file: sqlite3.Connection, guard: str) -> None:
    """Leave of the guards before an insertion only this one, for several may refuse one entry."""
    for name in SAYS.keys() - {guard}:
        file.execute(f"DROP TRIGGER {name}")


@pytest.mark.parametrize(
    ("build", "rule", "change"),
    WRONG,
    ids=[f"{number}-{build.__name__}" for number, (build, _, _) in enumerate(WRONG)],
)
def test_a_wrong_entry_is_refused_by_the_rule_that_it_breaks(
    file: sqlite3.Connection, build: Any, rule: str, change: Any
) -> None:
    row = build(file)
    changes = change(row) if callable(change) else change
    wrong = row | changes
    if "units" in changes and "amount_minor" not in changes and isinstance(wrong["units"], int):
        wrong["amount_minor"] = wrong["units"] * wrong["unit_minor"]
    fractional = any(isinstance(value, float) for value in wrong.values())
    wrong = wrong | {"hash": bytes(32)} if fractional else _chained(wrong) | changes
    before = tuple(file.execute("SELECT count(*), sum(no) FROM entry").fetchone())
    with pytest.raises(sqlite3.IntegrityError):
        file.execute(INSERT, wrong)
    _only(file, rule)
    with pytest.raises(sqlite3.IntegrityError) as refused:
        file.execute(INSERT, wrong)
    assert SAYS.get(rule, rule) in str(refused.value)
    assert tuple(file.execute("SELECT count(*), sum(no) FROM entry").fetchone()) == before


def test_the_same_thing_is_not_undone_twice(file: sqlite3.Connection) -> None:
    row = undo(file)
    half: Row = {"units": 1, "balance": 4, "amount_minor": 360, "served": -1}
    pool: Row = {"pool_units": 4, "pool_minor": 1440, "list_price_minor": -360}
    file.execute(INSERT, _chained(row | half | pool))
    again = undo(file)
    with pytest.raises(
        sqlite3.IntegrityError,
        match=r"UNIQUE constraint failed: entry\.shop, entry\.book, entry\.undoes",
    ):
        file.execute(
            INSERT,
            _chained(
                again
                | {"units": 1, "balance": 5, "amount_minor": 360}
                | {"served": -1, "pool_units": 5, "pool_minor": 1800}
            ),
        )


def test_more_than_was_moved_is_not_undone(file: sqlite3.Connection) -> None:
    # 2 were handed over; 3 come back, with a balance and a pool that add up.
    row = undo(file)
    more: Row = {"units": 3, "balance": 6, "amount_minor": 1080, "served": -3}
    pool: Row = {"pool_units": 6, "pool_minor": 2160, "list_price_minor": -1080}
    with pytest.raises(sqlite3.IntegrityError, match="does not mirror"):
        file.execute(INSERT, _chained(row | more | pool))


def test_an_undo_is_not_undone(file: sqlite3.Connection) -> None:
    file.execute(INSERT, _chained(undo(file)))
    row = _next(
        file,
        book=1,
        kind="redeem",
        units=-2,
        undoes=7,
        served_item=4,
        served=2,
        list_price_minor=720,
    )
    with pytest.raises(sqlite3.IntegrityError, match=r"shape|mirror"):
        file.execute(INSERT, _chained(row))


def test_one_action_has_no_line_twice(file: sqlite3.Connection) -> None:
    first = give(file)
    file.execute(INSERT, _chained(first))
    with pytest.raises(sqlite3.IntegrityError, match=r"entry\.shop, entry\.action"):
        file.execute(INSERT, _chained(give(file) | {"action": first["action"]}))


def test_the_first_entry_follows_nothing(ledger: Ledger) -> None:
    with raw(ledger.path) as connection:
        row: Row = dict.fromkeys(COLUMNS)
        shop = ledger.shop.id
        connection.execute("INSERT INTO till VALUES (?, 1, 't', '')", (shop,))
        row |= {"shop": shop, "no": 1, "version": 1, "book": 1, "seq": 1, "gift": 1, "line": 1}
        row |= {"action": "0" * 36, "request": bytes(32), "kind": "jump", "units": 0, "balance": 0}
        row |= {"unit_minor": 0, "amount_minor": 0, "currency": "EUR", "pool_units": 0}
        row |= {"pool_minor": 0, "till": 1, "at": "Z", "day": "2026-11-21", "prev": bytes(32)}
        with pytest.raises(sqlite3.IntegrityError, match="does not follow"):
            connection.execute(INSERT, _chained(row | {"prev": bytes([1]) * 32}))
        connection.execute(INSERT, _chained(row))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE entry SET till_receipt = 'x' WHERE no = 3", "append-only"),
        ("UPDATE entry SET no = no", "append-only"),
        ("UPDATE OR REPLACE entry SET no = 1 WHERE no = 2", "append-only"),
        ("UPDATE OR IGNORE entry SET day = '2000-01-01'", "append-only"),
        ("DELETE FROM entry WHERE no = 6", "append-only"),
        ("DELETE FROM entry", "append-only"),
        ("INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE no = 6", "append-only"),
        ("REPLACE INTO entry SELECT * FROM entry WHERE no = 1", "append-only"),
        (
            "INSERT INTO entry SELECT * FROM entry WHERE no = 6 ON CONFLICT DO UPDATE SET no = no",
            "append-only",
        ),
        ("UPDATE head SET no = no - 1", "never goes back"),
        ("UPDATE head SET day = '2000-01-01'", "never goes back"),
        ("UPDATE head SET shop = shop + 1", "never goes back"),
        ("DELETE FROM head", "never deleted"),
        ("REPLACE INTO head SELECT shop, 0, hash, day FROM head", "never deleted"),
        ("UPDATE head SET hash = x'00'", "CHECK constraint failed"),
        ("UPDATE item SET kind = 'goods' WHERE item = 4", "keeps its number and kind"),
        ("UPDATE item SET item = 99 WHERE item = 5", "keeps its number and kind"),
        ("UPDATE program SET kind = 'charity'", "keeps its number and kind"),
        ("UPDATE program SET program = 9", "keeps its number and kind"),
        ("UPDATE shop SET currency = 'USD'", "keeps its number and currency"),
        ("UPDATE shop SET shop = shop + 1", "keeps its number and currency"),
        ("UPDATE till SET till = 9", "keeps its number"),
        ("DELETE FROM item WHERE item = 5", "never deleted"),
        ("DELETE FROM program", "never deleted"),
        ("DELETE FROM till", "never deleted"),
        ("DELETE FROM shop", "never deleted"),
        ("REPLACE INTO till SELECT * FROM till", "never deleted"),
    ],
)
def test_the_past_is_refused_to_whoever_changes_it(
    file: sqlite3.Connection, statement: str, says: str
) -> None:
    before = [tuple(row) for row in file.execute("SELECT * FROM entry")]
    # As the program sets it on every connection; without it REPLACE gets past the guards.
    file.execute("PRAGMA recursive_triggers = ON")
    # These would refuse some of it as well.
    _only(file, "nothing")
    with pytest.raises(sqlite3.IntegrityError) as refused:
        file.execute(statement)
    assert says in str(refused.value)
    assert [tuple(row) for row in file.execute("SELECT * FROM entry")] == before


@pytest.mark.parametrize("name", ["cashier", "partner"])
def test_people_and_partners_stay_themselves(file: sqlite3.Connection, name: str) -> None:
    file.execute("INSERT INTO partner SELECT shop, 1, 'P', 'p', '', NULL FROM shop")
    file.execute(
        "INSERT INTO cashier (shop, cashier, name, created_at) SELECT shop, 1, 'Ana', '' FROM shop"
    )
    for statement in (f"UPDATE {name} SET {name} = 2", f"DELETE FROM {name}"):
        with pytest.raises(sqlite3.IntegrityError, match=r"keeps|never deleted"):
            file.execute(statement)
    file.execute(f"UPDATE {name} SET name = 'Another'")


def test_what_a_settings_screen_changes_may_change(file: sqlite3.Connection) -> None:
    file.execute("UPDATE shop SET timezone = 'Europe/Rome', cutover_hour = 5, name = 'R'")
    file.execute("UPDATE item SET price_minor = 1, name = 'x' WHERE item = 4")
    file.execute("UPDATE program SET name = 'x', retired_at = ''")


def test_a_receipt_is_of_a_gift_and_its_code_of_one(file: sqlite3.Connection) -> None:
    issue = "INSERT INTO receipt SELECT shop, ?, ?, '' FROM shop"
    file.execute(issue, (1, bytes(32)))
    file.execute(issue, (1, bytes([1]) * 32))
    for gift, code in ((3, bytes(32)), (3, bytes(31)), (99, bytes([2]) * 32)):
        with pytest.raises(sqlite3.IntegrityError, match="constraint failed"):
            file.execute(issue, (gift, code))


def test_without_recursive_triggers_a_replacement_is_found_by_the_chain(
    file: sqlite3.Connection, counter: Counter
) -> None:
    file.execute("PRAGMA foreign_keys = OFF")
    row = _last(file)
    file.execute("DROP TRIGGER entry_follows_the_last")
    file.execute("DROP TRIGGER entry_follows_in_its_book")
    file.execute("DROP TRIGGER entry_keeps_its_pool")
    file.execute("DROP TRIGGER entry_undoes_its_like")
    file.execute(INSERT.replace("INSERT", "REPLACE"), row | {"till_receipt": "forged"})
    assert any("entry 6: was changed" in each for each in counter.ledger.verify().problems)
