"""The press: paper that is owed comes out once, and what comes out twice is dead."""

from __future__ import annotations

import shutil
import stat
import subprocess
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import Give
from payforward.core.errors import Refused
from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from payforward.core.paper import PaperState
from payforward.core.printers import PrinterKind
from payforward.core.shop_settings import Printed, ShopSettings
from payforward.output.press import Outcome, Press
from payforward.output.printers import PrinterProblem
from tests.needs import needs
from tests.output.escpos_reader import read_escpos, text_of
from tests.output.fake_printer import COVER_OPEN, FakePrinter, code_on
from tests.output.shop import refusal, with_printer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.answers import Given
    from payforward.core.codes import Code
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    """Return a printer that takes everything and says nothing."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def press(counter: Counter, clock: FrozenClock) -> Press:
    """Return the press of the counter's till."""
    return Press(counter.ledger, clock=clock)


def give(counter: Counter, units: int = 1) -> tuple[Given, int, Code]:
    """Give on a slip; return the answer, the slip's number and its code."""
    given = counter.give("Flat white", units, voucher=True)
    assert given.slip is not None
    assert given.voucher is not None
    return given, given.slip, given.voucher


def owed(counter: Counter) -> list[int]:
    """Return the slips that wait for paper."""
    return [each.slip for each in counter.ledger.paper_owed()]


# -- at once ----------------------------------------------------------------------------------


