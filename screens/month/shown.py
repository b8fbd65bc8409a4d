"""What a view of the month shows: columns, rows, the sentences below, and what a row opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from payforward.core.days import parse_month, read_past_day, short_month
from payforward.core.errors import BadInput
from screens.widgets.table import Row

if TYPE_CHECKING:
    from datetime import date

    from screens.widgets.columns import Column


@dataclass(frozen=True, slots=True)
class OpensPool:
    """A row that opens the entries of a program's item in some days."""

    program: int
    item: int
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class OpensDay:
    """A row that opens the entries of a day."""

    day: date


@dataclass(frozen=True, slots=True)
class OpensMonth:
    """A row that shows another month."""

    month: date


Opens: TypeAlias = OpensPool | OpensDay | OpensMonth


def read_day_or_month(typed: str, today: date) -> OpensDay | OpensMonth:
    """Return the day or the month that somebody typed, neither of them to come.

    Raises:
        BadInput: it is neither, it is to come, or it is before any ledger began.
    """
    try:
        return OpensDay(read_past_day(typed, today))
    except BadInput as no_day:
        try:
            month = parse_month(typed, today)
        except BadInput:
            raise no_day from None
    if month > today:
        raise BadInput(f"{short_month(month)} is still to come.", reason="bad-month")
    return OpensMonth(month)


@dataclass(slots=True)
class Shown:
    """A view.

    Args:
        columns: Its columns.
        empty: What stands there while there are no rows.
        said: The sentences below, each on lines of its own.
        rows: Its rows.
        opens: What Enter opens, by the key of a row; a row that is not here opens nothing.
        newest: Whether what is looked for first stands at the end.
    """

    columns: tuple[Column, ...]
    empty: str
    said: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    opens: dict[int, Opens] = field(default_factory=dict)
    newest: bool = False

    def add(self, *cells: str, opens: Opens | None = None, dim: bool = False) -> None:
        """Add a row."""
        key = len(self.rows)
        self.rows.append(Row(key, cells, dim=dim))
        if opens is not None:
            self.opens[key] = opens
