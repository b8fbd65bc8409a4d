"""What the house gives: out of a budget that opens, counts servings and lapses by the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.append import Appender
from db.glance import glance
from payforward.core.asks import GiveAway
from payforward.core.errors import (
    BadInput,
    ClockJumped,
    LedgerUnusable,
    PayforwardError,
    Refused,
)
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, PaidFrom, ProgramKind, Tender
from payforward.core.programs import Period, Program
from tests.db.counter import raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.answers import Redeemed
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

SUNDAY = date(2026, 11, 22)
"""The last day of the week that the tests begin in, on a Saturday."""


def _soup(counter: Counter, budget: int | None = 20, period: Period = Period.WEEK) -> Program:
    draft = Program(
        name="Free soup",
        kind=ProgramKind.GIVEAWAY,
        budget_units=budget,
        budget_period=None if budget is None else period,
    )
    return counter.ledger.add_program(draft)


def _give_away(
    counter: Counter,
    program: Program,
    units: int = 1,
    name: str = "Tea",
    action: str | None = None,
) -> Redeemed:
    ask = GiveAway(
        action=action or new_action_id(),
        item=counter.item(name).id,
        program=program.id,
        units=units,
    )
    return counter.ledger.give_away(ask)


def _left(counter: Counter, program: Program) -> tuple[int, int] | None:
    """Return what is used and left of a budget."""
    budget = counter.ledger.program_state(program.id).budget
    return None if budget is None else (budget.used, budget.left)


def _moved(counter: Counter) -> list[tuple[str, int, int, str | None]]:
    with raw(counter.ledger.path) as connection:
        rows = connection.execute("SELECT kind, units, balance, expires FROM entry ORDER BY no")
        return rows.fetchall()


def _refused(counter: Counter, act: Callable[[], object]) -> PayforwardError:
    before = counter.facts()
    with pytest.raises(PayforwardError) as no:
        act()
    assert counter.facts() == before
    return no.value


# -- a budget ---------------------------------------------------------------------------------


def test_a_serving_comes_out_of_the_budget_at_list_price(counter: Counter) -> None:
    soup = _soup(counter)
    served = _give_away(counter, soup, 2)
    assert (served.paid_from, served.program) == (PaidFrom.GIVEAWAY, soup)
    assert (served.units, served.amount_minor, served.list_price_minor) == (2, 0, 500)
    assert (served.waiting, served.item.name) == (18, "Tea")
    assert _moved(counter) == [
        (Kind.BUDGET, 20, 20, "2026-11-22"),
        (Kind.REDEEM, -2, 18, "2026-11-22"),
    ]
    assert _left(counter, soup) == (2, 18)
    counter.assert_sound()


def test_the_budget_is_never_exceeded(counter: Counter) -> None:
    soup = _soup(counter)
    _give_away(counter, soup, 19)
    error = _refused(counter, lambda: _give_away(counter, soup, 2))
    assert error.reason == "over-budget"
    assert "1 left until 22 Nov 2026, and 2 were asked for" in error.message
    _give_away(counter, soup)
    gone = _refused(counter, lambda: _give_away(counter, soup))
    assert (gone.reason, "20 a week" in gone.message) == ("over-budget", True)


def test_what_is_left_lapses_and_a_new_budget_opens(counter: Counter, clock: FrozenClock) -> None:
    soup = _soup(counter)
    _give_away(counter, soup, 15)
    clock.forward(days=1)
    assert _left(counter, soup) == (15, 5)
    clock.forward(days=1)
    # Monday: as it stands, whether anybody has opened it or not.
    assert _left(counter, soup) == (0, 20)
    _give_away(counter, soup)
    assert _moved(counter)[2:] == [
        (Kind.LAPSE, -5, 0, "2026-11-22"),
        (Kind.BUDGET, 20, 20, "2026-11-29"),
        (Kind.REDEEM, -1, 19, "2026-11-29"),
    ]
    counter.assert_sound()


@pytest.mark.parametrize(
    ("period", "last", "days"),
    [
        (Period.DAY, "2026-11-21", 1),
        (Period.WEEK, "2026-11-22", 2),
        (Period.MONTH, "2026-11-30", 10),
    ],
)
def test_each_period_ends_with_its_last_day(
    counter: Counter, clock: FrozenClock, period: Period, last: str, days: int
) -> None:
    soup = _soup(counter, 3, period)
    _give_away(counter, soup, 3)
    assert _moved(counter)[0][3] == last
    for _ in range(days - 1):
        clock.forward(days=1)
        counter.give("Tea")
    assert _refused(counter, lambda: _give_away(counter, soup)).reason == "over-budget"
    clock.forward(days=1)
    assert _give_away(counter, soup).waiting == 2


def test_what_is_refused_opens_no_budget(counter: Counter, clock: FrozenClock) -> None:
    soup = _soup(counter)
    clock.forward(days=2)
    many = _refused(counter, lambda: _give_away(counter, soup, 21))
    assert (many.reason, "20 left until 29 Nov 2026" in many.message) == ("over-budget", True)
    assert _give_away(counter, soup, 20).waiting == 0


def test_two_tills_open_a_budget_once(counter: Counter, clock: FrozenClock) -> None:
    soup = _soup(counter)
    clock.forward(days=2)
    counter.give("Tea")
    with counter.another("bar", clock) as bar:
        assert (counter.ledger.settle_budgets(), bar.ledger.settle_budgets()) == (1, 0)
        _give_away(bar, soup)
    assert [kind for kind, *_ in _moved(counter)] == [
        Kind.BUDGET,
        Kind.GIVE,
        Kind.LAPSE,
        Kind.BUDGET,
        Kind.REDEEM,
    ]


def test_a_closed_week_opens_no_budget(counter: Counter, clock: FrozenClock) -> None:
    _soup(counter)
    clock.forward(days=7)
    counter.give("Tea")
    clock.forward(days=7)
    counter.give("Tea")
    assert counter.ledger.settle_budgets() == 1
    opened = [expires for kind, _, _, expires in _moved(counter) if kind == Kind.BUDGET]
    # The week between had no budget, as nothing was written in it.
    assert opened == ["2026-11-22", "2026-12-06"]


@pytest.mark.parametrize(("days", "settled"), [(1, 1), (4, 1), (5, 0), (6, 0)])
def test_a_clock_that_is_ahead_settles_nothing_until_somebody_acts(
    counter: Counter, clock: FrozenClock, days: int, settled: int
) -> None:
    soup = _soup(counter, 4, Period.DAY)
    today = counter.ledger.today()
    clock.forward(days=days)
    before = counter.facts()
    assert counter.ledger.settle_budgets() == settled
    later = replace(soup, budget_units=5)
    if not settled:
        assert counter.facts() == before
        soup = counter.ledger.change_program(later)
        assert (counter.facts(), _left(counter, soup)) == (before, (0, 5))
        clock.forward(days=-days)
        assert counter.ledger.today() == today
        # The day as it is: the change is carried out.
        assert counter.ledger.settle_budgets() == 1
        clock.forward(days=days)
        assert _give_away(counter, soup).waiting == 4
        counter.assert_sound()


def test_what_a_person_asks_to_settle_is_settled(counter: Counter, clock: FrozenClock) -> None:
    _soup(counter)
    clock.forward(days=6)
    assert counter.ledger.settle_budgets(asked=True) == 1


def test_a_doubtful_clock_opens_nothing(counter: Counter, clock: FrozenClock) -> None:
    soup = _soup(counter)
    clock.forward(days=40)
    assert counter.ledger.settle_budgets() == 0
    with pytest.raises(ClockJumped):
        _give_away(counter, soup)
    counter.ledger.accept_clock()
    assert _give_away(counter, soup).waiting == 19


def test_a_changed_budget_holds_at_once(counter: Counter) -> None:
    soup = _soup(counter)
    _give_away(counter, soup, 15)
    for budget, expected in ((30, (15, 15)), (16, (15, 1)), (10, (15, 0)), (20, (15, 5))):
        soup = counter.ledger.change_program(replace(soup, budget_units=budget))
        assert _left(counter, soup) == expected
    assert [units for kind, units, *_ in _moved(counter) if kind != Kind.REDEEM] == [
        20,
        10,
        -5,
        -9,
        -1,
        5,
    ]
    assert _refused(counter, lambda: _give_away(counter, soup, 6)).reason == "over-budget"
    counter.assert_sound()


def test_another_period_counts_what_was_served_in_it(counter: Counter, clock: FrozenClock) -> None:
    """Friday and Saturday in the week, then Sunday, on which day and week end together."""
    ledger = counter.ledger
    clock.forward(days=-1)
    soup = _soup(counter, 20)
    _give_away(counter, soup, 8)
    clock.forward(days=1)
    _give_away(counter, soup, 7)
    for budget, period, expected in (
        (20, Period.DAY, (7, 13)),
        (20, Period.WEEK, (15, 5)),
        (30, Period.MONTH, (15, 15)),
        (10, Period.DAY, (7, 3)),
        (20, Period.WEEK, (15, 5)),
    ):
        soup = ledger.change_program(replace(soup, budget_units=budget, budget_period=period))
        assert _left(counter, soup) == expected
    over = _refused(counter, lambda: _give_away(counter, soup, 6))
    assert over.reason == "over-budget"
    clock.forward(days=1)
    _give_away(counter, soup, 2)
    soup = ledger.change_program(replace(soup, budget_units=6, budget_period=Period.DAY))
    assert _left(counter, soup) == (2, 4)
    soup = ledger.change_program(replace(soup, budget_units=20, budget_period=Period.WEEK))
    assert _left(counter, soup) == (17, 3)
    (_, told) = glance(ledger.path, clock.now()).programs
    assert (told.left, told.until) == (3, SUNDAY)
    # What waits is what may be given, neither more nor less.
    with raw(ledger.path) as connection:
        assert connection.execute("SELECT sum(units) FROM waiting").fetchone() == (3,)
    assert ledger.settle_budgets() == 0
    counter.assert_sound()


def test_what_was_served_without_a_budget_counts_against_one(counter: Counter) -> None:
    soup = _soup(counter, None)
    served = _give_away(counter, soup, 15)
    week = replace(soup, budget_units=20, budget_period=Period.WEEK)
    soup = counter.ledger.change_program(week)
    assert _left(counter, soup) == (15, 5)
    counter.undo(served.action, 4)
    assert _left(counter, soup) == (11, 9)
    assert _give_away(counter, soup, 9).waiting == 0
    counter.assert_sound()


def test_a_budget_that_cannot_be_settled_is_not_changed(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen says that it failed: so nothing of it holds."""
    ledger = counter.ledger
    soup = _soup(counter)

    def full(*_args: object) -> None:
        raise LedgerUnusable("The disk is full.", reason="disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(Appender, "append", full)
        with pytest.raises(LedgerUnusable):
            ledger.change_program(replace(soup, budget_units=30))
        with pytest.raises(LedgerUnusable):
            ledger.retire_program(soup.id)
        with pytest.raises(LedgerUnusable):
            ledger.add_program(replace(soup, id=0, name="More"))
    assert ledger.programs(retired=True)[1:] == [soup]
    assert _left(counter, ledger.change_program(replace(soup, budget_units=30))) == (0, 30)
    counter.assert_sound()


def test_the_last_of_a_program_promises_no_more(counter: Counter, clock: FrozenClock) -> None:
    soup = counter.ledger.change_program(replace(_soup(counter, 3), ends_on=date(2026, 11, 21)))
    _give_away(counter, soup, 3)
    gone = _refused(counter, lambda: _give_away(counter, soup))
    assert gone.message == (
        "Free soup has given its 3 a week, and it ends on 21 Nov 2026: choose another program."
    )
    counter.ledger.change_program(replace(soup, ends_on=date(2026, 11, 23)))
    more = _refused(counter, lambda: _give_away(counter, soup))
    assert more.message == (
        "Free soup has given its 3 a week; more may be served from 23 Nov 2026 on."
    )


def test_an_item_that_left_the_menu_is_not_advised(counter: Counter) -> None:
    tea, latte = counter.item("Tea").id, counter.item("Latte").id
    draft = Program(name="House", kind=ProgramKind.GIVEAWAY, items=(tea, latte))
    house = counter.ledger.add_program(draft)
    counter.ledger.retire_item(tea)
    one = _refused(counter, lambda: _give_away(counter, house))
    assert one.message == "Tea is not what House gives: choose Latte."
    counter.ledger.retire_item(latte)
    for name in ("Tea", "Cappuccino"):
        none = _refused(counter, lambda name=name: _give_away(counter, house, name=name))  # type: ignore[misc]
        assert none.message == (
            "All that House gives has left the menu: choose another program, or other items for it."
        )


def test_a_change_of_anything_else_leaves_the_budget(counter: Counter) -> None:
    soup = _soup(counter)
    _give_away(counter, soup, 15)
    before = counter.facts()
    changed = replace(soup, name="Soup for all", ends_on=SUNDAY, order_limit=1)
    assert _left(counter, counter.ledger.change_program(changed)) == (15, 5)
    assert counter.facts() == before


def test_without_a_budget_any_more_what_is_left_lapses(counter: Counter) -> None:
    soup = _soup(counter)
    _give_away(counter, soup, 15)
    free = counter.ledger.change_program(replace(soup, budget_units=None, budget_period=None))
    assert _moved(counter)[-1][:3] == (Kind.LAPSE, -5, 0)
    assert _left(counter, free) is None
    assert _give_away(counter, free, 7).waiting == 0
    counter.assert_sound()


def test_a_retired_program_gives_no_more(counter: Counter) -> None:
    soup = _soup(counter)
    _give_away(counter, soup, 15)
    counter.ledger.retire_program(soup.id)
    assert _moved(counter)[-1][:3] == (Kind.LAPSE, -5, 0)
    assert _refused(counter, lambda: _give_away(counter, soup)).reason == "unknown-program"
    assert counter.ledger.settle_budgets() == 0
    counter.assert_sound()


def test_a_program_that_ends_in_the_week_lapses_after_its_last_day(
    counter: Counter, clock: FrozenClock
) -> None:
    clock.forward(days=2)
    counter.give("Tea")
    soup = _soup(counter)
    soup = counter.ledger.change_program(replace(soup, ends_on=date(2026, 11, 24)))
    budget = counter.ledger.program_state(soup.id).budget
    assert budget is not None
    assert budget.until == date(2026, 11, 24)
    clock.forward(days=2)
    assert counter.ledger.settle_budgets(asked=True) == 1
    assert _moved(counter)[-1][:3] == (Kind.LAPSE, -20, 0)
    ended = _refused(counter, lambda: _give_away(counter, soup))
    assert (ended.reason, "24 Nov 2026" in ended.message) == ("not-running", True)


def test_a_program_that_starts_later_opens_later(counter: Counter, clock: FrozenClock) -> None:
    draft = Program(
        name="Soup",
        kind=ProgramKind.GIVEAWAY,
        starts_on=date(2026, 11, 23),
        budget_units=4,
        budget_period=Period.DAY,
    )
    soup = counter.ledger.add_program(draft)
    assert _moved(counter) == []
    assert _refused(counter, lambda: _give_away(counter, soup)).reason == "not-running"
    clock.forward(days=2)
    assert _give_away(counter, soup).waiting == 3


# -- without a budget -------------------------------------------------------------------------


def test_without_a_budget_it_comes_in_and_goes_out(counter: Counter) -> None:
    bread = _soup(counter, None)
    served = _give_away(counter, bread, 3, "Latte")
    assert (served.units, served.list_price_minor, served.waiting) == (3, 1080, 0)
    assert [row[:3] for row in _moved(counter)] == [(Kind.GIVE, 3, 3), (Kind.REDEEM, -3, 0)]
    counter.assert_sound()


@pytest.mark.parametrize("units", [None, 1, 2, 3])
def test_it_is_taken_back_in_whole_or_in_part(counter: Counter, units: int | None) -> None:
    bread = _soup(counter, None)
    served = _give_away(counter, bread, 3, "Latte")
    undone = counter.undo(served.action, units)
    assert (undone.units, undone.item.name) == (units or 3, "Latte")
    balances = {balance for *_, balance, _ in _moved(counter)[2:]}
    assert _moved(counter)[-1][2] == 0, balances
    with raw(counter.ledger.path) as connection:
        sums = connection.execute(
            "SELECT sum(units), sum(served), sum(list_price_minor) FROM entry WHERE kind = 'redeem'"
        ).fetchone()
        assert connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    left = 3 - (units or 3)
    assert sums == (-left, left, 360 * left)
    counter.assert_sound()


def test_out_of_a_budget_it_is_taken_back_too(counter: Counter) -> None:
    soup = _soup(counter)
    served = _give_away(counter, soup, 3)
    (past,) = counter.ledger.latest_actions()
    assert (past.paid_from, past.left) == (PaidFrom.GIVEAWAY, 3)
    counter.undo(served.action, 2)
    assert _left(counter, soup) == (1, 19)
    counter.assert_sound()


def test_what_is_taken_back_beyond_the_budget_lapses_on_the_same_day(counter: Counter) -> None:
    soup = _soup(counter)
    served, other = _give_away(counter, soup, 3), _give_away(counter, soup, 2)
    soup = counter.ledger.change_program(replace(soup, budget_units=None, budget_period=None))
    for each in (served, other):
        counter.undo(each.action)
        with counter.another("bar", counter.ledger._clock) as bar:
            settled = (bar.ledger.settle_budgets(), counter.ledger.settle_budgets())
        assert settled == (1, 0)
        assert _moved(counter)[-1][:3] == (Kind.LAPSE, -each.units, 0)
    counter.assert_sound()


def test_a_budget_itself_is_not_taken_back(counter: Counter) -> None:
    _soup(counter)
    with raw(counter.ledger.path) as connection:
        ((action,),) = connection.execute("SELECT action FROM entry").fetchall()
    assert counter.ledger.latest_actions() == ()
    assert _refused(counter, lambda: counter.undo(action)).reason == "not-undoable"


# -- who pays ---------------------------------------------------------------------------------


def test_the_house_is_offered_last(counter: Counter) -> None:
    soup = _soup(counter, 2)
    counter.give("Tea")
    counter.give_money(1000)
    tea = counter.item("Tea").id
    found = [(o.paid_from, o.units, o.waiting) for o in counter.ledger.offers(tea, 3)]
    assert found == [
        (PaidFrom.BOARD, 1, 1),
        (PaidFrom.FUND, 3, 1000),
        (PaidFrom.GIVEAWAY, 2, 2),
    ]
    offer = counter.ledger.offers(tea)[-1]
    assert (offer.program, offer.amount_minor, offer.list_price_minor) == (soup, 0, 250)
    _give_away(counter, soup, 2)
    assert [o.paid_from for o in counter.ledger.offers(tea)] == [PaidFrom.BOARD]


def test_the_house_offers_its_own_items_in_its_time(counter: Counter, clock: FrozenClock) -> None:
    ledger = counter.ledger
    tea = counter.item("Tea").id
    house = ledger.add_program(
        Program(name="Tea", kind=ProgramKind.GIVEAWAY, items=(tea,), ends_on=SUNDAY)
    )
    latte = counter.item("Latte").id
    assert [o.program for o in ledger.offers(tea, 5)] == [house]
    assert [o.waiting for o in ledger.offers(tea, 5)] == [5]
    assert ledger.offers(latte) == []
    wrong = _refused(counter, lambda: _give_away(counter, house, name="Latte"))
    assert (wrong.reason, "choose Tea" in wrong.message) == ("not-in-program", True)
    clock.forward(days=2)
    assert ledger.offers(tea) == []


def test_what_the_house_gives_is_no_liability_and_no_money(counter: Counter) -> None:
    soup = _soup(counter)
    counter.give("Latte", 2, tender=Tender.CARD)
    _give_away(counter, soup, 5)
    board = counter.ledger.board()
    assert [(row.item.name, row.units) for row in board.rows] == [("Latte", 2)]
    with raw(counter.ledger.path) as connection:
        (minor,) = connection.execute(
            "SELECT sum(amount_minor) FROM entry WHERE program = ?", (soup.id,)
        ).fetchone()
    assert minor == 0
    first, house = board.programs
    assert (first.units, house.waits, house.units) == (2, (), 0)


# -- asked twice, asked wrong -----------------------------------------------------------------


@pytest.mark.parametrize("budget", [20, None])
def test_asked_again_it_is_done_once(counter: Counter, budget: int | None) -> None:
    soup = _soup(counter, budget)
    action = new_action_id()
    first = _give_away(counter, soup, 2, action=action)
    again = _give_away(counter, soup, 2, action=action)
    assert again == replace(first, repeated=True)
    other = _refused(counter, lambda: _give_away(counter, soup, 3, action=action))
    assert other.reason == "id-used"


@pytest.mark.parametrize("units", [0, -1, 10_001])
def test_a_count_that_nobody_means_is_refused(counter: Counter, units: int) -> None:
    soup = _soup(counter, None)
    with pytest.raises(BadInput):
        _give_away(counter, soup, units)


def test_only_a_giveaway_gives_away(counter: Counter) -> None:
    drive = counter.ledger.add_program(Program(name="Coats", kind=ProgramKind.DRIVE))
    for program in (drive, counter.ledger.programs()[0], replace(drive, id=9)):
        error = _refused(counter, lambda program=program: _give_away(counter, program))  # type: ignore[misc]
        assert error.reason == "unknown-program"


def test_what_left_the_menu_or_is_no_item_is_not_given_away(counter: Counter) -> None:
    soup = _soup(counter)
    counter.ledger.retire_item(counter.item("Tea").id)
    assert _refused(counter, lambda: _give_away(counter, soup)).reason == "not-in-program"
    with pytest.raises(Refused):
        counter.ledger.give_away(
            GiveAway(action=new_action_id(), item=counter.ledger.fund().id, program=soup.id)
        )


def test_a_shop_may_sell_servings_before(counter: Counter) -> None:
    ledger = counter.ledger
    for name in ("Serving", "Serving of the house", "serving of the house 2"):
        ledger.add_item(name, 300)
    soup = _soup(counter)
    _give_away(counter, soup)
    assert [item.name for item in ledger.items() if "erving" in item.name] == [
        "Serving",
        "Serving of the house",
        "serving of the house 2",
    ]
    with raw(ledger.path) as connection:
        name = connection.execute("SELECT name FROM item WHERE kind = 'serving'").fetchone()
    assert name == ("Serving of the house 3",)
    counter.assert_sound()


def test_a_name_that_is_taken_is_refused_with_what_can_be_done(counter: Counter) -> None:
    ledger = counter.ledger
    _soup(counter)
    ledger.add_program(Program(name="Winter", kind=ProgramKind.DRIVE), [("Coat", ())])
    for name, said in (
        ("Serving", "Serving is a name that the ledger needs itself: choose another name."),
        ("Coat", "Coat is what a drive takes: choose another name."),
        ("Tea", "Tea is on the menu already: change its price, or choose another name."),
    ):
        with pytest.raises(Refused) as no:
            ledger.add_item(name, 300)
        assert (no.value.reason, no.value.message) == ("item-exists", said)
