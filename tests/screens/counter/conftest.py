"""A small shop with things waiting, and the real app at its counter."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest
from textual.worker import WorkerCancelled

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.app import PayforwardApp
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from screens.counter.entry_input import EntryInput
from screens.counter.screen import CounterScreen
from screens.desk import Station

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from payforward.core.clock import Clock

MENU = (
    ("Flat white", 350, "Coffee"),
    ("Cappuccino", 320, "Coffee"),
    ("Latte", 360, "Coffee"),
    ("Soup of the day", 600, "Food"),
    ("Sandwich", 550, None),
)


@dataclass
class At:
    """A running app, told in the words of whoever stands at the counter."""

    app: PayforwardApp
    pilot: Pilot[int]

    async def keys(self, *keys: str) -> int:
        """Press keys one by one as hands do, let everything settle, and return how many."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()
        return len(keys)

    async def types(self, line: str) -> None:
        """Type a line by keys, after Escape has cleared what stood there."""
        names = {"+": "plus", "-": "minus", " ": "space", "/": "slash", ".": "full_stop"}
        await self.keys("escape", *(names.get(each, each) for each in line))

    async def settle(self) -> None:
        """Wait until nothing is under way between screen and ledger, and no key is held back."""
        while self.app.holds_key or getattr(self.app.screen, "holds_key", False):
            await self.pilot.pause(0.01)
        for worker in list(self.app.workers):
            if worker.group in ("offers", "acts"):
                # A newer question replaces an older one.
                with suppress(WorkerCancelled):
                    await worker.wait()
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Return whether something came to be true within so many seconds."""
        for _ in range(int(seconds * 50)):
            if true():
                # A screen that came to be there has its widgets only then.
                await self.pilot.pause(0)
                return True
            await self.pilot.pause(0.02)
        return true()

    @property
    def screen(self) -> CounterScreen:
        """The counter."""
        assert isinstance(self.app.screen, CounterScreen)
        return self.app.screen

    @property
    def modal(self) -> bool:
        """Whether a dialog is over the counter."""
        return self.app.screen.is_modal

    @property
    def line(self) -> str:
        """What stands in the input."""
        return self.screen.query_one(EntryInput).value

    def lines(self) -> list[str]:
        """Return what the terminal shows, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def sees(self, words: str) -> bool:
        """Return whether the terminal shows these words in one row."""
        return any(words in line for line in self.lines())

    def row(self, name: str) -> str:
        """Return the menu row of an item, blanks folded."""
        rows = [line for line in self.lines()[:-5] if f" {name} " in line]
        assert len(rows) == 1, (name, self.lines())
        return " ".join(rows[0].split())


class AtCounter(Protocol):
    """Opens the app at the counter."""

    def __call__(self, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[At]:
        """Return the running app, at a terminal of this size."""
        ...


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Path:
    """Return a ledger: 3 flat whites, 1 cappuccino and 2 soups wait, no latte; €20 in the fund."""
    path = tmp_path / "counter.db"
    create_ledger(path, shop="Rosa's Café", currency="EUR", timezone="UTC", clock=clock)
    with Ledger.open(path, till="till 2", clock=clock) as ledger:
        items = [ledger.add_item(name, price, category=group) for name, price, group in MENU]
        for item, units in zip(items, (3, 1, 0, 2, 0), strict=True):
            if units:
                ledger.give(Give(action=new_action_id(), item=item.id, units=units))
        ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=2000))
    return path


@pytest.fixture
def other_till(shop: Path, clock: Clock) -> Iterator[Ledger]:
    """Return the same ledger as another till has it open."""
    with Ledger.open(shop, till="till 2", clock=clock) as ledger:
        yield ledger


@pytest.fixture
def at_counter(shop: Path, clock: Clock) -> AtCounter:
    """Return what opens the counter of that shop as Ana at till 1."""

    @asynccontextmanager
    async def open_counter(size: tuple[int, int] = (80, 24)) -> AsyncIterator[At]:
        app = PayforwardApp(Station(shop, "till 1", "Ana"), clock=clock)
        async with app.run_test(size=size) as pilot:
            at = At(app, pilot)
            assert await at.until(lambda: isinstance(app.screen, CounterScreen), 5)
            assert await at.until(lambda: at.sees("Community fund"), 5)
            yield at

    return open_counter
