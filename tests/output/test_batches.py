"""Slips that are handed out together: one job, each slip marked by itself, the list at the end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import HandOut
from payforward.core.ids import new_action_id
from payforward.core.paper import PaperState
from payforward.core.printers import PrinterKind
from payforward.output.press import Outcome, Press
from payforward.output.printers import sender_for
from payforward.output.printers.held import HeldPrinter
from tests.conftest import ROOT
from tests.needs import needs
from tests.output.escpos_reader import read_escpos, text_of
from tests.output.fake_printer import COVER_OPEN, FakePrinter, code_on
from tests.output.shop import refusal, with_printer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.codes import Code
    from payforward.core.slip_answers import Issued
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

SLIPS = 4
CUT = b"\x1dVB\x00"


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    """Return a printer that takes everything and says nothing."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def press(counter: Counter, clock: FrozenClock) -> Press:
    """Return the press of the counter's till."""
    return Press(counter.ledger, clock=clock)


def hand_out(counter: Counter, slips: int = SLIPS, partner: str | None = "Night shelter") -> Issued:
    """Hand slips for a flat white each out."""
    counter.give("Flat white", slips)
    number = None if partner is None else counter.ledger.add_partner(partner).id
    item = counter.item("Flat white").id
    return counter.ledger.hand_out(
        HandOut(action=new_action_id(), item=item, slips=slips, partner=number)
    )


def codes_of(issued: Issued) -> list[Code]:
    """Return the codes of slips as they were issued."""
    codes = [each.code for each in issued.slips]
    assert None not in codes
    return [code for code in codes if code is not None]


def slips_among(papers: list[bytes]) -> list[bytes]:
    """Return the papers that are whole slips; of a question that was cut off nothing is printed."""
    whole = [paper[: paper.index(CUT) + len(CUT)] for paper in papers if CUT in paper]
    return [paper for paper in whole if "Received by" not in text_of(read_escpos(paper))]


def assert_each_lives_once(counter: Counter, papers: list[bytes], slips: int = SLIPS) -> None:
    """See that of all whole papers as many are good as there are slips, and that they are paid."""
    codes = [code_on(paper) for paper in slips_among(papers)]
    assert len(codes) == len(set(codes)), "no code is on two papers"
    alive = [code for code in codes if refusal(counter, code) is None]
    assert len(alive) == slips
    for code in alive:
        counter.redeem_slip(code)
    assert counter.ledger.paper_owed() == ()
    counter.assert_sound()


@pytest.mark.parametrize("reports", [False, True], ids=["silent", "reporting"])
def test_a_batch_is_one_job_and_its_list_comes_last(
    counter: Counter, press: Press, reports: bool
) -> None:
    with FakePrinter(answers_at_once=reports, answers_in_turn=reports) as fake:
        with_printer(counter, fake.address, reports=reports)
        issued = hand_out(counter)
        outcomes = press.print_batch(issued)
        papers = fake.papers()
        assert fake.connections == 1
    state = PaperState.CONFIRMED if reports else PaperState.SENT
    expected = [Outcome(state, each.slip.slip) for each in issued.slips]
    assert outcomes == (*expected, Outcome(state))
    assert [code_on(paper) for paper in papers[:-1]] == codes_of(issued)
    listed = text_of(read_escpos(papers[-1]))
    for words in ("Night shelter", "1 Flat white", "4 slips", "Received by", "Date"):
        assert words in listed
    for each in issued.slips:
        assert str(each.slip.slip) in listed
    assert_each_lives_once(counter, papers)


