"""On which day things count, where that is not the day it is: quiet, and true at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.days import MONTHS, WEEKDAYS, short_day

if TYPE_CHECKING:
    from datetime import date


def counts_on(now: str, day: date, today: date) -> str:
    """Return the time, and on which later day things count already.

    >>> from datetime import date
    >>> counts_on("Sat 20:15", date(2026, 11, 22), date(2026, 11, 21))
    'Sat 20:15, counts on Sun'
    >>> counts_on("Sat 20:15", date(2026, 12, 22), date(2026, 11, 21))
    'Sat 20:15, counts on 22 Dec'
    """
    is_near = (day - today).days < len(WEEKDAYS)
    return f"{now}, counts on {WEEKDAYS[day.weekday()][:3] if is_near else short_day(day)}"


def counts_later(day: date) -> str:
    """Return the same as a sentence.

    >>> from datetime import date
    >>> counts_later(date(2026, 11, 22))
    'What is done now counts on Sunday 22 November.'
    """
    return (
        f"What is done now counts on {WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}."
    )
