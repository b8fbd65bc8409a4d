"""A failed call or a kill while the first slip is sold never leaves a mark without its pepper.

``strace`` makes the Nth call of a kind on the ledger, its journal, its folder or the pepper's file
fail, while a till gives the shop's first voucher.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter as Tally
from typing import TYPE_CHECKING, Any

import pytest

from db.entries import entries_of_action
from db.pepper import pepper_path
from payforward.core.ids import new_action_id
from payforward.core.model import PepperState
from tests.db.counter import code_of
from tests.faults.conftest import Till, assert_whole, opened

if TYPE_CHECKING:
    from pathlib import Path

CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "unlink", "close", "fchmod")
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")
QUICK = 24

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: no disk call can be failed"
)


def _give(path: Path, order: dict[str, Any], log: Path, *inject: str) -> dict[str, Any]:
    """Let a till give a voucher while a call fails; return its answer, nothing where it died."""
    places = (path, f"{path}-journal", path.parent, pepper_path(path))
    beside = [f"-P{each}" for each in places]
    injected = [part for each in inject for part in ("-e", f"inject={each}")]
    trace = ("-e", f"trace={','.join(CALLS)}")
    till = Till(path, "till 1", ("strace", "-f", "-qq", "-o", str(log), *beside, *trace, *injected))
    answer = till.hear()
    if "ready" in answer:
        till.order(**order)
        answer = till.hear()
    complaint = till.close()
    assert "Traceback" not in complaint, complaint
    return answer


def _judge(path: Path, order: dict[str, Any], answer: dict[str, Any]) -> str:
    """Fail where a code could never be read again, or what was said is not what is there."""
    with opened(path) as counter:
        assert counter.ledger.pepper_state() is not PepperState.LOST
        stored = entries_of_action(counter.ledger._file, counter.ledger.shop.id, order["action"])
        if "done" in answer:
            assert stored
        elif answer.get("refused", "outcome-unknown") != "outcome-unknown":
            assert not stored, answer
        if stored:
            assert counter.ledger.pepper_state() is PepperState.READY
            slip = counter.ledger.slip_of(stored[0].gift)
            assert counter.redeem_slip(code_of(counter.replace(slip.slip))).units == 1
        # The next voucher is sold as if nothing had been.
        assert counter.redeem_slip(code_of(counter.give("Latte", voucher=True))).units == 1
    assert_whole(path)
    return "died" if not answer else str(answer.get("refused", "done"))


def test_no_failed_call_leaves_a_mark_without_its_pepper(
    path: Path, tmp_path: Path, full: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    log, copy = tmp_path / "log", tmp_path / "copy" / "shop.db"
    copy.parent.mkdir()
    with opened(path) as counter:
        item = counter.item("Latte").id
    order = {"do": "give", "action": new_action_id(), "item": item, "voucher": True}
    shutil.copy(path, copy)
    assert _give(copy, order, log)["done"] == order["action"]
    lines = log.read_text(errors="replace").splitlines()
    counts = Tally(found[1] for line in lines if (found := re.match(r"\d+ +(\w+)\(", line)))
    # The pepper's file and its folder.
    assert counts["fsync"] >= 2
    assert counts["write"] >= 1
    plan = [
        (call, number, fault)
        for call in CALLS
        for number in range(1, counts[call] + 1)
        for fault in FAULTS
    ]
    if not full:
        sharp = [each for each in plan if each[0] in ("write", "fsync")]
        plan = sharp + random.Random(5).sample([e for e in plan if e not in sharp], QUICK)
    said: Tally[str] = Tally()
    for call, number, fault in plan:
        for left in copy.parent.iterdir():
            left.unlink()
        shutil.copy(path, copy)
        answer = _give(copy, order, log, f"{call}:{fault}:when={number}")
        try:
            said[_judge(copy, order, answer)] += 1
        except Exception as error:
            error.add_note(f"{fault} at {call} number {number}: {answer}")
            raise
    with capsys.disabled():
        print(f"\n{len(plan)} failed calls: {dict(sorted(said.items()))}")
    assert said["cannot-write-pepper"] > 0, "a pepper that cannot be made is said so"
