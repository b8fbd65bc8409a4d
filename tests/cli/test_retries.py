"""Asked again under the same id when the world has changed: the same answer, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.at import set_clock
from tests.cli.pools import pools

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"
TO_SHELTER = ("--program", "Coats", "--partner", "Shelter")
COAT = ("collect", "coat m", "--count", "3")
CHANGE, RETIRE = ("programs", "change"), ("programs", "retire")
RENAME = ("partners", "rename", "Shelter", "Night shelter")


@pytest.fixture
def shop(pay: Pay, monkeypatch: pytest.MonkeyPatch) -> Pay:
    """Return the shop on a day of its own, with a program of each kind and two partners."""
    set_clock(monkeypatch, "2026-11-23")
    pay.done("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S, M")
    pay.done("programs", "add", "Jar", "--kind", "charity")
    pay.done("programs", "add", "Class 3b", "--kind", "forward")
    pay.done("programs", "add", "Soups", "--kind", "giveaway", "--item", "soup", "--item", "tea")
    pay.done("partners", "add", "Shelter")
    pay.done("partners", "add", "Red Cross")
    pay.done("give", "latte", "--count", "4")
    return pay


def _empty(program: str) -> tuple[tuple[str, ...], ...]:
    return ("deliver", "--program", program, "--partner", "Red Cross"), (*RETIRE, program)


@pytest.mark.parametrize(
    ("ask", "meanwhile"),
    [
        (COAT, [("programs", "goods", "Coats", "coat m", "--drop")]),
        (COAT, [*_empty("Coats")]),
        (COAT, [("programs", "add", "Toys", "--kind", "drive", "--goods", "Toy")]),
        ((*COAT, "--program", "Coats"), [(*CHANGE, "Coats", "--name", "Winter")]),
        (
            (*COAT, "--program", "Coats"),
            [*_empty("Coats"), ("programs", "add", "Coats", "--kind", "drive", "--goods", "Hat")],
        ),
        (
            ("deliver", *TO_SHELTER, "--part", "coat m=1", "--part", "Coat S=2"),
            [
                ("programs", "goods", "Coats", "coat", "--sizes", "S,M", "--drop"),
                *_empty("Coats"),
                ("partners", "retire", "Shelter"),
            ],
        ),
        (
            ("deliver", *TO_SHELTER),
            [(*CHANGE, "Coats", "--name", "Winter"), RENAME],
        ),
        (
            ("deliver", *TO_SHELTER),
            [("partners", "retire", "Shelter")],
        ),
        (("giveaway", "soup"), [("items", "retire", "soup")]),
        (("giveaway", "soup"), [(*RETIRE, "Soups")]),
        (("giveaway", "soup"), [("programs", "add", "Teas", "--kind", "giveaway")]),
        (("giveaway", "soup", "--program", "soups"), [(*CHANGE, "Soups", "--name", "Warm")]),
        (("pass-on", "latte", "--partner", "shelter"), [RENAME, ("items", "retire", "latte")]),
        (
            ("give", "tea", "--program", "class 3b"),
            [(*CHANGE, "Class 3b", "--name", "Class 4b"), ("items", "retire", "tea")],
        ),
        (("give", "--money", "5", "--program", "Jar"), [*_empty("Jar")]),
        (("redeem", "latte"), [("items", "retire", "latte")]),
        (
            ("redeem", "latte", "--program", "pay it forward"),
            [(*CHANGE, "pay it forward", "--name", "Forward")],
        ),
        (
            ("vouchers", "hand-out", "latte", "--partner", "Shelter", "--count", "2"),
            [RENAME],
        ),
        (
            ("vouchers", "hand-out", "latte", "--partner", "Shelter"),
            [("partners", "retire", "Shelter"), ("items", "retire", "latte")],
        ),
    ],
)
def test_who_asks_again_means_what_was_meant_then(
    shop: Pay,
    monkeypatch: pytest.MonkeyPatch,
    ask: tuple[str, ...],
    meanwhile: list[tuple[str, ...]],
) -> None:
    if ask[0] == "deliver":
        shop.done("collect", "coat m", "--count", "2")
        shop.done("collect", "coat s", "--count", "4")
    first = shop.json(*ask, "--id", ID)
    for each in meanwhile:
        shop.done(*each)
    before: Any = pools(shop.path)
    for day in ("2026-11-23", "2026-11-24"):
        set_clock(monkeypatch, day)
        again = shop.json(*ask, "--id", ID)
        assert (first["repeated"], again["repeated"]) == (False, True)
        assert (again["action"], again.get("day")) == (ID, first.get("day"))
        assert pools(shop.path) == before


@pytest.mark.parametrize("how", ["deliver", "pass-on"])
def test_after_midnight_a_retry_finds_the_file_that_the_first_try_wrote(
    shop: Pay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    shop.done(*COAT)
    file = tmp_path / "manifest.txt"
    what = ("--program", "Coats") if how == "deliver" else ("latte",)
    ask = (how, *what, "--partner", "Shelter", "--slip", file, "--id", ID)
    assert shop.json(*ask)["files"] == [str(file)]
    wrote = file.read_bytes()
    set_clock(monkeypatch, "2026-11-24")
    again = shop.json(*ask)
    assert (again["repeated"], again["files"]) == (True, [])
    assert file.read_bytes() == wrote
    file.unlink()
    shop.json(*ask)
    assert file.read_bytes() == wrote


@pytest.mark.parametrize(
    "other",
    [
        ("collect", "coat s", "--count", "3"),
        ("collect", "coat m", "--count", "2"),
        ("collect", "coat m", "--count", "3", "--program", "Toys"),
        ("give", "latte", "--count", "3"),
        ("deliver", *TO_SHELTER),
        ("pass-on", "latte", "--count", "3", "--partner", "Shelter"),
        ("vouchers", "hand-out", "latte", "--partner", "Shelter"),
    ],
)
def test_an_id_of_something_else_is_refused(shop: Pay, other: tuple[str, ...]) -> None:
    shop.done("programs", "add", "Toys", "--kind", "drive", "--goods", "Coat: M")
    shop.done(*COAT, "--program", "Coats", "--id", ID)
    if "--program" not in other and other[0] == "collect":
        other = (*other, "--program", "Coats")
    assert shop.refused(*other, "--id", ID)[:2] == (1, "id-used")


def test_the_id_of_nothing_that_was_done_finds_nothing_that_left(shop: Pay) -> None:
    shop.done("items", "retire", "tea")
    shop.done("partners", "retire", "Shelter")
    assert shop.refused("giveaway", "tea", "--id", ID)[1] == "unknown-item"
    ask = ("pass-on", "latte", "--partner", "Shelter", "--id", ID)
    assert shop.refused(*ask)[1] == "unknown-partner"


def test_goods_that_were_never_asked_for_are_named_even_in_a_retry(shop: Pay) -> None:
    shop.done("collect", "coat m")
    shop.done("collect", "coat s")
    shop.done("deliver", *TO_SHELTER, "--id", ID)
    ask = ("deliver", *TO_SHELTER, "--part", "Hat=1", "--id", ID)
    assert shop.refused(*ask)[1] == "unknown-goods"
