"""What the counter says of gifts: what Enter would put aside, thanks for it, and why it cannot.

As in `words`, each function returns variants of one sentence, the fullest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.model import ItemKind
from screens.counter.words import name, said
from screens.telling import TENDER_WORDS

if TYPE_CHECKING:
    from payforward.core.answers import Given
    from payforward.core.model import Item, Tender
    from screens.counter.words import MoneyWords, Variants

ENTER_GIVES: Final[Variants] = (
    "Enter yes   → name, message, card   ^T cash or card   ↓ next   Esc no",
    "Enter yes   → name, message   ^T card   ↓ next   Esc no",
    "Enter yes   → more   Esc no",
)
ENTER_BOTH: Final[Variants] = (
    "Enter yes to both   ↓ no, it did not print   → name, message   Esc no",
    "Enter yes to both   ↓ it did not   Esc no",
)
NO_GIFTS: Final = "No gifts are taken just now: ? opens More, where Programs changes that."
NO_MORE: Final[Variants] = (
    "That gift is not taken any more: type it again, and see what is.",
    "Not taken any more: type it again.",
)
AMOUNT_MISSING: Final = "How much for the fund? Type it, such as +20."


def not_taken(item: Item) -> str:
    """Say that gifts are taken, but none of an item."""
    return f"No gifts of {name(item)} are taken just now: choose something else, or give money."


def give_question(
    item: Item, units: int, amount: str, tender: Tender, *, on_slip: bool = False, to: str = ""
) -> Variants:
    """Ask whether to put a gift aside, on the board or on a slip of paper.

    Args:
        item: What is given.
        units: How many.
        amount: What it costs, in words.
        tender: How that is paid.
        on_slip: Whether it is put on a slip.
        to: Where it goes, where that could be more than one.
    """
    paid = TENDER_WORDS[tender]
    slip = " on a slip" if on_slip else ""
    whose = f" for {to}" if to else ""
    if item.kind is ItemKind.MONEY:
        whole = f"Give {amount}{slip or f' to the {name(item)}'}{whose}, {paid}?"
        return (whole, f"Give {amount}{slip}{whose}, {paid}?", f"Give {amount}{slip}, {paid}?")
    what = f"{units} {name(item)}"
    return (
        f"Give {what}{slip}{whose}, {amount}, {paid}?",
        f"Give {what}{slip}{whose}, {amount}?",
        *((f"{amount}, {paid}{whose}: give {what}?",) if whose else ()),
        # Where there is no room, the name is cut and never the money.
        f"{amount}, {paid}{slip}: give {what}?",
    )


def given(answer: Given, money: MoneyWords, *, to: str = "") -> Variants:
    """Thank for a gift; ``to`` says where it went, where that could be more than one."""
    what = said(answer.item, answer.units, money)
    whose = f" for {to}" if to else ""
    tender = TENDER_WORDS[answer.tender]
    if answer.item.kind is ItemKind.MONEY:
        fund = f"Thank you. {what} for the {name(answer.item)}"
        whole = f"Thank you. {what} in the {name(answer.item)}{whose}, {tender}."
        return (*((whole,) if to else ()), f"{fund}, {tender}.")
    paid = f"{money(answer.amount_minor)}, {tender}."
    aside = f"Thank you. {what} put aside"
    return (f"{aside}{whose}. {paid}", f"{aside}{whose}.", f"{aside}.")
