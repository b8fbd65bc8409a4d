"""What the typed line means on this menu: which rows, how many, and what cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.grammar import Verb, quantity
from payforward.core.model import Item, ItemKind, PaidFrom, ProgramKind
from payforward.core.program_answers import ProgramState
from payforward.core.text import plain_forms, shown
from screens.counter import house_words, program_words, slip_words, words
from screens.counter.asked_ways import AskedWay
from screens.counter.giving import give_ways
from screens.counter.house_ways import HouseAsked, house_ways
from screens.counter.typeable import Goods, read_line
from screens.counter.ways import NoWay, ServeWay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Board, Offer
    from payforward.core.currencies import Currency
    from payforward.core.programs import Program
    from screens.counter.giving import Tenders
    from screens.counter.typeable import Highlighted, Meant, Reading, Typeable
    from screens.counter.ways import Way
    from screens.counter.words import Variants

SLIP_MARK: Final = "/"
"""At the end of a gift's line: put it on a slip. Every terminal and every keyboard has it, and it
stands in the line to be seen and rubbed out; ^V would be the terminal's own paste."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for; who can pay for it, the ledger must say."""

    items: tuple[Item, ...]
    units: int

    @property
    def row(self) -> Item:
        """The likeliest one."""
        return self.items[0]


def ways_at_once(
    line: str,
    there: Typeable,
    highlighted: Highlighted | None,
    currency: Currency,
    tenders: Tenders,
) -> tuple[Way, ...] | Asked | HouseAsked:
    """Return the ways that a line means, or what the ledger must be asked about.

    Args:
        line: What stands in the input.
        there: All that can be typed.
        highlighted: The row that is meant where no letters were typed.
        currency: The shop's.
        tenders: How a gift is paid if nothing else is said.
    """
    if not line.strip():
        return ()
    line, on_slip = part_slip_mark(line)
    reading = read_line(line, there, highlighted)
    if next(reading.meant(), None) is None:
        return (unmatched(reading, there),)
    if reading.verb is Verb.GIVE:
        return give_ways(reading, there, currency, tenders, on_slip=on_slip)
    try:
        return asked_for(reading, there)
    except BadInput as error:
        return (NoWay((error.message,)),)


def part_slip_mark(line: str) -> tuple[str, bool]:
    """Return a line without the mark at its end that asks for a slip, and whether it was there.

    >>> part_slip_mark("+2ca/"), part_slip_mark("+2ca")
    (('+2ca', True), ('+2ca', False))
    """
    bare = plain_forms(line).rstrip()
    return (bare.rstrip(SLIP_MARK), True) if bare.endswith(SLIP_MARK) else (line, False)


def unmatched(reading: Reading, there: Typeable) -> NoWay:
    """Return the words for a line that means no item."""
    if reading.typed.letters:
        kind = there.kind_of_goods(reading.typed.letters)
        if kind and reading.verb is Verb.GIVE:
            count = "" if reading.typed.name else reading.typed.number or ""
            return NoWay((program_words.sizes(kind, count),))
        if kind:
            return NoWay(program_words.not_served(program_words.kind_and_sizes(kind)[0]))
        letters = shown(reading.typed.letters)
        perhaps = slip_words.shown_code(reading.typed.letters)
        if perhaps is not None:
            return NoWay(perhaps)
        return NoWay((f"Nothing on the menu begins with “{letters}”.", "No such item."))
    return NoWay(("The menu is empty: ? opens More, where Items adds some.", "Menu empty: ?"))


def asked_for(reading: Reading, there: Typeable) -> tuple[Way, ...] | Asked | HouseAsked:
    """Return what a line asks to be served, or the words for what is not served here.

    Raises:
        BadInput: the number cannot be meant.
    """
    if reading.items:
        if reading.items[0].kind is ItemKind.MONEY:
            pays = "The fund pays for an item: type the item's letters."
            return (NoWay((pays, "Type the item's letters.")),)
        return Asked(reading.items, quantity(reading.typed) or 1)
    for house in reading.houses():
        items = there.given_by(house.program)
        if not items:
            any_item = not house.program.items
            return (NoWay(program_words.ANY_ITEM if any_item else program_words.NOT_ON_MENU),)
        return HouseAsked(house.program, items, quantity(reading.typed) or 1)
    return (NoWay(_not_served(next(reading.meant()))),)


def _not_served(meant: Meant) -> Variants:
    """Say that goods and a jar's money are not for whoever asks."""
    if not isinstance(meant, ProgramState):
        return program_words.not_served(
            words.name(meant.item if isinstance(meant, Goods) else meant)
        )
    if meant.program.kind is ProgramKind.CHARITY:
        return program_words.jar_pays_nothing(meant.program)
    return program_words.goes_to_a_partner(meant.program)


def serve_ways(
    ledger: Ledger, items: Sequence[Item], units: int, *, just_gone: bool = False
) -> tuple[Way, ...]:
    """Return the ways to serve what a line may mean, the likeliest first.

    Where nobody can pay for the first item, that is said first, and what waits is offered. Where
    none of it waits, noting that it was asked for is offered last: a choice, never done besides.

    Args:
        ledger: Who could pay, it says.
        items: The items that fit the letters.
        units: How many are asked for.
        just_gone: Whether another till was quicker this very moment.
    """
    wanted = [item for item in items if item.kind is not ItemKind.MONEY]
    found = [ledger.offers(item.id, units) for item in wanted]
    ways = [way for offers in found for way in _ways_of(offers, units, just_gone=just_gone)]
    if any(offer.paid_from is PaidFrom.BOARD for offer in found[0]):
        return tuple(ways)
    note = AskedWay(wanted[0], units)
    if found[0]:
        return (*ways, note)
    board = ledger.board()
    waiting = [row.item for row in board.rows]
    for item in waiting:
        if item not in wanted:
            ways += _ways_of(ledger.offers(item.id, units)[:1], units)
    # An Enter that was typed too soon notes nothing.
    hint = program_words.OFFERS_OR_NOTES if ways else program_words.NOTES
    return (NoWay(_nothing_to_serve(board, wanted[0], waiting), hint), *ways, note)


def _nothing_to_serve(board: Board, item: Item, waiting: Sequence[Item]) -> Variants:
    """Say that nobody can pay for an item now; where the house could have, until when."""
    if houses := _used_up(board, item):
        return house_words.used_up(item, houses, board.day)
    return words.nothing_to_serve(item, waiting)


def _used_up(board: Board, item: Item) -> tuple[Program, ...]:
    """Return the programs of the house that give an item and have used up their budget."""
    return tuple(
        state.program
        for state in board.programs
        if state.program.kind is ProgramKind.GIVEAWAY
        and state.budget is not None
        and not state.budget.left
        and state.program.takes(item.id)
        and not item.retired
    )


def _ways_of(offers: Sequence[Offer], units: int, *, just_gone: bool = False) -> list[Way]:
    """Return the ways that one item's offers are; the house is the last to pay."""
    serve = [
        ServeWay(offer, units, just_gone=just_gone)
        for offer in offers
        if offer.paid_from is not PaidFrom.GIVEAWAY
    ]
    return [*serve, *house_ways(offers, units, just_gone=just_gone)]
