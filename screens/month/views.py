"""What can be seen of a month: the table comes at once, the rest when the ledger has it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from textual import work
from textual.content import Content
from textual.widgets import Static

from payforward.core.clock import last_day_of
from payforward.core.days import day_text, month_text
from payforward.core.errors import PayforwardError
from screens.month.charts import (
    days_view,
    missed_view,
    nothing_yet,
    served_view,
    year_view,
)
from screens.month.held import ages_view, owed_view
from screens.month.moved import moved_view
from screens.month.shown import Shown
from screens.month.view_line import ViewLine
from screens.month.words import said_compared, said_contribution
from screens.place_screen import LedgerScreen
from screens.telling import said_advice
from screens.widgets.columns import Column
from screens.widgets.table import Table

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from db.ledger import Ledger
    from payforward.core.report_answers import (
        AgeRow,
        Liability,
        MonthReport,
        OwnersMonth,
        PoolMoved,
    )
    from screens.desk import Desk

_MARGINS: Final = 5
"""What a row has not of the terminal's width: margins, the scrollbar, the mark."""


class View(IntEnum):
    """What can be seen of a month."""

    TABLE = 0
    DAYS = 1
    YEAR = 2
    AGES = 3
    SERVED = 4
    MISSED = 5
    OWED = 6


NAMES: Final = ("Table", "Days", "Year", "Ages", "Served", "Missed", "Owed")


