"""What was noted at closes is proven: a changed, forged or deleted note is found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from payforward.core.closing import TillSays
from payforward.core.errors import LedgerUnusable
from payforward.core.model import Tender
from tests.db.forger import unguarded

if TYPE_CHECKING:
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


@pytest.fixture
def closed(counter: Counter, clock: FrozenClock) -> Counter:
    """Return a shop with a corrected close (entry 4) and one of a day that only gave back (6)."""
    given = counter.give("Latte", 2)
    counter.give("Tea", tender=Tender.CARD)
    counter.give("Tea", 5, tender=Tender.OPENING)
    counter.ledger.sign_in("Ana")
    day = counter.ledger.close_day(says=TillSays(minor={Tender.CASH: 700}, note="a coin")).day
    counter.ledger.sign_in("Ben")
    counter.ledger.correct_close(day, TillSays(minor={Tender.CASH: 720}))
    clock.forward(days=1)
    counter.refund(given.gift, 1)
    counter.ledger.close_day()
    counter.assert_sound()
    return counter


@pytest.mark.parametrize(
    ("forgery", "problem"),
    [
        ("UPDATE closing SET taken_minor = 500 WHERE version = 1 AND tender = 'cash'", "say 720"),
        ("UPDATE closing SET taken_minor = 500 WHERE version = 2 AND tender = 'cash'", "say 720"),
        ("UPDATE closing SET taken_minor = 0 WHERE no = 6 AND tender = 'cash'", "say -360"),
        ("DELETE FROM closing", "close 4: what was noted of it"),
        ("DELETE FROM closing WHERE version = 1", "before it was corrected, is missing"),
        ("UPDATE closing SET version = 3 WHERE version = 2", "is missing"),
        ("DELETE FROM closing WHERE tender = 'other'", "not a row for each tender"),
        ("UPDATE closing SET no = 1 WHERE no = 6", "entry 1: is no close"),
        ("UPDATE closing SET note = NULL WHERE tender = 'card'", "not written at one time"),
        ("UPDATE closing SET cashier = 2 WHERE no = 4", "not of who closed it"),
        ("UPDATE closing SET at = '2026-11-22T20:00:00.000Z' WHERE no = 4", "when it was closed"),
    ],
)
def test_a_forged_note_is_found(closed: Counter, forgery: str, problem: str) -> None:
    with unguarded(closed.ledger.path) as connection:
        assert connection.execute(forgery).rowcount
    problems = closed.ledger.verify().problems
    assert any(problem in each for each in problems), problems


def test_a_close_without_notes_is_called_damaged(closed: Counter) -> None:
    with unguarded(closed.ledger.path) as connection:
        connection.execute("DELETE FROM closing")
    with pytest.raises(LedgerUnusable) as no:
        closed.ledger.day_report(date(2026, 11, 21))
    assert no.value.reason == "damaged"
