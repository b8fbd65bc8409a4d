"""The month's table: what became of each item of each program, and of all money together."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from payforward.core.clock import last_day_of
from payforward.core.days import month_text
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.report_answers import COLUMNS, together
from payforward.core.text import cell_width, shown
from screens.month.shown import OpensPool, Shown
from screens.widgets.columns import GAP, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from payforward.core.model import Item
    from payforward.core.programs import Program
    from payforward.core.report_answers import Amount, MonthReport, Moved, PoolMoved

    MoneyWords = Callable[[int], str]

NONE: Final = "–"
TOGETHER: Final = "Prepaid, in money"
HEADINGS: Final = {
    "opening": "Start",
    "given": "Given",
    "budget": "Budget",
    "redeemed": "Served",
    "refunded": "Refunded",
    "passed_on": "Passed on",
    "delivered": "Delivered",
    "lapsed": "Lapsed",
    "closing": "End",
    "worth": "Worth",
    "handed_out": "To slips",
    "taken_back": "Off slips",
    "expired": "Ran out",
}
"""The columns in their order; what the last three move stays in the pool."""

_ALWAYS: Final = frozenset({"opening", "given", "redeemed", "closing"})
_FIRST: Final = (
    *("closing", "given", "redeemed", "opening", "worth", "refunded", "passed_on", "delivered"),
    *("budget", "lapsed", "handed_out", "taken_back", "expired"),
)
"""Which columns stand on the first page where not all have room."""
_HAS_MONEY: Final = (ProgramKind.FORWARD, ProgramKind.CHARITY)
_NAME_CELLS: Final = 14
"""What the items' names need at least beside the numbers."""


def said_pool(program: Program, item: Item) -> str:
    """Return what a pool is called: what is held for a charity is not in the fund."""
    is_jar = program.kind is ProgramKind.CHARITY and item.kind is ItemKind.MONEY
    return "Money" if is_jar else shown(item.name)


def column_pages(widths: Mapping[str, int], room: int) -> list[tuple[str, ...]]:
    """Return the columns page by page: those that tell most first, each page in its own order.

    >>> column_pages({"opening": 8, "given": 8, "redeemed": 8, "refunded": 8, "closing": 8}, 40)
    [('opening', 'given', 'redeemed', 'closing'), ('refunded',)]
    >>> column_pages({"opening": 8, "given": 8}, 1)
    [('given',), ('opening',)]

    Args:
        widths: How wide each column is.
        room: How many cells there are for all of them, each with the gap before it.
    """
    left = sorted(widths, key=_FIRST.index)
    pages: list[tuple[str, ...]] = []
    while left:
        taken, used = list[str](), 0
        for name in left:
            if not taken or used + widths[name] + GAP <= room:
                taken.append(name)
                used += widths[name] + GAP
        left = [name for name in left if name not in taken]
        pages.append(tuple(name for name in widths if name in taken))
    return pages


def moved_view(
    report: MonthReport, money: MoneyWords, *, in_money: bool, page: int, room: int
) -> tuple[Shown, int]:
    """Return the table of a month, and how many pages its columns have.

    Args:
        report: The month.
        money: How amounts are written.
        in_money: Whether every number is money; else units, but of money itself.
        page: Which page of the columns; it begins again after the last.
        room: How many cells a row has.
    """
    found = _Numbers(report, money, in_money=in_money)
    lines = found.lines()
    widths = {
        name: max(cell_width(HEADINGS[name]), *(cell_width(cells[name]) for _, cells, _ in lines))
        for name in (found.columns if lines else ())
    }
    pages = column_pages(widths, room - _NAME_CELLS) or [()]
    names = pages[page % len(pages)]
    columns = [Column(HEADINGS[name], widths[name], widths[name], right=True) for name in names]
    view = Shown((Column("Item", _NAME_CELLS, 30), *columns), empty=said_empty(report))
    for name, cells, pool in lines:
        view.add(name, *(cells[column] for column in names), opens=pool)
    return view, len(pages)


def said_empty(report: MonthReport) -> str:
    """Return why a month's table is empty."""
    start = f"Nothing waited and nothing moved in {month_text(report.month)}."
    first = report.first_day
    if first is None:
        return f"{start} Nothing was given yet at all."
    if first > report.month:
        return f"{start} The first gift is of {first.day} {month_text(first)}: → goes there."
    return start


class _Numbers:
    """The rows of a month's table."""

    def __init__(self, report: MonthReport, money: MoneyWords, *, in_money: bool) -> None:
        self._report = report
        self._money = money
        self._in_money = in_money
        pools = [each for each in report.pools if not in_money or _has_money(each)]
        self._pools = pools
        moved = {n for n in COLUMNS if n in _ALWAYS or any(self._is(p, n) for p in pools)}
        if not in_money and any(pool.moved.closing.amount_minor for pool in pools):
            moved.add("worth")
        self.columns = tuple(name for name in HEADINGS if name in moved)

    def lines(self) -> list[tuple[str, dict[str, str], OpensPool | None]]:
        """Return each row: its name, its cells by column, and which entries stand behind it."""
        found: list[tuple[str, dict[str, str], OpensPool | None]] = []
        several = len({pool.program.id for pool in self._report.pools}) > 1
        for program, group in groupby(self._pools, key=lambda pool: pool.program):
            pools = list(group)
            if several:
                found.append((shown(program.name), self._of_program(pools), None))
            for pool in pools:
                name = said_pool(pool.program, pool.item)
                cells = {column: self._cell(pool, column) for column in self.columns}
                opens = self._opens(pool, several=several)
                found.append((f"· {name}" if several else name, cells, opens))
        if found:
            found.append((TOGETHER, self._in_sum(self._report.totals), None))
        return found

    def _of_program(self, pools: Sequence[PoolMoved]) -> dict[str, str]:
        """Return what moved of a whole program, where that is money and nothing but money."""
        if self._in_money and pools[0].program.kind in _HAS_MONEY:
            return self._in_sum(together(pool.moved for pool in pools))
        return dict.fromkeys(self.columns, "")

    def _in_sum(self, moved: Moved) -> dict[str, str]:
        return {
            column: "" if column == "worth" else self._amount(getattr(moved, column).amount_minor)
            for column in self.columns
        }

    def _cell(self, pool: PoolMoved, column: str) -> str:
        if column == "worth":
            return self._amount(pool.moved.closing.amount_minor)
        amount: Amount = getattr(pool.moved, column)
        if self._in_money or pool.item.kind is ItemKind.MONEY:
            return self._amount(amount.amount_minor)
        return f"{amount.units}".replace("-", "−") if amount.units else NONE

    def _amount(self, minor: int) -> str:
        return self._money(minor) if minor else NONE

    def _is(self, pool: PoolMoved, column: str) -> bool:
        amount: Amount = getattr(pool.moved, column)
        return bool(amount.amount_minor if self._in_money else amount.units)

    def _opens(self, pool: PoolMoved, *, several: bool) -> OpensPool:
        first = self._report.month
        last = last_day_of("month", first)
        name = said_pool(pool.program, pool.item)
        if several:
            name = f"{shown(pool.program.name)}: {name}"
        return OpensPool(pool.program.id, pool.item.id, name, first, last)


def _has_money(pool: PoolMoved) -> bool:
    """Return whether money stands in any column: goods and servings have none."""
    return any(getattr(pool.moved, name).amount_minor for name in COLUMNS)
