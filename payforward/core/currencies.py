"""The currencies of the world, and how many digits their smaller unit has.

Codes and exponents are those of ISO 4217, list one, as published on 2026-01-01 by SIX, its
maintenance agency (https://www.six-group.com/en/products-services/financial-information/
data-standards.html). Metals, testing codes and other entries without a minor unit are left
out. Symbols follow the English names in the Unicode CLDR; where the CLDR has none, the code
itself is the symbol.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from payforward.core.money_styles import MoneyStyle

_CODES: dict[int, str] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
        CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
        GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
        LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO
        NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
        SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
        XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

_SYMBOLS = {
    "ARS": "AR$",
    "AUD": "A$",
    "BDT": "৳",
    "BRL": "R$",
    "CAD": "CA$",
    "CLP": "CL$",
    "CNY": "CN¥",
    "COP": "CO$",
    "CRC": "₡",
    "CZK": "Kč",
    "DKK": "kr",
    "EUR": "€",
    "GBP": "£",
    "GHS": "GH₵",
    "HKD": "HK$",
    "HUF": "Ft",
    "ILS": "₪",
    "INR": "₹",
    "ISK": "kr",
    "JPY": "¥",
    "KRW": "₩",
    "KZT": "₸",
    "LAK": "₭",
    "MNT": "₮",
    "MXN": "MX$",
    "MYR": "RM",
    "NGN": "₦",
    "NOK": "kr",
    "NZD": "NZ$",
    "PHP": "₱",
    "PLN": "zł",
    "PYG": "₲",
    "RON": "lei",
    "RUB": "₽",
    "SEK": "kr",
    "SGD": "S$",
    "THB": "฿",
    "TRY": "₺",
    "TWD": "NT$",
    "UAH": "₴",
    "USD": "$",
    "VND": "₫",
    "XCD": "EC$",
    "ZAR": "R",
}

_EXPONENTS = {code: exponent for exponent, codes in _CODES.items() for code in codes.split()}

_written_as: dict[str, MoneyStyle] = {}


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and how it is written.

    Args:
        code: The three letters of ISO 4217.
        exponent: Digits of the minor unit: 2 where 100 cents make one.
        symbol: What stands before an amount; the code where there is no usual sign.
        style: How the shop's locale writes it, where it chose one. It is about paper and screens
            alone, so amounts are the same whatever it is.
    """

    code: str
    exponent: int
    symbol: str
    style: MoneyStyle | None = field(default=None, compare=False, repr=False)


def codes() -> list[str]:
    """Return every code that `currency` knows, in alphabetical order."""
    return sorted(_EXPONENTS)


def currency(code: str) -> Currency:
    """Return the currency of an ISO 4217 code, in any case.

    >>> currency("eur")
    Currency(code='EUR', exponent=2, symbol='€')
    >>> currency("KWD").exponent, currency("JPY").exponent
    (3, 0)

    Raises:
        BadInput: there is no such code; the sentence names codes that are near.
    """
    wanted = code.strip().upper()
    exponent = _EXPONENTS.get(wanted)
    if exponent is None:
        near = " or ".join(_near(wanted)) or "one such as EUR"
        raise BadInput(
            f"There is no currency {code[:20]!r}: write its three-letter code, {near}.",
            reason="unknown-currency",
        )
    return Currency(wanted, exponent, _SYMBOLS.get(wanted, wanted), _written_as.get(wanted))


def write_as(code: str, style: MoneyStyle | None) -> None:
    """Let this process write a currency in a style from now on; with None, in the program's own.

    One process serves one shop, whose amounts look alike wherever they stand: so this is said
    once, where its ledger is opened for people, and not to each page, slip and sentence.

    Args:
        code: The currency's, as ISO 4217 has it.
        style: How its amounts are written for people.
    """
    if style is None:
        _written_as.pop(code, None)
    else:
        _written_as[code] = style


def of_sign(sign: str) -> list[str]:
    """Return the codes of the currencies written with a sign or a code, in any case.

    >>> of_sign("$")
    ['USD']
    >>> of_sign("kr")
    ['DKK', 'ISK', 'NOK', 'SEK']
    """
    if sign.upper() in _EXPONENTS:
        return [sign.upper()]
    return [code for code, symbol in _SYMBOLS.items() if symbol.casefold() == sign.casefold()]


def _near(wanted: str) -> list[str]:
    """Return up to three codes that somebody who typed this may have meant."""
    import difflib  # noqa: PLC0415 - only who mistypes pays for it

    return of_sign(wanted)[:3] or difflib.get_close_matches(wanted[:20], codes(), n=3, cutoff=0.6)
