"""``payforward people``: who is at the counter, their PINs, the owner's passphrase."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Group
from payforward.cli.output import complain
from payforward.cli.proving import insist_on_owner, insist_on_person, new_secret
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table
from payforward.core.errors import BadInput
from payforward.core.model import PepperState
from payforward.core.people import Guarded
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.people import Cashier

LINES = 4
"""Of the recovery sheet."""


@click.group("people", cls=Group, invoke_without_command=True)
@click.option("--all", "with_retired", is_flag=True, help="Those who left too.")
@pass_session
@click.pass_context
def command(context: click.Context, session: Session, with_retired: bool) -> None:
    """Show who is at the counter at times, or change it.

    PINs and the passphrase are typed unseen, or read from files; never from the command itself,
    which others could see.
    """
    if context.invoked_subcommand is not None:
        return
    with session.open(named=False) as ledger:
        cashiers = ledger.cashiers(retired=with_retired)
        guarded = ledger.has_passphrase()
    session.answer(
        {"people": [_document(each) for each in cashiers], "passphrase": guarded},
        lambda: _lines(cashiers, guarded=guarded),
    )


@command.command("add")
@click.argument("name", nargs=-1, required=True)
@pass_session
def add(session: Session, name: tuple[str, ...]) -> None:
    """Add NAME; who had left comes back.

    Without a passphrase nobody has to be added: 'payforward --cashier NAME' is enough.
    """
    with session.open(named=False) as ledger:
        session.guard(ledger, Guarded.PEOPLE)
        cashier = ledger.add_cashier(typed.words_of(name))
    session.answer(_document(cashier), lambda: [f"{shown(cashier.name)} is added."])


@command.command("rename")
@click.argument("name")
@click.argument("new_name", metavar="NEW")
@click.option("--old-pin-file", metavar="FILE", help="Their PIN, where there is no passphrase.")
@pass_session
def rename(session: Session, name: str, new_name: str, old_pin_file: str | None) -> None:
    """Call NAME otherwise, in old entries too."""
    with session.open(named=False) as ledger:
        old = ledger.find_cashier(name)
        insist_on_person(session, ledger, old, Guarded.PEOPLE, old_pin_file)
        cashier = ledger.rename_cashier(old.id, new_name)
    session.answer(
        _document(cashier), lambda: [f"{shown(old.name)} is called {shown(cashier.name)} now."]
    )


@command.command("retire")
@click.argument("name", nargs=-1, required=True)
@click.option("--old-pin-file", metavar="FILE", help="Their PIN, where there is no passphrase.")
@pass_session
def retire(session: Session, name: tuple[str, ...], old_pin_file: str | None) -> None:
    """Say that NAME has left; entries keep the name, the PIN is forgotten."""
    with session.open(named=False) as ledger:
        old = ledger.find_cashier(typed.words_of(name))
        insist_on_person(session, ledger, old, Guarded.PEOPLE, old_pin_file)
        cashier = ledger.retire_cashier(old.id)
    session.answer(_document(cashier), lambda: [f"{shown(cashier.name)} has left."])


@command.command("pin")
@click.argument("name", nargs=-1, required=True)
@click.option("--new-pin-file", metavar="FILE", help="A file with the new PIN; - is the input.")
@click.option("--old-pin-file", metavar="FILE", help="The PIN now, where there is no passphrase.")
@click.option("--remove", is_flag=True, help="Have no PIN: the name is only said then.")
@pass_session
def set_pin(
    session: Session,
    *,
    name: tuple[str, ...],
    new_pin_file: str | None,
    old_pin_file: str | None,
    remove: bool,
) -> None:
    """Give NAME a PIN of 4 to 8 digits, which proves who is named in entries.

    It is typed twice, or read from --new-pin-file (or --pin-file). Another one needs the owner's
    passphrase; in a shop without one, the PIN that there is.
    """
    new_file = new_pin_file or session.pin_file
    if remove and new_file:
        raise BadInput("Say a new PIN or --remove, not both.", reason="wrong-usage")
    with session.open(named=False) as ledger:
        old = ledger.find_cashier(typed.words_of(name))
        insist_on_person(session, ledger, old, Guarded.PEOPLE, old_pin_file)
        pin = None if remove else new_secret(new_file, f"New PIN of {shown(old.name)}")
        cashier = ledger.set_pin(old.id, pin)
    said = "has a PIN now." if cashier.has_pin else "has no PIN: the name is only said."
    session.answer(_document(cashier), lambda: [f"{shown(cashier.name)} {said}"])


@command.command("passphrase")
@click.option(
    "--new-passphrase-file", "new_file", metavar="FILE", help="A file with the new passphrase."
)
@click.option("--remove", is_flag=True, help="Have none: nothing asks for it then.")
@click.option(
    "--forgotten",
    is_flag=True,
    help="The recovery sheet's four lines, or a file beside the ledger, prove whose shop it is.",
)
@pass_session
def set_passphrase(
    session: Session, *, new_file: str | None, remove: bool, forgotten: bool
) -> None:
    """Set the owner's passphrase, of 8 characters or more.

    It guards settings and printers, the menu and its prices, programs, corrections of closed days,
    taking back on other days, exports, people, and the recovery sheet.
    """
    if remove and new_file:
        raise BadInput("Say a new passphrase or --remove, not both.", reason="wrong-usage")
    why = ""
    with session.open(named=False) as ledger:
        if forgotten:
            lines = _sheet_of_input(ledger)
            if lines is None and ledger.forgotten_path.is_file():
                name = shown(ledger.forgotten_path.name)
                why = f"The file {name} proved whose shop it is, and is gone. "
            new = None if remove else new_secret(new_file, "New passphrase")
            ledger.reset_passphrase(new, lines)
        else:
            old = insist_on_owner(session, ledger, Guarded.PEOPLE)
            new = None if remove else new_secret(new_file, "New passphrase")
            ledger.set_passphrase(old, new)
        guarded = ledger.has_passphrase()
    said = why + ("The passphrase is set." if guarded else "There is no passphrase.")
    session.answer({"passphrase": guarded}, lambda: [said])


def _sheet_of_input(ledger: Ledger) -> list[str] | None:
    """Return the recovery sheet's lines; None where a file shall prove whose shop it is."""
    from payforward.cli.code_words import lines_of_input  # noqa: PLC0415 - seldom needed

    if ledger.forgotten_path.is_file() or ledger.pepper_state() is PepperState.NONE:
        return None
    if sys.stdin is not None and sys.stdin.isatty():
        complain(
            f"On the recovery sheet stand {LINES} lines of twenty letters, in groups of four: type "
            "them as they stand there. They only prove whose shop this is; slips and gifts stay as "
            "they are. Without the sheet, press Ctrl+C, make an empty file "
            f"{shown(str(ledger.forgotten_path))}, and run this again."
        )
    return lines_of_input(LINES)


def _document(cashier: Cashier) -> dict[str, object]:
    return {"cashier": cashier.name, "pin": cashier.has_pin, "retired": cashier.retired}


def _lines(cashiers: Sequence[Cashier], *, guarded: bool) -> Iterator[str]:
    if not cashiers:
        yield "Nobody has a name here yet: payforward people add NAME"
    yield from table([[each.name, _proof(each)] for each in cashiers], "<<") if cashiers else ()
    yield "The owner has a passphrase." if guarded else "The owner has no passphrase."


def _proof(cashier: Cashier) -> str:
    if cashier.retired:
        return "left"
    return "PIN" if cashier.has_pin else "no PIN"
