"""What can be done where nothing waits: who else could pay, and that it can be noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.words import listed, money, quoted
from payforward.core.days import day_text
from payforward.core.errors import NothingWaiting
from payforward.core.model import PaidFrom, ProgramKind
from payforward.core.programs import Running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Offer
    from payforward.core.model import Item
    from payforward.core.programs import Program


def with_offers(ledger: Ledger, item: Item, units: int, error: NothingWaiting) -> NothingWaiting:
    """Return the refusal with who could pay instead, and how to note what was asked for.

    Args:
        ledger: The shop's.
        item: What was asked for.
        units: How many of it.
        error: Why not.
    """
    said = list(_ways(ledger, item, units))
    used_up = list(_used_up(ledger, item))
    count = f" --count {units - error.waiting}" if units - error.waiting > 1 else ""
    note = f"'payforward asked {quoted(item.name)}{count}' notes that it was asked for."
    sentence = error.message
    if said:
        sentence = "; ".join([_missing(item, error), *said]) + "."
    return NothingWaiting(" ".join([sentence, *used_up, note]), waiting=error.waiting)


def within_program(
    ledger: Ledger, item: Item, units: int, program: Program, error: NothingWaiting
) -> NothingWaiting:
    """Return the refusal with what can be done in one program, and where else the item waits.

    Args:
        ledger: The shop's.
        item: What was asked for.
        units: How many of it.
        program: Whose gifts alone were to pay.
        error: Why not.
    """
    said = list(_ways(ledger, item, units, program))
    sentence = error.message
    if said:
        sentence = "; ".join([f"{_missing(item, error)} in {program.name}", *said]) + "."
    elsewhere = _elsewhere(ledger, item, program)
    if elsewhere:
        sentence = f"{sentence} {elsewhere}: leave --program away."
    return NothingWaiting(sentence, waiting=error.waiting)


def _missing(item: Item, error: NothingWaiting) -> str:
    return f"{'No' if error.waiting == 0 else f'Only {error.waiting}'} {item.name} waiting"


def _ways(ledger: Ledger, item: Item, units: int, program: Program | None = None) -> Iterator[str]:
    """Yield who could pay, the plainest way first, each with what to type for it."""
    currency = ledger.shop.currency
    offers = ledger.offers(item.id, units, None if program is None else program.id)
    group = [each for each in offers if each.paid_from is PaidFrom.GROUP]
    if group:
        yield _by_group(group, units, currency)
    for offer in offers:
        if offer.paid_from is PaidFrom.FUND:
            paid, is_part = money(offer.amount_minor, currency), offer.units < units
            some = f" for {offer.units}" if is_part else ""
            yield f"the fund can pay {paid}{some}: {_say('fund', offer, units)}"
        elif offer.paid_from is PaidFrom.GIVEAWAY and offer.program is not None:
            yield _by_house(offer, offer.program.name, item)


def _say(payer: str, offer: Offer, units: int) -> str:
    """Return what to add to what was typed; for fewer than were asked for, their count too."""
    if offer.units == units:
        return f"add --from {payer}"
    return f"say --count {offer.units} --from {payer}"


def _by_group(offers: Sequence[Offer], units: int, currency: str) -> str:
    """Return that the group can pay, and what to add for it."""
    most = max(offers, key=lambda offer: offer.units)
    if len(offers) > 1 or most.units > 1:
        # The whole group pays, oldest gift first, so what the shop adds is not known yet.
        names = listed([offer.payer.name for offer in offers], "or")
        some = f" for {most.units}" if most.units < units else ""
        return f"{names} can pay{some}, the oldest gift first: {_say('group', most, units)}"
    adds = most.shop_adds_minor
    cost = f" (the shop adds {money(adds, currency)})" if adds else ""
    return f"{most.units} {most.payer.name} can pay{cost}: {_say('group', most, units)}"


def _by_house(offer: Offer, program: str, item: Item) -> str:
    count = f" --count {offer.units}" if offer.units > 1 else ""
    typed = f"payforward giveaway {quoted(item.name)} --program {quoted(program)}{count}"
    return f"the house can give {offer.units}: '{typed}'"


def _used_up(ledger: Ledger, item: Item) -> Iterator[str]:
    """Yield the giveaways of an item that have nothing left, each with the day of its next."""
    today = ledger.today()
    for state in ledger.program_states():
        program, budget = state.program, state.budget
        gives = program.kind is ProgramKind.GIVEAWAY and program.takes(item.id)
        if item.retired or not gives or state.running is not Running.RUNNING:
            continue
        if budget is not None and not budget.left:
            again = program.budget_again_on(today)
            then = "for good" if again is None else f"until {day_text(again)}"
            yield f"{program.name} is used up {then}."


def _elsewhere(ledger: Ledger, item: Item, program: Program) -> str:
    """Return which other programs have how many of an item; nothing where none has."""
    there = [
        (waits.units - waits.on_slips, state.program.name)
        for state in ledger.program_states(retired=True)
        if state.program.kind is ProgramKind.FORWARD and state.program.id != program.id
        for waits in state.waits
        if waits.item.id == item.id and waits.units > waits.on_slips
    ]
    if not there:
        return ""
    (units, name), *more = there
    first = f"{units} {item.name} wait{'s' if units == 1 else ''} in {name}"
    return listed([first, *(f"{units} in {name}" for units, name in more)], "and")
