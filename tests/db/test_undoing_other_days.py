"""What was done on another day is taken back by the owner: it counts today, and that day stays."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.requests import request_digest
from payforward.core.asks import GiveAway, Undo
from payforward.core.closing import TillSays
from payforward.core.errors import OtherDay, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, ProgramKind, Tender
from payforward.core.programs import Period, Program
from payforward.core.shop_settings import ShopSettings
from tests.db.counter import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.closing import Taken
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter
    from tests.db.held import Winter

FIRST, NEXT = date(2026, 11, 21), date(2026, 11, 22)


def _no(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def _cash(counter: Counter, day: date) -> Taken:
    (cash,) = (t for t in counter.ledger.day_report(day).taken if t.tender is Tender.CASH)
    return cash


def _give_away(counter: Counter, house: Program, units: int = 1) -> str:
    ask = GiveAway(
        action=new_action_id(), item=counter.item("Tea").id, program=house.id, units=units
    )
    return counter.ledger.give_away(ask).action


def test_only_who_says_so_takes_it_back(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 2)
    clock.forward(days=1)
    before = counter.facts()
    refused = _no(lambda: counter.undo(given.action))
    assert isinstance(refused, OtherDay)
    assert refused.message == (
        "That was on 21 Nov 2026, and that day is over: the owner can take it back in Entries, or "
        "what still waits of the gift can be refunded."
    )
    assert counter.facts() == before
    undone = counter.undo(given.action, other_day=True)
    assert (undone.units, undone.done_on, undone.day) == (2, FIRST, NEXT)
    assert _no(lambda: counter.undo(given.action, other_day=True)).reason == "already-undone"
    counter.assert_sound()


def test_who_cannot_take_it_back_is_not_told_so(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte")
    counter.redeem("Latte")
    clock.forward(days=1)
    assert _no(lambda: counter.undo(given.action)).message == (
        "That was on 21 Nov 2026, and that day is over: what still waits of the gift can be "
        "refunded."
    )
    assert _no(lambda: counter.undo(given.action, other_day=True)).reason == "enjoyed"
    assert _no(lambda: counter.ledger.past_action(given.action)).reason == "enjoyed"


def test_an_ask_of_before_is_hashed_as_it_was() -> None:
    """A retry of what an older program wrote is known; one that asks for more is another."""
    ask = Undo(action=new_action_id(), undoes="0191", units=2)
    text = json.dumps(["Undo", {"undoes": "0191", "units": 2}], sort_keys=True)
    assert request_digest(ask) == hashlib.sha256(text.encode()).digest()
    assert request_digest(replace(ask, of_other_day=True)) != request_digest(ask)


def test_a_closed_day_keeps_its_numbers(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 2)
    served = counter.redeem("Latte")
    counter.give_money(1000, tender=Tender.CARD)
    counter.ledger.close_day(None, TillSays(minor={Tender.CASH: 720}))
    day, month = counter.ledger.day_report(FIRST), counter.ledger.month(FIRST)
    clock.forward(days=1)
    counter.undo(served.action, other_day=True)
    counter.undo(given.action, other_day=True)
    later = counter.ledger.day_report(FIRST)
    assert (later.taken, later.closed, later.counters) == (day.taken, day.closed, day.counters)
    assert _cash(counter, NEXT).net_minor == -720
    assert counter.ledger.liability(FIRST).amount_minor == 1360
    assert counter.ledger.liability(NEXT).amount_minor == 1000
    assert counter.ledger.month(FIRST).totals.opening == month.totals.opening
    counter.assert_sound()


def test_a_month_may_see_more_taken_back_than_done(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte", 4)
    served = counter.redeem("Latte", 3)
    counter.ledger.set_price(counter.item("Latte").id, 400)
    dear = counter.redeem("Latte")
    before = counter.ledger.owners_month(FIRST)
    for _ in range(2):
        clock.forward(days=6)
        counter.give("Tea")
    clock.forward(hours=2)
    counter.undo(served.action, 2, other_day=True)
    counter.undo(dear.action, other_day=True)
    december = counter.ledger.owners_month(counter.ledger.today())
    redeemed = december.report.totals.redeemed
    assert (redeemed.units, redeemed.amount_minor) == (-3, -1080)
    assert december.report.contribution.rises_minor == -40
    assert december.report.totals.is_balanced
    assert december.median_wait_days is None
    after = counter.ledger.owners_month(FIRST)
    assert [each.redeemed for each in after.days] == [each.redeemed for each in before.days]
    assert after.median_wait_days == before.median_wait_days == 0
    # It counts against the hour at which it had been served.
    assert {hour: served for hour, served in enumerate(december.served_at) if served} == {17: -3}
    # Nobody asks for less than nothing, and what waits is as old as its gift.
    assert counter.ledger.ages()[0].oldest_day == FIRST
    counter.assert_sound()


def test_the_median_forgets_what_was_no_cup(counter: Counter, clock: FrozenClock) -> None:
    """What is taken back counts against the wait that it had, not one that nobody had."""
    counter.give("Latte", 5)
    clock.forward(days=1)
    served = counter.redeem("Latte", 3)
    clock.forward(days=2)
    counter.redeem("Latte", 2)
    clock.forward(days=2)
    assert counter.ledger.owners_month(FIRST).median_wait_days == 1
    counter.undo(served.action, 2, other_day=True)
    assert counter.ledger.owners_month(FIRST).median_wait_days == 3


def test_the_pace_forgets_no_more_than_it_counted(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte", 9)
    old = counter.redeem("Latte", 5)
    for _ in range(3):
        clock.forward(days=7)
        counter.redeem("Latte")
    clock.forward(days=7)
    served = counter.redeem("Latte")
    counter.undo(old.action, other_day=True)
    (latte,) = counter.ledger.lives()
    assert (latte.waiting, latte.served) == (5, 4)
    clock.forward(days=1)
    counter.undo(served.action, other_day=True)
    (latte,) = counter.ledger.lives()
    assert (latte.waiting, latte.served) == (6, 3)


def test_a_slip_that_ran_out_meanwhile_goes_to_the_board(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.ledger.save_settings(ShopSettings(expiry_days=2))
    given = counter.give("Latte", 2, voucher=True)
    served = counter.redeem_slip(code_of(given))
    clock.forward(days=4)
    assert counter.ledger.expire_due() == 1
    assert counter.undo(served.action, other_day=True).slip == given.slip
    assert (counter.ledger.expire_due(), counter.waiting("Latte")) == (0, 2)
    # It is not where it was put any more.
    assert _no(lambda: counter.undo(given.action, other_day=True)).reason == "moved"
    counter.assert_sound()


def test_nothing_goes_back_on_paper_that_ran_out(counter: Counter, clock: FrozenClock) -> None:
    counter.ledger.save_settings(ShopSettings(expiry_days=2))
    slip = counter.give("Latte", 2, voucher=True).slip
    assert slip is not None
    taken = counter.take_back(slip)
    clock.forward(days=2)
    assert "can take it back in Entries" in _no(lambda: counter.undo(taken.action)).message
    clock.forward(days=1)
    assert "can take it back in Entries" not in _no(lambda: counter.undo(taken.action)).message
    refused = _no(lambda: counter.undo(taken.action, other_day=True))
    assert (refused.reason, refused.message) == (
        "slip-expired",
        "That slip has run out since, so what was on it stays on the board.",
    )
    counter.assert_sound()


def test_a_budget_that_is_over_gets_nothing_back(counter: Counter, clock: FrozenClock) -> None:
    house = counter.ledger.add_program(
        Program(name="House", kind=ProgramKind.GIVEAWAY, budget_units=5, budget_period=Period.WEEK)
    )
    saturday = _give_away(counter, house, 2)
    clock.forward(days=1)
    # Its week lasts until Sunday.
    counter.undo(saturday, 1, other_day=True)
    (state,) = counter.ledger.program_states()[-1:]
    assert state.budget is not None
    assert (state.budget.used, state.budget.left) == (1, 4)
    sunday = _give_away(counter, house)
    clock.forward(days=1)
    counter.ledger.settle_budgets()
    over = "That was on 22 Nov 2026, and {}: nothing need be done, it cost nobody but the house."
    refused = _no(lambda: counter.undo(sunday))
    assert (refused.reason, refused.message) == (
        "another-day",
        over.format("that day is over"),
    )
    refused = _no(lambda: counter.undo(sunday, other_day=True))
    assert (refused.reason, refused.message) == (
        "budget-over",
        over.format("the budget that paid for it is over"),
    )
    counter.assert_sound()


def test_what_no_budget_counted_makes_none_larger(counter: Counter, clock: FrozenClock) -> None:
    house = counter.ledger.add_program(Program(name="House", kind=ProgramKind.GIVEAWAY))
    served = _give_away(counter, house, 3)
    clock.forward(days=2)
    assert _no(lambda: counter.undo(served)).message == (
        "That was on 21 Nov 2026, and that day is over: the owner can take it back in Entries, or "
        "leave it, for it cost nobody but the house."
    )
    counter.undo(served, other_day=True)
    house = next(p for p in counter.ledger.programs() if p.id == house.id)
    counter.ledger.change_program(replace(house, budget_units=5, budget_period=Period.WEEK))
    for states in (counter.ledger.program_states(), counter.ledger.board().programs):
        (budget,) = (state.budget for state in states if state.budget is not None)
        assert (budget.used, budget.left) == (0, 5)
    assert counter.ledger.month(FIRST).contribution.giveaways_minor == 0
    counter.assert_sound()


def test_every_kind_comes_back_on_another_day(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    counter.give("Latte", 9, tender=Tender.OPENING)
    gift = counter.give("Tea", 2)
    acts = [
        (Kind.HAND_OUT, counter.hand_out("Latte", 2, partner=winter.shelter).action),
        (Kind.REFUND, counter.refund(gift.gift, 1).action),
        (Kind.PASS_ON, counter.pass_on("Latte", 2, winter.shelter).action),
        (Kind.GIVE, counter.collect(winter.drive, winter.large, 3).action),
        (Kind.GIVE, counter.give_money(500, program=winter.jar).action),
    ]
    acts.append((Kind.DELIVER, counter.deliver(winter.jar, winter.shelter).action))
    clock.forward(days=1)
    # Neither what nor who has to be there any more.
    counter.ledger.retire_item(counter.item("Latte").id)
    counter.ledger.retire_partner(winter.shelter)
    for kind, action in reversed(acts):
        past = counter.ledger.past_action(action)
        assert (past.kind, past.left, past.day) == (kind, past.units, FIRST)
        undone = counter.undo(action, other_day=True)
        assert (undone.kind, undone.units) == (kind, past.units)
    assert counter.waiting("Latte") == 9
    assert counter.waiting("Tea") == 2
    assert counter.ledger.liability(NEXT).held_for_others == ()
    # Money came back from the partner and into the till, and went back out of the jar.
    cash = _cash(counter, NEXT)
    assert (cash.given_minor, cash.jars_minor) == (0, -500)
    assert (cash.refunded_minor, cash.handed_over_minor) == (-250, -500 - 720)
    counter.assert_sound()


def test_whoever_takes_back_another_day_s_servings_served_none_today(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Latte", 3)
    served = counter.redeem("Latte", 2)
    clock.forward(days=1)
    counter.redeem("Latte")
    counter.undo(served.action, other_day=True)
    (today,) = counter.ledger.day_report().counters
    assert (today.served, today.taken_back) == (1, 1)
