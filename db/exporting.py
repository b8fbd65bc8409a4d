"""Entries on their way to the books: a page at a time, so that tills write on and memory stays.

Entries are never changed and come in the order of their numbers, so that pages up to one last
number are one moment's ledger, although no transaction holds them together.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db import names
from db.months import NEXT_ITEM, NEXT_PROGRAM, read_liability
from db.programs import read_programs
from db.settings import read_settings
from payforward.core.export_answers import Export, ExportEntry, TaxedGift
from payforward.core.model import TaxKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.connection import LedgerFile
    from db.moment import Moment
    from payforward.core.report_answers import Owed

PAGE: Final = 500
"""Entries read at once: some milliseconds, for which no till can commit."""

GIFTS_REMEMBERED: Final = 5_000
"""Gifts of which it is known what they hold; of others the ledger is asked."""

_OWN: Final = ", ".join(
    f"entry.{name}" for name in ExportEntry._fields if not name.startswith("gift_")
)

PAGE_OF_ENTRIES: Final = f"""
    SELECT {_OWN}, first.tax_kind AS gift_tax_kind, first.tax_rate AS gift_tax_rate
    FROM entry
    JOIN entry AS first ON first.shop = entry.shop AND first.no = entry.gift
    WHERE entry.shop = :shop
    AND entry.no > :after
    AND entry.no <= :last
    ORDER BY entry.no
    LIMIT :most
"""  # noqa: S608 - the names are this program's own

# Days never step back from one number to the next.
NEXT_DAY: Final = """
    SELECT min(day)
    FROM entry
    WHERE shop = :shop
    AND day >= :day
"""

DAY_BEFORE: Final = """
    SELECT max(day)
    FROM entry
    WHERE shop = :shop
    AND day <= :day
"""

# The kind, which every entry has, keeps the planner off the index of pools, and the plus off going
# back number by number: both are the whole history's.
LAST_OF_DAY: Final = """
    SELECT max(+no)
    FROM entry
    WHERE shop = :shop
    AND day = :day
    AND kind <> ''
"""

FIRST_DAY_OF_POOL: Final = """
    SELECT min(day)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND item = :item
"""

HELD_BY_GIFT: Final = """
    SELECT CAST(coalesce(sum(amount_minor), 0) AS BIGINT)
    FROM entry
    WHERE shop = :shop
    AND gift = :gift
    AND no < :no
"""

TAXED_GIFTS: Final = """
    SELECT CAST(sum(entry.amount_minor) AS BIGINT) AS held_minor, first.tax_rate AS rate
    FROM entry AS first
    JOIN entry ON entry.shop = first.shop AND entry.gift = first.no AND entry.no <= :last
    WHERE first.shop = :shop
    AND first.no > :after
    AND first.no <= :until
    AND first.gift = first.no
    AND first.tax_kind = 'single'
    AND first.tax_rate > 0
    GROUP BY first.no, first.tax_rate
    HAVING sum(entry.amount_minor) > 0
