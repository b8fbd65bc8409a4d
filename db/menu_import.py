"""A till's menu brought into the shop's: by name, once and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.menu import UPDATE_ITEM, Details, insert_item, set_groups
from payforward.core.answers import MenuChanges, PriceChange
from payforward.core.errors import BadInput
from payforward.core.model import ItemKind
from payforward.core.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from payforward.core.menus import MenuRow
    from payforward.core.model import Item


def import_rows(
    database: Database,
    shop: int,
    at: str,
    items: Sequence[Item],
    rows: Sequence[MenuRow],
    *,
    currency: str,
) -> MenuChanges:
    """Bring a till's menu in and return what changed; a second time changes nothing.

    An item is the same when its name is: prices and details follow the file, a retired one
    comes back, and items that the file lacks are left alone.

    Raises:
        BadInput: there is no row, two have one name, one has the fund's, or a price is in
            another currency than the ledger.
    """
    # The fund and goods have names too, but are no items of a till's menu.
    taken = {name_key(i.name) for i in items if i.kind is not ItemKind.MENU and not i.retired}
    _check_rows(rows, taken, currency)
    by_key = _by_key(items)
    added: list[str] = []
    restored: list[str] = []
    repriced: list[PriceChange] = []
    updated: list[str] = []
    unchanged = 0
    for row in rows:
        item = by_key.pop(name_key(row.name), None)
        if item is None:
            insert_item(database, shop, at, price_minor=row.price.minor, **_details(row))
            added.append(row.name)
            continue
        if _differs(item, row):
            _update_item(database, shop, item, row)
        if item.retired:
            restored.append(item.name)
        elif item.price_minor != row.price.minor:
            repriced.append(PriceChange(item, item.price_minor, row.price.minor))
        elif _differs(item, row):
            updated.append(item.name)
        else:
            unchanged += 1
    absent = [item.name for item in by_key.values() if not item.retired]
    return MenuChanges(
        tuple(added), tuple(restored), tuple(repriced), tuple(updated), unchanged, tuple(absent)
    )


def _by_key(items: Iterable[Item]) -> dict[str, Item]:
    """Return the menu's items by what makes their names one."""
    on_menu = [item for item in items if item.kind is ItemKind.MENU]
    # Of namesakes the one on the menu comes last, and so wins.
    return {name_key(i.name): i for i in sorted(on_menu, key=lambda i: (not i.retired, i.id))}


def _check_rows(rows: Sequence[MenuRow], taken: set[str], currency: str) -> None:
    """Refuse a menu of which not every row can be an item of its own name."""
    if not rows:
        raise BadInput(
            "No item in that file can be a gift: see the rows it names.", reason="empty-menu"
        )
    lines: dict[str, int] = {}
    for row in rows:
        key = name_key(row.name)
        if row.price.currency.code != currency:
            raise BadInput(
                f"Line {row.line}: {row.price.format()} is not in {currency}.", reason="bad-amount"
            )
        if key in taken:
            raise BadInput(
                f"Line {row.line}: {row.name} is a name that the ledger needs itself: give the "
                "item another.",
                reason="bad-name",
            )
        if key in lines:
            raise BadInput(
                f"Lines {lines[key]} and {row.line} name the same item, {row.name}: leave one.",
                reason="bad-name",
            )
        lines[key] = row.line


def _details(row: MenuRow) -> Details:
    return {
        "name": row.name,
        "category": row.category,
        "sku": row.sku,
        "barcode": row.barcode,
        "tax_rate": row.tax_rate,
        "giftable": row.giftable,
    }


def _merged(item: Item, row: MenuRow) -> dict[str, str | int | None]:
    """Return the details after the import: what the file leaves empty stays as it was."""
    return {
        "category": row.category or item.category,
        "price_minor": row.price.minor,
        "sku": row.sku or item.sku,
        "barcode": row.barcode or item.barcode,
        "tax_rate": item.tax_rate if row.tax_rate is None else row.tax_rate,
        "giftable": int(row.giftable),
    }


def _differs(item: Item, row: MenuRow) -> bool:
    now = {name: getattr(item, name) for name in _merged(item, row)}
    return item.retired or now != _merged(item, row)


def _update_item(database: Database, shop: int, item: Item, row: MenuRow) -> None:
    merged = _merged(item, row)
    database.execute(UPDATE_ITEM, {"shop": shop, "item": item.id, **merged})
    category = row.category or item.category
    if category and category != item.category and item.groups in ((), (item.category,)):
        set_groups(database, shop, item.id, [category])
