"""What the counter says where the house pays, goods or a jar's money come in, or nobody pays.

As in `words`, each function returns variants of one sentence, the fullest first. A program's name
is said only where it helps whoever works here: in a queue it may be delicate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.hours import is_outside
from payforward.core.matching import folded
from payforward.core.model import ProgramKind
from payforward.core.text import shown
from screens.counter.words import name
from screens.telling import DAYS, TENDER_WORDS, short_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from payforward.core.answers import Given, Offer, Redeemed
    from payforward.core.model import Item, Tender
    from payforward.core.program_answers import AskedNote, BudgetState, Collected, ProgramState
    from payforward.core.programs import Program
    from screens.counter.words import Variants

    MoneyWords = Callable[[int], str]

_WEEK: Final = 7
_BRIEF: Final = {True: "Just gone", False: "None waiting"}

ENTER_TAKES_IN: Final[Variants] = (
    "Enter yes   → name, message   ↓ next   Esc no",
    "Enter yes   → name, message   Esc no",
    "Enter yes   Esc no",
)
ENTER_NOTES: Final[Variants] = ("Enter notes it   Esc no",)
OFFERS_OR_NOTES: Final[Variants] = ("↓ offers one, or notes it   Esc no", "↓ offers one   Esc no")
NOTES: Final[Variants] = ("↓ notes that it was asked for   Esc no", "↓ notes it   Esc no")
_TO_PARTNER: Final[Variants] = (
    "Not served here: it goes to a partner, through ? Programs.",
    "It goes to a partner: ? Programs.",
)
NOTE_BACK: Final[Variants] = ("^Z takes the note back.",)
HOUSE_GIVES: Final = "The house gives this itself: type + and an item for a gift."
NO_SLIP: Final = "Only what waits on the board goes on a slip: rub out the /."
NOT_ON_MENU: Final[Variants] = (
    "What the house gives here is off the menu: ? opens More, Programs.",
    "What it gives is off the menu.",
)
ANY_ITEM: Final[Variants] = (
    "The house can pay for anything: type the item's letters.",
    "Type the item's letters.",
)


def row_name(program: Program) -> str:
    """Return what a program's row is called, safe to show: a jar says that it is one."""
    called = shown(program.name)
    if program.kind is ProgramKind.CHARITY and "jar" not in folded(called).split():
        return f"{called} jar"
    return called


# -- the house --------------------------------------------------------------------------------


def till(last: date, today: date, *, brief: bool = False) -> str:
    """Return until when something is left.

    >>> from datetime import date
    >>> saturday = date(2026, 11, 21)
    >>> [till(date(2026, 11, last), saturday) for last in (21, 22, 30)]
    ['today', 'till Sunday', 'till 30 Nov']
    """
    days = (last - today).days
    if days <= 0:
        return "today"
    weekday = DAYS[last.weekday()]
    return f"till {(weekday[:3] if brief else weekday) if days < _WEEK else short_day(last)}"


def house_question(
    offer: Offer,
    asked: int,
    budget: BudgetState | None,
    now: datetime,
    today: date,
    *,
    instead: bool,
    named: bool = False,
    just_gone: bool = False,
) -> Variants:
    """Say that the house can pay for an offer; it may be for fewer than were asked for.

    Args:
        offer: For what.
        asked: How many were asked for.
        budget: How the house's budget stands, if it has one.
        now: The time by the clock on the shop's wall.
        today: The business day.
        instead: Whether nothing waits that could pay.
        named: Whether another program of the house could pay as well.
        just_gone: Whether the last one went to another till this very moment.
    """
    assert offer.program is not None
    if budget is not None and budget.left < offer.units:
        return _last_gone(offer.item)
    called = shown(offer.program.name) if named else ""
    brief = "" if budget is None else f"{budget.left} left"
    whole = "" if budget is None else f"{brief} {till(budget.until, today)}"
    if instead:
        pays = "The house can pay" + (f" for {offer.units}" if offer.units < asked else "")
        none = "The last one has just gone" if just_gone else f"No {name(offer.item)} waiting"
        full, short = _with(pays, called, whole), _with(pays, called, brief)
        sentences: Variants = (f"{none}. {full}", f"{_BRIEF[just_gone]}. {full}", short)
    else:
        sentences = _besides(offer, called, whole, brief)
    hints = [
        f"{each} {hint}" for hint in _hints(offer.program, offer.units, now) for each in sentences
    ]
    return (*hints, *sentences)


def _besides(offer: Offer, called: str, whole: str, brief: str) -> Variants:
    """Ask whether the house shall pay, where gifts could."""
    whose = f"from {called}" if called else "on the house"
    serves = f"Serve {offer.units} {name(offer.item)} {whose}?"
    return (f"{serves} {whole}.", f"{serves} {brief}.", serves) if brief else (serves,)


def _last_gone(item: Item) -> Variants:
    return (f"The last {name(item)} has just gone.", "The last one has just gone.")


def _with(sentence: str, *facts: str) -> str:
    known = ", ".join(filter(None, facts))
    return f"{sentence}: {known}." if known else f"{sentence}."


