"""Amounts of money in files: digits, a point, as many decimals as the currency has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.currencies import currency

if TYPE_CHECKING:
    from collections.abc import Callable


def decimals(code: str) -> Callable[[int], str]:
    """Return what writes minor units of a currency as `Money.amount_text` does, but a million.

    >>> [decimals(code)(-1350) for code in ("EUR", "JPY", "KWD")], decimals("EUR")(5)
    (['-13.50', '-1350', '-1.350'], '0.05')
    """
    exponent = currency(code).exponent
    if not exponent:
        return str
    unit = 10**exponent

    def text(minor: int) -> str:
        whole, rest = divmod(abs(minor), unit)
        return f"{'-' if minor < 0 else ''}{whole}.{rest:0{exponent}d}"

    return text
