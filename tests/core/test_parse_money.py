"""Amounts are read as people write them, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from payforward.core.currencies import codes, currency
from payforward.core.errors import BadInput
from payforward.core.money import MAX_MINOR, parse_money

READ = [
    ("EUR", "1.50", 150),
    ("EUR", "1,50", 150),
    ("EUR", "1.5", 150),
    ("EUR", "12", 1200),
    ("EUR", "1500", 150000),
    ("EUR", ".50", 50),
    ("EUR", ",5", 50),
    ("EUR", "0.05", 5),
    ("EUR", "007.50", 750),
    ("EUR", "  3.50\t\n", 350),
    ("EUR", "\u200e3.50\u200f", 350),
    ("EUR", "€3.50", 350),
    ("EUR", "€ 3.50", 350),
    ("EUR", "3,50 €", 350),
    ("EUR", "3,50\u00a0€", 350),
    ("EUR", "EUR 3.50", 350),
    ("EUR", "3.50eur", 350),
    ("EUR", "€3.50 EUR", 350),
    ("EUR", "1.234,50", 123450),
    ("EUR", "1,234.50", 123450),
    ("EUR", "1 234,50", 123450),
    ("EUR", "1\u00a0234,50", 123450),
    ("EUR", "1\u202f234,50", 123450),
    ("EUR", "1\u2009234.50", 123450),
    ("EUR", "1'234.50", 123450),
    ("CHF", "1’234.50", 123450),
    ("CHF", "CHF 1’234.50", 123450),
    ("EUR", "1 234", 123400),
    ("EUR", "1,234,567", 123456700),
    ("EUR", "1.234.567", 123456700),
    ("EUR", "1.234.567,8", 123456780),
    ("EUR", "1234,56", 123456),
    ("EUR", "３．５０", 350),
    ("EUR", "٣.٥٠", 350),
    ("EUR", "۳٫۵۰".replace("٫", ","), 350),
    ("USD", "US$3.50", 350),
    ("AUD", "$3.50", 350),
    ("AUD", "a$3.50", 350),
    ("CZK", "35,50 Kč", 3550),
    ("SEK", "35 kr", 3500),
    ("PEN", "PEN 3.50", 350),
    ("JPY", "350", 350),
    ("JPY", "1,500", 1500),
    ("JPY", "1.500", 1500),
    ("JPY", "￥1,500", 1500),
    ("JPY", "350円", 350),
    ("JPY", "1,234,567", 1234567),
    ("CNY", "¥3.50", 350),
    ("KWD", "3.500", 3500),
    ("KWD", "3.5", 3500),
    ("KWD", "3,50", 3500),
    ("KWD", "0,500", 500),
    ("KWD", ".500", 500),
    ("KWD", "1234.567", 1234567),
    ("KWD", "1,234.567", 1234567),
    ("KWD", "1.234,567", 1234567),
    ("CLF", "1.5000", 15000),
    ("CLF", "1.500", 15000),
]

REFUSED = [
    ("EUR", "", "missing"),
    ("EUR", " \u00a0 ", "missing"),
    ("EUR", "0", "Zero"),
    ("EUR", "0.00", "Zero"),
    ("EUR", "-3.50", "below zero"),
    ("EUR", "−3.50", "below zero"),
    ("EUR", "€-3.50", "below zero"),
    ("EUR", "3.50-", "below zero"),
    ("EUR", "(3.50)", "below zero"),
    ("EUR", "abc", "not an amount"),
    ("EUR", "NaN", "not an amount"),
    ("EUR", "inf", "not an amount"),
    ("EUR", "€", "not an amount"),
    ("EUR", "1e5", "not an amount"),
    ("EUR", "1E5", "not an amount"),
    ("EUR", "0x10", "not an amount"),
    ("EUR", "1_000", "not an amount"),
    ("EUR", "+3.50", "not an amount"),
    ("EUR", "1.2.3", "not an amount"),
    ("EUR", "1,2,3", "not an amount"),
    ("EUR", "1..5", "not an amount"),
    ("EUR", "5.", "not an amount"),
    ("EUR", ".", "not an amount"),
    ("EUR", "1 2", "not an amount"),
    ("EUR", "12 34,50", "not an amount"),
    ("EUR", "1,23.50", "not an amount"),
    ("EUR", "1,234,50", "not an amount"),
    ("EUR", "1'234 567", "not an amount"),
    ("EUR", "0,123.50", "not an amount"),
    ("EUR", "1.234.567.", "not an amount"),
    ("EUR", "1\x1b5", "not an amount"),
    ("EUR", "1\u200e5", "not an amount"),
    ("EUR", "३.५०", "not an amount"),
    ("EUR", "½", "not an amount"),
    ("EUR", "²", "not an amount"),
    ("EUR", "3٫50", "not an amount"),
    ("EUR", "3.50 EUR EUR", "not an amount"),
    ("EUR", "9" * 61, "not an amount"),
    ("EUR", "$3.50", "not in EUR"),
    ("EUR", "USD 3.50", "not in EUR"),
    ("USD", "3.50 €", "not in USD"),
    ("EUR", "0.505", "too many decimals"),
    ("EUR", ".505", "too many decimals"),
    ("EUR", "1234.505", "too many decimals"),
    ("EUR", "3.5050", "too many decimals"),
    ("EUR", "1.234,505", "too many decimals"),
    ("JPY", "350.5", "JPY has no decimals"),
    ("JPY", "350.00", "JPY has no decimals"),
    ("JPY", "0,500", "JPY has no decimals"),
    ("KWD", "0.5005", "too many decimals"),
    ("EUR", "100000000.01", "too much"),
    ("JPY", "10000000001", "too much"),
    ("EUR", "9" * 60, "too much"),
]

AMBIGUOUS = [
    ("EUR", "1,500", "1,500 could be 1,500.00 or 1.50: write 1500 or 1.50."),
    ("EUR", "1.500", "1.500 could be 1,500.00 or 1.50: write 1500 or 1.50."),
    ("EUR", "€ 12,000", "12,000 could be 12,000.00 or 12.00: write 12000 or 12.00."),
    (
        "EUR",
        "3.505",
        "3.505 could be 3,505.00 or have more decimals than EUR has: write 3505 or 3.50.",
    ),
    ("KWD", "3,500", "3,500 could be 3,500.000 or 3.500: write 3500 or 3.500."),
    ("CLF", "1,500", "1,500 could be 1,500.0000 or 1.5000: write 1500 or 1.5000."),
]


@pytest.mark.parametrize(("code", "text", "minor"), READ)
def test_amounts_are_read_as_people_write_them(code: str, text: str, minor: int) -> None:
    assert parse_money(text, currency(code)).minor == minor


@pytest.mark.parametrize(("code", "text", "words"), REFUSED)
def test_what_is_no_amount_is_refused_in_one_sentence(code: str, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        parse_money(text, currency(code))
    assert refused.value.reason == "bad-amount"
    assert refused.value.message.endswith(".")
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(("code", "text", "sentence"), AMBIGUOUS)
def test_two_readings_are_both_named(code: str, text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_money(text, currency(code))
    assert refused.value.message == sentence


@pytest.mark.parametrize("text", ["0", "0.00", "€0", ",0"])
def test_zero_is_read_where_it_is_allowed(text: str) -> None:
    assert parse_money(text, currency("EUR"), allow_zero=True).minor == 0


def test_the_largest_amount_is_allowed_and_no_more() -> None:
    assert parse_money("100000000.00", currency("EUR")).minor == MAX_MINOR
    assert parse_money("10,000,000,000", currency("JPY")).minor == MAX_MINOR


NUMBER_LIKE = st.text("0123456789.,' -+eE€$EUR\u00a0\u202f", max_size=20)


@given(st.one_of(st.text(), NUMBER_LIKE), st.sampled_from(codes()))
@example("1.,", "EUR")
@example("\ud800", "EUR")
def test_any_text_is_an_amount_or_is_refused(text: str, code: str) -> None:
    try:
        minor = parse_money(text, currency(code)).minor
    except BadInput as error:
        refused = error
        event("refused")
    else:
        event("read")
        assert 0 < minor <= MAX_MINOR
        # No digit is lost or made up but zeros.
        if text.isascii():
            assert _digits(f"{minor}") == _digits(text)
        return
    assert refused.reason == "bad-amount"
    assert refused.message.isprintable()


def _digits(text: str) -> list[str]:
    return [char for char in text if char in "123456789"]


@given(st.integers(1, 10**7), st.sampled_from([",", ".", " ", "'"]), st.sampled_from([".", ","]))
def test_grouping_with_decimals_is_never_ambiguous(minor: int, group: str, mark: str) -> None:
    if group == mark:
        return
    text = f"{minor // 100:_}".replace("_", group) + f"{mark}{minor % 100:02d}"
    assert parse_money(text, currency("EUR")).minor == minor
