"""What is meant by whoever asks again: what was meant the first time.

A gift that waited on a slip then may wait on none now, or on another one; a program, an item or a
partner may have been renamed or retired since, and its name may be another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from payforward.core.errors import Refused
from payforward.core.ids import parse_action_id
from payforward.core.matching import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.program_answers import ActionBefore
    from payforward.core.slip_answers import Slip


class Named(Protocol):
    """Whatever has a name that people type."""

    @property
    def name(self) -> str:
        """What it is called now."""


T = TypeVar("T", bound=Named)


def action_before(ledger: Ledger, action: str | None) -> ActionBefore | None:
    """Return what an action was about the first time, None where it was not done before.

    Args:
        ledger: The shop's.
        action: What ``--id`` said.

    Raises:
        BadInput: it is no UUID.
    """
    return None if action is None else ledger.action_before(parse_action_id(action))


def meant(typed: str, before: Sequence[T], find: Callable[[], T]) -> T:
    """Return what a name means: what it meant the first time, else what it names now.

    What is found now and was not meant then is for the ledger to refuse: it knows what was asked.

    Args:
        typed: The name.
        before: What the first try was about; nothing where there was none.
        find: Finds what the name names now.

    Raises:
        Refused: neither is there.
    """
    place = resolve(typed, [each.name for each in before])
    if place is not None:
        return before[place]
    try:
        return find()
    except Refused as refused:
        if len(before) != 1 or not refused.reason.startswith("unknown-"):
            raise
        # The one that was meant has another name now.
        return before[0]


def item_meant(
    ledger: Ledger, typed: str, before: ActionBefore | None, *, retired: bool = False
) -> Item:
    """Return the item that a name means.

    Args:
        ledger: The shop's.
        typed: The name.
        before: What the first try was about; None where this is it.
        retired: Whether one that left the menu will do where no other has the name.

    Raises:
        Refused: there is none.
    """
    own = () if before is None else before.items
    return meant(typed, own, lambda: ledger.find_item(typed, retired=retired))


def partner_meant(ledger: Ledger, typed: str, before: ActionBefore | None) -> int:
    """Return the number of the partner that a name means.

    Raises:
        Refused: there is none.
    """
    own = () if before is None or before.partner is None else (before.partner,)
    return meant(typed, own, lambda: ledger.find_partner(typed)).id


def slips_before(ledger: Ledger, action: str | None) -> tuple[Slip, ...]:
    """Return the slips that an action touched, none where it was not done before.

    Args:
        ledger: The shop's.
        action: What ``--id`` said.

    Raises:
        BadInput: it is no UUID.
    """
    return () if action is None else ledger.slips_of_action(parse_action_id(action))


def slip_of(ledger: Ledger, number: int, before: Sequence[Slip]) -> Slip:
    """Return the slip that a number names, its own or that of a gift on it.

    Raises:
        Refused: there is none, or several slips of the gift wait.
    """
    named = [slip for slip in before if slip.slip == number]
    named += [slip for slip in before if number in slip.gifts]
    return named[0] if named else ledger.slip_of(number)


def slips_of_partner(
    ledger: Ledger, partner: int | None, before: Sequence[Slip]
) -> tuple[Slip, ...]:
    """Return those slips of a first try that a partner got."""
    names = {each.name for each in ledger.partners(retired=True) if each.id == partner}
    return tuple(slip for slip in before if slip.partner in names)
