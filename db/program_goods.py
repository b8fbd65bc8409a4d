"""What a program can take: items of the menu, goods of a drive; and what keeps it from ending."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Final

from db import menu
from db.moment import said_units
from payforward.core.errors import Refused
from payforward.core.matching import folded, nearest, resolve
from payforward.core.model import Item, ItemKind, ProgramKind
from payforward.core.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from payforward.core.model import Shop
    from payforward.core.program_answers import ProgramState
    from payforward.core.programs import Program

SERVING_NAMES: Final = ("Serving", "Serving of the house")
"""What the unit of a giveaway's budget is called; the second with a number where both are taken."""

MOST_NAMED: Final = 6
"""How many goods a sentence names."""


def refuse_foreign_items(
    items: Mapping[int, Item], program: Program, kept: Iterable[int] = ()
) -> None:
    """Refuse items that a program's kind cannot take; those that it had before it may keep.

    Raises:
        Refused: one is not on the menu or, for a drive, no goods.
    """
    kind = ItemKind.GOODS if program.kind is ProgramKind.DRIVE else ItemKind.MENU
    for number in program.items:
        item = items.get(number)
        if item is None or item.kind is not kind or (item.retired and number not in kept):
            what = "goods" if kind is ItemKind.GOODS else "on the menu"
            raise Refused(
                f"{program.name} cannot have something that is not {what}: choose from the list.",
                reason="unknown-item",
            )


def refuse_holding(state: ProgramState, shop: Shop) -> None:
    """Refuse to retire a program that still holds something.

    Raises:
        Refused: with what it holds, and what can be done about it.
    """
    if not state.waits:
        return
    held = ", ".join(said_units(shop, each.item, each.units) for each in state.waits[:3])
    more = " and more" if len(state.waits) > 3 else ""
    way = {
        ProgramKind.DRIVE: "deliver it first",
        ProgramKind.CHARITY: "hand it over first",
    }.get(state.program.kind, "let it be served, hand it out or pass it on first")
    raise Refused(
        f"{state.program.name} still holds {held}{more}: {way}, or end it on a day.",
        reason="program-holds-gifts",
    )


def find(drive: Program, own: Sequence[Item], name: str) -> Item:
    """Return the goods of a drive that a person named.

    Raises:
        Refused: none or several fit.
    """
    place = resolve(name, [item.name for item in own])
    if place is not None:
        return own[place]
    if not own:
        raise Refused(
            f"{drive.name} has no goods yet: add what it takes first.", reason="unknown-goods"
        )
    # A size that there is not is asked for by those that there are.
    sizes = [item.name for item in own if item.category and _is_kind(item.category, name)]
    near = sizes[:MOST_NAMED] or nearest(name, [item.name for item in own])
    taken = ", ".join(item.name for item in own[:MOST_NAMED])
    hint = f"did you mean {' or '.join(near)}?" if near else f"it takes {taken}."
    raise Refused(f"{drive.name} takes no {name[:60]}: {hint}", reason="unknown-goods")


def _is_kind(kind: str, name: str) -> bool:
    """Return whether goods were named by their kind, with a size or without one."""
    return f"{folded(name)} ".startswith(f"{folded(kind)} ")


def ensure_goods(
    database: Database, shop: int, at: str, items: Mapping[int, Item], *, name: str, kind: str
) -> int:
    """Return the number of the goods of a name; they are added, or brought back, if need be.

    Raises:
        Refused: something else has the name.
    """
    key = name_key(name)
    known = [i for i in items.values() if i.kind is ItemKind.GOODS and name_key(i.name) == key]
    live = next((item for item in known if not item.retired), None)
    if live is not None:
        return live.id
    if any(name_key(item.name) == key and not item.retired for item in items.values()):
        raise Refused(
            f"{name} is something on the menu already: choose another name for the goods.",
            reason="name-taken",
        )
    if known:
        menu.bring_back(database, shop, known[-1], 0, None)
        return known[-1].id
    return menu.insert_item(
        database, shop, at, name=name, price_minor=0, kind=ItemKind.GOODS, category=kind
    )


def ensure_serving(database: Database, shop: int, at: str, items: Mapping[int, Item]) -> None:
    """Make the unit of the giveaways' budgets, once."""
    if any(item.kind is ItemKind.SERVING for item in items.values()):
        return
    taken = {name_key(item.name) for item in items.values() if not item.retired}
    numbered = (f"{SERVING_NAMES[-1]} {number}" for number in count(2))
    name = next(each for each in chain(SERVING_NAMES, numbered) if name_key(each) not in taken)
    menu.insert_item(database, shop, at, name=name, price_minor=0, kind=ItemKind.SERVING)
