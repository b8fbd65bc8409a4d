"""What all that happens around the café's own counter shares: its tills, its days, its partners."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from datetime import date, datetime

    from payforward.demo.days import Opening
    from payforward.demo.stage import Stage

SHELTER: Final = "Night shelter"
FOOD_BANK: Final = "Food bank"
CAFE: Final = "Bar Centrale"

_TIDYING: Final = timedelta(minutes=5)


class Town:
    """The café, and whoever receives what it does not serve itself.

    Args:
        stage: The café's tills.
        chance: Who comes and what they bring.
        openings: The days of the year, the last one partly over.
    """

    def __init__(self, stage: Stage, chance: random.Random, openings: Sequence[Opening]) -> None:
        self.stage = stage
        self.chance = chance
        self.days = [opening.day for opening in openings]
        self._partners: dict[str, int] = {}

    @property
    def first(self) -> date:
        """The year's first day."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The year's last day."""
        return self.days[-1]

    def days_ago(self, days: int) -> date:
        """Return the day that is so long before the last one, open or not."""
        return self.last - timedelta(days=days)

    def open_days(self, first: date, last: date) -> list[date]:
        """Return the days on which the café is open, from one to another."""
        return [day for day in self.days if first <= day <= last]

    def partner(self, name: str) -> int:
        """Return a partner's number; the café gets to know it by being asked for it."""
        if name not in self._partners:
            self._partners[name] = self.stage.counter().add_partner(name).id
        return self._partners[name]


def after_closing(opening: Opening) -> datetime:
    """Return an instant at which nobody is served any more; not to be had on the last day."""
    return opening.end + _TIDYING
