"""What accounts are called in each kind of books, and what is told of a transaction."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from payforward.core.accounts import Role
from payforward.core.model import ItemKind
from payforward.core.text import shown
from payforward.output.exports.journal import ROLE_OWED
from payforward.output.exports.postings import Account, What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from payforward.core.export_answers import Export
    from payforward.output.exports.journal import Transaction

PLAIN: Final = {
    Role.CASH: "Assets:Gift-Takings:Cash",
    Role.CARD: "Assets:Gift-Takings:Card",
    Role.OTHER: "Assets:Gift-Takings:Other",
    Role.GIFTS: "Liabilities:Gifts",
    Role.HELD: "Liabilities:Held-For-Others",
    Role.VAT: "Liabilities:VAT",
    Role.VAT_AHEAD: "Liabilities:VAT-In-Gifts",
    Role.INCOME: "Income:Gifts-Served",
    Role.OPENING: "Equity:Opening-Balances",
    Role.PRICE_RISES: "Expenses:Gift-Price-Rises",
    Role.GIVEAWAYS: "Expenses:Giveaways",
    Role.LIST_PRICE: "Income:Given-By-The-House",
}
"""Names in plain-text books; programs have accounts below ``gifts`` and ``held``."""

QUICKBOOKS: Final = {
    Role.CASH: "Gift takings cash",
    Role.CARD: "Gift takings card",
    Role.OTHER: "Gift takings other",
    Role.GIFTS: "Prepaid gifts",
    Role.HELD: "Money held for charities",
    Role.VAT: "VAT payable",
    Role.VAT_AHEAD: "VAT in prepaid gifts",
    Role.INCOME: "Gifts served",
    Role.OPENING: "Opening Balance Equity",
    Role.PRICE_RISES: "Gift price rises",
    Role.GIVEAWAYS: "Giveaways",
    Role.LIST_PRICE: "Given by the house",
}

XERO: Final = {
    Role.CASH: "PF-CASH",
    Role.CARD: "PF-CARD",
    Role.OTHER: "PF-OTHER",
    Role.GIFTS: "PF-GIFTS",
    Role.HELD: "PF-HELD",
    Role.VAT: "PF-VAT",
    Role.VAT_AHEAD: "PF-VATGIFT",
    Role.INCOME: "PF-INCOME",
    Role.OPENING: "PF-OPENING",
    Role.PRICE_RISES: "PF-RISES",
    Role.GIVEAWAYS: "PF-HOUSE",
    Role.LIST_PRICE: "PF-LIST",
    Role.XERO_TAX: "Tax Exempt",
}
"""Codes of Xero's chart of accounts have at most 10 signs."""

_ROOTS: Final = ("Assets", "Liabilities", "Equity", "Income", "Expenses")
_VAT_ROLES: Final = (Role.VAT, Role.VAT_AHEAD)
_CONTRIBUTION_ROLES: Final = (Role.PRICE_RISES, Role.GIVEAWAYS, Role.LIST_PRICE)


