"""Paper that is owed: with the entries that owe it, and never against what the ledger says."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from db import outbox
from payforward.core.paper import PaperState
from payforward.core.printers import PrinterKind
from tests.db.counter import Counter, raw

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.codes import Code
    from payforward.core.paper import PaperOwed
    from payforward.core.printers import Printer
    from tests.conftest import FrozenClock


@pytest.fixture
def printer(counter: Counter) -> Printer:
    """Return the shop's printer."""
    return counter.ledger.add_printer("Bar", PrinterKind.NETWORK, "192.168.1.50")


def slip(counter: Counter, units: int = 1) -> tuple[int, Code]:
    """Give on a slip; return its number and its code."""
    given = counter.give("Flat white", units, voucher=True)
    assert given.slip is not None
    assert given.voucher is not None
    return given.slip, given.voucher


def owed(counter: Counter) -> list[int]:
    """Return the slips that wait for paper."""
    return [each.slip for each in counter.ledger.paper_owed()]


def job_of(counter: Counter, number: int) -> PaperOwed:
    """Return a slip's open job."""
    job = counter.ledger.paper_of_slip(number)
    assert job is not None
    return job


# -- what owes paper --------------------------------------------------------------------------


def test_a_gift_on_a_slip_owes_paper_from_its_own_transaction_on(
    counter: Counter, clock: FrozenClock
) -> None:
    given = counter.give("Flat white", voucher=True)
    (job,) = counter.ledger.paper_owed()
    assert (job.slip, job.gift, job.till) == (given.slip, given.gift, "till 1")
    assert (job.state, job.tries, job.why) == (PaperState.PENDING, 0, None)
    assert (job.since, job.tried_at, job.printer) == (clock.now(), None, None)


def test_a_gift_on_the_board_owes_none(counter: Counter) -> None:
    counter.give("Flat white")
    assert owed(counter) == []


def test_a_retry_of_a_gift_owes_no_second_paper(counter: Counter) -> None:
    first = counter.give("Flat white", voucher=True)
    counter.give("Flat white", voucher=True, action=first.action)
    assert owed(counter) == [first.slip]


def test_slips_that_are_handed_out_or_made_owe_paper_each(counter: Counter) -> None:
    gift = counter.give("Flat white", 5).gift
    handed = counter.hand_out("Flat white", slips=3).slips
    made = counter.make_slip(gift).slips
    assert owed(counter) == [each.slip.slip for each in (*handed, *made)]


def test_nothing_in_the_outbox_could_be_spent(counter: Counter, printer: Printer) -> None:
    number, code = slip(counter)
    new = counter.replace(number).slips[0].code
    assert new is not None
    counter.ledger.mark_sent(job_of(counter, number).job, printer)
    counter.ledger.mark_failed(job_of(counter, number).job, "The printer is off.")
    with raw(counter.ledger.path) as connection:
        rows = connection.execute("SELECT * FROM outbox").fetchall()
    kept = repr(rows).upper()
    assert code.letters not in kept
    assert new.letters not in kept


# -- how far it has come ----------------------------------------------------------------------


def test_paper_goes_from_pending_to_sent_to_confirmed(
    counter: Counter, printer: Printer, clock: FrozenClock
) -> None:
    number, _ = slip(counter)
    job = job_of(counter, number).job
    clock.forward(minutes=1)
    assert counter.ledger.mark_sent(job, printer)
    (sent,) = counter.ledger.paper_unconfirmed()
    assert (sent.state, sent.tries, sent.printer) == (PaperState.SENT, 1, "Bar")
    assert sent.tried_at == clock.now()
    assert owed(counter) == []
    assert counter.ledger.mark_confirmed(job)
    assert counter.ledger.paper_unconfirmed() == ()
    assert counter.ledger.paper_of_slip(number) is None


