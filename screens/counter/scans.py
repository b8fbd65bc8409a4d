"""A slip at the counter: what it pays, and what can be done where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.errors import Refused, SlipRefused
from payforward.core.model import ItemKind
from payforward.core.slip_answers import Receipt, Slip
from screens.counter import house_words, slip_words, words
from screens.counter.asked_ways import AskedWay
from screens.counter.house_ways import HouseAsked, HouseWay, ways_of_row
from screens.counter.reading import serve_ways
from screens.counter.slip_ways import FromSlipWay, HeldSlip, InsteadWay, UnpaidWay
from screens.counter.ways import NoWay, ServeWay

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.ledger import Ledger
    from payforward.core.asks import RedeemSlip
    from screens.counter.reading import Asked
    from screens.counter.ways import Way
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class Tongue:
    """The shop's way of writing money and of telling the time."""

    money: Callable[[int], str]
    local: Callable[[datetime], datetime]
    practising: bool = False
    """Whether the ledger is a throw-away one, which knows none of the shop's slips."""


def ways_to_serve(
    ledger: Ledger, asked: Asked | HouseAsked, held: HeldSlip | None
) -> tuple[Way, ...]:
    """Return who can pay for what was typed: first the slip that is in hand, if there is one.

    Where the house itself was asked and has nothing left, whoever else can pay.
    """
    if isinstance(asked, HouseAsked):
        return ways_of_row(ledger, asked) or _instead_of_row(ledger, asked)
    ways = serve_ways(ledger, asked.items, asked.units)
    now = None if held is None else held.now(ledger)
    return ways if now is None else (FromSlipWay(now, asked.items[0], asked.units), *ways)


def _instead_of_row(ledger: Ledger, asked: HouseAsked) -> tuple[Way, ...]:
    """Return who else can pay where the house's own row has nothing left; that is said first."""
    ways = serve_ways(ledger, asked.items, asked.units)
    state = ledger.program_state(asked.house.id)
    if state.budget is None or state.budget.left or isinstance(ways[0], NoWay):
        return ways
    return (
        NoWay(house_words.row_used_up(asked.house, ledger.today()), house_words.WHO_ELSE),
        *ways,
    )


def what_instead(
    ledger: Ledger, ask: RedeemSlip, error: Refused, tongue: Tongue
) -> HeldSlip | tuple[Way, ...]:
    """Return what can be done where a slip did not pay, the first to be shown.

    Args:
        ledger: The ledger, in its own thread.
        ask: What was asked.
        error: Why not.
        tongue: How things are written.

    Returns:
        The slip itself where it holds money, and only has to be told for what.
    """
    if error.reason == "item-needed":
        slip = ledger.look_up(ask.code)
        assert isinstance(slip, Slip)
        return HeldSlip(ask.code, slip)
    if not isinstance(error, SlipRefused):
        return (NoWay((error.message,)),)
    why = slip_words.refused(error)
    if tongue.practising and error.reason == "not-ours":
        why = slip_words.PRACTISING
    behind = _behind(ledger, ask, error, tongue)
    if error.reason in ("not-ours", "receipt-code"):
        return (UnpaidWay(why, ("→ shows it   Esc no",) if behind else ("Esc no",), behind),)
    return _from_elsewhere(ledger, _asked_for(ledger, ask, error), why, behind)


def _behind(ledger: Ledger, ask: RedeemSlip, error: SlipRefused, tongue: Tongue) -> tuple[str, ...]:
    if error.reason == "receipt-code":
        receipt = ledger.look_up(ask.code)
        return slip_words.of_receipt(receipt, tongue.money) if isinstance(receipt, Receipt) else ()
    at = None if error.at is None else tongue.local(error.at)
    return slip_words.when_and_where(error, at)


def _asked_for(ledger: Ledger, ask: RedeemSlip, error: SlipRefused) -> int | None:
    """Return the number of the item that whoever brought the slip would have had."""
    if ask.item is not None:
        return ask.item
    if error.item is None and error.slip is not None:
        return ledger.slip(error.slip).item.id
    return error.item


def _from_elsewhere(
    ledger: Ledger, item: int | None, why: Variants, behind: tuple[str, ...]
) -> tuple[Way, ...]:
    """Return who else could pay, as for anybody who asks."""
    wanted = tuple(each for each in ledger.items(retired=True) if each.id == item)
    if not wanted or wanted[0].kind is ItemKind.MONEY:
        type_it = "Type what is served: see who else can pay"
        keys = f"{type_it}   → when and where" if behind else type_it
        return (UnpaidWay(why, (keys, "→ when and where   Esc no"), behind),)
    first, *others = serve_ways(ledger, wanted, 1)
    if isinstance(first, ServeWay | HouseWay):
        return (InsteadWay(why, first, behind), *others)
    none = tuple(f"{each} No {words.name(wanted[0])} just now." for each in why)
    only_note = isinstance(others[0], AskedWay)
    more = f"↓ {'notes that it was asked for' if only_note else 'offers something else'}   Esc no"
    hint = f"→ when and where   {more}" if behind else more
    return (UnpaidWay((*none, *why), (hint,), behind), *others)
