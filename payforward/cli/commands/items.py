"""``payforward items``: the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Group
from payforward.cli.session import Session, pass_session
from payforward.cli.words import money, table
from payforward.core.people import Guarded
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.answers import MenuChanges
    from payforward.core.menus import Menu
    from payforward.core.model import Item


@click.group("items", cls=Group, invoke_without_command=True)
@pass_session
@click.pass_context
def command(context: click.Context, session: Session) -> None:
    """Show the menu, or change it."""
    if context.invoked_subcommand is not None:
        return
    with session.open() as ledger:
        items = ledger.items()
        currency = ledger.shop.currency
    session.answer(
        {"items": [_item(item, currency) for item in items], "currency": currency},
        lambda: _menu_lines(items, currency),
    )


@command.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@pass_session
def import_menu(session: Session, file: str, dry_run: bool) -> None:
    """Bring in a till's menu: an export of Square, Loyverse or Shopify, or plain CSV.

    Prices follow the file; items that it lacks stay as they are.
    """
    from payforward.cli.menu_file import read_menu, skipped_document  # noqa: PLC0415
    from payforward.core.currencies import currency as find_currency  # noqa: PLC0415

    with session.open() as ledger:
        currency = ledger.shop.currency
        menu = read_menu(file, find_currency(currency))
        if not dry_run:
            session.guard(ledger, Guarded.MENU)
        changes = ledger.import_menu(menu.rows, dry_run=dry_run)
    session.answer(
        {
            "added": list(changes.added),
            "restored": list(changes.restored),
            "repriced": [
                {
                    "item": change.item.name,
                    "old_price_minor": change.old_minor,
                    "price_minor": change.new_minor,
                    "currency": currency,
                }
                for change in changes.repriced
            ],
            "updated": list(changes.updated),
            "unchanged": changes.unchanged,
            "absent": list(changes.absent),
            "skipped": skipped_document(menu),
            "notes": menu.notes,
            "dry_run": dry_run,
        },
        lambda: _import_lines(changes, menu, currency, dry_run=dry_run),
    )


@command.command("add")
@click.argument("name")
@click.argument("price")
@click.option("--category", metavar="NAME", help="Items of one category may stand in for another.")
@pass_session
def add_item(session: Session, name: str, price: str, category: str | None) -> None:
    """Put NAME on the menu at PRICE."""
    with session.open() as ledger:
        currency = ledger.shop.currency
        session.guard(ledger, Guarded.MENU)
        item = ledger.add_item(name, typed.minor_of(price, currency), category=category or None)
    session.answer(
        _item(item, currency),
        lambda: [f"{shown(item.name)} is on the menu at {money(item.price_minor, currency)}."],
    )


@command.command("price")
@click.argument("name")
@click.argument("price")
@pass_session
def set_price(session: Session, name: str, price: str) -> None:
    """Change what NAME costs; gifts that wait stay what they are."""
    with session.open() as ledger:
        currency = ledger.shop.currency
        session.guard(ledger, Guarded.MENU)
        old = ledger.find_item(name)
        item = ledger.set_price(old.id, typed.minor_of(price, currency))
    now, before = (money(each.price_minor, currency) for each in (item, old))
    session.answer(
        {**_item(item, currency), "old_price_minor": old.price_minor},
        lambda: [f"{shown(item.name)} costs {now} now; it was {before}."],
    )


@command.command("retire")
@click.argument("name", nargs=-1, required=True)
@pass_session
def retire_item(session: Session, name: tuple[str, ...]) -> None:
    """Take NAME off the menu; what waits of it can still be had."""
    with session.open() as ledger:
        currency = ledger.shop.currency
        session.guard(ledger, Guarded.MENU)
        item = ledger.retire_item(ledger.find_item(typed.words_of(name)).id)
    session.answer(
        {**_item(item, currency), "retired": item.retired},
        lambda: [f"{shown(item.name)} is off the menu; what waits of it can still be had."],
    )


@command.command("group")
@click.argument("name")
@click.argument("groups", nargs=-1, metavar="[GROUP]...")
@pass_session
def set_groups(session: Session, name: str, groups: tuple[str, ...]) -> None:
    """Say in which GROUPs NAME stands: there one item may be had for another's gift.

    Without a GROUP, it stands in none.
    """
    with session.open() as ledger:
        currency = ledger.shop.currency
        session.guard(ledger, Guarded.MENU)
        item = ledger.set_groups(ledger.find_item(name).id, groups)
    session.answer(_item(item, currency), lambda: [_group_line(item)])


def _item(item: Item, currency: str) -> dict[str, object]:
    return {
        "item": item.name,
        "category": item.category,
        "price_minor": item.price_minor,
        "currency": currency,
        "groups": list(item.groups),
        "sku": item.sku,
        "barcode": item.barcode,
        "giftable": item.giftable,
    }


def _group_line(item: Item) -> str:
    name = shown(item.name)
    if not item.groups:
        return f"{name} stands in no group: only gifts of {name} itself pay for it."
    return f"{name} stands in: {', '.join(shown(group) for group in item.groups)}."


def _menu_lines(items: Sequence[Item], currency: str) -> list[str]:
    if not items:
        return [
            "The menu is empty: payforward items import FILE, or payforward items add NAME PRICE."
        ]
    return table(
        [[item.name, money(item.price_minor, currency), item.category or ""] for item in items],
        "<><",
    )


def _import_lines(
    changes: MenuChanges, menu: Menu, currency: str, *, dry_run: bool
) -> Iterator[str]:
    from payforward.cli.menu_file import skipped_lines  # noqa: PLC0415

    if dry_run:
        yield "Nothing was changed. This file would bring:"
    counts = (
        ("added", len(changes.added)),
        ("back on the menu", len(changes.restored)),
        ("with a new price", len(changes.repriced)),
        ("with new details", len(changes.updated)),
        ("as before", changes.unchanged),
        ("on the menu but not in the file, left as they are", len(changes.absent)),
    )
    yield from (f"{count} {what}." for what, count in counts if count)
    for change in changes.repriced:
        old, new = (money(minor, currency) for minor in (change.old_minor, change.new_minor))
        yield f"{shown(change.item.name)}: {old} was the price, {new} is."
    yield from skipped_lines(menu)
