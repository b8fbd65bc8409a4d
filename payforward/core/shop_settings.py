"""What a shop has decided: kept in its ledger, the same at every till."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from payforward.core.accounts import Books
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from payforward.core.money_styles import MoneyStyle

LONGEST_EXPIRY_DAYS: Final = 3660
MAX_HOST: Final = 36
"""A longer one makes a square beyond QR version 4 on paper: 67 signs at level Q (ISO/IEC 18004),
of which ``HTTPS://``, ``/V/`` and the code take 31."""

_LABEL: Final = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+(?::[1-9][0-9]{{0,4}})?")


class Printed(StrEnum):
    """When a piece of paper is printed without being asked for."""

    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettings:
    """What a shop has decided.

    Args:
        expiry_days: After so many days a slip's gift goes to the board; None is never.
        address: The public host of its customers' pages, in lower case; None without any.
        paper_receipts: Whether a giver's receipt is printed.
        order_slips: Whether a slip like any paid order is printed when something is served.
        books: What its books call their accounts, for exports.
        money_style: How its locale writes its currency; None for the program's own way.
    """

    expiry_days: int | None = None
    address: str | None = None
    paper_receipts: Printed = Printed.NEVER
    order_slips: Printed = Printed.NEVER
    books: Books = Books()  # noqa: RUF009 - it never changes
    money_style: MoneyStyle | None = None

    def __post_init__(self) -> None:
        """Make the address plain.

        Raises:
            BadInput: an expiry or an address that is none.
        """
        days = self.expiry_days
        if days is not None and not 0 < days <= LONGEST_EXPIRY_DAYS:
            raise BadInput(
                f"Slips may expire after 1 to {LONGEST_EXPIRY_DAYS} days, or never: check it.",
                reason="bad-expiry",
            )
        object.__setattr__(self, "address", clean_host(self.address or ""))

    @property
    def locale(self) -> str | None:
        """The locale that it writes money as, by name."""
        return None if self.money_style is None else self.money_style.locale


def clean_host(typed: str) -> str | None:
    """Return the host of a web address as it is kept, or None where nothing was typed.

    >>> clean_host(" https://Gifts.Example.org/ "), clean_host("")
    ('gifts.example.org', None)

    Raises:
        BadInput: it is none, or too long for the square on a slip.
    """
    # What cannot be reached safely is no address for a bearer's code.
    host = typed.strip().casefold().removeprefix("https://").removesuffix("/")
    if not host:
        return None
    try:
        # Other scripts as the network names them: bäckerei.de is xn--bckerei-5wa.de.
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise _no_host() from None
    if not _HOST.fullmatch(host):
        raise _no_host()
    if len(host) > MAX_HOST:
        raise BadInput(
            f"The address has {len(host)} letters: the square on a slip has room for {MAX_HOST}.",
            reason="bad-address",
        )
    return host


def _no_host() -> BadInput:
    return BadInput(
        "That is no web address: write it such as gifts.example.org.", reason="bad-address"
    )
