"""``payforward partners``: who hands slips out for the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Group
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table
from payforward.core.model import MAX_COUNT, SlipState
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.partners import Partner


@click.group("partners", cls=Group, invoke_without_command=True)
@pass_session
@click.pass_context
def command(context: click.Context, session: Session) -> None:
    """Show who hands slips out, or change it."""
    if context.invoked_subcommand is not None:
        return
    with session.open() as ledger:
        partners = ledger.partners()
        waiting = [
            len(ledger.slips(state=SlipState.WAITING, partner=each.id, most=MAX_COUNT))
            for each in partners
        ]
    session.answer(
        {
            "partners": [
                {"partner": each.name, "slips_waiting": slips}
                for each, slips in zip(partners, waiting, strict=True)
            ]
        },
        lambda: _table(partners, waiting),
    )


@command.command("add")
@click.argument("name", nargs=-1, required=True)
@pass_session
def add_partner(session: Session, name: tuple[str, ...]) -> None:
    """Add NAME: a shelter, a nurse, a school."""
    with session.open() as ledger:
        partner = ledger.add_partner(typed.words_of(name))
    session.answer(
        {"partner": partner.name},
        lambda: [
            f"{shown(partner.name)} is a partner now.",
            f'For slips: payforward vouchers hand-out ITEM --partner "{shown(partner.name)}"',
        ],
    )


@command.command("rename")
@click.argument("name")
@click.argument("new_name")
@pass_session
def rename_partner(session: Session, name: str, new_name: str) -> None:
    """Call NAME by a NEW_NAME; its slips stay its own."""
    with session.open() as ledger:
        old = ledger.find_partner(name)
        partner = ledger.rename_partner(old.id, new_name)
    session.answer(
        {"partner": partner.name, "old_name": old.name},
        lambda: [f"{shown(old.name)} is called {shown(partner.name)} now."],
    )


@command.command("retire")
@click.argument("name", nargs=-1, required=True)
@pass_session
def retire_partner(session: Session, name: tuple[str, ...]) -> None:
    """Hand out no more to NAME; slips that are out stay good."""
    with session.open() as ledger:
        partner = ledger.retire_partner(ledger.find_partner(typed.words_of(name)).id)
    session.answer(
        {"partner": partner.name, "retired": True},
        lambda: [f"{shown(partner.name)} gets no more slips; those that are out stay good."],
    )


def _table(partners: Sequence[Partner], waiting: Sequence[int]) -> list[str]:
    if not partners:
        return ["There is no partner yet: payforward partners add NAME"]
    rows = [[each.name, str(slips)] for each, slips in zip(partners, waiting, strict=True)]
    return table([["", "slips waiting"], *rows], "<>")
