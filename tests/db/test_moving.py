"""Between board and slips: handed out, made of a gift, put back; and all of that taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import HandOut, MakeSlip, Replace, TakeBack
from payforward.core.errors import BadInput, NothingWaiting, PartlyGone, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, SlipState
from tests.db.counter import code_of, raw, slip_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.slip_answers import Issued
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def reason(counter: Counter, act: Callable[[], object]) -> str:
    """Return why something was refused, sure that nothing was changed."""
    before = counter.facts()
    with pytest.raises((Refused, BadInput)) as no:
        act()
    assert counter.facts() == before
    return no.value.reason


def on_slips(issued: Issued) -> list[tuple[tuple[int, ...], int]]:
    return [(each.slip.gifts, each.slip.left) for each in issued.slips]


# -- handing out ------------------------------------------------------------------------------


def test_slips_are_filled_from_the_oldest_gifts(counter: Counter, clock: FrozenClock) -> None:
    first = counter.give("Latte", 3, paid=1000)
    second = counter.give("Latte", 4)
    shelter = counter.ledger.add_partner("Shelter").id
    issued = counter.hand_out("Latte", 3, 2, partner=shelter)
    assert on_slips(issued) == [
        ((first.gift,), 2),
        ((first.gift, second.gift), 2),
        ((second.gift,), 2),
    ]
    assert (issued.units, issued.partner, issued.waiting) == (6, "Shelter", 1)
    assert [each.slip.amount_minor for each in issued.slips] == [666, 334 + 360, 720]
    assert {each.slip.partner for each in issued.slips} == {"Shelter"}
    assert {each.slip.state for each in issued.slips} == {SlipState.WAITING}
    codes = [each.code for each in issued.slips]
    assert None not in codes
    assert len(set(codes)) == 3
    assert counter.waiting("Latte") == 1
    of_shelter = counter.ledger.slips(partner=shelter)
    assert [slip.slip for slip in of_shelter] == [s.slip.slip for s in issued.slips][::-1]
    assert counter.ledger.slips(partner=99) == ()
    for each in issued.slips:
        assert each.code is not None
        assert counter.redeem_slip(each.code, 2).amount_minor == each.slip.amount_minor
        assert counter.ledger.verify(printed_head=each.slip.head).sound


def test_money_is_handed_out_in_parts_of_several_gifts(counter: Counter) -> None:
    gifts = [counter.give_money(amount).gift for amount in (300, 500, 400)]
    issued = counter.hand_out(None, 2, 500)
    assert on_slips(issued) == [((gifts[0], gifts[1]), 500), ((gifts[1], gifts[2]), 500)]
    assert (issued.units, counter.fund()) == (1000, 200)
    code = issued.slips[0].code
    assert code is not None
    done = counter.redeem_slip(code, name="Latte")
    assert [(line.gift, line.units) for line in done.lines] == [(gifts[0], 300), (gifts[1], 60)]
    counter.assert_sound()


@pytest.mark.parametrize(("slips", "each"), [(0, 1), (1, 0), (-1, -1), (10_001, 1), (101, 100)])
def test_a_number_of_slips_that_nobody_means_is_refused(
    counter: Counter, slips: int, each: int
) -> None:
    counter.give("Latte", 3)
    assert reason(counter, lambda: counter.hand_out("Latte", slips, each)) == "bad-count"


def test_more_than_waits_on_the_board_is_not_handed_out(counter: Counter) -> None:
    counter.give("Latte", 5)
    counter.give("Latte", 5, voucher=True)
    with pytest.raises(
        NothingWaiting, match="5 Latte on the board, and the slips need 6 Latte"
    ) as no:
        counter.hand_out("Latte", 3, 2)
    assert no.value.waiting == 5


def test_a_partner_that_is_none_or_left_is_refused(counter: Counter) -> None:
    counter.give("Latte", 5)
    left = counter.ledger.add_partner("Shelter").id
    counter.ledger.retire_partner(left)
    for partner in (left, 99):
        no = reason(counter, lambda: counter.hand_out("Latte", 1, partner=partner))  # noqa: B023
        assert no == "unknown-partner"


def test_an_item_that_is_none_is_refused(counter: Counter) -> None:
    ask = HandOut(action=new_action_id(), item=999)
    assert reason(counter, lambda: counter.ledger.hand_out(ask)) == "unknown-item"


def test_codes_are_answered_once_and_the_slips_always(counter: Counter) -> None:
    counter.give("Latte", 5)
    ask = HandOut(action=new_action_id(), item=counter.item("Latte").id, slips=2)
    first = counter.ledger.hand_out(ask)
    facts = counter.facts()
    again = counter.ledger.hand_out(ask)
    assert (again.repeated, again.units, again.item) == (True, first.units, first.item)
    assert [each.slip for each in again.slips] == [each.slip for each in first.slips]
    assert [each.code for each in again.slips] == [None, None]
    assert counter.facts() == facts


def test_many_slips_are_handed_out_in_one_action(counter: Counter, full: bool) -> None:
    many = 10_000 if full else 500
    counter.give("Latte", many)
    issued = counter.hand_out("Latte", many)
    assert len({each.code for each in issued.slips}) == many
    with raw(counter.ledger.path) as connection:
        (actions,) = connection.execute(
            "SELECT count(DISTINCT action) FROM entry WHERE kind = 'hand_out'"
        ).fetchone()
    assert actions == 1
    counter.assert_sound()


def test_taking_a_hand_out_back_puts_all_on_the_board_again(counter: Counter) -> None:
    counter.give("Latte", 3, paid=1000)
    counter.give("Latte", 2)
    issued = counter.hand_out("Latte", 2, 2)
    (past, *_) = counter.ledger.latest_actions()
    assert (past.kind, past.units, past.left, past.amount_minor) == (Kind.HAND_OUT, 4, 4, 1360)
    undone = counter.undo(issued.action)
    assert (undone.units, undone.amount_minor, undone.waiting) == (4, 1360, 5)
    for each in issued.slips:
        assert each.code is not None
        no = slip_refused(counter, lambda: counter.redeem_slip(each.code))  # type: ignore[arg-type]  # noqa: B023
        assert no.reason == "slip-withdrawn"
    assert counter.redeem("Latte", 3).amount_minor == 1000
    counter.assert_sound()


def test_a_hand_out_comes_back_slip_by_slip_the_last_one_first(counter: Counter) -> None:
    counter.give("Latte", 6)
    issued = counter.hand_out("Latte", 3, 2)
    counter.undo(issued.action, 4)
    left = [counter.ledger.slip(each.slip.slip).left for each in issued.slips]
    assert left == [2, 0, 0]
    assert counter.waiting("Latte") == 4
    counter.assert_sound()


def test_what_was_used_of_a_hand_out_does_not_come_back(counter: Counter) -> None:
    counter.give("Latte", 6)
    issued = counter.hand_out("Latte", 3, 2)
    used = issued.slips[2]
    assert used.code is not None
    counter.redeem_slip(used.code, 2)
    with pytest.raises(PartlyGone, match="2 Latte of that was used or moved on since") as partly:
        counter.undo(issued.action)
    assert partly.value.left == 4
    assert counter.undo(issued.action, 4).units == 4
    assert counter.waiting("Latte") == 4
    assert counter.ledger.slip(used.slip.slip).state is SlipState.USED
    counter.assert_sound()


def test_a_hand_out_of_which_all_was_used_is_not_taken_back(counter: Counter) -> None:
    counter.give("Latte", 1)
    issued = counter.hand_out("Latte")
    counter.redeem_slip(code_of(issued))
    assert reason(counter, lambda: counter.undo(issued.action)) == "enjoyed"


# -- a slip of one gift -----------------------------------------------------------------------


def test_a_gift_on_the_board_gets_a_slip(counter: Counter) -> None:
    older = counter.give("Latte", 5)
    given = counter.give("Latte", 3, paid=1000, message="Enjoy")
    issued = counter.make_slip(given.gift)
    (only,) = issued.slips
    assert (only.slip.gifts, only.slip.units, only.slip.amount_minor) == ((given.gift,), 3, 1000)
    assert (only.slip.message, issued.partner, issued.waiting) == ("Enjoy", None, 5)
    assert counter.redeem_slip(code_of(issued), 3).lines[0].gift == given.gift
    part = counter.make_slip(older.gift, 2)
    assert (part.units, part.waiting) == (2, 3)
    counter.undo(part.action)
    assert counter.waiting("Latte") == 5
    counter.assert_sound()


def test_a_slip_is_not_made_of_what_is_not_on_the_board(counter: Counter) -> None:
    given = counter.give("Latte", 2)
    on_slip = counter.give("Latte", 2, voucher=True)
    assert reason(counter, lambda: counter.make_slip(999)) == "unknown-gift"
    assert reason(counter, lambda: counter.make_slip(on_slip.gift)) == "enjoyed"
    assert reason(counter, lambda: counter.make_slip(given.gift, 0)) == "bad-count"
    with pytest.raises(NothingWaiting) as no:
        counter.make_slip(given.gift, 3)
    assert no.value.waiting == 2


def test_a_slip_is_made_once(counter: Counter) -> None:
    given = counter.give("Latte", 2)
    ask = MakeSlip(action=new_action_id(), gift=given.gift, units=1)
    first, again = counter.ledger.make_slip(ask), counter.ledger.make_slip(ask)
    assert again.repeated
    assert again.slips[0].slip == first.slips[0].slip
    assert again.slips[0].code is None


def test_a_gift_is_taken_back_only_after_its_move_is(counter: Counter) -> None:
    given = counter.give("Latte", 2)
    made = counter.make_slip(given.gift)
    assert reason(counter, lambda: counter.undo(given.action)) == "moved"
    counter.undo(made.action)
    counter.make_slip(given.gift, 1)
    with pytest.raises(PartlyGone, match="put somewhere else since; take back the other") as no:
        counter.undo(given.action)
    assert no.value.left == 1


# -- back to the board ------------------------------------------------------------------------


def test_what_is_left_on_slips_goes_back_to_the_board(counter: Counter, clock: FrozenClock) -> None:
    older = counter.give("Latte", 2, paid=701)
    issued = counter.hand_out("Latte", 2)
    on_slip = counter.give("Latte", 3, voucher=True)
    counter.redeem_slip(code_of(on_slip))
    slips = [*(each.slip.slip for each in issued.slips), on_slip.gift]
    back = counter.take_back(*slips)
    assert (back.units, back.slips, back.waiting, back.item.name) == (4, tuple(slips), 4, "Latte")
    no = slip_refused(counter, lambda: counter.redeem_slip(code_of(on_slip)))
    assert (no.reason, no.at, no.till) == ("slip-withdrawn", clock.at, "till 1")
    # First in, first out by their gifts, wherever they were in between.
    lines = counter.redeem("Latte", 4).lines
    assert [(line.gift, line.units) for line in lines] == [
        (older.gift, 1),
        (older.gift, 1),
        (on_slip.gift, 2),
    ]
    counter.assert_sound()


def test_taking_back_can_itself_be_taken_back(counter: Counter) -> None:
    given = counter.give("Latte", 3, voucher=True)
    back = counter.take_back(given.gift)
    undone = counter.undo(back.action)
    assert (undone.units, undone.waiting) == (3, 0)
    assert counter.redeem_slip(code_of(given)).waiting == 2
    again = counter.take_back(given.gift)
    counter.redeem("Latte")
    with pytest.raises(PartlyGone) as partly:
        counter.undo(again.action)
    assert partly.value.left == 1
    counter.undo(again.action, 1)
    assert counter.redeem_slip(code_of(given)).waiting == 0
    counter.assert_sound()


def test_part_of_a_taking_back_of_two_slips_goes_to_the_last_one(counter: Counter) -> None:
    counter.give("Latte", 4)
    issued = counter.hand_out("Latte", 2, 2)
    slips = [each.slip.slip for each in issued.slips]
    back = counter.take_back(*slips)
    counter.undo(back.action, 3)
    assert [counter.ledger.slip(slip).left for slip in slips] == [1, 2]
    assert counter.waiting("Latte") == 1
    counter.assert_sound()


def test_slips_that_cannot_go_back_are_refused(counter: Counter) -> None:
    used = counter.give("Latte", voucher=True)
    counter.redeem_slip(code_of(used))
    latte, tea = (counter.give(name, voucher=True).gift for name in ("Latte", "Tea"))
    assert reason(counter, lambda: counter.take_back()) == "bad-slips"  # noqa: PLW0108
    assert reason(counter, lambda: counter.take_back(latte, latte)) == "bad-slips"
    assert reason(counter, lambda: counter.take_back(latte, 999)) == "unknown-slip"
    assert reason(counter, lambda: counter.take_back(latte, used.gift)) == "slip-used"
    assert reason(counter, lambda: counter.take_back(latte, tea)) == "several-items"


def test_slips_are_put_back_once(counter: Counter) -> None:
    given = counter.give("Latte", 2, voucher=True)
    ask = TakeBack(action=new_action_id(), slips=(given.gift,))
    first, again = counter.ledger.take_back(ask), counter.ledger.take_back(ask)
    assert (first.repeated, again.repeated, again.units) == (False, True, 2)
    assert counter.waiting("Latte") == 2


# -- a new code -------------------------------------------------------------------------------


def test_a_new_code_ends_the_old_one(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 2, voucher=True)
    counter.redeem_slip(code_of(given))
    clock.forward(hours=1)
    replaced_at = clock.at
    issued = counter.replace(given.gift)
    assert (issued.units, len(issued.slips), issued.slips[0].slip.left) == (1, 1, 1)
    clock.forward(hours=1)
    for look in (counter.redeem_slip, counter.ledger.look_up):
        no = slip_refused(counter, lambda: look(code_of(given)))  # noqa: B023
        assert (no.reason, no.slip, no.at) == ("slip-replaced", given.gift, replaced_at)
    newer = counter.replace(given.gift)
    no = slip_refused(counter, lambda: counter.redeem_slip(code_of(issued)))
    assert no.reason == "slip-replaced"
    assert no.message == "A new slip was made for this one, so only the new one pays."
    assert counter.redeem_slip(code_of(newer)).waiting == 0
    counter.assert_sound()


def test_a_slip_is_replaced_once_for_one_ask(counter: Counter) -> None:
    given = counter.give("Latte", voucher=True)
    ask = Replace(action=new_action_id(), slip=given.gift)
    first, again = counter.ledger.replace(ask), counter.ledger.replace(ask)
    assert (first.repeated, again.repeated, again.slips[0].code) == (False, True, None)
    assert counter.redeem_slip(code_of(first)).units == 1


def test_a_slip_with_nothing_left_gets_no_new_code(counter: Counter) -> None:
    used, back, gone = (counter.give("Latte", voucher=True) for _ in range(3))
    counter.redeem_slip(code_of(used))
    counter.take_back(back.gift)
    counter.refund(gone.gift)
    for given, why in ((used, "slip-used"), (back, "slip-withdrawn"), (gone, "slip-refunded")):
        assert slip_refused(counter, lambda: counter.replace(given.gift)).reason == why  # noqa: B023
    on_board = counter.give("Latte")
    for number in (999, on_board.gift):
        assert reason(counter, lambda: counter.replace(number)) == "unknown-slip"  # noqa: B023


def test_a_new_code_cannot_be_taken_back(counter: Counter) -> None:
    given = counter.give("Latte", voucher=True)
    issued = counter.replace(given.gift)
    assert reason(counter, lambda: counter.undo(issued.action)) == "not-undoable"
    assert issued.action not in {past.action for past in counter.ledger.latest_actions()}


def test_a_slip_of_several_gifts_is_replaced_after_the_first_of_them_is_used(
    counter: Counter,
) -> None:
    gifts = [counter.give("Latte").gift for _ in range(3)]
    issued = counter.hand_out("Latte", 1, 3)
    counter.redeem_slip(code_of(issued), 2)
    new = counter.replace(issued.slips[0].slip.slip)
    assert new.slips[0].slip.gifts == tuple(gifts)
    assert counter.redeem_slip(code_of(new)).lines[0].gift == gifts[2]
    counter.assert_sound()
