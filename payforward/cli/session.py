"""What holds for one run of the command: which ledger, who acts, how to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.output import emit, emit_document
from payforward.core.settings import DEFAULT_TILL, ledger_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.core.people import Guarded


class Session:
    """The global options, wherever in the command they stood; the last one counts."""

    def __init__(self) -> None:
        self.ledger: str | None = None
        self.till: str = DEFAULT_TILL
        self.cashier: str | None = None
        self.passphrase_file: str | None = None
        self.pin_file: str | None = None
        self.as_json = False

    def path(self) -> Path:
        """Return where the ledger is.

        Raises:
            BadInput: it names nothing, or a folder.
        """
        return ledger_path(self.ledger)

    def open(self, *, named: bool = True) -> Ledger:
        """Open the ledger.

        Args:
            named: Whether who is at the counter is to be named in it, and proven where there is a
                PIN.

        Raises:
            LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
            BadInput: its path, the till or the cashier is none.
            Refused: the cashier left, is not known, or the PIN is not theirs.
        """
        from db.ledger import Ledger  # noqa: PLC0415 - help must not pay for it

        ledger = Ledger.open(self.path(), till=self.till)
        try:
            _write_money_as_here(ledger)
            if named and self.cashier is not None:
                from payforward.cli.proving import sign_in  # noqa: PLC0415 - not without a name

                sign_in(self, ledger, self.cashier)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def guard(self, ledger: Ledger, what: Guarded) -> None:
        """Go on only for the owner, where the shop has a passphrase.

        Raises:
            Refused: ``passphrase-needed``, ``wrong-passphrase`` or ``locked``.
            BadInput: the file with the passphrase cannot be read.
        """
        from payforward.cli.proving import insist_on_owner  # noqa: PLC0415 - only the owner pays

        insist_on_owner(self, ledger, what)

    def answer(self, document: Mapping[str, object], lines: Callable[[], Iterable[str]]) -> None:
        """Write the answer: the document for scripts, or the lines for people."""
        if self.as_json:
            emit_document(document)
        else:
            emit("".join(f"{line}\n" for line in lines()))


def _write_money_as_here(ledger: Ledger) -> None:
    """Write money as the shop's locale does, or in the program's own way."""
    from payforward.core.currencies import write_as  # noqa: PLC0415 - help must not pay for it

    write_as(ledger.shop.currency, ledger.settings().money_style)


pass_session = click.make_pass_decorator(Session, ensure=True)


def _keep(context: click.Context, parameter: click.Parameter, value: str | bool | None) -> None:
    if value not in (None, False):
        assert parameter.name is not None
        setattr(context.ensure_object(Session), parameter.name, value)


GLOBAL_OPTIONS = (
    click.Option(
        ["--ledger"],
        metavar="PATH",
        callback=_keep,
        expose_value=False,
        help="The ledger's file; else PAYFORWARD_LEDGER, else one in your data folder.",
    ),
    click.Option(
        ["--till"],
        metavar="NAME",
        callback=_keep,
        expose_value=False,
        help=f"What this terminal is called; {DEFAULT_TILL} if nothing is said.",
    ),
    click.Option(
        ["--cashier"],
        metavar="NAME",
        callback=_keep,
        expose_value=False,
        help="Who is at the counter.",
    ),
    click.Option(
        ["--pin-file"],
        metavar="FILE",
        callback=_keep,
        expose_value=False,
        help="A file with the cashier's PIN, for those who have one; else PAYFORWARD_PIN_FILE.",
    ),
    click.Option(
        ["--passphrase-file"],
        metavar="FILE",
        callback=_keep,
        expose_value=False,
        help="A file with the owner's passphrase, for what asks for it; else "
        "PAYFORWARD_PASSPHRASE_FILE.",
    ),
    click.Option(
        ["--json", "as_json"],
        is_flag=True,
        callback=_keep,
        expose_value=False,
        help="Answer with one JSON document; money in minor units.",
    ),
)
"""Accepted by every command and group, so before and after a command's name."""
