"""The highlighted row, while a scanner types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.counter.test_slips import slip_of
from tests.screens.scanning.hands import type_at

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.screens.counter.conftest import AtCounter


@pytest.mark.parametrize("gap", [0, 0.005], ids=["lump", "5ms"])
async def test_a_scan_moves_no_highlight(
    gap: float, at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Cappuccino")
    async with at_counter() as at:
        await at.keys(*["down"] * 9)
        assert at.row("Community fund").startswith("▌")
        await type_at(at.app, f"LUNAS BAR GIFT {code.letters}\r", gap)
        assert await at.until(lambda: at.sees("✓ 1 Cappuccino."), 5)
        await at.settle()
        assert at.row("Community fund").startswith("▌")
        assert at.line == ""
