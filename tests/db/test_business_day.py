"""The day of an entry: by the shop's wall clock and cut-over hour, never back, never far ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.errors import Refused
from payforward.core.model import Kind
from tests.conftest import FrozenClock
from tests.db.counter import Counter, hurried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Protocol

    class OpenShop(Protocol):
        """Opens a new shop of a time zone at a local time."""

        def __call__(
            self, zone: str, local: str, cutover_hour: int = 4
        ) -> tuple[Counter, FrozenClock]: ...


def _local(zone: str, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.fixture
def open_shop(tmp_path: Path) -> Iterator[OpenShop]:
    opened: list[Ledger] = []

    def open_one(zone: str, local: str, cutover_hour: int = 4) -> tuple[Counter, FrozenClock]:
        clock = FrozenClock(_local(zone, local))
        path = tmp_path / f"{len(opened)}.db"
        create_ledger(
            path,
            shop="S",
            currency="EUR",
            timezone=zone,
            cutover_hour=cutover_hour,
            clock=clock,
        )
        opened.append(hurried(Ledger.open(path, clock=clock)))
        return Counter.with_menu(opened[-1]), clock

    yield open_one
    for ledger in opened:
        ledger.close()


MOMENTS = [
    # The cut-over hour.
    ("UTC", 4, "2026-11-21T03:59:59", "2026-11-20"),
    ("UTC", 4, "2026-11-21T04:00:00", "2026-11-21"),
    ("UTC", 0, "2026-11-21T00:00:00", "2026-11-21"),
    ("UTC", 23, "2026-11-21T22:59:59", "2026-11-20"),
    ("UTC", 23, "2026-11-21T23:00:00", "2026-11-21"),
    # Ends of months, of a year, and a leap day.
    ("Europe/Rome", 4, "2027-01-01T03:59:00", "2026-12-31"),
    ("Europe/Rome", 4, "2026-12-01T02:00:00", "2026-11-30"),
    ("Europe/Rome", 4, "2028-02-29T12:00:00", "2028-02-29"),
    ("Europe/Rome", 4, "2028-03-01T03:00:00", "2028-02-29"),
    ("Europe/Rome", 4, "2027-03-01T03:00:00", "2027-02-28"),
    # Zones of half an hour, of the other side of the date line, and of both signs.
    ("Asia/Kolkata", 4, "2026-11-21T03:59:00", "2026-11-20"),
    ("Asia/Kolkata", 4, "2026-11-21T04:00:00", "2026-11-21"),
    ("Pacific/Auckland", 4, "2026-11-22T09:00:00", "2026-11-22"),
    ("America/New_York", 4, "2026-11-21T23:30:00", "2026-11-21"),
    ("Pacific/Kiritimati", 4, "2026-11-22T04:00:00", "2026-11-22"),
]


@pytest.mark.parametrize(("zone", "hour", "local", "day"), MOMENTS)
def test_an_entry_is_of_the_shops_day(
    open_shop: OpenShop, zone: str, hour: int, local: str, day: str
) -> None:
    counter, clock = open_shop(zone, local, hour)
    assert counter.ledger.today().isoformat() == day
    assert counter.give("Latte").day.isoformat() == day
    (view,) = counter.ledger.entries(date.fromisoformat(day))
    assert view.entry.at.endswith("Z")
    assert datetime.fromisoformat(view.entry.at) == clock.now()


NIGHTS = [
    # Clocks go forward and back, north and south, in Europe, America and Oceania.
    ("Europe/Rome", "2026-03-28T22:00:00"),
    ("Europe/Rome", "2026-10-24T22:00:00"),
    ("America/New_York", "2026-03-07T22:00:00"),
    ("America/New_York", "2026-10-31T22:00:00"),
    ("Pacific/Auckland", "2026-09-26T22:00:00"),
    ("Pacific/Auckland", "2026-04-04T22:00:00"),
    ("Asia/Kolkata", "2026-10-24T22:00:00"),
    # These change at midnight.
    ("Asia/Beirut", "2026-10-24T20:00:00"),
    ("Africa/Cairo", "2026-10-29T20:00:00"),
    ("America/Santiago", "2026-04-04T20:00:00"),
]


@pytest.mark.parametrize(("zone", "start"), NIGHTS)
@pytest.mark.parametrize("hour", [0, 2, 3, 4])
def test_the_night_of_a_clock_change_has_one_end(
    open_shop: OpenShop, zone: str, start: str, hour: int
) -> None:
    counter, clock = open_shop(zone, start, hour)
    begun = counter.ledger.today()
    days = []
    for _ in range(20):
        days.append(counter.give("Latte").day)
        clock.forward(minutes=30)
    assert days == sorted(days)
    assert set(days) == {begun, begun + timedelta(days=1)}
    # Real time passed evenly: no mark of a clock that jumped.
    views = [v for day in set(days) for v in counter.ledger.entries(day)]
    assert {view.kind for view in views} == {Kind.GIVE}
    counter.assert_sound()


def test_a_clock_set_back_is_marked_and_sells_on(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    clock.forward(days=-400)
    assert counter.ledger.today() == date(2026, 11, 21)
    served = counter.redeem("Latte")
    assert served.day == date(2026, 11, 21)
    assert (served.units, len(served.lines)) == (1, 1)
    counter.give("Latte")
    kinds = [view.kind for view in counter.ledger.entries(date(2026, 11, 21))]
    assert kinds == [Kind.GIVE, Kind.JUMP, Kind.REDEEM, Kind.GIVE]
    counter.assert_sound()


@pytest.mark.parametrize(("seconds", "marked"), [(-1, False), (-59, False), (-61, True)])
def test_a_time_service_may_set_the_clock_by_a_little(
    counter: Counter, clock: FrozenClock, seconds: int, marked: bool
) -> None:
    counter.give("Latte")
    clock.forward(seconds=seconds)
    counter.give("Latte")
    assert (Kind.JUMP in [view.kind for view in counter.ledger.entries()]) is marked


def test_every_kind_of_action_sells_on_after_a_clock_set_back(
    counter: Counter, clock: FrozenClock
) -> None:
    given = counter.give("Latte", 5)
    for act in (
        lambda: counter.redeem("Latte"),
        lambda: counter.give_money(100),
        lambda: counter.refund(given.gift, 1),
        lambda: counter.undo(counter.give("Tea").action),
    ):
        clock.forward(hours=-1)
        act()
    counter.assert_sound()
    assert counter.waiting("Latte") == 3


@pytest.mark.parametrize(("days", "allowed"), [(1, True), (7, True), (8, False), (4000, False)])
def test_a_clock_far_ahead_asks_the_owner(
    counter: Counter, clock: FrozenClock, days: int, allowed: bool
) -> None:
    counter.give("Latte", 2)
    clock.forward(days=days)
    if allowed:
        assert counter.redeem("Latte").day == date(2026, 11, 21) + timedelta(days=days)
        return
    before = counter.facts()
    for act in (lambda: counter.redeem("Latte"), lambda: counter.give("Tea")):
        with pytest.raises(Refused, match="is today's date right") as refused:
            act()
        assert refused.value.reason == "clock-jumped"
    assert counter.facts() == before
    # Looking is always allowed.
    assert counter.waiting("Latte") == 2
    assert counter.ledger.accept_clock()
    # Only once: then it is in doubt no more.
    assert not counter.ledger.accept_clock()
    assert counter.redeem("Latte").day == date(2026, 11, 21) + timedelta(days=days)
    (jump, _) = counter.ledger.entries()
    assert jump.kind is Kind.JUMP
    counter.assert_sound()


def test_a_shop_that_was_shut_before_its_first_sale_is_asked_nothing(
    counter: Counter, clock: FrozenClock
) -> None:
    clock.forward(days=200)
    assert not counter.ledger.accept_clock()
    assert counter.give("Latte").gift == 1


def test_a_clock_accepted_by_mistake_keeps_its_day_and_sells_on(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Latte", 2)
    clock.forward(days=30)
    assert counter.ledger.accept_clock()
    clock.forward(days=-30)
    assert counter.redeem("Latte").day == date(2026, 12, 21)
    assert counter.ledger.today() == date(2026, 12, 21)
    counter.assert_sound()


def test_a_day_that_was_closed_is_over(counter: Counter) -> None:
    """Closing moves the head's day on; the next sale counts on the day after."""
    counter.give("Latte", 2)
    with counter.ledger._file.write_transaction() as database:
        database.execute("UPDATE head SET day = '2026-11-22'")
    assert counter.ledger.today() == date(2026, 11, 22)
    assert counter.redeem("Latte").day == date(2026, 11, 22)


def test_opening_two_tills_at_two_clocks_keeps_one_order(
    counter: Counter, clock: FrozenClock
) -> None:
    behind = FrozenClock(clock.at - timedelta(seconds=30))
    with counter.another("bar", behind) as bar:
        for _ in range(3):
            counter.give("Latte")
            bar.give("Latte")
    assert [v.entry.no for v in counter.ledger.entries()] == list(range(1, 7))
    counter.assert_sound()
