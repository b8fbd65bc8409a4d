"""What goes to a partner: the manifest of goods, money or surplus, and the list of its slips.

Goods are told by counts and descriptions alone. A value would be the shop's guess, and no paper
of the shop's says anything about tax.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.currencies import currency as currency_of
from payforward.core.days import day_text
from payforward.core.model import ItemKind, ProgramKind, Tender
from payforward.core.money import Money
from payforward.output.papers import count_text, what_text
from payforward.output.signed import Signed, signed_paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from payforward.core.model import Item
    from payforward.core.program_answers import HandedOver, Waits
    from payforward.core.slip_answers import Slip
    from payforward.output.blocks import Paper

HOW: Final = {Tender.CASH: "in cash", Tender.CARD: "by card", Tender.OTHER: "not in cash"}
"""How money goes along."""


@dataclass(frozen=True, slots=True)
class Sort:
    """Things of one kind: ``sizes`` are their descriptions with counts.

    A thing that has no size has the description ``""``.
    """

    kind: str
    units: int
    sizes: tuple[tuple[str, int], ...]


def sorts(lines: Iterable[Waits]) -> tuple[Sort, ...]:
    """Return the things among what is handed over, by kind, in the order they stand there.

    Goods are of the kind that is their category; whatever is on the menu is of its own.
    """
    counts: dict[str, dict[str, int]] = {}
    for line in lines:
        if line.item.kind is ItemKind.MONEY:
            continue
        kind = kind_of(line.item)
        sizes = counts.setdefault(kind, {})
        size = size_of(line.item)
        sizes[size] = sizes.get(size, 0) + line.units
    return tuple(
        Sort(kind, sum(sizes.values()), tuple(sizes.items())) for kind, sizes in counts.items()
    )


def kind_of(item: Item) -> str:
    """Return what an item is without its size: ``Coat`` of ``Coat M``."""
    return item.category or item.name if item.kind is ItemKind.GOODS else item.name


def size_of(item: Item) -> str:
    """Return what tells goods from others of their kind: ``M`` of ``Coat M``, or nothing."""
    kind = kind_of(item)
    if item.name == kind:
        return ""
    return item.name.removeprefix(f"{kind} ")


def manifest_paper(shop_name: str, handed_over: HandedOver, *, currency: str) -> Paper:
    """Return the manifest of what a partner received, as wide as a roll.

    Args:
        shop_name: Whose.
        handed_over: What left the shop; a manifest that is printed again reads the same.
        currency: The shop's.
    """
    return signed_paper(manifest(shop_name, handed_over, currency=currency))


def manifest(shop_name: str, handed_over: HandedOver, *, currency: str) -> Signed:
    """Return what a manifest says."""
    things = sorts(handed_over.lines)
    return Signed(
        shop=shop_name,
        title=f"Manifest {handed_over.number}",
        facts=(
            ("For", handed_over.partner),
            ("From", handed_over.program_names),
            ("Day", day_text(handed_over.day)),
        ),
        notice=_taken_back(handed_over, currency),
        heads=("Goods" if handed_over.program.kind is ProgramKind.DRIVE else "What", "Count"),
        rows=tuple(_row(each) for each in things),
        totals=tuple(_totals(handed_over, things, currency)),
        foot=handed_over.head,
    )


def batch_paper(shop_name: str, slips: Sequence[Slip], *, currency: str) -> Paper:
    """Return the list of the slips that a partner took, as wide as a roll; it bears no code.

    Args:
        shop_name: Whose.
        slips: At least one, in their order; what is left on them does not matter.
        currency: The shop's.
    """
    return signed_paper(batch(shop_name, slips, currency=currency))


def batch(shop_name: str, slips: Sequence[Slip], *, currency: str) -> Signed:
    """Return what the list of a batch's slips says."""
    first = slips[0]
    facts = [("For", first.partner)] if first.partner else []
    facts += [("Each for", what_text(first.item, first.units, currency))]
    facts += [("Day", day_text(first.issued_on))]
    if first.expires_on:
        facts.append(("Good until", day_text(first.expires_on)))
    return Signed(
        shop=shop_name,
        title=f"Batch {first.slip}",
        facts=tuple(facts),
        numbers=tuple(str(slip.slip) for slip in slips),
        numbers_head="The slips in their order, by the number in small print",
        totals=(("Total", count_text(len(slips), "slip")),),
    )


def _row(sort: Sort) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return a kind with its sizes, or in one line where there are none to tell apart."""
    if len(sort.sizes) == 1:
        (size,) = [size for size, _ in sort.sizes]
        return f"{sort.kind} {size}".rstrip(), str(sort.units), ()
    parts = tuple((size or "no size", str(units)) for size, units in sort.sizes)
    return sort.kind, str(sort.units), parts


def money_along(handed_over: HandedOver, currency: str) -> str | None:
    """Return the money that a partner received and how: ``€42.00 in cash``; or None."""
    amount_minor = _money_minor(handed_over)
    if not amount_minor:
        return None
    return f"{_money(amount_minor, currency)} {_how(handed_over) or ''}".rstrip()


def _totals(
    handed_over: HandedOver, things: Sequence[Sort], currency: str
) -> Iterable[tuple[str, str]]:
    amount_minor = _money_minor(handed_over)
    if things or not amount_minor:
        yield "Total", str(sum(each.units for each in things))
    if amount_minor:
        words = "Money with it" if things else "Money"
        how = _how(handed_over)
        yield f"{words}, {how}" if how else words, _money(amount_minor, currency)


def _how(handed_over: HandedOver) -> str | None:
    return None if handed_over.tender is None else HOW.get(handed_over.tender)


def _money_minor(handed_over: HandedOver) -> int:
    """Return the money that a partner received, in minor units; goods have no value."""
    return sum(
        line.amount_minor for line in handed_over.lines if line.item.kind is not ItemKind.GOODS
    )


def _taken_back(handed_over: HandedOver, currency: str) -> str | None:
    """Return what of it the shop has again, in one sentence, or None."""
    back, units = handed_over.taken_back, handed_over.units
    if not back:
        return None
    if back >= units:
        return "All of this was taken back: this manifest no longer counts."
    if all(line.item.kind is ItemKind.MONEY for line in handed_over.lines):
        return f"{_money(back, currency)} of this was taken back since."
    if len(handed_over.lines) > 1 and handed_over.came_back:
        # Of several things a number alone does not say which.
        things = (f"{each.units} {each.item.name}" for each in handed_over.came_back)
        return f"Taken back since: {', '.join(things)}."
    return f"{back} of these {units} {'was' if back == 1 else 'were'} taken back since."


def _money(amount_minor: int, currency: str) -> str:
    return Money(amount_minor, currency_of(currency)).format()
