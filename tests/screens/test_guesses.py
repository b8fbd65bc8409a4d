"""What the machine is asked about the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.currencies import codes, currency
from payforward.core.errors import BadInput
from screens.setup import guesses
from screens.setup.guesses import find_zone, guess_currency, guess_zone, zone_names
from screens.setup.typed_items import read_items

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("env", "code"),
    [
        ({"LANG": "en_US.UTF-8"}, "USD"),
        ({"LANG": "de_DE.UTF-8"}, "EUR"),
        ({"LC_ALL": "ja_JP", "LANG": "de_DE.UTF-8"}, "JPY"),
        ({"LC_MONETARY": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, "SEK"),
        ({"LANG": "ca_ES@valencia"}, "EUR"),
        ({"LANG": "C"}, "EUR"),
        ({}, "EUR"),
    ],
)
def test_a_currency_from_the_locale(env: dict[str, str], code: str) -> None:
    assert guess_currency(env) == code


def test_every_guess_is_a_currency() -> None:
    assert set(guesses._TERRITORIES) <= set(codes())


@pytest.mark.parametrize(
    ("tz", "name"),
    [
        ("Europe/Rome", "Europe/Rome"),
        (":Europe/Rome", "Europe/Rome"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "UTC"),
        ("../../etc/passwd", "UTC"),
        ("", "UTC"),
    ],
)
def test_a_zone_from_the_environment(tz: str, name: str, tmp_path: Path) -> None:
    assert guess_zone({"TZ": tz}, localtime=tmp_path / "none") == name


def test_a_zone_from_the_machine(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert guess_zone({}, localtime=link) == "America/New_York"
    assert guess_zone({"TZ": "UTC"}, localtime=link) == "UTC"


def test_a_copied_localtime_says_nothing(tmp_path: Path) -> None:
    copied = tmp_path / "localtime"
    copied.write_bytes(b"TZif2")
    assert guess_zone({}, localtime=copied) == "UTC"


def test_a_city_is_enough() -> None:
    names = zone_names()
    assert find_zone("  rome ", names) == "Europe/Rome"
    assert find_zone("NEW YORK", names) == "America/New_York"
    assert find_zone("utc", names) == "UTC"
    with pytest.raises(BadInput, match=r"several: write .* or "):
        find_zone("louisville", ["America/Louisville", "America/Kentucky/Louisville"])
    for nothing in ("", "Atlantis", "../etc"):
        with pytest.raises(BadInput, match="There is no time zone"):
            find_zone(nothing, names)


@pytest.mark.parametrize(
    ("line", "name", "minor"),
    [
        ("Flat white 3.50", "Flat white", 350),
        ("Flat white 3,50", "Flat white", 350),
        ("Flat white, 3.50", "Flat white", 350),
        ("Flat white; €3.50", "Flat white", 350),
        ("Flat white = 3.50 €", "Flat white", 350),
        ("Flat white - 3.50 EUR", "Flat white", 350),
        ("Flat white EUR 3.50", "Flat white", 350),
        ("Flat white\t4", "Flat white", 400),
        ("7 Up 2", "7 Up", 200),
        ("Route 66 2.50", "Route 66", 250),
        ("Menu 2 12.00", "Menu 2", 1200),
        ("[b]Bold[/b] 1", "[b]Bold[/b]", 100),
    ],
)
def test_a_line_is_an_item(line: str, name: str, minor: int) -> None:
    (row,) = read_items(line, currency("EUR"))
    assert (row.name, row.price.minor) == (name, minor)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Flat white", "Line 1: the price is missing"),
        ("Tea 2\nFlat white", "Line 2: the price is missing"),
        ("3.50", "Line 1: The item's name is empty"),
        ("Tea 2\n\nTEA 3", "Line 3: TEA is on line 1 already"),
        ("Tea 1,500", "Line 1: 1,500 could be"),
        ("Tea 0", "Line 1: Zero is not an amount"),
        ("Tea 2.555", "Line 1: "),
        ("Tea $2", "Line 1: $2 is not in EUR"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_items(text, currency("EUR"))
    assert refused.value.message.startswith(sentence)
