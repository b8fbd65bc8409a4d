"""``payforward setup``: make a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.menu_file import read_menu, skipped_document, skipped_lines
from payforward.cli.session import Session, pass_session
from payforward.core.currencies import currency as find_currency
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.menus import Menu
    from payforward.core.model import Shop


@click.command("setup", cls=Command)
@click.option("--shop", required=True, metavar="NAME", help="The shop's name.")
@click.option("--currency", required=True, metavar="CODE", help="Its currency, such as EUR.")
@click.option("--timezone", required=True, metavar="ZONE", help="Such as Europe/Rome.")
@click.option("--menu", "menu_file", metavar="FILE", help="A till's menu to begin with.")
@pass_session
def command(
    session: Session, *, shop: str, currency: str, timezone: str, menu_file: str | None
) -> None:
    """Make a ledger for your shop; one that exists is never touched."""
    from db.setup import create_ledger  # noqa: PLC0415 - help must not pay for it

    path = session.path()
    menu = None if menu_file is None else read_menu(menu_file, find_currency(currency))
    create_ledger(
        path,
        shop=shop,
        currency=currency,
        timezone=timezone,
        menu=[] if menu is None else menu.rows,
    )
    with session.open() as ledger:
        made = ledger.shop
    session.answer(
        {
            "ledger": str(path),
            "shop": made.name,
            "currency": made.currency,
            "timezone": made.timezone,
            "cutover_hour": made.cutover_hour,
            "items": 0 if menu is None else len(menu.rows),
            "skipped": [] if menu is None else skipped_document(menu),
            "notes": [] if menu is None else menu.notes,
        },
        lambda: _lines(path, made, menu),
    )


def _lines(path: Path, shop: Shop, menu: Menu | None) -> Iterator[str]:
    yield f"{shown(shop.name)} is set up. The ledger is {path}."
    if menu is None:
        yield "Next, the menu: payforward items import FILE, or payforward items add NAME PRICE."
        return
    yield f"{len(menu.rows)} items are on the menu."
    yield from skipped_lines(menu)
