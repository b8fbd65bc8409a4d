"""What stands around a month's table: its days, the year, ages, who served, what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payforward.cli.moved_words import amount_document, units_cell
from payforward.cli.words import counted, money, table
from payforward.core.report_answers import AGE_BANDS, NOTHING, pool_name
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.report_answers import (
        AgeRow,
        AskedCount,
        MonthMoved,
        OwnersMonth,
    )


def month_moved_document(each: MonthMoved) -> dict[str, Any]:
    """Return what customers gave in a month, what was enjoyed, and what waited at its end."""
    return {
        "month": f"{each.month:%Y-%m}",
        "given": amount_document(each.given),
        "redeemed": amount_document(each.redeemed),
        "closing": amount_document(each.closing),
    }


def around_document(told: OwnersMonth) -> dict[str, Any]:
    """Return what stands around a month's table."""
    before, year_before = told.before, told.year_before
    return {
        "days": [
            {
                "day": each.day.isoformat(),
                "given": amount_document(each.given),
                "redeemed": amount_document(each.redeemed),
            }
            for each in told.days
        ],
        "months": [month_moved_document(each) for each in told.months],
        "before": None if before is None else month_moved_document(before),
        "year_before": None if year_before is None else month_moved_document(year_before),
        "age_bands": [list(band) for band in AGE_BANDS],
        "ages": [_age(each) for each in told.ages],
        "asked": [
            {"item": each.item.name, "times": each.times, "units": each.units}
            for each in told.asked
        ],
        "median_wait_days": told.median_wait_days,
        "served_by": [{"cashier": each.cashier, "served": each.served} for each in told.served_by],
        "served_at": list(told.served_at),
    }


def around_lines(told: OwnersMonth) -> Iterator[str]:
    """Yield the same for people, each in a line, and only what there is."""
    currency = told.report.currency
    yield from _compared(told, currency)
    if told.median_wait_days is not None:
        days = counted(told.median_wait_days, "day", "days")
        yield f"Half of what was enjoyed had waited for {days} or less."
    if told.asked:
        missed = ", ".join(_asked(each) for each in told.asked)
        yield f"Asked for while none was waiting: {missed}."
    if told.served_by:
        names = ", ".join(
            f"{'no name' if each.cashier is None else shown(each.cashier)} {each.served}"
            for each in told.served_by
        )
        yield f"Served by: {names}."
    most = max(told.served_at)
    if most > 0:
        hour = told.served_at.index(most)
        yield f"Most was served from {hour}:00 to {hour + 1}:00: {most}."
    if told.ages:
        yield f"What waits now, by how long: {_by_age(told, currency)}."
        yield from _age_table(told.ages, currency)


def _compared(told: OwnersMonth, currency: str) -> Iterator[str]:
    def said(moved: MonthMoved) -> str:
        given, enjoyed = moved.given.amount_minor, moved.redeemed.amount_minor
        return f"{money(given, currency)} given, {money(enjoyed, currency)} enjoyed"

    yield f"Customers' gifts: {said(told.months[-1])}."
    if told.before is not None:
        yield f"The month before: {said(told.before)}."
    if told.year_before is not None:
        yield f"A year before: {said(told.year_before)}."


def _by_age(told: OwnersMonth, currency: str) -> str:
    parts = []
    for number, (first, last) in enumerate(AGE_BANDS):
        held = sum((each.bands[number] for each in told.ages), NOTHING)
        band = f"{first} to {last} days" if last is not None else f"over {first - 1} days"
        if held != NOTHING:
            parts.append(f"{band} {money(held.amount_minor, currency)}")
    return ", ".join(parts)


def _age_table(ages: Sequence[AgeRow], currency: str) -> list[str]:
    """Return for how many days what of each item has waited."""
    bands = [
        f"{first}–{last}" if last is not None else f"over {first - 1}" for first, last in AGE_BANDS
    ]
    rows = [["days", *bands]]
    for each in ages:
        cells = [units_cell(each.item, band.units, currency) for band in each.bands]
        rows.append([pool_name(each.program, each.item), *cells])
    return table(rows, "<" + ">" * len(bands))


def _age(row: AgeRow) -> dict[str, Any]:
    return {
        "program": row.program.name,
        "item": row.item.name,
        "bands": [amount_document(band) for band in row.bands],
        "oldest_day": row.oldest_day.isoformat(),
    }


def _asked(each: AskedCount) -> str:
    times = "once" if each.times == 1 else f"{each.times} times"
    return f"{shown(each.item.name)} {times}"
