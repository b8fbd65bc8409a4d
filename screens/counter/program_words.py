"""What the counter says where goods or a jar's money come in, or nobody pays.

As in `words`, each function returns variants of one sentence, the fullest first. A program's name
is said only where it helps whoever works here: in a queue it may be delicate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.matching import folded
from payforward.core.model import ProgramKind
from payforward.core.text import shown
from screens.counter.words import name
from screens.telling import TENDER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from payforward.core.answers import Given
    from payforward.core.model import Item, Tender
    from payforward.core.program_answers import AskedNote, Collected, ProgramState
    from payforward.core.programs import Program
    from screens.counter.typeable import Goods
    from screens.counter.words import Variants

    MoneyWords = Callable[[int], str]

_MOST_SIZES: Final = 12
"""So many fit into the two lines below the board."""

ENTER_TAKES_IN: Final[Variants] = (
    "Enter yes   → name, message   ↓ next   Esc no",
    "Enter yes   → name, message   Esc no",
    "Enter yes   Esc no",
)
ENTER_NOTES: Final[Variants] = ("Enter notes it   Esc no",)
OFFERS_OR_NOTES: Final[Variants] = (
    "↓ offers one   ↑ notes that it was asked for   Esc no",
    "↓ offers one   ↑ notes it   Esc no",
)
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


def kind_and_sizes(goods: Sequence[Goods]) -> tuple[str, list[str]]:
    """Return what goods are called together, and their sizes: ``Coat``, and S, M and L."""
    names = [name(each.item).split() for each in goods]
    shared = 0
    while len({tuple(words[: shared + 1]) for words in names}) == 1 and shared < len(names[0]) - 1:
        shared += 1
    # Where they have no word in common, each is called by its whole name.
    return " ".join(names[0][:shared]), [" ".join(words[shared:]) for words in names]


def is_like_a_size(number: str, goods: Sequence[Goods]) -> bool:
    """Return whether a number looks like one of the goods' sizes, which are numbers too."""
    there = kind_and_sizes(goods)[1] if goods else []
    return any(size.isdecimal() and len(size) == len(number) for size in there)


def sizes(goods: Sequence[Goods], count: str = "") -> str:
    """Say which sizes of goods there are, and how one is typed with the count that was."""
    kind, there = kind_and_sizes(goods)
    whole = f"{kind} {there[0]}".strip().lower()
    what = f"No such size. {kind}: " if kind else "No such goods. There is "
    return f"{what}{_listed(there)}. Type one of these, such as +{count}{whole}."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_SIZES
    *others, last = [*names[:_MOST_SIZES], f"{more} more"] if more > 0 else names
    return f"{', '.join(others)} and {last}" if others else last


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
