"""What was taken back, as scripts and people read it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from payforward.cli.slip_words import few
from payforward.cli.words import money, place, said, tender
from payforward.core.days import day_text
from payforward.core.model import ItemKind, Kind, SlipState, Tender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.ledger import Ledger
    from payforward.core.answers import Undone

_OF_A_GIFT: Final = frozenset({Kind.GIVE, Kind.REDEEM, Kind.REFUND})


def undone_document(undone: Undone, currency: str) -> dict[str, object]:
    """Return for scripts what was taken back."""
    return {
        "action": undone.action,
        "undoes": undone.undoes,
        "kind": undone.kind.value,
        "item": undone.item.name,
        "units": undone.units,
        "amount_minor": undone.amount_minor,
        "currency": currency,
        "gift": undone.gift,
        "waiting": undone.waiting,
        "tender": None if undone.tender is None else undone.tender.value,
        "day": undone.day.isoformat(),
        "done_on": undone.done_on.isoformat(),
        "repeated": undone.repeated,
    }


def slips_again(ledger: Ledger, undone: Undone) -> str | None:
    """Return the slips on which it is again what was handed over or refunded, if on any.

    From one that has run out since it went to the board.
    """
    if undone.kind not in (Kind.REDEEM, Kind.REFUND):
        return None
    found = ledger.slips_of_action(undone.action)
    slips = [str(slip.slip) for slip in found if slip.state is not SlipState.EXPIRED]
    if not slips:
        return None
    return f"slip {slips[0]}" if len(slips) == 1 else f"slips {few(slips)}"


def items_again(ledger: Ledger, undone: Undone) -> str:
    """Return all that was taken back: a delivery is of several things."""
    currency = ledger.shop.currency
    if undone.kind is not Kind.DELIVER:
        return said(undone.units, undone.item, currency)
    # What was done last is taken back first.
    views = [view for view in ledger.entries()[::-1] if view.entry.action == undone.action]
    units = Counter[int]()
    for view in views:
        units[view.entry.item or 0] += view.entry.units
    items = {view.item.id: view.item for view in views if view.item is not None}
    if not items:
        # A retry of another day, which told it in full.
        others = f" and {undone.others} other goods" if undone.others else ""
        return said(undone.units, undone.item, currency) + others
    return ", ".join(said(units[item], items[item], currency) for item in items)


def undone_lines(undone: Undone, what: str, slips: str | None, currency: str) -> Iterator[str]:
    """Return for people what was taken back, and where it is now.

    Args:
        undone: The ledger's answer.
        what: See `items_again`.
        slips: See `slips_again`.
        currency: The shop's.
    """
    if undone.repeated:
        yield "That was done before, and was not done again:"
    yield f"Taken back: {_sentence(undone, what, slips, currency)}"
    if undone.done_on != undone.day:
        yield f"That was on {day_text(undone.done_on)}; this counts on {day_text(undone.day)}."
    # What went to a partner or to slips was of many gifts: one of them says nothing.
    if undone.payer.kind is not ItemKind.SERVING and undone.kind in _OF_A_GIFT:
        yield f"Gift {undone.gift}."


def _sentence(undone: Undone, what: str, slips: str | None, currency: str) -> str:
    paid = money(undone.amount_minor, currency)
    by = tender(undone.tender)
    if undone.kind is Kind.GIVE:
        return _given(undone, what, f"{paid} goes back to the giver, {by}")
    if undone.kind is Kind.REFUND:
        return _refunded(undone, what, slips, f"{paid} goes back into the till, {by}")
    if undone.kind in (Kind.DELIVER, Kind.PASS_ON):
        return _handed_over(undone, what, f"{paid} comes back, {by}")
    if undone.kind is Kind.REDEEM:
        return _served(undone, what, slips, paid)
    if undone.kind is Kind.HAND_OUT:
        return f"{what} {place(undone.item)} again. The paper is worth nothing now."
    return f"{what} on paper again; slips that are out are good."


def _served(undone: Undone, what: str, slips: str | None, paid: str) -> str:
    if undone.payer.kind is ItemKind.SERVING:
        return f"{what}, which the house gave."
    if slips is not None:
        return f"{what}. What paid for it, {paid}, is on {slips} again."
    return f"{what}. The gifts that paid for it, {paid}, wait again."


def _given(undone: Undone, what: str, goes_back: str) -> str:
    if undone.item.kind is ItemKind.GOODS:
        return f"{what} that came in. Nothing of it counts as collected."
    if undone.tender is Tender.OPENING:
        return f"the gift of {what}. It was {tender(undone.tender)}: no money goes back."
    return f"the gift of {what}. {goes_back}."


def _refunded(undone: Undone, what: str, slips: str | None, goes_back: str) -> str:
    if undone.item.kind is ItemKind.GOODS:
        return f"{what} is here again."
    again = f"{what} waits again" if slips is None else f"{what} waits on {slips} again"
    return f"the refund. {again}; {goes_back}."


def _handed_over(undone: Undone, what: str, comes_back: str) -> str:
    """Return that what went to a partner is here again."""
    where = place(undone.item)
    if undone.kind is Kind.DELIVER:
        where = "in the jar" if undone.item.kind is ItemKind.MONEY else "here"
    is_along = undone.item.kind is ItemKind.MENU and undone.amount_minor
    along = f" {comes_back}." if is_along else ""
    return f"{what} {where} again.{along} The manifest no longer counts."
