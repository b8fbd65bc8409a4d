"""``payforward report``: the owner's numbers."""

from __future__ import annotations

import click

from payforward.cli.lazy import LazyGroup


class ReportGroup(LazyGroup):
    """The owner's questions."""

    package = "payforward.cli.commands.report"
    names = ("month", "liability", "day", "advice", "statement", "card")


@click.group("report", cls=ReportGroup)
def command() -> None:
    """Tell the owner what was given, what waits, what is owed."""
