"""A till waits its turn; where another program keeps the ledger too long, it says so."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from tests.db.counter import raw
from tests.faults.conftest import assert_whole, opened

if TYPE_CHECKING:
    from pathlib import Path


def _wait_at_most(seconds: float, full: bool) -> str:
    return f"PRAGMA busy_timeout = {10_000 if full else int(seconds * 1000)}"


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_ledger_that_is_kept_too_long_says_so(path: Path, full: bool, lock: str) -> None:
    with opened(path) as counter, raw(path) as other:
        counter.give("Latte", 2)
        before = counter.facts()
        counter.ledger._file.connection.execute(_wait_at_most(0.3, full))
        action = new_action_id()
        other.execute(lock)
        start = time.monotonic()
        with pytest.raises(LedgerUnusable, match="nothing was changed, try again") as refused:
            counter.redeem("Latte", action=action)
        took = time.monotonic() - start
        other.execute("ROLLBACK")
        assert refused.value.reason == "locked"
        assert 0.3 <= took < 12
        assert counter.facts() == before
        assert not counter.redeem("Latte", action=action).repeated
    assert_whole(path)


def test_a_long_look_by_another_program_keeps_the_commit_waiting(path: Path, full: bool) -> None:
    """A reader holds back the commit itself: the sale is then surely not stored."""
    with opened(path) as counter, raw(path) as reader:
        counter.give("Latte", 2)
        before = counter.facts()
        counter.ledger._file.connection.execute(_wait_at_most(0.3, full))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        action = new_action_id()
        with pytest.raises(LedgerUnusable, match="nothing was changed, try again") as refused:
            counter.redeem("Latte", action=action)
        assert refused.value.reason == "locked"
        reader.execute("ROLLBACK")
        assert counter.facts() == before
        assert not counter.redeem("Latte", action=action).repeated
    assert_whole(path)


def test_a_till_that_waited_its_turn_sells(path: Path) -> None:
    with opened(path) as counter:
        counter.give("Latte", 2)
        held, gone = threading.Event(), threading.Event()

        def hold() -> None:
            with raw(path) as other:
                other.execute("BEGIN EXCLUSIVE")
                held.set()
                time.sleep(0.7)
                gone.set()
                other.execute("ROLLBACK")

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait()
        assert counter.redeem("Latte").waiting == 1
        assert gone.is_set()
        thread.join()
    assert_whole(path)


def test_a_report_and_a_proof_beside_the_tills_disturb_nobody(path: Path) -> None:
    """One connection verifies and reads all day long while another sells."""
    with opened(path) as counter, opened(path) as office:
        stop = threading.Event()
        proofs: list[bool] = []

        def prove() -> None:
            while not stop.is_set():
                proofs.append(office.ledger.verify().sound)
                office.ledger.board()
                office.ledger.entries()

        thread = threading.Thread(target=prove)
        thread.start()
        sold, end = 0, time.monotonic() + 30
        while sold < 30 or (len(proofs) < 3 and time.monotonic() < end):
            given = counter.give("Latte", 3, paid=1000)
            counter.redeem("Latte", 2)
            counter.refund(given.gift, 1)
            sold += 1
        stop.set()
        thread.join()
    assert len(proofs) >= 3
    assert all(proofs)
    assert_whole(path)
