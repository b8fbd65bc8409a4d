"""``payforward settings``: what the shop has decided, for all its tills."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from payforward.cli.books_settings import COMMANDS
from payforward.cli.lazy import Group
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table
from payforward.core.people import Guarded
from payforward.core.shop_settings import Printed
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from payforward.core.shop_settings import ShopSettings

NONE = "none"
_WHEN = click.Choice([str(each) for each in Printed], case_sensitive=False)


@click.group("settings", cls=Group, invoke_without_command=True)
@pass_session
@click.pass_context
def command(context: click.Context, session: Session) -> None:
    """Show what the shop has decided, or change it."""
    if context.invoked_subcommand is None:
        _keep(session)


@command.command("address")
@click.argument("host", metavar="HOST|none")
@pass_session
def set_address(session: Session, host: str) -> None:
    """Set the address in the squares.

    A phone that scans one opens the page of its code at HOST. With the word none, it shows the
    shop's name and the code.
    """
    _keep(session, address=None if host.strip().casefold() == NONE else host)


@command.command("receipts")
@click.argument("when", type=_WHEN)
@pass_session
def set_receipts(session: Session, when: str) -> None:
    """Print givers' receipts at the counter."""
    _keep(session, paper_receipts=Printed(when))


@command.command("order-slips")
@click.argument("when", type=_WHEN)
@pass_session
def set_order_slips(session: Session, when: str) -> None:
    """Print a paid order's slip at the counter.

    It looks like any other, whoever paid.
    """
    _keep(session, order_slips=Printed(when))


@command.command("locale")
@click.argument("name", metavar="NAME|none")
@pass_session
def set_locale(session: Session, name: str) -> None:
    """Write money as people do in a country.

    NAME is a language and a country, such as it_IT: amounts are shown as 1.234,50 € then. With
    the word none, they are shown as €1,234.50. Files and answers for scripts stay as they are.
    """
    if name.strip().casefold() == NONE:
        _keep(session, money_style=None)
        return
    with session.open(named=False) as ledger:
        code = ledger.shop.currency
    from payforward.core.locales import money_style  # noqa: PLC0415 - only who chooses one pays

    _keep(session, money_style=money_style(name, code))


for each in COMMANDS:
    command.add_command(each)


def _keep(session: Session, **changes: Any) -> None:
    """Change what is said, and show it; without changes, show all."""
    with session.open() as ledger:
        decided = ledger.settings()
        if changes:
            session.guard(ledger, Guarded.SETTINGS)
            decided = ledger.save_settings(replace(decided, **changes))
    session.answer(
        {
            "address": decided.address,
            "expiry_days": decided.expiry_days,
            "receipts": decided.paper_receipts.value,
            "order_slips": decided.order_slips.value,
            "locale": decided.locale,
        },
        lambda: _lines(decided, changes.keys()),
    )


def _lines(decided: ShopSettings, changed: Collection[str]) -> list[str]:
    days = decided.expiry_days
    rows = {
        "address": ["address", shown(decided.address or NONE)],
        "expiry_days": ["slips run out", "never" if days is None else f"after {days} days"],
        "paper_receipts": ["givers' receipts", f"{decided.paper_receipts} printed"],
        "order_slips": ["order slips", f"{decided.order_slips} printed"],
        "money_style": ["money as in", shown(decided.locale or NONE)],
    }
    if not changed:
        return table(list(rows.values()), "<<")
    return [*table([rows[name] for name in changed], "<<"), "All of them: payforward settings"]
