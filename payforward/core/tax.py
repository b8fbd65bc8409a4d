"""The tax that is in a price."""

from __future__ import annotations

from typing import Final

WHOLE: Final = 100_000
"""A rate of 100 %, in thousandths of a percent."""


def tax_in(amount_minor: int, rate: int) -> int:
    """Return the tax in an amount that includes it, in minor units, rounded half away from zero.

    The tax of parts need not add up to that of the whole. So what moves bit by bit is told as
    the difference between the tax of what was held and that of what is left: then nothing is
    lost or made on the way, and what is at 0 is at 0 tax.

    >>> tax_in(1100, 10_000), tax_in(350, 10_000), tax_in(-350, 10_000), tax_in(350, 0)
    (100, 32, -32, 0)

    Args:
        amount_minor: What was paid.
        rate: Thousandths of a percent of the net amount.
    """
    whole = WHOLE + rate
    tax_minor = (2 * abs(amount_minor) * rate + whole) // (2 * whole)
    return tax_minor if amount_minor >= 0 else -tax_minor
