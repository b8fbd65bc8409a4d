"""Serving hours are a hint: what is not surely outside of them is not called so."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core.hours import is_outside

SATURDAY = datetime(2026, 11, 21, 17, 40)  # noqa: DTZ001 - the clock on the shop's wall


@pytest.mark.parametrize(
    ("hours", "outside"),
    [
        ("14-18", False),
        ("14:00-17:40", True),
        ("14:00-17:41", False),
        ("17.40 – 18", False),
        ("8 to 12", True),
        ("22-2", True),
        ("17-2", False),
        ("0-24", False),
        ("Sat 14-18", False),
        ("Saturdays 14-18", False),
        ("Mon-Fri 14-18", True),
        ("Mon–Sun, 14h00-18h00", False),
        ("Fri-Mon 14-18", False),
        ("Sun-Thu 14-18", True),
        ("Mon-Fri", None),
        ("after closing", None),
        ("25-26", None),
        ("14:60-18", None),
        ("14-18, 19-21", None),
        ("", None),
    ],
)
def test_hours_as_people_write_them(hours: str, outside: bool | None) -> None:
    assert is_outside(hours, SATURDAY) is outside


@pytest.mark.parametrize(
    ("hours", "day", "hour", "outside"),
    [
        ("Fri 22:00-02:00", 20, 23, False),
        ("Fri 22:00-02:00", 21, 1, False),
        ("Fri 22:00-02:00", 21, 2, True),
        ("Fri 22:00-02:00", 20, 1, True),
        ("Fri 22:00-02:00", 21, 23, True),
        ("Fri-Sat 22-2", 22, 1, False),
        ("Mon-Fri 22-2", 22, 1, True),
        ("Sun 22-2", 23, 1, False),
        ("Sun 22-2", 22, 1, True),
        ("Fri 24-2", 21, 1, False),
        ("Fri 18-24", 21, 0, True),
        ("Fri 6-6", 21, 5, False),
        ("Fri 6-6", 20, 5, True),
    ],
)
def test_hours_over_midnight_are_those_of_the_day_on_which_they_begin(
    hours: str, day: int, hour: int, outside: bool
) -> None:
    # The 20th is a Friday.
    at = datetime(2026, 11, day, hour)  # noqa: DTZ001 - the clock on the shop's wall
    assert is_outside(hours, at) is outside


@given(st.text(max_size=40), st.datetimes())
def test_any_words_are_taken(hours: str, at: datetime) -> None:
    assert is_outside(hours, at) in (True, False, None)


@given(st.integers(0, 23), st.integers(0, 23), st.datetimes())
def test_two_halves_of_a_day_are_the_whole(begins: int, ends: int, at: datetime) -> None:
    if begins != ends:
        there = (is_outside(f"{begins}-{ends}", at), is_outside(f"{ends}-{begins}", at))
        assert sorted(there, key=bool) == [False, True]
