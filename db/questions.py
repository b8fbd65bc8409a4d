"""What may be asked of the ledger without changing it: the board, a day, a gift, past actions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from db import names, words
from db.correcting import amount_of_action, left_of_action, others_of_action, units_of_action
from db.entries import (
    ENTRIES_OF_DAY,
    ENTRIES_OF_GIFT,
    entries_of_action,
    is_undone,
    to_entries,
)
from db.faults import damaged
from db.gifts import first_of_gift
from db.glance import board_rows
from db.programs import program_of
from payforward.core.answers import Board, BoardRow, EntryView, GiftStory, PastAction
from payforward.core.clock import parse_utc_text
from payforward.core.model import (
    UNDOABLE_KINDS,
    Item,
    ItemKind,
    Kind,
    PaidFrom,
    Place,
    Shop,
    Tender,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.connection import LedgerFile
    from payforward.core.model import Entry

READ_SHOP: Final = """
    SELECT shop, name, currency, timezone, cutover_hour
    FROM shop
    ORDER BY shop
    LIMIT 1
"""

READ_HEAD: Final = """
    SELECT no, hash, day
    FROM head
    WHERE shop = :shop
"""

_UNDOABLE: Final = ", ".join(f"'{kind}'" for kind in sorted(UNDOABLE_KINDS))

# An action is left out as a whole where any part of it was undone or cannot be.
LATEST_ACTIONS_OF_TILL: Final = f"""
    SELECT action
    FROM entry AS done
    WHERE shop = :shop
    AND day = :day
    AND till = (SELECT till FROM till WHERE shop = :shop AND name = :till)
    AND undoes IS NULL
    AND item IS NOT NULL
    GROUP BY action
    HAVING max(CASE
      WHEN kind NOT IN ({_UNDOABLE}) THEN 1
      WHEN EXISTS (
        SELECT 1
        FROM entry AS undo
        WHERE undo.shop = done.shop
        AND undo.book = done.book
        AND undo.undoes = done.no
      ) THEN 1
      ELSE 0
    END) = 0
    ORDER BY max(no) DESC
    LIMIT :most
"""  # noqa: S608 - the kinds are this program's own

WAITING_OF_GIFT: Final = """
    SELECT slip, units
    FROM waiting
    WHERE shop = :shop
    AND gift = :gift
    ORDER BY slip
"""


def read_shop(file: LedgerFile) -> Shop:
    """Return the shop whose ledger this is.

    Raises:
        LedgerUnusable: there is none, and a ledger is set up with its shop in one transaction.
    """
    row = file.read_one(READ_SHOP)
    if row is None:
        raise damaged(file.path)
    return Shop(*row)


def read_board(file: LedgerFile, shop: Shop, items: Mapping[int, Item], day: date) -> Board:
    """Return what waits for whoever asks, in the menu's order."""
    rows = [
        BoardRow(items[row["item"]], row["units"], date.fromisoformat(row["oldest_day"]))
        for row in board_rows(file, shop.id)
    ]
    fund = next((row for row in rows if row.item.kind is ItemKind.MONEY), None)
    return Board(
        rows=tuple(row for row in rows if row is not fund),
        money_minor=0 if fund is None else fund.units,
        money_oldest_day=None if fund is None else fund.oldest_day,
        currency=shop.currency,
        day=day,
    )


def read_day(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], day: date
) -> tuple[EntryView, ...]:
    """Return the entries of a business day, in order."""
    rows = file.read(ENTRIES_OF_DAY, {"shop": shop.id, "day": day.isoformat()})
    return to_views(file, shop, items, to_entries(rows))


def to_views(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], entries: Sequence[Entry]
) -> tuple[EntryView, ...]:
    """Return entries with the names that their ids stand for."""
    tills = names.names(file, names.TILL_NAMES, shop.id)
    cashiers = names.names(file, names.CASHIER_NAMES, shop.id)
    partners = names.names(file, names.PARTNER_NAMES, shop.id)
    programs = names.names(file, names.PROGRAM_NAMES, shop.id)
    return tuple(
        EntryView(
            entry=entry,
            item=None if entry.item is None else items[entry.item],
            served_item=None if entry.served_item is None else items[entry.served_item],
            till=tills[entry.till],
            cashier=None if entry.cashier is None else cashiers[entry.cashier],
            partner=None if entry.partner is None else partners[entry.partner],
            undone=is_undone(file, entry),
            program=None if entry.program is None else programs[entry.program],
        )
        for entry in entries
    )


