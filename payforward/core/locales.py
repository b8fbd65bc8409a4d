"""What the Unicode CLDR knows of how a locale writes money, through babel.

Only who chooses a locale comes here: what is answered is kept in the shop's settings, so that
neither a start nor a page ever loads babel.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.money_styles import MINUS, NO_BREAK, MoneyStyle
from payforward.core.text import plain_forms, shown

if TYPE_CHECKING:
    from babel import Locale

_SAMPLE: Final = Decimal("1234567890.12")
_FROM_THE_RIGHT: Final = frozenset(("R", "AL", "AN"))


def money_style(name: str, code: str) -> MoneyStyle:
    r"""Return how a locale writes amounts of a currency, always in digits 0 to 9.

    A sign in letters that are read from the right gives way to the currency's code: beside it,
    a terminal that turns such text round would move the digits of the next column too.

    >>> money_style("it-it", "EUR").locale, money_style("it_IT", "EUR").after
    ('it_IT', '\xa0€')

    Args:
        name: The locale's, such as ``it_IT``; ``de-AT`` and ``fr_FR.UTF-8`` are understood.
        code: The currency's, of ISO 4217.

    Raises:
        BadInput: there is none of that name, or it writes amounts as the program cannot read.
    """
    from babel.numbers import format_currency, get_currency_symbol  # noqa: PLC0415 - see above

    kept, locale = _find(name)

    def written(sample: Decimal) -> tuple[str, str, str]:
        text = format_currency(
            sample, code, locale=locale, currency_digits=False, numbering_system="latn"
        )
        return _parted(_plain(text), _plain(get_currency_symbol(code, locale)), code)

    before, number, after = written(_SAMPLE)
    before_negative, _, after_negative = written(-_SAMPLE)
    *groups, decimal = re.findall("[^0-9]+", number)
    sizes = [len(each) for each in re.split("[^0-9]+", number)[:-1]]
    try:
        return MoneyStyle(
            locale=kept,
            decimal=decimal,
            group=groups[-1] if groups else "",
            last_group=sizes[-1] if groups else 3,
            other_groups=sizes[-2] if len(groups) > 1 else 3,
            before=before,
            after=after,
            before_negative=before_negative,
            after_negative=after_negative,
        )
    except ValueError:
        raise BadInput(
            f"Amounts as {shown(kept)} writes them cannot be typed in again here: "
            "choose another locale, or none.",
            reason="bad-locale",
        ) from None


def _find(name: str) -> tuple[str, Locale]:
    """Return a locale's own name and its data: those of the language, where it has no others.

    Raises:
        BadInput: there is none of that name.
    """
    from babel import Locale, UnknownLocaleError, parse_locale  # noqa: PLC0415 - see above

    none = BadInput(
        f"There is no locale {shown(name)[:20]!r}: "
        "write one such as it_IT, de_DE or ja_JP, or none.",
        reason="bad-locale",
    )
    wanted = name.strip().partition(".")[0].replace("-", "_")
    try:
        language, territory, *_ = parse_locale(wanted)
        spoken = Locale(language)
    except (ValueError, TypeError, UnknownLocaleError):
        raise none from None
    if territory and territory not in Locale("en").territories:
        raise none
    if not territory:
        raise _no_country(wanted, spoken)
    try:
        locale = Locale.parse(wanted)
    except UnknownLocaleError:
        return f"{language}_{territory}", spoken
    return str(locale), locale


def _no_country(wanted: str, spoken: Locale) -> BadInput:
    """Return what to say of a language without a country: one is written in many, each its way."""
    from babel import Locale  # noqa: PLC0415 - see above
    from babel.core import get_global  # noqa: PLC0415

    likely = get_global("likely_subtags")
    found = likely.get(wanted) or likely.get(spoken.language)
    country = Locale.parse(found).territory if found else None
    such = f", such as {wanted}_{country}" if country and country.isalpha() else ""
    return BadInput(
        f"“{shown(wanted)}” is a language: say the country too{such}.", reason="bad-locale"
    )


def _plain(text: str) -> str:
    """Return text without marks of reading direction, each space one that does not break."""
    visible = (char for char in plain_forms(text) if unicodedata.category(char) != "Cf")
    return "".join(NO_BREAK if char.isspace() else char for char in visible)


def _parted(text: str, sign: str, code: str) -> tuple[str, str, str]:
    """Return what stands before an amount, the amount, and what stands after it."""
    if any(unicodedata.bidirectional(char) in _FROM_THE_RIGHT for char in sign):
        text = text.replace(sign, code)
    found = re.fullmatch(r"([^0-9]*)([0-9].*[0-9])([^0-9]*)", text)
    assert found is not None, text
    before, number, after = found.groups()
    # Letters stand apart from digits, as the CLDR's rules for currency spacing have it.
    if before[-1:].isalpha():
        before += NO_BREAK
    if after[:1].isalpha():
        after = NO_BREAK + after
    return _with_minus(before), number, _with_minus(after)


def _with_minus(text: str) -> str:
    """Return text with the minus sign that all papers and screens have, not a hyphen."""
    return text.replace("-", MINUS)
