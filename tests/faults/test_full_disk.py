"""A full disk says so and loses nothing; once there is room again, the shop sells on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from tests.db.counter import Counter
from tests.faults.conftest import ROOT, assert_whole, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILL = """
import resource, signal, sys
from pathlib import Path
import sqlite_utils
from db.ledger import Ledger
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from tests.db.counter import Counter
path, room = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger.open(path) as ledger:
    counter = Counter(ledger)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, -1))
    failed = 0
    while failed < 3:
        action = new_action_id()
        try:
            counter.give("Latte", 3, paid=1000, action=action, message="x" * 200)
        except LedgerUnusable as error:
            print("failed", action, error.reason)
            failed += 1
        else:
            print("done", action)
    resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    # There is room again: the same till, without being opened anew.
    print("done", counter.give("Latte").action)
"""


@pytest.mark.parametrize("room", [0, 5000, 40_000])
def test_a_file_that_may_not_grow(path: Path, room: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path), str(room)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.stderr == ""
    lines = [line.split() for line in done.stdout.splitlines()]
    stored = {line[1] for line in lines if line[0] == "done"}
    failed = [line for line in lines if line[0] == "failed"]
    assert len(failed) == 3
    assert {line[2] for line in failed} <= {"disk-full", "disk-error"}
    assert lines[-1][0] == "done"
    with opened(path) as counter:
        entries = counter.ledger.entries()
        assert {view.entry.action for view in entries} == stored
    assert_whole(path)


@pytest.fixture
def small_disk(path: Path, tmp_path: Path) -> Iterator[Path]:
    """Return a disk with 200 KiB more than the ledger takes, where this user may make one."""
    room = path.stat().st_size + 200 * 1024
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _give_for_ever(counter: Counter, done: set[str]) -> None:
    while True:
        done.add(counter.give("Latte", message="x" * 200).action)


def _write_for_ever(path: Path) -> None:
    with path.open("wb", buffering=0) as film:
        while True:
            film.write(bytes(512))


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount here")
def test_a_disk_that_is_really_full(path: Path, small_disk: Path) -> None:
    place = small_disk / "shop.db"
    shutil.copy(path, place)
    done: set[str] = set()
    with Ledger.open(place) as ledger:
        counter = Counter(ledger)
        with pytest.raises(LedgerUnusable, match=r"is full.*Nothing was changed") as refused:
            _give_for_ever(counter, done)
        assert refused.value.reason == "disk-full"
        # Filled to the last byte: not even a journal can be made.
        with pytest.raises(OSError, match="No space left"):
            _write_for_ever(small_disk / "film.mkv")
        with pytest.raises(LedgerUnusable) as refused:
            counter.redeem("Latte")
        assert refused.value.reason in {"disk-full", "disk-error", "cannot-open"}
        # Looking needs no room.
        assert counter.waiting("Latte") == len(done)
        assert counter.ledger.verify().sound
        # The journal of a sale needs room too, more than the film took.
        subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
        (small_disk / "film.mkv").unlink()
        assert counter.redeem("Latte", action=new_action_id()).waiting == len(done) - 1
    assert {each.name for each in small_disk.iterdir()} == {"shop.db", "shop.db.pepper"}
    with opened(place) as counter:
        counter.assert_sound()
