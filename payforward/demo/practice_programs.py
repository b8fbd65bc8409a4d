"""The shop's own programs on the counter to practise on: the same names, items, goods, budgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payforward.core.model import ProgramKind
from payforward.core.programs import Running

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.programs import Program


@dataclass(frozen=True, slots=True)
class ShopsPrograms:
    """What a shop's counter knows of programs and partners.

    Args:
        programs: Those that run, the first one first; one at least takes customers' gifts.
        items: What is on the menu, and goods, by number.
        partners: The partners' names.
    """

    programs: tuple[Program, ...]
    items: Mapping[int, Item]
    partners: tuple[str, ...]


def read_programs(shop: Ledger) -> ShopsPrograms:
    """Return a shop's programs as a new cashier shall find them; the shop is only read."""
    today, known = shop.today(), shop.programs()
    items = {item.id: item for item in (*shop.items(), *shop.goods(retired=True))}
    # Whose items have all left the menu takes nothing; a copy without items would take everything.
    running = [
        each
        for each in known
        if each.running(today) is Running.RUNNING
        and (not each.items or any(item in items for item in each.items))
    ]
    if not any(each.kind is ProgramKind.FORWARD for each in running):
        # Practice needs one that takes gifts, even where the shop's are over just now.
        first = next(each for each in known if each.kind is ProgramKind.FORWARD)
        running.insert(0, replace(first, ends_on=None))
    partners = tuple(partner.name for partner in shop.partners())
    return ShopsPrograms(tuple(running), items, partners)


def copy_for_gifts(counter: Ledger, shops: ShopsPrograms) -> None:
    """Make the programs that take customers' gifts; the first takes the place of set-up's."""
    (there,) = counter.programs()
    forward = (each for each in shops.programs if each.kind is ProgramKind.FORWARD)
    first, *others = [_as_new(counter, shops, each) for each in forward]
    counter.change_program(replace(first, id=there.id, change=there.change))
    for each in others:
        counter.add_program(each)


def copy_others(counter: Ledger, shops: ShopsPrograms) -> None:
    """Make what the house gives, the drives and the jars, and the partners for them."""
    for program in shops.programs:
        if program.kind is ProgramKind.FORWARD:
            continue
        added = counter.add_program(_as_new(counter, shops, program))
        if program.kind is ProgramKind.DRIVE:
            for number in program.items:
                counter.add_goods(added.id, *_kind_and_size(shops.items[number]))
    for name in shops.partners:
        counter.add_partner(name)


def _as_new(counter: Ledger, shops: ShopsPrograms, program: Program) -> Program:
    """Return a program with this counter's items, running from this ledger's first day on."""
    numbers = {item.name: item.id for item in counter.items()}
    names = [shops.items[item].name for item in program.items if item in shops.items]
    items = () if program.kind is ProgramKind.DRIVE else tuple(numbers[name] for name in names)
    return replace(program, id=0, items=items, starts_on=None)


def _kind_and_size(goods: Item) -> tuple[str, list[str]]:
    """Return what goods were named by: a kind, and a size where they have one."""
    kind, size = goods.category or "", goods.name
    if not kind or not size.startswith(f"{kind} "):
        return goods.name, []
    return kind, [size.removeprefix(f"{kind} ")]
