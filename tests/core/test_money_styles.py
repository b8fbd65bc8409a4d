"""Money is written as a locale writes it, and whatever is written is read back the same."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core.currencies import Currency, currency, write_as
from payforward.core.errors import BadInput
from payforward.core.locales import money_style
from payforward.core.money import MAX_MINOR, Money, parse_money
from payforward.core.money_styles import MoneyStyle, kept_style
from payforward.core.shop_settings import ShopSettings
from payforward.core.text import cell_width, shown

# A space stands for one that does not break: U+00A0.
WRITTEN = [
    ("it_IT", "EUR", 123450, "1.234,50 €", "−1.234,50 €"),
    ("it_IT", "EUR", 5, "0,05 €", "−0,05 €"),
    ("de_DE", "EUR", 123450, "1.234,50 €", "−1.234,50 €"),
    ("de_DE", "EUR", 100000000, "1.000.000,00 €", "−1.000.000,00 €"),
    ("fr_FR", "EUR", 123450, "1 234,50 €", "−1 234,50 €"),
    ("nl_NL", "EUR", 123450, "€ 1.234,50", "€ −1.234,50"),
    ("en_IE", "EUR", 123450, "€1,234.50", "−€1,234.50"),
    ("en_GB", "GBP", 123450, "£1,234.50", "−£1,234.50"),
    ("de_CH", "CHF", 123450, "CHF 1’234.50", "CHF−1’234.50"),
    ("da_DK", "DKK", 123450, "1.234,50 kr.", "−1.234,50 kr."),
    ("en_CA", "CAD", 123450, "$1,234.50", "−$1,234.50"),
    ("ja_JP", "JPY", 1234, "¥1,234", "−¥1,234"),
    ("de_DE", "JPY", 1234, "1.234 ¥", "−1.234 ¥"),
    ("fr_SN", "XOF", 12345, "12 345 F CFA", "−12 345 F CFA"),
    ("ar_KW", "KWD", 1234500, "1,234.500 KWD", "−1,234.500 KWD"),
    ("en_KW", "KWD", 1234500, "KWD 1,234.500", "−KWD 1,234.500"),
    ("fr_TN", "TND", 1234500, "1 234,500 DT", "−1 234,500 DT"),
    ("ar_TN", "TND", 3500, "3,500 TND", "−3,500 TND"),
    ("en_IN", "INR", 12345600, "₹1,23,456.00", "−₹1,23,456.00"),
    ("hi_IN", "INR", 1234567890, "₹1,23,45,678.90", "−₹1,23,45,678.90"),
]
CHOSEN = sorted({(locale, code) for locale, code, *_ in WRITTEN})
styled = st.sampled_from(CHOSEN).map(lambda chosen: _styled(*chosen))


def _styled(locale: str, code: str) -> Currency:
    return replace(currency(code), style=money_style(locale, code))


def _with_spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("locale", "code", "minor", "above", "below"), WRITTEN)
def test_amounts_are_written_as_a_locale_writes_them(
    locale: str, code: str, minor: int, above: str, below: str
) -> None:
    money = Money(minor, _styled(locale, code))
    assert _with_spaces(money.format()) == above
    assert _with_spaces((-money).format()) == below
    # In a table it takes as many cells as it has letters, and nothing in it is dropped.
    assert cell_width(money.format()) == len(above) == len(shown(money.format()))
    assert " " not in money.format()


@given(styled, st.integers(0, MAX_MINOR))
def test_what_is_written_reads_back_the_same(written: Currency, minor: int) -> None:
    money = Money(minor, written)
    for text in (money.format(), _with_spaces(money.format()), money.typed_text()):
        assert parse_money(text, written, allow_zero=True) == money


@given(styled, st.integers(0, MAX_MINOR))
def test_files_have_the_same_amount_whatever_the_locale(written: Currency, minor: int) -> None:
    money, plain = Money(minor, written), Money(minor, currency(written.code))
    assert money.amount_text() == plain.amount_text()
    assert (money, hash(money), repr(money)) == (plain, hash(plain), repr(plain))
    assert money + plain == plain * 2
    assert pickle.loads(pickle.dumps(money)) == plain


@pytest.mark.parametrize(("locale", "code"), CHOSEN)
def test_both_ways_to_part_an_amount_are_read(locale: str, code: str) -> None:
    written = _styled(locale, code)
    rest = {0: "", 2: "50", 3: "500"}[written.exponent]
    minor = int(f"1234{rest}")
    for group, mark in ((".", ","), (",", "."), (" ", ","), (" ", "."), ("’", ".")):
        text = f"1{group}234{rest and mark}{rest}"
        assert parse_money(text, written).minor == minor, text
        assert parse_money(f"{text} {written.code}", written).minor == minor


@pytest.mark.parametrize(
    ("locale", "code", "typed", "sentence"),
    [
        ("it_IT", "EUR", "1.234", "1.234 could be 1.234,00 or "),
        ("it_IT", "EUR", "1,230", "1,230 could be 1.230,00 or 1,23: write 1230 or 1,23."),
        ("ar_TN", "TND", "3.500", "3.500 could be 3.500,000 or 3,500: write 3500 or 3,500."),
        ("ar_KW", "KWD", "3,500", "3,500 could be 3,500.000 or 3.500: write 3500 or 3.500."),
        ("it_IT", "EUR", "two", "two is not an amount: write it such as 3,50."),
        ("it_IT", "EUR", "1,23,456.00", "1,23,456.00 is not an amount"),
        ("en_IN", "INR", "1,23.00", "1,23.00 is not an amount"),
        ("en_IN", "INR", "12,345,67.00", "12,345,67.00 is not an amount"),
        ("ja_JP", "JPY", "350.5", "350.5 has too many decimals: JPY has no decimals"),
    ],
)
def test_nothing_is_guessed(locale: str, code: str, typed: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_money(typed, _styled(locale, code))
    assert refused.value.message.startswith(sentence)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("it-it", "it_IT"),
        (" it_IT.UTF-8 ", "it_IT"),
        ("en_KW", "en_KW"),
        ("zh_Hant_TW", "zh_Hant_TW"),
    ],
)
def test_a_locale_is_found_by_what_people_call_it(typed: str, kept: str) -> None:
    assert money_style(typed, "EUR").locale == kept


@pytest.mark.parametrize(
    ("typed", "such"),
    [
        ("de", ", such as de_DE."),
        ("sr_Latn", ", such as sr_Latn_RS."),
        ("zh-Hant", ", such as zh_Hant_TW."),
        ("eo", "too."),
    ],
)
def test_a_language_is_asked_for_its_country(typed: str, such: str) -> None:
    with pytest.raises(BadInput, match="is a language: say the country too") as refused:
        money_style(typed, "EUR")
    assert refused.value.reason == "bad-locale"
    assert refused.value.message.endswith(such)


@pytest.mark.parametrize(
    "typed", ["", "C", "POSIX", "xx", "it_XX", "italian", "../../etc/passwd", "\x1b[31m", "é_É"]
)
def test_what_is_no_locale_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="There is no locale") as refused:
        money_style(typed, "EUR")
    assert refused.value.reason == "bad-locale"
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(
    ("name", "code"), [("tok_001", "EUR"), ("nqo_GN", "EUR"), ("pt_CV", "CVE")]
)
def test_a_style_that_cannot_be_read_back_is_refused(name: str, code: str) -> None:
    with pytest.raises(BadInput, match="choose another locale, or none"):
        money_style(name, code)


def test_a_style_is_kept_and_told_by_its_locale() -> None:
    style = money_style("de_CH", "CHF")
    assert kept_style(str(style)) == style
    assert ShopSettings(money_style=style).locale == "de_CH"
    assert ShopSettings().locale is None


ITALIAN = ["it_IT", ",", ".", "3", "3", "", "\u00a0€", "−", "\u00a0€"]


@pytest.mark.parametrize(
    ("place", "other"),
    [
        (0, "\x1b[31m"),
        (1, "9"),
        (1, "."),
        (2, "0"),
        (2, "·"),
        (3, "1"),
        (4, "0"),
        (4, "many"),
        (5, "9"),
        (5, "−"),
        (6, ""),
        (6, "\u202e€"),
        (6, "€" * 17),
        (7, ""),
        (7, "−٣"),
    ],
)
def test_a_style_that_would_lie_about_amounts_is_none(place: int, other: str) -> None:
    assert kept_style("\t".join(ITALIAN)) == money_style("it_IT", "EUR")
    facts = [*ITALIAN[:place], other, *ITALIAN[place + 1 :]]
    assert kept_style("\t".join(facts)) is None
    assert kept_style("\t".join(ITALIAN[:-1])) is None
    with pytest.raises(ValueError):
        MoneyStyle.parse("")


def test_a_process_writes_a_currency_in_one_way() -> None:
    before = Money(123450, currency("EUR"))
    write_as("EUR", money_style("it_IT", "EUR"))
    assert _with_spaces(Money(123450, currency("eur")).format()) == "1.234,50 €"
    assert Money(123450, currency("USD")).format() == "$1,234.50"
    assert before == Money(123450, currency("EUR"))
    write_as("EUR", None)
    assert Money(123450, currency("EUR")).format() == "€1,234.50"
