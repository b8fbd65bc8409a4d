"""What Rosa's Café sells, and how each thing on its menu fares on the board."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.currencies import currency
from payforward.core.menus import MenuRow
from payforward.core.money import Money

if TYPE_CHECKING:
    from datetime import date

CURRENCY: Final = "EUR"

TAX_RATE: Final = 10_000
"""VAT on food and drink served in Italy, in thousandths of a percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dish:
    """One thing on the menu.

    Args:
        name: As on the menu.
        category: Where it stands; also the group within which another may be served for it.
        prices_minor: At first, after the first rise, after the second.
        liked: How often givers choose it, beside the others.
        warms: Above zero sells in winter, below zero in summer; from -1 to 1.
        waits_days: How many days a gift of it usually waits; None where it is asked for more
            often than it is given, so that none waits.
        on_slate: How many the paper slate said were waiting when the ledger began.
        alone: Nothing else is served for it.
        retires: It leaves the menu in the year's last weeks while gifts of it wait.
    """

    name: str
    category: str
    prices_minor: tuple[int, int, int]
    liked: int
    warms: float = 0.0
    waits_days: int | None
    on_slate: int = 0
    alone: bool = False
    retires: bool = False

    def liked_on(self, day: date) -> float:
        """Return how often givers choose it at this time of the year."""
        since_midwinter = (day.timetuple().tm_yday - 15) / 365.25
        return self.liked * (1 + self.warms * math.cos(math.tau * since_midwinter))


DISHES: Final = (
    Dish(
        name="Flat white",
        category="Coffee",
        prices_minor=(320, 340, 350),
        liked=26,
        waits_days=3,
        on_slate=9,
    ),
    Dish(
        name="Cappuccino",
        category="Coffee",
        prices_minor=(290, 310, 320),
        liked=17,
        waits_days=0,
        on_slate=4,
    ),
    Dish(name="Latte", category="Coffee", prices_minor=(330, 350, 360), liked=8, waits_days=None),
    Dish(
        name="Espresso",
        category="Coffee",
        prices_minor=(130, 140, 150),
        liked=22,
        waits_days=2,
        on_slate=14,
    ),
    Dish(
        name="Tea",
        category="Hot drinks",
        prices_minor=(240, 240, 260),
        liked=8,
        warms=0.4,
        waits_days=6,
        on_slate=2,
    ),
    Dish(
        name="Hot chocolate",
        category="Hot drinks",
        prices_minor=(300, 320, 340),
        liked=6,
        warms=0.8,
        waits_days=8,
    ),
    Dish(
        name="Orange juice",
        category="Cold drinks",
        prices_minor=(350, 350, 380),
        liked=3,
        warms=-0.7,
        waits_days=None,
    ),
    Dish(
        name="Soup of the day",
        category="Kitchen",
        prices_minor=(550, 580, 600),
        liked=5,
        warms=0.3,
        waits_days=41,
        on_slate=3,
        alone=True,
    ),
    Dish(
        name="Sandwich",
        category="Kitchen",
        prices_minor=(490, 520, 540),
        liked=8,
        waits_days=5,
        on_slate=1,
    ),
    Dish(
        name="Pasta al forno",
        category="Kitchen",
        prices_minor=(680, 700, 720),
        liked=3,
        warms=0.2,
        waits_days=12,
    ),
    Dish(name="Croissant", category="Bakery", prices_minor=(160, 170, 180), liked=12, waits_days=1),
    Dish(
        name="Cinnamon roll",
        category="Bakery",
        prices_minor=(220, 230, 240),
        liked=3,
        waits_days=None,
    ),
    Dish(
        name="Walnut tart",
        category="Bakery",
        prices_minor=(300, 310, 320),
        liked=4,
        waits_days=27,
        retires=True,
    ),
)


def menu_rows(price: int = 0) -> list[MenuRow]:
    """Return the menu as a ledger is set up with it.

    Args:
        price: Which of a dish's prices holds; 0 is the first, -1 the last.
    """
    money = currency(CURRENCY)
    return [
        MenuRow(
            line=line,
            name=dish.name,
            category=dish.category,
            price=Money(dish.prices_minor[price], money),
            sku=None,
            barcode=None,
            tax_rate=TAX_RATE,
            giftable=True,
        )
        for line, dish in enumerate(DISHES, start=1)
    ]
