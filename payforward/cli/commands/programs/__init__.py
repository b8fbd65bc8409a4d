"""``payforward programs``: the ways of giving that the shop runs."""

from __future__ import annotations

from types import MappingProxyType

import click

from payforward.cli.lazy import LazyGroup


class ProgramsGroup(LazyGroup):
    """All that can be done with programs, in the order in which a shop meets it."""

    package = "payforward.cli.commands.programs"
    names = ("list", "add", "show", "change", "goods", "settle", "retire")
    modules = MappingProxyType({"list": "listing"})


@click.group("programs", cls=ProgramsGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show the ways of giving that the shop runs, or change them.

    Customers prepay in a forward program; in a giveaway the house gives; a drive collects goods
    for a partner; a charity's jar holds money for others.
    """
    if context.invoked_subcommand is None:
        from payforward.cli.commands.programs import listing  # noqa: PLC0415 - as the others

        context.invoke(listing.command)
