"""The accounts that a shop's gifts go through in its books, and what its books call them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from payforward.core.errors import BadInput
from payforward.core.text import clean_name


class Role(StrEnum):
    """What an account is for."""

    CASH = "cash"
    """What was taken in cash for gifts: it lies in the drawer with all other cash."""
    CARD = "card"
    OTHER = "other"
    GIFTS = "gifts"
    """Prepaid gifts that wait, at what was paid for them: what is owed."""
    HELD = "held"
    """Money held for charities; never the shop's own."""
    VAT = "vat"
    """VAT that is due to the state."""
    VAT_AHEAD = "vat-ahead"
    """VAT that is in gifts that wait and was due when they were sold."""
    INCOME = "income"
    """What was served for gifts, without its VAT."""
    OPENING = "opening"
    """Against what was there before these books."""
    PRICE_RISES = "price-rises"
    """What the shop added where list prices were above what gifts had paid, as prices rise."""
    GIVEAWAYS = "giveaways"
    """What the house gave, at list price."""
    LIST_PRICE = "list-price"
    """Against the last two: it is no income from anybody."""
    XERO_TAX = "xero-tax"
    """No account: the name in Xero of the tax rate that adds no tax to a line."""


OF_PROGRAMS = (Role.GIFTS, Role.HELD)
"""Roles in which each program may have an account of its own."""


@dataclass(frozen=True, slots=True)
class Books:
    """What a shop has decided of its books.

    Args:
        names: What an account is called, by its role, or by role and program (``gifts.2``).
        splits_vat: Whether prices include VAT that is told apart.
        books_contribution: Whether what the shop adds and gives itself is booked, at list price,
            as an expense against an account of its own; otherwise it is only noted.
    """

    names: tuple[tuple[str, str], ...] = ()
    splits_vat: bool = True
    books_contribution: bool = False

    def name(self, role: Role, program: int | None = None) -> str | None:
        """Return what an account is called, None where the shop did not say."""
        return dict(self.names).get(_key(role, program))

    def with_name(self, role: Role, name: str | None, program: int | None = None) -> Books:
        """Return the same with an account's name, or with None without it.

        Raises:
            BadInput: it is no name, or accounts of that role are not told by program.
        """
        if program is not None and role not in OF_PROGRAMS:
            raise BadInput(
                f"The account {role} is one for all programs: leave --program out.",
                reason="bad-account",
            )
        key = _key(role, program)
        names = {known: said for known, said in self.names if known != key}
        if name is not None:
            names[key] = clean_name(name, what="account's name")
        return replace(self, names=tuple(sorted(names.items())))

    def __str__(self) -> str:
        """Return it as it is kept."""
        import json  # noqa: PLC0415 - looking at the board does without

        return json.dumps(
            {"names": dict(self.names), "vat": self.splits_vat, "booked": self.books_contribution},
            sort_keys=True,
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what was kept.

        >>> Books.parse(str(Books((("cash", "1000"),), books_contribution=True)))
        Books(names=(('cash', '1000'),), splits_vat=True, books_contribution=True)

        Raises:
            ValueError: it is none.
        """
        import json  # noqa: PLC0415

        kept = json.loads(text)
        if not isinstance(kept, dict) or not isinstance(kept.get("names"), dict):
            raise ValueError(text)  # noqa: TRY004 - as of any other text that is none
        names = {str(key): str(name) for key, name in kept["names"].items()}
        return cls(
            tuple(sorted(names.items())),
            splits_vat=kept.get("vat") is not False,
            books_contribution=kept.get("booked") is True,
        )


def _key(role: Role, program: int | None) -> str:
    return str(role) if program is None else f"{role}.{program}"
