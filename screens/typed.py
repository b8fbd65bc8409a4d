"""What people type into forms: how many, which day, which folder."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from payforward.core.errors import BadInput
from payforward.core.matching import find_by_letters
from payforward.core.text import plain_forms, shown
from screens.menu_file import expand
from screens.telling import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

_DIGITS: Final = 5
_CENTURY: Final = 100

FIRST_YEAR: Final = 1970
"""No ledger has anything of before."""


def read_count(typed: str) -> int:
    """Return how many, at least one.

    >>> read_count(" １2 ")
    12

    Raises:
        BadInput: it is no such number.
    """
    count = plain_forms(typed).strip()
    if not (count.isascii() and count.isdigit() and len(count) <= _DIGITS and int(count)):
        raise BadInput("Write how many as a number, such as 10.", reason="bad-count")
    return int(count)


def read_few(typed: str) -> int:
    """Return how many, which may be none; an empty field is none.

    >>> read_few(""), read_few("0"), read_few("3")
    (0, 0, 3)

    Raises:
        BadInput: it is no number.
    """
    return read_count(typed) if plain_forms(typed).strip().strip("0") else 0


def read_wish(typed: str) -> int | None:
    """Return how many, or None where nothing was typed.

    >>> read_wish(" "), read_wish("20")
    (None, 20)

    Raises:
        BadInput: it is no such number.
    """
    return read_count(typed) if typed.strip() else None


def said_date(day: date | None) -> str:
    """Return a day as it stands in a field, to be read again by `read_day`.

    >>> said_date(date(2026, 11, 29)), said_date(None)
    ('29 Nov 2026', '')
    """
    return "" if day is None else f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def read_day(typed: str, today: date) -> date | None:
    """Return a day, or None where nothing was typed; without a year it is the next such day.

    >>> now = date(2026, 11, 21)
    >>> [str(read_day(text, now)) for text in ("29 nov", "29.11.", "1 February", "2026-12-24")]
    ['2026-11-29', '2026-11-29', '2027-02-01', '2026-12-24']
    >>> str(read_day("tomorrow", now)), read_day("", now)
    ('2026-11-22', None)

    Raises:
        BadInput: it is no day.
    """
    text = plain_forms(typed).strip().casefold()
    if not text:
        return None
    near = {"today": 0, "tomorrow": 1}.get(text)
    if near is not None:
        return today + timedelta(days=near)
    try:
        return _date(text, today)
    except ValueError:
        raise BadInput(
            "Write the day such as 29 Nov or 2026-11-29, or nothing at all.", reason="bad-date"
        ) from None


def read_past_day(typed: str, today: date) -> date:
    """Return a day that is not to come; without a year it is the last such day.

    >>> now = date(2026, 11, 21)
    >>> [str(read_past_day(text, now)) for text in ("31 oct", "21.11.", "1 Dec", "2024-02-29")]
    ['2026-10-31', '2026-11-21', '2025-12-01', '2024-02-29']
    >>> str(read_past_day("yesterday", now))
    '2026-11-20'

    Raises:
        BadInput: it is no day, or it is to come.
    """
    text = plain_forms(typed).strip().casefold()
    near = {"today": 0, "yesterday": 1}.get(text)
    try:
        day = _last_such(text, today) if near is None else today - timedelta(days=near)
    except (ValueError, IndexError, OverflowError):
        raise BadInput("Write the day such as 31 Oct or 2026-10-31.", reason="bad-date") from None
    if day.year < FIRST_YEAR:
        raise BadInput("Write a day that the shop has seen.", reason="bad-date")
    if day > today:
        raise BadInput(f"{said_date(day)} is still to come.", reason="bad-date")
    return day


def _last_such(text: str, today: date) -> date:
    """Return the day of a text; without a year the last such day, which is today at most."""
    for years in range(8):
        year = today.year - years
        has_year = text.count("-") == 2 or len(text.replace(".", " ").split()) > 2
        try:
            day = _date(text if has_year else f"{text.rstrip(' .')} {year}", today)
        except ValueError:
            # 29 February is in one year of four, or of eight where a century begins.
            if has_year or years == 7:
                raise
            continue
        if has_year or day <= today:
            return day
    raise ValueError(text)


def _date(text: str, today: date) -> date:
    if text.count("-") == 2:
        return date.fromisoformat(text)
    parts = text.replace(".", " ").split()
    day, month = int(parts[0]), _month(parts[1] if len(parts) > 1 else "")
    if len(parts) > 2:
        year = int("".join(parts[2:]))
        return date(year if year > _CENTURY else 2000 + year, month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    found = [n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(text)]
    if len(text) < 3 or len(found) != 1:
        raise ValueError(text)
    return found[0]


def read_one_of(typed: str, choices: Sequence[T], name: Callable[[T], str], none: str) -> T:
    """Return the choice that the first letters of any of its words name.

    Args:
        typed: The letters.
        choices: What there is.
        name: Returns what a choice is called.
        none: The complaint where none is so called; ``{}`` stands for what was typed.

    Raises:
        BadInput: none is so called.
    """
    places = find_by_letters(typed, [name(each) for each in choices])
    if not places:
        raise BadInput(none.format(f"“{shown(typed[:40])}”"), reason="unknown-name")
    return choices[places[0]]


def read_folder(typed: str) -> Path:
    """Return the folder that was typed, ``~`` being the person's own."""
    return expand(typed, home=Path.home(), here=Path.cwd())


def usual_folder() -> str:
    """Return where files go if nobody says, as it is typed."""
    return "~/Documents" if (Path.home() / "Documents").is_dir() else "~"
