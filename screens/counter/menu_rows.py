"""The menu's rows as the board fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.counter import words
from screens.counter.menu_list import Row
from screens.counter.typeable import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from payforward.core.model import Item
    from screens.counter.ways import Surroundings


def shown_items(items: Iterable[Item], around: Surroundings) -> tuple[Item, ...]:
    """Return the items that have a row: all that can be given, and all that wait."""
    return tuple(
        item for item in items if around.waiting(item) or (item.giftable and not item.retired)
    )


def item_rows(items: Iterable[Item], around: Surroundings) -> list[Row]:
    """Return one row an item, in the menu's own order."""
    oldest = {row.item.id: row.oldest_day for row in around.board.rows}
    return [
        Row(
            key=key_of(item),
            name=words.name(item),
            waiting=str(around.waiting(item) or "–"),
            price=around.money(item.price_minor),
            age=words.age(oldest[item.id], around.board.day) if item.id in oldest else "",
            is_waiting=item.id in oldest,
        )
        for item in items
    ]


def fund_row(fund: Item, around: Surroundings) -> Row:
    """Return the fund's row: its money stands where the others have their price."""
    return Row(
        key=key_of(fund),
        name=words.name(fund),
        waiting="",
        price=around.money(around.board.money_minor),
        age="",
        is_waiting=around.board.money_minor > 0,
    )