def test_paper_that_did_not_come_out_waits_again_and_says_why(
    counter: Counter, printer: Printer
) -> None:
    number, _ = slip(counter)
    job = job_of(counter, number).job
    counter.ledger.mark_sent(job, printer)
    assert counter.ledger.mark_failed(job, "The printer is\x1b[2J out of paper.")
    (waiting,) = counter.ledger.paper_owed()
    assert (waiting.tries, waiting.why) == (1, "The printer is[2J out of paper.")
    counter.ledger.mark_sent(job, printer)
    assert job_of(counter, number).tries == 2
    assert job_of(counter, number).why is None


def test_a_try_of_which_nothing_went_out_does_not_count(counter: Counter, printer: Printer) -> None:
    number, _ = slip(counter)
    job = job_of(counter, number).job
    for _ in range(2):
        assert counter.ledger.mark_failed(job, "This till has no printer.", began=False)
        assert job_of(counter, number).tries == 0
        counter.ledger.mark_sent(job, printer)
        assert counter.ledger.mark_failed(job, "The printer is off.", began=False)
        assert job_of(counter, number).tries == 0


def test_paper_that_is_dropped_is_owed_no_more(counter: Counter) -> None:
    number, _ = slip(counter)
    assert counter.ledger.drop_paper(job_of(counter, number).job, "shown on the screen")
    assert owed(counter) == []


@pytest.mark.parametrize(
    ("settle", "later"),
    list(itertools.product(("confirmed", "dropped", "replaced"), ("sent", "failed", "dropped"))),
)
def test_what_is_settled_stays_as_it_is(
    counter: Counter, printer: Printer, settle: str, later: str
) -> None:
    number, _ = slip(counter)
    job = job_of(counter, number).job
    counter.ledger.mark_sent(job, printer)
    if settle == "confirmed":
        counter.ledger.mark_confirmed(job)
    elif settle == "dropped":
        counter.ledger.drop_paper(job, "shown")
    else:
        counter.replace(number)
    with raw(counter.ledger.path) as connection:
        before = connection.execute("SELECT * FROM outbox").fetchall()
    if later == "sent":
        assert not counter.ledger.mark_sent(job, printer)
    elif later == "failed":
        assert not counter.ledger.mark_failed(job, "late")
    else:
        assert not counter.ledger.drop_paper(job, "late")
    with raw(counter.ledger.path) as connection:
        assert connection.execute("SELECT * FROM outbox").fetchall() == before


# -- a new code is a new job ------------------------------------------------------------------


def test_a_new_code_owes_its_own_paper_and_the_old_one_owes_none(
    counter: Counter, printer: Printer, clock: FrozenClock
) -> None:
    number, _ = slip(counter)
    old = job_of(counter, number)
    clock.forward(hours=1)
    counter.replace(number)
    new = job_of(counter, number)
    assert new.job != old.job
    assert new.since == old.since, "whoever waits has waited since the first code"
    # Another till, which printed the old code late, cannot settle the new one.
    assert not counter.ledger.mark_sent(old.job, printer)
    assert not counter.ledger.mark_confirmed(old.job)
    assert owed(counter) == [number]


def test_a_slip_that_was_printed_owes_paper_anew_when_it_is_replaced(
    counter: Counter, printer: Printer, clock: FrozenClock
) -> None:
    number, _ = slip(counter)
    counter.ledger.mark_sent(job_of(counter, number).job, printer)
    counter.ledger.mark_confirmed(job_of(counter, number).job)
    clock.forward(days=2)
    counter.replace(number)
    assert job_of(counter, number).since == clock.now()


# -- what the ledger tells --------------------------------------------------------------------


def test_a_slip_that_was_scanned_has_been_printed(counter: Counter) -> None:
    number, code = slip(counter, units=2)
    counter.redeem_slip(code)
    assert counter.ledger.slip(number).left == 1
    assert owed(counter) == []


def test_a_scan_tells_of_the_code_that_was_scanned_only(counter: Counter) -> None:
    number, code = slip(counter, units=3)
    counter.redeem_slip(code)
    new = counter.replace(number).slips[0].code
    assert owed(counter) == [number]
    assert new is not None
    counter.redeem_slip(new)
    assert owed(counter) == []


