"""What a shop says of its books: the accounts' names, VAT, what the shop adds itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table
from payforward.core.accounts import Role
from payforward.core.people import Guarded
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.ledger import Ledger
    from payforward.core.accounts import Books

NONE: Final = "none"
_ALL: Final = "All of them: payforward settings accounts"
_VAT: Final = ("split", "none")
_CONTRIBUTION: Final = ("noted", "booked")
_ABOUT: Final = {
    Role.CASH: "taken in cash for gifts",
    Role.CARD: "taken by card",
    Role.OTHER: "taken otherwise",
    Role.GIFTS: "owed: gifts that wait",
    Role.HELD: "owed: charities' money",
    Role.VAT: "VAT that is due",
    Role.VAT_AHEAD: "VAT already due on gifts that still wait",
    Role.INCOME: "gifts served",
    Role.OPENING: "against what was there before",
    Role.PRICE_RISES: "added by the shop to what was paid",
    Role.GIVEAWAYS: "given by the house",
    Role.LIST_PRICE: "against the two above",
    Role.XERO_TAX: "Xero's name of the rate without tax",
}


@click.command("accounts", cls=Command)
@pass_session
def show_accounts(session: Session) -> None:
    """Show what the books call their accounts, for exports."""
    with session.open() as ledger:
        _answer(session, ledger, ledger.settings().books)


@click.command("account", cls=Command)
@click.argument("role", type=click.Choice([str(role) for role in Role], case_sensitive=False))
@click.argument("name", metavar="NAME|none")
@click.option("--program", metavar="NAME", help="Only for gifts, or money, of this program.")
@pass_session
def set_account(session: Session, role: str, name: str, program: str | None) -> None:
    """Say what the books call an account.

    In beancount and hledger a NAME such as Assets:Till is taken as it is, any other stands below
    the account's own root. With the word none, each form has its own name for it again.
    """
    said = None if name.strip().casefold() == NONE else name

    def change(ledger: Ledger, books: Books) -> Books:
        number = None if program is None else ledger.find_program(program, retired=True).id
        return books.with_name(Role(role), said, number)

    of = "" if program is None else f" of {shown(program.strip())}"
    has = "has each form's own name" if said is None else f"is {shown(said.strip())}"
    _change(session, change, lambda _: f"{role}{of} {has}.")


@click.command("vat", cls=Command)
@click.argument("way", type=click.Choice(_VAT, case_sensitive=False))
@pass_session
def set_vat(session: Session, way: str) -> None:
    """Split VAT out of what is paid, by the menu's rates; or none."""
    _change(session, lambda _, books: replace(books, splits_vat=way == "split"), _vat_line)


@click.command("contribution", cls=Command)
@click.argument("way", type=click.Choice(_CONTRIBUTION, case_sensitive=False))
@pass_session
def set_contribution(session: Session, way: str) -> None:
    """Note what the shop adds and gives itself, or book it.

    Noted, it is the list price beside what was served. Booked, it is an expense at list price,
    against an account of its own.
    """
    booked = way == "booked"
    _change(session, lambda _, books: replace(books, books_contribution=booked), _added_line)


COMMANDS: Final = (show_accounts, set_account, set_vat, set_contribution)


def _change(
    session: Session, change: Callable[[Ledger, Books], Books], told: Callable[[Books], str]
) -> None:
    with session.open() as ledger:
        session.guard(ledger, Guarded.SETTINGS)
        settings = ledger.settings()
        books = change(ledger, settings.books)
        ledger.save_settings(replace(settings, books=books))
        _answer(session, ledger, books, told)


def _answer(
    session: Session, ledger: Ledger, books: Books, told: Callable[[Books], str] | None = None
) -> None:
    """Answer with all that is said of the books; tell people only what was changed, if it was."""
    programs = {program.id: program.name for program in ledger.programs(retired=True)}
    accounts = [_account(key, name, programs) for key, name in books.names]
    session.answer(
        {
            "accounts": accounts,
            "vat": _VAT[not books.splits_vat],
            "contribution": _CONTRIBUTION[books.books_contribution],
        },
        lambda: [told(books), _ALL] if told else _lines(books, accounts),
    )


def _account(key: str, name: str, programs: dict[int, str]) -> dict[str, str | None]:
    role, _, number = key.partition(".")
    program = programs.get(int(number)) if number.isdecimal() else None
    return {"account": role, "program": program, "name": name}


def _lines(books: Books, accounts: list[dict[str, str | None]]) -> list[str]:
    rows = [[str(role), books.name(role) or "–", _ABOUT[role]] for role in Role]
    rows += [
        [str(each["account"]), str(each["name"]), f"only of {each['program']}"]
        for each in accounts
        if each["program"] is not None
    ]
    return [
        *table(rows, "<<<"),
        "",
        _vat_line(books),
        _added_line(books),
        "An account without a name (–) has that of each form.",
    ]


def _vat_line(books: Books) -> str:
    return f"VAT: {'split out of what is paid' if books.splits_vat else 'none'}."


def _added_line(books: Books) -> str:
    added = "booked at list price" if books.books_contribution else "noted"
    return f"What the shop adds and gives itself: {added}."
