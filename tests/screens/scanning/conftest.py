"""What a test of scans may ask for."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from db.ledger import Ledger
from payforward.app import PayforwardApp
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from screens.counter.entry_input import EntryInput
from screens.counter.screen import CounterScreen
from screens.desk import Station
from screens.scanning.watch import ScanWatch
from tests.screens.scanning.hands import Heard, type_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

    from payforward.core.codes import Code
    from payforward.core.model import Item
    from tests.conftest import FrozenClock


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Return what the app hears of scans, instead of its screens."""
    ears = Heard()

    def on_scan(app: ScanWatch[object], code: Code) -> None:
        ears.codes.append(code)

    def on_misread(app: ScanWatch[object]) -> None:
        ears.misread += 1

    for kind in (ScanWatch, PayforwardApp):
        monkeypatch.setattr(kind, "on_scan", on_scan)
        monkeypatch.setattr(kind, "on_misread", on_misread)
    return ears


@dataclass
class Till:
    """The real app, at its counter."""

    app: PayforwardApp
    pilot: Pilot[int]

    async def types(self, text: str, gap: float) -> None:
        """Type as hands do, and let it settle."""
        await type_at(self.app, text, gap)
        await self.pilot.pause(0.1)

    async def until(self, holds: Callable[[], bool], seconds: float = 10.0) -> bool:
        """Return whether something came to be true, and all else has settled."""
        end = time.monotonic() + seconds
        while not holds() and time.monotonic() < end:
            await self.pilot.pause(0.01)
        await self.pilot.pause()
        return holds()

    @property
    def screens(self) -> list[Screen[object]]:
        """The screens, the one on top last."""
        return list(self.app.screen_stack)

    @property
    def line(self) -> str:
        """What stands in the counter's input."""
        return self.app.screen.query_one(EntryInput).value


class AtTill(Protocol):
    """Opens the app at its counter."""

    def __call__(self) -> AbstractAsyncContextManager[Till]:
        """Return the running app."""
        ...


@pytest.fixture
def at_till(ledger_path: Path, menu: dict[str, Item], clock: FrozenClock) -> AtTill:
    """Return what opens the app at a counter where two flat whites wait."""
    with Ledger.open(ledger_path, till="till 2", clock=clock) as ledger:
        ledger.give(Give(action=new_action_id(), item=menu["Flat white"].id, units=2))

    @asynccontextmanager
    async def open_till() -> AsyncIterator[Till]:
        app = PayforwardApp(Station(ledger_path, "till 1", "Ana"), clock=clock)
        async with app.run_test() as pilot:
            till = Till(app, pilot)
            assert await till.until(lambda: isinstance(app.screen, CounterScreen))
            await pilot.pause()
            yield till

    return open_till
