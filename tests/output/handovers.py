"""What partners received, and what waits for them, to print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from payforward.core.answers import Board
from payforward.core.model import Item, ItemKind, ProgramKind, Tender
from payforward.core.program_answers import HandedOver, ProgramState, Waits
from payforward.core.programs import Program
from tests.output.slips import AT, DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

FUND: Final = Item(90, "Community fund", ItemKind.MONEY, None, 1, 90)


def goods(number: int, kind: str, size: str = "") -> Item:
    """Return goods of a kind and a size."""
    return Item(number, f"{kind} {size}".rstrip(), ItemKind.GOODS, kind, 0, number)


COATS: Final = tuple(goods(10 + at, "Coat", size) for at, size in enumerate("SML"))
TINS: Final = goods(20, "Tin")


def program(kind: ProgramKind = ProgramKind.DRIVE, **facts: Any) -> Program:
    """Return a program."""
    return replace(Program(id=2, name="Winter coats", kind=kind), **facts)


def handed(
    lines: Iterable[tuple[Item, int] | tuple[Item, int, int]],
    *,
    of: Program | None = None,
    partner: str = "Night shelter",
    tender: Tender | None = None,
    **facts: Any,
) -> HandedOver:
    """Return what left the shop: items with units and, of money and surplus, minor units."""
    return HandedOver(
        number=4711,
        action="a",
        programs=facts.pop("programs", (of or program(),)),
        partner=partner,
        lines=tuple(Waits(item, units, *(rest or (0,))) for item, units, *rest in lines),
        tender=tender,
        day=DAY,
        at=AT,
        head="4712-1a2b3c4d",
        left=facts.pop("left", 3),
        **facts,
    )


def coats(**facts: Any) -> HandedOver:
    """Return coats in three sizes, and tins."""
    return handed([(COATS[0], 3), (COATS[1], 5), (COATS[2], 4), (TINS, 40)], **facts)


def jar(minor: int = 12_340, tender: Tender = Tender.CASH, **facts: Any) -> HandedOver:
    """Return the money of a charity's jar."""
    of = program(ProgramKind.CHARITY, name="Red Cross jar")
    return handed([(FUND, minor, minor)], of=of, tender=tender, partner="Red Cross", **facts)


def surplus(**facts: Any) -> HandedOver:
    """Return surplus that went to another shop with its money."""
    white = Item(1, "Flat white", ItemKind.MENU, "Coffee", 350, 1)
    of = program(ProgramKind.FORWARD, name="Pay it forward")
    return handed([(white, 12, 4_200)], of=of, tender=Tender.CASH, partner="Café Nord", **facts)


def state(of: Program, waits: Iterable[tuple[Item, int, int]] = (), **facts: Any) -> ProgramState:
    """Return a program and what it holds: items with units, and how many of them on slips."""
    running = facts.pop("running", of.running(DAY))
    held = tuple(Waits(item, units, 0, on_slips) for item, units, on_slips in waits)
    return ProgramState(of, running, held, **facts)


def board(*states: ProgramState, currency: str = "EUR") -> Board:
    """Return a board of some programs."""
    return Board((), 0, None, currency, DAY, states)
