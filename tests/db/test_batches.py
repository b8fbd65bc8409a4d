"""Batches: what a partner took at one time, what of it came back, and which slip is which."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.batches import CAME_OF_BATCH, SLIPS_OF_PARTNER
from db.slips import LAST_LINE, SLIPS_BETWEEN
from payforward.core.errors import PayforwardError
from payforward.core.model import SlipState
from payforward.core.shop_settings import ShopSettings
from tests.db.held import Winter, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.program_answers import Batch
    from payforward.core.slip_answers import Issued
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


@pytest.fixture(autouse=True)
def _sound_after(counter: Counter) -> Iterator[None]:
    yield
    counter.assert_sound()
    for batch in counter.ledger.batches():
        assert_adds_up(counter, batch)


def assert_adds_up(counter: Counter, batch: Batch) -> None:
    """Fail unless a batch is what its slips say one by one."""
    assert batch.units == batch.used + batch.back + batch.expired + batch.refunded + batch.left
    first = {slip.slip: slip for slip in counter.ledger.slips_of_action(batch.action)}
    assert batch.slips == len(first)
    assert batch.left == sum(slip.left for slip in first.values())
    assert batch.slips_waiting == sum(slip.left > 0 for slip in first.values())
    assert batch.units == sum(slip.units for slip in first.values())
    assert [slip.number for slip in first.values()] == list(range(1, len(first) + 1))
    assert {slip.of for slip in first.values()} == {len(first)}
    assert min(first) == batch.batch


def came(counter: Counter, issued: Issued) -> tuple[int, ...]:
    """Return what of a batch was used, put back, expired, refunded, and is left."""
    batch = counter.ledger.batch(issued.slips[0].slip.slip)
    assert batch.action == issued.action
    return batch.used, batch.back, batch.expired, batch.refunded, batch.left


def scan(counter: Counter, issued: Issued, place: int, units: int = 1) -> str:
    """Redeem a slip of a batch and return the action."""
    code = issued.slips[place].code
    assert code is not None
    return counter.redeem_slip(code, units).action


# -- what came back ---------------------------------------------------------------------------


def test_ten_slips_six_used_four_taken_back(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    counter.give("Latte", 12)
    clock.forward(days=1)
    issued = counter.hand_out("Latte", 10, partner=winter.shelter)
    (batch,) = counter.ledger.batches()
    assert (batch.batch, batch.action) == (issued.slips[0].slip.slip, issued.action)
    assert (batch.partner, batch.item.name, batch.day) == ("Shelter", "Latte", date(2026, 11, 22))
    assert (batch.slips, batch.slips_waiting, batch.units, batch.left) == (10, 10, 10, 10)
    clock.forward(days=3)
    for place in (9, 0, 4, 5, 6, 2):
        scan(counter, issued, place)
    assert came(counter, issued) == (6, 0, 0, 0, 4)
    assert counter.ledger.batch(batch.batch).slips_waiting == 4
    waiting = [s for s in counter.ledger.slips_of_action(batch.action) if s.left]
    counter.take_back(*(slip.slip for slip in waiting))
    assert came(counter, issued) == (6, 4, 0, 0, 0)
    assert counter.waiting("Latte") == 6


def test_each_way_in_which_a_slip_ends_is_told_apart(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    counter.ledger.save_settings(ShopSettings(expiry_days=2))
    gift = counter.give("Latte", 2).gift
    counter.give("Latte", 10)
    issued = counter.hand_out("Latte", 6, 2, partner=winter.shelter)
    slips = [each.slip.slip for each in issued.slips]
    scan(counter, issued, 1, 2)
    undone = scan(counter, issued, 2, 2)
    assert came(counter, issued) == (4, 0, 0, 0, 8)
    counter.undo(undone, 1)
    assert came(counter, issued) == (3, 0, 0, 0, 9)
    counter.refund(gift)
    assert came(counter, issued) == (3, 0, 0, 2, 7)
    counter.replace(slips[3])
    assert came(counter, issued) == (3, 0, 0, 2, 7)
    back = counter.take_back(slips[3], slips[4])
    assert came(counter, issued) == (3, 4, 0, 2, 3)
    counter.undo(back.action, 1)
    assert came(counter, issued) == (3, 3, 0, 2, 4)
    clock.forward(days=3)
    counter.ledger.expire_due()
    assert came(counter, issued) == (3, 3, 4, 2, 0)
    assert counter.ledger.batch(slips[0]).slips_waiting == 0


def test_a_hand_out_taken_back_leaves_its_batch_empty(counter: Counter, winter: Winter) -> None:
    counter.give("Latte", 6)
    issued = counter.hand_out("Latte", 3, 2, partner=winter.shelter)
    used = scan(counter, issued, 0)
    counter.undo(issued.action, 3)
    assert came(counter, issued) == (1, 3, 0, 0, 2)
    counter.undo(used)
    assert came(counter, issued) == (0, 3, 0, 0, 3)
    again = counter.hand_out("Latte", 1, partner=winter.shelter)
    counter.undo(again.action)
    assert came(counter, again) == (0, 1, 0, 0, 0)


def test_money_on_slips_is_told_in_minor_units(counter: Counter, winter: Winter) -> None:
    for amount in (300, 500, 400):
        counter.give_money(amount)
    issued = counter.hand_out(None, 2, 500, partner=winter.school)
    code = issued.slips[0].code
    assert code is not None
    counter.redeem_slip(code, name="Latte")
    assert came(counter, issued) == (360, 0, 0, 0, 640)
    batch = counter.ledger.batch(issued.slips[0].slip.slip)
    assert (batch.item, batch.units, batch.slips) == (counter.ledger.fund(), 1000, 2)


def test_a_batch_adds_up_whatever_happens_to_its_slips(
    counter: Counter, winter: Winter, clock: FrozenClock, full: bool
) -> None:
    chance = random.Random(7)
    counter.ledger.save_settings(ShopSettings(expiry_days=3))
    done: list[str] = []
    for _ in range(1000 if full else 120):
        known = counter.ledger.slips(most=1000)
        some = chance.choice(known).slip if known else 0
        act = chance.randrange(9)
        try:
            if act in (0, 1) or not known:
                counter.give("Latte", chance.randint(1, 9), paid=chance.randint(9, 999))
                each = chance.randint(1, 3)
                partner = chance.choice([winter.shelter, winter.school])
                done.append(counter.hand_out("Latte", 2, each, partner=partner).action)
            elif act in (2, 3):
                code = counter.replace(some).slips[0].code
                assert code is not None
                done.append(counter.redeem_slip(code, chance.randint(1, 2)).action)
            elif act == 4:
                done.append(counter.take_back(some).action)
            elif act == 5:
                done.append(counter.refund(counter.ledger.slip(some).gifts[-1]).action)
            elif act in (6, 7):
                counter.undo(chance.choice(done), chance.choice([None, 1]))
            elif chance.random() < 0.4:
                clock.forward(days=1)
                counter.ledger.expire_due()
        except PayforwardError:
            continue
        for batch in counter.ledger.batches():
            assert_adds_up(counter, batch)
    totals = [sum(getattr(b, what) for b in counter.ledger.batches()) for what in _WAYS]
    assert all(totals), dict(zip(_WAYS, totals, strict=True))


_WAYS = ("used", "back", "expired", "refunded", "left")


# -- which there are --------------------------------------------------------------------------


def test_batches_are_listed_newest_first_by_partner(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    counter.give("Latte", 9)
    counter.give("Tea", 2)
    first = counter.hand_out("Latte", 2, partner=winter.shelter)
    second = counter.hand_out("Tea", 1, partner=winter.school)
    # Slips that nobody took along are no batch.
    counter.hand_out("Latte", 2)
    counter.make_slip(counter.give("Tea").gift)
    # The line that says that the clock stepped back is no slip.
    clock.forward(hours=-3)
    third = counter.hand_out("Latte", 2, partner=winter.shelter)
    ledger = counter.ledger
    assert [b.action for b in ledger.batches()] == [third.action, second.action, first.action]
    assert [b.action for b in ledger.batches(winter.shelter)] == [third.action, first.action]
    assert [b.action for b in ledger.batches(most=1)] == [third.action]
    assert ledger.batches(99) == ()
    ledger.rename_partner(winter.school, "Primary school")
    ledger.retire_partner(winter.school)
    assert ledger.batches(winter.school)[0].partner == "Primary school"


def test_numbers_that_no_batch_has(counter: Counter, winter: Winter) -> None:
    given = counter.give("Latte", 5)
    issued = counter.hand_out("Latte", 2, partner=winter.shelter)
    alone = counter.hand_out("Latte", 1)
    voucher = counter.give("Latte", voucher=True)
    for number in (
        given.gift,
        issued.slips[1].slip.slip,
        issued.slips[0].slip.slip - 1,
        alone.slips[0].slip.slip,
        voucher.gift,
        0,
        999,
    ):
        no = refused(counter, lambda: counter.ledger.batch(number))  # noqa: B023
        assert no.reason == "unknown-batch"


# -- which slip is which ----------------------------------------------------------------------


def test_slips_of_a_batch_are_numbered(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    counter.give("Latte", 2)
    counter.give("Latte", 7)
    clock.forward(hours=-2)
    issued = counter.hand_out("Latte", 3, 3, partner=winter.shelter)
    assert [(s.slip.number, s.slip.of) for s in issued.slips] == [(1, 3), (2, 3), (3, 3)]
    last = issued.slips[2].slip.slip
    new = counter.replace(last).slips[0]
    assert (new.slip.number, new.slip.of) == (3, 3)
    scan(counter, issued, 1, 3)
    used = counter.ledger.slip(issued.slips[1].slip.slip)
    assert (used.state, used.number, used.of) == (SlipState.USED, 2, 3)
    assert [s.number for s in counter.ledger.slips()] == [3, 2, 1]


def test_a_slip_by_itself_is_one_of_one(counter: Counter) -> None:
    given = counter.give("Latte", 2, voucher=True)
    made = counter.make_slip(counter.give("Tea", 3).gift, 2).slips[0].slip.slip
    for number in (given.gift, made):
        slip = counter.ledger.slip(number)
        assert (slip.number, slip.of) == (1, 1)


def test_batches_cost_no_more_than_their_own_slips(counter: Counter) -> None:
    """Each question is asked of an index that begins with what it knows."""
    parameters = {"shop": 1, "partner": 1, "first": 1, "last": 9, "action": ""}
    for statement, wanted in (
        (SLIPS_OF_PARTNER, "USING INDEX entry_batch (shop=? AND partner=?)"),
        (CAME_OF_BATCH, "USING INDEX entry_slip (shop=? AND slip>? AND slip<?)"),
        (SLIPS_BETWEEN, "USING INDEX entry_slips (shop=? AND no>? AND no<?)"),
        (LAST_LINE, "(shop=? AND action=?)"),
    ):
        rows = counter.ledger._file.read(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = " ".join(row["detail"] for row in rows)
        assert wanted in plan, plan
