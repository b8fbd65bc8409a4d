"""Days as they are typed and read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from payforward.core.days import day_text, parse_day, parse_month, read_day, read_past_day
from payforward.core.errors import BadInput

NOW = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "next_such", "last_such"),
    [
        ("2026-11-29", "2026-11-29", "2026-11-29"),
        ("20261129", "2026-11-29", "2026-11-29"),
        (" 2026-02-28 ", "2026-02-28", "2026-02-28"),
        ("２９ Nov", "2026-11-29", "2025-11-29"),
        ("29 november", "2026-11-29", "2025-11-29"),
        ("21 Nov", "2026-11-21", "2026-11-21"),
        ("20.11.", "2027-11-20", "2026-11-20"),
        ("Nov 29, 2026", "2026-11-29", "2026-11-29"),
        ("29.11.26", "2026-11-29", "2026-11-29"),
        ("29. 11. 2026", "2026-11-29", "2026-11-29"),
        ("29 feb", "2028-02-29", "2024-02-29"),
        ("Tomorrow", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_day_is_read_in_many_forms(typed: str, next_such: str, last_such: str) -> None:
    assert parse_day(typed, NOW).isoformat() == next_such
    assert parse_day(typed, NOW, past=True).isoformat() == last_such


@pytest.mark.parametrize(
    "typed",
    [
        *("", "soon", "31 nov", "2026-02-30", "29", "nov", "29 j", "29 nov x", "1 2 3 4", "0.0.0"),
        *("1.1.-", "29 nov 20266", "2026-11-29-1", "29 nov 2026 2026", "9" * 99, "- -", "nov nov"),
    ],
)
def test_what_is_no_day_is_refused_with_one_that_is(typed: str) -> None:
    with pytest.raises(
        BadInput, match="is not a day: write it such as 21 Nov 2026 or 2026-11-21"
    ) as e:
        parse_day(typed, NOW)
    assert e.value.reason == "bad-day"


def test_what_is_written_is_read_again() -> None:
    for days in range(0, 3000, 7):
        day = NOW + timedelta(days=days)
        assert parse_day(day_text(day), NOW) == day == parse_day(str(day), NOW, past=True)


def test_a_field_may_be_empty_and_a_past_day_is_not_to_come() -> None:
    assert read_day(" ", NOW) is None
    assert read_past_day("21 nov", NOW) == NOW
    with pytest.raises(BadInput, match="22 Nov 2026 is still to come"):
        read_past_day("tomorrow", NOW)
    with pytest.raises(BadInput, match="has seen"):
        read_past_day("1 Jan 1900", NOW)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2026-11-30", date(2026, 11, 1)),
        ("nov", date(2026, 11, 1)),
        ("December", date(2025, 12, 1)),
        ("Oct 2024", date(2024, 10, 1)),
        (" 7.2025 ", date(2025, 7, 1)),
        ("yesterday", date(2026, 11, 1)),
        ("1970-01", date(1970, 1, 1)),
    ],
)
def test_months_are_read_as_people_write_them(typed: str, month: date) -> None:
    assert parse_month(typed, NOW) == month


@pytest.mark.parametrize("typed", ["", "soon", "2026", "13", "2026-13", "0001-01", "9999-12", "ju"])
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="write it such as Nov 2026 or 2026-11") as no:
        parse_month(typed, NOW)
    assert no.value.reason == "bad-month"
