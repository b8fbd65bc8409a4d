"""What slips cost is the same in an old ledger: SQLite's own steps are counted, not seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.db.counter import Counter, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

SLIPS_BEFORE = 1_000
"""Slips that the pool has seen, each handed out and put back."""

EVERY = 20


def _steps(counter: Counter, act: Callable[[], object]) -> int:
    """Return about how many steps SQLite takes for an act."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += EVERY
        return 0

    connection = counter.ledger._file.connection
    connection.set_progress_handler(step, EVERY)
    try:
        act()
    finally:
        connection.set_progress_handler(None, EVERY)
    return steps


def _grow_old(counter: Counter) -> None:
    """Give the pool a history of which nothing waits any more."""
    counter.give("Latte", SLIPS_BEFORE)
    issued = counter.hand_out("Latte", SLIPS_BEFORE)
    counter.take_back(*(each.slip.slip for each in issued.slips))
    counter.redeem("Latte", SLIPS_BEFORE)


def _hand_out(counter: Counter) -> Callable[[], object]:
    counter.give("Latte")
    return lambda: counter.hand_out("Latte")


def _make_slip(counter: Counter) -> Callable[[], object]:
    gift = counter.give("Latte").gift
    return lambda: counter.make_slip(gift)


def _give(counter: Counter) -> Callable[[], object]:
    return lambda: counter.give("Latte", voucher=True)


def _redeem(counter: Counter) -> Callable[[], object]:
    code = code_of(counter.give("Latte", voucher=True))
    return lambda: counter.redeem_slip(code)


def _replace(counter: Counter) -> Callable[[], object]:
    slip = counter.give("Latte", voucher=True).slip
    assert slip is not None
    return lambda: counter.replace(slip)


def _take_back(counter: Counter) -> Callable[[], object]:
    slip = counter.give("Latte", voucher=True).slip
    assert slip is not None
    return lambda: counter.take_back(slip)


def _look_up(counter: Counter) -> Callable[[], object]:
    code = code_of(counter.give("Latte", voucher=True))
    return lambda: counter.ledger.look_up(code)


@pytest.mark.parametrize(
    "ready", [_hand_out, _make_slip, _give, _redeem, _replace, _take_back, _look_up]
)
def test_an_act_takes_no_more_steps_in_an_old_ledger(
    counter: Counter, ready: Callable[[Counter], Callable[[], object]]
) -> None:
    # The first of each makes the pepper, and has SQLite read the schema.
    ready(counter)()
    young = _steps(counter, ready(counter))
    _grow_old(counter)
    assert young > 0
    assert _steps(counter, ready(counter)) < 1.3 * young
