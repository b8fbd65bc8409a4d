"""Amounts of money: whole minor units of one currency, never a fraction, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

from payforward.core.currencies import Currency, of_sign
from payforward.core.errors import BadInput
from payforward.core.text import clean_line, plain_forms

MAX_MINOR = 10**10
"""The largest amount that anyone may type, in minor units; sums may be larger."""

MINUS = "\N{MINUS SIGN}"
_MAX_TYPED = 60
# Marks of reading direction that spreadsheets and phones leave around amounts.
_AROUND = " \t\r\n\u200e\u200f\u061c\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
# Compiled when they are first needed: showing money must not pay for reading it.
_WITH_SIGNS = r"(?P<before>[^0-9.,]*?) ?(?P<number>[0-9.,][0-9.,' ’]*)(?P<after>[^0-9]*)"
_WHOLE = r"[0-9]+"
_ONE_SEPARATOR = r"(?P<whole>[0-9]*)(?P<mark>[.,])(?P<rest>[0-9]+)"
_GROUPED = (
    r"(?P<whole>[1-9][0-9]{0,2}(?:(?P<mark>[.,' ’])[0-9]{3})(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<rest>[0-9]+))?"
)
_LAKHS = (
    r"(?P<whole>[1-9][0-9]?(?P<mark>[.,' ’])(?:[0-9]{2}(?P=mark))+[0-9]{3})"
    r"(?:(?!(?P=mark))[.,](?P<rest>[0-9]+))?"
)
# How the signs of some currencies are written at home, beside the symbol and the code.
_HOME_SIGNS = {"JPY": ("¥", "円"), "CNY": ("¥", "元")}


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    Amounts of one currency add, subtract and compare; amounts of two raise ValueError, for
    mixing them is a mistake of the program's.

    Args:
        minor: Whole minor units: cents of a euro, fils of a dinar, yen.
        currency: Whose.
    """

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"money is counted in whole minor units, not {self.minor!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def format(self) -> str:
        """Return the amount for people: as the shop's locale writes it, where it chose one.

        Otherwise the sign is first, and thousands are parted by commas.

        >>> from payforward.core.currencies import currency
        >>> Money(123450, currency("EUR")).format(), Money(-350, currency("EUR")).format()
        ('€1,234.50', '−€3.50')
        >>> Money(350, currency("JPY")).format(), Money(3500, currency("KWD")).format()
        ('¥350', 'KWD 3.500')
        """
        style = self.currency.style
        if style is not None:
            whole, rest = self._parts()
            before, after = style.around(is_negative=self.minor < 0)
            return f"{before}{style.grouped(whole)}{rest and style.decimal}{rest}{after}"
        gap = " " if self.currency.symbol[-1].isalpha() else ""
        return f"{self._minus(MINUS)}{self.currency.symbol}{gap}{self._digits(',')}"

    def amount_text(self) -> str:
        """Return the bare amount for files; `parse_money` reads it back where it is above zero.

        >>> from payforward.core.currencies import currency
        >>> Money(123450, currency("EUR")).amount_text()
        '1234.50'
        """
        return f"{self._minus('-')}{self._digits('')}"

    def typed_text(self) -> str:
        """Return the bare amount as it stands in a field: with the locale's decimal sign.

        >>> from payforward.core.currencies import currency
        >>> Money(123450, currency("EUR")).typed_text()
        '1234.50'
        """
        style = self.currency.style
        return self.amount_text().replace(".", "." if style is None else style.decimal)

    def split(self, parts: int) -> list[tuple[int, int]]:
        """Return how the amount is shared among units: one or two of ``(units, unit_minor)``.

        No unit differs from another by more than one minor unit, and none is worth nothing.

        >>> from payforward.core.currencies import currency
        >>> Money(1000, currency("EUR")).split(3)
        [(2, 333), (1, 334)]
        >>> Money(900, currency("EUR")).split(3)
        [(3, 300)]

        Raises:
            BadInput: there are more units than minor units.
            ValueError: the amount is negative, or there is not one unit.
        """
        if parts < 1 or self.minor < 0:
            raise ValueError(f"{self.minor} minor units cannot be shared among {parts}")
        unit_minor, over = divmod(self.minor, parts)
        if over and not unit_minor:
            raise BadInput(
                f"{self.format()} is too little for {parts}: "
                f"pay at least {Money(parts, self.currency).format()}.",
                reason="bad-amount",
            )
        shares = [(parts - over, unit_minor), (over, unit_minor + 1)]
        return [share for share in shares if share[0]]

    def _same(self, other: Money) -> int:
        """Return the minor units of an amount of the same currency."""
        if other.currency != self.currency:
            raise ValueError(f"{self.currency.code} and {other.currency.code} do not mix")
        return other.minor

    def _minus(self, sign: str) -> str:
        """Return the sign of the amount."""
        return sign if self.minor < 0 else ""

    def _digits(self, comma: str) -> str:
        """Return the amount without its sign, thousands parted by ``comma``."""
        whole, rest = self._parts()
        return f"{whole:,}".replace(",", comma) + (rest and f".{rest}")

    def _parts(self) -> tuple[int, str]:
        """Return the whole units without their sign, and the digits of the rest, if any."""
        exponent = self.currency.exponent
        whole, rest = divmod(abs(self.minor), 10**exponent)
        return whole, f"{rest:0{exponent}d}" if exponent else ""


