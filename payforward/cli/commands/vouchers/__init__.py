"""``payforward vouchers``: slips of paper, and the secret with which they are read."""

from __future__ import annotations

from types import MappingProxyType

import click

from payforward.cli.lazy import LazyGroup


class VouchersGroup(LazyGroup):
    """All that can be done with slips, in the order in which a shop meets it."""

    package = "payforward.cli.commands.vouchers"
    names = (
        "list",
        "show",
        "make",
        "hand-out",
        "replace",
        "take-back",
        "expiry",
        "recovery",
    )
    modules = MappingProxyType(
        {"list": "listing", "hand-out": "hand_out", "take-back": "take_back"}
    )


@click.group("vouchers", cls=VouchersGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Look at slips, make them, put them back."""
    if context.invoked_subcommand is None:
        from payforward.cli.commands.vouchers import listing  # noqa: PLC0415 - as the others

        context.invoke(listing.command)
