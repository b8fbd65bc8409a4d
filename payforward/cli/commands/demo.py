"""``payforward demo``: the counter on a throw-away ledger."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from payforward.cli.counter import open_counter, refuse_without_terminal
from payforward.cli.lazy import Command
from payforward.cli.output import complain
from payforward.cli.session import Session, pass_session

BANNER = "Demo: a café that never was. Nothing counts; it is gone when you leave."


@click.command("demo", cls=Command)
@pass_session
def command(session: Session) -> int:
    """Open the counter on a throw-away year.

    Its ledger has a year of a café's life in it, and is gone when you leave.
    """
    from payforward.demo import make_demo  # noqa: PLC0415 - help must not pay for it

    refuse_without_terminal()
    with tempfile.TemporaryDirectory(prefix="payforward-demo-") as folder:
        path = Path(folder) / "demo.db"
        complain("A moment: a year is going by.")
        make_demo(path)
        return open_counter(session, path=path, banner=BANNER)
