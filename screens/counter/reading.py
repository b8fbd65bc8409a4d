"""What the typed line means on this menu: which rows, how many, and what cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.grammar import Verb, quantity
from payforward.core.model import Item, ItemKind, PaidFrom, ProgramKind
from payforward.core.money import parse_money
from payforward.core.program_answers import ProgramState
from payforward.core.text import plain_forms, shown
from screens.counter import program_words, slip_words, words
from screens.counter.asked_ways import AskedWay
from screens.counter.drive_ways import CollectWay
from screens.counter.house_ways import HouseAsked, house_ways
from screens.counter.typeable import Goods, read_line
from screens.counter.ways import GiftDetails, GiveWay, NoWay, ServeWay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Offer
    from payforward.core.currencies import Currency
    from payforward.core.grammar import Typed
    from payforward.core.model import Tender
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
    tender: Tender,
) -> tuple[Way, ...] | Asked | HouseAsked:
    """Return the ways that a line means, or what the ledger must be asked about.

    Args:
        line: What stands in the input.
        there: All that can be typed.
        highlighted: The row that is meant where no letters were typed.
        currency: The shop's.
        tender: How a gift is paid if nothing else is said.
    """
    if not line.strip():
        return ()
    line, on_slip = part_slip_mark(line)
    reading = read_line(line, there, highlighted)
    if next(reading.meant(), None) is None:
        return (unmatched(reading),)
    if reading.verb is Verb.GIVE:
        return give_ways(reading, there, currency, GiftDetails(tender=tender, on_slip=on_slip))
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


def unmatched(reading: Reading) -> NoWay:
    """Return the words for a line that means no item."""
    if reading.typed.letters:
        letters = shown(reading.typed.letters)
        perhaps = slip_words.shown_code(reading.typed.letters)
        if perhaps is not None:
            return NoWay(perhaps)
        return NoWay((f"Nothing on the menu begins with “{letters}”.", "No such item."))
    return NoWay(("The menu is empty: ? opens More, where Items adds some.", "Menu empty: ?"))


def give_ways(
    reading: Reading, there: Typeable, currency: Currency, details: GiftDetails
) -> tuple[Way, ...]:
    """Return the gifts that a line may mean, the likeliest first."""
    ways: dict[Way, None] = {}
    first = next(reading.meant())
    for meant in reading.meant():
        try:
            ways |= dict.fromkeys(_gifts(meant, reading, there, currency, details))
        except BadInput as error:
            if meant is first:
                return (NoWay((error.message,)),)
    return tuple(ways)


def _gifts(
    meant: Meant, reading: Reading, there: Typeable, currency: Currency, details: GiftDetails
) -> list[Way]:
    """Return the gifts of one thing that may be meant.

    Raises:
        BadInput: the number cannot be meant, or it takes no such gift.
    """
    typed = reading.typed
    if isinstance(meant, Item):
        if meant.kind is not ItemKind.MONEY:
            return [GiveWay(meant, quantity(typed) or 1, details)]
        missing = "How much for the fund? Type it, such as +20."
        return [GiveWay(meant, _amount(typed, currency, missing), details)]
    if details.on_slip:
        raise BadInput(program_words.NO_SLIP, reason="bad-slip")
    if isinstance(meant, Goods):
        # The number may be their size.
        return [CollectWay(meant, 1 if meant in reading.sized else quantity(typed) or 1)]
    program = meant.program
    if program.kind is ProgramKind.CHARITY:
        minor = _amount(typed, currency, program_words.how_much(program))
        return [GiveWay(there.fund, minor, details, jar=program)]
    if program.kind is ProgramKind.GIVEAWAY:
        raise BadInput(program_words.HOUSE_GIVES, reason="not-giftable")
    units = quantity(typed) or 1
    goods = there.goods_of(meant)
    if not goods:
        raise BadInput(program_words.no_goods(program), reason="unknown-goods")
    return [CollectWay(each, units) for each in goods]


def _amount(typed: Typed, currency: Currency, missing: str) -> int:
    if typed.number is None:
        raise BadInput(missing, reason="bad-amount")
    return parse_money(typed.number, currency).minor


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
    waiting = [row.item for row in ledger.board().rows]
    for item in waiting:
        if item not in wanted:
            ways += _ways_of(ledger.offers(item.id, units)[:1], units)
    # An Enter that was typed too soon notes nothing.
    hint = program_words.OFFERS_OR_NOTES if ways else program_words.NOTES
    return (NoWay(words.nothing_to_serve(wanted[0], waiting), hint), *ways, note)


def _ways_of(offers: Sequence[Offer], units: int, *, just_gone: bool = False) -> list[Way]:
    """Return the ways that one item's offers are; the house is the last to pay."""
    serve = [
        ServeWay(offer, units, just_gone=just_gone)
        for offer in offers
        if offer.paid_from is not PaidFrom.GIVEAWAY
    ]
    return [*serve, *house_ways(offers, units, just_gone=just_gone)]
