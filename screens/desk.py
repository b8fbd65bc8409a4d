"""The screens' way to the ledger and to paper: threads of their own, so that nothing freezes.

A printer may take seconds to say that it is off. So it has a thread and an open ledger besides
those of the counter: no gift ever waits for paper.
"""

from __future__ import annotations

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from db.ledger import Ledger
from payforward.core.clock import Clock, SystemClock
from payforward.core.currencies import Currency, currency, write_as
from payforward.core.errors import Refused
from payforward.core.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from payforward.core.model import Shop
    from payforward.core.people import Cashier
    from payforward.core.shop_settings import ShopSettings
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
        who: Who is at the counter, or says so with a PIN that is still to be proven; or why
            whoever it is opened for is not named.
    """

    agreed_until = -math.inf
    """Until when the owner's passphrase is asked for no more at this till; by `time.monotonic`."""

    is_asking_owner = False
    """Whether it is being asked for."""

    def __init__(
        self,
        ledger: Ledger,
        executor: ThreadPoolExecutor,
        clock: Clock,
        *,
        practising: bool = False,
        who: Cashier | Refused | None = None,
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
        self.refused = who.message if isinstance(who, Refused) else ""
        said = None if isinstance(who, Refused) else who
        is_proven = said is None or not said.has_pin
        self._who = said if is_proven else None
        self.unproven = None if is_proven else said

    @classmethod
    async def open(cls, station: Station, clock: Clock | None = None) -> Desk:
        """Open a station's ledger in a thread of its own.

        Raises:
            LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
            BadInput: a till or cashier whose name is none.
        """
        clock = clock or SystemClock()
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        opening = partial(_open, station, clock)
        try:
            ledger, who = await asyncio.get_running_loop().run_in_executor(executor, opening)
        except BaseException:
            executor.shutdown(wait=False)
            raise
        return cls(ledger, executor, clock, practising=station.practising, who=who)

    async def run(self, ask: Callable[[Ledger], T]) -> T:
        """Return what ``ask`` answers of the ledger, without holding up the screen.

        Raises:
            PayforwardError: whatever the ledger refuses.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, ask, self._ledger)

    async def sign_in(self, name: str | None, pin: str | None = None) -> Cashier | None:
        """Let somebody be at the counter from now on; None lets nobody be named.

        Raises:
            PayforwardError: the ledger refuses.
        """
        found = await self.run(lambda ledger: ledger.sign_in(name, pin))
        self._who, self.unproven, self.agreed_until = found, None, -math.inf
        self.cashier = None if found is None else found.name
        # After what is printing now; nobody waits for that.
        self._press_executor.submit(self._press_as, found)
        return found

    async def renamed(self, who: Cashier) -> None:
        """Know whoever is here by another name; they have proven who they are."""
        await self.run(lambda ledger: ledger.act_as(who))
        self._who, self.cashier = who, who.name
        self._press_executor.submit(self._press_as, who)

    def _press_as(self, who: Cashier | None) -> None:
        if self._press_ledger is not None:
            self._press_ledger.act_as(who)

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
            self._press_ledger = Ledger.open(self.path, till=self.till, clock=self.clock)
            self._press_ledger.act_as(self._who)
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

    def write_money_as(self, decided: ShopSettings) -> None:
        """Write money as the shop has decided, from now on; practice looks as the shop does."""
        if not self.practising:
            write_as(self.shop.currency, decided.money_style)
            self.money_currency = currency(self.shop.currency)


def _open(station: Station, clock: Clock) -> tuple[Ledger, Cashier | Refused | None]:
    """Open a station's ledger; whoever has no PIN is at the counter by saying so.

    The queue waits for nobody's name: who left, or is not known, is only not named.
    """
    ledger = Ledger.open(station.path, till=station.till, clock=clock)
    try:
        if not station.practising:
            write_as(ledger.shop.currency, ledger.settings().money_style)
        if station.cashier is None:
            return ledger, None
        who = ledger.who_is(station.cashier)
    except Refused as error:
        return ledger, error
    except BaseException:
        ledger.close()
        raise
    if not who.has_pin:
        ledger.act_as(who)
    return ledger, who
