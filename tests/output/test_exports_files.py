"""An export's file is whole or not there; however long the ledger, memory stays."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.errors import BadInput, LedgerUnusable
from payforward.output.exports.writing import export_bytes, write_new
from tests.bench.bench_ledger import fill
from tests.conftest import ROOT
from tests.db.counter import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.db.counter import Counter

LIMITED = """
import resource, sys
from payforward.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), -1))
sys.exit(main())
"""

# What the system says of the process since its program began: `getrusage` also counts the
# memory of whoever started it.
MEASURED = """
import re, sys
from pathlib import Path
from payforward.__main__ import main
code = main()
print(re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""


def fill_taxed(path: Path, entries: int) -> None:
    """Fill a ledger, and let each gift have had VAT in it."""
    fill(path, entries)
    with raw(path) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE entry SET tax_rate = 10000 WHERE kind = 'give'")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of 10,000 entries."""
    path = tmp_path_factory.mktemp("filled") / "small.db"
    fill_taxed(path, 10_000)
    return path


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("room", [0, 70_000, 200_000])
def test_a_full_disk_leaves_no_half_file(filled: Path, tmp_path: Path, room: int) -> None:
    file = tmp_path / "books.csv"
    before = filled.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(room), "export", "csv", "-o", str(file)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PAYFORWARD_LEDGER": str(filled)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{file} was not written (File too large): choose another place.\n"
    assert files_in(tmp_path) == []
    assert filled.read_bytes() == before


def test_a_real_full_disk_too(filled: Path, tmp_path: Path) -> None:
    mount = tmp_path / "disk"
    mount.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(mount)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        with Ledger.open(filled) as ledger, pytest.raises(BadInput, match="No space left"):
            write_new(mount / "books.csv", export_bytes(ledger.export_entries(), "csv"))
        assert files_in(mount) == []
    finally:
        subprocess.run(["umount", str(mount)], check=True)


def test_what_is_there_stays(counter: Counter, tmp_path: Path) -> None:
    file = tmp_path / "books.json"
    for there in (b"mine", b""):
        file.write_bytes(there)
        with pytest.raises(BadInput, match="is there already: name another file"):
            write_new(file, export_bytes(counter.ledger.export_entries(), "json"))
        assert file.read_bytes() == there
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="is there already"):
        write_new(file, [b"x"])
    assert not (tmp_path / "elsewhere").exists()


def test_whoever_is_first_keeps_the_name(tmp_path: Path) -> None:
    file = tmp_path / "books.json"

    def pieces() -> Iterator[bytes]:
        yield b"half"
        file.write_text("mine")
        yield b"half"

    with pytest.raises(BadInput, match="is there already"):
        write_new(file, pieces())
    assert file.read_text() == "mine"
    assert not [name for name in files_in(tmp_path) if name.startswith(".payforward")]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), LedgerUnusable("Lost.", reason="damaged")])
def test_what_is_stopped_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise error

    with pytest.raises(type(error)):
        write_new(tmp_path / "books.csv", pieces())
    assert files_in(tmp_path) == []


def test_a_disk_without_second_names(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    folder = tmp_path / "stick"
    folder.mkdir()
    file = folder / "books.json"
    write_new(file, export_bytes(counter.ledger.export_entries(), "json"))
    assert json.loads(file.read_text())["entries"] == []
    assert files_in(folder) == ["books.json"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_name_is_given_to_what_is_on_the_disk_and_kept_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "books.csv"
    asked: list[tuple[int, int, bool]] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        asked.append((found.st_ino, found.st_size, file.exists()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_new(file, [b"all ", b"of it"])
    whole, folder = asked
    assert whole == (file.stat().st_ino, 9, False), "synced whole, before it has its name"
    assert (folder[0], folder[2]) == (tmp_path.stat().st_ino, True), "then the name is"


@pytest.mark.parametrize(("fault", "is_there"), [(errno.EIO, False), (errno.EINVAL, True)])
def test_a_name_that_the_disk_does_not_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, is_there: bool
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(fault, os.strerror(fault))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with nullcontext() if is_there else pytest.raises(BadInput, match="was not written"):
        write_new(tmp_path / "books.csv", [b"x"])
    assert files_in(tmp_path) == (["books.csv"] if is_there else [])


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_it_finds_no_half_file(
    filled: Path, tmp_path: Path, ending: signal.Signals, request: pytest.FixtureRequest
) -> None:
    # What the tests were told to ignore, as under nohup, the command would ignore too.
    request.addfinalizer(partial(signal.signal, ending, signal.signal(ending, signal.SIG_DFL)))
    arguments = ["export", "beancount", "-o", str(tmp_path / "books"), "--ledger", str(filled)]
    with subprocess.Popen(
        [sys.executable, "-m", "payforward", *arguments], stderr=subprocess.PIPE, cwd=ROOT
    ) as exporting:
        while exporting.poll() is None and not files_in(tmp_path):
            time.sleep(0.002)
        assert [name[:12] for name in files_in(tmp_path)] == [".payforward-"]
        exporting.send_signal(ending)
        exporting.communicate()
    assert exporting.returncode == 128 + ending
    assert files_in(tmp_path) == []


def test_a_reader_that_goes_away_is_no_fault(filled: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "payforward", "export", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PAYFORWARD_LEDGER": str(filled)},
    ) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        assert export.stdout.readline().startswith(b"\xef\xbb\xbfno,day,")
        export.stdout.close()
        assert (export.wait(30), export.stderr.read()) == (141, b"")


def test_a_standard_output_that_is_full_says_so(filled: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "payforward", "export", "hledger"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PAYFORWARD_LEDGER": str(filled)},
        )
    assert done.returncode == 3
    assert done.stderr == (
        "The export is not whole (No space left on device): throw away what came out, and write "
        "it to another place.\n"
    )


def peak_kib(ledger: Path, form: str, file: Path) -> int:
    """Return the most memory that exporting takes in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "export", form, "-o", str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PAYFORWARD_LEDGER": str(ledger)},
    )
    return int(done.stdout.splitlines()[-1])


@pytest.mark.timeout(1800)
def test_memory_does_not_grow_with_the_ledger(filled: Path, tmp_path: Path, full: bool) -> None:
    entries = 1_000_000 if full else 100_000
    large = tmp_path / "large.db"
    fill_taxed(large, entries)
    for form in ("csv", "json", "beancount", "quickbooks"):
        file = tmp_path / f"small.{form}"
        small_kib = peak_kib(filled, form, file)
        large_kib = peak_kib(large, form, tmp_path / f"large.{form}")
        size = (tmp_path / f"large.{form}").stat().st_size
        sys.stdout.write(f"{form}: {small_kib} KiB, {large_kib} KiB of {entries}, {size} B\n")
        # SQLite's cache of 2 MB fills up, and there is what the allocator does as it pleases.
        assert large_kib < small_kib + 4_096
        assert size > 5 * file.stat().st_size or form == "quickbooks"
