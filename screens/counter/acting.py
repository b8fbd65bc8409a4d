"""What is asked of the ledger, and what can be done about it where the ledger says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.answers import Given
from payforward.core.asks import (
    Collect,
    Give,
    GiveAway,
    NoteAsked,
    Redeem,
    RedeemSlip,
    TakeBack,
    Undo,
)
from payforward.core.errors import (
    ClockJumped,
    LedgerUnusable,
    PartlyGone,
    PayforwardError,
    Refused,
)
from payforward.core.slip_answers import IssuedSlip
from screens.counter import gift_words, words
from screens.counter.asked_ways import ForgetNote, Forgotten
from screens.counter.reading import serve_ways
from screens.counter.scans import what_instead
from screens.counter.slip_ways import HeldSlip
from screens.counter.taking_back import TakeBackWay
from screens.counter.ways import NoWay, RetryWay

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.printers import Printer
    from screens.counter.scans import Tongue
    from screens.counter.verdicts import Answer
    from screens.counter.ways import Ask, Way


_GONE: Final = ("nothing-waiting", "over-budget")
"""Why it was refused where another till was quicker."""

_NOT_TAKEN: Final = ("not-in-program", "not-running", "unknown-program")
"""Why a gift was refused that could be given when it was typed."""


@dataclass(frozen=True, slots=True)
class Done:
    """It was done.

    Args:
        answer: The ledger's answer.
        slip: The slip that it issued, whose paper is owed.
        printer: What this till prints on, where a slip was issued.
    """

    answer: Answer
    slip: IssuedSlip | None = None
    printer: Printer | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not done: the ways that there are now, the first to be shown."""

    ways: tuple[Way, ...]


def attempt(
    ledger: Ledger,
    ask: Ask,
    tongue: Tongue,
    *,
    accepts_date: bool = False,
    printed: int | None = None,
) -> Done | Failed | HeldSlip:
    """Ask the ledger, and answer what was done or what can be done instead.

    Args:
        ledger: The ledger, in its own thread.
        ask: What is asked, under its action's id.
        tongue: How things are written.
        accepts_date: Whether to say first that today's date is right.
        printed: A job of paper of which the cashier says that it came out.

    Returns:
        The slip itself where it holds money, and only has to be told for what.
    """
    try:
        if accepts_date:
            ledger.accept_clock()
        done = _with_slip(ledger, _answer(ledger, ask))
        if printed is not None:
            ledger.mark_confirmed(printed)
    except ClockJumped as error:
        return Failed((RetryWay(ask, words.far_date(error.today), accepts_date=True),))
    except LedgerUnusable as error:
        return Failed((RetryWay(ask, (error.message,)),))
    except PayforwardError as error:
        instead = _instead(ledger, ask, error, tongue)
        return instead if isinstance(instead, HeldSlip) else Failed(instead)
    else:
        return done


def _answer(ledger: Ledger, ask: Ask) -> Answer:
    """Return what the ledger answers."""
    answer: Answer
    match ask:
        case Give():
            answer = ledger.give(ask)
        case Redeem():
            answer = ledger.redeem(ask)
        case RedeemSlip():
            answer = ledger.redeem_slip(ask)
        case TakeBack():
            answer = ledger.take_back(ask)
        case GiveAway():
            answer = ledger.give_away(ask)
        case Collect():
            answer = ledger.collect(ask)
        case NoteAsked():
            answer = ledger.note_asked(ask)
        case ForgetNote():
            answer = Forgotten(ledger.forget_asked(ask.note))
        case Undo():
            answer = ledger.undo(ask)
    return answer


def _with_slip(ledger: Ledger, answer: Answer) -> Done:
    """Return what was done, with the slip that a gift was put on."""
    if not isinstance(answer, Given) or answer.slip is None:
        return Done(answer)
    slip = IssuedSlip(ledger.slip(answer.slip), answer.voucher)
    return Done(answer, slip, ledger.printer_of_till())


def _instead(
    ledger: Ledger, ask: Ask, error: PayforwardError, tongue: Tongue
) -> HeldSlip | tuple[Way, ...]:
    """Return what can be done where another till was quicker; else only the words."""
    try:
        if isinstance(ask, RedeemSlip) and isinstance(error, Refused):
            return what_instead(ledger, ask, error, tongue)
        if isinstance(ask, Redeem | GiveAway) and error.reason in _GONE:
            return _ways_now(ledger, ask, just_gone=True)
        if isinstance(ask, GiveAway) and isinstance(error, Refused):
            why = NoWay((error.message,), ("↓ what else can be done   Esc no",))
            return (why, *(way for way in _ways_now(ledger, ask) if not isinstance(way, NoWay)))
        if isinstance(error, PartlyGone):
            return tuple(TakeBackWay(past) for past in ledger.latest_actions())
    except PayforwardError as later:
        return (NoWay((later.message,)),)
    not_taken = isinstance(ask, Give) and error.reason in _NOT_TAKEN
    return (NoWay(gift_words.NO_MORE if not_taken else (error.message,)),)


def _ways_now(
    ledger: Ledger, ask: Redeem | GiveAway, *, just_gone: bool = False
) -> tuple[Way, ...]:
    """Return who can pay for the same now."""
    asked = tuple(item for item in ledger.items(retired=True) if item.id == ask.item)
    return serve_ways(ledger, asked, ask.units, just_gone=just_gone)
