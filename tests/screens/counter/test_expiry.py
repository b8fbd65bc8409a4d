"""What is left on a slip that ran out goes to the board, without anybody's doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.model import SlipState
from payforward.core.shop_settings import ShopSettings
from tests.screens.counter.test_slips import slip_of

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter


async def test_a_slip_runs_out_while_the_counter_stands_open(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    other_till.save_settings(ShopSettings(expiry_days=2))
    slip, _ = slip_of(other_till, "Latte", 3)
    async with at_counter() as at:
        clock.forward(days=2)
        assert await at.until(lambda: "Mon" in at.lines()[0], 10)
        assert other_till.slip(slip).state is SlipState.WAITING
        clock.forward(days=1)
        assert await at.until(lambda: other_till.slip(slip).state is SlipState.EXPIRED, 10)
        assert await at.until(lambda: " 3 " in at.row("Latte"), 10)
    assert other_till.verify().sound
