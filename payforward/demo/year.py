"""A year in the life of Rosa's Café, up to a few minutes before now."""

from __future__ import annotations

import random
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from db.setup import create_ledger, discard_ledger
from payforward.core.clock import DEFAULT_CUTOVER_HOUR, SystemClock, business_date, zone
from payforward.demo.counting import Counting, Shelf
from payforward.demo.days import (
    Agenda,
    count,
    gifts_pace,
    last_opening,
    open_days,
    usual_opening,
)
from payforward.demo.menu import CURRENCY, DISHES, menu_rows
from payforward.demo.programs import Programs
from payforward.demo.stage import Stage, StageClock, Tills

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from payforward.core.clock import Clock
    from payforward.demo.days import Opening

SHOP: Final = "Rosa's Café"
TIMEZONE: Final = "Europe/Rome"
DAYS: Final = 365

FUND_MINOR: Final = (2_000, 6_000)
"""What is in the fund at the end: at least and at most."""

_GIFTS_A_DAY: Final = 4.6
_MONEY_SHARE: Final = 0.13
_MONEY_MINOR: Final = ((200, 300, 350, 500, 1_000, 1_500, 2_000), (6, 4, 3, 8, 5, 1, 2))
_UNITS: Final = ((1, 2, 3, 5, 10), (70, 20, 6, 3, 1))
_UNITS_ON_AVERAGE: Final = 1.53
_ASKS_FOR_WHAT_RUNS_OUT: Final = 2.2  # for each that is given
_ASKS_FOR_WHAT_IS_NOT_THERE: Final = 0.1  # a day
_REFUNDS_A_DAY: Final = 0.06
_PRICES_RISE_AFTER_DAYS: Final = (118, 243)
_RETIRES_DAYS_AGO: Final = 24
_FUND_IS_KEPT_DAYS: Final = 10
# How long before the last entry a gift is put aside, and the fund pays.
_BEFORE_THE_LAST: Final = timedelta(minutes=8)
_JUST_NOW: Final = timedelta(minutes=2)


