"""After the close of a day the counter says on which day things count, until that day is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.closing import TillSays

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter

LATER = "What is done now counts on Sunday 22 November."


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_counter_says_on_which_day_things_count(
    size: tuple[int, int], at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    async with at_counter(size) as at:
        assert not at.sees("counts on")
        other_till.close_day(says=TillSays())
        assert await at.until(lambda: at.sees(LATER), 5)
        assert at.sees("Sat 17:40, counts on Sun")
        await at.keys("f", "l", "enter")
        assert await at.until(lambda: at.sees("here just now"), 5)
        assert at.sees("Sat 17:40, counts on Sun")
        clock.forward(days=1)
        assert await at.until(lambda: not at.sees("counts on"), 5)
