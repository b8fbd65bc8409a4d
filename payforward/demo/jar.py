"""A jar on the counter: money for the shelter's beds, brought there every month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.asks import Deliver, Give
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from payforward.demo.days import count
from payforward.demo.people import some_words
from payforward.demo.town import SHELTER

if TYPE_CHECKING:
    from datetime import date

    from payforward.demo.days import Agenda
    from payforward.demo.town import Town

BEDS: Final = "Beds for the shelter"

_SINCE_DAYS: Final = 341
_GIFTS_A_DAY: Final = 0.3
_MONEY_MINOR: Final = ((50, 100, 200, 350, 500, 1_000), (3, 6, 5, 2, 4, 1))


class Jar:
    """Takes money in, and hands it over on the first open day of each month.

    Args:
        town: On whose counter it stands.
    """

    def __init__(self, town: Town) -> None:
        self._town = town
        self._begins = town.open_days(town.days_ago(_SINCE_DAYS), town.last)[0]
        self._month = self._begins.month
        self._fund_item = town.stage.counter().fund().id
        self._program = 0
        self._inside_minor = 0

    def plan(self, agenda: Agenda) -> None:
        """Plan what goes into the jar on a day, and whether it is emptied."""
        day = agenda.opening.day
        if day < self._begins:
            return
        if day == self._begins:
            agenda.add(self._begin, agenda.opening.start)
        if day.month != self._month:
            self._month = day.month
            agenda.add(self._hand_over, agenda.opening.start)
        for _ in range(self._gifts(day)):
            agenda.add(self._give)

    def _gifts(self, day: date) -> int:
        """Return how many give: somebody does on the last day, so that the jar is not empty."""
        usual = count(self._town.chance, _GIFTS_A_DAY)
        return max(usual, 1) if day == self._town.last else usual

    def _begin(self) -> None:
        counter = self._town.stage.counter()
        self._program = counter.add_program(Program(name=BEDS, kind=ProgramKind.CHARITY)).id
        self._town.partner(SHELTER)

    def _give(self) -> None:
        chance, stage = self._town.chance, self._town.stage
        giver, message = some_words(chance)
        (amount_minor,) = chance.choices(*_MONEY_MINOR)
        # It does not go through the till, so it has none of its receipts.
        ask = Give(
            action=stage.new_action(),
            item=self._fund_item,
            units=amount_minor,
            program=self._program,
            giver=giver,
            message=message,
        )
        self._inside_minor = stage.busy_counter().give(ask).waiting

    def _hand_over(self) -> None:
        if not self._inside_minor:
            return
        stage = self._town.stage
        ask = Deliver(
            action=stage.new_action(),
            program=self._program,
            partner=self._town.partner(SHELTER),
        )
        self._inside_minor = stage.busy_counter().deliver(ask).left
