"""A gift's story in two sentences: what it was, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.model import ItemKind, ProgramKind
from payforward.core.text import shown
from screens.telling import TENDER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.answers import GiftStory

    MoneyWords = Callable[[int], str]


def said_amount_of(story: GiftStory, units: int, money: MoneyWords) -> str:
    """Return so many of a gift's units, or so much of its money."""
    return money(units) if story.item.kind is ItemKind.MONEY else str(units)


def said_gift(story: GiftStory, at: str, money: MoneyWords, *, several: bool) -> str:
    """Return what a gift was, how it was paid and when.

    Args:
        story: The gift.
        at: The time of day, in words.
        money: How amounts are written.
        several: Whether the shop has several programs, so that its own is told.
    """
    item = shown(story.item.name)
    amount = money(story.amount_minor)
    is_paid = story.item.kind is not ItemKind.GOODS
    parts = [
        f"{amount} for the {item}"
        if story.item.kind is ItemKind.MONEY
        else f"{story.units} {item}, {amount}"
        if is_paid
        else f"{story.units} {item}",
        f"{TENDER_WORDS[story.tender]}, at {at}" if is_paid else f"brought at {at}",
    ]
    if story.till_receipt:
        parts.append(f"the till’s receipt {shown(story.till_receipt)}")
    if several and story.program is not None:
        name = shown(story.program.name)
        if story.item.kind is ItemKind.MONEY and not _is_for_asking(story):
            parts[0] = f"{amount} for {name}"
        else:
            parts.append(f"for {name}")
    return ", ".join(parts) + "."


def said_became(story: GiftStory, money: MoneyWords) -> str:
    """Return what became of a gift."""
    facts = [
        (story.waiting, "waiting" if _is_for_asking(story) else "here"),
        (story.redeemed, "enjoyed"),
        (story.delivered, "delivered"),
        (story.passed_on, "passed on"),
        (story.refunded, "refunded"),
    ]
    parts = [
        f"{said_amount_of(story, units, money)} {word}"
        for units, word in facts
        if units or word in _always(story)
    ]
    if story.on_slips:
        numbers = ", ".join(map(str, story.slips[:5])) + (" and more" if story.slips[5:] else "")
        on_slips = said_amount_of(story, story.on_slips, money)
        parts[0] += f" ({on_slips} on {'slips' if story.slips[1:] else 'slip'} {numbers})"
    return ", ".join(parts) + "."


def _is_for_asking(story: GiftStory) -> bool:
    """Return whether it waits for whoever asks, rather than for a partner."""
    kind = None if story.program is None else story.program.kind
    return kind not in (ProgramKind.DRIVE, ProgramKind.CHARITY)


def _always(story: GiftStory) -> tuple[str, ...]:
    return ("waiting", "enjoyed") if _is_for_asking(story) else ("here",)
