"""All of the café's programs beside its customers' gifts, and what was asked for in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from payforward.core.asks import NoteAsked
from payforward.demo.days import Agenda, count
from payforward.demo.drives import coats, tins
from payforward.demo.house import House
from payforward.demo.jar import Jar
from payforward.demo.neighbours import Neighbours
from payforward.demo.town import Town

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from payforward.demo.counting import Shelf
    from payforward.demo.days import Opening
    from payforward.demo.stage import Stage

_ASKS_A_DAY: Final = 0.25
_RUNS_OUT_SOONER: Final = 4
_QUIET: Final = timedelta(minutes=15)


class Part(Protocol):
    """Something that happens on many days."""

    def plan(self, agenda: Agenda) -> None:
        """Plan what happens of it on a day."""
        ...


class InVain:
    """Notes what is asked for while none waits, by whoever wants nothing else.

    Args:
        town: Where they ask.
        shelves: What waits of each dish.
    """

    def __init__(self, town: Town, shelves: Sequence[Shelf]) -> None:
        self._town = town
        self._shelves = shelves

    def plan(self, agenda: Agenda) -> None:
        """Plan who asks on a day."""
        for _ in range(count(self._town.chance, _ASKS_A_DAY * agenda.opening.part)):
            agenda.add(self._note)

    def _note(self) -> None:
        missing = [s for s in self._shelves if not s.waiting and not s.retired]
        if not missing:
            return
        stage = self._town.stage
        wanted = [
            each.dish.liked * (_RUNS_OUT_SOONER if each.dish.waits_days is None else 1)
            for each in missing
        ]
        (shelf,) = self._town.chance.choices(missing, wanted)
        stage.busy_counter().note_asked(NoteAsked(action=stage.new_action(), item=shelf.item))


class Programs:
    """Lives what happens beside the gifts, without touching what waits on the board.

    Args:
        stage: The café's tills, with a chance of their own.
        chance: The same chance, or another that is not the gifts' either.
        openings: The days of the year.
        shelves: What waits of each dish, as customers' gifts have it.
    """

    def __init__(
        self,
        stage: Stage,
        chance: random.Random,
        openings: Sequence[Opening],
        shelves: Sequence[Shelf],
    ) -> None:
        self._town = Town(stage, chance, openings)
        by_name = {shelf.dish.name: shelf for shelf in shelves}
        self._parts: tuple[Part, ...] = (
            Jar(self._town),
            coats(self._town),
            House(self._town),
            Neighbours(self._town, by_name),
            tins(self._town),
            InVain(self._town, shelves),
        )

    def agenda(self, opening: Opening) -> list[tuple[datetime, Callable[[], object]]]:
        """Return what happens on a day, in order; the last thing of the year is a gift."""
        if opening.day == self._town.last:
            opening = replace(opening, end=max(opening.start, opening.end - _QUIET))
        agenda = Agenda(opening, self._town.chance)
        for part in self._parts:
            part.plan(agenda)
        return agenda.in_order()
