"""The shop's clock: instants in UTC, and the business day that they belong to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_CUTOVER_HOUR = 4
"""The hour at which a business day ends where the shop did not choose another."""


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """Return this instant, with a time zone."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return this instant in UTC."""
        return datetime.now(UTC)


class CallableClock:
    """A clock that answers what ``read`` answers: for replays, demos and tests."""

    def __init__(self, read: Callable[[], datetime]) -> None:
        self.read = read

    def now(self) -> datetime:
        """Return what ``read`` answers."""
        return self.read()


def zone(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name such as ``Europe/Rome``.

    Raises:
        BadInput: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            f"There is no time zone {name[:60]!r}: write one such as Europe/Rome or UTC.",
            reason="unknown-timezone",
        ) from None


def business_date(instant: datetime, timezone: ZoneInfo, cutover_hour: int) -> date:
    """Return the business day of an instant, by the clock on the shop's wall.

    A day runs from ``cutover_hour`` to ``cutover_hour`` of local time, so the hour that a
    change of clocks repeats or skips never splits a day.

    >>> at = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    >>> business_date(at, zone("Europe/Rome"), 4).isoformat()
    '2026-11-21'
    """
    local = instant.astimezone(timezone)
    day = local.date()
    return day - timedelta(days=1) if local.hour < cutover_hour else day


def first_day_of(period: str, day: date) -> date:
    """Return the first day of the ``day``, ``week`` (ISO 8601) or ``month`` that a day is in.

    >>> [first_day_of(each, date(2028, 2, 26)).day for each in ("day", "week", "month")]
    [26, 21, 1]
    """
    if period == "day":
        return day
    return day - timedelta(days=day.weekday()) if period == "week" else day.replace(day=1)


def last_day_of(period: str, day: date) -> date:
    """Return the last day of the ``day``, ``week`` (ISO 8601) or ``month`` that a day is in.

    >>> [last_day_of(each, date(2028, 2, 26)).day for each in ("day", "week", "month")]
    [26, 27, 29]
    """
    if period == "day":
        return day
    if period == "week":
        return day + timedelta(days=6 - day.weekday())
    next_month = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return next_month - timedelta(days=1)


def utc_text(instant: datetime) -> str:
    """Return an instant as the ledger writes it: UTC, milliseconds, ``Z``.

    >>> utc_text(datetime(2026, 11, 21, 17, 40, tzinfo=UTC))
    '2026-11-21T17:40:00.000Z'
    """
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_utc_text(text: str) -> datetime:
    """Return the instant that `utc_text` wrote."""
    return datetime.fromisoformat(text)
