"""Which slips are meant by whoever asks again: those that were meant the first time.

A gift that waited on a slip then may wait on none now, or on another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.ids import parse_action_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Slip


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
