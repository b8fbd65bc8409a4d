"""What people bring for others: coats last cold season, tins just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from payforward.core.asks import Collect, Deliver
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from payforward.demo.people import some_words
from payforward.demo.town import FOOD_BANK, SHELTER, after_closing

if TYPE_CHECKING:
    from payforward.demo.days import Agenda
    from payforward.demo.town import Town

COATS: Final = "Coats for the shelter"
TINS: Final = "Tins for the food bank"

_TINS_SINCE_DAYS: Final = 38
_TINS_FOR_DAYS: Final = 63
_AT_ONCE: Final = ((1, 2, 3), (5, 4, 2))
# Month and day of the first and the last day, from autumn to winter: of these one whole season
# lies in any year that ends today.
_AUTUMN: Final = ((10, 1), (11, 20))
_WINTER: Final = ((12, 1), (1, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What a drive asks people for.

    Args:
        name: The drive's.
        partner: Who receives it all.
        goods: What is brought: a kind and its sizes, which may be none.
        likely: How often each of the goods is brought, beside the others.
        target: How many are hoped for.
        comes_in: How many are brought.
        starts_on: The first day.
        ends_on: The last day.
        delivered_on: After closing of which days all that is there is delivered.
    """

    name: str
    partner: str
    goods: tuple[tuple[str, tuple[str, ...]], ...]
    likely: tuple[int, ...]
    target: int
    comes_in: int
    starts_on: date
    ends_on: date
    delivered_on: tuple[date, ...] = ()


class Drive:
    """Takes goods in until there are as many as shall come, and delivers them.

    Args:
        town: Where it is held.
        appeal: What people are asked for.
    """

    def __init__(self, town: Town, appeal: Appeal) -> None:
        self._town = town
        self._appeal = appeal
        days = town.open_days(appeal.starts_on, min(appeal.ends_on, town.last))
        self._begins = days[0]
        self._bundles = self._spread(days)
        self._program = 0
        self._goods: list[int] = []

    def plan(self, agenda: Agenda) -> None:
        """Plan what is brought on a day, and whether it is delivered then."""
        opening = agenda.opening
        if opening.day == self._begins:
            agenda.add(self._begin, opening.start)
        for units in self._bundles.get(opening.day, ()):
            agenda.add(partial(self._collect, units))
        if opening.day in self._appeal.delivered_on:
            agenda.add(self._deliver, after_closing(opening))

    def _spread(self, days: list[date]) -> dict[date, list[int]]:
        """Return how many are brought when, on the first and the last day in any case."""
        chance, left = self._town.chance, self._appeal.comes_in
        bundles: dict[date, list[int]] = {}
        on = [days[0], days[-1]]
        while left:
            (units,) = chance.choices(*_AT_ONCE)
            units = min(units, left)
            bundles.setdefault(on.pop() if on else chance.choice(days), []).append(units)
            left -= units
        return bundles

    def _begin(self) -> None:
        counter, appeal = self._town.stage.counter(), self._appeal
        draft = Program(
            name=appeal.name,
            kind=ProgramKind.DRIVE,
            starts_on=appeal.starts_on,
            ends_on=appeal.ends_on,
            target=appeal.target,
        )
        self._program = counter.add_program(draft).id
        for kind, sizes in appeal.goods:
            self._goods += [item.id for item in counter.add_goods(self._program, kind, sizes)]
        self._town.partner(appeal.partner)

    def _collect(self, units: int) -> None:
        giver, message = some_words(self._town.chance)
        (item,) = self._town.chance.choices(self._goods, self._appeal.likely)
        ask = Collect(
            action=self._town.stage.new_action(),
            item=item,
            program=self._program,
            units=units,
            giver=giver,
            message=message,
        )
        self._town.stage.busy_counter().collect(ask)

    def _deliver(self) -> None:
        ask = Deliver(
            action=self._town.stage.new_action(),
            program=self._program,
            partner=self._town.partner(self._appeal.partner),
        )
        self._town.stage.busy_counter().deliver(ask)


def coats(town: Town) -> Drive:
    """Return the drive of the last cold season that is over: asked for 40, brought 43."""
    starts_on, ends_on = last_season(town.first, town.last)
    days = town.open_days(starts_on, ends_on)
    return Drive(
        town,
        Appeal(
            name=COATS,
            partner=SHELTER,
            goods=(("Coat", ("S", "M", "L", "XL")),),
            likely=(3, 5, 4, 2),
            target=40,
            comes_in=43,
            starts_on=starts_on,
            ends_on=ends_on,
            delivered_on=(days[len(days) // 2], days[-1]),
        ),
    )


def tins(town: Town) -> Drive:
    """Return the drive that is on: asked for 60, brought 23 so far."""
    starts_on = town.days_ago(_TINS_SINCE_DAYS)
    return Drive(
        town,
        Appeal(
            name=TINS,
            partner=FOOD_BANK,
            goods=(("Tin of beans", ()), ("Tin of tomatoes", ()), ("Tin of tuna", ())),
            likely=(4, 4, 2),
            target=60,
            comes_in=23,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=_TINS_FOR_DAYS),
        ),
    )


def last_season(first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the newest cold season that lies wholly in a year.

    >>> from datetime import date
    >>> last_season(date(2026, 4, 1), date(2027, 4, 1))
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 31))
    """
    seasons = (
        (date(year, *begins), date(year + (ends < begins), *ends))
        for year in range(first.year, last.year + 1)
        for begins, ends in (_AUTUMN, _WINTER)
    )
    return max(each for each in seasons if first < each[0] and each[1] < last)
