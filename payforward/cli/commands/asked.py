"""``payforward asked``: what somebody asked for while none was waiting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_words import instant
from payforward.cli.words import quoted, table
from payforward.core.asks import NoteAsked
from payforward.core.clock import utc_text
from payforward.core.days import day_text
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import parse_action_id
from payforward.core.model import PaidFrom
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from db.ledger import Ledger
    from payforward.core.model import Shop
    from payforward.core.program_answers import AskedNote


@click.command("asked", cls=Command)
@click.argument("item", nargs=-1)
@click.option("--count", metavar="N", help="How many were asked for; 1 if nothing is said.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@click.option(
    "--anyway", is_flag=True, help="Note it though some waits, or the house could give it."
)
@click.option("--forget", metavar="ACTION", help="Take a note of today back.")
@click.option("--from", "first", metavar="DAY", help="List from this day on, not from the 1st.")
@click.option("--to", "last", metavar="DAY", help="List up to this day, not up to today.")
@pass_session
def command(
    session: Session,
    *,
    item: tuple[str, ...],
    count: str | None,
    action: str | None,
    forget: str | None,
    first: str | None,
    last: str | None,
    anyway: bool,
) -> None:
    """Note that somebody asked for ITEM and none was waiting.

    Nothing is said of who asked. Without an ITEM it lists this month's notes, or those between
    two days.
    """
    _check_usage(item, (count, action, anyway or None), forget, (first, last))
    with session.open() as ledger:
        if forget is not None:
            _forget(session, ledger, forget)
        elif item:
            _note(session, ledger, _wanted(ledger, item, count, action), anyway=anyway)
        else:
            _list(session, ledger, first, last)


def _check_usage(
    item: Sequence[str],
    of_note: Sequence[object],
    forget: str | None,
    days: Sequence[str | None],
) -> None:
    """Refuse two wishes at a time.

    Raises:
        BadInput: what to leave out.
    """
    has_note, has_days = any(each is not None for each in of_note), any(days)
    if forget is not None and (item or has_note or has_days):
        raise BadInput("--forget stands alone: leave the rest out.", reason="wrong-usage")
    if item and has_days:
        raise BadInput("--from and --to are for the list: leave ITEM out.", reason="wrong-usage")
    if not item and has_note:
        raise BadInput("Say what was asked for: an item.", reason="wrong-usage")


def _wanted(
    ledger: Ledger, item: Sequence[str], count: str | None, action: str | None
) -> NoteAsked:
    return NoteAsked(
        action=typed.action_of(action),
        item=ledger.find_item(typed.words_of(item), retired=True).id,
        units=1 if count is None else typed.count_of(count),
    )


def _note(session: Session, ledger: Ledger, wanted: NoteAsked, *, anyway: bool) -> None:
    if not anyway and not ledger.is_note(wanted.action):
        _refuse_what_can_be_had(ledger, wanted)
    note = ledger.note_asked(wanted)
    session.answer(_document(note), lambda: _noted_lines(note))


def _refuse_what_can_be_had(ledger: Ledger, wanted: NoteAsked) -> None:
    """Refuse to note as asked for in vain what waits, or what the house could give.

    Raises:
        Refused: all of it can be had; what to type for that is in the sentence.
    """
    count = f" --count {wanted.units}" if wanted.units > 1 else ""
    for offer in ledger.offers(wanted.item, wanted.units):
        typed_item = f"{quoted(offer.item.name)}{count}"
        if offer.units < wanted.units:
            continue
        if offer.paid_from is PaidFrom.BOARD:
            waits = f"{offer.waiting} {offer.item.name} wait{'s' if offer.waiting == 1 else ''}"
            way = f"redeem {typed_item}"
        elif offer.paid_from is PaidFrom.GIVEAWAY and offer.program is not None:
            waits = f"The house can give {offer.units} {offer.item.name}"
            way = f"giveaway {typed_item} --program {quoted(offer.program.name)}"
        else:
            continue
        raise Refused(
            f"{waits}: 'payforward {way}' serves it, and --anyway notes it too.",
            reason="not-in-vain",
        )


def _forget(session: Session, ledger: Ledger, action: str) -> None:
    note = ledger.forget_asked(parse_action_id(action))
    what = f"{note.units} {shown(note.item.name)}"
    session.answer(
        {**_document(note), "forgotten": True},
        lambda: [f"Forgotten: that {what} was asked for."],
    )


def _list(
    session: Session, ledger: Ledger, typed_first: str | None, typed_last: str | None
) -> None:
    today = ledger.today()
    said_first, said_last = typed.days_of(typed_first, typed_last, today)
    last = said_last or today
    first = said_first or last.replace(day=1)
    if last < first:
        raise BadInput(
            f"{day_text(first)} is after {day_text(last)}: say --to too.", reason="bad-day"
        )
    notes = ledger.asked(first, last)
    totals = Counter[str]()
    for note in notes:
        totals[note.item.name] += note.units
    session.answer(
        {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "items": [{"item": item, "units": units} for item, units in totals.most_common()],
            "asked": [_document(note) for note in notes],
        },
        lambda: _lines(notes, totals, (first, last), ledger.shop),
    )


def _document(note: AskedNote) -> dict[str, object]:
    return {
        "action": note.action,
        "item": note.item.name,
        "units": note.units,
        "till": note.till,
        "at": utc_text(note.at),
        "day": note.day.isoformat(),
        "repeated": note.repeated,
        "taken_back": note.taken_back,
    }


def _noted_lines(note: AskedNote) -> Iterator[str]:
    if note.taken_back:
        yield "That was noted before and taken back since: say it without --id to note it anew."
        return
    if note.repeated:
        yield "That was noted before, and was not noted again:"
    yield f"Noted: {note.units} {shown(note.item.name)} asked for in vain."
    yield f"A slip of the finger? payforward asked --forget {note.action}"


def _lines(
    notes: Sequence[AskedNote], totals: Counter[str], days: tuple[date, date], shop: Shop
) -> Iterator[str]:
    between = f"{day_text(days[0])} to {day_text(days[1])}"
    if not notes:
        yield f"Nothing was asked for in vain, {between}: payforward asked ITEM notes it."
        return
    yield f"Asked for while none was waiting, {between}:"
    yield from table([[item, str(units)] for item, units in totals.most_common()], "<>")
    yield ""
    rows = [[instant(note.at, shop), str(note.units), note.item.name, note.till] for note in notes]
    yield from table(rows, "<><<")
