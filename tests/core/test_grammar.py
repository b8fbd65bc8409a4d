"""The counter's input is understood as it is typed, in any state of half-typed."""

from __future__ import annotations

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from payforward.core.errors import BadInput
from payforward.core.grammar import Typed, Verb, parse_entry, quantity

GIVE, SERVE = Verb.GIVE, Verb.SERVE


@pytest.mark.parametrize(
    ("text", "verb", "number", "letters", "explicit"),
    [
        ("", None, None, "", False),
        ("  \t", None, None, "", False),
        ("fl", SERVE, None, "fl", False),
        ("-", SERVE, None, "", True),
        ("+", GIVE, None, "", True),
        ("-fl", SERVE, None, "fl", True),
        ("−fl", SERVE, None, "fl", True),
        ("–fl", SERVE, None, "fl", True),
        ("－fl", SERVE, None, "fl", True),
        ("+ca", GIVE, None, "ca", True),
        ("＋ca", GIVE, None, "ca", True),
        ("+2ca", GIVE, "2", "ca", True),
        (" + 2 ca ", GIVE, "2", "ca", True),
        ("＋２ｃａ", GIVE, "2", "ca", True),
        ("+2", GIVE, "2", "", True),
        ("2", SERVE, "2", "", False),
        ("12la lg", SERVE, "12", "la lg", False),
        ("+12.50", GIVE, "12.50", "", True),
        ("+12,5", GIVE, "12,5", "", True),
        ("+12.", GIVE, "12.", "", True),
        ("+.50", GIVE, ".50", "", True),
        ("ca2", SERVE, "2", "ca", False),
        ("+ca 2", GIVE, "2", "ca", True),
        ("fu 20", SERVE, "20", "fu", False),
        ("+fu12,50", GIVE, "12,50", "fu", True),
        ("+la lg 3", GIVE, "3", "la lg", True),
        ("1 7up", SERVE, "1", "7up", False),
        ("2la 12", SERVE, "2", "la 12", False),
        ("李雷", SERVE, None, "李雷", False),
        ("+２李", GIVE, "2", "李", True),
        ("Zoe\u0308", SERVE, None, "Zoë", False),
        ("\x1b[Ala", SERVE, None, "[Ala", False),
        ("++ca", GIVE, None, "+ca", True),
        ("ca+", SERVE, None, "ca+", False),
        (".", SERVE, None, ".", False),
        ("+2.ca", GIVE, "2.", "ca", True),
    ],
)
def test_an_entry_has_a_verb_a_number_and_letters(
    text: str, verb: Verb | None, number: str | None, letters: str, explicit: bool
) -> None:
    assert parse_entry(text) == Typed(verb, number, letters, explicit)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("+shoes 42", "shoes 42"),
        ("+shoes42", "shoes42"),
        ("+3shoes 42", ""),
        ("+shoes", ""),
        ("+42", ""),
        ("", ""),
    ],
)
def test_a_number_behind_letters_may_be_part_of_a_name(text: str, name: str) -> None:
    assert parse_entry(text).name == name


@pytest.mark.parametrize(
    ("text", "count"), [("ca", None), ("2ca", 2), ("+99", 99), ("02", 2), ("ca12", 12), ("", None)]
)
def test_a_count_has_one_or_two_digits(text: str, count: int | None) -> None:
    assert quantity(parse_entry(text)) == count


@pytest.mark.parametrize("text", ["0ca", "00", "100ca", "+1.5", "2,ca", ".5", "ca0", "9" * 70])
def test_what_is_no_count_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="write a whole number from 1 to 99") as refused:
        quantity(parse_entry(text))
    assert refused.value.reason == "bad-count"


@given(st.one_of(st.text(), st.text("+-−12.,０ ca李\u0301\x1b", max_size=12)))
def test_any_text_is_understood_or_refused(text: str) -> None:
    typed = parse_entry(text)
    assert typed.letters == typed.letters.strip()
    assert (typed.verb is None) == (not (typed.letters or typed.number or typed.explicit))
    try:
        count = quantity(typed)
    except BadInput:
        event("refused")
        assert typed.number is not None
    else:
        assert count is None or 1 <= count <= 99
        assert (count is None) == (typed.number is None)


@given(st.sampled_from("+-"), st.integers(1, 99), st.text("abcxyz", min_size=1, max_size=5))
def test_the_number_may_stand_on_either_side(sign: str, count: int, letters: str) -> None:
    before = parse_entry(f"{sign}{count}{letters}")
    assert (
        before == parse_entry(f"{sign}{letters}{count}") == parse_entry(f"{sign} {letters} {count}")
    )
    assert quantity(before) == count
    assert before.letters == letters
