"""Ledgers that cannot be used: one sentence, exit 3, not a byte changed."""

from __future__ import annotations

import ctypes
import json
import sqlite3
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand

READING = ("board", "entries", "items")
EVERY = (*READING, "verify", "give", "undo")
ARGUMENTS = {
    "give": ("give", "latte"),
    "undo": ("undo", "01900000-0000-7000-8000-000000000001"),
}


def refusals(pay: Pay, commands: tuple[str, ...]) -> set[tuple[int, str]]:
    """Return exit codes and reasons of commands that must change nothing."""
    return {pay.refused(*ARGUMENTS.get(name, (name,)))[:2] for name in commands}


def test_no_ledger_yet(nowhere: Pay) -> None:
    assert refusals(nowhere, EVERY) == {(3, "no-ledger")}
    assert "'payforward setup' makes one." in nowhere("board").err
    assert not nowhere.path.parent.exists()


def test_a_file_of_something_else(pay: Pay) -> None:
    pay.path.write_bytes(b"Dear diary, " * 1000)
    assert refusals(pay, ("board", "entries", "items", "give", "undo")) == {(3, "damaged")}
    ran = pay("verify", "--json")
    assert ran.code == 3
    document = json.loads(ran.out)
    assert (document["sound"], document["entries"], document["head"]) == (False, None, None)
    assert document["problems"] == [ran.err.rstrip("\n")]


def test_an_empty_file_is_no_ledger(pay: Pay) -> None:
    pay.path.write_bytes(b"")
    assert refusals(pay, EVERY) == {(3, "not-a-ledger")}


def test_another_programs_database(pay: Pay) -> None:
    pay.path.unlink()
    with sqlite3.connect(pay.path) as raw:
        raw.execute("CREATE TABLE diary (day TEXT)")
    raw.close()
    assert refusals(pay, EVERY) == {(3, "not-a-ledger")}


def test_pages_that_rotted(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "3")
    data = bytearray(pay.path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    # The first page names the tables; the rest is noise now.
    data[page:] = b"\xa5" * (len(data) - page)
    pay.path.write_bytes(data)
    assert refusals(pay, (*READING, "give")) == {(3, "damaged")}
    ran = pay("verify")
    assert ran.code == 3
    assert "is damaged: put it aside as it is and restore the last backup." in ran.err


def test_a_ledger_of_a_newer_program(pay: Pay) -> None:
    with sqlite3.connect(pay.path) as raw:
        raw.execute("PRAGMA user_version = 999")
    raw.close()
    assert refusals(pay, EVERY) == {(3, "newer-ledger")}
    assert "update Payforward; the ledger was not touched." in pay("board").err


@pytest.mark.skipif(sys.platform != "linux", reason="needs to bind root by permissions")
def test_a_ledger_that_may_only_be_read(pay: Pay) -> None:
    pay.done("give", "latte")
    before = pay.digest()
    pay.path.chmod(0o444)
    pay.path.parent.chmod(0o555)
    libc = ctypes.CDLL(None)

    def bind_root() -> None:
        # Permissions do not bind root until it loses CAP_DAC_OVERRIDE (1), which an exec
        # takes from it once PR_CAPBSET_DROP (24) has (prctl(2)).
        libc.prctl(24, 1, 0, 0, 0)

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-B", "-m", "payforward", *arguments, "--ledger", str(pay.path)],
            preexec_fn=bind_root,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    try:
        refused = ran("give", "latte", "--json")
        looked = ran("board")
    finally:
        pay.path.parent.chmod(0o755)
        pay.path.chmod(0o644)
    assert refused.returncode == 3
    assert json.loads(refused.stdout)["refused"] == "read-only"
    assert refused.stderr == (
        f"The ledger {pay.path} cannot be written: allow this user to write it and its folder.\n"
    )
    assert looked.stdout == "       waiting  oldest\nLatte        1  today\n"
    assert pay.digest() == before


def test_a_ledger_that_another_program_keeps(pay: Pay, command: RunCommand, full: bool) -> None:
    if not full:
        pytest.skip("takes ten seconds: --full")
    holder = sqlite3.connect(pay.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    start = time.monotonic()
    ran = command("give", "latte", "--json", "--ledger", pay.path)
    took = time.monotonic() - start
    holder.execute("ROLLBACK")
    holder.close()
    assert ran.code == 3
    assert json.loads(ran.out)["refused"] == "locked"
    assert "nothing was changed, try again." in ran.err
    assert 10 <= took < 30
    assert pay.waiting() == {}


def test_a_ledger_that_is_busy_for_a_moment_is_waited_for(pay: Pay, command: RunCommand) -> None:
    holder = sqlite3.connect(pay.path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    letting_go = threading.Timer(0.7, holder.execute, ["ROLLBACK"])
    letting_go.start()
    ran = command("give", "latte", "--ledger", pay.path)
    letting_go.join()
    holder.close()
    assert (ran.code, ran.err) == (0, "")
    assert pay.waiting() == {"Latte": 1}
