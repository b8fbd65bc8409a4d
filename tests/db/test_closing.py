"""The end of a day: it takes no more entries; what was taken stands beside what the till said."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import Give, GiveAway
from payforward.core.closing import AtTheCounter, Taken, TillSays
from payforward.core.errors import BadInput, PayforwardError, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, ProgramKind, Tender
from payforward.core.programs import Program
from tests.conftest import FrozenClock
from tests.db.busy_months import BusyMonths
from tests.db.counter import Counter, code_of, hurried, raw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)


def _refused(counter: Counter, act: Callable[[], object]) -> PayforwardError:
    before = counter.facts()
    with pytest.raises(PayforwardError) as no:
        act()
    assert counter.facts() == before
    return no.value


def _says(**minor: int) -> TillSays:
    return TillSays(minor={Tender(name): amount for name, amount in minor.items()})


# -- a day ends -------------------------------------------------------------------------------


def test_what_comes_after_the_close_counts_on_the_next_day(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Latte", 2)
    closed = counter.ledger.close_day()
    assert (closed.day, closed.repeated, closed.corrections) == (TODAY, False, 0)
    clock.forward(minutes=5)
    late = counter.give("Tea")
    assert late.day == TOMORROW
    # Late work is no reason to close the next day before it has begun.
    assert _refused(counter, counter.ledger.close_day).reason == "day-closed"
    early = _refused(counter, lambda: counter.ledger.close_day(TOMORROW))
    assert early.reason == "day-to-come"
    assert counter.ledger.today() == TOMORROW
    assert counter.ledger.day_report(TODAY).net_minor == 720
    assert counter.ledger.day_report().net_minor == 250
    # The next morning goes on with the same day.
    clock.forward(hours=14)
    assert counter.give("Tea").day == TOMORROW
    counter.assert_sound()


def test_on_the_evening_of_a_closed_day_reports_tell_of_it(
    counter: Counter, clock: FrozenClock
) -> None:
    clock.at = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    counter.give("Latte", 2)
    counter.ledger.close_day()
    last, ledger = date(2026, 11, 30), counter.ledger
    assert (ledger.today(), ledger.reporting_day()) == (date(2026, 12, 1), last)
    assert ledger.owners_month().report.month == date(2026, 11, 1)
    assert ledger.day_report().day == ledger.board().day == last
    assert [row.oldest_day for row in ledger.ages()] == [last]
    # What is done after all counts on the next day, and is told.
    counter.give("Tea")
    assert ledger.reporting_day() == ledger.day_report().day == date(2026, 12, 1)
    clock.forward(hours=12)
    assert ledger.reporting_day() == date(2026, 12, 1)


def test_a_close_prints_the_head_that_proves_it(counter: Counter) -> None:
    counter.give("Latte")
    closed = counter.ledger.close_day()
    counter.give("Tea")
    assert counter.ledger.verify(printed_head=closed.head).problems == ()
    assert closed.head.startswith(f"{closed.number}-")
    with raw(counter.ledger.path) as connection:
        row = connection.execute("SELECT kind, day FROM entry WHERE no = ?", (closed.number,))
        assert row.fetchone() == ("close", "2026-11-21")


def test_a_day_is_closed_once(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    counter.ledger.close_day()
    for day in (None, TODAY):
        again = _refused(counter, lambda day=day: counter.ledger.close_day(day))  # type: ignore[misc]
        assert again.reason == "day-closed"
        assert again.message.endswith("what is done now counts on 22 Nov 2026.")
    clock.forward(days=1)
    assert counter.ledger.close_day().day == TOMORROW


def test_what_was_done_on_a_closed_day_is_not_taken_back(counter: Counter) -> None:
    given = counter.give("Latte", 2)
    counter.ledger.close_day()
    assert _refused(counter, lambda: counter.undo(given.action)).reason == "another-day"
    # A refund is a new act of the next day.
    assert counter.refund(given.gift).amount_minor == 720
    assert counter.ledger.day_report(TODAY).net_minor == 720
    assert counter.ledger.day_report(TOMORROW).net_minor == -720


def test_a_day_without_entries_can_be_closed(counter: Counter) -> None:
    assert counter.ledger.close_day().day == TODAY
    assert _refused(counter, counter.ledger.close_day).reason == "day-closed"
    counter.assert_sound()


def test_in_the_morning_the_day_before_is_meant(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    clock.forward(hours=13)
    assert counter.ledger.today() == TOMORROW
    assert counter.ledger.day_to_close() == TODAY
    closed = counter.ledger.close_day()
    assert closed.day == TODAY
    assert counter.give("Tea").day == TOMORROW
    assert counter.ledger.day_to_close() == TOMORROW
    counter.assert_sound()


def test_days_that_cannot_be_closed_are_refused(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    to_come = _refused(counter, lambda: counter.ledger.close_day(TOMORROW))
    assert to_come.reason == "day-to-come"
    clock.forward(days=1)
    counter.give("Tea")
    over = _refused(counter, lambda: counter.ledger.close_day(TODAY))
    assert (over.reason, "close 22 Nov 2026 instead" in over.message) == ("day-over", True)
    counter.ledger.close_day()
    long_over = _refused(counter, lambda: counter.ledger.close_day(date(2020, 1, 1)))
    assert long_over.reason == "day-over"


def test_an_earlier_open_day_may_be_closed_while_nothing_is_later(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Latte")
    clock.forward(days=3)
    assert counter.ledger.close_day(TOMORROW).day == TOMORROW
    over = _refused(counter, lambda: counter.ledger.close_day(TODAY))
    assert over.reason == "day-over"
    assert counter.give("Tea").day == TODAY + timedelta(days=3)
    counter.assert_sound()


def test_of_two_tills_one_closes(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    with counter.another("bar", clock) as bar:
        counter.ledger.close_day(says=_says(cash=360))
        late = _refused(bar, lambda: bar.ledger.close_day(says=_says(cash=1)))
        assert late.reason == "day-closed"
    closed = counter.ledger.day_report(TODAY).closed
    assert closed is not None
    assert [each.till_minor for each in closed.counted] == [360, None, None]


@pytest.mark.parametrize(
    ("timezone", "at", "day"),
    [
        # Before four in the morning it is still the day before.
        ("Europe/Rome", datetime(2026, 11, 22, 2, 59, tzinfo=UTC), date(2026, 11, 21)),
        ("Europe/Rome", datetime(2026, 11, 22, 3, 0, tzinfo=UTC), date(2026, 11, 22)),
        # The nights in which clocks change.
        ("Europe/Rome", datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/Rome", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/Rome", datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("America/New_York", datetime(2026, 11, 1, 8, 59, tzinfo=UTC), date(2026, 10, 31)),
        ("America/New_York", datetime(2026, 11, 1, 9, 0, tzinfo=UTC), date(2026, 11, 1)),
        ("Asia/Tokyo", datetime(2028, 2, 28, 19, 0, tzinfo=UTC), date(2028, 2, 29)),
        ("Asia/Kathmandu", datetime(2026, 12, 31, 22, 14, tzinfo=UTC), date(2026, 12, 31)),
        ("Pacific/Apia", datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_that_is_closed_is_the_business_day(
    tmp_path: Path, timezone: str, at: datetime, day: date
) -> None:
    path, clock = tmp_path / "shop.db", FrozenClock(at)
    create_ledger(path, shop="Rosa's", currency="EUR", timezone=timezone, clock=clock)
    with Ledger.open(path, clock=clock) as ledger:
        counter = Counter.with_menu(hurried(ledger))
        counter.give("Tea")
        assert ledger.close_day().day == day
        assert counter.give("Tea").day == day + timedelta(days=1)
        assert ledger.month(day).totals.given.units + ledger.month(
            day + timedelta(days=1)
        ).totals.given.units == (4 if (day + timedelta(days=1)).month == day.month else 2)


def test_a_clock_set_back_closes_the_day_that_it_was(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    clock.forward(days=-2)
    counter.give("Tea")
    assert counter.ledger.close_day().day == TODAY
    assert counter.give("Tea").day == TOMORROW
    counter.assert_sound()


# -- what was taken ---------------------------------------------------------------------------


def test_takings_are_told_by_tender(counter: Counter) -> None:
    ledger = counter.ledger
    jar = ledger.add_program(Program(name="Jar", kind=ProgramKind.CHARITY))
    house = ledger.add_program(Program(name="House", kind=ProgramKind.GIVEAWAY))
    partner = ledger.add_partner("Shelter").id
    first = counter.give("Latte", 3, paid=1000)
    counter.give("Tea", 2, tender=Tender.CARD)
    counter.give("Tea", 9, tender=Tender.OPENING)
    counter.give_money(2000, tender=Tender.OTHER)
    fund = ledger.fund().id
    ledger.give(Give(action=new_action_id(), item=fund, units=700, program=jar.id))
    ledger.give_away(
        GiveAway(action=new_action_id(), item=counter.item("Tea").id, program=house.id)
    )
    counter.redeem("Latte", 1)
    counter.redeem("Flat white", 1, PaidFrom.FUND)
    counter.refund(first.gift, 1)
    mistake = counter.give("Latte")
    counter.undo(mistake.action)
    counter.pass_on("Tea", 1, partner)
    counter.deliver(jar.id, partner)
    taken = {each.tender: each for each in ledger.day_report().taken}
    assert taken == {
        Tender.CASH: Taken(Tender.CASH, 1000, 700, 334, 250 + 700),
        Tender.CARD: Taken(Tender.CARD, 500),
        Tender.OTHER: Taken(Tender.OTHER, 2000),
    }
    assert taken[Tender.CASH].net_minor == 1000 + 700 - 334 - 950


@pytest.mark.parametrize("seed", [4, 5])
def test_takings_agree_with_the_entries_on_every_day(
    counter: Counter, clock: FrozenClock, seed: int
) -> None:
    BusyMonths(counter, clock, seed).live(60)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    with raw(counter.ledger.path) as connection:
        rows = connection.execute(
            "SELECT day, tender, amount_minor FROM entry WHERE tender <> 'opening'"
        )
        for day, tender, amount in rows:
            sums[day, tender] += amount
        days = [day for (day,) in connection.execute("SELECT DISTINCT day FROM entry")]
    for day in days:
        report = counter.ledger.day_report(date.fromisoformat(day))
        told = {(day, str(each.tender)): each.net_minor for each in report.taken}
        assert told == {key: sums[key] for key in told}


def test_the_counter_is_told_by_cashier(counter: Counter, clock: FrozenClock) -> None:
    ledger = counter.ledger
    counter.give("Latte", 3)
    served = counter.redeem("Latte", 2)
    with Ledger.open(ledger.path, cashier="Ana", clock=clock) as opened:
        ana = Counter(hurried(opened))
        ana.undo(served.action, 1)
        slip = ana.give("Tea", 2, voucher=True)
        ana.redeem_slip(code_of(slip), 2)
        ana.redeem("Latte")
        ana.refund(slip.gift - 3, 1)
    assert ledger.day_report().counters == (
        AtTheCounter(None, gifts=1, served=2),
        AtTheCounter("Ana", gifts=1, served=2, served_from_slips=2, taken_back=1, refunds=1),
    )


# -- what the till said -----------------------------------------------------------------------


def test_a_difference_is_noted_beside_the_close(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.give("Tea", tender=Tender.CARD)
    says = TillSays(minor={Tender.CASH: 700, Tender.CARD: 250}, note="  One  coin short \n")
    closed = counter.ledger.close_day(says=says)
    told = [(c.tender, c.taken_minor, c.till_minor, c.difference_minor) for c in closed.counted]
    assert told == [
        (Tender.CASH, 720, 700, -20),
        (Tender.CARD, 250, 250, 0),
        (Tender.OTHER, 0, None, 0),
    ]
    assert (closed.note, closed.difference_minor) == ("One coin short", -20)
    assert counter.ledger.day_report(TODAY).closed == closed


def test_a_correction_is_kept_above_the_first_word(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte", 2)
    closed = counter.ledger.close_day(says=_says(cash=700))
    clock.forward(days=2)
    with Ledger.open(counter.ledger.path, cashier="Rosa", clock=clock) as ledger:
        corrected = ledger.correct_close(TODAY, _says(cash=720))
    assert (corrected.corrections, corrected.corrected_by) == (1, "Rosa")
    assert corrected.difference_minor == 0
    # Who closed it, and when, is what it was; and so is what was said then.
    same = (closed.number, closed.head, closed.at, closed.cashier)
    assert (corrected.number, corrected.head, corrected.at, corrected.cashier) == same
    assert corrected.words[0].at == clock.at
    assert corrected.earlier == closed.words
    with raw(counter.ledger.path) as connection:
        said = connection.execute(
            "SELECT version, till_minor FROM closing WHERE tender = 'cash' ORDER BY version"
        ).fetchall()
        assert said == [(1, 700), (2, 720)]
        for statement in ("UPDATE closing SET till_minor = 1", "DELETE FROM closing"):
            with pytest.raises(sqlite3.IntegrityError, match="corrected by another row"):
                connection.execute(statement)
    open_day = _refused(counter, lambda: counter.ledger.correct_close(TOMORROW, TillSays()))
    assert open_day.reason == "day-open"


def test_what_is_not_corrected_stays_as_it_was(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.give("Tea", tender=Tender.CARD)
    first = TillSays(minor={Tender.CASH: 720, Tender.CARD: 240}, note="card short")
    counter.ledger.close_day(says=first)
    counter.ledger.correct_close(TODAY, _says(cash=690))
    closed = counter.ledger.correct_close(TODAY, TillSays(note="and a coin"))
    said = {each.tender: each.till_minor for each in closed.counted}
    assert said == {Tender.CASH: 690, Tender.CARD: 240, Tender.OTHER: None}
    assert (closed.note, closed.difference_minor) == ("and a coin", -40)
    assert [(word.difference_minor, word.note) for word in closed.earlier] == [
        (-40, "card short"),
        (-10, "card short"),
    ]
    for nothing in (TillSays(), _says(cash=690), TillSays(note="and a coin")):
        no = _refused(counter, lambda nothing=nothing: counter.ledger.correct_close(TODAY, nothing))  # type: ignore[misc]
        assert no.reason == "nothing-new"
    # What nobody looked at after all, and no note, can be said too.
    nobody = TillSays(minor={Tender.CARD: None}, note="")
    closed = counter.ledger.correct_close(TODAY, nobody)
    assert (closed.note, closed.difference_minor) == (None, -30)


def test_no_day_before_the_ledger_is_closed(counter: Counter, clock: FrozenClock) -> None:
    long_ago = _refused(counter, lambda: counter.ledger.close_day(date(2020, 11, 21)))
    assert long_ago.reason == "day-over"
    assert counter.ledger.close_day(TODAY - timedelta(days=1)).day == TODAY - timedelta(days=1)
    assert counter.give("Tea").day == TODAY
    counter.assert_sound()


def test_a_refusal_names_no_day_that_would_be_refused_too(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Tea")
    counter.ledger.close_day()
    clock.forward(days=-6)
    counter.give("Tea")
    counter.ledger.close_day(TOMORROW)
    no = _refused(counter, counter.ledger.close_day)
    assert no.reason == "day-over"
    assert no.message.endswith("a later day has begun: what is done now counts on 23 Nov 2026.")


def test_what_no_till_says_is_refused(counter: Counter) -> None:
    for act in (
        lambda: counter.ledger.close_day(says=_says(cash=10**12)),
        lambda: counter.ledger.correct_close(TODAY, _says(card=-(10**12))),
        lambda: TillSays(note="x" * 300),
    ):
        assert isinstance(_refused(counter, act), BadInput)


def test_closing_at_any_moment_keeps_the_ledger_sound(counter: Counter, clock: FrozenClock) -> None:
    """Days closed early, late, or not at all, with life going on around them."""
    chance = random.Random(7)
    for _ in range(40):
        for _ in range(chance.randint(0, 2)):
            counter.give("Tea")
        if chance.random() < 0.7:
            with suppress(Refused):
                counter.ledger.close_day()
        clock.forward(hours=chance.randint(1, 40))
    counter.assert_sound()