def _hints(program: Program, units: int, now: datetime) -> tuple[str, ...]:
    """Return what is unusual about an order, the fullest first: a hint, never a refusal."""
    hints = []
    if program.order_limit is not None and units > program.order_limit:
        hints.append(f"{program.order_limit} an order is usual.")
    if program.hours is not None and is_outside(program.hours, now) is not False:
        hints.append(f"Usually {shown(program.hours)}.")
    return (" ".join(hints), *hints[:1]) if len(hints) > 1 else tuple(hints)


def house_served(answer: Redeemed) -> Variants:
    """Say that something was handed over, and what the house has left."""
    what = f"✓ {answer.units} {name(answer.item)}."
    program = answer.program
    last = None if program is None else program.budget_last_day(answer.day)
    if last is None:
        return (what,)
    then = till(last, answer.day)
    if answer.waiting == 0:
        return (f"{what} That was the last one {then}.", f"{what} None left.", what)
    return (f"{what} {answer.waiting} left {then}.", f"{what} {answer.waiting} left.", what)


# -- drives and jars --------------------------------------------------------------------------


def progress(collected: int, target: int | None) -> str:
    """Return how far a drive has come.

    >>> progress(23, 40), progress(23, None)
    ('23 of 40', '23')
    """
    return str(collected) if target is None else f"{collected} of {target}"


def _so_far(collected: int, target: int | None) -> str:
    return progress(collected, target) if target is not None else f"{collected} so far"


def take_in_question(item: Item, units: int, drive: ProgramState) -> Variants:
    """Ask whether to take goods in."""
    what = f"{units} {name(item)}"
    there = _so_far(drive.collected, drive.program.target)
    so_far = there if there.endswith("so far") else f"{there} so far"
    return (
        f"Take in {what} for {shown(drive.program.name)}? {so_far}.",
        f"Take in {what}? {so_far}.",
        f"Take in {what}?",
    )


def taken_in(answer: Collected) -> Variants:
    """Thank for goods."""
    what = f"{answer.units} {name(answer.item)}"
    there = _so_far(answer.collected, answer.program.target)
    return (f"Thank you. {what} taken in: {there}.", f"Thank you. {what} taken in.", "Thank you.")


def not_served(called: str) -> Variants:
    """Say that goods of a name are not handed out here."""
    return (
        f"{called} is not served here: it goes to a partner, through More, Programs.",
        *_TO_PARTNER,
    )


def goes_to_a_partner(drive: Program) -> Variants:
    """Say that what a drive collects is not handed out here."""
    return (
        f"What {shown(drive.name)} takes in goes to a partner, through More, Programs.",
        *_TO_PARTNER,
    )


def jar_pays_nothing(program: Program) -> Variants:
    """Say that money in a jar is for others."""
    return (
        f"The {row_name(program)} pays for nothing here: it is handed over in More, Programs.",
        "The jar pays for nothing here: ? Programs hands it over.",
        "A jar pays for nothing here.",
    )


def no_goods(program: Program) -> str:
    """Say that a drive names nothing to take in."""
    return f"{shown(program.name)} has no goods yet: ? opens More, where Programs adds some."


def how_much(program: Program) -> str:
    """Say that an amount is missing."""
    return f"How much for the {row_name(program)}? Type it, such as +5."


def jar_question(program: Program, amount: str, tender: Tender) -> Variants:
    """Ask whether to put money into a jar."""
    paid = TENDER_WORDS[tender]
    return (
        f"Put {amount} into the {row_name(program)}, {paid}?",
        f"Put {amount} into the jar, {paid}?",
        f"{amount}, {paid}?",
    )


def in_the_jar(answer: Given, program: Program, money: MoneyWords) -> Variants:
    """Thank for money in a jar."""
    what = f"{money(answer.amount_minor)} in the"
    paid = TENDER_WORDS[answer.tender]
    return (
        f"Thank you. {what} {row_name(program)}, {paid}. It holds {money(answer.waiting)} now.",
        f"Thank you. {what} {row_name(program)}, {paid}.",
        f"Thank you. {what} jar, {paid}.",
    )


# -- asked for, and none waiting --------------------------------------------------------------


def note_question(item: Item, units: int) -> Variants:
    """Ask whether to note that something was asked for."""
    what = f"{units} {name(item)}"
    return (f"Note that {what} {_was(units)} asked for?", f"Note {what}?")


def noted(answer: AskedNote) -> Variants:
    """Say that it was noted."""
    what = f"{answer.units} {name(answer.item)}"
    return (f"Noted: {what} {_was(answer.units)} asked for.", f"Noted: {what}.")


def forget_question(note: AskedNote, at: datetime) -> Variants:
    """Ask whether to take a note back."""
    what = f"{note.units} {name(note.item)}"
    return (
        f"Take back the note of {at:%H:%M} that {what} {_was(note.units)} asked for?",
        f"Take back the note: {what} asked for?",
        "Take back the note?",
    )


def forgotten(note: AskedNote) -> Variants:
    """Say that a note was taken back."""
    what = f"{note.units} {name(note.item)}"
    return (f"Taken back: the note that {what} {_was(note.units)} asked for.", "Taken back.")


def _was(units: int) -> str:
    return "was" if units == 1 else "were"
