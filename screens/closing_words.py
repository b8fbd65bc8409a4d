"""A business day in words: its takings by tender, what the till said, who did how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.closing import DayState
from payforward.core.days import short_day
from payforward.core.text import cell_width, shown
from screens.telling import NO_NAME, TENDER_WORDS, said_day, said_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from payforward.core.closing import AtTheCounter, ClosedDay, DayReport, Taken, TillWord

    MoneyWords = Callable[[int], str]

_STATES: Final = {
    DayState.CLOSED: "closed",
    DayState.OPEN: "open",
    DayState.OVER: "never closed",
    DayState.BEFORE: "before all entries",
}
NONE: Final = "–"
TOGETHER: Final = "Together"
_GAP: Final = 2
_ROWS: Final = (
    ("Gifts", "given_minor", 1),
    ("Jars", "jars_minor", 1),
    ("Refunds", "refunded_minor", -1),
    ("To partners", "handed_over_minor", -1),
)


def said_state(state: DayState, *, can_close: bool) -> str:
    """Return how a day stands, in a word or two."""
    if state is DayState.OPEN and not can_close:
        return "still to come"
    return _STATES[state]


def said_too_late_or_early(state: DayState) -> str:
    """Return why a day that is not closed cannot be closed now."""
    if state is DayState.OPEN:
        return "What is done now counts on this day. It can be closed once it has begun."
    if state is DayState.BEFORE:
        return "Nothing was written down yet on this day: there is nothing to close."
    return "Nobody closed this day, and it can be closed no more: a later day has begun."


def takings(report: DayReport, money: MoneyWords, room: int) -> list[str]:
    """Return the day's takings as lines of columns, one for each tender and one for their sum.

    Args:
        report: The day.
        money: How amounts are written.
        room: How many cells a line has; the sum goes first where that is too few.
    """
    rows = [["", *(TENDER_WORDS[each.tender].capitalize() for each in report.taken), TOGETHER]]
    for name, column, sign in _ROWS:
        minor = [sign * getattr(each, column) for each in report.taken]
        if any(minor) or column == "given_minor":
            rows.append(_line(name, minor, money))
    rows.append(_line("In all", [each.net_minor for each in report.taken], money))
    if report.closed is not None:
        rows += _counted(report.taken, report.closed, money)
    lines = _aligned(rows)
    return lines if cell_width(lines[0]) <= room else _aligned([row[:-1] for row in rows])


def at_the_counter(report: DayReport) -> list[str]:
    """Return who did how much, a line each; where nobody has a name, only how much."""
    has_names = any(each.cashier is not None for each in report.counters)
    return [_said_counter(each, has_names=has_names) for each in report.counters]


def said_closed(
    closed: ClosedDay, money: MoneyWords, local: Callable[[datetime], datetime]
) -> list[str]:
    """Return what was said of a closed day: the note, when, by whom, earlier words, the head."""
    done = f"Closed {_said_when(closed.at, closed.cashier, local)}."
    if closed.corrections:
        times = "once" if closed.corrections == 1 else f"{closed.corrections} times"
        word = closed.words[0]
        done += f" Corrected {times}, last {_said_when(word.at, word.cashier, local)}."
    note = [] if closed.note is None else [f"“{shown(closed.note)}”"]
    head = f"Head {closed.head}: kept on paper, it shows later that nothing was changed."
    return [*note, done, *(_said_earlier(word, money) for word in closed.earlier), head]


def _said_when(
    instant: datetime, cashier: str | None, local: Callable[[datetime], datetime]
) -> str:
    at = local(instant)
    by = "" if cashier is None else f" by {shown(cashier)}"
    return f"{short_day(at.date())} {said_time(at)}{by}"


def _said_earlier(word: TillWord, money: MoneyWords) -> str:
    """Return what was said of the till before that was corrected."""
    said = [
        f"{TENDER_WORDS[each.tender]} {money(each.till_minor)}"
        for each in word.counted
        if each.till_minor is not None
    ]
    note = [] if word.note is None else [f"“{shown(word.note)}”"]
    return f"Said before: {', '.join([*said, *note]) or 'nothing of the till'}."


def said_difference(differences: Sequence[tuple[str, int]], money: MoneyWords) -> str:
    """Return how far the till is from what was taken.

    Args:
        differences: Each tender that somebody looked at, and how much more the till has.
        money: How amounts are written.
    """
    if not differences:
        return "Nobody said what the till says."
    off = [
        f"{money(abs(minor))} {'more' if minor > 0 else 'less'} {name}"
        for name, minor in differences
        if minor
    ]
    return f"The till has {', '.join(off)}." if off else "The till says the same."


def question(report: DayReport, difference: str) -> str:
    """Return what closing a day means, before it is done."""
    return (
        f"{difference} {said_day(report.day)} takes no more then: "
        "what is done after that counts on the next day."
    )


def _line(name: str, minor: Sequence[int], money: MoneyWords) -> list[str]:
    return [name, *(money(each) if each else NONE for each in (*minor, sum(minor)))]


def _counted(taken: Sequence[Taken], closed: ClosedDay, money: MoneyWords) -> list[list[str]]:
    """Return what the till said and how far that is, tender by tender."""
    counted = {each.tender: each for each in closed.counted}
    found = [counted.get(each.tender) for each in taken]
    said = [
        "" if each is None or each.till_minor is None else money(each.till_minor) for each in found
    ]
    off = [
        "" if each is None or each.till_minor is None else _signed(each.difference_minor, money)
        for each in found
    ]
    whole = [each.till_minor for each in found if each is not None and each.till_minor is not None]
    return [
        ["Till says", *said, money(sum(whole)) if whole else ""],
        ["Difference", *off, _signed(closed.difference_minor, money) if whole else ""],
    ]


def _signed(minor: int, money: MoneyWords) -> str:
    return NONE if not minor else money(minor) if minor < 0 else f"+{money(minor)}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(cell_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        row[0]
        + " " * (widths[0] - cell_width(row[0]))
        + "".join(
            " " * (widths[at] - cell_width(row[at]) + _GAP) + row[at] for at in range(1, len(row))
        )
        for row in rows
    ]


def _said_counter(each: AtTheCounter, *, has_names: bool) -> str:
    parts = [
        _said(each.gifts, "gift", "gifts"),
        "" if not each.served else f"{each.served} served",
        "" if not each.served_from_slips else f"{each.served_from_slips} of them by slip",
        "" if not each.taken_back else f"{each.taken_back} taken back",
        _said(each.refunds, "refund", "refunds"),
    ]
    done = ", ".join(part for part in parts if part)
    if not has_names:
        return done
    return f"{NO_NAME if each.cashier is None else shown(each.cashier)}: {done}"


def _said(number: int, one: str, many: str) -> str:
    return "" if not number else f"1 {one}" if number == 1 else f"{number} {many}"
