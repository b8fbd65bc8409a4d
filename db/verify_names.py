"""Proof of the names: an item or program still is what the entries used it as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.clock import zone
from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, Kind, Place, ProgramKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Shop

ITEM_KINDS: Final = """
    SELECT item, kind
    FROM item
    WHERE shop = :shop
    ORDER BY item
"""

PROGRAM_KINDS: Final = """
    SELECT program, kind
    FROM program
    WHERE shop = :shop
    ORDER BY program
"""

# What a program's gifts may be of; a later way of giving may widen it.
_HOLDS: Final[Mapping[str, frozenset[str]]] = {
    ProgramKind.FORWARD: frozenset({ItemKind.MENU, ItemKind.MONEY}),
    ProgramKind.GIVEAWAY: frozenset({ItemKind.SERVING}),
    ProgramKind.DRIVE: frozenset({ItemKind.GOODS}),
    ProgramKind.CHARITY: frozenset({ItemKind.MONEY}),
}


_ONLY: Final[Mapping[str, frozenset[str]]] = {
    Kind.BUDGET: frozenset({ProgramKind.GIVEAWAY}),
    Kind.LAPSE: frozenset({ProgramKind.GIVEAWAY}),
    Kind.REDEEM: frozenset({ProgramKind.FORWARD, ProgramKind.GIVEAWAY}),
    Kind.REFUND: frozenset({ProgramKind.FORWARD, ProgramKind.DRIVE, ProgramKind.CHARITY}),
    Kind.DELIVER: frozenset({ProgramKind.DRIVE, ProgramKind.CHARITY}),
    Kind.PASS_ON: frozenset({ProgramKind.FORWARD}),
    Kind.HAND_OUT: frozenset({ProgramKind.FORWARD}),
    Kind.TAKE_BACK: frozenset({ProgramKind.FORWARD}),
    Kind.EXPIRE: frozenset({ProgramKind.FORWARD}),
}
"""Which kinds of program an entry may be of, where not all may have it."""


def name_problems(
    file: LedgerFile,
    shop: Shop,
    uses: Iterable[tuple[int | None, int | None, str | None, bool]],
    did: Iterable[tuple[int, str]],
) -> list[str]:
    """Return what of the shop, its items and its programs does not fit what the entries did.

    Args:
        file: The ledger.
        shop: Whose it is.
        uses: What `Books.uses` gathered: program, item, place, whether a unit is a minor unit.
        did: What `Replay.did` gathered: program, kind of entry.
    """
    items = {row[0]: row[1] for row in file.read(ITEM_KINDS, {"shop": shop.id})}
    programs = {row[0]: row[1] for row in file.read(PROGRAM_KINDS, {"shop": shop.id})}
    problems: dict[str, None] = {}
    try:
        # In a damaged file it may be a number.
        zone(str(shop.timezone))
    except BadInput:
        problems[f"the shop's time zone {str(shop.timezone)[:60]!r} cannot be read"] = None
    money = [item for item, kind in items.items() if kind == ItemKind.MONEY]
    if len(money) != 1:
        problems[f"{len(money)} items are money; one must be"] = None
    for program, item, place, is_minor in sorted(uses, key=str):
        # One that is not there is found by the foreign keys.
        kind, what = programs.get(program), items.get(item)
        is_forward = kind == ProgramKind.FORWARD
        if kind is not None and is_forward == (place == Place.HELD):
            problems[f"program {program} is {kind}, but its gifts were at place {place}"] = None
        if kind is not None and what is not None and what not in _HOLDS.get(kind, ()):
            problems[f"item {item} is {what}, but was given in program {program}, a {kind}"] = None
        if what == ItemKind.MONEY and not is_minor:
            problems[f"item {item} is money, but was given at a price"] = None
    for program, act in sorted(did, key=str):
        kind = programs.get(program)
        if kind is not None and kind not in _ONLY.get(act, (kind,)):
            problems[f"program {program} is {kind}, but has entries of kind {act}"] = None
    return list(problems)
