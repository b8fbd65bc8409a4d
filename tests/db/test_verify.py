"""Any change to the past is found: by the chain, by the totals, or by a printed head."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from db import verify
from db.chain import COLUMNS
from db.ledger import Ledger
from payforward.core.errors import BadInput, LedgerUnusable
from payforward.core.model import PaidFrom
from tests.conftest import FrozenClock
from tests.db.counter import Counter, hurried, ledger_facts, raw
from tests.db.forger import Row, entries, guards, rewrite, unguarded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from payforward.core.answers import Verified


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Path:
    """Return a ledger in which one of each thing happened, over three days."""
    path = tmp_path_factory.mktemp("lived") / "shop.db"
    shutil.copy(template, path)
    clock = FrozenClock()
    with Ledger.open(path, cashier="Ana", clock=clock) as ledger:
        counter = Counter(hurried(ledger))
        counter.give("Latte", 3, paid=1000, giver="Ana", message="Enjoy")
        counter.give_money(500)
        counter.give_money(700)
        counter.redeem("Latte", 2)
        clock.forward(days=1)
        served = counter.redeem("Tea", 3, PaidFrom.FUND)
        counter.undo(served.action, 1)
        counter.give("Flat white", 4)
        counter.redeem("Cappuccino", 2, PaidFrom.GROUP, substitute="Flat white")
        counter.undo(counter.give("Tea", 2).action)
        clock.forward(hours=-3)
        counter.give("Tea", 6, paid=1501)
        clock.forward(days=1)
        counter.refund(1, 1)
        counter.redeem("Tea", 5)
        counter.give("Latte")
    return path


@pytest.fixture
def copy(lived: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.db"
    shutil.copy(lived, path)
    return path


def _verify(path: Path, printed_head: str | None = None) -> Verified:
    with Ledger.open(path) as ledger:
        return ledger.verify(printed_head=printed_head)


def _problems(path: Path, printed_head: str | None = None) -> str:
    return "\n".join(_verify(path, printed_head).problems)


def test_what_nobody_touched_is_sound(copy: Path) -> None:
    checked = _verify(copy)
    assert checked.sound
    assert checked.entries == 18
    assert _verify(copy, checked.head).sound


def test_dropping_the_guards_and_putting_them_back_is_no_change(copy: Path) -> None:
    with unguarded(copy):
        pass
    assert _verify(copy).sound


def test_progress_is_told_and_may_stop_it(copy: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, everything: int) -> None:
        told.append((done, everything))
        raise KeyboardInterrupt

    with Ledger.open(copy) as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.verify(progress=stop)
        assert told == [(ledger.verify().entries,) * 2]
        # Nothing is left locked.
        Counter(ledger).give("Tea")


# -- one column ------------------------------------------------------------------------------


def _other(value: Any, kind: str) -> list[Any]:
    """Return values that a column of a kind may hold instead."""
    if kind == "INTEGER":
        others = [0, 1, 7, None] if value is None else [value + 1, value - 1, -value, None]
    elif kind == "TEXT":
        others = ["x", ""] if value is None else [value + "x", value[:-1], value.upper(), None]
    else:
        others = [bytes(32)] if value is None else [bytes(32), value[:-1] + b"!", value[::-1], None]
    return [other for other in others if other != value]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_every_entry_is_covered(copy: Path, column: str) -> None:
    """Change one value at a time, and put it back; each time the ledger is unsound."""
    tried = 0
    with unguarded(copy) as connection:
        ((kind, required),) = connection.execute(
            "SELECT type, \"notnull\" FROM pragma_table_info('entry') WHERE name = ?", (column,)
        )
    for row in _sample(copy):
        for other in _other(row[column], kind):
            if other is None and required:
                continue
            where = "shop = :shop AND no = :no"
            with unguarded(copy) as connection:
                try:
                    connection.execute(
                        f"UPDATE entry SET {column} = :other WHERE {where}", {"other": other, **row}
                    )
                except sqlite3.IntegrityError:
                    continue  # an index says that another entry has it
            tried += 1
            assert not _verify(copy).sound, (row["no"], other)
            with unguarded(copy) as connection:
                marks = ", ".join(f"{name} = :{name}" for name in COLUMNS)
                connection.execute(
                    f"UPDATE entry SET {marks} WHERE action = :action AND line = :line"
                    if column in ("shop", "no")
                    else f"UPDATE entry SET {marks} WHERE {where}",
                    row,
                )

    assert _verify(copy).sound
    assert tried >= 8


def _sample(path: Path) -> list[Row]:
    with raw(path) as connection:
        rows = entries(connection)
    seen: dict[Any, Row] = {}
    for row in rows:
        seen.setdefault((row["kind"], row["undoes"] is None, row["unit_minor"] == 1), row)
    return [*seen.values(), rows[0], rows[-1]]


def test_the_shells_own_hand_is_found(copy: Path) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("there is no sqlite3 shell here")
    script = "DROP TRIGGER entry_is_never_changed; UPDATE entry SET cashier = NULL WHERE no = 5;"
    subprocess.run(["sqlite3", str(copy), script], check=True)
    found = _problems(copy)
    assert "the guard entry_is_never_changed was removed or changed" in found
    assert "entry 5: was changed after it was written" in found


@pytest.mark.parametrize("guard", guards())
def test_a_missing_guard_is_named(copy: Path, guard: str) -> None:
    with raw(copy) as connection:
        ((sql,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,))
        connection.execute(f"DROP TRIGGER {guard}")
    assert _problems(copy) == f"the guard {guard} was removed or changed"
    with raw(copy) as connection:
        connection.execute(
            sql.replace("BEGIN", "WHEN 0 BEGIN", 1)
            if " WHEN " not in sql
            else sql.replace("WHEN ", "WHEN 0 AND ", 1)
        )
    assert _problems(copy) == f"the guard {guard} was removed or changed"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DROP INDEX entry_pool", "the index entry_pool was removed or changed"),
        ("DROP INDEX waiting_line", "the index waiting_line was removed or changed"),
        ("ALTER TABLE entry ADD COLUMN note TEXT", "the table entry was removed or changed"),
        (
            "CREATE TRIGGER helper AFTER INSERT ON entry BEGIN DELETE FROM words; END",
            "the trigger helper is of another hand",
        ),
        # Either of these could stop every sale.
        (
            "CREATE UNIQUE INDEX evil ON head (shop) WHERE no > 99",
            "the index evil is of another hand",
        ),
        (
            "CREATE TRIGGER evil AFTER INSERT ON _sqlite_migrations BEGIN SELECT 1; END",
            "the trigger evil is of another hand",
        ),
        ("CREATE TABLE notes (note TEXT)", "the table notes is of another hand"),
        ("CREATE VIEW seen AS SELECT 1", "the view seen is of another hand"),
    ],
)
def test_another_schema_is_found(copy: Path, statement: str, says: str) -> None:
    with raw(copy) as connection:
        connection.execute(statement)
    assert says in _problems(copy)


def test_constraints_that_were_taken_out_are_found(copy: Path) -> None:
    with raw(copy) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (balance >= 0)', '') "
            "WHERE name = 'entry'"
        )
    assert "the table entry was removed or changed" in _problems(copy)


def test_what_analyze_writes_is_no_problem(copy: Path) -> None:
    with raw(copy) as connection:
        connection.execute("ANALYZE")
        connection.execute("REINDEX")
        connection.execute("VACUUM")
    assert _verify(copy).sound


# -- entries cut, moved, swapped ---------------------------------------------------------------


def test_a_deleted_entry_is_missed(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM entry WHERE no = 7")
    assert "entry 8: comes after 6; entries between are missing" in _problems(copy)


def test_a_first_entry_that_was_deleted_is_missed(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM entry WHERE no = 1")
    assert "entry 2: comes after 0" in _problems(copy)


def test_an_emptied_ledger_is_found_by_its_head(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM words")
        connection.execute("DELETE FROM entry")
        connection.execute("DELETE FROM waiting")
    assert "the head is" in _problems(copy)


def test_a_cut_tail_is_found_by_the_head_row(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM entry WHERE no > 15")
    assert "entries were cut off or added by another hand" in _problems(copy)


def test_a_cut_tail_and_a_head_that_fits_are_found_by_the_printed_head_alone(copy: Path) -> None:
    printed = _verify(copy).head
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM words WHERE no > 15")
        connection.execute("DELETE FROM receipt WHERE gift > 15")
        rewrite(connection, lambda rows: rows[:15], totals=True)
    assert _verify(copy).sound
    assert "is beyond the last entry, " in _problems(copy, printed)


def test_a_tail_replaced_by_another_is_found_by_the_printed_head_alone(copy: Path) -> None:
    printed = _verify(copy).head

    def change(rows: list[Row]) -> list[Row]:
        rows[-1]["till_receipt"] = "forged"
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, change, totals=True)
    assert _verify(copy).sound
    assert f"is not that of entry {printed.split('-')[0]}" in _problems(copy, printed)


def _older_price(rows: list[Row]) -> list[Row]:
    rows[0]["unit_minor"] -= 100
    return rows


def _fewer_given(rows: list[Row]) -> list[Row]:
    rows[2]["units"] -= 100
    return rows


def _another_pocket(rows: list[Row]) -> list[Row]:
    rows[3]["kind"] = "refund"
    rows[3] |= {"tender": "cash", "served": None, "served_item": None, "list_price_minor": None}
    return rows


@pytest.mark.parametrize("change", [_older_price, _fewer_given])
def test_a_forger_who_only_chains_anew_is_found_by_the_totals(
    copy: Path, change: Callable[[list[Row]], list[Row]]
) -> None:
    with unguarded(copy) as connection:
        rewrite(connection, change, totals=False)
    found = _problems(copy)
    assert "its hash does not fit" not in found
    assert "add" in found or "amount" in found


@pytest.mark.parametrize("change", [_fewer_given, _another_pocket])
@pytest.mark.parametrize("printed_at", [4, 12, 99])
def test_a_forger_who_makes_all_fit_is_found_by_any_later_printed_head(
    copy: Path, change: Callable[[list[Row]], list[Row]], printed_at: int
) -> None:
    with raw(copy) as connection:
        rows = entries(connection)
    row = rows[min(printed_at, len(rows)) - 1]
    printed = f"{row['no']}-{row['hash'][:4].hex()}"
    assert _verify(copy, printed).sound
    with unguarded(copy) as connection:
        rewrite(connection, change, totals=True)
    assert "or the ledger was rewritten" in _problems(copy, printed)


def test_a_forger_cannot_hide_a_redemption_without_a_total_out_of_place(copy: Path) -> None:
    """Take a redemption out, number what follows anew, chain it: books and pools tell."""

    def change(rows: list[Row]) -> list[Row]:
        gone = next(row for row in rows if row["kind"] == "redeem")
        kept = [row for row in rows if row is not gone]
        for number, row in enumerate(kept, start=1):
            row["no"] = number
        return kept

    with unguarded(copy) as connection:
        rewrite(connection, change, totals=False)
    assert "was never opened" in _problems(copy) or "adds up" in _problems(copy)


FORGED: list[tuple[int, Row, str]] = [
    (5, {"pool_units": 99}, "money in its pool"),
    (5, {"pool_minor": 99}, "money in its pool"),
    (5, {"balance": 99}, "in book 1; it adds up to"),
    (5, {"seq": 9}, "is number 9 of book 1, not 2"),
    (5, {"amount_minor": -1}, "its amount is not its units times their price"),
    (5, {"unit_minor": 1, "amount_minor": -2}, "changes the unit_minor of book 1"),
    (5, {"place": "held"}, "changes the place of book 1"),
    (5, {"gift": 3}, "changes the gift of book 1"),
    (5, {"item": 1}, "changes the item of book 1"),
    (5, {"program": 2}, "changes the program of book 1"),
    (5, {"currency": "USD"}, "its currency USD is not EUR"),
    (5, {"expires": "2030-01-01"}, "changes the expires of book 1"),
    (5, {"slip": 1}, "changes the slip of book 1"),
    (5, {"line": 2}, "line 1 of its action is missing"),
    (5, {"day": "2020-01-01"}, "its day 2020-01-01 is before"),
    (5, {"book": 3, "seq": 9}, "is number 9 of book 3, not 2"),
    (5, {"kind": "hand_out"}, "moves item 4 of gift 1 and is out by -2 units and -666 money"),
    (1, {"kind": "redeem"}, "its book does not belong to gift 1"),
    (3, {"gift": 1}, "its book does not belong to gift 1"),
    (2, {"gift": 2, "kind": "hand_out"}, "its book does not belong to gift 2"),
    (3, {"place": "slip", "slip": 2}, "is of slip 2, which was never begun"),
    (3, {"version": 2}, "is of version 2, which this program does not know"),
    (4, {"kind": "close"}, "its day 2026-11-21 is before 2026-11-22"),
]


@pytest.mark.parametrize(("no", "change", "says"), FORGED, ids=str)
def test_each_rule_is_checked_although_the_chain_fits(
    copy: Path, no: int, change: Row, says: str
) -> None:
    """The forger chained it all anew; without the guards no constraint was in the way."""

    def forge(rows: list[Row]) -> list[Row]:
        rows[no - 1] |= change
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, forge, totals=False)
    found = _problems(copy)
    assert says in found
    assert "hash does not fit" not in found


UNDO: list[Row] = [
    {"undoes": 1},
    {"undoes": 99},
    {"tender": "cash"},
    {"kind": "refund"},
    {"units": -1},
]


@pytest.mark.parametrize("change", UNDO, ids=str)
def test_an_undo_mirrors_what_it_undoes(copy: Path, change: Row) -> None:
    def forge(rows: list[Row]) -> list[Row]:
        undo = next(row for row in rows if row["undoes"] is not None)
        undo |= change
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, forge, totals=True)
    assert "does not mirror entry" in _problems(copy)


def test_swapped_entries_are_found(copy: Path) -> None:
    with unguarded(copy) as connection:
        for old, new in ((5, 1000), (6, 5), (1000, 6)):
            connection.execute("UPDATE entry SET no = ? WHERE no = ?", (new, old))
    assert "entry 5: does not follow the entry before it" in _problems(copy)


def test_an_entry_added_by_hand_is_found(copy: Path) -> None:
    with unguarded(copy) as connection:
        last = entries(connection)[-1]
        last |= {"no": last["no"] + 1, "action": "f" * 36, "prev": last["hash"]}
        last |= {"book": last["no"], "gift": last["no"]}
        marks = ", ".join(f":{name}" for name in COLUMNS)
        connection.execute(f"INSERT INTO entry VALUES ({marks})", last)
    found = _problems(copy)
    assert f"entry {last['no']}: was changed after it was written" in found
    assert "added by another hand" in found


def test_an_action_that_lost_a_line_is_found(copy: Path) -> None:
    def change(rows: list[Row]) -> list[Row]:
        rows[1] |= {"action": "e" * 36}
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, change, totals=True)
    assert "entry 2: line 1 of its action is missing" in _problems(copy)


def test_an_undo_of_something_else_is_found(copy: Path) -> None:
    def change(rows: list[Row]) -> list[Row]:
        undo = next(row for row in rows if row["undoes"] is not None)
        undo["undoes"] = 1
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, change, totals=True)
    assert "does not mirror entry 1" in _problems(copy)


def test_a_day_that_goes_back_is_found(copy: Path) -> None:
    def change(rows: list[Row]) -> list[Row]:
        rows[-2]["day"] = "2020-01-01"
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, change, totals=True)
    assert "its day 2020-01-01 is before" in _problems(copy)


# -- the head and what waits -----------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "no = no + 1",
        "no = no - 1",
        "no = 0",
        "hash = zeroblob(32)",
        "day = '2000-01-01'",
        "day = '9999-12-31'",
        "day = date(day, '+1 day')",
    ],
)
def test_a_head_that_was_moved_is_found(copy: Path, change: str) -> None:
    with unguarded(copy) as connection:
        connection.execute(f"UPDATE head SET {change}")
    assert "head" in _problems(copy)


def test_a_head_that_is_gone_is_found(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM head")
    assert "the head is missing" in _problems(copy)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE waiting SET units = units + 1 WHERE book = (SELECT max(book) FROM waiting)",
        "UPDATE waiting SET unit_minor = unit_minor - 1",
        "UPDATE waiting SET gift = gift + 1",
        "UPDATE waiting SET place = 'held'",
        "UPDATE waiting SET item = item - 1",
        "UPDATE waiting SET program = 2",
        "UPDATE waiting SET slip = 1",
        "UPDATE waiting SET shop = shop + 1",
        "DELETE FROM waiting WHERE book = (SELECT min(book) FROM waiting)",
        "DELETE FROM waiting",
        "INSERT INTO waiting SELECT shop, 1, 1, 'board', NULL, 1, 4, 5, 333 FROM shop",
    ],
)
def test_what_waits_is_what_the_books_hold(copy: Path, change: str) -> None:
    with unguarded(copy) as connection:
        connection.execute(change)
    assert "what waits is not what the books hold" in _problems(copy)


def test_another_shops_entries_are_found(copy: Path) -> None:
    with unguarded(copy) as connection:
        row = entries(connection)[0] | {"shop": 3, "action": "d" * 36}
        marks = ", ".join(f":{name}" for name in COLUMNS)
        connection.execute(f"INSERT INTO entry VALUES ({marks})", row)
    assert "1 entries belong to another shop" in _problems(copy)


def test_names_that_are_gone_are_found(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("DELETE FROM cashier")
    assert "names a cashier that is not there" in _problems(copy)


NAMES = [
    ("UPDATE item SET kind = 'goods' WHERE name = 'Latte'", "item 4 is goods, but was given in"),
    ("UPDATE item SET kind = 'menu' WHERE kind = 'money'", "0 items are money; one must be"),
    (
        "UPDATE item SET kind = 'menu' WHERE item=1;UPDATE item SET kind = 'money' WHERE item = 4",
        "item 4 is money, but was given at a price",
    ),
    ("UPDATE program SET kind = 'charity'", "program 1 is charity, but its gifts were at place"),
    ("UPDATE shop SET timezone = 'Nowhere/X'", "time zone 'Nowhere/X' cannot be read"),
    ("UPDATE shop SET currency = 'USD'", "its currency EUR is not USD"),
]


@pytest.mark.parametrize(("script", "says"), NAMES, ids=[says for _, says in NAMES])
def test_a_name_that_means_something_else_is_found(copy: Path, script: str, says: str) -> None:
    with unguarded(copy) as connection:
        for statement in script.split(";"):
            connection.execute(statement)
    assert says in _problems(copy)


def test_a_ledger_whose_money_is_gone_is_damaged(copy: Path) -> None:
    with unguarded(copy) as connection:
        connection.execute("UPDATE item SET kind = 'menu' WHERE kind = 'money'")
    with Ledger.open(copy) as ledger:
        for ask in (ledger.fund, lambda: ledger.offers(5, 99)):
            with pytest.raises(LedgerUnusable) as refused:
                ask()
            assert refused.value.reason == "damaged"


def test_a_proof_that_stops_early_does_not_blame_the_head(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "PAGE", 3)
    monkeypatch.setattr(verify, "MOST_PROBLEMS", 4)
    with unguarded(copy) as connection:
        connection.execute("UPDATE entry SET till_receipt = 'x', request = zeroblob(32)")
    found = _verify(copy).problems
    assert len(found) == 4
    monkeypatch.setattr(verify, "MOST_PROBLEMS", 6)
    with unguarded(copy) as connection:
        connection.execute("UPDATE entry SET till_receipt = NULL WHERE no > 4")
    found = _verify(copy).problems
    assert "head" not in "".join(found)
    assert "waits" not in "".join(found)


# -- printed heads -----------------------------------------------------------------------------


def test_the_head_of_every_day_stays_good(counter: Counter, clock: FrozenClock) -> None:
    heads = []
    for _ in range(5):
        counter.give("Latte", 2)
        heads.append(counter.ledger.verify().head)
        clock.forward(days=1)
    for head in heads:
        for form in (head, f"  {head.upper()} "):
            assert counter.ledger.verify(printed_head=form).sound
    number, digits = heads[2].split("-")
    for wrong in (f"{number}-{digits[::-1]}", f"{int(number) + 1}-{digits}", f"99-{digits}"):
        assert not counter.ledger.verify(printed_head=wrong).sound


def test_the_head_of_a_new_ledger_is_a_head(counter: Counter) -> None:
    head = counter.ledger.verify().head
    counter.give("Latte")
    assert counter.ledger.verify(printed_head=head).sound
    assert not counter.ledger.verify(printed_head="0-00000001").sound


@pytest.mark.parametrize(
    "text", ["", "12", "12-", "12-9f3a2b1", "12-9f3a2b1cc", "x-9f3a2b1c", "1 2"]
)
def test_what_is_no_head_is_refused(counter: Counter, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        counter.ledger.verify(printed_head=text)
    assert refused.value.reason == "bad-head"


# -- a disk that rots ----------------------------------------------------------------------------


def _outcome(path: Path, good: object) -> str:
    """Return how a file with a flipped bit is met; ``missed`` is the one that must not be."""
    try:
        with Ledger.open(path) as ledger:
            checked = ledger.verify()
    except LedgerUnusable:
        return "unusable"
    if not checked.sound:
        return "unsound"
    with raw(path) as connection:
        return "identical" if ledger_facts(connection) == good else "missed"


def test_a_bit_that_flips_is_found_or_changes_nothing(
    lived: Path, tmp_path: Path, full: bool
) -> None:
    original = lived.read_bytes()
    with raw(lived) as connection:
        good = ledger_facts(connection)
    rng = random.Random(20261121)
    header = [(offset, bit) for offset in range(100) for bit in range(8)]
    anywhere = [(rng.randrange(len(original)), rng.randrange(8)) for _ in range(20_000)]
    flips = header + anywhere if full else rng.sample(header, 100) + anywhere[:500]
    path = tmp_path / "rotten.db"
    outcomes: dict[str, list[tuple[int, int]]] = {}
    for offset, bit in flips:
        rotten = bytearray(original)
        rotten[offset] ^= 1 << bit
        path.write_bytes(rotten)
        outcomes.setdefault(_outcome(path, good), []).append((offset, bit))
        for left_behind in tmp_path.glob("rotten.db-*"):
            left_behind.unlink()
    assert "missed" not in outcomes
    assert len(outcomes["unsound"]) + len(outcomes["unusable"]) > len(flips) / 10


def test_a_torn_page_is_found(lived: Path, tmp_path: Path) -> None:
    """A page of zeros, of noise, or of what stands elsewhere in the file."""
    original = lived.read_bytes()
    with raw(lived) as connection:
        good = ledger_facts(connection)
    rng = random.Random(3)
    path = tmp_path / "torn.db"
    pages = [original[at : at + 4096] for at in range(0, len(original), 4096)]
    for number in range(len(pages)):
        for other in (bytes(4096), rng.randbytes(4096), rng.choice(pages)):
            torn = [*pages[:number], other, *pages[number + 1 :]]
            path.write_bytes(b"".join(torn))
            assert other == pages[number] or _outcome(path, good) != "missed"
    for length in (0, 1, 99, 100, 4095, 4096, len(original) // 2, len(original) - 4096):
        path.write_bytes(original[:length])
        assert _outcome(path, good) in ("unusable", "unsound")
    with suppress(FileNotFoundError):
        path.unlink()
