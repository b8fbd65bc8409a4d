"""A throw-away ledger being written: its own clock, its tills and the people at them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Self

from db.connection import open_ledger_file
from db.ledger import Ledger
from payforward.core.clock import zone
from payforward.core.ids import new_action_id
from payforward.demo.people import TILLS, cashier_at

if TYPE_CHECKING:
    import random
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from db.connection import LedgerFile
    from db.peppers import RandomBytes


@dataclass
class StageClock:
    """A clock that is moved by hand, never back and never past ``latest``."""

    instant: datetime
    latest: datetime

    def now(self) -> datetime:
        """Return the instant it was last moved to."""
        return self.instant

    def move_to(self, instant: datetime) -> None:
        """Let time pass, unless it has."""
        self.instant = max(self.instant, min(instant, self.latest))


class Tills:
    """The tills of one shop, all writing to one throw-away file.

    Args:
        path: A ledger that was set up; nobody else has it open.
        clock: What time it is there.
        random_bytes: What codes are made of.
    """

    def __init__(
        self, path: Path, clock: StageClock, random_bytes: RandomBytes = secrets.token_bytes
    ) -> None:
        self.clock = clock
        self._path = path
        self._random_bytes = random_bytes
        self._files: dict[str, LedgerFile] = {}
        self._counters: dict[tuple[str, str | None], Ledger] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    def counter(self, till: str, cashier: str | None) -> Ledger:
        """Return the ledger as a till and its cashier have it open."""
        if till not in self._files:
            self._files[till] = open_ledger_file(self._path, durable=False)
        key = (till, cashier)
        if key not in self._counters:
            self._counters[key] = Ledger(
                self._files[till],
                till=till,
                cashier=cashier,
                clock=self.clock,
                random_bytes=self._random_bytes,
            )
        return self._counters[key]


class Stage:
    """The people at the tills.

    Args:
        tills: Where they stand.
        chance: Who stands where, and where action ids come from, so that the same chance
            writes the same ledger.
    """

    def __init__(self, tills: Tills, chance: random.Random) -> None:
        self.clock = tills.clock
        self._tills = tills
        self._chance = chance

    def beside(self, chance: random.Random) -> Stage:
        """Return the same tills with another chance: what it does leaves this one's as it is."""
        return Stage(self._tills, chance)

    def counter(self, till: str = TILLS[0], cashier: str | None = None) -> Ledger:
        """Return the ledger as a till and its cashier have it open."""
        return self._tills.counter(till, cashier)

    def busy_counter(self) -> Ledger:
        """Return the counter that whoever comes now is served at."""
        local = self.clock.now().astimezone(zone(self.counter().shop.timezone))
        # The second till is open at lunch and on Fridays and Saturdays.
        second = 12 <= local.hour < 15 or local.weekday() in {4, 5}
        till = TILLS[1] if second and self._chance.random() < 0.4 else TILLS[0]
        return self.counter(till, cashier_at(local.weekday(), local.hour, till))

    def new_action(self) -> str:
        """Return an action's id that names the present instant."""
        return new_action_id(
            unix_ms=round(self.clock.now().astimezone(UTC).timestamp() * 1000),
            random_80=self._chance.getrandbits(80),
        )
