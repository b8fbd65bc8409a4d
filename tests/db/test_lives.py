"""What the owner's advice looks at, as the ledger has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.advice import AdviceKind
from payforward.core.asks import GiveAway
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, ProgramKind
from payforward.core.programs import Program
from tests.db.counter import code_of

if TYPE_CHECKING:
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def test_four_weeks_are_looked_at_and_no_day_more(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte", 9)
    counter.redeem("Latte", 2)
    counter.note_asked("Tea")
    for days in (7, 7, 7, 6):
        clock.forward(days=days)
        counter.redeem("Latte")
    (latte, tea) = counter.ledger.lives()
    assert (latte.item.name, latte.waiting, latte.oldest_days, latte.served) == ("Latte", 3, 27, 6)
    assert (tea.item.name, tea.waiting, tea.missed) == ("Tea", 0, 1)
    clock.forward(days=1)
    (latte,) = counter.ledger.lives()
    assert (latte.oldest_days, latte.served) == (28, 4)


def test_what_pays_counts_and_slips_count(counter: Counter) -> None:
    slip = counter.give("Latte", 2, voucher=True)
    counter.give("Latte", 3)
    counter.give_money(2000)
    counter.redeem_slip(code_of(slip), 2)
    counter.redeem("Cappuccino", paid_from=PaidFrom.GROUP)
    counter.redeem("Tea", paid_from=PaidFrom.FUND)
    house = counter.ledger.add_program(Program(name="House", kind=ProgramKind.GIVEAWAY))
    latte = counter.item("Latte").id
    counter.ledger.give_away(GiveAway(action=new_action_id(), item=latte, program=house.id))
    told = {life.item.name: life for life in counter.ledger.lives()}
    assert (told["Latte"].waiting, told["Latte"].served) == (2, 3)
    fund = told["Community fund"]
    # A serving out of the fund is what the middle of the menu costs.
    assert (fund.waiting, fund.served, fund.unit) == (1750, 250, 320)
    counter.undo(counter.redeem("Latte").action)
    assert told["Latte"] in counter.ledger.lives()


def test_the_ledger_advises(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Tea", 8)
    for _ in range(3):
        counter.note_asked("Latte")
    clock.forward(days=6)
    counter.ledger.close_day(counter.ledger.today())
    clock.forward(days=6)
    (missed,) = counter.ledger.advice()
    clock.forward(days=1)
    assert {life.item.name: life.days for life in counter.ledger.lives()} == {"Tea": 14, "Latte": 1}
    pile, missed = counter.ledger.advice()
    assert (pile.kind, pile.suggestion) == (AdviceKind.PILE_UP, "Hand 7 vouchers to a partner.")
    assert (missed.kind, missed.item.name) == (AdviceKind.MISSED, "Latte")


def test_a_young_shop_s_pace_is_that_of_the_days_it_had(
    counter: Counter, clock: FrozenClock
) -> None:
    # Four in and two out on each of twenty days.
    for _ in range(20):
        counter.give("Latte", 4)
        counter.redeem("Latte", 2)
        clock.forward(days=1)
    (latte,) = counter.ledger.lives()
    assert (latte.waiting, latte.served, latte.days) == (40, 40, 21)
    assert counter.ledger.advice() == (), "three weeks' worth"
    # What comes onto the menu later has days of its own.
    counter.give("Tea", 9)
    assert [life.days for life in counter.ledger.lives()] == [21, 1]


def test_an_empty_shop_needs_no_advice(counter: Counter) -> None:
    assert counter.ledger.advice() == ()
