"""All that can be typed at the counter, and which of it the letters of a line mean."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from payforward.core.grammar import Typed, Verb, parse_entry
from payforward.core.matching import find_in_turn, folded
from payforward.core.model import Item, ItemKind, ProgramKind
from payforward.core.program_answers import ProgramState
from screens.counter.program_words import row_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.programs import Program

MOST_MATCHES: Final = 8
"""How many things that fit the letters are offered in turn."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind and size of goods, and the running drive that takes it."""

    item: Item
    drive: ProgramState


Meant: TypeAlias = Item | Goods | ProgramState
"""What letters can mean."""

Highlighted: TypeAlias = Item | ProgramState
"""What a row is about."""


def key_of(row: Item | Program) -> int:
    """Return what tells one row from another: an item's number, or a program's below zero."""
    return row.id if isinstance(row, Item) else -row.id


@dataclass(frozen=True, slots=True)
class Typeable:
    """The counter's rows, and what stands behind them.

    Args:
        menu: The menu's own order.
        fund: The money.
        programs: Giveaways, drives and jars that run: one row each.
        goods: What the drives among them take.
        prepaid: The programs that take gifts now, the usual one first.
    """

    menu: tuple[Item, ...]
    fund: Item
    programs: tuple[ProgramState, ...] = ()
    goods: tuple[Goods, ...] = ()
    prepaid: tuple[Program, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The menu, and the fund last."""
        return (*self.menu, self.fund)

    def row(self, key: int | None) -> Highlighted | None:
        """Return what the row of a key is about."""
        for item in self.items:
            if key_of(item) == key:
                return item
        return next((each for each in self.programs if key_of(each.program) == key), None)

    def goods_of(self, drive: ProgramState) -> tuple[Goods, ...]:
        """Return what a drive takes."""
        return tuple(each for each in self.goods if each.drive.program.id == drive.program.id)

    def given_by(self, house: Program) -> tuple[Item, ...]:
        """Return the items that a giveaway names; none where it gives all that is on the menu."""
        return tuple(item for item in self.menu if item.id in house.items)

    def takers(self, item: Item) -> tuple[Program, ...]:
        """Return the programs to which an item can be given, the usual one first."""
        is_money = item.kind is ItemKind.MONEY
        return tuple(each for each in self.prepaid if is_money or each.takes(item.id))

    @property
    def takes_anything(self) -> bool:
        """Whether + can mean anything: a gift, goods or a jar's money."""
        return bool(self.prepaid) or any(
            each.program.kind is not ProgramKind.GIVEAWAY for each in self.programs
        )

    def kind_of_goods(self, letters: str) -> tuple[Goods, ...]:
        """Return the goods that letters name in part: of "coat xl" those called coat."""
        typed = letters.split()
        names = [each.item.name for each in self.goods]
        for count in range(len(typed), 0, -1):
            (places,) = find_in_turn(" ".join(typed[:count]), [names])
            if places:
                return tuple(self.goods[place] for place in places)
        return ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, on this menu.

    Args:
        typed: A verb, letters, and the number as typed.
        items: The items that fit; what is on the menu comes before all else.
        sized: Goods whose size is the number that was typed last: "Shoes 42".
        goods: The goods that fit.
        programs: The programs that fit.
    """

    typed: Typed
    items: tuple[Item, ...] = ()
    sized: tuple[Goods, ...] = ()
    goods: tuple[Goods, ...] = ()
    programs: tuple[ProgramState, ...] = ()

    @property
    def verb(self) -> Verb | None:
        """What to do; None where nothing was typed."""
        return self.typed.verb

    def meant(self) -> Iterator[Meant]:
        """Yield all that may be meant, the likeliest first."""
        return chain(self.items, self.sized, self.goods, self.programs)

    def houses(self) -> tuple[ProgramState, ...]:
        """Return the giveaways that may be meant."""
        return tuple(each for each in self.programs if each.program.kind is ProgramKind.GIVEAWAY)


def read_line(line: str, there: Typeable, highlighted: Highlighted | None) -> Reading:
    """Return what a line means.

    Args:
        line: What stands in the input.
        there: All that can be typed.
        highlighted: The row that is meant where no letters were typed.
    """
    typed = parse_entry(line)
    if not typed.letters:
        if isinstance(highlighted, ProgramState):
            return Reading(typed, programs=(highlighted,))
        return Reading(typed, () if highlighted is None else (highlighted,))
    items = there.items
    goods_names = [each.item.name for each in there.goods]
    found = find_in_turn(
        typed.letters,
        [
            [item.name for item in items],
            goods_names,
            [row_name(each.program) for each in there.programs],
        ],
    )
    at_items, at_goods, at_programs = (places[:MOST_MATCHES] for places in found)
    (at_sized,) = find_in_turn(typed.name, [goods_names])
    return Reading(
        typed,
        items=tuple(items[place] for place in at_items),
        sized=tuple(
            there.goods[place]
            for place in at_sized
            if typed.number in folded(goods_names[place]).split()
        ),
        goods=tuple(there.goods[place] for place in at_goods),
        programs=tuple(there.programs[place] for place in at_programs),
    )
