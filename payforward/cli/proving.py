"""Proof on the command line: the owner's passphrase, a cashier's PIN; never an argument.

What stands among a command's arguments is seen by everybody who lists the machine's processes,
and kept in the shell's history. So secrets come from a file, from a file descriptor
(``/dev/fd/3``, ``-`` for standard input), or are typed without echo.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.people import passphrase_needed, pin_needed
from payforward.core.text import shown

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.cli.session import Session
    from payforward.core.people import Cashier, Guarded

PASSPHRASE_VARIABLE: Final = "PAYFORWARD_PASSPHRASE_FILE"  # noqa: S105 - names a file
"""Names the file with the owner's passphrase where ``--passphrase-file`` does not."""

PIN_VARIABLE: Final = "PAYFORWARD_PIN_FILE"
"""Names the file with the PIN of ``--cashier`` where ``--pin-file`` does not."""

MOST_BYTES: Final = 4096
"""No secret is longer."""

NOT_THE_SAME: Final = "The two were not the same: nothing was changed; try again."


def insist_on_owner(session: Session, ledger: Ledger, what: Guarded) -> str | None:
    """Go on only for the owner; return the passphrase, None where there is none.

    Raises:
        Refused: ``passphrase-needed``, ``wrong-passphrase`` or ``locked``.
        BadInput: the file cannot be read.
    """
    if not ledger.has_passphrase():
        return None
    file = session.passphrase_file or os.environ.get(PASSPHRASE_VARIABLE)
    passphrase = secret_of_file(file) if file else typed_secret("The owner's passphrase: ")
    if passphrase is None:
        raise passphrase_needed(what)
    ledger.check_passphrase(passphrase)
    return passphrase


def insist_on_person(
    session: Session, ledger: Ledger, cashier: Cashier, what: Guarded, pin_file: str | None = None
) -> None:
    """Go on only for the owner; where there is no passphrase, for whoever has the PIN.

    Raises:
        Refused: as `insist_on_owner`; ``pin-needed``, ``wrong-pin`` or ``locked``.
        BadInput: the file cannot be read.
    """
    if insist_on_owner(session, ledger, what) is not None or not cashier.has_pin:
        return
    ledger.check_pin(cashier.id, _pin_of(cashier, pin_file))


def sign_in(session: Session, ledger: Ledger, name: str) -> None:
    """Let the named be who acts, once their PIN proves it where they have one.

    Raises:
        Refused: they left, only the owner could add them, or the PIN is not theirs.
        BadInput: a name that is none, or the file cannot be read.
    """
    cashier = ledger.who_is(name)
    if cashier.has_pin:
        file = session.pin_file or os.environ.get(PIN_VARIABLE)
        cashier = ledger.check_pin(cashier.id, _pin_of(cashier, file))
    ledger.act_as(cashier)


def new_secret(file: str | None, what: str) -> str:
    """Return a new secret: of a file, or typed twice.

    Raises:
        BadInput: nobody is there to type it, the two are not the same, or the file cannot be read.
    """
    if file:
        return secret_of_file(file)
    first = typed_secret(f"{what}: ")
    if first is None:
        raise BadInput(f"{what}: name a file that holds it.", reason="secret-needed")
    if typed_secret(f"{what}, once more: ") != first:
        raise BadInput(NOT_THE_SAME, reason="not-the-same")
    return first


def secret_of_file(name: str) -> str:
    """Return the first line of a file; ``-`` is standard input.

    Raises:
        BadInput: it cannot be read, or there is nothing in it.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.readline(MOST_BYTES) if sys.stdin is not None else b""
        else:
            with Path(name).open("rb") as file:
                data = file.readline(MOST_BYTES)
        line = data.decode().strip("\r\n")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise BadInput(
            f"The file {name} cannot be read ({why}): name another.", reason="bad-secret-file"
        ) from error
    if not line.strip():
        raise BadInput(
            f"The file {name} is empty: its first line is what counts.", reason="bad-secret-file"
        )
    return line


def typed_secret(prompt: str) -> str | None:
    """Return what a person types, without showing it; None where nobody is there to be asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    from getpass import GetPassWarning, getpass  # noqa: PLC0415 - only secrets pay for it
    from warnings import catch_warnings, simplefilter  # noqa: PLC0415

    with catch_warnings():
        # Rather not at all than for all to see.
        simplefilter("error", GetPassWarning)
        try:
            return getpass(prompt)
        except (GetPassWarning, EOFError):
            return None


def _pin_of(cashier: Cashier, file: str | None) -> str:
    pin = secret_of_file(file) if file else typed_secret(f"PIN of {shown(cashier.name)}: ")
    if pin is None:
        raise pin_needed(cashier.name)
    return pin
