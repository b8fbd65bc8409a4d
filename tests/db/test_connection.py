"""A ledger's file is opened with the settings that keep it safe, or refused with a sentence."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import filesystem
from db.connection import BUSY_TIMEOUT_MS, connect, open_ledger_file
from db.ledger import Ledger
from db.migrations import APPLICATION_ID, SCHEMA_VERSION
from db.setup import create_ledger
from payforward.core.errors import LedgerUnusable
from tests.db.counter import Counter, raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import FrozenClock

SETTINGS = {
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "busy_timeout": BUSY_TIMEOUT_MS,
    "application_id": 0x50594657,
    "user_version": SCHEMA_VERSION,
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items(), ids=list(SETTINGS))
def test_each_setting_is_what_it_must_be(ledger_path: Path, name: str, value: object) -> None:
    file = open_ledger_file(ledger_path)
    try:
        row = file.read_one(f"PRAGMA {name}")
    finally:
        file.close()
    assert row is not None
    assert row[0] == value


def test_the_settings_hold_after_the_writing_library_took_over(ledger: Ledger) -> None:
    Counter.with_menu(ledger).give("Latte")
    for name, value in SETTINGS.items():
        row = ledger._file.read_one(f"PRAGMA {name}")
        assert row is not None
        assert (name, row[0]) == (name, value)


def test_every_table_is_strict(ledger_path: Path) -> None:
    with raw(ledger_path) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list "
            "WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE '%sqlite_%'"
        ).fetchall()
    assert loose == []


def test_a_missing_ledger_is_named_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "nothing.db"
    with pytest.raises(LedgerUnusable, match=r"no ledger at .*nothing\.db") as refused:
        Ledger.open(path)
    assert refused.value.reason == "no-ledger"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not-a-ledger"),
        (b"x", "not-a-ledger"),
        (b"Not a database, but a shopping list.\n" * 200, "damaged"),
        (bytes(4096), "damaged"),
        (b"SQLite format 3\0" + bytes(84), "damaged"),
    ],
    ids=["empty", "one byte", "text", "zeros", "header only"],
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "thing.db"
    path.write_bytes(content)
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(path)
    assert refused.value.reason == reason
    assert path.read_bytes() == content


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_another_programs_database_is_refused_and_left_alone(
    tmp_path: Path, journal_mode: str
) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode = {journal_mode}")
        other.execute("CREATE TABLE photo (id INTEGER PRIMARY KEY)")
    before = path.read_bytes()
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(path)
    assert refused.value.reason == "not-a-ledger"
    assert path.read_bytes() == before


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_a_newer_ledger_is_refused_and_left_alone(ledger_path: Path, journal_mode: str) -> None:
    with raw(ledger_path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute(f"PRAGMA journal_mode = {journal_mode}")
    before = ledger_path.read_bytes()
    with pytest.raises(LedgerUnusable, match="newer Payforward") as refused:
        Ledger.open(ledger_path)
    assert refused.value.reason == "newer-ledger"
    assert ledger_path.read_bytes() == before


def test_a_ledger_without_its_shop_is_damaged(ledger_path: Path) -> None:
    with raw(ledger_path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TRIGGER shop_is_never_deleted")
        connection.execute("DELETE FROM shop")
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(ledger_path)
    assert refused.value.reason == "damaged"


@pytest.mark.parametrize("table", ["head", "entry", "waiting", "item", "shop", "words", "till"])
def test_a_ledger_without_one_of_its_tables_is_damaged(counter: Counter, table: str) -> None:
    with raw(counter.ledger.path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"DROP TABLE {table}")
    with pytest.raises(LedgerUnusable) as refused, Ledger.open(counter.ledger.path) as ledger:
        Counter(ledger).give("Latte", message="hello")
    # Without the entries it cannot even be told whether the gift is among them.
    assert refused.value.reason == ("outcome-unknown" if table == "entry" else "damaged")
    assert "is damaged" in refused.value.message


def test_a_ledger_that_was_turned_to_wal_comes_back(counter: Counter) -> None:
    counter.give("Latte", 2)
    path = counter.ledger.path
    counter.ledger.close()
    with raw(path) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    assert path.read_bytes()[18:20] == b"\2\2"
    with Ledger.open(path) as ledger:
        assert ledger.verify().sound
    assert path.read_bytes()[18:20] == b"\1\1"


def test_a_ledger_whose_wal_was_left_behind_keeps_what_is_in_it(
    counter: Counter, tmp_path: Path
) -> None:
    path = counter.ledger.path
    given = counter.give("Latte", 2)
    counter.ledger.close()
    copy = tmp_path / "copy.db"
    with raw(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE item SET price_minor = 999 WHERE name = 'Latte'")
        shutil.copy(path, copy)
        shutil.copy(f"{path}-wal", f"{copy}-wal")
    with Ledger.open(copy) as ledger:
        assert ledger.find_item("Latte").price_minor == 999
        assert ledger.gift(given.gift).waiting == 2
        assert ledger.verify().sound
    assert not Path(f"{copy}-wal").exists()


def test_the_application_id_reads_as_letters(ledger_path: Path) -> None:
    assert ledger_path.read_bytes()[68:72] == b"PYFW"
    assert APPLICATION_ID.to_bytes(4, "big") == b"PYFW"


@pytest.mark.parametrize("name", ["a b", "100%", "what?", "a#b", "caffè", "a&mode=memory", ".db"])
def test_a_ledger_may_have_any_name(tmp_path: Path, clock: FrozenClock, name: str) -> None:
    path = tmp_path / name / name
    create_ledger(path, shop="S", currency="EUR", timezone="UTC", clock=clock)
    assert [each.name for each in path.parent.iterdir()] == [name]
    with Ledger.open(path, clock=clock) as ledger:
        assert ledger.verify().sound


def test_a_name_that_no_disk_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(tmp_path / ("x" * 400))
    assert refused.value.reason in {"no-ledger", "cannot-open"}


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable) as refused:
        Ledger.open(tmp_path)
    assert refused.value.reason == "cannot-open"


def _as_nobody(path: Path, statement: str) -> str:
    """Run a statement as a user who owns nothing; return the reason of its refusal."""
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "import sqlite_utils\n"
        "from db.ledger import Ledger\n"
        "from db.setup import create_ledger\n"
        "from payforward.core.errors import LedgerUnusable\n"
        "path = Path(sys.argv[1])\n"
        "import zoneinfo; zoneinfo.ZoneInfo('UTC')\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try:\n"
        f"    {statement}\n"
        "except LedgerUnusable as error:\n"
        "    print(error.reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def reachable(tmp_path: Path) -> Path:
    """Return a folder that any user can reach."""
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(0o755)
        if folder.name.startswith("pytest-of-"):
            return tmp_path
    pytest.fail("the folder of all tests' folders has another name")


def test_a_ledger_that_may_not_be_written_says_so(reachable: Path, ledger_path: Path) -> None:
    ledger_path.chmod(0o444)
    reachable.chmod(0o555)
    statement = "Ledger.open(path).add_item('Soup', 100)"
    assert _as_nobody(ledger_path, statement) == "read-only"


def test_a_ledger_that_may_not_be_read_says_so(reachable: Path, ledger_path: Path) -> None:
    ledger_path.chmod(0o000)
    assert _as_nobody(ledger_path, "Ledger.open(path)") in {"cannot-open", "read-only"}


def test_a_folder_that_may_not_be_entered_says_so(reachable: Path, ledger_path: Path) -> None:
    closed = reachable / "closed"
    closed.mkdir(mode=0o700)
    moved = ledger_path.rename(closed / "shop.db")
    assert _as_nobody(moved, "Ledger.open(path)") in {"cannot-open", "read-only"}
    made = "create_ledger(path, shop='S', currency='EUR', timezone='UTC')"
    assert _as_nobody(closed / "new.db", made) in {"cannot-open", "read-only"}


MOUNTS = r"""
22 27 0:21 / /proc rw,nosuid shared:12 - proc proc rw
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
90 27 0:50 / /mnt/share rw shared:60 - cifs //server/share rw,vers=3.1.1
91 27 0:51 / /mnt/two\040words rw - nfs4 host:/export rw
92 90 8:2 / /mnt/share/local rw - xfs /dev/sdb1 rw
93 27 0:52 / /media/key rw - vfat /dev/sdc1 rw
94 27 0:53 / /media/key rw - fuse.sshfs host: rw
95 27 0:54 / /srv rw shared:1 master:2 - nfs host:/srv rw
""".lstrip()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/rosa/shop.db", "ext4"),
        ("/mnt/share/shop.db", "cifs"),
        ("/mnt/share", "cifs"),
        ("/mnt/shared/shop.db", "ext4"),
        ("/mnt/share/local/shop.db", "xfs"),
        ("/mnt/two words/shop.db", "nfs4"),
        ("/media/key/shop.db", "fuse.sshfs"),
        ("/srv/a/../shop.db", "nfs"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="mountinfo is Linux's")
def test_the_file_system_of_a_place_is_found(tmp_path: Path, place: str, kind: str) -> None:
    mountinfo = tmp_path / "mountinfo"
    mountinfo.write_text(MOUNTS)
    assert filesystem.filesystem_type(Path(place), mountinfo) == kind


def test_where_mounts_cannot_be_told_nothing_is_refused(tmp_path: Path) -> None:
    assert filesystem.filesystem_type(tmp_path, tmp_path / "none") is None


@pytest.mark.parametrize("kind", sorted(filesystem.NETWORK_FILESYSTEMS))
@pytest.mark.parametrize("through_a_link", [False, True])
def test_a_ledger_on_a_network_share_is_refused(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, through_a_link: bool
) -> None:
    folder = ledger_path.parent
    mountinfo = folder / "mountinfo"
    mountinfo.write_text(
        f"27 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"28 27 0:9 / {str(folder.resolve()).replace(' ', chr(92) + '040')} rw - {kind} host:/ rw\n"
    )
    monkeypatch.setattr(filesystem.filesystem_type, "__defaults__", (mountinfo,))
    path = ledger_path
    if through_a_link:
        path = folder.parent / f"{folder.name}-link.db"
        path.symlink_to(ledger_path)
    before = ledger_path.read_bytes()
    for use in (Ledger.open, _make):
        with pytest.raises(LedgerUnusable, match="network share") as refused:
            use(path if use is Ledger.open else folder / "new.db")
        assert refused.value.reason == "network-share"
    assert ledger_path.read_bytes() == before
    assert not (folder / "new.db").exists()


def _make(path: Path) -> None:
    create_ledger(path, shop="S", currency="EUR", timezone="UTC")


def test_a_ledger_kept_by_another_program_says_so_and_is_unchanged(counter: Counter) -> None:
    counter.give("Latte")
    before = counter.facts()
    counter.ledger._file.connection.execute("PRAGMA busy_timeout = 150")
    with raw(counter.ledger.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnusable, match="nothing was changed") as refused:
            counter.redeem("Latte")
        assert refused.value.reason == "locked"
        # Looking is not writing.
        assert counter.waiting("Latte") == 1
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerUnusable, match="nothing was changed") as refused:
            counter.waiting("Latte")
        assert refused.value.reason == "locked"
        other.execute("ROLLBACK")
    assert counter.facts() == before
    assert counter.redeem("Latte").waiting == 0
    counter.assert_sound()


def test_opening_waits_ten_seconds_for_another_program(ledger_path: Path, full: bool) -> None:
    if not full:
        pytest.skip("takes ten seconds: --full")
    with raw(ledger_path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerUnusable, match="for 10 seconds") as refused:
            Ledger.open(ledger_path)
    assert refused.value.reason == "locked"


def _closed(file_of: Callable[[], Ledger]) -> None:
    ledger = file_of()
    ledger.close()
    ledger.close()


def test_closing_twice_is_fine(ledger_path: Path) -> None:
    _closed(lambda: Ledger.open(ledger_path))
    file = connect(ledger_path)
    file.close()
    file.close()
