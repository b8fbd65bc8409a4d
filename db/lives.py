"""How each item fares: what the owner's advice looks at."""

from __future__ import annotations

from datetime import timedelta
from statistics import median_low
from typing import TYPE_CHECKING, Final

from db.glance import board_rows
from db.owners_month import ASKED_IN_VAIN
from payforward.core.advice import WEEKS_BEHIND, ItemLife
from payforward.core.model import ItemKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.connection import LedgerFile
    from payforward.core.model import Item, Shop

# By what paid, which is what waits less of. What is taken back of before these days was no pace of
# theirs.
ENJOYED: Final = """
    SELECT item, CAST(-sum(units) AS BIGINT) AS units
    FROM entry
    WHERE shop = :shop
    AND day >= :first
    AND day <= :last
    AND kind = 'redeem'
    AND program IN (SELECT program FROM program WHERE shop = :shop AND kind = 'forward')
    AND (undoes IS NULL OR :first <= (
      SELECT done.day
      FROM entry AS done
      WHERE done.shop = entry.shop
      AND done.no = entry.undoes
    ))
    GROUP BY item
"""

FIRST_GIVEN: Final = """
    SELECT min(day) AS day
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item = :item
"""

FORWARD_PROGRAMS: Final = """
    SELECT program
    FROM program
    WHERE shop = :shop
    AND kind = 'forward'
"""


def read_lives(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], today: date
) -> tuple[ItemLife, ...]:
    """Return how each item fares that waits or was missed, in the menu's order, money last."""
    first = today - timedelta(weeks=WEEKS_BEHIND) + timedelta(days=1)
    days = {"shop": shop.id, "first": first.isoformat(), "last": today.isoformat()}
    enjoyed = {row["item"]: row["units"] for row in file.read(ENJOYED, days)}
    missed = {row["item"]: row["times"] for row in file.read(ASKED_IN_VAIN, days)}
    board = {row["item"]: row for row in board_rows(file, shop.id)}
    prices = [i.price_minor for i in items.values() if i.kind is ItemKind.MENU and not i.retired]
    lives = []
    for item in items.values():
        if item.id not in board and item.id not in missed:
            continue
        row = board.get(item.id)
        is_money = item.kind is ItemKind.MONEY
        lives.append(
            ItemLife(
                item=item,
                waiting=0 if row is None else row["units"],
                oldest_days=0 if row is None else _days_since(row["oldest_day"], today),
                served=enjoyed.get(item.id, 0),
                missed=missed.get(item.id, 0),
                unit=max(1, median_low(prices)) if is_money and prices else 1,
                days=_days_given(file, shop.id, item.id, first, today),
            )
        )
    return tuple(sorted(lives, key=lambda life: life.item.kind is ItemKind.MONEY))


def _days_given(file: LedgerFile, shop: int, item: int, first: date, today: date) -> int:
    """Return for how many of the days an item has been given, today among them."""
    since = [
        row["day"]
        for program in file.read(FORWARD_PROGRAMS, {"shop": shop})
        if (
            row := file.read_one(
                FIRST_GIVEN, {"shop": shop, "program": program["program"], "item": item}
            )
        )
        is not None
        and row["day"] is not None
    ]
    return (today - max(first, today.fromisoformat(min(since)))).days + 1 if since else 1


def _days_since(day: str, today: date) -> int:
    return max(0, (today - today.fromisoformat(day)).days)
