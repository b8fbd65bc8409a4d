"""A day as the owner reads it: takings by tender, what the till said, who was at the counter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from payforward.cli.words import counted, money, table
from payforward.core.clock import utc_text
from payforward.core.closing import DayState
from payforward.core.days import day_text
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from payforward.core.closing import AtTheCounter, ClosedDay, Counted, DayReport, Taken, TillWord

_STATES = {
    DayState.OPEN: "is open",
    DayState.OVER: "is over, and was never closed",
    DayState.BEFORE: "is before the ledger's first entry",
}
_TENDERS = {"cash": "cash", "card": "card", "other": "other ways"}


def day_document(report: DayReport) -> dict[str, Any]:
    """Return a day's document: its takings, its close if there is one, its cashiers."""
    closed = report.closed
    said = {} if closed is None else {each.tender: each for each in closed.counted}
    return {
        "day": report.day.isoformat(),
        "currency": report.currency,
        "tenders": [_tender(each, said.get(each.tender)) for each in report.taken],
        "net_minor": report.net_minor,
        "cashiers": [_cashier(each) for each in report.counters],
        "head": report.head if closed is None else closed.head,
        "closed": closed is not None,
        "state": str(report.state),
        "number": None if closed is None else closed.number,
        "difference_minor": None if closed is None else closed.difference_minor,
        "note": None if closed is None else closed.note,
        "corrections": 0 if closed is None else closed.corrections,
        "closed_by": None if closed is None else closed.cashier,
        "corrected_by": None if closed is None else closed.corrected_by,
        "earlier": [] if closed is None else [_word(each) for each in closed.earlier],
    }


def day_lines(report: DayReport, counts_on: date) -> Iterator[str]:
    """Yield a day for people.

    Args:
        report: The day's.
        counts_on: The day on which counts what is done now: told of the day before it, if that is
            closed.
    """
    closed = report.closed
    if closed is None:
        yield f"{day_text(report.day)} {_STATES[report.state]}."
    else:
        again = "" if not closed.corrections else ", corrected since"
        yield f"{day_text(report.day)} is closed{again}.{_from_now_on(report.day, counts_on)}"
    yield from _takings(report)
    if closed is not None:
        yield from _difference(closed, report.currency)
    for each in report.counters:
        yield _at_the_counter(each)
    head = report.head if closed is None else closed.head
    yield f"The ledger's head: {head}. On paper, it proves that nothing was cut off."


def _from_now_on(closed: date, counts_on: date) -> str:
    if closed + timedelta(days=1) != counts_on:
        return ""
    return f" What is done now counts on {day_text(counts_on)}."


def _tender(taken: Taken, said: Counted | None) -> dict[str, Any]:
    return {
        "tender": str(taken.tender),
        "given_minor": taken.given_minor,
        "jars_minor": taken.jars_minor,
        "refunded_minor": taken.refunded_minor,
        "handed_over_minor": taken.handed_over_minor,
        "taken_minor": taken.net_minor,
        "till_minor": None if said is None else said.till_minor,
        "difference_minor": None if said is None else said.difference_minor,
    }


def _word(word: TillWord) -> dict[str, Any]:
    """Return the document of what was said of the till before it was corrected."""
    return {
        "till_minor": {str(each.tender): each.till_minor for each in word.counted},
        "difference_minor": word.difference_minor,
        "note": word.note,
        "at": utc_text(word.at),
        "cashier": word.cashier,
    }


def _cashier(each: AtTheCounter) -> dict[str, Any]:
    return {
        "cashier": each.cashier,
        "gifts": each.gifts,
        "served": each.served,
        "served_from_slips": each.served_from_slips,
        "taken_back": each.taken_back,
        "refunds": each.refunds,
    }


def _takings(report: DayReport) -> Iterator[str]:
    columns = ("given_minor", "jars_minor", "refunded_minor", "handed_over_minor")
    headings = ("gifts", "jars", "refunded", "to partners")
    used = [n for n, name in enumerate(columns) if any(getattr(t, name) for t in report.taken)]
    if not used:
        yield "No money came in for gifts, and none went out."
        return
    rows: list[Sequence[str]] = [["", *(headings[n] for n in used), "in the drawer"]]
    for taken in report.taken:
        cells = [money(getattr(taken, columns[n]), report.currency) for n in used]
        rows.append([_TENDERS[taken.tender], *cells, money(taken.net_minor, report.currency)])
    yield from table(rows, "<" + ">" * (len(used) + 1))


def _difference(closed: ClosedDay, currency: str) -> Iterator[str]:
    for each in closed.counted:
        if each.till_minor is None:
            continue
        till, tender = money(each.till_minor, currency), _TENDERS[each.tender]
        difference = each.difference_minor
        if not difference:
            yield f"The till's gift line says {till} in {tender}: it agrees."
        else:
            much = money(abs(difference), currency)
            more = "more" if difference > 0 else "less"
            yield f"The till's gift line says {till} in {tender}: {much} {more}."
    if closed.note:
        yield f"Note: {shown(closed.note)}"
    for word in closed.earlier:
        yield _said_before(word, currency)


def _said_before(word: TillWord, currency: str) -> str:
    said = [
        f"{money(each.till_minor, currency)} in {_TENDERS[each.tender]}"
        for each in word.counted
        if each.till_minor is not None
    ]
    note = [f"“{shown(word.note)}”"] if word.note else []
    by = "" if word.cashier is None else f" by {shown(word.cashier)}"
    return f"Said before{by}: {', '.join([*said, *note]) or 'nothing of the till'}."


def _at_the_counter(each: AtTheCounter) -> str:
    who = "No name" if each.cashier is None else shown(each.cashier)
    told = [counted(each.gifts, "gift", "gifts"), f"{each.served} served"]
    if each.served_from_slips:
        told[-1] += f" ({each.served_from_slips} by slips)"
    if each.taken_back:
        told.append(f"{each.taken_back} taken back")
    if each.refunds:
        told.append(counted(each.refunds, "refund", "refunds"))
    return f"{who}: {', '.join(told)}."
