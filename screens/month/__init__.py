"""The owner's month: its table, its charts, what is owed, and the entries behind each number."""

from screens.month.screen import MonthScreen

__all__ = ["MonthScreen"]