def test_slips_that_nobody_signs_for_come_without_a_list(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    outcomes = press.print_batch(hand_out(counter, partner=None))
    assert [each.slip is not None for each in outcomes] == [True] * SLIPS
    assert len(press.print_batch(hand_out(counter, 1))) == 1
    assert len(fake.papers()) == SLIPS + 1


@pytest.mark.parametrize("reports", [False, True], ids=["silent", "reporting"])
def test_a_printer_that_dies_in_a_batch_loses_and_doubles_nothing(
    counter: Counter, press: Press, full: bool, reports: bool
) -> None:
    with FakePrinter(answers_at_once=reports, answers_in_turn=reports) as fake:
        with_printer(counter, fake.address, reports=reports)
        press.print_batch(hand_out(counter))
        ends = slip_ends(fake)
        assert_each_lives_once(counter, fake.papers())
        middles = range(1, ends[-1], 40 if full else 200)
        for cut in sorted({0, *middles, *(end + by for end in ends for by in (-1, 0, 1))}):
            counter.ledger.retire_partner(counter.ledger.find_partner("Night shelter").id)
            fake.received.clear()
            fake.cut_after = cut
            issued = hand_out(counter)
            outcomes = [each for each in press.print_batch(issued) if each.slip is not None]
            out = sum(each.is_out for each in outcomes)
            # Those before the one that broke off are good, that one and the rest wait.
            for at, code in enumerate(codes_of(issued)):
                assert refusal(counter, code) is None, (cut, at)
            waiting = [each.slip for each in counter.ledger.paper_owed()]
            assert waiting == [each.slip.slip for each in issued.slips[out:]], cut
            fake.cut_after = None
            for _ in range(20):
                press.print_waiting()
            papers = fake.papers()
            for at, code in enumerate(codes_of(issued)):
                assert refusal(counter, code) == (None if at < out else "slip-replaced"), (cut, at)
            assert_each_lives_once(counter, papers)


def slip_ends(fake: FakePrinter) -> list[int]:
    """Return after how many bytes of a batch's connection each of its slips is over."""
    whole = bytes(fake.received[0])
    ends, at = [], 0
    for _ in range(SLIPS):
        at = whole.index(CUT, at) + len(CUT)
        ends.append(at)
    return ends


def test_a_list_that_fails_does_not_wait_and_can_be_printed_again(
    counter: Counter, press: Press
) -> None:
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        issued = hand_out(counter)

        def watch(done: int, of: int) -> None:
            if done == of:
                fake.cut_after = 0

        outcomes = press.print_batch(issued, watch)
        fake.cut_after = None
        assert [each.is_out for each in outcomes] == [True] * SLIPS + [False]
        assert (outcomes[-1].slip, outcomes[-1].state) == (None, PaperState.DROPPED)
        assert outcomes[-1].reason == "printer-stopped"
        assert counter.ledger.paper_owed() == ()
        again = counter.ledger.slips_of_action(issued.action)
        assert press.print_batch_list(again) == Outcome(PaperState.SENT)
        first = fake.papers()[-1]
        assert press.print_batch_list([each.slip for each in issued.slips]).is_out
        assert fake.papers()[-1] == first


def test_a_batch_that_is_cancelled_waits_from_there(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    issued = hand_out(counter)

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press.print_batch(issued, stop)
    assert len(counter.ledger.paper_owed()) == SLIPS - 2
    assert len(press.print_waiting()) == SLIPS - 2
    assert_each_lives_once(counter, fake.papers())


def test_a_batch_that_no_printer_takes_waits_with_its_codes(counter: Counter, press: Press) -> None:
    issued = hand_out(counter)
    (outcome,) = press.print_batch(issued)
    assert (outcome.state, outcome.reason) == (PaperState.PENDING, "no-printer")
    status = {2: COVER_OPEN}
    with FakePrinter(answers_at_once=True, answers_in_turn=True, status=status) as fake:
        with_printer(counter, fake.address, reports=True)
        (outcome,) = press.print_batch(issued)
        assert outcome.reason == "cover-open"
        fake.status = {}
        assert len(press.print_batch(issued)) == SLIPS + 1
        papers = fake.papers()
        assert [code_on(paper) for paper in slips_among(papers)] == codes_of(issued)
        assert_each_lives_once(counter, papers)


def test_a_printer_that_hangs_up_after_each_job_gets_another_connection(
    counter: Counter, press: Press
) -> None:
    with FakePrinter(hangs_up=True) as fake:
        with_printer(counter, fake.address)
        outcomes = press.print_batch(hand_out(counter))
        assert all(each.is_out for each in outcomes)
        papers = fake.papers()
        assert fake.connections == len(papers) == SLIPS + 1
    assert_each_lives_once(counter, papers)


def test_a_device_gets_a_batch_while_it_is_held(
    counter: Counter, press: Press, tmp_path: Path
) -> None:
    file = tmp_path / "lp0"
    with_printer(counter, str(file), kind=PrinterKind.FILE)
    issued = hand_out(counter)
    assert all(each.is_out for each in press.print_batch(issued))
    papers = [part + CUT for part in file.read_bytes().split(CUT) if part]
    assert len(papers) == SLIPS + 1
    assert [code_on(paper) for paper in papers[:-1]] == codes_of(issued)


@needs("pdftotext", "poppler-utils")
def test_a_folder_gets_each_slip_and_the_list(
    counter: Counter, press: Press, tmp_path: Path
) -> None:
    folder = tmp_path / "slips"
    folder.mkdir()
    with_printer(counter, str(folder), kind=PrinterKind.PDF)
    issued = hand_out(counter)
    assert all(each.is_out for each in press.print_batch(issued))
    first = issued.slips[0].slip.slip
    names = {f"slip-{each.slip.slip}.pdf" for each in issued.slips} | {f"list-{first}.pdf"}
    assert {file.name for file in folder.iterdir()} == names
    assert "Night shelter" in _text(folder / f"list-{first}.pdf")


# -- a queue of the system's ------------------------------------------------------------------


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which a queue keeps its jobs, numbered; ``fails`` in it is its error."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(
        '#!/bin/sh\ncd "${0%/*}" || exit 9\n'
        "if [ -e fails ]; then cat fails >&2; cat > /dev/null; exit 1; fi\n"
        'n=$(ls | grep -c "^job-"); cat > "job-$n.pdf"\n',
        encoding="ascii",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def _text(file: Path) -> str:
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout


@needs("pdftotext", "poppler-utils")
def test_a_queue_gets_a_batch_and_its_list_as_one_job(
    counter: Counter, press: Press, queue: Path
) -> None:
    with_printer(counter, "bar", kind=PrinterKind.LP)
    issued = hand_out(counter)
    seen: list[tuple[int, int]] = []
    outcomes = press.print_batch(issued, lambda *now: seen.append(now))
    assert outcomes == (
        *(Outcome(PaperState.SENT, each.slip.slip) for each in issued.slips),
        Outcome(PaperState.SENT),
    )
    assert seen == [(0, SLIPS), (SLIPS, SLIPS)]
    (job,) = queue.glob("job-*")
    pages = _text(job).split("\f")
    for code, page in zip(codes_of(issued), pages, strict=False):
        assert " ".join(code.letters[at : at + 4] for at in range(0, 20, 4)) in page
    assert "Received by" in pages[SLIPS]
    assert counter.ledger.paper_owed() == ()
    assert len(counter.ledger.paper_unconfirmed()) == SLIPS


def test_a_queue_that_takes_nothing_leaves_the_whole_batch_to_new_codes(
    counter: Counter, press: Press, queue: Path
) -> None:
    with_printer(counter, "bar", kind=PrinterKind.LP)
    (queue / "fails").write_text("lp: the spool is full")
    issued = hand_out(counter)
    (outcome,) = press.print_batch(issued)
    assert (outcome.state, outcome.reason) == (PaperState.PENDING, "printer-error")
    waiting = counter.ledger.paper_owed()
    assert [each.slip for each in waiting] == [each.slip.slip for each in issued.slips]
    assert {each.why for each in waiting} == {outcome.why}
    (queue / "fails").unlink()
    outcomes = press.print_batch(issued)
    assert all(each.is_out for each in outcomes)
    assert [refusal(counter, code) for code in codes_of(issued)] == ["slip-replaced"] * SLIPS
    assert counter.ledger.paper_owed() == ()
    counter.assert_sound()


def test_a_batch_of_which_another_till_printed_a_part_is_not_one_job(
    counter: Counter, press: Press, queue: Path
) -> None:
    with_printer(counter, "bar", kind=PrinterKind.LP)
    issued = hand_out(counter)
    assert press.reprint(issued.slips[1].slip.slip).is_out
    outcomes = press.print_batch(issued)
    assert [each.state for each in outcomes] == [PaperState.SENT] * (SLIPS + 1)
    assert len(list(queue.glob("job-*"))) == 1 + (SLIPS - 1) + 1
    dead = [refusal(counter, code) for code in codes_of(issued)]
    assert dead == [None, "slip-replaced", None, None]


def test_a_held_printer_lets_go_after_a_problem(counter: Counter) -> None:
    with FakePrinter(cut_after=10) as fake:
        printer = with_printer(counter, fake.address)
        with HeldPrinter(sender_for(printer)) as held:
            held.reach()
            with pytest.raises(Exception, match="broke off"):
                held.send(b"\x1b@" + b"Tea\n" * 20 + b"\x1dVB\x00", name="a")
            fake.cut_after = None
            assert not held.send(b"\x1b@Tea\n\x1dVB\x00", name="b").confirmed
            assert not held.probe()
        assert b"\x1b@Tea\n\x1dVB\x00" in fake.papers()


# -- a till that dies -------------------------------------------------------------------------

# It hands slips out and prints them, at a printer that stops in their midst.
TILL = """
import sys
from pathlib import Path
from db.ledger import Ledger
from payforward.core.asks import HandOut
from payforward.core.ids import new_action_id
from payforward.output.press import Press
with Ledger.open(Path(sys.argv[1])) as ledger:
    item, partner = ledger.find_item("Flat white").id, ledger.find_partner("Night shelter").id
    ask = HandOut(action=new_action_id(), item=item, slips=4, partner=partner)
    Press(ledger).print_batch(ledger.hand_out(ask))
"""


def test_a_till_that_is_killed_in_a_batch_leaves_the_rest_waiting(
    counter: Counter, press: Press
) -> None:
    counter.give("Flat white", SLIPS)
    counter.ledger.add_partner("Night shelter")
    with FakePrinter(hangs_after=1_000) as fake:
        printer = with_printer(counter, fake.address)
        patient = replace(printer, options=replace(printer.options, timeout_s=30))
        counter.ledger.change_printer(patient)
        till = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", TILL, str(counter.ledger.path)], cwd=ROOT
        )
        end = time.monotonic() + 60
        while not any(len(job) >= 1_000 for job in fake.received):
            assert time.monotonic() < end, "nothing was printed"
            time.sleep(0.02)
        till.send_signal(signal.SIGKILL)
        till.wait()
        out = slips_among(fake.papers_so_far())
        assert len(counter.ledger.paper_unconfirmed()) == len(out) + 1
        assert len(counter.ledger.paper_owed()) == SLIPS - len(out) - 1
        torn = counter.ledger.paper_unconfirmed()[-1].slip
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        assert all(each.is_out for each in press.print_waiting())
        # Somebody looked: that one is torn.
        assert press.reprint(torn).is_out
        assert_each_lives_once(counter, out + fake.papers())
