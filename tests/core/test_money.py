"""Money adds up exactly, and is written so that it reads back the same."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core.currencies import Currency, codes, currency
from payforward.core.errors import BadInput
from payforward.core.money import MAX_MINOR, Money, parse_money

EUR, USD, JPY, KWD, CLF = (currency(code) for code in ("EUR", "USD", "JPY", "KWD", "CLF"))
currencies = st.sampled_from([currency(code) for code in codes()])


@pytest.mark.parametrize(
    ("minor", "code", "shown", "bare"),
    [
        (350, "EUR", "€3.50", "3.50"),
        (5, "EUR", "€0.05", "0.05"),
        (0, "EUR", "€0.00", "0.00"),
        (123450, "EUR", "€1,234.50", "1234.50"),
        (100000000, "GBP", "£1,000,000.00", "1000000.00"),
        (-350, "EUR", "−€3.50", "-3.50"),
        (-5, "EUR", "−€0.05", "-0.05"),
        (350, "JPY", "¥350", "350"),
        (1500, "JPY", "¥1,500", "1500"),
        (3500, "KWD", "KWD 3.500", "3.500"),
        (-1234567, "KWD", "−KWD 1,234.567", "-1234.567"),
        (15000, "CLF", "CLF 1.5000", "1.5000"),
        (3500, "SEK", "kr 35.00", "35.00"),
        (3500, "CAD", "CA$35.00", "35.00"),
    ],
)
def test_money_is_written_for_people_and_for_files(
    minor: int, code: str, shown: str, bare: str
) -> None:
    money = Money(minor, currency(code))
    assert money.format() == shown
    assert money.amount_text() == bare


def test_amounts_of_one_currency_add_subtract_multiply_and_compare() -> None:
    assert Money(350, EUR) + Money(20, EUR) == Money(370, EUR)
    assert Money(350, EUR) - Money(400, EUR) == Money(-50, EUR)
    assert -Money(350, EUR) == Money(-350, EUR)
    assert Money(350, EUR) * 3 == Money(1050, EUR)
    assert Money(1, EUR) < Money(2, EUR) <= Money(2, EUR)
    assert Money(3, EUR) > Money(2, EUR) >= Money(2, EUR)
    assert max(Money(1, EUR), Money(3, EUR), Money(2, EUR)) == Money(3, EUR)


def test_amounts_of_two_currencies_do_not_mix() -> None:
    euro, dollar = Money(1, EUR), Money(1, USD)
    assert euro != dollar
    for mix in (
        lambda: euro + dollar,
        lambda: euro - dollar,
        lambda: euro < dollar,
        lambda: euro <= dollar,
        lambda: euro > dollar,
        lambda: sorted([euro, dollar]),
    ):
        with pytest.raises(ValueError, match="do not mix"):
            mix()


@pytest.mark.parametrize("minor", [3.5, 3.0, "3", True, None])
def test_only_whole_minor_units_are_money(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(cast("int", minor), EUR)
    with pytest.raises((TypeError, ValueError)):
        Money(2, EUR) * cast("int", 0.5)


def test_money_does_not_change() -> None:
    money = Money(1, EUR)
    with pytest.raises(AttributeError):
        money.minor = 2  # type: ignore[misc]
    assert {money: "kept"}[Money(1, EUR)] == "kept"


@pytest.mark.parametrize(
    ("minor", "parts", "shares"),
    [
        (1000, 3, [(2, 333), (1, 334)]),
        (900, 3, [(3, 300)]),
        (1000, 1, [(1, 1000)]),
        (1001, 2, [(1, 500), (1, 501)]),
        (3, 3, [(3, 1)]),
        (0, 3, [(3, 0)]),
    ],
)
def test_an_amount_is_shared_among_units(
    minor: int, parts: int, shares: list[tuple[int, int]]
) -> None:
    assert Money(minor, EUR).split(parts) == shares


@given(st.integers(0, MAX_MINOR), st.integers(1, 5000))
def test_shares_add_up_and_differ_by_one_at_most(minor: int, parts: int) -> None:
    if 0 < minor < parts:
        with pytest.raises(BadInput, match=r"pay at least €"):
            Money(minor, EUR).split(parts)
        return
    shares = Money(minor, EUR).split(parts)
    assert 1 <= len(shares) <= 2
    assert sum(units for units, _ in shares) == parts
    assert sum(units * unit_minor for units, unit_minor in shares) == minor
    assert all(units > 0 for units, _ in shares)
    assert shares[-1][1] - shares[0][1] in (0, 1)
    assert minor == 0 or all(unit_minor > 0 for _, unit_minor in shares)


@pytest.mark.parametrize(("minor", "parts"), [(10, 0), (10, -1), (-10, 2)])
def test_sharing_among_nobody_is_a_mistake_of_the_program(minor: int, parts: int) -> None:
    with pytest.raises(ValueError, match="shared among"):
        Money(minor, EUR).split(parts)


@given(currencies, st.integers(0, MAX_MINOR))
def test_what_is_written_reads_back_the_same(code: Currency, minor: int) -> None:
    money = Money(minor, code)
    assert parse_money(money.amount_text(), code, allow_zero=True) == money
    assert parse_money(money.format(), code, allow_zero=True) == money
    assert parse_money(f"{money.amount_text()} {code.code}", code, allow_zero=True) == money
