"""One failed disk call, at any call, never yields a false "done" and never an unsound ledger.

``strace`` makes the Nth call of a kind on the ledger, its journal or its folder fail, while a till
opens the ledger and redeems three units out of two books.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter as Tally
from typing import TYPE_CHECKING, Any

import pytest

from db.entries import entries_of_action
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from tests.faults.conftest import Till, assert_whole, opened
from tests.faults.till import perform

if TYPE_CHECKING:
    from pathlib import Path

CALLS = (
    "openat",
    "pread64",
    "pwrite64",
    "fdatasync",
    "fsync",
    "unlink",
    "ftruncate",
    "fcntl",
    "fchown",
    "newfstatat",
    "close",
)
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: no disk call can be failed"
)


@pytest.fixture
def prepared(path: Path) -> Path:
    """Return a ledger with a gift of two books, three Latte for 10.00, and 2.50 in the fund."""
    with opened(path) as counter:
        counter.give("Latte", 3, paid=1000)
        counter.give_money(250)
    return path


def _strace(path: Path, log: Path, *inject: str) -> tuple[str, ...]:
    beside = [f"-P{each}" for each in (path, f"{path}-journal", path.parent)]
    injected = [part for each in inject for part in ("-e", f"inject={each}")]
    calls = ",".join(CALLS)
    return ("strace", "-f", "-qq", "-o", str(log), *beside, "-e", f"trace={calls}", *injected)


def _redeem(path: Path, order: dict[str, Any], log: Path, *inject: str) -> dict[str, Any]:
    """Let a till redeem while a call fails; return its answer, nothing where it died."""
    till = Till(path, "till 1", _strace(path, log, *inject))
    answer = till.hear()
    if "ready" in answer:
        till.order(**order)
        answer = till.hear()
    complaint = till.close()
    assert "Traceback" not in complaint, complaint
    return answer


def _order(path: Path) -> dict[str, Any]:
    with opened(path) as counter:
        item = counter.item("Latte").id
    return {"do": "redeem", "action": new_action_id(), "item": item, "units": 3}


def _judge(path: Path, order: dict[str, Any], answer: dict[str, Any]) -> str:
    """Fail where what was said is not what is there; return what was said."""
    with opened(path) as counter:
        stored = entries_of_action(counter.ledger._file, counter.ledger.shop.id, order["action"])
        assert sum(-entry.units for entry in stored) in (0, 3)
        said = "died"
        if "done" in answer:
            said = "done"
            assert stored
            assert answer["amount_minor"] == 1000
        elif "refused" in answer:
            said = str(answer["refused"])
            assert said in {"outcome-unknown", *_FAILED}, answer
            if said != "outcome-unknown":
                assert not stored, answer
        counter.assert_sound()
        # Asked again with its id, it is done once at most, whatever came of it.
        again = perform(counter.ledger, order)
        assert again.repeated == bool(stored)
        assert counter.waiting("Latte") == 0
        assert counter.fund() == 250
    assert_whole(path)
    return said


_FAILED = {"disk-error", "disk-full", "cannot-open", "damaged", "read-only", "locked", "no-ledger"}


def _plan(counts: Tally[str], full: bool) -> list[tuple[str, int, str]]:
    every = [
        (call, number, fault)
        for call in CALLS
        for number in range(1, counts[call] + 1)
        for fault in FAULTS
    ]
    if full:
        return every
    # Those in which the commit can fail half-way, and some of all others.
    sharp = [each for each in every if each[0] in ("unlink", "fdatasync") and each[2] != FAULTS[1]]
    rest = [each for each in every if each not in sharp]
    return sharp + random.Random(5).sample(rest, 18)


def test_one_failed_call_never_yields_a_false_done(
    prepared: Path, tmp_path: Path, full: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    log, copy = tmp_path / "log", tmp_path / "copy" / "shop.db"
    copy.parent.mkdir()
    shutil.copy(prepared, copy)
    order = _order(prepared)
    answer = _redeem(copy, order, log)
    assert answer["done"] == order["action"]
    lines = log.read_text(errors="replace").splitlines()
    counts = Tally(found[1] for line in lines if (found := re.match(r"\d+ +(\w+)\(", line)))
    assert counts["pwrite64"] > 20
    assert counts["fdatasync"] + counts["fsync"] >= 4
    assert counts["unlink"] == 1
    plan = _plan(counts, full)
    said: Tally[str] = Tally()
    for call, number, fault in plan:
        for left in copy.parent.iterdir():
            left.unlink()
        shutil.copy(prepared, copy)
        answer = _redeem(copy, order, log, f"{call}:{fault}:when={number}")
        traced = log.read_text(errors="replace")
        assert "INJECTED" in traced or "SIGKILL" in traced, (call, number, fault)
        try:
            said[_judge(copy, order, answer)] += 1
        except (AssertionError, LedgerUnusable) as error:
            error.add_note(f"{fault} at {call} number {number}: {answer}")
            raise
    with capsys.disabled():
        print(f"\n{len(plan)} failed calls: {dict(sorted(said.items()))}")
    assert said["done"] < len(plan)


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO", "EDQUOT", "EROFS"])
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "unlink"])
def test_a_disk_that_fails_from_some_call_on(
    prepared: Path, tmp_path: Path, full: bool, call: str, fault: str
) -> None:
    """The disk stays full, or broken: nothing can be cleaned up until it is mended."""
    log, copy = tmp_path / "log", tmp_path / "copy" / "shop.db"
    copy.parent.mkdir()
    order = _order(prepared)
    calls = {"pwrite64": (1, 2, 20, 45, 60, 75), "fdatasync": (1, 2, 3, 4, 5), "unlink": (1,)}[call]
    # The last of them fails when the entry is in the file and only its folder is not synced.
    for number in calls if full else {calls[len(calls) // 2], calls[-1]}:
        for left in copy.parent.iterdir():
            left.unlink()
        shutil.copy(prepared, copy)
        answer = _redeem(copy, order, log, f"{call}:error={fault}:when={number}+")
        assert "done" not in answer
        _judge(copy, order, answer)
