"""The shop's menu: items, their prices, their groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Required, TypedDict, Unpack

from payforward.core.errors import Refused
from payforward.core.model import Item, ItemKind
from payforward.core.names import name_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from db.connection import LedgerFile

_FIELDS: Final = (
    "item, name, kind, category, price_minor, position, sku, barcode, tax_rate, giftable, "
    "retired_at IS NOT NULL AS retired"
)

ALL_ITEMS: Final = f"""
    SELECT {_FIELDS}
    FROM item
    WHERE shop = :shop
    ORDER BY position, item
"""  # noqa: S608

ONE_ITEM: Final = f"""
    SELECT {_FIELDS}
    FROM item
    WHERE shop = :shop
    AND item = :item
"""  # noqa: S608 - the names are this program's own

GROUPS_OF_ITEM: Final = """
    SELECT item, name
    FROM item_group
    WHERE shop = :shop
    AND item = :item
    ORDER BY name
"""

ALL_GROUPS: Final = """
    SELECT item, name
    FROM item_group
    WHERE shop = :shop
    ORDER BY item, name
"""

INSERT_ITEM: Final = """
    INSERT INTO item (
      shop, item, kind, name, name_key, category, price_minor, position, sku, barcode, tax_rate,
      giftable, created_at
    )
    SELECT :shop, coalesce(max(item), 0) + 1, :kind, :name, :name_key, :category, :price_minor,
      coalesce(max(position), 0) + 1, :sku, :barcode, :tax_rate, :giftable, :at
    FROM item
    WHERE shop = :shop
    RETURNING item
"""

UPDATE_ITEM: Final = """
    UPDATE item
    SET category = :category, price_minor = :price_minor, sku = :sku, barcode = :barcode,
      tax_rate = :tax_rate, giftable = :giftable, retired_at = NULL
    WHERE shop = :shop
    AND item = :item
"""

SET_PRICE: Final = """
    UPDATE item
    SET price_minor = :price_minor
    WHERE shop = :shop
    AND item = :item
"""

RETIRE_ITEM: Final = """
    UPDATE item
    SET retired_at = :at
    WHERE shop = :shop
    AND item = :item
"""

JOIN_GROUP: Final = """
    INSERT INTO item_group (shop, item, name)
    VALUES (:shop, :item, :name)
"""

LEAVE_GROUPS: Final = """
    DELETE FROM item_group
    WHERE shop = :shop
    AND item = :item
"""


_KINDS: Final = {kind.value: kind for kind in ItemKind}


def read_items(file: LedgerFile, shop: int) -> dict[int, Item]:
    """Return every item that ever was, retired ones too, in the menu's order."""
    parameters = {"shop": shop}
    groups = _by_item(file.read(ALL_GROUPS, parameters))
    return {row[0]: _to_item(row, groups) for row in file.read(ALL_ITEMS, parameters)}


