"""The lines of an act as people tell them: what they could not tell apart is one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from payforward.core.model import ItemKind, Kind
from screens.telling import said_amount, said_item

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from payforward.core.answers import EntryView

_MOVES: Final = (Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE)


def told_apart(lines: Sequence[EntryView]) -> list[EntryView]:
    """Return an act's lines, those that people could not tell apart as one.

    Ten slips of one gift are twenty entries, ten off the board and ten onto slips: one line.
    """
    onto_slips = [view for view in lines if view.kind in _MOVES and view.entry.slip is not None]
    alike: dict[Hashable, list[EntryView]] = {}
    for view in onto_slips or lines:
        entry = view.entry
        same = (
            *(entry.gift, entry.program, entry.item, entry.served_item, entry.partner),
            *(entry.kind, entry.tender, entry.undoes is None, view.undone),
        )
        alike.setdefault(same, []).append(view)
    return [_as_one(views) for views in alike.values()]


def _as_one(views: Sequence[EntryView]) -> EntryView:
    entries = [view.entry for view in views]
    served = [each.served for each in entries if each.served is not None]
    whole = entries[0]._replace(
        units=sum(each.units for each in entries),
        amount_minor=sum(each.amount_minor for each in entries),
        served=sum(served) if served else None,
    )
    return replace(views[0], entry=whole)


def said_more(view: EntryView, above: EntryView) -> str:
    """Return what a line adds to the one above it: how many more of the same, or something else."""
    item = view.served_item or view.item
    if item is None or item != (above.served_item or above.item):
        return said_item(view)
    count = abs(view.entry.units if view.entry.served is None else view.entry.served)
    return "" if item.kind is ItemKind.MONEY or not count else f"{count} more"


def said_money(view: EntryView, money: Callable[[int], str]) -> str:
    """Return the money that came in or went out; what goes onto slips and back does neither."""
    return "" if view.kind in _MOVES else said_amount(view, money)
