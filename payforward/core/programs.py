"""Programs: the ways of giving that a shop runs, and what it has decided about each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from payforward.core.clock import first_day_of, last_day_of
from payforward.core.days import day_text
from payforward.core.errors import BadInput
from payforward.core.model import MAX_COUNT, ProgramKind
from payforward.core.text import clean_line, clean_name

LONGEST_HOURS: Final = 40
"""The most letters of what is said of a program's serving hours."""


class Period(StrEnum):
    """For how long a giveaway's budget is; what is left of it lapses then."""

    DAY = "day"
    WEEK = "week"
    """From Monday to Sunday (ISO 8601)."""
    MONTH = "month"

    def first_day(self, day: date) -> date:
        """Return the first day of the period that ``day`` is in.

        >>> from datetime import date
        >>> Period.WEEK.first_day(date(2026, 11, 22)), Period.MONTH.first_day(date(2028, 2, 29))
        (datetime.date(2026, 11, 16), datetime.date(2028, 2, 1))
        """
        return first_day_of(self, day)

    def last_day(self, day: date) -> date:
        """Return the last day of the period that ``day`` is in.

        >>> from datetime import date
        >>> Period.WEEK.last_day(date(2026, 11, 21)), Period.MONTH.last_day(date(2028, 2, 1))
        (datetime.date(2026, 11, 22), datetime.date(2028, 2, 29))
        """
        return last_day_of(self, day)


class Running(StrEnum):
    """Whether a program takes part in the day."""

    NOT_YET = "not-yet"
    RUNNING = "running"
    ENDED = "ended"
    """It takes nothing more; what it holds stays until it is dealt with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One way of giving, and what the shop has decided about it.

    Args:
        id: Its number; 0 for one that the ledger does not have yet.
        name: What the shop calls it.
        kind: What it does with gifts; it never changes.
        items: What it gives or takes, by number: items of the menu, or a drive's goods. Empty
            for all that is on the menu.
        starts_on: Its first day, or None.
        ends_on: Its last day, or None.
        hours: When gifts of it are served, in the shop's own words: a hint, never a refusal.
        budget_units: How many servings a giveaway may give in each period; None for no limit.
        budget_period: For how long the budget is.
        order_limit: How many are usual for one order: a hint, never a refusal.
        public_cap: The highest count that is shown in public: above it stands "20+".
        hide_zero: Whether it is left out in public while nothing of it waits.
        target: How many goods a drive hopes for.
        retired: Whether it is out of use.
        change: How often it was changed when it was read: a change made of an older one is
            refused.
    """

    id: int = 0
    name: str
    kind: ProgramKind
    items: tuple[int, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    hours: str | None = None
    budget_units: int | None = None
    budget_period: Period | None = None
    order_limit: int | None = None
    public_cap: int | None = None
    hide_zero: bool = False
    target: int | None = None
    retired: bool = False
    change: int = field(default=0, compare=False)

    def running(self, day: date) -> Running:
        """Return whether it takes part in a business day."""
        if self.retired or (self.ends_on is not None and day > self.ends_on):
            return Running.ENDED
        if self.starts_on is not None and day < self.starts_on:
            return Running.NOT_YET
        return Running.RUNNING

    def takes(self, item: int) -> bool:
        """Return whether an item is one of its own."""
        return item in self.items or (not self.items and self.kind is not ProgramKind.DRIVE)

    def budget_until(self, day: date) -> date | None:
        """Return the last day of the budget's period that a day is in; None where there is none.

        The program may end before it. Were that the budget's last day, another end of the
        program would be another budget.
        """
        if self.budget_period is None or self.running(day) is not Running.RUNNING:
            return None
        return self.budget_period.last_day(day)

    def budget_last_day(self, day: date) -> date | None:
        """Return the last day on which a budget can be used; None where there is none.

        That is its period's last day, or the program's own before it.
        """
        until = self.budget_until(day)
        return until if until is None else min(until, self.ends_on or until)

    def budget_again_on(self, day: date) -> date | None:
        """Return the first day of the next budget; None where there is none, or it ends before.

        >>> from datetime import date
        >>> weekly = Program(
        ...     name="Soup", kind=ProgramKind.GIVEAWAY, budget_units=20, budget_period=Period.WEEK
        ... )
        >>> weekly.budget_again_on(date(2026, 11, 21))
        datetime.date(2026, 11, 23)
        """
        until = self.budget_until(day)
        if until is None or until == date.max:
            return None
        first = until + timedelta(days=1)
        return first if self.running(first) is Running.RUNNING else None


def clean_program(program: Program) -> Program:
    """Return a program with its words made safe, sure that its kind can have all it has.

    Raises:
        BadInput: with one sentence that says what to change.
    """
    hours = clean_line(program.hours or "", max_length=LONGEST_HOURS + 1) or None
    if hours is not None and len(hours) > LONGEST_HOURS:
        raise BadInput(
            f"Say the hours in at most {LONGEST_HOURS} letters, such as Mon-Fri 14:00-17:00.",
            reason="bad-hours",
        )
    _check_days(program)
    _check_numbers(program)
    _check_kind(program)
    name = clean_name(program.name, what="program's name")
    return replace(program, name=name, hours=hours, items=tuple(dict.fromkeys(program.items)))


def _check_days(program: Program) -> None:
    starts_on, ends_on = program.starts_on, program.ends_on
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise BadInput(
            f"It would end on {day_text(ends_on)}, before it starts on {day_text(starts_on)}: "
            "change one of the days.",
            reason="bad-dates",
        )


def _check_numbers(program: Program) -> None:
    numbers = {
        "budget": program.budget_units,
        "limit per order": program.order_limit,
        "highest public count": program.public_cap,
        "target": program.target,
    }
    for what, number in numbers.items():
        if number is not None and not 0 < number <= MAX_COUNT:
            raise BadInput(
                f"The {what} is from 1 to {MAX_COUNT}: {number} is not.", reason="bad-count"
            )


def _check_kind(program: Program) -> None:
    if (program.budget_units is None) != (program.budget_period is None):
        raise BadInput(
            "A budget is so many servings a day, week or month: say both.", reason="bad-budget"
        )
    if program.budget_units is not None and program.kind is not ProgramKind.GIVEAWAY:
        raise BadInput(
            "Only a giveaway has a budget: leave it out, or make a giveaway.", reason="bad-budget"
        )
    if program.target is not None and program.kind is not ProgramKind.DRIVE:
        raise BadInput(
            "Only a drive has a target: leave it out, or make a drive.", reason="bad-target"
        )
    if program.items and program.kind is ProgramKind.CHARITY:
        raise BadInput("A charity's jar takes money alone: leave the items out.", reason="bad-item")