class MonthViews(LedgerScreen):
    """Shows one month; a subclass has the keys."""

    HEADING = "Month"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._month: date | None = None
        """Its first day; None for this month."""
        self._on: date | None = None
        """The day at whose end it is shown what was owed, where somebody named one."""
        self._questions = 0
        self._working_on: MonthReport | None = None
        self._today: date | None = None
        self._report: MonthReport | None = None
        self._whole: OwnersMonth | None = None
        self._ages: tuple[AgeRow, ...] | None = None
        self._owed: tuple[Liability, tuple[PoolMoved, ...]] | None = None
        self._advice: int | None = None
        self._view = View.TABLE
        self._in_money = False
        self._page = 0
        self._pages = 1
        self._shown = Shown((Column("", 1, 1),), empty="")

    def compose_body(self) -> ComposeResult:
        """Show the views' names, the table, and the sentences below it."""
        yield ViewLine(NAMES)
        yield Table(self._shown.columns, empty="")
        yield Static("", id="said", markup=False)

    # -- what the ledger says -----------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def show_anew(self) -> None:
        """Ask the ledger anew, while keys and the clock of the screen go on."""
        await self.reload()

    async def look_again(self) -> None:
        """Show it anew if another till has changed it, but not before the last answer is there."""
        if self._working_on is None:
            await super().look_again()

    async def load(self) -> None:
        """Show the month's table, then ask for what takes longer."""
        asked, view, on = self._month, self._view, self._on
        self._questions += 1
        question = self._questions
        today, report, ages, owed = await self.desk.run(
            lambda ledger: (
                today := ledger.reporting_day(),
                ledger.month(first := asked or today.replace(day=1)),
                ledger.ages() if view is View.AGES else None,
                _owed(ledger, on or min(last_day_of("month", first), today))
                if view is View.OWED
                else None,
            )
        )
        if question != self._questions:
            return  # the keys were quicker: the answer to the last of them comes
        if self._report is None or self._report.month != report.month:
            self._whole = None
        self._today, self._report, self._ages, self._owed = today, report, ages, owed
        self._month = None if report.month == today.replace(day=1) else report.month
        self.draw()
        self._look_closer(report)

    @work(exclusive=True, group="closer")
    async def _look_closer(self, report: MonthReport) -> None:
        """Ask for the days, the year and the advice; nobody waits for them."""
        self._working_on = report
        try:
            whole = await self.desk.run(lambda ledger: ledger.owners_month(report.month))
            advice = await self.desk.run(lambda ledger: len(ledger.advice()))
        except PayforwardError as error:
            self.complain(error.message)
            return
        finally:
            if self._working_on is report:
                self._working_on = None
        if self._report is report and self.is_running:
            self._whole, self._advice = whole, advice
            self.draw()

    @property
    def _first(self) -> date:
        """The first day of the month that is wanted, which its answer may not be here of yet."""
        assert self._today is not None
        return self._month or self._today.replace(day=1)

    # -- what is shown ------------------------------------------------------------------------

    def draw(self) -> None:
        """Show what is known by now."""
        if self._report is None or self._today is None:
            return
        room = max(self.app.size.width - _MARGINS, 20)
        self._shown = self._made(room)
        table = self.query_one(Table)
        fresh = not table.rows
        table.show(self._shown.rows, empty=self._shown.empty, columns=self._shown.columns)
        if fresh and self._shown.opens:
            # What can be opened is what people look for, of days and months the newest.
            opens = self._shown.opens
            table.mark(max(opens) if self._shown.newest else min(opens))
            if not self._shown.newest:
                # The program's own row stands above the first of its items.
                self.call_after_refresh(table.scroll_home, animate=False)
        said = self.query_one("#said", Static)
        said.update(Content("\n".join(self._shown.said)))
        said.display = bool(self._shown.said)
        self.withhold(*self._useless())
        self.entitle(self.HEADING, self._when())

    def _useless(self) -> list[str]:
        """Return the keys that do nothing in what is shown."""
        in_table = self._view is View.TABLE
        useful = {
            "units_or_money": in_table,
            "more_columns": in_table and self._pages > 1,
            "open_row": bool(self._shown.opens),
        }
        return [action for action, is_of_use in useful.items() if not is_of_use]

    def _made(self, room: int) -> Shown:
        """Return the view."""
        report, today = self._report, self._today
        assert report is not None
        assert today is not None
        money = self.desk.money
        if self._view is View.OWED:
            return nothing_yet() if self._owed is None else owed_view(*self._owed, money)
        if self._view is View.AGES:
            ages = self._ages
            return nothing_yet() if ages is None else ages_view(ages, today, money, room)
        charts = {
            View.DAYS: lambda: days_view(self._whole, money, room),
            View.YEAR: lambda: year_view(self._whole, money, room),
            View.SERVED: lambda: served_view(self._whole, room),
            View.MISSED: lambda: missed_view(self._whole, room),
        }
        if self._view in charts:
            return charts[self._view]()
        view, pages = moved_view(report, money, in_money=self._in_money, page=self._page, room=room)
        self._pages = pages
        view.said = self._said(pages)
        return view

    def _said(self, pages: int) -> list[str]:
        """Return the sentences below the table."""
        assert self._report is not None
        if not self._report.pools:
            return []
        said = []
        if self._whole is not None:
            said = said_compared(self._whole, self.desk.money, is_over=self._month is not None)
        added = said_contribution(self._report.contribution, self.desk.money)
        if added:
            said.append(" ".join(added))
        more = []
        if self._advice and self._month is None:
            more.append(f"{said_advice(self._advice)}: A.")
        if pages > 1:
            more.append(f"C shows more columns ({self._page % pages + 1} of {pages}).")
        return [*said, " ".join(more)] if more else said

    def _when(self) -> str:
        assert self._report is not None
        assert self._today is not None
        if self._view is View.AGES:
            return f"{day_text(self._today)} · today"
        if self._view is View.OWED and self._owed is not None:
            return f"end of {day_text(self._owed[0].on)}"
        return month_text(self._report.month) + (" · so far" if self._month is None else "")

    def on_resize(self) -> None:
        """Draw the bars and choose the columns anew."""
        self.draw()


def _owed(ledger: Ledger, on: date) -> tuple[Liability, tuple[PoolMoved, ...]]:
    return ledger.liability(on), ledger.roll_forward(on)