class Items(Mapping[int, Item]):
    """Every item that ever was, as `read_items`, but read when it is first asked for.

    Most actions are about one item, and a menu may have hundreds.

    Args:
        file: The ledger; the caller holds a snapshot or the write lock for as long as this is used.
        shop: Whose they are.
    """

    def __init__(self, file: LedgerFile, shop: int) -> None:
        self._file = file
        self._shop = shop
        self._one_by_one: dict[int, Item] = {}
        self._everything: dict[int, Item] | None = None

    def __getitem__(self, number: int) -> Item:
        if self._everything is not None:
            return self._everything[number]
        if number not in self._one_by_one:
            parameters = {"shop": self._shop, "item": number}
            row = self._file.read_one(ONE_ITEM, parameters)
            if row is None:
                raise KeyError(number)
            groups = _by_item(self._file.read(GROUPS_OF_ITEM, parameters))
            self._one_by_one[number] = _to_item(row, groups)
        return self._one_by_one[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[int, Item]:
        if self._everything is None:
            self._everything = read_items(self._file, self._shop)
        return self._everything


def _by_item(rows: Iterable[sqlite3.Row]) -> dict[int, tuple[str, ...]]:
    groups: dict[int, tuple[str, ...]] = {}
    for item, name in rows:
        groups[item] = (*groups.get(item, ()), name)
    return groups


def _to_item(row: sqlite3.Row, groups: Mapping[int, tuple[str, ...]]) -> Item:
    # By place, not by name: an action makes a hundred of these while it holds the lock.
    return Item(
        id=row[0],
        name=row[1],
        kind=_KINDS[row[2]],
        category=row[3],
        price_minor=row[4],
        position=row[5],
        sku=row[6],
        barcode=row[7],
        tax_rate=row[8],
        giftable=bool(row[9]),
        retired=bool(row[10]),
        groups=groups.get(row[0], ()),
    )


class Details(TypedDict, total=False):
    """What a till's menu says of an item besides its price."""

    name: Required[str]
    category: str | None
    sku: str | None
    barcode: str | None
    tax_rate: int | None
    giftable: bool


def insert_item(
    database: Database,
    shop: int,
    at: str,
    *,
    price_minor: int,
    kind: ItemKind = ItemKind.MENU,
    **details: Unpack[Details],
) -> int:
    """Add an item at the end of the menu and return its number.

    It joins the group of its category: any coffee may be served for another until the shop
    says otherwise.

    Raises:
        Refused: the menu has an item of that name.
    """
    category = details.get("category")
    row = {
        "shop": shop,
        "at": at,
        "kind": str(kind),
        "name": details["name"],
        "name_key": name_key(details["name"]),
        "category": category,
        "price_minor": price_minor,
        "sku": details.get("sku"),
        "barcode": details.get("barcode"),
        "tax_rate": details.get("tax_rate"),
        "giftable": int(details.get("giftable", True)),
    }
    item = int(next(iter(database.query(INSERT_ITEM, row)))["item"])
    if category and kind is ItemKind.MENU:
        database.execute(JOIN_GROUP, {"shop": shop, "item": item, "name": category})
    return item


def refuse_namesake(items: Iterable[Item], name: str) -> None:
    """Refuse a second item of one name.

    Raises:
        Refused: an item that is not retired has it.
    """
    key = name_key(name)
    for item in items:
        if not item.retired and name_key(item.name) == key:
            said = f"{item.name} is a name that the ledger needs itself: choose another name."
            if item.kind is ItemKind.MENU:
                said = (
                    f"{item.name} is on the menu already: change its price, or choose another name."
                )
            elif item.kind is ItemKind.GOODS:
                said = f"{item.name} is what a drive takes: choose another name."
            raise Refused(said, reason="item-exists")


def retired_namesake(items: Iterable[Item], name: str) -> Item | None:
    """Return the item of a name that was retired last, or None."""
    key = name_key(name)
    found = [item for item in items if item.retired and name_key(item.name) == key]
    return max(found, key=lambda item: item.id, default=None)


def bring_back(
    database: Database, shop: int, item: Item, price_minor: int, category: str | None
) -> None:
    """Put a retired item on the menu again, at a new price and perhaps in a new category."""
    database.execute(
        UPDATE_ITEM,
        {
            "shop": shop,
            "item": item.id,
            "category": category or item.category,
            "price_minor": price_minor,
            "sku": item.sku,
            "barcode": item.barcode,
            "tax_rate": item.tax_rate,
            "giftable": 1,
        },
    )
    if category and category != item.category:
        set_groups(database, shop, item.id, [category])


def set_groups(database: Database, shop: int, item: int, groups: Sequence[str]) -> None:
    """Put an item in these groups and no others."""
    database.execute(LEAVE_GROUPS, {"shop": shop, "item": item})
    for name in dict.fromkeys(groups):
        database.execute(JOIN_GROUP, {"shop": shop, "item": item, "name": name})