def make_demo(
    path: Path,
    *,
    seed: int = 2026,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Make a throw-away ledger with a year of a café's life in it.

    The same seed and the same instant make the same entries, to the last hash. Nothing waits
    for the disk, so a power cut may leave half of it.

    Args:
        path: Where it will be; there is no file yet.
        seed: Which year of all that could have been.
        clock: When the year ends; nothing is later than what it says at first.
        progress: Called with days lived and days in all; may raise to stop, and then nothing
            is left at ``path``.

    Raises:
        Refused: there is a file already.
        LedgerUnusable: the file cannot be made or written there.
    """
    # In UTC: arithmetic in a zone that changes its clocks would go by the wall.
    now = (clock or SystemClock()).now().astimezone(UTC)
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    openings = _openings(now)
    stage_clock = StageClock(openings[0].start, latest=openings[-1].end)
    create_ledger(
        path,
        shop=SHOP,
        currency=CURRENCY,
        timezone=TIMEZONE,
        menu=menu_rows(),
        clock=stage_clock,
        shop_id=chance.getrandbits(48) | 1,
    )
    try:
        # Codes and programs have chances of their own: one more of them changes no gift.
        codes = random.Random(f"{seed} codes")  # noqa: S311 - a story, not a secret
        programs = random.Random(f"{seed} programs")  # noqa: S311 - a story, not a secret
        with Tills(path, stage_clock, codes.randbytes) as tills:
            _Year(Stage(tills, chance), chance, programs, openings).live(progress)
    except BaseException:
        discard_ledger(path)
        raise


def _openings(now: datetime) -> list[Opening]:
    timezone = zone(TIMEZONE)
    today = business_date(now, timezone, DEFAULT_CUTOVER_HOUR)
    *before, _ = open_days(today - timedelta(days=DAYS), today)
    return [*(usual_opening(day, timezone) for day in before), last_opening(today, now, timezone)]


class _Year:
    """Lives the café's days one after the other.

    Args:
        stage: The café's tills.
        chance: What makes this year's gifts differ from others.
        apart: What makes all that is beside the gifts differ.
        openings: The days, the last one partly over.
    """

    def __init__(
        self,
        stage: Stage,
        chance: random.Random,
        apart: random.Random,
        openings: Sequence[Opening],
    ) -> None:
        self._stage = stage
        self._chance = chance
        self._openings = openings
        self._first, self._last = openings[0].day, openings[-1].day
        counter = stage.counter()
        numbers = {item.name: item.id for item in counter.items()}
        self._shelves = [
            Shelf(dish, numbers[dish.name], self._open_on(self._days_ago(dish.waits_days or 0)))
            for dish in DISHES
        ]
        self._programs = Programs(stage.beside(apart), apart, openings, self._shelves)
        self._counting = Counting(stage, chance, self._shelves, counter.fund().id)
        rises = (self._first + timedelta(days=days) for days in _PRICES_RISE_AFTER_DAYS)
        self._rises = {self._open_on(day): rise for rise, day in enumerate(rises, start=1)}
        # After the gifts that are left waiting, even where the café was closed in between.
        self._retires_on = min(
            o.day for o in openings if o.day >= self._days_ago(_RETIRES_DAYS_AGO)
        )

    def live(self, progress: Callable[[int, int], None] | None) -> None:
        """Live all days."""
        for shelf in self._shelves:
            if shelf.dish.alone:
                self._stage.counter().set_groups(shelf.item, [])
        for done, opening in enumerate(self._openings, start=1):
            self._stage.clock.move_to(opening.start)
            self._counting.open_day()
            if done == 1:
                self._counting.write_slate()
            self._begin_day(opening.day)
            gifts = self._agenda(opening, days_left=len(self._openings) - done + 1)
            beside = self._programs.agenda(opening)
            for at, happens in sorted([*beside, *gifts], key=lambda planned: planned[0]):
                self._stage.clock.move_to(at)
                happens()
            if progress is not None:
                progress(done, len(self._openings))

    def _days_ago(self, days: int) -> date:
        return self._last - timedelta(days=days)

    def _open_on(self, day: date) -> date:
        """Return the last open day up to ``day``."""
        return max(opening.day for opening in self._openings if opening.day <= day)

    def _begin_day(self, day: date) -> None:
        counter = self._stage.counter()
        rise = self._rises.get(day)
        for shelf in self._shelves:
            if rise is not None:
                counter.set_price(shelf.item, shelf.dish.prices_minor[rise])
            if shelf.dish.retires and day == self._retires_on:
                counter.retire_item(shelf.item)
                shelf.retired = True
            if day == shelf.kept_from:
                shelf.older = shelf.waiting
        if day >= self._days_ago(_FUND_IS_KEPT_DAYS):
            self._counting.reserve_minor = FUND_MINOR[0]

    def _agenda(
        self, opening: Opening, days_left: int
    ) -> list[tuple[datetime, Callable[[], object]]]:
        """Return what happens on a day, in order."""
        agenda = Agenda(opening, self._chance)
        self._plan_gifts(agenda)
        for shelf in self._shelves:
            self._plan_asks(agenda, shelf, days_left)
        self._plan_fund(agenda)
        if self._chance.random() < _REFUNDS_A_DAY:
            agenda.add(self._counting.refund)
        if opening.day == self._last:
            missing = next(s for s in self._shelves if s.dish.waits_days is None)
            agenda.add(partial(self._counting.serve_from_fund, missing), opening.end - _JUST_NOW)
            agenda.add(partial(self._counting.settle_fund, *FUND_MINOR), opening.end)
            agenda.add(partial(self._counting.give, self._shelves[0], 1), opening.end)
        return agenda.in_order()

    def _plan_gifts(self, agenda: Agenda) -> None:
        chance, day = self._chance, agenda.opening.day
        liked = [self._liked(shelf, day) for shelf in self._shelves]
        for _ in range(count(chance, _GIFTS_A_DAY * gifts_pace(day) * agenda.opening.part)):
            if chance.random() < _MONEY_SHARE:
                (amount,) = chance.choices(*_MONEY_MINOR)
                agenda.add(partial(self._counting.give_money, amount))
            else:
                (shelf,) = chance.choices(self._shelves, liked)
                (units,) = chance.choices(*_UNITS)
                agenda.add(partial(self._counting.give, shelf, units))
        for shelf in self._shelves:
            if day == shelf.kept_from and shelf.dish.waits_days is not None:
                at = agenda.opening.end - _BEFORE_THE_LAST if day == self._last else None
                agenda.add(partial(self._counting.give, shelf, 2), at)

    def _liked(self, shelf: Shelf, day: date) -> float:
        """Return how likely a gift is of this dish; on the last day not of what shall run out."""
        if shelf.retired or (day == self._last and shelf.dish.waits_days is None):
            return 0.0
        return shelf.dish.liked_on(day)

    def _plan_asks(self, agenda: Agenda, shelf: Shelf, days_left: int) -> None:
        """Plan who asks for a dish: the more of it waits, the sooner somebody does."""
        chance, dish = self._chance, shelf.dish
        if shelf.older is not None:
            # All from before shall be gone at the end, so that the oldest is of the day it says.
            asks = int(shelf.older / days_left + chance.random())
        elif dish.waits_days is None:
            liked = dish.liked_on(agenda.opening.day) / sum(each.liked for each in DISHES)
            given = _GIFTS_A_DAY * (1 - _MONEY_SHARE) * _UNITS_ON_AVERAGE * liked
            asks = count(chance, given * _ASKS_FOR_WHAT_RUNS_OUT)
        else:
            usual = shelf.waiting / max(dish.waits_days, 0.8)
            asks = count(chance, min(usual, 12.0) + _ASKS_FOR_WHAT_IS_NOT_THERE)
        while asks > 0:
            units = 2 if asks > 1 and chance.random() < 0.2 else 1
            agenda.add(partial(self._counting.serve, shelf, units))
            asks -= units

    def _plan_fund(self, agenda: Agenda) -> None:
        """Let a full fund pay for what runs out."""
        wanted = [shelf for shelf in self._shelves if shelf.dish.waits_days is None]
        for _ in range(min(4, max(0, self._counting.fund_minor - 3_500) // 500)):
            agenda.add(partial(self._counting.serve_from_fund, self._chance.choice(wanted)))
