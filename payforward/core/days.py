"""Days as people type and read them: one way for screens, papers and the command line.

Written as ``29 Nov 2026``; read in that and other forms, ISO 8601 always among them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from payforward.core.errors import BadInput
from payforward.core.text import fit, plain_forms, shown

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

FIRST_YEAR: Final = 1970
"""No ledger has anything of before."""

LAST_YEAR: Final = 9998
"""The year after it is the calendar's last one."""

_CENTURY: Final = 100
_YEARS_TO_A_LEAP_DAY: Final = 8
"""So many where a century's first year is none; else it is four."""

_NEAR: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_PARTS: Final = re.compile(r"[\s.,]+")


def day_text(day: date) -> str:
    """Return a day as all sentences, fields, tables and papers write it; `parse_day` reads it.

    >>> day_text(date(2026, 11, 29))
    '29 Nov 2026'
    """
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """Return a day in few cells, to be shown beside others of its year.

    >>> short_day(date(2026, 11, 29))
    '29 Nov'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def near_day(day: date, today: date) -> str:
    """Return a day beside today: with its year only where that is another.

    >>> now = date(2026, 11, 21)
    >>> [near_day(day, now) for day in (now, date(2026, 12, 1), date(2027, 2, 1))]
    ['today', '1 Dec', '1 Feb 2027']
    """
    if day == today:
        return "today"
    return short_day(day) if day.year == today.year else day_text(day)


def parse_day(typed: str, today: date, *, past: bool = False) -> date:
    """Return the day that somebody typed; without a year the next such day, or the last.

    >>> now = date(2026, 11, 21)
    >>> [str(parse_day(text, now)) for text in ("29 nov", "29.11.", "Feb 1", "2026-12-24")]
    ['2026-11-29', '2026-11-29', '2027-02-01', '2026-12-24']
    >>> [str(parse_day(text, now, past=True)) for text in ("31 oct", "1 Dec", "yesterday")]
    ['2026-10-31', '2025-12-01', '2026-11-20']

    Args:
        typed: A day in ISO 8601, in words or in numbers, the day before the month; or one of
            today, tomorrow and yesterday.
        today: The business day.
        past: Whether a day without a year is one that was.

    Raises:
        BadInput: it is no day.
    """
    text = plain_forms(typed).strip().casefold()
    try:
        if text in _NEAR:
            return today + timedelta(days=_NEAR[text])
        if text.isascii() and text[:4].isdecimal():
            return date.fromisoformat(text.upper())
        return _of_words(text, today, past=past)
    except (ValueError, OverflowError):
        said = fit(shown(typed.strip()), 40).strip()
        raise BadInput(
            f"“{said}” is not a day: write it such as {day_text(today)} or {today}.",
            reason="bad-day",
        ) from None


def read_day(typed: str, today: date) -> date | None:
    """Return the day of a field that may be empty; without a year it is the next such day.

    Raises:
        BadInput: it is no day.
    """
    return parse_day(typed, today) if typed.strip() else None


def read_past_day(typed: str, today: date) -> date:
    """Return a day that is not to come; without a year it is the last such day.

    Raises:
        BadInput: it is no day, it is to come, or it is before any ledger began.
    """
    day = parse_day(typed, today, past=True)
    if day.year < FIRST_YEAR:
        raise BadInput("Write a day that the shop has seen.", reason="bad-day")
    if day > today:
        raise BadInput(f"{day_text(day)} is still to come.", reason="bad-day")
    return day


def parse_month(typed: str, today: date) -> date:
    """Return the first day of the month that somebody typed; without a year the last such month.

    >>> now = date(2026, 11, 21)
    >>> [str(parse_month(text, now)) for text in ("2026-11", "oct 2025", "12.2025", "dec")]
    ['2026-11-01', '2025-10-01', '2025-12-01', '2025-12-01']

    Args:
        typed: A month as ``2026-11``, in words or in numbers; a day stands for its month.
        today: The business day.

    Raises:
        BadInput: it is no month, or one that no ledger has: before 1970, or after 9998.
    """
    text = plain_forms(typed).strip().casefold()
    try:
        month = _month_of_words(text, today)
    except (ValueError, BadInput):
        month = None
    if month is None or not FIRST_YEAR <= month.year <= LAST_YEAR:
        said = fit(shown(typed.strip()), 40).strip()
        raise BadInput(
            f"“{said}” is not a month: write it such as {short_month(today)} or {today:%Y-%m}.",
            reason="bad-month",
        )
    return month


def short_month(day: date) -> str:
    """Return a day's month in few cells.

    >>> short_month(date(2026, 11, 29))
    'Nov 2026'
    """
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def month_text(day: date) -> str:
    """Return a day's month in words, in whichever language the machine is set to.

    >>> month_text(date(2026, 11, 29))
    'November 2026'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def _month_of_words(text: str, today: date) -> date:
    if text.isascii() and text[:4].isdecimal() and "-" in text:
        day = f"{text}-01" if len(text) == len("2026-11") else text
        return date.fromisoformat(day).replace(day=1)
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) == 1 and text not in _NEAR:
        month = _month(parts[0])
        return date(today.year - (month > today.month), month, 1)
    if len(parts) == 2 and len(parts[1]) == len("2026"):
        return date(_number(parts[1]), _month(parts[0]), 1)
    return parse_day(text, today, past=True).replace(day=1)


def _of_words(text: str, today: date, *, past: bool) -> date:
    """Return the day of ``29 nov``, ``nov 29 2026`` or ``29.11.2026``; `ValueError` for none."""
    parts = [part for part in _PARTS.split(text) if part]
    if not 2 <= len(parts) <= 3:
        raise ValueError(text)
    if parts[0].isalpha():
        parts[:2] = parts[1::-1]
    day, month = _number(parts[0]), _month(parts[1])
    if len(parts) > 2:
        number = _number(parts[2])
        return date(number if number >= _CENTURY else 2000 + number, month, day)
    step = -1 if past else 1
    for away in range(_YEARS_TO_A_LEAP_DAY + 1):
        try:
            found = date(today.year + step * away, month, day)
        except ValueError:
            # 29 February is in one year of four, or of eight.
            if (month, day) != (2, 29):
                raise
            continue
        if found == today or (found < today) is past:
            return found
    raise ValueError(text)


def _month(text: str) -> int:
    if text.isdecimal():
        return _number(text)
    found = [n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(text)]
    if len(text) < 3 or len(found) != 1:
        raise ValueError(text)
    return found[0]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise ValueError(text)
    return int(text)
