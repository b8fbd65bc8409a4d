"""A program's serving hours in the shop's own words, as far as they can be understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payforward.core.text import plain_forms

if TYPE_CHECKING:
    from datetime import datetime

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = rf"({'|'.join(_DAYS)})[a-z]*"
_TIME = r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?"
_TO = r"\s*(?:-|–|—|to)\s*"
_HOURS: Final = re.compile(rf"(?:{_DAY}(?:{_TO}{_DAY})?,?\s+)?{_TIME}{_TO}{_TIME}")


def is_outside(hours: str, at: datetime) -> bool | None:
    """Return whether a moment is surely outside some hours; None where they are not understood.

    Understood are a time of day from and to, after a day or two days if need be; the last
    minute is inside no more. They may run over midnight, as the weekdays may over Sunday.

    >>> from datetime import datetime
    >>> saturday = datetime(2026, 11, 21, 17, 40)
    >>> [is_outside(hours, saturday) for hours in ("Mon-Fri 14-18", "14:00-18:00", "afternoons")]
    [True, False, None]
    """
    found = _HOURS.fullmatch(plain_forms(hours).strip().lower())
    if found is None:
        return None
    first, last, *numbers = found.groups()
    begins, ends = _minutes(numbers[0], numbers[1]), _minutes(numbers[2], numbers[3])
    if begins is None or ends is None:
        return None
    if first is not None and not _within(
        _DAYS.index(first), _DAYS.index(last or first) + 1, at.weekday(), 7
    ):
        return True
    return not _within(begins, ends, at.hour * 60 + at.minute, 24 * 60)


def _minutes(hour: str, minute: str | None) -> int | None:
    """Return a time of day in minutes after midnight; None where it is none."""
    number = int(hour) * 60 + int(minute or 0)
    return number if int(minute or 0) < 60 and number <= 24 * 60 else None


def _within(begins: int, ends: int, number: int, round_: int) -> bool:
    """Return whether a number is from one to before another, on a clock of so many."""
    return (number - begins) % round_ < ((ends - begins) % round_ or round_)
