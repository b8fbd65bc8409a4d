"""Guesses at PINs and the passphrase: counted for good, slowed, locked; by real processes too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.errors import LedgerUnusable
from payforward.core.people import COST, hash_secret
from tests.conftest import ROOT
from tests.db.counter import Counter, raw
from tests.db.test_people import PHRASE, WRONG, ana, refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock


def failures(path: Path, who: str = "owner") -> int:
    """Return how many wrong tries in a row the file itself counts."""
    with raw(path) as connection:
        (row,) = connection.execute("SELECT failures FROM secret WHERE who = ?", (who,)).fetchall()
    return int(row[0])


def test_guesses_wait_longer_and_longer(counter: Counter, clock: FrozenClock) -> None:
    ledger = counter.ledger
    ledger.set_passphrase(None, PHRASE)
    waits = []
    for _ in range(15):
        sentence = refused(lambda: ledger.check_passphrase(WRONG)).message
        waits.append(sentence.removeprefix("That is not the owner's passphrase: "))
        if "wait" in sentence:
            # Even the right one is not looked at, and that is no try.
            assert refused(lambda: ledger.check_passphrase(PHRASE)).reason == "locked"
        clock.forward(minutes=15)
    again = ", then try again."
    seconds = [f"wait {each}{again}" for each in ("1 second", "2 seconds", "4 seconds")]
    assert waits[:5] == ["try again.", "try again.", *seconds]
    assert waits[-2:] == [f"wait 15 minutes{again}"] * 2
    assert failures(ledger.path) == 15
    ledger.check_passphrase(PHRASE)
    assert failures(ledger.path) == 0
    assert refused(lambda: ledger.check_passphrase(WRONG)).message.endswith(": try again.")


def test_a_wait_survives_a_restart(counter: Counter, clock: FrozenClock) -> None:
    counter.ledger.set_passphrase(None, PHRASE)
    for _ in range(5):
        refused(lambda: counter.ledger.check_passphrase(WRONG))
        clock.forward(seconds=2)
    clock.forward(seconds=1.5)
    with Ledger.open(counter.ledger.path, clock=clock) as ledger:
        no = refused(lambda: ledger.check_passphrase(PHRASE))
        assert no.message == "Too many wrong tries for the owner: wait 1 second, then try again."
        clock.forward(seconds=1)
        ledger.check_passphrase(PHRASE)


def test_a_clock_put_back_neither_opens_nor_locks_for_ever(
    counter: Counter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    ledger.set_passphrase(None, PHRASE)
    for _ in range(5):
        refused(lambda: ledger.check_passphrase(WRONG))
        clock.forward(seconds=2)
    clock.forward(days=-400)
    assert refused(lambda: ledger.check_passphrase(PHRASE)).reason == "locked"
    clock.forward(seconds=3.9)
    assert refused(lambda: ledger.check_passphrase(PHRASE)).reason == "locked"
    clock.forward(seconds=0.1)
    ledger.check_passphrase(PHRASE)


def test_a_wrong_try_takes_as_long_as_the_hash(counter: Counter, clock: FrozenClock) -> None:
    known = ana(counter)
    start = time.process_time()
    hash_secret("4071", b"x" * 16, COST)
    cost = time.process_time() - start
    for guess in ("4072", "", "x" * 5000, "40"):
        start = time.process_time()
        refused(lambda guess=guess: counter.ledger.check_pin(known.id, guess))  # type: ignore[misc]
        assert time.process_time() - start > 0.7 * cost, guess
        clock.forward(hours=1)


def test_a_try_that_cannot_be_counted_is_not_looked_at(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.ledger.set_passphrase(None, PHRASE)
    with raw(counter.ledger.path) as connection:
        counter.ledger._file.connection.execute("PRAGMA busy_timeout = 50")
        connection.execute("BEGIN IMMEDIATE")
        looked: list[str] = []
        monkeypatch.setattr("db.people.matches", lambda *said: looked.append(said[0]))
        with pytest.raises(LedgerUnusable):
            counter.ledger.check_passphrase(PHRASE)
        assert looked == []


def test_a_damaged_hash_lets_nobody_in(counter: Counter) -> None:
    counter.ledger.set_passphrase(None, PHRASE)
    with raw(counter.ledger.path) as connection:
        connection.execute("UPDATE secret SET hash = 'scrypt$nonsense'")
    with pytest.raises(LedgerUnusable):
        counter.ledger.check_passphrase(PHRASE)


# -- real processes ---------------------------------------------------------------------------


def guesser(path: Path, *tries: str) -> subprocess.Popen[str]:
    """Start a till that guesses once it is told to, and wait until it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.db.guesser", str(path), *tries],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.fixture
def guessed(ledger_path: Path) -> Path:
    """Return a ledger with a passphrase, by the real clock."""
    with Ledger.open(ledger_path) as ledger:
        ledger.set_passphrase(None, PHRASE)
    return ledger_path


def test_a_kill_undoes_no_try(guessed: Path) -> None:
    for number in range(1, 4):
        process = guesser(guessed, WRONG)
        begin(process)
        end = time.monotonic() + 30
        while failures(guessed) < number:
            assert time.monotonic() < end
            time.sleep(0.005)
        # It is being looked at: nothing was answered yet, or only just now.
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert failures(guessed) == number
    with Ledger.open(guessed) as ledger:
        assert ledger.verify().problems == ()


def test_guessing_is_locked_after_a_restart(guessed: Path) -> None:
    process = guesser(guessed, *[WRONG] * 4)
    said, _ = process.communicate("\n")
    assert said.split() == [*["wrong-passphrase"] * 3, "locked"]
    with raw(guessed) as connection:  # as if there had been many more
        connection.execute("UPDATE secret SET failures = 30")
    said, _ = guesser(guessed, PHRASE, WRONG, PHRASE).communicate("\n")
    assert said.split() == ["locked"] * 3
    assert failures(guessed) == 30


def test_four_tills_that_guess_at_once_have_no_more_tries_than_one(guessed: Path) -> None:
    tills = [guesser(guessed, WRONG, WRONG) for _ in range(4)]
    for till in tills:
        begin(till)
    said = [reason for till in tills for reason in till.communicate()[0].split()]
    tried = said.count("wrong-passphrase")
    assert sorted(set(said)) == ["locked", "wrong-passphrase"], said
    assert len(said) == 8
    assert failures(guessed) == tried, "each try that was looked at is counted"
    # Three are free; while eight take their time, a wait of a second may run out, and of two.
    assert 3 <= tried <= 5
