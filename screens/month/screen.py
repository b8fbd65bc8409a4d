"""The owner's month: a table, its charts, what waits and for how long, what is owed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding

from payforward.core.clock import last_day_of
from payforward.core.days import FIRST_YEAR, day_text, short_month
from payforward.core.errors import PayforwardError
from payforward.core.people import Guarded
from screens.catalogue import Place, bindings_of
from screens.dialogs.ask_line import AskLine
from screens.entries import EntriesScreen
from screens.month.pool_entries import PoolEntriesScreen
from screens.month.shown import OpensDay, OpensMonth, OpensPool, read_day_or_month
from screens.month.view_line import ViewLine
from screens.month.views import NAMES, MonthViews, View
from screens.owner import owners
from screens.widgets.table import Table

if TYPE_CHECKING:
    from datetime import date

    from textual.binding import BindingType

MONTH_BEFORE_ALL: Final = "No ledger is as old as that."


class MonthScreen(MonthViews):
    """One month, month by month; Enter opens the entries behind a number."""

    CSS_PATH = "month.tcss"
    PLACE = Place.MONTH
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Place.MONTH),
        *(Binding(str(at + 1), f"view({at})", show=False) for at in range(len(NAMES))),
    ]

    def on_choice_changed(self, message: ViewLine.Changed) -> None:
        """Show the view that was chosen."""
        message.stop()
        if self._view != message.chosen:
            self._view = View(message.chosen)
            self.say("")
            self.query_one(Table).show(())
            self.draw()
            self.show_anew()

    def action_next_view(self) -> None:
        """Show the next view."""
        self.query_one(ViewLine).action_choose(1)

    def action_view(self, at: int) -> None:
        """Show a view by its place in the line of views."""
        self.query_one(ViewLine).chosen = at

    def action_month_before(self) -> None:
        """Show the month before."""
        if self._today is not None and self.is_active:
            self._go((self._first - timedelta(days=1)).replace(day=1))

    def action_month_after(self) -> None:
        """Show the month after; this month is the last one."""
        if self._today is None or not self.is_active:
            return
        if self._month is None and self._on is None:
            self.say("No later month yet.")
            return
        self._go(last_day_of("month", self._first) + timedelta(days=1))

    def _go(self, first: date) -> None:
        assert self._today is not None
        if first.year < FIRST_YEAR:
            self.say(MONTH_BEFORE_ALL)
            return
        self._month = min(first, self._today.replace(day=1))
        self._on = None
        self.say("")
        self.show_anew()

    def action_more_columns(self) -> None:
        """Show the columns that have no room beside the first."""
        if self._view is not View.TABLE:
            self.complain("Only the table has more columns.")
            return
        self._page += 1
        self.draw()

    def action_units_or_money(self) -> None:
        """Change between how many and how much money."""
        if self._view is not View.TABLE:
            self.complain("Only the table changes between how many and money.")
            return
        self._in_money, self._page = not self._in_money, 0
        self.draw()
        self.say("In money." if self._in_money else "")

    @work
    async def action_on_day(self) -> None:
        """Ask for a day or a month: show what was owed at its end, or what became of all in it."""
        today = self._today
        if today is None or not self.is_active:
            return
        line = await self.app.push_screen_wait(
            AskLine(
                "Another day or month",
                "Show",
                day_text(self._on or today),
                lambda typed: read_day_or_month(typed, today),
                yes="Show it",
                said=f"A month such as {short_month(today)}, or a day such as {day_text(today)}: "
                "what was owed at its end.",
            )
        )
        match None if line is None else line.value:
            case OpensDay(day):
                self._on, self._month = day, day.replace(day=1)
                self._choose(View.OWED)
                self.show_anew()
            case OpensMonth(month):
                if self._view in (View.AGES, View.OWED):
                    self._choose(View.TABLE)
                self._go(month)

    def _choose(self, view: View) -> None:
        """Change the view without asking the ledger: that is done once, right after."""
        self._view = view
        view_line = self.query_one(ViewLine)
        view_line.set_reactive(ViewLine.chosen, int(view))
        view_line.refresh()

    def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open the row that was clicked while it was marked."""
        message.stop()
        self.action_open_row()

    def action_open_row(self) -> None:
        """Open what stands behind the marked row."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        match self._shown.opens.get(marked):
            case OpensPool() as pool:
                self.app.push_screen(PoolEntriesScreen(self.desk, pool))
            case OpensDay(day):
                self.app.push_screen(EntriesScreen(self.desk, day))
            case OpensMonth(month):
                self.query_one(ViewLine).chosen = int(View.TABLE)
                self._go(month)
            case None:
                self.complain("That line is no single item: mark one to see its entries.")

    def action_advice(self) -> None:
        """Show what there is to look at."""
        from screens.advice import AdviceScreen  # noqa: PLC0415 - not for the month's picture

        if self.is_active:
            self.app.push_screen(AdviceScreen(self.desk))

    @work
    async def action_statement(self) -> None:
        """Bring the month's statement out, for the wall, or a card for the counter."""
        from screens.owner_paper import bring_out_statement  # noqa: PLC0415 - rarely used

        if self._report is None or not self.is_active:
            return
        try:
            done = await bring_out_statement(self.app, self.desk, self._report.month)
        except PayforwardError as error:
            self.complain(error.message)
        else:
            self.say(done or "")

    @work
    @owners(Guarded.EXPORTS)
    async def action_export(self) -> None:
        """Write the month, or other days, for the books."""
        from screens.exporting import export  # noqa: PLC0415 - rarely used

        if self._report is None:
            return
        try:
            done = await export(self.app, self.desk, self._report.month)
        except PayforwardError as error:
            self.complain(error.message)
        else:
            self.say(done or "")
