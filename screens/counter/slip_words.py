"""What the counter says about slips: as calm as about any order, whatever a slip turns out to be.

As in `words`, each function returns variants of one sentence, the fullest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.codes import ALPHABET, LENGTH, UNREADABLE, compact
from payforward.core.model import PaidFrom
from payforward.core.paper import PaperState
from screens.counter.words import name, said
from screens.telling import said_day, said_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from payforward.core.answers import Given, Offer, Redeemed
    from payforward.core.errors import SlipRefused
    from payforward.core.model import Item
    from payforward.core.slip_answers import Receipt, Slip
    from screens.counter.words import Variants

    MoneyWords = Callable[[int], str]

FEWEST_LETTERS: Final = 6
"""So many letters of codes in a row are no item's name, where none fits."""

MISREAD: Final[Variants] = (UNREADABLE,)
ENTER_ANOTHER: Final[Variants] = ("Enter serves another   Esc no",)
ENTER_ANOTHER_OR_WORDS: Final[Variants] = (
    "Enter serves another   → a few words came with it   Esc no",
    "Enter serves another   → a few words   Esc no",
)
ENTER_ANOTHER_OF_MONEY: Final[Variants] = (
    "Enter serves another, or type what else   Esc forgets the slip",
    "Enter serves another   Esc forgets the slip",
)
ENTER_ANOTHER_OF_MONEY_OR_WORDS: Final[Variants] = (
    "Enter serves another   → a few words came with it   Esc forgets the slip",
    "Enter serves another   → a few words   Esc forgets it",
)
ESC_FORGETS: Final[Variants] = ("Esc forgets the slip",)
IN_HAND: Final[Variants] = ("The slip pays for what is typed   Esc forgets the slip", *ESC_FORGETS)
SHOWS_SQUARE: Final[Variants] = ("→ shows its square on the screen   ? Printers sets one up",)
NO_CODE: Final[Variants] = (
    "? Slips can print it again, or put it on the board.",
    "? Slips prints it again.",
)
WAITS_KEYS: Final[Variants] = (
    "Enter board   → shows its square   ↓ prints again   Esc later",
    "Enter board   → square   ↓ again   Esc later",
)
ENTER_NEW_CODE: Final[Variants] = (
    "Enter prints it anew   ↓ next   Esc no",
    "Enter prints   ↓ next   Esc no",
)
CAME: Final = {
    PaperState.SENT: "it went to the printer",
    PaperState.CONFIRMED: "it has printed",
}
"""How far a slip's paper came."""
PRINTED_ANEW: Final[Variants] = (
    "It is printing, with a new code; the old one is dead paper.",
    "It is printing, with a new code.",
)
ENTER_BOARD: Final[Variants] = ("Enter puts it on the board   Esc no",)

PRACTISING: Final[Variants] = (
    "This is practice: real slips are read at the real counter.",
    "Practice reads no real slips.",
)

_WHY: Final[dict[str, Variants]] = {
    "slip-used": ("This slip has been used.",),
    "slip-expired": (
        "This slip has run out; its gift went to the board.",
        "This slip has run out.",
    ),
    "slip-withdrawn": ("This slip was taken back.",),
    "slip-refunded": ("This slip was refunded.",),
    "slip-replaced": ("A newer slip was made for this one.", "There is a newer slip."),
    "not-ours": ("This is not one of our slips.",),
    "receipt-code": (
        "This is a giver’s receipt: it tells of a gift, and → shows it.",
        "A giver’s receipt: → shows the gift.",
    ),
}
_WHEN: Final = {
    "slip-used": "The last of it was served",
    "slip-expired": "It ran out",
    "slip-withdrawn": "It was taken back",
    "slip-refunded": "It was refunded",
    "slip-replaced": "The newer one was made",
}


def refused(error: SlipRefused) -> Variants:
    """Say why a slip cannot pay."""
    return _WHY.get(error.reason, (error.message,))


def when_and_where(error: SlipRefused, at: datetime | None) -> tuple[str, ...]:
    """Return the paragraphs behind →: when and at which till it ended.

    Args:
        error: Why it cannot pay.
        at: When it ended, by the clock on the shop's wall.
    """
    began = _WHEN.get(error.reason)
    if began is None or at is None:
        return ()
    where = f", at {error.till}" if error.till else ""
    number = f"Slip {error.slip}. " if error.slip else ""
    return (f"{number}{began} on {said_day(at.date())} at {said_time(at)}{where}.",)


