"""What a line that begins with + means: gifts, money for a jar, goods for a drive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payforward.core.errors import BadInput
from payforward.core.grammar import quantity
from payforward.core.model import Item, ItemKind, ProgramKind, Tender
from payforward.core.money import parse_money
from screens.counter import gift_words, program_words
from screens.counter.drive_ways import CollectWay
from screens.counter.typeable import Goods
from screens.counter.ways import GiftDetails, GiveWay, NoWay

if TYPE_CHECKING:
    from payforward.core.answers import Given
    from payforward.core.currencies import Currency
    from payforward.core.grammar import Typed
    from payforward.core.program_answers import ProgramState
    from screens.counter.typeable import Meant, Reading, Typeable
    from screens.counter.ways import Way


@dataclass(frozen=True, slots=True)
class Tenders:
    """How the next gift is paid if nothing is said: as the last one of its sort was.

    A jar has its own: coins go into it, however the sale before was paid.
    """

    gift: Tender = Tender.CASH
    jar: Tender = Tender.CASH

    def after(self, given: Given) -> Tenders:
        """Return them after one more gift."""
        if given.tender is Tender.OPENING:
            return self
        if given.program is not None and given.program.kind is ProgramKind.CHARITY:
            return replace(self, jar=given.tender)
        return replace(self, gift=given.tender)


def next_tender(tender: Tender) -> Tender:
    """Return the next way to pay: cash, card, other, and cash again.

    >>> next_tender(Tender.CARD), next_tender(Tender.OTHER)
    (<Tender.OTHER: 'other'>, <Tender.CASH: 'cash'>)
    """
    order = (Tender.CASH, Tender.CARD, Tender.OTHER)
    at = order.index(tender) if tender in order else -1
    return order[(at + 1) % len(order)]


def give_ways(
    reading: Reading,
    there: Typeable,
    currency: Currency,
    tenders: Tenders,
    *,
    on_slip: bool = False,
) -> tuple[Way, ...]:
    """Return the gifts that a line may mean, the likeliest first.

    Where several programs could take one, each is offered: first the usual one of all that is
    meant.

    Args:
        reading: The line.
        there: All that can be typed.
        currency: The shop's.
        tenders: How a gift is paid if nothing else is said.
        on_slip: Whether it waits on a slip of paper.
    """
    ways: dict[Way, None] = {}
    first = next(reading.meant())
    for meant in reading.meant():
        try:
            found = _gifts(meant, reading, there, currency, tenders, on_slip=on_slip)
        except BadInput as error:
            if meant is first:
                return (NoWay((error.message,)),)
        else:
            ways |= dict.fromkeys(found)
    others = [other for way in ways if isinstance(way, GiveWay) for other in way.for_others()]
    return (*ways, *others)


def _gifts(
    meant: Meant,
    reading: Reading,
    there: Typeable,
    currency: Currency,
    tenders: Tenders,
    *,
    on_slip: bool,
) -> list[Way]:
    """Return the gifts of one thing that may be meant.

    Raises:
        BadInput: the number cannot be meant, or it takes no such gift.
    """
    if isinstance(meant, Item):
        details = GiftDetails(tender=tenders.gift, on_slip=on_slip)
        return [_gift(meant, reading.typed, there, currency, details)]
    if on_slip:
        raise BadInput(program_words.NO_SLIP, reason="bad-slip")
    if isinstance(meant, Goods):
        return [_goods(meant, reading, there)]
    if meant.program.kind is ProgramKind.CHARITY:
        missing = program_words.how_much(meant.program)
        minor = _amount(reading.typed, currency, missing)
        return [GiveWay(there.fund, minor, GiftDetails(tenders.jar), jar=meant.program)]
    if meant.program.kind is ProgramKind.GIVEAWAY:
        raise BadInput(program_words.HOUSE_GIVES, reason="not-giftable")
    return _any_goods(meant, reading, there)


def _gift(
    item: Item, typed: Typed, there: Typeable, currency: Currency, details: GiftDetails
) -> GiveWay:
    takers = there.takers(item)
    if not takers:
        said = gift_words.not_taken(item) if there.prepaid else gift_words.NO_GIFTS
        raise BadInput(said, reason="not-giftable")
    if item.kind is ItemKind.MONEY:
        units = _amount(typed, currency, gift_words.AMOUNT_MISSING)
    else:
        units = quantity(typed) or 1
    return GiveWay(item, units, details, takers=takers)


def _goods(meant: Goods, reading: Reading, there: Typeable) -> CollectWay:
    typed = reading.typed
    if meant in reading.sized:
        # The number is their size.
        return CollectWay(meant, 1)
    kind = there.kind_of_goods(typed.letters)
    if typed.name and program_words.is_like_a_size(typed.number or "", kind):
        # "Shoes 47" is a size that there is none of, and never 47 of another.
        raise BadInput(program_words.sizes(kind), reason="unknown-goods")
    return CollectWay(meant, quantity(typed) or 1)


def _any_goods(drive: ProgramState, reading: Reading, there: Typeable) -> list[Way]:
    units = quantity(reading.typed) or 1
    goods = there.goods_of(drive)
    if not goods:
        raise BadInput(program_words.no_goods(drive.program), reason="unknown-goods")
    return [CollectWay(each, units) for each in goods]


def _amount(typed: Typed, currency: Currency, missing: str) -> int:
    if typed.number is None:
        raise BadInput(missing, reason="bad-amount")
    return parse_money(typed.number, currency).minor
