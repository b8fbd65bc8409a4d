"""A program's serving hours in the shop's own words, as far as they can be understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payforward.core.text import plain_forms

if TYPE_CHECKING:
    from datetime import datetime

_DAY_MINUTES: Final = 24 * 60
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = rf"({'|'.join(_DAYS)})[a-z]*"
_TIME = r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?"
_TO = r"\s*(?:-|–|—|to)\s*"
_HOURS: Final = re.compile(rf"(?:{_DAY}(?:{_TO}{_DAY})?,?\s+)?{_TIME}{_TO}{_TIME}")


def is_outside(hours: str, at: datetime) -> bool | None:
    """Return whether a moment is surely outside some hours; None where they are not understood.

    Understood are a time of day from and to, after a day or two days if need be; the last
    minute is inside no more. The hours may run over midnight, into a day that is not named; the
    days may run over Sunday.

    >>> from datetime import datetime
    >>> saturday = datetime(2026, 11, 21, 1, 0)
    >>> [is_outside(hours, saturday) for hours in ("Fri 22-2", "Sat 22-2", "14-18", "evenings")]
    [False, True, True, None]
    """
    found = _HOURS.fullmatch(plain_forms(hours).strip().lower())
    if found is None:
        return None
    first, last, *numbers = found.groups()
    begins, ends = _minutes(numbers[0], numbers[1]), _minutes(numbers[2], numbers[3])
    if begins is None or ends is None:
        return None
    length = (ends - begins) % _DAY_MINUTES or _DAY_MINUTES
    now = at.weekday() * _DAY_MINUTES + at.hour * 60 + at.minute
    return not any(
        (now - day * _DAY_MINUTES - begins) % (7 * _DAY_MINUTES) < length
        for day in _weekdays(first, last)
    )


def _weekdays(first: str | None, last: str | None) -> list[int]:
    """Return the days on which hours begin, Monday being 0; all of them where none is named."""
    if first is None:
        return list(range(7))
    from_day = _DAYS.index(first)
    many = (_DAYS.index(last or first) - from_day) % 7 + 1
    return [(from_day + step) % 7 for step in range(many)]


def _minutes(hour: str, minute: str | None) -> int | None:
    """Return a time of day in minutes after midnight; None where it is none."""
    number = int(hour) * 60 + int(minute or 0)
    return number if int(minute or 0) < 60 and number <= _DAY_MINUTES else None
