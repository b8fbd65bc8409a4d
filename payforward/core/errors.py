"""The one small tree of errors, each with the words that the counter will show.

Every message is one sentence for people that says what to do next. ``reason`` is the
short fixed word that scripts read (``{"refused": reason, "message": ...}``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class PayforwardError(Exception):
    """Something Payforward cannot do, said so that a person knows what to do instead.

    Args:
        message: One clear sentence, shown as it is.
        reason: A short fixed word for scripts, such as ``unknown-item``.
    """

    exit_code = 1

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason


class Refused(PayforwardError):
    """A rule of the shop or the ledger says no; nothing was changed."""


class NothingWaiting(Refused):
    """Fewer units wait than were asked for; nothing was changed.

    Args:
        message: One clear sentence.
        waiting: How many units of what was asked for do wait.
    """

    def __init__(self, message: str, *, waiting: int) -> None:
        super().__init__(message, reason="nothing-waiting")
        self.waiting = waiting


class PartlyGone(Refused):
    """Only part of an action can still be taken back; nothing was changed.

    Args:
        message: One clear sentence.
        left: How many units can still be taken back.
    """

    def __init__(self, message: str, *, left: int) -> None:
        super().__init__(message, reason="partly-enjoyed")
        self.left = left


class OtherDay(Refused):
    """An action is of another day, and nobody said that it may be; nothing was changed.

    Args:
        happened: When it was, as a sentence begins with it.
        instead: What anybody can do about it, as it goes on.
        can_be_undone: Whether the owner can take it back.
    """

    def __init__(self, happened: str, instead: str, *, can_be_undone: bool) -> None:
        self._happened = happened
        self._instead = instead
        self._can_be_undone = can_be_undone
        super().__init__(self.said("can take it back in Entries"), reason="another-day")

    def said(self, way: str) -> str:
        """Return the sentence with what the owner can do where it is read, such as ``can ...``."""
        owner = f"the owner {way}, or " if self._can_be_undone else ""
        return f"{self._happened}: {owner}{self._instead}."


class SlipRefused(Refused):
    """A slip cannot pay; nothing was changed.

    Reasons: ``not-ours``, ``slip-used``, ``slip-replaced``, ``slip-expired``, ``slip-withdrawn``
    (its gift is on the board again), ``slip-refunded``, ``slip-short`` (fewer units left),
    ``receipt-code`` (a giver's, which can only look).

    Args:
        message: One clear sentence.
        reason: One of the above.
        slip: Its number, where it is one of ours.
        item: What it was for, where it is one of ours: the item's number.
        at: When it was used, replaced or ended, where that is why; UTC.
        till: At which till that was.
        left: How many units are left on it.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: str,
        slip: int | None = None,
        item: int | None = None,
        at: datetime | None = None,
        till: str | None = None,
        left: int = 0,
    ) -> None:
        super().__init__(message, reason=reason)
        self.slip = slip
        self.item = item
        self.at = at
        self.till = till
        self.left = left


class ClockJumped(Refused):
    """The clock is far ahead of the last entry; nothing was changed until the owner says so.

    Args:
        message: One clear sentence.
        today: The business day by this machine's clock, as ISO 8601.
    """

    def __init__(self, message: str, *, today: str) -> None:
        super().__init__(message, reason="clock-jumped")
        self.today = today


class BadInput(PayforwardError):
    """What was typed cannot be understood; nothing was changed."""

    exit_code = 2


class CutOff(PayforwardError):
    """A file that was written as it came is not whole: its disk is full, or failed."""

    exit_code = 3


class LedgerUnusable(PayforwardError):
    """The ledger file cannot be used as it is (damaged, newer, on a share, locked, full disk)."""

    exit_code = 3
