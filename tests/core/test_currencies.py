"""The list of currencies is whole, and a wrong code is answered with near ones."""

from __future__ import annotations

import pytest

from payforward.core.currencies import codes, currency, of_sign
from payforward.core.errors import BadInput


@pytest.mark.parametrize(
    ("code", "exponent", "symbol"),
    [
        ("EUR", 2, "€"),
        ("gbp", 2, "£"),
        (" Usd ", 2, "$"),
        ("JPY", 0, "¥"),
        ("ISK", 0, "kr"),
        ("KWD", 3, "KWD"),
        ("TND", 3, "TND"),
        ("CLF", 4, "CLF"),
        ("UYW", 4, "UYW"),
        ("AUD", 2, "A$"),
        ("CAD", 2, "CA$"),
        ("XCG", 2, "XCG"),
        ("MGA", 2, "MGA"),
    ],
)
def test_a_currency_knows_its_exponent_and_symbol(code: str, exponent: int, symbol: str) -> None:
    found = currency(code)
    assert (found.code, found.exponent, found.symbol) == (code.strip().upper(), exponent, symbol)


def test_the_list_has_every_code_with_a_minor_unit() -> None:
    exponents = [currency(code).exponent for code in codes()]
    assert codes() == sorted(set(codes()))
    assert [exponents.count(each) for each in (0, 2, 3, 4)] == [17, 139, 7, 2]


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "BGN", "HRK", "DEM", "", "€€", "eu", "🙂"])
def test_what_is_not_in_use_is_refused(code: str) -> None:
    with pytest.raises(BadInput) as refused:
        currency(code)
    assert refused.value.reason == "unknown-currency"
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("EURO", "code, EUR.$"),
        ("€", "code, EUR.$"),
        ("kr", "DKK or ISK or NOK"),
        ("UDS", "USD"),
        ("pound", "one such as EUR"),
    ],
)
def test_a_wrong_code_is_answered_with_near_ones(typed: str, near: str) -> None:
    with pytest.raises(BadInput, match=near):
        currency(typed)


def test_no_symbol_could_be_read_as_part_of_a_number() -> None:
    for code in codes():
        symbol = currency(code).symbol
        assert not set(symbol) & set("0123456789.,-−' ")
        assert code in of_sign(symbol)
