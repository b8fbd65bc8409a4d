"""Statements of months that no shop has lived, to print: long, wide, empty, in any script."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from payforward.core.model import Item, ItemKind, ProgramKind
from payforward.core.programs import Program
from payforward.core.report_answers import Amount, MonthMoved, Moved
from payforward.output.statement import Apart, Statement, StillWaits

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: Final = "123456-9f3a2b1c"
MONTH: Final = date(2026, 12, 1)


def statement(
    *names: str, shop: str = "Rosa's Café", currency: str = "EUR", times: int = 1, programs: int = 1
) -> Statement:
    """Return a statement whose numbers add up.

    Args:
        names: Items that wait; programs have their names too.
        shop: Whose.
        currency: The shop's.
        times: By how much each amount is larger than it need be.
        programs: How many programs of each kind there are beside the sum.
    """
    menu = [Item(at, name, ItemKind.MENU, None, 350, at) for at, name in enumerate(names, 1)]
    fund = Item(999, "Community fund", ItemKind.MONEY, None, 1, 999)
    rows = tuple(StillWaits(item, _some(item.id, 350 * item.id * times)) for item in menu)
    rows += (StillWaits(fund, _some(2_000 * times, 2_000 * times)),)
    closing = sum((each.held for each in rows), Amount())
    moved = Moved(
        opening=closing + _some(10, 3_500 * times),
        given=_some(60, 21_000 * times),
        redeemed=_some(55, 19_250 * times),
        refunded=_some(5, 1_750 * times),
        passed_on=_some(10, 3_500 * times),
        closing=closing,
    )
    beside = [names[at % len(names)] for at in range(programs)]
    return Statement(
        shop=shop,
        currency=currency,
        month=MONTH,
        printed_on=date(2027, 1, 3),
        until=None,
        moved=moved,
        things=replace(moved, closing=_some(closing.units - 2_000 * times, closing.amount_minor)),
        waiting=rows,
        house=_apart(ProgramKind.GIVEAWAY, beside, Moved(redeemed=_some(12, 0))),
        house_minor=4_200 * times,
        goods=_apart(
            ProgramKind.DRIVE,
            beside,
            Moved(opening=_some(3), given=_some(20), delivered=_some(6), closing=_some(17)),
        ),
        jars=_apart(
            ProgramKind.CHARITY,
            beside,
            Moved(
                given=_some(900, 900 * times),
                refunded=_some(100, 100 * times),
                delivered=_some(500, 500 * times),
                closing=_some(300, 300 * times),
            ),
        ),
        rises_minor=55 * times,
        falls_minor=10 * times,
        months=tuple(_month(number, times) for number in range(1, 13)),
        first_day=date(2025, 1, 1),
        median_wait_days=9,
        head=HEAD,
    )


def empty() -> Statement:
    """Return the statement of a shop's first days, in which nothing has happened yet."""
    return replace(
        statement("Tea", programs=0),
        until=date(2026, 12, 3),
        moved=Moved(),
        things=Moved(),
        waiting=(),
        house_minor=0,
        rises_minor=0,
        falls_minor=0,
        months=tuple(MonthMoved(date(2026, number, 1)) for number in range(1, 13)),
        first_day=None,
        median_wait_days=None,
    )


def _some(units: int, minor: int = 0) -> Amount:
    return Amount(units, minor)


def _month(number: int, times: int) -> MonthMoved:
    given, enjoyed = 21_000 - 700 * (12 - number), 19_250 - 900 * (12 - number)
    if number == 5:
        # More was taken back than was enjoyed.
        enjoyed = -250
    closing = _some(90, (30_000 + number) * times)
    return MonthMoved(
        date(2026, number, 1), _some(60, given * times), _some(55, enjoyed * times), closing
    )


def _apart(kind: ProgramKind, names: Sequence[str], moved: Moved) -> tuple[Apart, ...]:
    return tuple(
        Apart(Program(id=at, name=name, kind=kind), moved) for at, name in enumerate(names, 2)
    )
