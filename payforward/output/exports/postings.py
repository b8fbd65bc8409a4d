"""What an entry does to a shop's accounts: double entry, debits above 0, in minor units.

A prepaid gift is owed until it is served (IFRS 15 B44, ASC 606-10-55-46). The account of gifts
holds what was paid, VAT included, so that it always is what the ledger's own liability says.
The VAT of a gift of a known item is due when it is sold (Directive (EU) 2016/1065); it stands on
an account of its own, as paid ahead, until the gift is served or goes back. That of money is due
when it is served, at the rate of what was served.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from payforward.core.accounts import Role
from payforward.core.model import Kind, ProgramKind, TaxKind, Tender
from payforward.core.tax import tax_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.export_answers import Export, ExportEntry


class What(StrEnum):
    """What happened, in the words of a journal's lines."""

    GIVEN = "Gifts given"
    FROM_BEFORE = "Gifts from before"
    SERVED = "Gifts served"
    REFUNDED = "Gifts refunded"
    PASSED_ON = "Gifts passed on"
    PUT_IN = "Put in for a charity"
    GIVEN_BACK = "Given back from a charity's money"
    DELIVERED = "Delivered to a charity"
    ROSE = "Added by the shop to what was paid"
    HOUSE = "Given by the house"


class Account(NamedTuple):
    """An account of the books; ``program`` where each program has its own."""

    role: Role
    program: int | None = None


class Posting(NamedTuple):
    """One side of what happened; credits are below 0."""

    what: What
    program: int
    account: Account
    minor: int


_TENDERS: Final = {
    Tender.CASH: Role.CASH,
    Tender.CARD: Role.CARD,
    Tender.OTHER: Role.OTHER,
    Tender.OPENING: Role.OPENING,
}

_FORWARD: Final = {
    Kind.GIVE: What.GIVEN,
    Kind.REDEEM: What.SERVED,
    Kind.REFUND: What.REFUNDED,
    Kind.PASS_ON: What.PASSED_ON,
}

_CHARITY: Final = {
    Kind.GIVE: What.PUT_IN,
    Kind.REFUND: What.GIVEN_BACK,
    Kind.PASS_ON: What.DELIVERED,
    Kind.DELIVER: What.DELIVERED,
}


class Poster:
    """Turns entries, shown in their order, into postings that balance entry by entry.

    The VAT of a gift is that of all that was paid for it, rounded once; each part that leaves
    takes the difference between the VAT of what was there and of what is left. The VAT of what
    money paid for is that of the whole action, shared among its lines in the same way.

    Args:
        export: The ledger.
    """

    def __init__(self, export: Export) -> None:
        self._export = export
        self._books = export.books
        self._action = ""
        self._paid_minor = 0

    def postings(self, entry: ExportEntry) -> Iterator[Posting]:
        """Yield what an entry does; nothing where no money is in it."""
        if entry.program is None:
            return
        kind = self._export.programs[entry.program].kind
        if kind is ProgramKind.FORWARD and entry.kind in _FORWARD:
            yield from self._forward(entry, entry.program)
        elif kind is ProgramKind.CHARITY and entry.kind in _CHARITY:
            what = _CHARITY[Kind(entry.kind)]
            yield from self._in_or_out(entry, entry.program, what, Role.HELD)
        elif kind is ProgramKind.GIVEAWAY and entry.kind == Kind.REDEEM:
            yield from self._added(entry, What.HOUSE, Role.GIVEAWAYS, entry.list_price_minor or 0)

    def _forward(self, entry: ExportEntry, program: int) -> Iterator[Posting]:
        what = _FORWARD[Kind(entry.kind)]
        if entry.kind == Kind.REDEEM:
            yield from self._served(entry, program, what)
            return
        if entry.tender == Tender.OPENING:
            what = What.FROM_BEFORE
        yield from self._in_or_out(entry, program, what, Role.GIFTS)
        vat_minor = self._vat_ahead(entry)
        if vat_minor:
            # The VAT of what was there before these books was due before them.
            due = Role.OPENING if entry.tender == Tender.OPENING else Role.VAT
            yield Posting(what, program, Account(Role.VAT_AHEAD), vat_minor)
            yield Posting(what, program, Account(due), -vat_minor)

    def _in_or_out(
        self, entry: ExportEntry, program: int, what: What, owed: Role
    ) -> Iterator[Posting]:
        if entry.amount_minor:
            paid = _TENDERS[Tender(entry.tender or Tender.OTHER)]
            yield Posting(what, program, Account(paid), entry.amount_minor)
            yield Posting(what, program, Account(owed, program), -entry.amount_minor)

    def _served(self, entry: ExportEntry, program: int, what: What) -> Iterator[Posting]:
        ahead_minor, due_minor = self._vat_ahead(entry), self._vat_now(entry)
        income_minor = entry.amount_minor - ahead_minor - due_minor
        for account, minor in (
            (Account(Role.GIFTS, program), -entry.amount_minor),
            (Account(Role.VAT_AHEAD), ahead_minor),
            (Account(Role.VAT), due_minor),
            (Account(Role.INCOME), income_minor),
        ):
            if minor:
                yield Posting(what, program, account, minor)
        # An undo has the opposite signs in all: it takes back what its entry added.
        added_minor = (entry.list_price_minor or 0) + entry.amount_minor
        if (added_minor > 0) == (entry.units < 0):
            yield from self._added(entry, What.ROSE, Role.PRICE_RISES, added_minor)

    def _added(self, entry: ExportEntry, what: What, role: Role, minor: int) -> Iterator[Posting]:
        if minor and self._books.books_contribution and entry.program is not None:
            yield Posting(what, entry.program, Account(role), minor)
            yield Posting(what, entry.program, Account(Role.LIST_PRICE), -minor)

    def _vat_ahead(self, entry: ExportEntry) -> int:
        """Return by how much an entry changes the VAT that was due when its gift was given."""
        is_single = entry.gift_tax_kind == TaxKind.SINGLE_PURPOSE
        if not (self._books.splits_vat and is_single and entry.gift_tax_rate):
            return 0
        before = entry.gift_before_minor
        after = before + entry.amount_minor
        return tax_in(after, entry.gift_tax_rate) - tax_in(before, entry.gift_tax_rate)

    def _vat_now(self, entry: ExportEntry) -> int:
        """Return the VAT that falls due as money pays, with the sign of a credit."""
        if not self._books.splits_vat or entry.gift_tax_kind != TaxKind.MULTI_PURPOSE:
            return 0
        if entry.action != self._action:
            self._action, self._paid_minor = entry.action, 0
        rate = self._rate_served(entry)
        before = self._paid_minor
        self._paid_minor += entry.amount_minor
        return tax_in(self._paid_minor, rate) - tax_in(before, rate)

    def _rate_served(self, entry: ExportEntry) -> int:
        if entry.tax_kind is not None or entry.served_item is None:
            return entry.tax_rate or 0
        # Entries of the first programs do not tell it: the menu's rate of today stands in.
        return self._export.items[entry.served_item].tax_rate or 0
