"""A day's takings for gifts by tender, and what each cashier did: to set beside the shop's till."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db import names
from payforward.core.closing import TAKEN_TENDERS, AtTheCounter, Taken
from payforward.core.model import Kind, ProgramKind

if TYPE_CHECKING:
    from datetime import date

    from db.connection import LedgerFile

# What goes out is negative; an undo has the opposite sign, and so counts against its like.
MONEY_BY_TENDER: Final = """
    SELECT entry.tender, entry.kind, program.kind AS program_kind,
      CAST(sum(entry.amount_minor) AS BIGINT) AS amount_minor
    FROM entry
    JOIN program ON program.shop = entry.shop AND program.program = entry.program
    WHERE entry.shop = :shop
    AND entry.day = :day
    AND entry.tender IS NOT NULL
    GROUP BY entry.tender, entry.kind, program.kind
"""

# Acts are counted, not their entries; of what was served, the things. What was served on another
# day and is taken back today was nobody's serving today.
ACTS_BY_CASHIER: Final = """
    SELECT entry.cashier,
      count(DISTINCT CASE WHEN entry.kind = 'give' AND entry.undoes IS NULL
        AND entry.tender IS NOT NULL THEN entry.action END) AS gifts,
      CAST(coalesce(sum(CASE WHEN entry.kind = 'redeem' AND coalesce(done.day, entry.day) = :day
        THEN entry.served END), 0) AS BIGINT) AS served,
      CAST(coalesce(sum(CASE WHEN entry.kind = 'redeem' AND coalesce(done.day, entry.day) = :day
        AND entry.place = 'slip' THEN entry.served END), 0) AS BIGINT) AS served_from_slips,
      count(DISTINCT CASE WHEN entry.undoes IS NOT NULL THEN entry.action END) AS taken_back,
      count(DISTINCT CASE WHEN entry.kind = 'refund' AND entry.undoes IS NULL
        THEN entry.action END) AS refunds
    FROM entry
    LEFT JOIN entry AS done ON done.shop = entry.shop AND done.no = entry.undoes
    WHERE entry.shop = :shop
    AND entry.day = :day
    AND entry.item IS NOT NULL
    AND entry.kind NOT IN ('budget', 'lapse', 'expire')
    GROUP BY entry.cashier
    ORDER BY entry.cashier
"""


def read_taken(file: LedgerFile, shop: int, day: date) -> tuple[Taken, ...]:
    """Return what came in and went out in each tender on a day, tender by tender."""
    sums: dict[str, dict[str, int]] = {str(tender): {} for tender in TAKEN_TENDERS}
    for row in file.read(MONEY_BY_TENDER, {"shop": shop, "day": day.isoformat()}):
        if row["tender"] not in sums:
            # Paid before this ledger began: it is in no day's drawer.
            continue
        what, sign = _column(row["kind"], row["program_kind"])
        of_tender = sums[row["tender"]]
        of_tender[what] = of_tender.get(what, 0) + sign * row["amount_minor"]
    return tuple(Taken(tender, **sums[tender]) for tender in TAKEN_TENDERS)


def read_counters(file: LedgerFile, shop: int, day: date) -> tuple[AtTheCounter, ...]:
    """Return what each cashier did on a day; first whoever did not say who they were."""
    cashiers = names.names(file, names.CASHIER_NAMES, shop)
    return tuple(
        AtTheCounter(None if cashier is None else cashiers[cashier], *counts)
        for cashier, *counts in file.read(ACTS_BY_CASHIER, {"shop": shop, "day": day.isoformat()})
        if any(counts)
    )


def _column(kind: str, program_kind: str) -> tuple[str, int]:
    if kind == Kind.REFUND:
        return "refunded_minor", -1
    if kind != Kind.GIVE:
        return "handed_over_minor", -1
    return ("jars_minor" if program_kind == ProgramKind.CHARITY else "given_minor"), 1
