"""What waits: for how long it has, and what of it was owed at the end of a day."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from payforward.core.days import MONTHS, day_text, short_day
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.report_answers import AGE_BANDS, NOTHING, together
from payforward.core.text import cell_width, shown
from screens.month.moved import NONE
from screens.month.shown import OpensPool, Shown
from screens.widgets.bars import bar
from screens.widgets.columns import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from payforward.core.report_answers import AgeRow, Amount, Liability, Moved, Owed, PoolMoved

    MoneyWords = Callable[[int], str]

BAND_NAMES: Final = tuple(
    f"over {first - 1}" if last is None else f"{first}–{last}" for first, last in AGE_BANDS
)
_BAR: Final = 30
_ROLLED: Final = (
    ("given", "given", "+"),
    ("redeemed", "served", "−"),
    ("refunded", "refunded", "−"),
    ("passed_on", "passed on", "−"),
)


def ages_view(ages: Sequence[AgeRow], today: date, money: MoneyWords, room: int) -> Shown:
    """Return for how many days what waits has waited, on the board and on slips."""
    bands = [_cells(row.item.kind, row.bands, money) for row in ages]
    sums = [
        sum((row.bands[at] for row in ages), NOTHING).amount_minor for at in range(len(AGE_BANDS))
    ]
    wide = [max(map(cell_width, (name, *(cells[at] for cells in bands)))) for at, name in _named()]
    oldest = [_said_oldest(row, today) for row in ages]
    since = max(map(cell_width, (*oldest, "Oldest")))
    view = Shown(
        (
            Column("Days waiting", 12, 30),
            *(Column(name, wide[at], wide[at], right=True) for at, name in _named()),
            Column("Oldest", since, since, right=True, leaves=1),
        ),
        empty="Nothing waits.",
    )
    for row, cells, said in zip(ages, bands, oldest, strict=True):
        name = shown(row.item.name)
        opens = OpensPool(row.program.id, row.item.id, name, row.oldest_day.replace(day=1), today)
        view.add(name, *cells, said, opens=opens)
    most = max(sums)
    if most:
        view.said = [
            f"{name + ' days':>12} {said:>{max(len(money(each)) for each in sums)}}"
            f" {bar(sums[at], most, min(_BAR, max(room - 28, 4)))}"
            for at, name in _named()
            for said in [money(sums[at]) if sums[at] else NONE]
        ]
    return view


def owed_view(owed: Liability, rolled: Sequence[PoolMoved], money: MoneyWords) -> Shown:
    """Return which prepaid gifts waited at the end of a day, and how that came about."""
    view = Shown(
        (
            Column("Waited that day", 14, 34),
            Column("How many", 8, 8, right=True),
            Column("Money", 8, 16, right=True),
        ),
        empty=f"No prepaid gift waited at the end of {day_text(owed.on)}.",
    )
    several = len({each.program.id for each in owed.pools}) > 1
    for program, group in groupby(owed.pools, key=lambda each: each.program):
        if several:
            view.add(shown(program.name), "", "")
        _add_owed(view, group, owed.on, money, indented=several)
    if owed.pools:
        view.add("Owed together", "", money(owed.amount_minor))
    for each in owed.held_for_others:
        name = f"Held for others: {shown(each.program.name)}"
        view.add(name, "", money(each.held.amount_minor), opens=_opens(each, owed.on))
    forward = [each.moved for each in rolled if each.program.kind is ProgramKind.FORWARD]
    view.said = [_said_rolled(together(forward), owed.on, money)] if forward else []
    return view


def _add_owed(
    view: Shown, owed: Iterable[Owed], on: date, money: MoneyWords, *, indented: bool
) -> None:
    for each in owed:
        name = shown(each.item.name)
        units = "" if each.item.kind is ItemKind.MONEY else str(each.held.units)
        worth = money(each.held.amount_minor)
        view.add(f"· {name}" if indented else name, units, worth, opens=_opens(each, on))


def _opens(owed: Owed, on: date) -> OpensPool:
    name = shown(owed.item.name)
    return OpensPool(owed.program.id, owed.item.id, name, on.replace(day=1), on)


def _said_rolled(moved: Moved, on: date, money: MoneyWords) -> str:
    """Return how what was owed came about since the month began, as a sum."""
    start = f"{money(moved.opening.amount_minor)} when {MONTHS[on.month - 1]} began"
    parts = [
        f"{sign} {money(minor)} {word}" if minor > 0 else f"{_OTHER[sign]} {money(-minor)} {word}"
        for name, word, sign in _ROLLED
        if (minor := getattr(moved, name).amount_minor)
    ]
    return f"{' '.join([start, *parts])} = {money(moved.closing.amount_minor)}."


_OTHER: Final = {"+": "−", "−": "+"}


def _cells(kind: ItemKind, bands: Sequence[Amount], money: MoneyWords) -> list[str]:
    return [
        (money(each.amount_minor) if kind is ItemKind.MONEY else str(each.units))
        if each.units
        else NONE
        for each in bands
    ]


def _said_oldest(row: AgeRow, today: date) -> str:
    days = (today - row.oldest_day).days
    near = short_day(row.oldest_day) if days < 300 else day_text(row.oldest_day)
    return f"{days} d, {near}" if days else "today"


def _named() -> Iterable[tuple[int, str]]:
    return enumerate(BAND_NAMES)