def read_gift(file: LedgerFile, shop: Shop, items: Mapping[int, Item], gift: int) -> GiftStory:
    """Return one gift and what became of it.

    Raises:
        Refused: there is no gift of that number.
    """
    first, item = first_of_gift(file, shop.id, items, gift)
    assert first.program is not None
    entries = to_entries(file.read(ENTRIES_OF_GIFT, {"shop": shop.id, "gift": gift}))
    given = [entry for entry in entries if entry.kind == Kind.GIVE]
    said = words.words_of(file, shop.id, gift)
    waiting = file.read(WAITING_OF_GIFT, {"shop": shop.id, "gift": gift})
    on_slips = [row for row in waiting if row["slip"] is not None]
    went = Counter[str]()
    for entry in entries:
        went[entry.kind] -= entry.units
    return GiftStory(
        gift=gift,
        item=item,
        units=sum(entry.units for entry in given),
        amount_minor=sum(entry.amount_minor for entry in given),
        tender=Tender(first.tender or Tender.OTHER),
        given_on=date.fromisoformat(first.day),
        given_at=parse_utc_text(first.at),
        waiting=sum(row["units"] for row in waiting),
        redeemed=went[Kind.REDEEM],
        refunded=went[Kind.REFUND],
        giver=said.get(words.GIVER),
        message=said.get(words.MESSAGE),
        words_erased=words.ERASED in said,
        till_receipt=first.till_receipt,
        entries=to_views(file, shop, items, entries),
        on_slips=sum(row["units"] for row in on_slips),
        slips=tuple(dict.fromkeys(row["slip"] for row in on_slips)),
        program=program_of(file, shop.id, first.program),
        delivered=went[Kind.DELIVER],
        passed_on=went[Kind.PASS_ON],
    )


def latest_actions(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], *, day: date, till: str, most: int
) -> tuple[PastAction, ...]:
    """Return what one till did on a day and did not take back, newest first."""
    parameters = {"shop": shop.id, "day": day.isoformat(), "till": till, "most": most}
    actions = [row["action"] for row in file.read(LATEST_ACTIONS_OF_TILL, parameters)]
    found = [entries_of_action(file, shop.id, action) for action in actions]
    return past_actions(file, shop, items, found)


def past_actions(
    file: LedgerFile, shop: Shop, items: Mapping[int, Item], found: Sequence[Sequence[Entry]]
) -> tuple[PastAction, ...]:
    """Return what actions did, each by its entries, told for whoever may want them back."""
    tills = names.names(file, names.TILL_NAMES, shop.id)
    programs = names.names(file, names.PROGRAM_NAMES, shop.id)
    partners = names.names(file, names.PARTNER_NAMES, shop.id)
    return tuple(
        replace(
            _past_action(file, items, entries, tills[entries[-1].till]),
            program=programs[entries[-1].program or 0],
            partner=None if entries[-1].partner is None else partners[entries[-1].partner],
        )
        for entries in found
    )


def _past_action(
    file: LedgerFile, items: Mapping[int, Item], all_entries: Sequence[Entry], till: str
) -> PastAction:
    entries = [entry for entry in all_entries if Kind(entry.kind) in UNDOABLE_KINDS]
    # What was handed over tells best what an action did that brought it in as well.
    first = next((entry for entry in entries if entry.kind == Kind.REDEEM), entries[0])
    assert first.item is not None
    payer = items[first.item]
    item = payer if first.served_item is None else items[first.served_item]
    return PastAction(
        action=first.action,
        kind=Kind(first.kind),
        item=item,
        units=units_of_action(entries),
        left=left_of_action(file, entries),
        amount_minor=amount_of_action(entries),
        paid_from=paid_from([first], items) if first.kind == Kind.REDEEM else None,
        tender=None if first.tender is None else Tender(first.tender),
        gift=first.gift,
        till=till,
        at=parse_utc_text(first.at),
        day=date.fromisoformat(first.day),
        others=others_of_action(entries),
    )


def paid_from(entries: Sequence[Entry], items: Mapping[int, Item]) -> PaidFrom:
    """Return who paid for a redemption, as its entries tell."""
    first = entries[0]
    if first.place == Place.SLIP:
        return PaidFrom.SLIP
    if first.place == Place.HELD:
        return PaidFrom.GIVEAWAY
    if first.item is not None and items[first.item].kind is ItemKind.MONEY:
        return PaidFrom.FUND
    return PaidFrom.BOARD if first.item == first.served_item else PaidFrom.GROUP
