"""What the first start's form means, read from what was typed; nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from payforward.core.currencies import Currency, currency
from payforward.core.errors import BadInput
from payforward.core.menus import parse_menu
from payforward.core.names import name_key
from payforward.core.text import clean_name, plain_forms
from screens.menu_file import expand, read_menu_file
from screens.setup.guesses import find_zone
from screens.setup.typed_items import read_items

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from payforward.core.menus import MenuRow

SHOP: Final = "shop"
CURRENCY: Final = "currency"
TIMEZONE: Final = "timezone"
HOUR: Final = "hour"
MENU_FILE: Final = "menu-file"
ITEMS: Final = "items"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields."""

    shop: str
    currency: str
    timezone: str
    hour: str
    menu_file: str
    items: str


@dataclass(slots=True)
class Facts:
    """What that means; ``wrong`` says of each field that cannot be read why.

    Args:
        skipped: How many rows of the menu's file cannot be items.
    """

    shop: str = ""
    currency: str = ""
    timezone: str = ""
    cutover_hour: int = 0
    menu: list[MenuRow] = field(default_factory=list)
    skipped: int = 0
    wrong: dict[str, str] = field(default_factory=dict)


def read_form(typed: Typed, zones: Collection[str]) -> Facts:
    """Return what the fields mean; it reads the menu's file, so not on the loop.

    Args:
        typed: The fields.
        zones: Every time zone's name.
    """
    facts = Facts()

    def reading(name: str, read: Callable[[], None]) -> None:
        try:
            read()
        except BadInput as error:
            facts.wrong[name] = error.message

    reading(SHOP, partial(_read_shop, facts, typed.shop))
    reading(TIMEZONE, partial(_read_zone, facts, typed.timezone, zones))
    reading(HOUR, partial(_read_hour, facts, typed.hour))
    reading(CURRENCY, partial(_read_currency, facts, typed.currency))
    if CURRENCY not in facts.wrong:
        money = currency(facts.currency)
        reading(MENU_FILE, partial(_read_file, facts, typed.menu_file, money))
        reading(ITEMS, partial(_read_typed_items, facts, typed.items, money))
    return facts


def _read_shop(facts: Facts, typed: str) -> None:
    facts.shop = clean_name(typed, what="shop's name")


def _read_currency(facts: Facts, typed: str) -> None:
    facts.currency = currency(typed).code


def _read_zone(facts: Facts, typed: str, zones: Collection[str]) -> None:
    facts.timezone = find_zone(typed, zones)


def _read_hour(facts: Facts, typed: str) -> None:
    hour = plain_forms(typed).strip().removesuffix(":00")
    if not (hour.isascii() and hour.isdigit() and int(hour[:9]) < 24):
        raise BadInput("Write a whole hour from 0 to 23, such as 4.", reason="bad-hour")
    facts.cutover_hour = int(hour)


def _read_file(facts: Facts, typed: str, money: Currency) -> None:
    if not typed.strip():
        return
    path = expand(typed, home=Path.home(), here=Path.cwd())
    menu = parse_menu(read_menu_file(path), money)
    if not menu.rows:
        first = menu.skipped[0].reason if menu.skipped else "it has no rows"
        raise BadInput(
            f"No item in it can be a gift ({first}): choose another file, or none.",
            reason="empty-menu",
        )
    facts.menu = [*menu.rows, *facts.menu]
    facts.skipped = len(menu.skipped)


def _read_typed_items(facts: Facts, typed: str, money: Currency) -> None:
    known = {name_key(row.name) for row in facts.menu}
    facts.menu += [row for row in read_items(typed, money) if name_key(row.name) not in known]
