"""What a shop has decided, as rows of names and values.

A value that this program does not understand is at its default, and a name that it does not know
is left alone: a newer program may have written both.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from payforward.core.accounts import Books
from payforward.core.errors import BadInput
from payforward.core.money_styles import MoneyStyle
from payforward.core.shop_settings import Printed, ShopSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from db.connection import LedgerFile

READ_SETTINGS: Final = """
    SELECT name, value
    FROM setting
    WHERE shop = :shop
"""

SAVE_SETTING: Final = """
    INSERT INTO setting (shop, name, value)
    VALUES (:shop, :name, :value)
    ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value
"""

ERASE_SETTING: Final = """
    DELETE FROM setting
    WHERE shop = :shop
    AND name = :name
"""

_UNDERSTOOD: Final[Mapping[str, Callable[[str], Any]]] = {
    "expiry_days": int,
    "address": str,
    "paper_receipts": Printed,
    "order_slips": Printed,
    "books": Books.parse,
    "money_style": MoneyStyle.parse,
}


def read_settings(file: LedgerFile, shop: int) -> ShopSettings:
    """Return what a shop has decided."""
    settings = ShopSettings()
    for row in file.read(READ_SETTINGS, {"shop": shop}):
        if row["name"] in _UNDERSTOOD:
            with suppress(ValueError, BadInput):
                value = _UNDERSTOOD[row["name"]](row["value"])
                settings = ShopSettings(**{**_facts(settings), row["name"]: value})
    return settings


def save_settings(database: Database, shop: int, settings: ShopSettings) -> None:
    """Keep what a shop has decided; what is at "none" has no row."""
    for name, value in _facts(settings).items():
        if value is None:
            database.execute(ERASE_SETTING, {"shop": shop, "name": name})
        else:
            database.execute(SAVE_SETTING, {"shop": shop, "name": name, "value": str(value)})


def _facts(settings: ShopSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in _UNDERSTOOD}
