"""Entries as scripts and people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import money, table
from payforward.core.clock import parse_utc_text, zone
from payforward.core.model import UNDOABLE_KINDS, ItemKind, Kind, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.answers import EntryView
    from payforward.core.model import Shop

_DONE = {
    Kind.GIVE: "given",
    Kind.BUDGET: "budget",
    Kind.DELIVER: "delivered",
    Kind.LAPSE: "lapsed",
    Kind.REDEEM: "served",
    Kind.REFUND: "refunded",
    Kind.JUMP: "clock set",
    Kind.PASS_ON: "passed on",
    Kind.HAND_OUT: "put on slip",
    Kind.TAKE_BACK: "off slip",
    Kind.EXPIRE: "ran out",
    Kind.REPLACE: "new code",
}


IDS_HELP = "Show the ids too by which 'payforward undo' takes each back."
_HOW_TO_SEE = "To take one back: --ids shows what 'payforward undo' asks for."

_MOVES = frozenset({Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE})
"""Kinds of which every unit is told twice: where it leaves, and where it comes."""


def entry_document(view: EntryView) -> dict[str, object]:
    """Return one entry for scripts: the ledger's own signs, names instead of ids."""
    entry = view.entry
    return {
        "no": entry.no,
        "action": entry.action,
        "program": view.program,
        "line": entry.line,
        "kind": entry.kind,
        "gift": entry.gift,
        "book": entry.book,
        "place": entry.place,
        "slip": entry.slip,
        "item": None if view.item is None else view.item.name,
        "units": entry.units,
        "unit_minor": entry.unit_minor,
        "amount_minor": entry.amount_minor,
        "currency": entry.currency,
        "served_item": None if view.served_item is None else view.served_item.name,
        "served": entry.served,
        "list_price_minor": entry.list_price_minor,
        "tender": entry.tender,
        "till_receipt": entry.till_receipt,
        "till": view.till,
        "cashier": view.cashier,
        "partner": view.partner,
        "undoes": entry.undoes,
        "undone": view.undone,
        "at": entry.at,
        "day": entry.day,
    }


def entry_lines(
    views: Sequence[EntryView], shop: Shop, *, tells_programs: bool = False, with_ids: bool = False
) -> list[str]:
    """Return entries for people, a line each.

    Of a move between the board and a slip, only the slip's line is told.

    Args:
        views: The entries.
        shop: Whose.
        tells_programs: Whether each says whose it is: where the shop has several programs.
        with_ids: Whether below an action stands its id, to take it back by; else, once, how to see
            them.
    """
    told = [view for view in views if view.kind not in _MOVES or view.entry.place == Place.SLIP]
    rows = [[*_row(view, shop), _program(view) if tells_programs else ""] for view in told]
    lines: list[str] = []
    can_any = False
    for position, line in enumerate(table(rows, "<<><><<<")) if rows else ():
        lines.append(line)
        entry = told[position].entry
        is_last = position + 1 == len(told) or told[position + 1].entry.action != entry.action
        if is_last and _can_be_taken_back(told[position]):
            lines += [f"       {entry.action}"] if with_ids else []
            can_any = True
    return lines if with_ids or not can_any else [*lines, _HOW_TO_SEE]


def _can_be_taken_back(view: EntryView) -> bool:
    """Tell whether an action's id is of use to people: on its own day at least."""
    return view.entry.undoes is None and not view.undone and view.kind in UNDOABLE_KINDS


def _row(view: EntryView, shop: Shop) -> list[str]:
    entry = view.entry
    at = parse_utc_text(entry.at).astimezone(zone(shop.timezone))
    return [
        f"{at:%H:%M}",
        _done(view),
        _count(view),
        _item_name(view),
        _money(view),
        _where(view),
        view.cashier or "",
    ]


def _done(view: EntryView) -> str:
    if view.entry.undoes:
        return "taken back"
    if view.kind is Kind.GIVE and _is_of(view, ItemKind.GOODS):
        return "collected"
    return _DONE.get(view.kind, view.entry.kind.replace("_", " "))


def _money(view: EntryView) -> str:
    """Return the money of an entry; goods and servings of the house have none."""
    entry = view.entry
    if not entry.units or _is_of(view, ItemKind.GOODS, ItemKind.SERVING):
        return ""
    return money(abs(entry.amount_minor), entry.currency)


def _is_of(view: EntryView, *kinds: ItemKind) -> bool:
    return view.item is not None and view.item.kind in kinds


def _program(view: EntryView) -> str:
    return "" if view.item is None else view.program or ""


def _where(view: EntryView) -> str:
    """Return by which numbers an entry's gift and slip are asked for."""
    entry = view.entry
    if view.item is None or _is_of(view, ItemKind.SERVING):
        return ""
    gift = f"gift {entry.gift}"
    return gift if entry.slip is None else f"{gift}, slip {entry.slip}"


def _count(view: EntryView) -> str:
    """Return how many of an item an entry is about; nothing for money."""
    if view.entry.served is not None:
        return str(abs(view.entry.served)) if view.entry.served else ""
    if view.item is None or view.item.kind is ItemKind.MONEY or not view.entry.units:
        return ""
    return str(abs(view.entry.units))


def _item_name(view: EntryView) -> str:
    """Return what an entry is about, and who paid for it if that is another item."""
    if view.item is None:
        return ""
    is_money = view.item.kind is ItemKind.MONEY
    if view.item.kind is ItemKind.SERVING:
        servings = "serving" if abs(view.entry.units) == 1 else "servings"
        return servings if view.served_item is None else f"{view.served_item.name}, by the house"
    if view.served_item is None:
        return _money_name(view) if is_money else view.item.name
    payer = "the fund" if view.entry.slip is None else "a slip"
    name = payer if is_money else view.item.name
    if view.served_item.id == view.item.id:
        return name
    return f"{view.served_item.name}, by {name}"


def _money_name(view: EntryView) -> str:
    """Return what money is that no item was served for."""
    if view.entry.place == Place.HELD:
        return "money for the jar"
    return "money for the fund" if view.entry.slip is None else "money"