class PlainNames:
    """Names accounts as beancount and hledger both read them.

    Args:
        export: The ledger.
    """

    def __init__(self, export: Export) -> None:
        self._export = export
        self._programs = _components({p.id: p.name for p in export.programs.values()})

    def name(self, account: Account) -> str:
        """Return an account's name: a root, then parts of letters, digits and hyphens."""
        role, program = account
        books = self._export.books
        default = PLAIN[role]
        if program is None:
            return _rooted(books.name(role) or default, default)
        own = books.name(role, program)
        if own is not None:
            return _rooted(own, default)
        return f"{_rooted(books.name(role) or default, default)}:{self._programs[program]}"

    def opened(self) -> Iterator[tuple[date, str]]:
        """Yield the day on which each account may first be used, and its name, each name once."""
        export = self._export
        if export.began_on is None:
            return
        until = export.last
        seen: set[str] = set()
        days = [(export.began_on, Account(role)) for role in self._roles()]
        days += [(day, account) for account, day in self._of_programs()]
        for day, account in days:
            name = self.name(account)
            if name not in seen and (until is None or day <= until):
                seen.add(name)
                yield day, name

    def checked(self, balances: Mapping[Account, int]) -> dict[str, int]:
        """Return balances by name, without accounts in or below which is something else as well.

        Some books count what is below an account as in it (beancount), some do not (hledger).
        """
        owed = [self.name(account) for account, _ in self._of_programs()]
        every = {*owed, *(self.name(Account(role)) for role in self._roles())}
        mixed = {self.name(Account(role)) for role in self._roles()}
        mixed |= {name for name in owed if any(each.startswith(f"{name}:") for each in every)}
        named: dict[str, int] = {}
        for account, minor in balances.items():
            name = self.name(account)
            if name not in mixed:
                named[name] = named.get(name, 0) + minor
        return named

    def _roles(self) -> list[Role]:
        books = self._export.books
        roles = [Role.CASH, Role.CARD, Role.OTHER, Role.INCOME, Role.OPENING]
        roles += _VAT_ROLES if books.splits_vat else ()
        roles += _CONTRIBUTION_ROLES if books.books_contribution else ()
        return roles

    def _of_programs(self) -> Iterator[tuple[Account, date]]:
        for number, day in self._export.program_days.items():
            role = ROLE_OWED.get(self._export.programs[number].kind)
            if role is not None:
                yield Account(role, number), day


def own_name(export: Export, account: Account, defaults: Mapping[Role, str]) -> str:
    """Return what a shop calls an account in books that know no roots."""
    role, program = account
    of_program = None if program is None else export.books.name(role, program)
    return of_program or export.books.name(role) or defaults[role]


def told(export: Export, transaction: Transaction) -> str:
    """Return what happened in a few words, none of them a giver's."""
    entry = transaction.first
    number = entry.item if entry.served_item is None else entry.served_item
    item = export.items[number or 0]
    thing = shown(item.name)
    if item.kind is not ItemKind.MONEY:
        thing = f"{transaction.units} {thing}"
    what = f"{transaction.what}: {thing}"
    if entry.program is not None:
        what = f"{what}, {shown(export.programs[entry.program].name)}"
    if entry.partner is not None:
        what = f"{what}, to {shown(export.partners[entry.partner])}"
    return f"Taken back. {what}" if entry.undoes is not None else what


def line_told(export: Export, what: What, program: int) -> str:
    """Return what a journal's line says."""
    return f"{what}, {shown(export.programs[program].name)}"


def _rooted(name: str, default: str) -> str:
    """Return a name below one of the five roots, the default's if it names none.

    >>> _rooted("assets:Till 1:cash", PLAIN[Role.CASH]), _rooted("2100", PLAIN[Role.GIFTS])
    ('Assets:Till-1:Cash', 'Liabilities:2100')
    """
    parts = [component(part) for part in name.split(":") if part.strip()]
    root = parts[0] if parts else ""
    if root not in _ROOTS or len(parts) == 1:
        parts.insert(0, default.partition(":")[0])
    return ":".join(parts)


def component(text: str) -> str:
    """Return text as one part of an account's name.

    >>> component("tea for all!"), component("=1+1"), component("🙂"), component("çay")
    ('Tea-for-all', '1-1', 'X', 'Çay')
    """
    kept = ""
    for char in unicodedata.normalize("NFC", shown(text)):
        group = unicodedata.category(char)[0]
        # A mark belongs to its letter: that of a picture goes with it.
        is_kept = group in "LN" or (group == "M" and kept[-1:] not in ("", "-"))
        kept += char if is_kept else "-"
    part = "-".join(filter(None, kept.split("-")))
    return part[:1].upper() + part[1:] or "X"


def _components(names: Mapping[int, str]) -> dict[int, str]:
    """Return a part of an account's name for each program; namesakes have their number too."""
    parts: dict[int, str] = {}
    taken: set[str] = set()
    for number, name in sorted(names.items()):
        part = component(name)
        while part.casefold() in taken:
            part = f"{part}-{number}"
        taken.add(part.casefold())
        parts[number] = part
    return parts
