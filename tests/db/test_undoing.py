"""What was done today can be taken back, whole or in part, while nothing later depends on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db import names
from db.append import Appender, Line, Stamp, lock_head
from payforward.core.asks import GiveAway
from payforward.core.errors import BadInput, NothingWaiting, PartlyGone, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, PaidFrom, Place, ProgramKind, Tender
from payforward.core.programs import Period, Program
from tests.db.counter import raw

if TYPE_CHECKING:
    from payforward.core.model import Entry
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def _of(counter: Counter, action: str) -> list[Entry]:
    return [v.entry for v in counter.ledger.entries() if v.entry.action == action]


def _reason(counter: Counter, action: str, units: int | None = None) -> str:
    before = counter.facts()
    with pytest.raises((Refused, BadInput)) as refused:
        counter.undo(action, units)
    assert counter.facts() == before
    return refused.value.reason


def test_an_undo_is_the_same_with_opposite_signs_and_lines_reversed(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000, tender=Tender.CARD)
    undone = counter.undo(given.action)
    assert (undone.undoes, undone.kind, undone.units) == (given.action, Kind.GIVE, 3)
    assert (undone.amount_minor, undone.tender, undone.waiting) == (1000, Tender.CARD, 0)
    there, back = _of(counter, given.action), _of(counter, undone.action)
    assert [e.undoes for e in back] == [e.no for e in reversed(there)]
    for entry, mirror in zip(reversed(there), back, strict=True):
        assert (mirror.kind, mirror.book, mirror.tender) == (entry.kind, entry.book, entry.tender)
        assert (mirror.units, mirror.amount_minor) == (-entry.units, -entry.amount_minor)
        assert (mirror.tax_kind, mirror.tax_rate) == (entry.tax_kind, entry.tax_rate)
    assert back[-1].pool_units == back[-1].pool_minor == 0
    counter.assert_sound()


def test_a_redemption_comes_back_whole(counter: Counter) -> None:
    counter.give("Latte", 1)
    counter.give("Latte", 2, paid=801)
    served = counter.redeem("Latte", 3)
    undone = counter.undo(served.action)
    assert (undone.item.name, undone.units, undone.amount_minor) == ("Latte", 3, 1161)
    assert counter.waiting("Latte") == 3
    mirrored = _of(counter, undone.action)
    assert [e.list_price_minor for e in mirrored] == [-360, -360, -360]
    assert [e.served for e in mirrored] == [-1, -1, -1]
    counter.assert_sound()


def test_part_of_a_redemption_comes_back_newest_first(counter: Counter) -> None:
    first, second = counter.give("Latte", 2), counter.give("Latte", 2)
    served = counter.redeem("Latte", 4)
    undone = counter.undo(served.action, 3)
    assert (undone.units, undone.waiting) == (3, 3)
    assert counter.ledger.gift(first.gift).waiting == 1
    assert counter.ledger.gift(second.gift).waiting == 2
    assert _reason(counter, served.action) == "already-undone"
    counter.assert_sound()


@pytest.mark.parametrize("part", [1, 2, 3, None])
def test_a_redemption_that_the_fund_paid_comes_back_in_servings(
    counter: Counter, part: int | None
) -> None:
    for amount in (100, 800, 5, 400):
        counter.give_money(amount)
    served = counter.redeem("Latte", 3, PaidFrom.FUND)
    undone = counter.undo(served.action, part)
    assert undone.units == (part or 3)
    assert undone.amount_minor == 360 * undone.units
    assert undone.item.name == "Latte"
    assert counter.fund() == undone.waiting == 1305 - 360 * (3 - undone.units)
    back = _of(counter, undone.action)
    assert sum(e.served or 0 for e in back) == -undone.units
    assert sum(e.list_price_minor or 0 for e in back) == -360 * undone.units
    counter.assert_sound()


def test_a_substitutes_redemption_comes_back(counter: Counter) -> None:
    counter.give("Flat white", 2)
    served = counter.redeem("Latte", 2, PaidFrom.GROUP, substitute="Flat white")
    undone = counter.undo(served.action, 1)
    assert (undone.item.name, undone.units, undone.amount_minor) == ("Latte", 1, 350)
    assert (undone.waiting, counter.waiting("Flat white")) == (1, 1)
    counter.assert_sound()


def test_part_of_a_gift_comes_back_dearest_book_first(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000)
    undone = counter.undo(given.action, 2)
    assert (undone.units, undone.amount_minor, undone.waiting) == (2, 667, 1)
    assert counter.redeem("Latte").amount_minor == 333
    counter.assert_sound()


def test_what_was_enjoyed_does_not_come_back(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000)
    counter.redeem("Latte", 2)
    before = counter.facts()
    with pytest.raises(PartlyGone, match="take back the other 1 Latte") as refused:
        counter.undo(given.action)
    assert refused.value.left == 1
    with pytest.raises(PartlyGone) as refused:
        counter.undo(given.action, 2)
    assert refused.value.left == 1
    assert counter.facts() == before
    assert counter.undo(given.action, refused.value.left).amount_minor == 334
    counter.assert_sound()


def test_of_money_what_is_left_is_said_as_money(counter: Counter) -> None:
    given = counter.give_money(1000)
    counter.redeem("Latte", 1, PaidFrom.FUND)
    with pytest.raises(PartlyGone, match=r"€3\.60 of that .*the other €6\.40") as refused:
        counter.undo(given.action)
    assert refused.value.left == 640
    assert counter.undo(given.action, 640).waiting == 0


def test_a_gift_that_is_all_enjoyed_is_refused(counter: Counter) -> None:
    given = counter.give("Latte")
    counter.redeem("Latte")
    assert _reason(counter, given.action) == "enjoyed"


def test_a_gift_comes_back_once_its_redemption_has(counter: Counter) -> None:
    given = counter.give("Latte")
    served = counter.redeem("Latte")
    counter.undo(served.action)
    assert counter.undo(given.action).waiting == 0
    assert _reason(counter, served.action) == "already-undone"
    counter.assert_sound()


def test_nothing_comes_back_twice(counter: Counter) -> None:
    given = counter.give("Latte")
    counter.undo(given.action)
    assert _reason(counter, given.action) == "already-undone"


def test_a_gift_of_which_part_came_back_is_not_taken_back_again(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000)
    counter.undo(given.action, 1)
    assert _reason(counter, given.action, 1) == "already-undone"
    assert counter.refund(given.gift).units == 2


def test_a_take_back_is_not_taken_back(counter: Counter) -> None:
    undone = counter.undo(counter.give("Latte").action)
    assert _reason(counter, undone.action) == "undo-of-undo"


def test_an_action_that_never_was(counter: Counter) -> None:
    assert _reason(counter, new_action_id()) == "unknown-action"


def test_the_mark_of_an_accepted_clock_is_not_taken_back(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Latte")
    clock.forward(days=30)
    assert counter.ledger.accept_clock()
    (view,) = counter.ledger.entries()
    assert view.kind is Kind.JUMP
    assert _reason(counter, view.entry.action) == "unknown-action"


def test_yesterday_is_over(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte")
    clock.forward(hours=10)
    assert counter.undo(counter.give("Tea").action).waiting == 0
    clock.forward(days=1)
    assert _reason(counter, given.action) == "another-day"


@pytest.mark.parametrize("units", [0, -1, 4])
def test_a_part_that_is_none_is_refused(counter: Counter, units: int) -> None:
    given = counter.give("Latte", 3)
    assert _reason(counter, given.action, units) == "bad-count"


def test_a_refund_comes_back(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000, tender=Tender.CARD)
    refunded = counter.refund(given.gift, 2)
    undone = counter.undo(refunded.action)
    assert (undone.kind, undone.units, undone.amount_minor) == (Kind.REFUND, 2, 667)
    assert (undone.tender, undone.waiting) == (Tender.CARD, 3)
    assert _reason(counter, undone.action) == "undo-of-undo"
    story = counter.ledger.gift(given.gift)
    assert (story.waiting, story.refunded, story.redeemed) == (3, 0, 0)
    counter.assert_sound()


def test_an_action_that_stood_beside_a_clocks_mark_comes_back(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Latte")
    clock.forward(hours=-2)
    given = counter.give("Latte", 2)
    assert [e.kind for e in _of(counter, given.action)] == [Kind.JUMP, Kind.GIVE]
    assert counter.undo(given.action).units == 2
    counter.assert_sound()


# -- what cannot be taken back says what can be done -----------------------------------------


def _sentence(counter: Counter, action: str) -> str:
    with pytest.raises(Refused) as refused:
        counter.undo(action)
    return refused.value.message


def test_what_can_be_done_instead_fits_what_was_done(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 6)
    served = counter.redeem("Latte", 2)
    refunded = counter.refund(given.gift, 2)
    instead = {
        given.action: "what still waits of the gift can be refunded.",
        served.action: "what was never handed over can be given again as paid before.",
        refunded.action: "what shall wait again can be given again.",
    }
    for action in instead:
        counter.undo(action, 1)
    for action, can_be_done in instead.items():
        assert _sentence(counter, action) == f"That was taken back already: {can_be_done}"
    clock.forward(days=1)
    tea, drunk = counter.give("Tea", 3), counter.redeem("Tea")
    later = {tea.action: given.action, drunk.action: served.action}
    later[counter.refund(tea.gift, 1).action] = refunded.action
    clock.forward(days=1)
    for action, alike in later.items():
        sentence = _sentence(counter, action)
        assert sentence.startswith("That was on 22 Nov 2026, and that day is over: ")
        assert sentence.endswith(instead[alike])


@pytest.mark.parametrize("budget", [None, 20])
def test_what_the_house_gave_is_advised_to_nobody_as_paid(
    counter: Counter, clock: FrozenClock, budget: int | None
) -> None:
    """Given again as paid before, it would be owed though nobody ever paid."""
    house = Program(
        name="House",
        kind=ProgramKind.GIVEAWAY,
        budget_units=budget,
        budget_period=None if budget is None else Period.WEEK,
    )
    program = counter.ledger.add_program(house).id
    ask = GiveAway(action=new_action_id(), item=counter.item("Tea").id, program=program, units=2)
    served = counter.ledger.give_away(ask)
    counter.undo(served.action, 1)
    nothing = "nothing need be done, it cost nobody but the house."
    assert _sentence(counter, served.action) == f"That was taken back already: {nothing}"
    late = counter.ledger.give_away(replace(ask, action=new_action_id()))
    clock.forward(days=1)
    day_over = "That was on 21 Nov 2026, and that day is over: "
    leave_it = (
        "the owner can take it back in Entries, or leave it, for it cost nobody but the house."
    )
    assert _sentence(counter, late.action) == day_over + leave_it


# -- actions of kinds that come with giveaways ------------------------------------------------


def _written(counter: Counter, *lines: Line) -> str:
    """Append lines as one action, as giveaways will."""
    file, shop = counter.ledger._file, counter.ledger.shop
    action = new_action_id()
    with file.write_transaction() as database:
        head = lock_head(database, shop)
        stamp = Stamp(
            action=action,
            request=bytes(32),
            till=names.till_id(file, database, shop.id, counter.ledger.till, "x"),
            cashier=None,
            at="2026-11-21T17:40:00.000Z",
            day="2026-11-21",
        )
        Appender(file, database, shop, head, stamp).append(lines)
    return action


@pytest.fixture
def servings(counter: Counter) -> Line:
    """Return the line that brings a serving into a giveaway that the shop has."""
    with raw(counter.ledger.path) as connection:
        connection.execute(
            "INSERT INTO program (shop, program, name, name_key, kind, created_at) "
            "SELECT shop, 2, 'Soup', 'soup', 'giveaway', 'x' FROM shop"
        )
        connection.execute(
            "INSERT INTO item (shop, item, kind, name, name_key, price_minor, position, created_at)"
            " SELECT shop, 50, 'serving', 'servings', 'servings', 0, 50, 'x' FROM shop"
        )
    return Line(kind=Kind.GIVE, units=1, place=Place.HELD, program=2, item=50, unit_minor=0)


def _served(counter: Counter, book: int) -> Line:
    latte = counter.item("Latte").id
    return Line(
        kind=Kind.REDEEM, units=-1, book=book, served_item=latte, served=1, list_price_minor=360
    )


def test_what_can_never_be_taken_back_is_not_offered(counter: Counter, servings: Line) -> None:
    given = counter.give("Latte")
    budget = _written(counter, replace(servings, kind=Kind.BUDGET, units=20))
    lapse = _written(counter, Line(kind=Kind.LAPSE, units=-5, book=2))
    both = _written(counter, replace(servings, kind=Kind.BUDGET), _served(counter, 4))
    assert [past.action for past in counter.ledger.latest_actions()] == [given.action]
    close = _written(counter, Line(kind=Kind.CLOSE, units=0))
    assert counter.ledger.latest_actions() == ()
    for action in (budget, lapse, close, both):
        assert _reason(counter, action) == "not-undoable"
    assert _sentence(counter, both) == "A budget cannot be undone."


def test_what_one_act_brought_in_and_handed_over_comes_back(
    counter: Counter, servings: Line
) -> None:
    action = _written(counter, servings, _served(counter, 1))
    (past,) = counter.ledger.latest_actions()
    assert (past.action, past.kind, past.item.name) == (action, Kind.REDEEM, "Latte")
    assert (past.units, past.left, past.amount_minor) == (1, 1, 0)
    assert counter.undo(action).units == 1
    back = _of(counter, counter.ledger.entries()[-1].entry.action)
    assert [(e.kind, e.units, e.served) for e in back] == [
        (Kind.REDEEM, 1, -1),
        (Kind.GIVE, -1, None),
    ]
    assert counter.ledger.latest_actions() == ()
    counter.assert_sound()


# -- refunds ---------------------------------------------------------------------------------


def test_a_refund_gives_back_what_was_paid_dearest_book_first(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000)
    refunded = counter.refund(given.gift, 2)
    assert (refunded.units, refunded.amount_minor, refunded.waiting) == (2, 667, 1)
    rest = counter.refund(given.gift)
    assert (rest.units, rest.amount_minor, rest.waiting) == (1, 333, 0)
    counter.assert_sound()


def test_only_what_waits_is_refunded(counter: Counter) -> None:
    given = counter.give("Latte", 3)
    counter.redeem("Latte", 2)
    with pytest.raises(NothingWaiting, match="Only 1 Latte of gift 1") as refused:
        counter.refund(given.gift, 2)
    assert refused.value.waiting == 1
    assert counter.refund(given.gift).units == 1
    with pytest.raises(Refused) as gone:
        counter.refund(given.gift)
    assert gone.value.reason == "enjoyed"


def test_a_gift_of_another_day_is_refunded(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give_money(1000)
    clock.forward(days=5)
    counter.redeem("Latte", 1, PaidFrom.FUND)
    assert counter.refund(given.gift).amount_minor == 640


@pytest.mark.parametrize(
    ("paid", "asked", "back"),
    [
        (Tender.CASH, None, Tender.CASH),
        (Tender.CARD, None, Tender.CARD),
        (Tender.CARD, Tender.CASH, Tender.CASH),
        (Tender.OPENING, None, Tender.CASH),
        (Tender.OPENING, Tender.CARD, Tender.CARD),
        (Tender.CASH, Tender.OPENING, Tender.CASH),
    ],
)
def test_the_money_goes_back_as_it_came_unless_told(
    counter: Counter, paid: Tender, asked: Tender | None, back: Tender
) -> None:
    given = counter.give("Latte", tender=paid)
    assert counter.refund(given.gift, tender=asked).tender is back


@pytest.mark.parametrize("gift", [0, 2, 4, 99])
def test_what_is_no_gift_is_not_refunded(counter: Counter, clock: FrozenClock, gift: int) -> None:
    counter.give("Latte", 3, paid=1000)  # entries 1 and 2: one gift
    counter.redeem("Latte")  # entry 3
    clock.forward(days=30)
    assert counter.ledger.accept_clock()  # entry 4
    with pytest.raises(Refused) as refused:
        counter.refund(gift)
    assert refused.value.reason == "unknown-gift"


@pytest.mark.parametrize("units", [0, -1])
def test_nothing_is_not_refunded(counter: Counter, units: int) -> None:
    given = counter.give("Latte")
    with pytest.raises(BadInput):
        counter.refund(given.gift, units)


def test_a_redemption_of_a_refunded_gift_can_come_back(counter: Counter) -> None:
    given = counter.give("Latte", 2)
    served = counter.redeem("Latte")
    counter.refund(given.gift)
    assert counter.undo(served.action).waiting == 1
    assert counter.ledger.gift(given.gift).waiting == 1
    counter.assert_sound()
