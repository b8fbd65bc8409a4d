"""Undo: entries that mirror an action."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from db.append import Line
from db.entries import (
    entries_of_action,
    entry_by_no,
    is_action_undone,
    is_undone,
    last_of_book,
)
from db.undoing_moves import is_move, left_where_moved, parts_of_move
from db.undoing_refusals import (
    instead,
    is_of_past_budget,
    is_of_past_slip,
    of_another_day,
    of_past_budget,
    of_past_slip,
    refuse_what_is_gone,
)
from payforward.core.errors import BadInput, Refused
from payforward.core.model import UNDOABLE_KINDS, Kind, TaxKind, Tender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.connection import LedgerFile
    from db.moment import Moment
    from payforward.core.asks import Undo
    from payforward.core.model import Entry


def undoable_entries(moment: Moment, action: str, *, of_other_day: bool) -> tuple[Entry, ...]:
    """Return the entries that undoing an action would mirror.

    Raises:
        OtherDay: it is of another day, and none was asked for.
        Refused: there is no such action, it was undone, or is none that can be.
    """
    entries = tuple(
        e for e in entries_of_action(moment.file, moment.shop.id, action) if e.kind != Kind.JUMP
    )
    if not entries:
        raise Refused("There is no such action: see today's entries.", reason="unknown-action")
    if any(entry.undoes is not None for entry in entries):
        raise Refused(
            "That was itself a take-back, which cannot be undone: do the thing again instead.",
            reason="undo-of-undo",
        )
    final = next((e.kind for e in entries if Kind(e.kind) not in UNDOABLE_KINDS), None)
    if final is not None:
        raise Refused(f"A {final} cannot be undone.", reason="not-undoable")
    if is_action_undone(moment.file, moment.shop.id, action):
        raise Refused(f"That was taken back already: {instead(entries)}.", reason="already-undone")
    if not of_other_day and entries[0].day != moment.day.isoformat():
        raise of_another_day(moment, entries, left_of_action(moment.file, entries))
    if is_of_past_budget(moment, entries):
        raise of_past_budget(entries)
    if is_of_past_slip(moment, entries):
        raise of_past_slip()
    return entries


def plan_undo(moment: Moment, ask: Undo) -> list[Line]:
    """Return the lines that mirror an action, last line first.

    Raises:
        PartlyGone: more was asked back than can be; it says how much can.
        Refused: see `undoable_entries`; a part was asked back of several items; or nothing of it
            can be taken back any more.
    """
    entries = undoable_entries(moment, ask.undoes, of_other_day=ask.of_other_day)
    total = units_of_action(entries)
    wanted = total if ask.units is None else ask.units
    if not 0 < wanted <= total:
        raise BadInput(f"From 1 to {total} can be taken back of that.", reason="bad-count")
    left = left_of_action(moment.file, entries)
    if wanted < min(total, left) and others_of_action(entries):
        # A number alone does not say which of them came back.
        raise Refused(
            "That was several things at once: take all of it back, then do the right part anew.",
            reason="several-items",
        )
    if left < wanted:
        refuse_what_is_gone(moment, entries, wanted, left)
    if is_move(entries):
        parts = parts_of_move(moment.file, entries, wanted)
        return [_mirror(entry, part) for entry, part in parts]
    if is_in_and_out(entries):
        return [_mirror(entry, wanted) for entry in reversed(entries)]
    lines: list[Line] = []
    missing = wanted * unit_of_action(entries)
    for entry, most in _left_of_entries(moment.file, entries):
        part = min(missing, most)
        if part > 0:
            lines.append(_mirror(entry, part))
            missing -= part
    return _share_served(entries, lines, wanted)


def takeable_entries(moment: Moment, action: str) -> tuple[Entry, ...]:
    """Return the entries of an action of any day, of which something can still be taken back.

    Raises:
        Refused: see `plan_undo`.
    """
    entries = undoable_entries(moment, action, of_other_day=True)
    if left_of_action(moment.file, entries) == 0:
        refuse_what_is_gone(moment, entries, units_of_action(entries), 0)
    return entries


def undone_by(file: LedgerFile, shop: int, action: str) -> str | None:
    """Return the action that ``action`` mirrors, or None where it is no undo."""
    for entry in entries_of_action(file, shop, action):
        original = None if entry.undoes is None else entry_by_no(file, shop, entry.undoes)
        if original is not None:
            return original.action
    return None


def is_in_and_out(entries: Sequence[Entry]) -> bool:
    """Return whether an action brought in what it handed over: the house gave, unbudgeted."""
    return {entry.kind for entry in entries} == {Kind.GIVE, Kind.REDEEM}


def unit_of_action(entries: Sequence[Entry]) -> int:
    """Return how many ledger units one unit of the action moved.

    Above 1 only where money paid, or where one action brought in what it handed over.
    """
    moved = sum(abs(entry.units) for entry in entries)
    return moved // units_of_action(entries)


def units_of_action(entries: Sequence[Entry]) -> int:
    """Return what an action moved, as people count it.

    That is what was served where it served anything, whatever else it did; else what it brought
    or took, and for a move from here to there what was moved.
    """
    if any(entry.kind == Kind.REDEEM for entry in entries):
        return abs(sum(entry.served or 0 for entry in entries))
    brought = sum(entry.units for entry in entries if entry.units > 0)
    taken = -sum(entry.units for entry in entries if entry.units < 0)
    return max(brought, taken)


def amount_of_action(entries: Sequence[Entry]) -> int:
    """Return the money that an action brought, took or moved, as a positive number."""
    if is_move(entries):
        return sum(abs(entry.amount_minor) for entry in entries) // 2
    return abs(sum(entry.amount_minor for entry in entries))


def others_of_action(entries: Sequence[Entry]) -> int:
    """Return how many items an action moved besides its first; one is served, whatever pays."""
    if any(entry.kind == Kind.REDEEM for entry in entries):
        return 0
    return len({entry.item for entry in entries}) - 1


def left_of_action(file: LedgerFile, entries: Sequence[Entry]) -> int:
    """Return how many of an action's units can still be taken back."""
    if is_move(entries):
        return sum(left for _, left in left_where_moved(file, entries))
    left = sum(left for _, left in _left_of_entries(file, entries))
    return left // unit_of_action(entries)


