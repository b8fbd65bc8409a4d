"""What is asked of the ledger, and what can be done about it where the ledger says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.asks import Give, Redeem
from payforward.core.errors import ClockJumped, LedgerUnusable, PartlyGone, PayforwardError
from screens.counter import words
from screens.counter.reading import serve_ways
from screens.counter.ways import NoWay, RetryWay, TakeBackWay

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.answers import Given, Redeemed, Undone
    from screens.counter.ways import Ask, Way


@dataclass(frozen=True, slots=True)
class Done:
    """It was done: the ledger's answer."""

    answer: Given | Redeemed | Undone


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not done: the ways that there are now, the first to be shown."""

    ways: tuple[Way, ...]


def attempt(ledger: Ledger, ask: Ask, *, accepts_date: bool) -> Done | Failed:
    """Ask the ledger, and answer what was done or what can be done instead.

    Args:
        ledger: The ledger, in its own thread.
        ask: What is asked, under its action's id.
        accepts_date: Whether to say first that today's date is right.
    """
    try:
        if accepts_date:
            ledger.accept_clock()
        if isinstance(ask, Give):
            return Done(ledger.give(ask))
        if isinstance(ask, Redeem):
            return Done(ledger.redeem(ask))
        return Done(ledger.undo(ask))
    except ClockJumped as error:
        return Failed((RetryWay(ask, words.far_date(error.today), accepts_date=True),))
    except LedgerUnusable as error:
        return Failed((RetryWay(ask, (error.message,)),))
    except PayforwardError as error:
        return Failed(_instead(ledger, ask, error))


def _instead(ledger: Ledger, ask: Ask, error: PayforwardError) -> tuple[Way, ...]:
    """Return what can be done where another till was quicker; else only the words."""
    try:
        if isinstance(ask, Redeem) and error.reason == "nothing-waiting":
            asked = tuple(item for item in ledger.items(retired=True) if item.id == ask.item)
            return serve_ways(ledger, asked, ask.units, just_gone=True)
        if isinstance(error, PartlyGone):
            return tuple(TakeBackWay(past) for past in ledger.latest_actions())
    except PayforwardError as later:
        return (NoWay((later.message,)),)
    return (NoWay((error.message,)),)