def test_a_scan_that_is_taken_back_was_a_scan_all_the_same(counter: Counter) -> None:
    number, code = slip(counter)
    counter.undo(counter.redeem_slip(code).action)
    assert counter.ledger.slip(number).left == 1
    assert owed(counter) == []


@pytest.mark.parametrize("how", ["used", "put back", "gift taken back", "refunded"])
def test_a_slip_of_which_nothing_is_left_owes_nothing(
    counter: Counter, printer: Printer, how: str
) -> None:
    given = counter.give("Flat white", voucher=True)
    assert given.slip is not None
    assert given.voucher is not None
    counter.ledger.mark_sent(job_of(counter, given.slip).job, printer)
    counter.ledger.mark_failed(job_of(counter, given.slip).job, "The printer is off.")
    if how == "used":
        counter.redeem_slip(given.voucher)
    elif how == "put back":
        counter.take_back(given.slip)
    elif how == "gift taken back":
        counter.undo(given.action)
    else:
        counter.refund(given.gift)
    assert owed(counter) == []
    assert counter.ledger.paper_of_slip(given.slip) is None


def test_a_slip_that_comes_back_into_force_waits_for_its_paper_again(counter: Counter) -> None:
    number, _ = slip(counter)
    back = counter.take_back(number)
    assert owed(counter) == []
    counter.undo(back.action)
    assert owed(counter) == [number]


# -- did the last slip print? -----------------------------------------------------------------


def test_a_till_is_asked_about_its_last_slip_only(
    counter: Counter, printer: Printer, clock: FrozenClock
) -> None:
    first, _ = slip(counter)
    assert counter.ledger.unconfirmed_of_till() is None, "it waits, which is told as such"
    counter.ledger.mark_sent(job_of(counter, first).job, printer)
    with counter.another("till 2", clock) as other:
        assert other.ledger.unconfirmed_of_till() is None
        theirs, _ = slip(other)
        other.ledger.mark_sent(job_of(other, theirs).job, printer)
        asked = other.ledger.unconfirmed_of_till()
        assert asked is not None
        assert asked.slip == theirs
    asked = counter.ledger.unconfirmed_of_till()
    assert asked is not None
    assert asked.slip == first
    second, _ = slip(counter)
    assert counter.ledger.unconfirmed_of_till() is None
    counter.ledger.mark_sent(job_of(counter, second).job, printer)
    counter.ledger.mark_confirmed(job_of(counter, second).job)
    assert counter.ledger.unconfirmed_of_till() is None, "the first is not asked about any more"


def test_a_slip_that_was_scanned_meanwhile_is_not_asked_about(
    counter: Counter, printer: Printer
) -> None:
    number, code = slip(counter, units=2)
    counter.ledger.mark_sent(job_of(counter, number).job, printer)
    counter.redeem_slip(code)
    assert counter.ledger.unconfirmed_of_till() is None
    assert counter.ledger.paper_unconfirmed() == ()


# -- how it is found --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "more"),
    [
        (outbox.OWED_IN_STATE, {"state": "pending"}),
        (outbox.OWED_BY_SLIP, {"slip": 1}),
        (outbox.OWED_LAST_OF_TILL, {"till": "till 1"}),
    ],
    ids=["in a state", "by slip", "last of till"],
)
def test_settled_paper_of_years_is_not_read(
    ledger: Ledger, statement: str, more: dict[str, str | int]
) -> None:
    plan = ledger._file.read(f"EXPLAIN QUERY PLAN {statement}", {"shop": ledger.shop.id, **more})
    steps = [row["detail"] for row in plan]
    assert [step for step in steps if step.startswith("SCAN")] == []
    reads = [step for step in steps if "SEARCH outbox" in step]
    assert all("outbox_open" in step or "outbox_subject" in step for step in reads), reads
    assert not any("TEMP B-TREE" in step for step in steps)
