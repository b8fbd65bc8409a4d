"""Every schema that was ever released is brought up to date, once, by whoever comes first.

``schemas/NNNN.sql`` is the schema as released; it is never edited. After adding a step, write the
next one with ``python -m tests.db.schemas``.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.connection import connect, open_ledger_file
from db.ledger import Ledger
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, apply_migrations
from tests.db.counter import Counter, raw
from tests.db.schemas import SCHEMAS, schema_of

if TYPE_CHECKING:
    from tests.conftest import FrozenClock

STEPS = ("0001_ledger", "0002_vouchers", "0003_programs", "0004_days_and_people")

ROOT = Path(__file__).parents[2]


def _bare(path: Path) -> None:
    """Make what a set-up that never ran its steps would be: the name of a ledger, no schema."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _steps(path: Path) -> list[str]:
    with raw(path) as connection:
        rows = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")
        return [name for (name,) in rows]


def test_an_empty_database_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    _bare(path)
    file = open_ledger_file(path)
    assert file.header("user_version") == SCHEMA_VERSION
    file.close()
    assert _steps(path) == list(STEPS)
    with raw(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (0,)


def test_the_steps_run_once(ledger_path: Path) -> None:
    before = ledger_path.read_bytes()
    for _ in range(3):
        open_ledger_file(ledger_path).close()
    assert ledger_path.read_bytes() == before
    assert _steps(ledger_path) == list(STEPS)


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    _bare(path)
    with raw(path) as connection:
        # What stands in the way of the step's last table.
        connection.execute("CREATE TABLE words (something TEXT)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_ledger_file(path)
    with raw(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert names == [("words",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_programs_that_start_at_once_all_succeed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.connection import open_ledger_file\n"
        "import sqlite_utils, db.schema_0001\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for name in sys.argv[1:]:\n"
        "    file = open_ledger_file(Path(name))\n"
        "    print(file.header('user_version')); file.close()\n"
    )
    paths = [tmp_path / f"bare-{number}.db" for number in range(8)]
    for path in paths:
        _bare(path)
    command = [sys.executable, "-W", "error", "-c", program, *map(str, paths)]
    started = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (out.split(), err, process.returncode) == ([str(SCHEMA_VERSION)] * 8, "", 0)
    for path in paths:
        assert _steps(path) == list(STEPS)


def test_the_newest_schema_is_the_stored_one(ledger_path: Path) -> None:
    stored = (SCHEMAS / f"{SCHEMA_VERSION:04}.sql").read_text(encoding="utf-8")
    with raw(ledger_path) as connection:
        assert schema_of(connection) == stored


def test_every_released_schema_is_stored() -> None:
    stored = {path.name for path in SCHEMAS.glob("*.sql")}
    assert stored == {
        f"{number:04}{end}"
        for number in range(1, SCHEMA_VERSION + 1)
        for end in (".sql", ".dump.sql")
    }


def _restored(path: Path, version: int) -> None:
    """Make a ledger as the program of that version left it, without a row."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{version:04}.sql").read_text(encoding="utf-8"))
        connection.executemany(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('payforward', ?, '')",
            [(step,) for step in STEPS[:version]],
        )
        connection.commit()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_ledger_of_every_schema_opens_without_rows(
    tmp_path: Path, clock: FrozenClock, version: int
) -> None:
    path = tmp_path / "old.db"
    _restored(path, version)
    with raw(path) as connection:
        connection.execute("INSERT INTO shop VALUES (7, 'Rosa', 'EUR', 'UTC', 4, '')")
        connection.execute("INSERT INTO head VALUES (7, 0, zeroblob(32), '0001-01-01')")
        connection.execute(
            "INSERT INTO program (shop, program, name, name_key, kind, created_at) "
            "VALUES (7, 1, 'P', 'p', 'forward', '')"
        )
        connection.execute(
            "INSERT INTO item (shop, item, kind, name, name_key, price_minor, position, created_at)"
            " VALUES (7, 1, 'money', 'Fund', 'fund', 1, 1, '')"
        )
    with Ledger.open(path, clock=clock) as ledger:
        assert ledger.verify().problems == ()
        counter = Counter.with_menu(ledger)
        counter.give("Latte", 3, paid=1000)
        counter.redeem("Latte", 2)
        counter.assert_sound()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_ledger_of_every_schema_opens_with_rows(
    tmp_path: Path, clock: FrozenClock, version: int
) -> None:
    """``schemas/NNNN.dump.sql`` is a day's life that the program of that version wrote."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        dump = (SCHEMAS / f"{version:04}.dump.sql").read_text(encoding="utf-8")
        connection.executescript(dump)
    with Ledger.open(path, clock=clock) as ledger:
        checked = ledger.verify()
        assert checked.problems == ()
        assert checked.entries > 8
        counter = Counter(ledger)
        before = counter.waiting("Latte")
        assert before > 0
        assert counter.redeem("Latte").waiting == before - 1
        counter.assert_sound()


def test_a_file_that_was_copied_open_and_a_vacuumed_one_are_the_same_ledger(
    counter: Counter, tmp_path: Path, clock: FrozenClock
) -> None:
    counter.give("Latte", 2)
    copy = tmp_path / "vacuumed.db"
    with raw(counter.ledger.path) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    plain = tmp_path / "copied.db"
    shutil.copy(counter.ledger.path, plain)
    for path in (copy, plain):
        with Ledger.open(path, clock=clock) as ledger:
            assert ledger.verify() == counter.ledger.verify()


def test_the_steps_are_applied_under_the_callers_transaction(tmp_path: Path) -> None:
    file = connect(tmp_path / "new.db", create=True)

    def interrupted() -> None:
        with file.write_transaction() as database:
            apply_migrations(database)
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert file.header("user_version") == 0
    assert file.read("SELECT name FROM sqlite_master") == []
    file.close()
