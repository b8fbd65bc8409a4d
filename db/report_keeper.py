"""The owner's part of a ledger: what happened in a month, what is owed on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import closing, months, takings
from db.ages import read_ages
from db.append import lock_head
from db.chain import head_text
from db.exporting import read_export
from db.keeper import Keeper
from db.lives import read_lives
from db.moment import reporting_day
from db.owners_month import read_owners_month
from db.pool_entries import read_pool_entries
from db.questions import READ_HEAD
from payforward.core.advice import advise
from payforward.core.closing import DayReport, DayState, TillSays
from payforward.core.currencies import currency
from payforward.core.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from db.connection import LedgerFile
    from db.perform import Done
    from payforward.core.advice import Advice, AdviceRules, ItemLife
    from payforward.core.answers import EntryView
    from payforward.core.closing import ClosedDay
    from payforward.core.export_answers import Export
    from payforward.core.report_answers import (
        AgeRow,
        Liability,
        MonthReport,
        OwnersMonth,
        PoolMoved,
    )


class ReportKeeper(Keeper):
    """Answers the owner's questions, and ends a day; a part of `Ledger`."""

    cashier: str | None

    def reporting_day(self) -> date:
        """Return the day up to which the books tell now; on the evening of a closed day it is it.

        See `today` for the day that an entry made now would count on.
        """
        with self._file.snapshot():
            return reporting_day(self._moment())

    def month(self, day: date) -> MonthReport:
        """Return what happened in the month that a day is in; one with nothing in it is empty."""
        with self._file.snapshot():
            return months.read_month(self._file, self.shop, self._items(), day)

    def owners_month(self, day: date | None = None) -> OwnersMonth:
        """Return all that the owner sees of the month that a day is in, this one without one."""
        with self._file.snapshot():
            moment = self._moment()
            today = reporting_day(moment)
            return read_owners_month(self._file, self.shop, moment.items, day or today, today)

    def ages(self) -> tuple[AgeRow, ...]:
        """Return how long what waits has waited."""
        with self._file.snapshot():
            moment = self._moment()
            return read_ages(self._file, self.shop, moment.items, reporting_day(moment))

    def lives(self) -> tuple[ItemLife, ...]:
        """Return how each item fares that waits or was missed."""
        with self._file.snapshot():
            moment = self._moment()
            return read_lives(self._file, self.shop, moment.items, reporting_day(moment))

    def advice(self, rules: AdviceRules | None = None) -> tuple[Advice, ...]:
        """Return what the owner might do now."""
        written = currency(self.shop.currency)
        return advise(self.lives(), lambda minor: Money(minor, written).format(), rules)

    def day_report(self, day: date | None = None) -> DayReport:
        """Return what happened on a day; on the one that reports tell of now without one."""
        with self._file.snapshot():
            return self._day_report(day or reporting_day(self._moment()))

    def day_to_close(self, day: date | None = None) -> date:
        """Return the day that would be closed now; `Refused` where there is none."""
        with self._file.snapshot():
            return closing.day_to_close(self._moment(), day)

    def close_day(self, day: date | None = None, says: TillSays | None = None) -> ClosedDay:
        """Close a day, after which it takes no more entries; the one that is open without one.

        Args:
            day: It.
            says: What the shop's own till said of gifts.

        Raises:
            Refused: it is closed, it is over, or it has not begun.
            BadInput: an amount that no till says.
        """
        said = says or TillSays()
        closing.check_said(said)
        wanted = self.day_to_close(day)
        ask = closing.ask_for(self.shop, wanted)
        return self._performer.perform(
            ask,
            lambda moment: closing.plan_close(moment, ask),
            self._telling_closed(wanted),
            closing.Noting(self._file, self.shop, said),
            day=wanted,
        )

    def correct_close(self, day: date, says: TillSays) -> ClosedDay:
        """Say anew what the till said of a closed day; the older word is kept below it.

        Raises:
            Refused: the day is not closed.
            BadInput: an amount that no till says.
        """
        closing.check_said(says)
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            cashier = self._performer.cashier_id(database, self._at())
            closing.correct(
                self._file, database, self._moment(), day=day, says=says, cashier=cashier
            )
            closed = closing.read_closed(self._file, self.shop, day)
        assert closed is not None
        return closed

    def liability(self, on: date) -> Liability:
        """Return which prepaid gifts waited at the end of a day, and the money of charities."""
        with self._file.snapshot():
            return months.read_liability(self._file, self.shop, self._items(), on)

    def roll_forward(self, on: date) -> tuple[PoolMoved, ...]:
        """Return what became of each pool from the first of a day's month up to that day."""
        with self._file.snapshot():
            items = self._items()
            return months.moved_between(self._file, self.shop, items, on.replace(day=1), on)

    def pool_entries(
        self,
        pool: tuple[int, int],
        days: tuple[date, date],
        *,
        before: EntryView | None = None,
        most: int = 300,
    ) -> tuple[EntryView, ...]:
        """Return the entries of a program's item in some days, newest first.

        Args:
            pool: The program and the item, by number.
            days: The first and the last day.
            before: Only what is older than this one, for the next page.
            most: How many at most.
        """
        with self._file.snapshot():
            return read_pool_entries(
                self._file, self.shop, self._items(), pool, days, before=before, most=most
            )

    def export_entries(self, first: date | None = None, last: date | None = None) -> Export:
        """Return the entries of some days, both included, for books; of all days without them.

        The entries themselves are read later, page by page, as they stood now.
        """
        with self._file.snapshot():
            return read_export(self._moment(), first, last)

    # -- within -------------------------------------------------------------------------------

    def _day_report(self, day: date) -> DayReport:
        head = self._file.read_one(READ_HEAD, {"shop": self.shop.id})
        assert head is not None
        closed = closing.read_closed(self._file, self.shop, day)
        return DayReport(
            day=day,
            currency=self.shop.currency,
            taken=takings.read_taken(self._file, self.shop.id, day),
            counters=takings.read_counters(self._file, self.shop.id, day),
            head=head_text(head["no"], head["hash"]),
            closed=closed,
            state=DayState.CLOSED if closed is not None else self._day_state(day, head["day"]),
        )

    def _day_state(self, day: date, earliest: str) -> DayState:
        """Return how a day stands that is not closed.

        Args:
            day: It.
            earliest: The first day that an entry can count on.
        """
        if day >= self._moment().day:
            return DayState.OPEN
        first = months.read_first_day(self._file, self.shop.id)
        if first is None or day < first:
            return DayState.BEFORE
        return DayState.OVER if day.isoformat() < earliest else DayState.OPEN

    def _telling_closed(self, day: date) -> Callable[[LedgerFile, Done], ClosedDay]:
        def tell(file: LedgerFile, done: Done) -> ClosedDay:
            closed = closing.read_closed(file, self.shop, day)
            assert closed is not None
            return replace(closed, repeated=done.repeated)

        return tell
