"""A code is found in whatever a scanner types, and at the end of whatever is typed so far."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core import codes
from payforward.core.codes import ALPHABET, BadCode, Code
from tests.core.test_codes import SAMPLE, some_codes

WRONG = SAMPLE[:-1] + "B"
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in SAMPLE)
"""The letters as a Japanese keyboard may type them."""

every_text = (
    st.text(st.sampled_from(f"{ALPHABET}{ALPHABET.lower()} -/:\n\x02ßIſKＢéE\u0301")) | st.text()
)


@pytest.mark.parametrize(
    "payload",
    [
        "CODE",
        "HTTPS://COFFEE.EXAMPLE/V/CODE",
        "HTTPS://X.EXAMPLE:8080/V/CODE\r\n",
        "ROSA'S CAFE GIFT CODE",
        "BEST GREEN TREE GIFT CODE\r",
        "ẞTRAßE GIFT CODE",
        "\x02CODE\x03\r\n",
        "]Q1HTTPS://COFFEE.EXAMPLE/V/CODE",
        "httpsÖ--host-v-CODE",
        "HTTPS:$$HOST$V$CODE",
        "CODE\t",
        "CODE, please",
        f"{WRONG} CODE",
        f"CODE {WRONG[:10]}",
        "T" * 50 + "/CODE",
        "x" * 5_000 + " CODE",
    ],
)
def test_a_code_is_found_in_what_a_scanner_types(payload: str) -> None:
    for letters in some_codes(40, seed=7):
        for typed in (letters, letters.lower(), codes.format(letters), codes.format(letters, "-")):
            assert codes.find(payload.replace("CODE", typed)) == Code(letters)


@pytest.mark.parametrize(
    "typed",
    [
        WIDE,
        WIDE.lower(),
        SAMPLE.replace("K", "\u212a"),
        SAMPLE.replace("S", "ſ"),
        codes.format(SAMPLE, "\u200b"),
        codes.format(SAMPLE, "\u00ad"),
        codes.format(SAMPLE, " – "),
        SAMPLE[:7] + " " + SAMPLE[7:],
        " ".join(SAMPLE),
    ],
)
def test_letters_count_however_they_are_written(typed: str) -> None:
    assert codes.find(typed) == Code(SAMPLE)
    assert codes.validate(typed) == SAMPLE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\x02\x03\r\n",
        "4006381333931",
        "flat white",
        WRONG,
        SAMPLE[:19],
        "ß" + SAMPLE[1:],
        "ﬀ" + SAMPLE[2:],
        SAMPLE[:5] + "/" + SAMPLE[5:],
        SAMPLE[:3] + "é" + SAMPLE[4:],
        SAMPLE[:3] + "E\u0301" + SAMPLE[4:],
        f"{SAMPLE} {'x' * codes.MOST_TYPED}",
    ],
)
def test_no_code_is_found_where_there_is_none(typed: str) -> None:
    assert codes.find(typed) is None
    with pytest.raises(BadCode):
        codes.parse(typed)


def test_the_last_of_several_codes_counts() -> None:
    one, other = some_codes(2)
    assert codes.find(f"{one} {other}") == Code(other)
    assert codes.find(f"{one}{other}") == Code(other)


@given(every_text)
def test_nothing_that_is_typed_does_any_harm(typed: str) -> None:
    found = codes.find(typed)
    assert found is None or codes.is_valid(found.letters)
    assert codes.is_valid(typed) <= (found is not None)
    end = codes.ending(typed)
    assert end is None or end.code is None or codes.find(typed) is not None
    codes.looks_like_code(typed)
    codes.format(typed)


@given(st.text(max_size=60), st.sampled_from(some_codes(20)), st.sampled_from(["", " ", "-"]))
def test_the_end_of_a_text_is_a_code_as_soon_as_its_last_letter_is_there(
    before: str, letters: str, separator: str
) -> None:
    before = f"{before}/"
    text = before + codes.format(letters, separator).lower()
    end = codes.ending(text)
    assert end is not None
    assert end.code == Code(letters)
    assert end.start >= len(before) - 1
    assert codes.ending(text[:-1]) is None
    assert codes.ending(text + "!") is None


@pytest.mark.parametrize("before", ["HTTPS://BEST/V/", "httpsö--best-v-", "FT GIFT ", "BEST "])
def test_no_code_is_seen_before_its_last_letter(before: str) -> None:
    # With what stands before it, one of 128 codes would seem to be whole too early.
    draw = random.Random(3).randbytes
    for _ in range(500):
        text = before + codes.new_code(draw).letters
        assert not any(codes.ending(text[:end]) for end in range(len(text)))
        assert codes.ending(text) is not None


def test_a_wrong_end_is_told_from_none() -> None:
    assert codes.ending(f"GIFT {WRONG}") == codes.Ending(5, None)
    assert codes.ending(f"GIFT X{WRONG}") is None
    assert codes.ending(f"GIFT {WRONG[1:]}") is None
