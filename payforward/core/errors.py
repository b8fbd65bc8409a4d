"""The one small tree of errors, each with the words that the counter will show.

Every message is one sentence for people that says what to do next. ``reason`` is the
short fixed word that scripts read (``{"refused": reason, "message": ...}``).
"""


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


class LedgerUnusable(PayforwardError):
    """The ledger file cannot be used as it is (damaged, newer, on a share, locked, full disk)."""

    exit_code = 3