def test_a_slip_comes_out_with_its_code_as_the_gift_is_given(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    given, slip, code = give(counter)
    assert press.print_gift(given) == Outcome(PaperState.SENT, slip)
    (paper,) = fake.papers()
    assert code_on(paper) == code
    assert owed(counter) == []
    asked = counter.ledger.unconfirmed_of_till()
    assert asked is not None
    assert asked.slip == slip
    counter.redeem_slip(code_on(paper))


def test_a_printer_that_reports_leaves_nothing_to_ask(counter: Counter, press: Press) -> None:
    with FakePrinter(answers_at_once=True, answers_in_turn=True) as fake:
        with_printer(counter, fake.address, reports=True)
        given, slip, _ = give(counter)
        assert press.print_gift(given) == Outcome(PaperState.CONFIRMED, slip)
    assert counter.ledger.unconfirmed_of_till() is None
    assert counter.ledger.paper_of_slip(slip) is None


def test_a_retry_of_a_gift_that_was_printed_prints_nothing(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    given, _, code = give(counter)
    press.print_gift(given)
    again = counter.give("Flat white", voucher=True, action=given.action)
    assert again.voucher is None
    assert press.print_gift(again).state is PaperState.SENT
    assert press.print_gift(given).state is PaperState.SENT
    assert len(fake.papers()) == 1
    assert refusal(counter, code) is None


def test_a_retry_of_a_gift_whose_slip_waits_brings_it_out_with_a_new_code(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    given, _, code = give(counter)
    with_printer(counter, fake.address)
    again = counter.give("Flat white", voucher=True, action=given.action)
    assert press.print_gift(again).is_out
    (paper,) = fake.papers()
    assert refusal(counter, code) == "slip-replaced"
    assert refusal(counter, code_on(paper)) is None


# -- what cannot be printed -------------------------------------------------------------------


def test_a_till_without_a_printer_says_so_and_keeps_the_code(
    counter: Counter, press: Press
) -> None:
    given, slip, code = give(counter)
    outcome = press.print_gift(given)
    assert (outcome.state, outcome.reason) == (PaperState.PENDING, "no-printer")
    assert owed(counter) == [slip]
    before = counter.facts()
    (outcome,) = press.print_waiting()
    assert outcome.reason == "no-printer"
    assert counter.facts() == before
    assert refusal(counter, code) is None


def test_a_printer_that_was_unplugged_since_the_gift_leaves_a_slip_that_waits(
    counter: Counter, press: Press
) -> None:
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        given, slip, code = give(counter)
    outcome = press.print_gift(given)
    assert outcome.state is PaperState.PENDING
    assert not outcome.is_out
    (waiting,) = counter.ledger.paper_owed()
    assert (waiting.slip, waiting.why) == (slip, outcome.why)
    assert counter.ledger.slip(slip).left == 1
    # While it is off no code dies for nothing, however often somebody tries.
    before = counter.facts()
    assert [each.state for each in press.print_waiting()] == [PaperState.PENDING]
    assert counter.facts() == before
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        assert [each.is_out for each in press.print_waiting()] == [True]
        (paper,) = fake.papers()
    assert refusal(counter, code) == "slip-replaced"
    counter.redeem_slip(code_on(paper))
    assert owed(counter) == []
    counter.assert_sound()


def test_after_half_a_paper_the_next_has_a_new_code(counter: Counter, press: Press) -> None:
    with FakePrinter(cut_after=300) as fake:
        with_printer(counter, fake.address)
        given, _, code = give(counter)
        assert press.print_gift(given).reason == "printer-stopped"
        fake.cut_after = None
        assert press.print_gift(given).is_out, "the counter tries again with what it has"
        paper = fake.papers()[-1]
    assert code_on(paper) != code
    assert refusal(counter, code) == "slip-replaced"
    assert refusal(counter, code_on(paper)) is None


def test_the_slip_can_go_to_the_board_instead(counter: Counter, press: Press) -> None:
    given, slip, code = give(counter, units=2)
    press.print_gift(given)
    assert press.put_on_board(slip).units == 2
    assert counter.waiting("Flat white") == 2
    assert owed(counter) == []
    assert refusal(counter, code) == "slip-withdrawn"
    assert press.print_gift(given).state is PaperState.DROPPED
    counter.assert_sound()


def test_a_slip_that_did_not_come_out_is_printed_anew(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    given, slip, code = give(counter)
    press.print_gift(given)
    assert press.reprint(slip).is_out
    first, second = fake.papers()
    # The first came out late: it is dead paper.
    assert refusal(counter, code_on(first)) == "slip-replaced"
    assert refusal(counter, code_on(second)) is None
    assert code_on(first) == code


def test_nothing_is_printed_for_a_slip_that_was_used(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    given, slip, code = give(counter)
    counter.redeem_slip(code)
    assert press.print_gift(given).state is PaperState.DROPPED
    assert press.print_waiting() == ()
    outcome = press.reprint(slip)
    assert (outcome.state, outcome.reason) == (PaperState.DROPPED, "slip-used")
    assert fake.papers() == []
    with pytest.raises(Refused, match="no slip 99"):
        press.reprint(99)


def test_a_printer_that_was_only_off_gets_the_same_code_once_it_is_on(
    counter: Counter, press: Press
) -> None:
    status = {2: COVER_OPEN}
    with FakePrinter(answers_at_once=True, answers_in_turn=True, status=status) as fake:
        with_printer(counter, fake.address, reports=True)
        given, _, code = give(counter)
        before = counter.facts()
        assert press.print_gift(given).reason == "cover-open"
        fake.status = {}
        assert press.print_gift(given).state is PaperState.CONFIRMED
        assert counter.facts() == before
        assert code_on(fake.papers()[-1]) == code


def test_a_code_page_that_nobody_knows_leaves_a_slip_that_waits(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    printer = with_printer(counter, fake.address)
    strange = replace(printer, options=replace(printer.options, code_page="CP9999"))
    counter.ledger.change_printer(strange)
    given, slip, _ = give(counter)
    outcome = press.print_gift(given)
    assert (outcome.state, outcome.reason) == (PaperState.PENDING, "cannot-print")
    assert [each.why for each in counter.ledger.paper_owed()] == [outcome.why]
    assert owed(counter) == [slip]


# -- several tills ----------------------------------------------------------------------------


def test_a_slip_that_another_till_brought_out_first_is_not_printed_with_its_dead_code(
    counter: Counter, press: Press, fake: FakePrinter, clock: FrozenClock
) -> None:
    with_printer(counter, fake.address)
    given, _, code = give(counter)
    with counter.another("till 2", clock) as other:
        assert [each.is_out for each in Press(other.ledger).print_waiting()] == [True]
    assert press.print_gift(given).state is PaperState.SENT
    (paper,) = fake.papers()
    assert refusal(counter, code_on(paper)) is None
    assert refusal(counter, code) == "slip-replaced"


def test_a_code_that_died_before_it_was_printed_settles_nothing(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    given, slip, _ = give(counter)
    counter.replace(slip)
    assert press.print_gift(given).state is PaperState.DROPPED
    assert fake.papers() == []
    assert owed(counter) == [slip]


# -- many slips -------------------------------------------------------------------------------


def test_after_one_that_cannot_be_printed_the_rest_of_a_batch_waits(
    counter: Counter, press: Press
) -> None:
    counter.give("Flat white", 6)
    issued = counter.hand_out("Flat white", slips=6)
    seen: list[tuple[int, int]] = []
    with FakePrinter() as fake:
        with_printer(counter, fake.address)

        def watch(done: int, of: int) -> None:
            seen.append((done, of))
            if done == 2:
                fake.cut_after = 100

        outcomes = press.print_batch(issued, watch)
        assert [each.is_out for each in outcomes] == [True, True, False]
        assert len(owed(counter)) == 4
        fake.cut_after = None
        assert [each.is_out for each in press.print_waiting()] == [True] * 4
        whole = [paper for paper in fake.papers() if len(paper) > 100]
    assert seen == [(0, 6), (1, 6), (2, 6), (3, 6)]
    alive = [code_on(paper) for paper in whole if refusal(counter, code_on(paper)) is None]
    assert len(alive) == len(set(alive)) == 6
    for code in alive:
        counter.redeem_slip(code)
    counter.assert_sound()


def test_printing_what_waits_can_be_stopped_between_slips(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    counter.give("Flat white", 3)
    counter.hand_out("Flat white", slips=3)

    def stop(done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press.print_waiting(stop)
    assert len(owed(counter)) == 2
    assert len(fake.papers()) == 1


def test_a_slip_that_ran_out_does_not_hold_the_others_up(
    counter: Counter, press: Press, fake: FakePrinter, clock: FrozenClock
) -> None:
    counter.ledger.save_settings(ShopSettings(expiry_days=2))
    _, old, _ = give(counter)
    clock.forward(days=3)
    _, new, _ = give(counter)
    with_printer(counter, fake.address)
    states = {each.slip: each.state for each in press.print_waiting()}
    assert states == {old: PaperState.DROPPED, new: PaperState.SENT}
    assert counter.ledger.slip(old).state is SlipState.EXPIRED


# -- folders and queues -----------------------------------------------------------------------


@needs("pdftotext", "poppler-utils")
def test_a_folder_gets_a_slip_as_a_file_and_its_new_one_in_its_place(
    counter: Counter, press: Press, tmp_path: Path
) -> None:
    folder = tmp_path / "slips"
    folder.mkdir()
    with_printer(counter, str(folder), kind=PrinterKind.PDF)
    given, slip, code = give(counter)
    assert press.print_gift(given).state is PaperState.CONFIRMED
    (file,) = folder.iterdir()
    assert file.name == f"slip-{slip}.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert code.letters[:4] in _text(file)
    assert press.reprint(slip).state is PaperState.CONFIRMED
    (file,) = folder.iterdir()
    assert " ".join(code.letters[at : at + 4] for at in range(0, 20, 4)) not in _text(file)
    shutil.rmtree(folder)
    outcome = press.reprint(slip)
    assert (outcome.state, outcome.reason) == (PaperState.PENDING, "no-folder")
    assert owed(counter) == [slip]


def _text(file: Path) -> str:
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_queue_gets_a_pdf(
    counter: Counter, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ncat > "$0.job"\n', encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    with_printer(counter, "bar", kind=PrinterKind.LP)
    given, _, _ = give(counter)
    assert press.print_gift(given).state is PaperState.SENT
    assert program.with_name("lp.job").read_bytes().startswith(b"%PDF-")


# -- other papers -----------------------------------------------------------------------------


def test_receipts_and_orders_come_only_where_the_shop_wants_them(
    counter: Counter, press: Press, fake: FakePrinter
) -> None:
    with_printer(counter, fake.address)
    given = counter.give("Flat white", 2)
    assert press.print_receipt(given) is None
    assert press.print_order(counter.redeem("Flat white")) is None
    always = ShopSettings(paper_receipts=Printed.ALWAYS, order_slips=Printed.ALWAYS)
    counter.ledger.save_settings(always)
    assert press.print_receipt(given, till_receipt="A-17") == Outcome(PaperState.SENT)
    assert press.print_order(counter.redeem("Flat white")) == Outcome(PaperState.SENT)
    receipt, order = (text_of(read_escpos(paper)) for paper in fake.papers())
    assert "2 Flat white" in receipt
    assert "A-17" in receipt
    assert given.receipt == code_on(fake.papers()[0])
    assert "17:40" in order
    for word in ("gift", "forward", "free", "board"):
        assert word not in order.lower(), "it is like the paper of any paid order"


def test_receipts_and_orders_do_not_wait(counter: Counter, press: Press) -> None:
    always = ShopSettings(paper_receipts=Printed.ALWAYS, order_slips=Printed.ALWAYS)
    counter.ledger.save_settings(always)
    given = counter.give("Flat white")
    outcome = press.print_receipt(given)
    assert outcome is not None
    assert (outcome.state, outcome.reason) == (PaperState.DROPPED, "no-printer")
    again = counter.give("Flat white", action=given.action)
    assert press.print_receipt(again) is None, "its code was told once"
    assert owed(counter) == []


@pytest.mark.parametrize("answers", [True, False])
def test_a_test_print_finds_out_what_the_printer_can_say(
    counter: Counter, press: Press, answers: bool
) -> None:
    with FakePrinter(answers_at_once=answers, answers_in_turn=answers) as fake:
        printer = with_printer(counter, fake.address, reports=not answers)
        assert press.print_test(printer).options.reports is answers
        assert counter.ledger.printer_of_till() == press.print_test(printer)
        assert "Test" in text_of(read_escpos(fake.papers()[0]))
    with pytest.raises(PrinterProblem):
        press.print_test(printer)


# -- what is kept -----------------------------------------------------------------------------


def test_no_code_is_kept_or_logged(
    counter: Counter,
    press: Press,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(0)
    codes: list[Code] = []
    with FakePrinter(cut_after=400) as fake:
        with_printer(counter, fake.address)
        given, _, code = give(counter)
        outcome = press.print_gift(given)
        fake.cut_after = None
        press.print_waiting()
        codes += [code, code_on(fake.papers()[-1])]
    beside = [path for path in counter.ledger.path.parent.iterdir() if path.is_file()]
    kept = b"".join(path.read_bytes() for path in beside)
    said = caplog.text + "".join(capfd.readouterr()) + repr(outcome) + repr(given)
    for code in codes:
        for letters in (code.letters, code.letters.lower(), " ".join(code.letters[:8])):
            assert letters.encode() not in kept
            assert letters not in said


def test_what_waits_adds_up_through_all_of_it(
    counter: Counter, press: Press, clock: FrozenClock
) -> None:
    fund = counter.ledger.fund().id
    with FakePrinter(cut_after=50) as fake:
        with_printer(counter, fake.address)
        given = counter.ledger.give(
            Give(action=new_action_id(), item=fund, units=2_000, voucher=True)
        )
        press.print_gift(given)
        fake.cut_after = None
        clock.at += timedelta(minutes=5)
        press.print_waiting()
        code = code_on(fake.papers()[-1])
    counter.redeem_slip(code, name="Latte")
    assert given.slip is not None
    assert counter.ledger.slip(given.slip).left == 2_000 - 360
    counter.assert_sound()