def parse_money(text: str, currency: Currency, *, allow_zero: bool = False) -> Money:
    """Return the amount that a person or a file wrote, never guessing between two readings.

    The sign or the code of the currency may stand before or after; thousands may be parted by
    a space, an apostrophe, a point or a comma; decimals follow a point or a comma. What
    `Money.format` writes of an amount that is not below zero reads back the same.

    >>> from payforward.core.currencies import currency
    >>> [parse_money(each, currency("EUR")).minor for each in ("3.5", "€ 1.234,50", "12 EUR")]
    [350, 123450, 1200]
    >>> parse_money("1,500", currency("EUR"))
    Traceback (most recent call last):
    payforward.core.errors.BadInput: 1,500 could be 1,500.00 or 1.50: write 1500 or 1.50.

    Raises:
        BadInput: it is no amount, negative, ambiguous, too precise or too large; or it is
            zero and ``allow_zero`` is false.
    """
    typed = plain_forms(text).strip(_AROUND)
    if not typed:
        raise _bad(f"The amount is missing: write it such as {_example(currency)}.")
    if len(typed) > _MAX_TYPED:
        raise _not_an_amount(typed, currency)
    if any(sign in typed for sign in "-‐‑–−﹣("):
        raise _bad(f"An amount is never below zero here: write it such as {_example(currency)}.")
    minor = _minor(_bare_number(typed, currency), currency)
    if minor > MAX_MINOR:
        most = Money(MAX_MINOR, currency).format()
        raise _bad(f"{_quoted(typed)} is too much for one amount: write at most {most}.")
    if not minor and not allow_zero:
        raise _bad(f"Zero is not an amount here: write one such as {_example(currency)}.")
    return Money(minor, currency)


def _bare_number(typed: str, currency: Currency) -> str:
    """Return the number without the currency's sign or code."""
    sign = "" if currency.style is None else currency.style.sign
    # First as the locale writes it: some signs have points in them, as numbers do.
    typed = typed.removeprefix(sign).removesuffix(sign).strip(_AROUND)
    parts = re.fullmatch(_WITH_SIGNS, typed)
    if parts is None:
        raise _not_an_amount(typed, currency)
    for sign in (parts["before"].strip(), parts["after"].strip()):
        if sign and not _is_sign(sign, currency):
            if of_sign(sign):
                raise _bad(
                    f"{_quoted(typed)} is not in {currency.code}: "
                    f"write it such as {_example(currency)}."
                )
            raise _not_an_amount(typed, currency)
    return parts["number"].strip(" ")


def _is_sign(sign: str, currency: Currency) -> bool:
    """Tell whether a currency is written so: its symbol, code, or dollar sign."""
    signs = {currency.code, currency.symbol, *_HOME_SIGNS.get(currency.code, ())}
    if currency.style is not None:
        signs.add(currency.style.sign)
    if currency.symbol.endswith("$"):
        signs |= {"$", f"{currency.code[:2]}$"}
    return sign.casefold() in {each.casefold() for each in signs}


def _minor(number: str, currency: Currency) -> int:
    """Return the minor units of a bare number."""
    if re.fullmatch(_WHOLE, number):
        return int(number + "0" * currency.exponent)
    parts = re.fullmatch(_ONE_SEPARATOR, number)
    if parts is not None:
        whole, rest = str(parts["whole"]), str(parts["rest"])
        if _may_be_thousands(whole, rest):
            if not currency.exponent:
                return int(whole + rest)
            if currency.exponent < 3 or _may_part_thousands(str(parts["mark"]), currency):
                raise _ambiguous(number, whole, rest, currency)
    else:
        parts = re.fullmatch(_GROUPED, number)
        if parts is None and currency.style is not None and currency.style.other_groups == 2:
            parts = re.fullmatch(_LAKHS, number)
        if parts is None:
            raise _not_an_amount(number, currency)
        whole, rest = re.sub("[^0-9]", "", parts["whole"]), parts["rest"] or ""
    if len(rest) > currency.exponent:
        raise _too_precise(number, currency)
    return int((whole or "0") + rest.ljust(currency.exponent, "0"))


def _may_be_thousands(whole: str, rest: str) -> bool:
    """Tell whether the digits about one separator could be thousands and the rest."""
    return len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def _may_part_thousands(mark: str, currency: Currency) -> bool:
    """Tell whether a mark before three digits that may be decimals could be none of decimals."""
    style = currency.style
    if style is None:
        return mark == ","
    return mark != style.decimal and mark in (",", style.group)


def _ambiguous(number: str, whole: str, rest: str, currency: Currency) -> BadInput:
    """Return the refusal of a number with two readings, naming both."""
    exponent, style = currency.exponent, currency.style
    decimal, group = (".", ",") if style is None else (style.decimal, style.group)
    small = f"{whole}{decimal}{rest[:exponent].ljust(exponent, '0')}"
    too_precise = rest[exponent:].strip("0")
    other = f"have more decimals than {currency.code} has" if too_precise else small
    large = f"{whole}{group}{rest}{decimal}{'0' * exponent}"
    return _bad(f"{number} could be {large} or {other}: write {whole}{rest} or {small}.")


def _too_precise(number: str, currency: Currency) -> BadInput:
    """Return the refusal of more decimals than the currency has."""
    has = f"{currency.exponent} decimals" if currency.exponent else "no decimals"
    return _bad(
        f"{_quoted(number)} has too many decimals: {currency.code} has {has}, "
        f"so write it such as {_example(currency)}."
    )


def _not_an_amount(typed: str, currency: Currency) -> BadInput:
    """Return the refusal of what cannot be read at all."""
    return _bad(f"{_quoted(typed)} is not an amount: write it such as {_example(currency)}.")


def _quoted(typed: str) -> str:
    """Return what was typed, short and safe, for a sentence."""
    return clean_line(typed, max_length=24) or "That"


def _example(currency: Currency) -> str:
    """Return an amount as it may be typed."""
    return Money(35 * 10 ** max(currency.exponent - 1, 1), currency).typed_text()


def _bad(sentence: str) -> BadInput:
    """Return a refusal."""
    return BadInput(sentence, reason="bad-amount")