def of_receipt(receipt: Receipt, money: MoneyWords) -> tuple[str, ...]:
    """Return the paragraphs behind → of a giver's receipt."""
    what = said(receipt.item, receipt.units, money)
    enjoyed = said(receipt.item, receipt.enjoyed, money)
    became = f"{enjoyed} enjoyed before today." if receipt.enjoyed else "It still waits."
    return (f"Gift {receipt.gift}: {what}, given on {said_day(receipt.given_on)}. {became}",)


def instead(why: Variants, offer: Offer, money: MoneyWords) -> Variants:
    """Say why a slip cannot pay, and what Enter serves instead."""
    if offer.paid_from is PaidFrom.BOARD:
        return (
            *(f"{each} Enter serves one from the board instead." for each in why),
            f"{why[-1]} Enter serves from the board.",
        )
    if offer.paid_from is PaidFrom.FUND:
        pays = f"The fund can pay {money(offer.amount_minor)}."
        return (*(f"{each} {pays}" for each in why), pays)
    if offer.paid_from is PaidFrom.GIVEAWAY:
        return (*(f"{each} The house can pay." for each in why), "The house can pay.")
    pays = f"{said(offer.payer, offer.units, money)} can pay."
    return (*(f"{each} {pays}" for each in why), pays)


def served(answer: Redeemed, left: str) -> Variants:
    """Say that something was handed over, as of any order.

    Args:
        answer: What was handed over.
        left: What is left on the slip, in words; empty where nothing is.
    """
    what = f"✓ {answer.units} {name(answer.item)}."
    return (f"{what} {left} left on this slip.", f"{what} {left} left.") if left else (what,)


def left(answer: Redeemed, money: MoneyWords) -> str:
    """Return what is left on the slip that paid, in words; empty where nothing is."""
    if not answer.waiting:
        return ""
    paid_with = answer.lines[0].item
    if paid_with.id == answer.item.id:
        return str(answer.waiting)
    return said(paid_with, answer.waiting, money)


def holds(slip: Slip, money: MoneyWords) -> Variants:
    """Say what a slip of money holds."""
    there = money(slip.left)
    return (
        f"This slip holds {there}. Type what is served.",
        f"{there} on it. Type what is served.",
    )


def holds_elsewhere(slip: Slip, money: MoneyWords) -> Variants:
    """Say what a slip of money holds, where nothing can be typed."""
    there = money(slip.left)
    return (
        f"This slip holds {there}. Scan it at the counter, then type what is served.",
        f"This slip holds {there}. Scan it at the counter.",
    )


def from_slip_question(item: Item, units: int, left: str) -> Variants:
    """Ask whether a slip of money pays for what was typed."""
    what = f"{units} {name(item)}"
    return (
        f"Serve {what} from the slip? {left} stays on it.",
        f"Serve {what} from the slip?",
        f"{what} from the slip?",
    )


def with_slip_in_hand(said: Variants, left: str) -> Variants:
    """Say besides, if there is room, that a slip of money is in hand."""
    return (*(f"{each} The slip in hand holds {left}." for each in said), *said)


def too_dear(item: Item, units: int, price: str, left: str) -> Variants:
    """Say that a slip of money does not reach."""
    what = f"{units} {name(item)}"
    return (f"The slip holds {left}, and {what} cost {price}.", f"The slip holds {left} only.")


def given(answer: Given, money: MoneyWords, then: str) -> Variants:
    """Thank for a gift on a slip.

    Args:
        answer: The gift.
        money: How amounts are written.
        then: What becomes of its paper: ``it is printing``.
    """
    what = said(answer.item, answer.units, money)
    if not then:
        return (f"Thank you. {what} on a slip.",)
    return (f"Thank you. {what} on a slip; {then}.", f"Thank you. {what} on a slip.")


WAITS: Final[Variants] = (
    "The gift is safe. The slip waits for paper. Enter puts it on the board instead.",
    "The gift is safe. The slip waits for paper.",
    "The slip waits for paper.",
)


def shown_code(typed: str) -> Variants | None:
    """Say how much of a slip's letters stands in the line; None where it cannot be a code.

    >>> shown_code("bcde fghj k")
    ('A slip’s letters? 9 of 20.',)
    """
    letters = compact(typed)
    if len(letters) < FEWEST_LETTERS or any(letter not in ALPHABET for letter in letters):
        return None
    if len(letters) > LENGTH:
        return (f"A slip has {LENGTH} letters; these are {len(letters)}.",)
    return (f"A slip’s letters? {len(letters)} of {LENGTH}.",)
