"""Codes find their own errors, are found in whatever a scanner types, and keep to themselves."""

from __future__ import annotations

import itertools
import logging
import random
import traceback
from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core import codes
from payforward.core.codes import ALPHABET, BadCode, Code

SAMPLE = "BCDEFGHJKNPRSTVXBCPR"


def some_codes(count: int, seed: int = 1) -> list[str]:
    """Return codes that are the same at every run."""
    draw = random.Random(seed).randbytes
    return [codes.new_code(draw).letters for _ in range(count)]


def replaced(code: str, *changes: tuple[int, str]) -> str:
    letters = list(code)
    for place, letter in changes:
        letters[place] = letter
    return "".join(letters)


# -- every error of the usual kinds, over many codes --------------------------------------------


@pytest.mark.parametrize("code", some_codes(20))
def test_every_wrong_letter_is_found(code: str) -> None:
    assert codes.is_valid(code)
    for place, letter in itertools.product(range(20), ALPHABET):
        assert codes.is_valid(replaced(code, (place, letter))) == (letter == code[place])


@pytest.mark.parametrize("apart", [1, 2], ids=["neighbours", "over one letter"])
def test_every_swap_is_found(apart: int) -> None:
    for code in some_codes(300):
        for first in range(20 - apart):
            one, other = code[first], code[first + apart]
            swapped = replaced(code, (first, other), (first + apart, one))
            assert codes.is_valid(swapped) == (one == other)


@pytest.mark.parametrize("apart", [1, 2], ids=["BB for CC", "BxB for CxC"])
def test_every_twin_is_found(apart: int) -> None:
    found = 0
    for code in some_codes(200):
        for first in range(20 - apart):
            if code[first] == code[first + apart]:
                for letter in ALPHABET.replace(code[first], ""):
                    found += 1
                    wrong = replaced(code, (first, letter), (first + apart, letter))
                    assert not codes.is_valid(wrong)
    assert found > 1_000


# -- the same for every code there can be, by algebra -------------------------------------------


def sums_of(errors: dict[int, int]) -> tuple[int, int]:
    """Return what places with these differences add to a code's sums."""
    letters = [ALPHABET[0]] * codes.LENGTH
    for place, difference in errors.items():
        letters[place] = ALPHABET[difference]
    return codes._sums("".join(letters))


def product(one: int, other: int) -> int:
    """Return the product in GF(16), by long multiplication modulo x^4 + x + 1."""
    total = 0
    for bit in range(4):
        if other >> bit & 1:
            total ^= one << bit
    for bit in (6, 5, 4):
        if total >> bit & 1:
            total ^= 0b10011 << (bit - 4)
    return total


def test_the_arithmetic_is_that_of_a_field() -> None:
    for one, other in itertools.product(range(16), repeat=2):
        assert codes._product(one, other) == product(one, other)
        if other:
            assert product(codes._divided(one, other), other) == one


def test_what_two_codes_differ_by_is_a_code() -> None:
    # So an error is seen or not whatever the code is, and trying each error once proves it.
    for one, other in itertools.pairwise(some_codes(200)):
        between = [ALPHABET.index(a) ^ ALPHABET.index(b) for a, b in zip(one, other, strict=True)]
        assert codes.is_valid("".join(ALPHABET[value] for value in between))


def test_no_error_of_one_place_and_no_equal_one_of_two_near_places_is_missed() -> None:
    # An equal difference at two places is a swap as well as a twin.
    for difference in range(1, 16):
        for place in range(20):
            assert sums_of({place: difference}) != (0, 0)
            for apart in (1, 2):
                if place + apart < 20:
                    both = {place: difference, place + apart: difference}
                    assert sums_of(both) != (0, 0)


def test_two_wrong_letters_are_found_but_for_one_in_nine_hundred() -> None:
    columns = [[sums_of({place: value}) for value in range(16)] for place in range(20)]
    missed = tried = 0
    for one, other in itertools.combinations(range(20), 2):
        for first, second in itertools.product(columns[one][1:], columns[other][1:]):
            tried += 1
            missed += first == second
    assert tried == 190 * 225
    assert missed == 3 * 15
    assert 1 - missed / tried > 0.998


def test_the_check_letters_look_like_the_others() -> None:
    drawn = some_codes(8_000)
    for place in (*range(3), 17, 18, 19):
        counts = Counter(code[place] for code in drawn)
        # Of 8,000 draws 500 are expected of each; six standard deviations are 130.
        assert all(370 < counts[letter] < 630 for letter in ALPHABET), place
    assert len(set(drawn)) == len(drawn)


def _same(drawn: bytes, _: int) -> bytes:
    return drawn


def test_every_byte_counts() -> None:
    drawn = [bytes(at) + b"\x01" + bytes(codes.RANDOM_BYTES - at - 1) for at in range(9)]
    assert len({codes.new_code(partial(_same, one)) for one in drawn}) == len(drawn)
    assert codes.is_valid(codes.new_code().letters)


# -- the verbs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "BCDE",
        SAMPLE[:-1],
        SAMPLE + "B",
        SAMPLE[:-1] + "A",
        SAMPLE[:-1] + "B",
        "ß" * 20,
        "0" * 20,
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert not codes.is_valid(typed)
    with pytest.raises(BadCode) as refused:
        codes.validate(typed)
    assert refused.value.reason == "unreadable-code"
    assert refused.value.message == codes.UNREADABLE


@given(st.binary(min_size=9, max_size=9), st.sampled_from([" ", "-", "–", "\u00a0", ". ", ""]))
def test_a_code_is_itself_again_after_printing_and_typing(drawn: bytes, separator: str) -> None:
    code = codes.new_code(lambda _: drawn)
    printed = codes.format(code.letters, separator)
    assert codes.validate(printed.lower()) == code.letters
    assert codes.format(printed, separator) == printed
    assert codes.looks_like_code(printed)
    assert codes.parse(printed.lower()) == code


def test_a_wrong_code_still_looks_like_one() -> None:
    wrong = SAMPLE[:-1] + "B"
    assert codes.looks_like_code(wrong)
    assert not codes.looks_like_code(wrong[:-1])
    assert not codes.looks_like_code("A" + wrong[1:])


# -- what it says of itself -----------------------------------------------------------------------


@given(st.binary(min_size=9, max_size=9))
def test_a_code_never_shows_its_letters_by_itself(drawn: bytes) -> None:
    code = codes.new_code(lambda _: drawn)
    record = logging.LogRecord("", 0, "", 0, "%s %r", (code, code), None)
    shown = [str(code), repr(code), f"{code}", repr([code]), repr(codes.ending(code.letters))]
    for text in (*shown, record.getMessage()):
        assert not any(group in text for group in codes.format(code.letters).split())


def test_a_refusal_never_shows_what_was_typed() -> None:
    with pytest.raises(BadCode) as refused:
        codes.parse(SAMPLE[:-1] + "B")
    assert "BCDE" not in "".join(traceback.format_exception(refused.value))


def test_equal_letters_are_equal_codes() -> None:
    assert Code(SAMPLE) == Code(SAMPLE)
    assert len({Code(SAMPLE), Code(SAMPLE), codes.new_code()}) == 2
