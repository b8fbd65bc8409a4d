"""What the typed line means on this menu: which rows, how many, and what cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.grammar import Typed, Verb, parse_entry, quantity
from payforward.core.matching import find_by_letters
from payforward.core.model import ItemKind
from payforward.core.money import parse_money
from payforward.core.text import plain_forms, shown
from screens.counter import slip_words, words
from screens.counter.ways import GiftDetails, GiveWay, NoWay, ServeWay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.ledger import Ledger
    from payforward.core.currencies import Currency
    from payforward.core.model import Item, Tender
    from screens.counter.ways import Way

SLIP_MARK: Final = "/"
"""At the end of a gift's line: put it on a slip. Every terminal and every keyboard has it, and it
stands in the line to be seen and rubbed out; ^V would be the terminal's own paste."""

MOST_MATCHES = 8
"""How many items that fit the letters are offered in turn."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, on this menu: a verb, the items that fit, the number as typed."""

    typed: Typed
    matches: tuple[Item, ...]

    @property
    def verb(self) -> Verb | None:
        """What to do; None where nothing was typed."""
        return self.typed.verb


def read_line(line: str, menu: Sequence[Item], highlighted: Item | None) -> Reading:
    """Return what a line means.

    Args:
        line: What stands in the input.
        menu: All rows, the fund among them.
        highlighted: The row that is meant where no letters were typed.
    """
    typed = parse_entry(line)
    if not typed.letters:
        return Reading(typed, () if highlighted is None else (highlighted,))
    places = find_by_letters(typed.letters, [item.name for item in menu])
    return Reading(typed, tuple(menu[place] for place in places[:MOST_MATCHES]))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for; who can pay for it, the ledger must say."""

    items: tuple[Item, ...]
    units: int


def ways_at_once(
    line: str,
    menu: Sequence[Item],
    highlighted: Item | None,
    currency: Currency,
    tender: Tender,
) -> tuple[Way, ...] | Asked:
    """Return the ways that a line means, or what the ledger must be asked about.

    Args:
        line: What stands in the input.
        menu: All rows, the fund among them.
        highlighted: The row that is meant where no letters were typed.
        currency: The shop's.
        tender: How a gift is paid if nothing else is said.
    """
    if not line.strip():
        return ()
    line, on_slip = part_slip_mark(line)
    meant = read_line(line, menu, highlighted)
    if not meant.matches:
        return (unmatched(meant),)
    if meant.verb is Verb.GIVE:
        return give_ways(meant, currency, tender, on_slip=on_slip)
    units = serve_units(meant)
    return Asked(meant.matches, units) if isinstance(units, int) else (units,)


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
    reading: Reading, currency: Currency, tender: Tender, *, on_slip: bool = False
) -> tuple[GiveWay, ...] | tuple[NoWay]:
    """Return the gifts that a line may mean, the likeliest first."""
    ways = []
    for item in reading.matches:
        try:
            units = _units(reading.typed, item, currency)
        except BadInput as error:
            if item is reading.matches[0]:
                return (NoWay((error.message,)),)
            continue
        ways.append(GiveWay(item, units, GiftDetails(tender=tender, on_slip=on_slip)))
    return tuple(ways)


def serve_units(reading: Reading) -> int | NoWay:
    """Return how many shall be served, or the words for a number that cannot be meant."""
    if reading.matches[0].kind is ItemKind.MONEY:
        return NoWay(
            ("The fund pays for an item: type the item's letters.", "Type the item's letters.")
        )
    try:
        return quantity(reading.typed) or 1
    except BadInput as error:
        return NoWay((error.message,))


def serve_ways(
    ledger: Ledger, items: Sequence[Item], units: int, *, just_gone: bool = False
) -> tuple[Way, ...]:
    """Return the ways to serve what a line may mean, the likeliest first.

    Where nobody can pay for the first item, that is said first, and what waits is offered.

    Args:
        ledger: Who could pay, it says.
        items: The items that fit the letters.
        units: How many are asked for.
        just_gone: Whether another till was quicker this very moment.
    """
    wanted = [item for item in items if item.kind is not ItemKind.MONEY]
    found = [ledger.offers(item.id, units) for item in wanted]
    ways: list[Way] = [
        ServeWay(offer, units, just_gone=just_gone) for offers in found for offer in offers
    ]
    if found[0]:
        return tuple(ways)
    waiting = [row.item for row in ledger.board().rows]
    for item in waiting:
        if item not in wanted:
            ways += [ServeWay(offer, units) for offer in ledger.offers(item.id, units)[:1]]
    hint = ("↓ offers one   Esc no",) if ways else ("Esc no",)
    return (NoWay(words.nothing_to_serve(wanted[0], waiting), hint), *ways)


def _units(typed: Typed, item: Item, currency: Currency) -> int:
    if item.kind is not ItemKind.MONEY:
        return quantity(typed) or 1
    if typed.number is None:
        raise BadInput("How much for the fund? Type it, such as +20.", reason="bad-amount")
    return parse_money(typed.number, currency).minor