"""


def read_export(moment: Moment, first: date | None, last: date | None) -> Export:
    """Return a ledger's entries of some days, both included; the caller holds a snapshot.

    Entries themselves are read later, when they are asked for.
    """
    file, shop = moment.file, moment.shop
    began_on = _day(file, NEXT_DAY, shop.id, date.min)
    before = None if first is None or first == date.min else first - _DAY
    after = _last_number(file, shop.id, before, moment.head.no)
    until = _last_number(file, shop.id, last or date.max, moment.head.no)
    entries = _Entries(file, shop.id, after, until)
    over = moment.day - _DAY
    return Export(
        shop=shop,
        first=first,
        last=last,
        complete_to=over if last is None else min(last, over),
        began_on=began_on,
        count=max(until - after, 0),
        opening=() if before is None else _opening(moment, before),
        programs={program.id: program for program in read_programs(file, shop.id)},
        program_days=_program_days(file, shop.id),
        items=dict(moment.items),
        tills=names.names(file, names.TILL_NAMES, shop.id),
        cashiers=names.names(file, names.CASHIER_NAMES, shop.id),
        partners=names.names(file, names.PARTNER_NAMES, shop.id),
        books=read_settings(file, shop.id).books,
        entries=entries.read,
        taxed_before=lambda: _taxed_gifts(file, shop.id, after),
    )


class _Entries:
    """Reads entries from one number to another."""

    def __init__(self, file: LedgerFile, shop: int, after: int, last: int) -> None:
        self._file = file
        self._shop = shop
        self._after = after
        self._last = last

    def read(self) -> Iterator[ExportEntry]:
        """Yield the entries in order."""
        held = _Held(self._file, self._shop)
        after = self._after
        while after < self._last:
            facts = {"shop": self._shop, "after": after, "last": self._last, "most": PAGE}
            page = self._file.read_plain(PAGE_OF_ENTRIES, facts)
            if not page:
                break
            for row in page:
                entry = ExportEntry._make((*row, 0))
                if _is_taxed_ahead(entry):
                    entry = entry._replace(gift_before_minor=held.before(entry))
                yield entry
            after = page[-1][0]


class _Held:
    """Knows what gifts held before an entry; the entries are shown to it in order."""

    def __init__(self, file: LedgerFile, shop: int) -> None:
        self._file = file
        self._shop = shop
        self._known: OrderedDict[int, int] = OrderedDict()

    def before(self, entry: ExportEntry) -> int:
        """Return what an entry's gift held before it, in minor units."""
        before = self._known.pop(entry.gift, None)
        if before is None:
            before = self._asked(entry)
        self._known[entry.gift] = before + entry.amount_minor
        if len(self._known) > GIFTS_REMEMBERED:
            self._known.popitem(last=False)
        return before

    def _asked(self, entry: ExportEntry) -> int:
        if entry.no == entry.gift:
            return 0
        facts = {"shop": self._shop, "gift": entry.gift, "no": entry.no}
        row = self._file.read_one(HELD_BY_GIFT, facts)
        assert row is not None
        return int(row[0])


def _is_taxed_ahead(entry: ExportEntry) -> bool:
    """Return whether VAT was due when an entry's gift was given."""
    return entry.gift_tax_kind == TaxKind.SINGLE_PURPOSE and bool(entry.gift_tax_rate)


def _taxed_gifts(file: LedgerFile, shop: int, last: int) -> Iterator[TaxedGift]:
    for after in range(0, last, PAGE):
        facts = {"shop": shop, "after": after, "until": min(after + PAGE, last), "last": last}
        yield from (TaxedGift(*row) for row in file.read_plain(TAXED_GIFTS, facts))


def _opening(moment: Moment, day: date) -> tuple[Owed, ...]:
    owed = read_liability(moment.file, moment.shop, moment.items, day)
    return *owed.pools, *owed.held_for_others


def _program_days(file: LedgerFile, shop: int) -> dict[int, date]:
    days: dict[int, date] = {}
    for program in _jumping(file, NEXT_PROGRAM, "program", {"shop": shop}):
        facts = {"shop": shop, "program": program}
        rows = [
            file.read_one(FIRST_DAY_OF_POOL, {**facts, "item": item})
            for item in _jumping(file, NEXT_ITEM, "item", facts)
        ]
        days[program] = min(date.fromisoformat(row[0]) for row in rows if row is not None)
    return days


def _jumping(
    file: LedgerFile, statement: str, column: str, facts: Mapping[str, int]
) -> Iterator[int]:
    """Yield what a statement answers that asks for the next one after the last."""
    last = 0
    while (row := file.read_one(statement, {**facts, column: last})) is not None:
        last = int(row[0])
        yield last


def _last_number(file: LedgerFile, shop: int, day: date | None, last: int) -> int:
    """Return the number of the last entry up to a day, 0 where there is none."""
    if day is None:
        return 0
    found = _day(file, DAY_BEFORE, shop, day)
    if found is None:
        return 0
    row = file.read_one(LAST_OF_DAY, {"shop": shop, "day": found.isoformat()})
    assert row is not None
    return min(int(row[0]), last)


def _day(file: LedgerFile, statement: str, shop: int, day: date) -> date | None:
    row = file.read_one(statement, {"shop": shop, "day": day.isoformat()})
    return None if row is None or row[0] is None else date.fromisoformat(row[0])


_DAY: Final = timedelta(days=1)
