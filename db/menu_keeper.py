"""The menu's part of a ledger: what can be given, at which price, in which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import menu
from db.append import lock_head
from db.drives import named
from db.faults import damaged
from db.keeper import Keeper
from db.menu_import import import_rows
from payforward.core.errors import BadInput, Refused
from payforward.core.matching import nearest, resolve
from payforward.core.model import MAX_AMOUNT_MINOR, Item, ItemKind
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from payforward.core.answers import MenuChanges
    from payforward.core.menus import MenuRow


class MenuKeeper(Keeper):
    """Keeps the menu of one shop's ledger; a part of `Ledger`."""

    def items(self, *, retired: bool = False) -> list[Item]:
        """Return the menu in its order, without the fund; retired items only if asked for."""
        with self._file.snapshot():
            found = self._items().values()
        return [i for i in found if i.kind is ItemKind.MENU and (retired or not i.retired)]

    def fund(self) -> Item:
        """Return the item that money is."""
        for item in self._items().values():
            if item.kind is ItemKind.MONEY:
                return item
        raise damaged(self._file.path)

    def find_item(self, name: str, *, retired: bool = False) -> Item:
        """Return the item that a person named.

        Args:
            name: What was typed: the name, or the first letters of its words if only one fits.
            retired: Find retired items too, where no other has the name.

        Raises:
            Refused: none or several fit; the nearest names are in the sentence.
        """
        on_menu = self.items()
        found = _resolve(name, on_menu)
        if found is None and retired:
            found = _resolve(name, [i for i in self.items(retired=True) if i.retired])
        if found is not None:
            return found
        if not on_menu:
            raise Refused(
                "The menu is empty: add items, or bring in your till's menu.",
                reason="unknown-item",
            )
        names = [item.name for item in on_menu]
        gone = _resolve(name, [i for i in self.items(retired=True) if i.retired])
        if gone is not None:
            raise Refused(
                f"{gone.name} is off the menu already: choose another item, or add it again.",
                reason="unknown-item",
            )
        near = " or ".join(nearest(name, names))
        hint = f"did you mean {near}?" if near else f"it has {named(names)}."
        raise Refused(f"There is no {name[:60]} on the menu: {hint}", reason="unknown-item")

    def add_item(self, name: str, price_minor: int, *, category: str | None = None) -> Item:
        """Add an item at the end of the menu; one that was retired comes back where it was.

        Two items of one name would hide each other's gifts.
        """
        cleaned = clean_name(name, what="item's name")
        _check_price(price_minor)
        group = None if category is None else clean_name(category, what="category")
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            items = self._items()
            menu.refuse_namesake(items.values(), cleaned)
            retired = menu.retired_namesake(items.values(), cleaned)
            if retired is not None:
                menu.bring_back(database, self.shop.id, retired, price_minor, group)
                return self._items()[retired.id]
            number = menu.insert_item(
                database,
                self.shop.id,
                self._at(),
                name=cleaned,
                price_minor=price_minor,
                category=group,
            )
            return self._items()[number]

    def set_price(self, item: int, price_minor: int) -> Item:
        """Change an item's price; gifts that wait keep what was paid for them."""
        _check_price(price_minor)
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._on_menu(item)
            database.execute(
                menu.SET_PRICE,
                {"shop": self.shop.id, "item": found.id, "price_minor": price_minor},
            )
            return self._items()[item]

    def retire_item(self, item: int) -> Item:
        """Take an item off the menu; what waits of it can still be served."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._on_menu(item)
            database.execute(
                menu.RETIRE_ITEM, {"shop": self.shop.id, "item": found.id, "at": self._at()}
            )
            return self._items()[item]

    def set_groups(self, item: int, groups: Iterable[str]) -> Item:
        """Say within which groups an item may be served for another."""
        cleaned = [clean_name(name, what="group's name") for name in groups]
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._on_menu(item)
            menu.set_groups(database, self.shop.id, found.id, cleaned)
            return self._items()[item]

    def import_menu(self, rows: Sequence[MenuRow], *, dry_run: bool = False) -> MenuChanges:
        """Bring a till's menu in; with ``dry_run`` only tell what that would change."""
        try:
            with self._file.write_transaction() as database:
                lock_head(database, self.shop)
                on_file = list(self._items().values())
                at = self._at()
                changes = import_rows(
                    database, self.shop.id, at, on_file, rows, currency=self.shop.currency
                )
                if dry_run:
                    raise _OnlyLookingError(changes)  # noqa: TRY301 - this rolls it back
        except _OnlyLookingError as looked:
            return looked.changes
        return changes

    def _on_menu(self, item: int) -> Item:
        found = self._items().get(item)
        if found is None or found.retired or found.kind is not ItemKind.MENU:
            raise Refused("That item is not on the menu.", reason="unknown-item")
        return found


class _OnlyLookingError(Exception):
    """Leaves a transaction without keeping what it did, and carries what it would have done."""

    def __init__(self, changes: MenuChanges) -> None:
        super().__init__()
        self.changes = changes


def _resolve(name: str, items: Sequence[Item]) -> Item | None:
    index = resolve(name, [item.name for item in items])
    return None if index is None else items[index]


def _check_price(price_minor: int) -> None:
    if not 0 < price_minor <= MAX_AMOUNT_MINOR:
        raise BadInput("That is no price for an item: check it.", reason="bad-amount")
