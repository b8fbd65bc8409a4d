"""``payforward partners``: who receives what the shop gives."""

from __future__ import annotations

from types import MappingProxyType

import click

from payforward.cli.lazy import LazyGroup


class PartnersGroup(LazyGroup):
    """All that can be done with partners, in the order in which a shop meets it."""

    package = "payforward.cli.commands.partners"
    names = ("list", "add", "page", "batches", "rename", "retire")
    modules = MappingProxyType({"list": "listing"})


@click.group("partners", cls=PartnersGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show who hands slips out and receives goods, or change it.

    Partners are shelters, nurses, schools, other shops: who knows the people that gifts are for.
    """
    if context.invoked_subcommand is None:
        from payforward.cli.commands.partners import listing  # noqa: PLC0415 - as the others

        context.invoke(listing.command)
