"""A slip past its last day goes to the board, never to the shop; the default is never."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db import expiring
from payforward.core.errors import ClockJumped, Refused
from payforward.core.model import Kind, SlipState
from payforward.core.shop_settings import ShopSettings
from tests.db.counter import code_of, slip_refused

if TYPE_CHECKING:
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

TODAY = date(2026, 11, 21)


@pytest.fixture
def expiring_counter(counter: Counter) -> Counter:
    """Return a counter whose slips are good for three days after today."""
    counter.ledger.save_settings(ShopSettings(expiry_days=3))
    return counter


def test_without_an_expiry_a_slip_is_good_for_ever(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", voucher=True)
    assert counter.ledger.slip(given.gift).expires_on is None
    for _ in range(60):
        clock.forward(days=7)
        counter.give("Tea")
    assert counter.ledger.expire_due() == 0
    assert counter.redeem_slip(code_of(given)).units == 1


def test_a_slip_is_good_through_its_last_day(expiring_counter: Counter, clock: FrozenClock) -> None:
    counter = expiring_counter
    given = counter.give("Latte", 2, voucher=True)
    assert counter.ledger.slip(given.gift).expires_on == TODAY + timedelta(days=3)
    clock.forward(days=3)
    assert counter.ledger.expire_due() == 0
    assert counter.redeem_slip(code_of(given)).units == 1


def test_slips_of_every_making_expire(expiring_counter: Counter, clock: FrozenClock) -> None:
    counter = expiring_counter
    on_board = counter.give("Latte", 3)
    slips = [
        counter.give("Latte", voucher=True).gift,
        *(each.slip.slip for each in counter.hand_out("Latte", 2).slips),
        counter.make_slip(on_board.gift).slips[0].slip.slip,
    ]
    last = TODAY + timedelta(days=3)
    assert {counter.ledger.slip(slip).expires_on for slip in slips} == {last}
    clock.forward(days=4)
    assert counter.waiting("Latte") == 0
    assert counter.ledger.expire_due() == 4
    assert counter.waiting("Latte") == 4
    assert {slip.state for slip in counter.ledger.slips()} == {SlipState.EXPIRED}
    assert counter.ledger.expire_due() == 0
    counter.assert_sound()


def test_an_expired_slip_says_so_and_its_gift_is_on_the_board(
    expiring_counter: Counter, clock: FrozenClock
) -> None:
    counter = expiring_counter
    given = counter.give("Latte", 3, paid=1000, voucher=True, message="Enjoy")
    counter.redeem_slip(code_of(given))
    clock.forward(days=4)
    assert counter.ledger.slip(given.gift).state is SlipState.EXPIRED
    assert counter.ledger.slips(SlipState.WAITING) == ()
    assert counter.ledger.expire_due() == 1
    no = slip_refused(counter, lambda: counter.redeem_slip(code_of(given)))
    assert (no.reason, no.at, no.till) == ("slip-expired", clock.at, "till 1")
    assert no.message == "This slip has run out; its gift is on the board."
    served = counter.redeem("Latte", 2)
    assert [line.message for line in served.lines] == ["Enjoy", "Enjoy"]
    assert served.amount_minor == 667
    counter.assert_sound()


def test_a_scan_of_a_slip_past_its_day_puts_it_on_the_board(
    expiring_counter: Counter, clock: FrozenClock
) -> None:
    counter = expiring_counter
    given = counter.give("Latte", 2, voucher=True)
    clock.forward(days=4)
    for _ in range(2):
        with pytest.raises(Refused) as no:
            counter.redeem_slip(code_of(given))
        assert no.value.reason == "slip-expired"
        assert counter.waiting("Latte") == 2
    counter.assert_sound()


def test_a_slip_past_its_day_gets_no_new_code_but_can_be_put_back(
    expiring_counter: Counter, clock: FrozenClock
) -> None:
    counter = expiring_counter
    given = counter.give("Latte", 2, voucher=True)
    clock.forward(days=4)
    assert slip_refused(counter, lambda: counter.replace(given.gift)).reason == "slip-expired"
    counter.take_back(given.gift)
    assert counter.ledger.slip(given.gift).state is SlipState.WITHDRAWN
    assert counter.ledger.expire_due() == 0
    counter.assert_sound()


def test_what_comes_back_to_a_slip_past_its_day_expires_again(
    expiring_counter: Counter, clock: FrozenClock
) -> None:
    counter = expiring_counter
    given = counter.give("Latte", 2, voucher=True)
    clock.forward(days=4)
    refund = counter.refund(given.gift, 1)
    assert counter.ledger.expire_due() == 1
    counter.undo(refund.action)
    assert counter.waiting("Latte") == 1
    assert counter.ledger.expire_due() == 1
    assert counter.waiting("Latte") == 2
    counter.assert_sound()


def test_two_tills_that_see_the_same_let_it_expire_once(
    expiring_counter: Counter, clock: FrozenClock
) -> None:
    counter = expiring_counter
    given = counter.give("Latte", 2, voucher=True)
    clock.forward(days=4)
    with counter.another("bar", clock) as bar:
        mine = expiring.ask_for(counter.ledger._file, counter.ledger.shop, [given.gift])
        theirs = expiring.ask_for(bar.ledger._file, bar.ledger.shop, [given.gift])
        assert mine == theirs
        assert bar.ledger.expire_due() == 1
        # This till had looked before, and acts only now.
        assert counter.ledger._expire([given.gift]) == 0
    assert counter.waiting("Latte") == 2
    kinds = [view.kind for view in counter.ledger.entries()]
    assert kinds.count(Kind.EXPIRE) == 2
    counter.assert_sound()


def test_nothing_expires_while_the_clock_is_in_doubt(
    expiring_counter: Counter, clock: FrozenClock
) -> None:
    counter = expiring_counter
    given = counter.give("Latte", voucher=True)
    clock.forward(days=400)
    assert counter.ledger.expire_due() == 0
    with pytest.raises(ClockJumped):
        counter.redeem_slip(code_of(given))
    assert counter.ledger.slip(given.gift).left == 1
    counter.ledger.accept_clock()
    assert counter.ledger.expire_due() == 1


def test_an_expiry_cannot_be_taken_back(expiring_counter: Counter, clock: FrozenClock) -> None:
    counter = expiring_counter
    counter.give("Latte", voucher=True)
    clock.forward(days=4)
    counter.ledger.expire_due()
    (action,) = {view.entry.action for view in counter.ledger.entries()}
    with pytest.raises(Refused) as no:
        counter.undo(action)
    assert no.value.reason == "not-undoable"
    assert counter.ledger.latest_actions() == ()


def test_many_slips_expire_in_several_actions(
    expiring_counter: Counter, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = expiring_counter
    monkeypatch.setattr(expiring, "BATCH", 4)
    counter.give("Latte", 10)
    counter.hand_out("Latte", 10)
    clock.forward(days=4)
    assert counter.ledger.expire_due() == 10
    assert len({view.entry.action for view in counter.ledger.entries()}) == 3
    assert counter.waiting("Latte") == 10
    counter.assert_sound()


@pytest.mark.parametrize("value", ["", "soon", "1.5", "99999999999"])
def test_an_expiry_that_cannot_be_understood_is_none(counter: Counter, value: str) -> None:
    with counter.ledger._file.write_transaction() as database:
        database.execute(
            "INSERT INTO setting VALUES (?, 'expiry_days', ?)", [counter.ledger.shop.id, value]
        )
    given = counter.give("Latte", voucher=True)
    assert counter.ledger.slip(given.gift).expires_on is None
