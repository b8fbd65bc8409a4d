"""The command itself: with nothing else said, it opens the counter."""

from __future__ import annotations

from types import MappingProxyType

import click

from payforward import __version__
from payforward.cli.lazy import LazyGroup
from payforward.cli.session import Session, pass_session


class RootGroup(LazyGroup):
    """All commands, in the order in which a shop meets them."""

    names = (
        "setup",
        "demo",
        "board",
        "give",
        "redeem",
        "undo",
        "refund",
        "asked",
        "items",
        "vouchers",
        "print",
        "printers",
        "partners",
        "pass-on",
        "programs",
        "giveaway",
        "collect",
        "deliver",
        "manifest",
        "settings",
        "people",
        "entries",
        "gift",
        "report",
        "close",
        "export",
        "verify",
        "clock",
    )
    modules = MappingProxyType({"print": "print_waiting", "pass-on": "pass_on"})


@click.group(
    cls=RootGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog=(
        "Exit codes: 0 done; 1 refused by a rule, nothing changed; 2 wrong usage; "
        "3 the ledger cannot be used, or an export is not whole, nothing lost; 70 a mistake of the "
        "program's own; 74 done, but a slip is not out, or the answer could not be written."
    ),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@pass_session
@click.pass_context
def payforward(context: click.Context, session: Session) -> int | None:
    """Keep a pay-it-forward board: gifts that customers leave for whoever asks.

    Alone, it opens the counter; the first time, the set-up.
    """
    if context.invoked_subcommand is not None:
        return None
    from payforward.cli.counter import open_counter  # noqa: PLC0415 - it loads the screens

    return open_counter(session)
