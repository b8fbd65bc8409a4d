"""From the command line to the screens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from payforward.cli.lazy import wake_collector
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.cli.session import Session


def open_counter(session: Session, *, path: Path | None = None, banner: str | None = None) -> int:
    """Show the counter, or the set-up where there is no ledger yet; return the exit code.

    Args:
        session: The global options.
        path: A ledger other than the session's.
        banner: A line that stays above the counter.

    Raises:
        BadInput: nobody could see it.
    """
    refuse_without_terminal()
    ledger = session.path() if path is None else path
    from payforward.app import run_counter  # noqa: PLC0415 - the screens are heavy

    wake_collector()
    return run_counter(ledger, till=session.till, cashier=session.cashier, banner=banner)


def refuse_without_terminal() -> None:
    """Refuse to show screens where no person could see or answer them.

    Raises:
        BadInput: input or output is not a terminal.
    """
    streams = (sys.stdin, sys.stdout)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise BadInput(
            "The counter needs a terminal: 'payforward --help' lists the commands for scripts.",
            reason="no-terminal",
        )
