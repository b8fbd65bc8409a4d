"""What the café gives itself: soup for whoever needs it, out of a budget for each week."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from payforward.core.asks import GiveAway, Undo
from payforward.core.clock import zone
from payforward.core.model import ProgramKind
from payforward.core.programs import Period, Program
from payforward.demo.counting import TAKE_BACKS
from payforward.demo.days import count, part_of

if TYPE_CHECKING:
    from payforward.demo.days import Agenda
    from payforward.demo.town import Town

SOUP: Final = "Soup for whoever needs it"
SERVES: Final = ("Soup of the day", "Sandwich")
BUDGET_A_WEEK: Final = 20
HOURS: Final = "Mon-Sat 14:00-18:00"

_SINCE_DAYS: Final = 112
_FROM, _TO = time(14), time(18)
_SOUPS_AMONG: Final = (3, 1)
# Some weeks want more than the budget has, some leave much of it.
_A_DAY: Final = (1.8, 4.6)
# Whoever looks at the demo finds some to give away.
_LEFT_AT_LAST: Final = 4


class House:
    """Gives soups away, and a sandwich now and then, as long as the week's budget lasts.

    Args:
        town: Whose house it is.
    """

    def __init__(self, town: Town) -> None:
        self._town = town
        since = town.days_ago(_SINCE_DAYS)
        self._starts_on = since - timedelta(days=since.weekday())
        self._timezone = zone(town.stage.counter().shop.timezone)
        self._items = [town.stage.counter().find_item(name).id for name in SERVES]
        self._program = 0
        self._left = 0
        self._spared = 0
        self._week: tuple[int, int] | None = None
        self._a_day = 0.0

    def plan(self, agenda: Agenda) -> None:
        """Plan who comes for a soup on a day."""
        opening, chance = agenda.opening, self._town.chance
        if opening.day < self._starts_on:
            return
        agenda.add(self._open, opening.start)
        week = opening.day.isocalendar()[:2]
        if week != self._week:
            self._week, self._a_day = week, chance.uniform(*_A_DAY)
            self._spared = _LEFT_AT_LAST if week == self._town.last.isocalendar()[:2] else 0
        hours = part_of(opening, _FROM, _TO, self._timezone)
        if hours is None:
            return
        for _ in range(count(chance, self._a_day * hours.part)):
            at = hours.start + (hours.end - hours.start) * chance.random()
            (item,) = chance.choices(self._items, _SOUPS_AMONG)
            agenda.add(partial(self._give_away, item), at.replace(microsecond=0))

    def _open(self) -> None:
        """Begin a day: what is left of last week's budget lapses, and this week's opens."""
        counter = self._town.stage.busy_counter()
        if not self._program:
            draft = Program(
                name=SOUP,
                kind=ProgramKind.GIVEAWAY,
                items=tuple(self._items),
                starts_on=self._starts_on,
                hours=HOURS,
                budget_units=BUDGET_A_WEEK,
                budget_period=Period.WEEK,
                order_limit=1,
            )
            self._program = counter.add_program(draft).id
        else:
            counter.settle_budgets()
        budget = counter.program_state(self._program).budget
        assert budget is not None
        self._left = budget.left

    def _give_away(self, item: int) -> None:
        """Give somebody a soup, unless the week's are gone."""
        if self._left <= self._spared:
            return
        stage = self._town.stage
        counter = stage.busy_counter()
        ask = GiveAway(action=stage.new_action(), item=item, program=self._program)
        self._left = counter.give_away(ask).waiting
        if self._town.chance.random() < TAKE_BACKS:
            stage.clock.move_to(stage.clock.now() + timedelta(seconds=12))
            counter.undo(Undo(action=stage.new_action(), undoes=ask.action))
            self._left += 1
