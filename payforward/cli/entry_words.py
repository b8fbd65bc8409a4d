"""Entries as scripts and people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import money, table
from payforward.core.clock import parse_utc_text, zone
from payforward.core.model import UNDOABLE_KINDS, ItemKind, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.answers import EntryView
    from payforward.core.model import Shop

_DONE = {
    Kind.GIVE: "given",
    Kind.REDEEM: "served",
    Kind.REFUND: "refunded",
    Kind.JUMP: "clock set",
    Kind.PASS_ON: "passed on",
}


def entry_document(view: EntryView) -> dict[str, object]:
    """Return one entry for scripts: the ledger's own signs, names instead of ids."""
    entry = view.entry
    return {
        "no": entry.no,
        "action": entry.action,
        "line": entry.line,
        "kind": entry.kind,
        "gift": entry.gift,
        "book": entry.book,
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
        "undoes": entry.undoes,
        "undone": view.undone,
        "at": entry.at,
        "day": entry.day,
    }


def entry_lines(views: Sequence[EntryView], shop: Shop) -> list[str]:
    """Return entries for people: a line each, and below an action its id, to take it back by."""
    rows = [_row(view, shop) for view in views]
    lines: list[str] = []
    for position, line in enumerate(table(rows, "<<><><<")) if rows else ():
        lines.append(line)
        entry = views[position].entry
        is_last = position + 1 == len(views) or views[position + 1].entry.action != entry.action
        if is_last and _can_be_taken_back(views[position]):
            lines.append(f"       {entry.action}")
    return lines


def _can_be_taken_back(view: EntryView) -> bool:
    """Tell whether an action's id is of use to people: on its own day at least."""
    return view.entry.undoes is None and not view.undone and view.kind in UNDOABLE_KINDS


def _row(view: EntryView, shop: Shop) -> list[str]:
    entry = view.entry
    at = parse_utc_text(entry.at).astimezone(zone(shop.timezone))
    done = "taken back" if entry.undoes else _DONE.get(view.kind, entry.kind.replace("_", " "))
    return [
        f"{at:%H:%M}",
        done,
        _count(view),
        _item_name(view),
        money(abs(entry.amount_minor), entry.currency) if entry.units else "",
        "" if view.item is None else f"gift {entry.gift}",
        view.cashier or "",
    ]


def _count(view: EntryView) -> str:
    """Return how many of an item an entry is about; nothing for money."""
    if view.entry.served is not None:
        return str(abs(view.entry.served)) if view.entry.served else ""
    if view.item is None or view.item.kind is ItemKind.MONEY:
        return ""
    return str(abs(view.entry.units))


def _item_name(view: EntryView) -> str:
    """Return what an entry is about, and who paid for it if that is another item."""
    if view.item is None:
        return ""
    is_money = view.item.kind is ItemKind.MONEY
    if view.served_item is None:
        return "money for the fund" if is_money else view.item.name
    name = "the fund" if is_money else view.item.name
    if view.served_item.id == view.item.id:
        return name
    return f"{view.served_item.name}, by {name}"
