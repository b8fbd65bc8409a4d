"""A printer that dies at any byte loses and doubles nothing; nor does a till that dies with it.

``--full`` cuts at every byte of a job, else at every sixteenth.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from payforward.core.codes import Code
from payforward.core.errors import SlipRefused
from payforward.core.paper import PaperState
from payforward.output.press import Press
from tests.conftest import ROOT
from tests.db.counter import Counter, hurried
from tests.output.fake_printer import FakePrinter, code_on
from tests.output.shop import refusal, with_printer

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = 9
"""Bytes of the three questions before a job, where the printer reports."""

# A till that gives on a slip, tells the slip's code to its test alone, and then prints or waits.
TILL = """
import json, sys, time
from pathlib import Path
from db.ledger import Ledger
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.output.press import Press
with Ledger.open(Path(sys.argv[1])) as ledger:
    item = ledger.find_item("Tea").id
    given = ledger.give(Give(action=new_action_id(), item=item, units=2, voucher=True))
    told = {"slip": given.slip, "code": given.voucher.letters}
    print(json.dumps(told), flush=True)
    if sys.argv[2] == "prints":
        Press(ledger).print_gift(given)
    time.sleep(60)
"""


@pytest.mark.parametrize("reports", [False, True], ids=["silent", "reporting"])
def test_a_printer_that_is_cut_off_at_any_byte_loses_and_doubles_nothing(
    path: Path, full: bool, reports: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        Ledger.open(path) as ledger,
        FakePrinter(answers_at_once=reports, answers_in_turn=reports) as fake,
    ):
        counter = Counter(hurried(ledger))
        with_printer(counter, fake.address, reports=reports)
        length = _length_of_a_job(counter, fake)
        cuts = range(0, length + 1, 1 if full else 16)
        for cut in {*cuts, QUESTIONS, length - 3, length}:
            _cut(counter, fake, cut)
        counter.assert_sound()
        assert counter.ledger.paper_owed() == ()
    with capsys.disabled():
        print(f"\na job of {length} bytes, cut at {len(cuts)} places")


def _length_of_a_job(counter: Counter, fake: FakePrinter) -> int:
    """Print one whole slip, and return how many bytes that took, questions and all."""
    given = counter.give("Tea", 2, voucher=True)
    assert Press(counter.ledger).print_gift(given).is_out
    assert given.slip is not None
    counter.take_back(given.slip)
    counter.redeem("Tea", 2)
    assert fake.papers()
    # Of the questions after a job none is part of it.
    whole = bytes(fake.received[0])
    return len(whole.removesuffix(b"\x10\x04\x02\x10\x04\x03\x10\x04\x04"))


def _cut(counter: Counter, fake: FakePrinter, cut: int) -> None:
    """Give on a slip, cut its paper off, and see where its two units are until both are drunk."""
    fake.received.clear()
    fake.cut_after = cut
    press = Press(counter.ledger)
    given = counter.give("Tea", 2, voucher=True)
    assert given.slip is not None
    assert given.voucher is not None
    outcome = press.print_gift(given)
    assert outcome.state is PaperState.PENDING, f"cut at {cut}"
    assert [each.slip for each in counter.ledger.paper_owed()] == [given.slip]
    # Whoever holds paper with the code on it, however torn, can still be served.
    assert refusal(counter, given.voucher) is None
    assert counter.ledger.slip(given.slip).left == 2

    fake.cut_after = None
    # On a busy machine the printer may answer too late; then the slip waits on, as it should.
    tries = (outcome for _ in range(20) for outcome in press.print_waiting())
    assert any(outcome.is_out for outcome in tries)
    new = code_on(fake.papers()[-1])
    assert new != given.voucher
    alive = [code for code in (given.voucher, new) if refusal(counter, code) is None]
    assert alive == [new]
    with pytest.raises(SlipRefused) as told:
        counter.redeem_slip(given.voucher)
    assert told.value.reason == "slip-replaced"
    assert press.print_waiting() == ()
    counter.redeem_slip(new, 2)
    with pytest.raises(SlipRefused) as told:
        counter.redeem_slip(new)
    assert told.value.reason == "slip-used"
    assert counter.waiting("Tea") == 0


def test_a_printer_that_was_off_for_every_try_keeps_one_slip(path: Path) -> None:
    with FakePrinter() as off:
        address = off.address
    with Ledger.open(path) as ledger:
        counter = Counter(ledger)
        with_printer(counter, address)
        given = counter.give("Tea", voucher=True)
        assert given.voucher is not None
        press = Press(ledger)
        for _ in range(3):
            press.print_gift(given)
            press.print_waiting()
        assert len(ledger.paper_owed()) == 1
        # Not a byte went out, so that no code had to die.
        assert refusal(counter, given.voucher) is None
        counter.redeem_slip(given.voucher)
        counter.assert_sound()


# -- a till that dies -------------------------------------------------------------------------


def _start(path: Path, then: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    """Start a till that gives on a slip, and return it with what it told."""
    till = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", TILL, str(path), then],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert till.stdout is not None
    return till, json.loads(till.stdout.readline())


def _kill(till: subprocess.Popen[str]) -> None:
    till.send_signal(signal.SIGKILL)
    till.communicate()


def _one_code_lives(counter: Counter, old: Code, new: Code) -> None:
    assert refusal(counter, old) == "slip-replaced"
    counter.redeem_slip(new, 2)
    assert refusal(counter, new) == "slip-used"
    counter.assert_sound()


def test_a_till_that_is_killed_before_it_prints_leaves_a_slip_that_waits(path: Path) -> None:
    with FakePrinter() as fake:
        with Ledger.open(path) as ledger:
            with_printer(Counter(ledger), fake.address)
        till, told = _start(path, "waits")
        _kill(till)
        with Ledger.open(path, till="till 2") as ledger:
            counter = Counter(ledger)
            (waiting,) = ledger.paper_owed()
            assert (waiting.slip, waiting.till) == (told["slip"], "till 1")
            assert [each.is_out for each in Press(ledger).print_waiting()] == [True]
            (paper,) = fake.papers()
            _one_code_lives(counter, Code(told["code"]), code_on(paper))


def test_a_till_that_is_killed_while_it_prints_asks_whether_the_slip_came_out(path: Path) -> None:
    with FakePrinter(hangs_after=100) as fake:
        with Ledger.open(path) as ledger:
            printer = with_printer(Counter(ledger), fake.address, reports=False)
        till, told = _start(path, "prints")
        _wait_for(lambda: any(len(job) >= 100 for job in fake.received))
        _kill(till)
    old = Code(told["code"])
    with Ledger.open(path) as ledger, FakePrinter() as fake:
        counter = Counter(ledger)
        asked = ledger.unconfirmed_of_till()
        assert asked is not None
        assert (asked.slip, asked.printer) == (told["slip"], printer.name)
        # It may be in the giver's hand: nobody replaces it without having asked.
        assert ledger.paper_owed() == ()
        assert Press(ledger).print_waiting() == ()
        assert refusal(counter, old) is None
        with_printer(counter, fake.address)
        assert Press(ledger).reprint(told["slip"]).is_out
        _one_code_lives(counter, old, code_on(fake.papers()[0]))


@pytest.mark.parametrize("rounds", [6])
def test_a_till_that_is_killed_at_any_moment_of_printing_leaves_one_living_code(
    path: Path, full: bool, rounds: int
) -> None:
    states: list[PaperState | None] = []
    for number in range(100 if full else rounds):
        with FakePrinter(bytes_per_second=4000) as fake:
            with Ledger.open(path) as ledger:
                with_printer(Counter(ledger), fake.address)
            till, told = _start(path, "prints")
            time.sleep(0.02 * (number % 25))
            _kill(till)
        old = Code(told["code"])
        with Ledger.open(path) as ledger, FakePrinter() as fake:
            counter = Counter(ledger)
            owed = ledger.paper_of_slip(told["slip"])
            states.append(None if owed is None else owed.state)
            assert refusal(counter, old) is None
            with_printer(counter, fake.address)
            assert Press(ledger).reprint(told["slip"]).is_out
            _one_code_lives(counter, old, code_on(fake.papers()[0]))
            assert ledger.paper_owed() == ()
    assert None not in states, "a slip whose paper nobody saw was taken to be printed"


def _wait_for(is_so: Any) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)