def _left_of_entries(file: LedgerFile, entries: Sequence[Entry]) -> list[tuple[Entry, int]]:
    """Return the entries, last first, with how much of each can still be mirrored.

    What the later lines of an action bring back to a book, its earlier ones can take again.
    """
    back: Counter[int] = Counter()
    left: list[tuple[Entry, int]] = []
    for entry in reversed(entries):
        most = _left_of_entry(file, entry, back[entry.book])
        left.append((entry, most))
        back[entry.book] += most if entry.units < 0 else -most
    return left


def _left_of_entry(file: LedgerFile, entry: Entry, back: int) -> int:
    if is_undone(file, entry):
        return 0
    if entry.units < 0:
        return -entry.units
    last = last_of_book(file, entry.shop, entry.book)
    assert last is not None
    return min(entry.units, last.balance + back)


def _mirror(entry: Entry, part: int) -> Line:
    """Return the line that mirrors ``part`` of an entry's units (a positive number)."""
    sign = -1 if entry.units > 0 else 1
    list_price = entry.list_price_minor
    if list_price is not None:
        list_price = -(list_price * part // abs(entry.units))
    return Line(
        kind=Kind(entry.kind),
        book=entry.book,
        units=sign * part,
        served_item=entry.served_item,
        served=None if entry.served is None else -part,
        list_price_minor=list_price,
        tax_kind=None if entry.tax_kind is None else TaxKind(entry.tax_kind),
        tax_rate=entry.tax_rate,
        till_receipt=entry.till_receipt,
        partner=entry.partner,
        tender=None if entry.tender is None else Tender(entry.tender),
        undoes=entry.no,
    )


def _share_served(entries: Sequence[Entry], lines: Sequence[Line], served: int) -> list[Line]:
    """Count what comes back once, as the redemption did, where money paid for it."""
    if all(e.served == -e.units for e in entries if e.kind == Kind.REDEEM):
        return list(lines)
    return [replace(line, served=-served if line is lines[-1] else 0) for line in lines]
