"""What Enter could do where the house pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.asks import GiveAway
from payforward.core.model import Item, PaidFrom
from screens.counter import house_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Offer
    from payforward.core.programs import Program
    from screens.counter.ways import Surroundings
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class HouseWay:
    """Hand over what an offer says; ``asked`` is how many were asked for.

    Args:
        offer: What the house would pay for.
        asked: How many were asked for.
        named: Whether its program is named: another one of the house could pay as well.
        of_row: Whether the house's own row was meant, whatever else waits.
        just_gone: Whether another till was quicker this very moment.
    """

    offer: Offer
    asked: int
    named: bool = False
    of_row: bool = False
    just_gone: bool = False

    @property
    def program(self) -> Program:
        """The giveaway."""
        assert self.offer.program is not None
        return self.offer.program

    @property
    def is_plain(self) -> bool:
        """Whether it is simply what was asked for: of the house, by its own row."""
        return self.of_row and self.offer.units == self.asked

    def sentence(self, around: Surroundings) -> Variants:
        """Say that the house can pay."""
        state = around.state(self.program.id)
        return house_words.house_question(
            self.offer,
            self.asked,
            None if state is None else state.budget,
            around.now,
            around.board.day,
            instead=not self.of_row and not around.waiting(self.offer.item),
            named=self.named,
            just_gone=self.just_gone,
        )

    def keys(self, around: Surroundings) -> Variants:
        """Return what the keys do now."""
        state = around.state(self.program.id)
        budget = None if state is None else state.budget
        if budget is not None and budget.left < self.offer.units:
            return words.ENTER_LOOKS
        return words.ENTER_SERVES

    def ask(self, action: str) -> GiveAway:
        """Return the serving."""
        return GiveAway(
            action=action,
            item=self.offer.item.id,
            program=self.program.id,
            units=self.offer.units,
        )

    @property
    def row(self) -> Item | Program:
        """What is served; or the house's row, where that was meant."""
        return self.program if self.of_row else self.offer.item


@dataclass(frozen=True, slots=True)
class HouseAsked:
    """A line that asks the house itself for something; what is left, the ledger must say.

    Args:
        house: Its program.
        items: What it gives.
        units: How many are asked for.
    """

    house: Program
    items: tuple[Item, ...]
    units: int

    @property
    def row(self) -> Program:
        """The house's row."""
        return self.house


def house_ways(
    offers: Sequence[Offer], units: int, *, just_gone: bool = False
) -> Iterator[HouseWay]:
    """Yield the ways among one item's offers in which the house pays."""
    of_house = [offer for offer in offers if offer.paid_from is PaidFrom.GIVEAWAY]
    for offer in of_house:
        yield HouseWay(offer, units, named=len(of_house) > 1, just_gone=just_gone)


def ways_of_row(ledger: Ledger, asked: HouseAsked) -> tuple[HouseWay, ...]:
    """Return the ways in which one program of the house can pay, in the menu's order."""
    return tuple(
        HouseWay(offer, asked.units, of_row=True)
        for item in asked.items
        for offer in ledger.offers(item.id, asked.units)
        if offer.program is not None
        and offer.paid_from is PaidFrom.GIVEAWAY
        and offer.program.id == asked.house.id
    )
