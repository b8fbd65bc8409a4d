"""The screens' way to the ledger and to paper: threads of their own, so that nothing freezes.

A printer may take seconds to say that it is off. So it has a thread and an open ledger besides
those of the counter: no gift ever waits for paper.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from db.ledger import Ledger
from payforward.core.clock import Clock, SystemClock
from payforward.core.currencies import Currency, currency
from payforward.core.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from payforward.core.model import Shop
    from payforward.output.press import Press

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Station:
    """Where this terminal stands: its ledger, its name, who is at it."""

    path: Path
    till: str = "till 1"
    cashier: str | None = None
    practising: bool = False
    """Whether it is a throw-away ledger that the shop practises on."""


class Desk:
    """One open ledger for the screens.

    Ask it with `run`; only the desk's own thread touches the ledger, and questions are answered
    in the order in which they were asked. ``shop``, ``money_currency`` and ``clock`` may be
    read from anywhere.

    Args:
        ledger: The open ledger; the desk closes it.
        clock: What time it is.
        practising: Whether it is a throw-away ledger that the shop practises on.
    """

    def __init__(
        self,
        ledger: Ledger,
        executor: ThreadPoolExecutor,
        clock: Clock,
        *,
        practising: bool = False,
    ) -> None:
        self._ledger = ledger
        self._executor = executor
        self._press: Press | None = None
        self._press_ledger: Ledger | None = None
        self._press_executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        self.clock = clock
        self.practising = practising
        self.shop: Shop = ledger.shop
        self.money_currency: Currency = currency(ledger.shop.currency)
        self.till = ledger.till
        self.cashier = ledger.cashier
        self.path = ledger.path

    @classmethod
    async def open(cls, station: Station, clock: Clock | None = None) -> Desk:
        """Open a station's ledger in a thread of its own.

        Raises:
            LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
            BadInput: a till or cashier whose name is none.
        """
        clock = clock or SystemClock()
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        opening = partial(
            Ledger.open, station.path, till=station.till, cashier=station.cashier, clock=clock
        )
        try:
            ledger = await asyncio.get_running_loop().run_in_executor(executor, opening)
        except BaseException:
            executor.shutdown(wait=False)
            raise
        return cls(ledger, executor, clock, practising=station.practising)

    async def run(self, ask: Callable[[Ledger], T]) -> T:
        """Return what ``ask`` answers of the ledger, without holding up the screen.

        Raises:
            PayforwardError: whatever the ledger refuses.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, ask, self._ledger)

    async def on_press(self, do: Callable[[Press], T]) -> T:
        """Return what ``do`` answers of the press, in the press's own thread.

        Raises:
            PayforwardError: whatever the ledger or a printer refuses.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._press_executor, self._with_press, do)

    def _with_press(self, do: Callable[[Press], T]) -> T:
        """Open the press's ledger where that has not been done; in the press's thread."""
        from payforward.output.press import Press  # noqa: PLC0415 - only paper pays for it

        if self._press is None:
            self._press_ledger = Ledger.open(
                self.path, till=self.till, cashier=self.cashier, clock=self.clock
            )
            self._press = Press(self._press_ledger, clock=self.clock)
        return do(self._press)

    def _close_press(self) -> None:
        if self._press_ledger is not None:
            self._press_ledger.close()

    async def close(self) -> None:
        """Close the ledger once everything asked before is answered, and printed."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._press_executor, self._close_press)
        self._press_executor.shutdown(wait=False)
        await loop.run_in_executor(self._executor, self._ledger.close)
        self._executor.shutdown(wait=False)

    def money(self, minor: int) -> str:
        """Return an amount as people read it."""
        return Money(minor, self.money_currency).format()
