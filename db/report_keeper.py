"""The owner's part of a ledger: what happened in a month, what is owed on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import months
from db.keeper import Keeper

if TYPE_CHECKING:
    from datetime import date

    from payforward.core.report_answers import Liability, MonthReport


class ReportKeeper(Keeper):
    """Answers the owner's questions; a part of `Ledger`."""

    def month(self, day: date) -> MonthReport:
        """Return what happened in the month that a day is in; one with nothing in it is empty."""
        with self._file.snapshot():
            return months.read_month(self._file, self.shop, self._items(), day)

    def liability(self, on: date) -> Liability:
        """Return which prepaid gifts waited at the end of a day, and the money of charities."""
        with self._file.snapshot():
            return months.read_liability(self._file, self.shop, self._items(), on)
