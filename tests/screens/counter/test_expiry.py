"""What is left on a slip that ran out goes to the board, without anybody's doing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from payforward.core.shop_settings import ShopSettings
from screens.counter import board_screen
from tests.screens.counter.test_slips import slip_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter


def keep_the_day(ledger: Ledger) -> None:
    """Let something happen today."""
    ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=100))


async def test_a_slip_runs_out_while_the_counter_stands_open(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    other_till.save_settings(ShopSettings(expiry_days=2))
    slip, _ = slip_of(other_till, "Latte", 3)
    async with at_counter() as at:
        clock.forward(days=2)
        assert await at.until(lambda: "Mon" in at.lines()[0], 10)
        assert other_till.slip(slip).state is SlipState.WAITING
        # Longer than any weekend.
        clock.forward(days=3)
        assert await at.until(lambda: other_till.slip(slip).state is SlipState.EXPIRED, 10)
        # The clock may be ahead: as long as nobody acts, no entry moves the ledger's day.
        await at.pilot.pause(2 * board_screen.POLL_SECONDS)
        assert other_till.slip(slip).left
        await at.keys("plus", "f", "enter")
        assert await at.until(lambda: not other_till.slip(slip).left, 10)
        assert await at.until(lambda: " 3 " in at.row("Latte"), 10)
    assert other_till.verify().sound


async def test_a_slip_runs_out_once_a_far_date_is_accepted(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    other_till.save_settings(ShopSettings(expiry_days=2))
    slip, _ = slip_of(other_till, "Latte", 3)
    async with at_counter() as at:
        clock.forward(days=20)
        assert await at.until(lambda: "Fri" in at.lines()[0], 10)
        await at.pilot.pause(2 * board_screen.POLL_SECONDS)
        assert other_till.slip(slip).left
        await at.keys("plus", "c", "enter")
        assert at.sees("Is today 2026-12-11?"), "\n".join(at.lines())
        await at.keys("left", "enter")
        assert await at.until(lambda: not other_till.slip(slip).left, 10)
        assert await at.until(lambda: " 3 " in at.row("Latte"), 10)
    assert other_till.verify().sound


async def test_a_slip_that_could_not_run_out_is_tried_again(
    at_counter: AtCounter,
    other_till: Ledger,
    clock: FrozenClock,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(board_screen, "SWEEP_SECONDS", 0.5)
    other_till.save_settings(ShopSettings(expiry_days=1))
    slip, _ = slip_of(other_till, "Latte", 3)
    clock.forward(days=1)
    keep_the_day(other_till)
    async with at_counter() as at:
        await at.screen.desk.run(lambda ledger: ledger._file.read("PRAGMA busy_timeout = 1"))
        with closing(sqlite3.connect(shop, isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            clock.forward(days=1)
            assert await at.until(lambda: at.sees("nothing was changed"), 10), "\n".join(at.lines())
            assert other_till.slip(slip).left
            file.execute("ROLLBACK")
        assert await at.until(lambda: not other_till.slip(slip).left, 10)
    assert other_till.verify().sound
