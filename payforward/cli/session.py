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


class Session:
    """The global options, wherever in the command they stood; the last one counts."""

    def __init__(self) -> None:
        self.ledger: str | None = None
        self.till: str = DEFAULT_TILL
        self.cashier: str | None = None
        self.as_json = False

    def path(self) -> Path:
        """Return where the ledger is.

        Raises:
            BadInput: it names nothing, or a folder.
        """
        return ledger_path(self.ledger)

    def open(self) -> Ledger:
        """Open the ledger.

        Raises:
            LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
            BadInput: its path, the till or the cashier is none.
        """
        from db.ledger import Ledger  # noqa: PLC0415 - help must not pay for it

        return Ledger.open(self.path(), till=self.till, cashier=self.cashier)

    def answer(self, document: Mapping[str, object], lines: Callable[[], Iterable[str]]) -> None:
        """Write the answer: the document for scripts, or the lines for people."""
        if self.as_json:
            emit_document(document)
        else:
            emit("".join(f"{line}\n" for line in lines()))


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
        ["--json", "as_json"],
        is_flag=True,
        callback=_keep,
        expose_value=False,
        help="Answer with one JSON document; money in minor units.",
    ),
)
"""Accepted by every command and group, so before and after a command's name."""
