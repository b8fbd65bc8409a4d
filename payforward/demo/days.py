"""The café's calendar: when it is open, how busy a day is, when in the day people come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.clock import DEFAULT_CUTOVER_HOUR

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo

CLOSED_ON: Final = frozenset(
    {(1, 1), (1, 6), (5, 1), (8, 12), (8, 13), (8, 14), (8, 15), (12, 25), (12, 26)}
)
"""Month and day. With Sundays around them never more than six days lie between two open ones."""

GENEROUS: Final[Mapping[tuple[int, int], float]] = {
    (12, 10): 5.0,  # Naples' day of the suspended coffee
    (12, 24): 2.2,
    (12, 31): 1.6,
    (2, 14): 1.6,
    (10, 1): 1.5,
}
"""Month and day, and how many times as many gifts as usual."""

_WEEKDAYS: Final = (0.85, 0.85, 0.9, 1.0, 1.2, 1.35, 1.0)
_OPENS: Final = time(7, 30)
_CLOSES: Final = time(18, 30)
_OPENS_ON_SATURDAY: Final = time(8, 30)
_CLOSES_ON_SATURDAY: Final = time(17, 0)
_SHORTEST_LAST_DAY: Final = timedelta(minutes=100)
_WHOLE_DAY: Final = timedelta(hours=11)
# Breakfast, lunch, the afternoon's coffee: where in the day, how wide, how many of ten come.
_PEAKS: Final = ((0.10, 0.08), (0.48, 0.09), (0.78, 0.12))
_PEAK_SHARES: Final = (4, 3, 3)


@dataclass(frozen=True, slots=True)
class Opening:
    """One day's opening hours, as instants, and how much of a whole day that is (0 to 1)."""

    day: date
    start: datetime
    end: datetime
    part: float

    def some_time(self, chance: random.Random) -> datetime:
        """Return an instant at which somebody comes, by the second while there is time."""
        ((middle, width),) = chance.choices(_PEAKS, _PEAK_SHARES)
        at = self.start + (self.end - self.start) * min(1.0, abs(chance.gauss(middle, width)))
        return max(self.start, at.replace(microsecond=0))


class Agenda:
    """What will happen on one day.

    Args:
        opening: The day.
        chance: When people come.
    """

    def __init__(self, opening: Opening, chance: random.Random) -> None:
        self.opening = opening
        self._chance = chance
        self._planned: list[tuple[datetime, Callable[[], object]]] = []

    def add(self, happens: Callable[[], object], at: datetime | None = None) -> None:
        """Plan something for an instant of the day; for any, without one."""
        if at is None:
            at = self.opening.some_time(self._chance)
        self._planned.append((max(at, self.opening.start), happens))

    def in_order(self) -> list[tuple[datetime, Callable[[], object]]]:
        """Return all of it as it happens; of one instant, as it was planned."""
        return sorted(self._planned, key=lambda planned: planned[0])


def open_days(first: date, last: date) -> list[date]:
    """Return the days on which the café is open; the last one is, whatever day it is."""
    days = (first + timedelta(days=n) for n in range((last - first).days))
    return [*(day for day in days if _is_open(day)), last]


def gifts_pace(day: date) -> float:
    """Return how many gifts a day brings, where 1 is usual."""
    winter = 1 + 0.2 * math.cos(math.tau * (day.timetuple().tm_yday + 10) / 365.25)
    return _WEEKDAYS[day.weekday()] * winter * GENEROUS.get((day.month, day.day), 1.0)


def usual_opening(day: date, timezone: ZoneInfo) -> Opening:
    """Return the hours of a day that is over."""
    saturday = day.weekday() == 5
    start = _instant(day, _OPENS_ON_SATURDAY if saturday else _OPENS, timezone)
    end = _instant(day, _CLOSES_ON_SATURDAY if saturday else _CLOSES, timezone)
    return Opening(day, start, end, 1.0)


def last_opening(day: date, now: datetime, timezone: ZoneInfo) -> Opening:
    """Return the hours of a day up to a few minutes before now.

    Whoever looks before the café opens or after it closes finds it open all the same: a
    counter where nothing happened today would show little.
    """
    first = _instant(day, time(DEFAULT_CUTOVER_HOUR), timezone)
    end = max(first, now - timedelta(minutes=3))
    start = max(first, min(usual_opening(day, timezone).start, end - _SHORTEST_LAST_DAY))
    part = min(1.0, max(0.35, (end - start) / _WHOLE_DAY))
    return Opening(day, start, end, part)


def part_of(opening: Opening, first: time, last: time, timezone: ZoneInfo) -> Opening | None:
    """Return a day's opening between two times of the wall's clock; None where there is none.

    Its ``part`` is how much of that time it is (0 to 1).
    """
    begins = _instant(opening.day, first, timezone)
    ends = _instant(opening.day, last, timezone)
    start, end = max(opening.start, begins), min(opening.end, ends)
    if start >= end:
        return None
    return Opening(opening.day, start, end, (end - start) / (ends - begins))


def count(chance: random.Random, mean: float) -> int:
    """Return how many independent things happen where ``mean`` is usual (Poisson, by Knuth)."""
    limit, product, n = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        n += 1
    return n


def _is_open(day: date) -> bool:
    if (day.month, day.day) in GENEROUS:
        return True
    return day.weekday() != 6 and (day.month, day.day) not in CLOSED_ON


def _instant(day: date, wall: time, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, timezone).astimezone(UTC)
