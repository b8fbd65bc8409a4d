"""A few letters find the item, a script gets the one that was meant or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core.matching import (
    find_by_letters,
    find_in_turn,
    folded,
    nearest,
    resolve,
)

MENU = [
    "Flat white",
    "Cappuccino",
    "Latte",
    "Latte Lg",
    "Latte macchiato",
    "Café au lait",
    "Soup of the day",
    "White tea",
    "Zoë's scone",
    "O'Hara's stew",
    "Caffè d'orzo",
    "李雷 拿铁咖啡",
    "抹茶ラテ",
    "7up",
    "☕",
    "Crème-brûlée",
]


def found(letters: str) -> list[str]:
    return [MENU[index] for index in find_by_letters(letters, MENU)]


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("fl", ["Flat white"]),
        ("FL", ["Flat white"]),
        ("wh", ["White tea", "Flat white"]),
        ("la", ["Latte", "Latte Lg", "Latte macchiato", "Café au lait"]),
        ("latte", ["Latte", "Latte Lg", "Latte macchiato"]),
        ("la lg", ["Latte Lg"]),
        ("lalg", ["Latte Lg"]),
        ("lm", ["Latte macchiato"]),
        ("flatw", ["Flat white"]),
        ("so day", ["Soup of the day"]),
        ("day so", []),
        ("lg la", []),
        ("zoe", ["Zoë's scone"]),
        ("zoë", ["Zoë's scone"]),
        ("Zoe\u0308", ["Zoë's scone"]),
        ("oh", ["O'Hara's stew"]),
        ("o’h", ["O'Hara's stew"]),
        ("ha", ["O'Hara's stew"]),
        ("or", ["Caffè d'orzo"]),
        ("caf", ["Caffè d'orzo", "Café au lait"]),
        ("bru", ["Crème-brûlée"]),
        ("李", ["李雷 拿铁咖啡"]),
        ("拿铁", ["李雷 拿铁咖啡"]),
        ("咖啡", ["李雷 拿铁咖啡"]),
        ("ラテ", ["抹茶ラテ"]),
        ("7u", ["7up"]),
        ("up", ["7up"]),
        ("☕", ["☕"]),
        ("ｆｌ", ["Flat white"]),
        ("tte", []),
        ("x", []),
        ("", []),
        ("   ", []),
    ],
)
def test_letters_find_items_the_likeliest_first(letters: str, names: list[str]) -> None:
    assert found(letters) == names


def test_of_one_length_the_menus_order_holds() -> None:
    assert find_by_letters("te", ["Tea b", "Tea a", "Tea"]) == [2, 0, 1]


def test_kana_with_another_voicing_is_another_word() -> None:
    assert find_by_letters("バ", ["パン", "バナナ"]) == [1]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("la", [[0], [1]]),
        ("coat m", [[], [0]]),
        ("com", [[1], [0]]),
        ("coat", [[], [0]]),
        ("col", [[1], []]),
        ("cwm", [[1], []]),
        ("", [[], []]),
    ],
)
def test_of_several_lists_each_answers_and_none_with_a_riddle_before_a_name(
    letters: str, found: list[list[int]]
) -> None:
    menu = ["Latte", "Cold white mocha on oat milk"]
    assert find_in_turn(letters, [menu, ["Coat M", "Lamp"]]) == found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Latte", "Latte"),
        ("LATTE", "Latte"),
        (" latte ", "Latte"),
        ("Latte Regular", "Latte"),
        ("latte  REGULAR", "Latte"),
        ("latte lg", "Latte Lg"),
        ("latte l", None),
        ("cafe au lait", "Café au lait"),
        ("fl", None),
        ("flat w", None),
        ("tea", None),
        ("李雷", None),
        ("la", None),
        ("wh", None),
        ("regular", None),
        ("mocha", None),
        ("咖啡", None),
        ("", None),
    ],
)
def test_a_typed_item_is_the_one_that_was_meant_or_none(typed: str, name: str | None) -> None:
    index = resolve(typed, MENU)
    assert (None if index is None else MENU[index]) == name


def test_accents_tell_apart_what_nothing_else_does() -> None:
    names = ["Pate", "Pâté", "Paté"]
    assert [resolve(each, names) for each in ("pate", "PÂTÉ", "pâte")] == [0, 1, None]


def test_an_item_that_is_called_regular_comes_before_the_only_size() -> None:
    assert resolve("latte regular", ["Latte", "Latte Regular"]) == 1


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("capuchino", ["Cappuccino"]),
        ("late", ["Latte", "Latte Lg", "Latte macchiato"]),
        ("cafe", ["Café au lait", "Caffè d'orzo"]),
        ("flatwhite", ["Flat white"]),
        ("sope", ["Soup of the day"]),
        ("zzzzz", []),
        ("", []),
    ],
)
def test_a_wrong_name_is_answered_with_near_ones(typed: str, names: list[str]) -> None:
    assert nearest(typed, MENU)[: len(names) or None] == names


def test_no_more_names_than_asked_for() -> None:
    assert nearest("la", MENU, limit=2) == ["Latte", "Latte Lg"]
    assert nearest("late", MENU, limit=1) == ["Latte"]
    assert nearest("x" * 10_000, MENU) == []


texts = st.text(max_size=12)


@given(texts, st.lists(texts, max_size=8))
def test_any_text_finds_each_place_at_most_once(typed: str, names: list[str]) -> None:
    places = find_by_letters(typed, names)
    assert len(set(places)) == len(places)
    assert set(places) <= set(range(len(names)))
    assert set(nearest(typed, names)) <= set(names)
    one = resolve(typed, names)
    assert one is None or 0 <= one < len(names)


@given(st.lists(st.sampled_from(MENU), min_size=1, unique=True), st.data())
def test_a_whole_name_finds_itself_first(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    assert names[find_by_letters(name.upper(), names)[0]] == name
    assert resolve(name, names) == names.index(name)
    assert nearest(name, names)[0] == name


@given(texts)
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
