"""A slip pays for whoever brings it: once, in parts, for what it is for, and for nobody else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.connection import LedgerFile
from payforward.core.asks import RedeemSlip
from payforward.core.codes import new_code
from payforward.core.errors import BadInput, LedgerUnusable, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, SlipState
from payforward.core.slip_answers import Receipt, Slip
from tests.db.counter import code_of, slip_refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def test_a_gift_on_a_slip_waits_there_and_not_on_the_board(counter: Counter) -> None:
    given = counter.give("Latte", 3, paid=1000, voucher=True, giver="Ana", message="Enjoy")
    assert (given.slip, given.waiting, counter.waiting("Latte")) == (given.gift, 0, 0)
    slip = counter.ledger.slip(given.gift)
    assert (slip.gifts, slip.item.name, slip.units, slip.left) == ((given.gift,), "Latte", 3, 3)
    assert (slip.amount_minor, slip.state, slip.expires_on) == (1000, SlipState.WAITING, None)
    assert (slip.giver, slip.message, slip.partner) == ("Ana", "Enjoy", None)
    assert (slip.ended_at, slip.ended_till, slip.issued_on) == (None, None, given.day)
    assert counter.ledger.verify(printed_head=slip.head).sound
    story = counter.ledger.gift(given.gift)
    assert (story.waiting, story.on_slips, story.slips) == (3, 3, (given.gift,))
    assert counter.ledger.offers(counter.item("Latte").id) == []
    counter.assert_sound()


def test_a_slip_pays_in_parts_until_it_is_used(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 3, paid=1000, voucher=True, message="Enjoy")
    code = code_of(given)
    first = counter.redeem_slip(code)
    assert (first.paid_from, first.slip, first.waiting) == (PaidFrom.SLIP, given.slip, 2)
    assert (first.units, first.amount_minor, first.list_price_minor) == (1, 333, 360)
    (line,) = first.lines
    assert (line.gift, line.units, line.message) == (given.gift, 1, "Enjoy")
    clock.forward(hours=1)
    last = counter.redeem_slip(code, 2)
    assert (last.waiting, last.amount_minor, len(last.lines)) == (0, 667, 2)
    used_at = clock.at
    clock.forward(hours=1)
    no = slip_refused(counter, lambda: counter.redeem_slip(code))
    assert (no.reason, no.message) == ("slip-used", "This slip has been used.")
    assert (no.slip, no.item, no.at, no.till) == (
        given.slip,
        counter.item("Latte").id,
        used_at,
        "till 1",
    )
    slip = counter.ledger.look_up(code)
    assert isinstance(slip, Slip)
    assert (slip.state, slip.ended_at, slip.ended_till) == (SlipState.USED, used_at, "till 1")
    counter.assert_sound()


def test_more_than_is_left_is_refused_and_the_slip_says_how_much_is(counter: Counter) -> None:
    code = code_of(counter.give("Latte", 2, voucher=True))
    no = slip_refused(counter, lambda: counter.redeem_slip(code, 3))
    assert (no.reason, no.left) == ("slip-short", 2)
    assert no.message == "This slip still has 2 Latte, not 3."
    assert counter.redeem_slip(code, 2).waiting == 0


@pytest.mark.parametrize("units", [0, -1, 10_001])
def test_a_count_that_nobody_means_is_refused(counter: Counter, units: int) -> None:
    code = code_of(counter.give("Latte", 2, voucher=True))
    with pytest.raises(BadInput):
        counter.redeem_slip(code, units)


def test_no_slip_pays_unseen(counter: Counter) -> None:
    counter.give("Latte", voucher=True)
    counter.give_money(1000)
    with pytest.raises(BadInput) as no:
        counter.redeem("Latte", paid_from=PaidFrom.SLIP)
    assert no.value.reason == "slip-needed"


def test_another_of_the_same_group_is_served_at_its_own_price(counter: Counter) -> None:
    code = code_of(counter.give("Flat white", 1, voucher=True))
    done = counter.redeem_slip(code, name="Latte")
    assert (done.item.name, done.amount_minor, done.list_price_minor) == ("Latte", 350, 360)
    assert done.paid_from is PaidFrom.SLIP
    counter.assert_sound()


def test_what_is_of_no_common_group_is_refused(counter: Counter) -> None:
    code = code_of(counter.give("Flat white", 1, voucher=True))
    with pytest.raises(Refused, match="for Flat white, and Tea is not of the same group") as no:
        counter.redeem_slip(code, name="Tea")
    assert no.value.reason == "other-item"


def test_a_slip_of_a_retired_item_still_pays(counter: Counter) -> None:
    code = code_of(counter.give("Tea", 1, voucher=True))
    counter.ledger.retire_item(counter.item("Tea").id)
    assert counter.redeem_slip(code).units == 1


def test_money_on_a_slip_pays_the_price_of_what_is_served(counter: Counter) -> None:
    code = code_of(counter.give_money(1000, voucher=True))
    assert counter.fund() == 0
    with pytest.raises(Refused, match=r"holds €10\.00: say what is served") as no:
        counter.redeem_slip(code)
    assert no.value.reason == "item-needed"
    done = counter.redeem_slip(code, 2, name="Latte")
    assert (done.units, done.amount_minor, done.list_price_minor) == (2, 720, 720)
    assert (done.waiting, done.paid_from, done.item.name) == (280, PaidFrom.SLIP, "Latte")
    short = slip_refused(counter, lambda: counter.redeem_slip(code, name="Cappuccino"))
    assert (short.reason, short.left) == ("slip-short", 280)
    assert short.message == "This slip still has €2.80, not €3.20."
    assert counter.redeem_slip(code, name="Tea").waiting == 30
    counter.assert_sound()


def test_money_buys_nothing_that_has_no_price(counter: Counter) -> None:
    code = code_of(counter.give_money(1000, voucher=True))
    tea = counter.item("Tea").id
    with counter.ledger._file.write_transaction() as database:
        database.execute("UPDATE item SET price_minor = 0 WHERE item = ?", [tea])
    with pytest.raises(Refused) as no:
        counter.redeem_slip(code, name="Tea")
    assert no.value.reason == "no-price"


def test_money_is_not_handed_out_for_a_slip(counter: Counter) -> None:
    code = code_of(counter.give_money(1000, voucher=True))
    ask = RedeemSlip(action=new_action_id(), code=code, item=counter.ledger.fund().id)
    with pytest.raises(Refused) as no:
        counter.ledger.redeem_slip(ask)
    assert no.value.reason == "money-pays"


@pytest.mark.parametrize("first", [True, False])
def test_a_code_of_another_shop_is_not_ours(counter: Counter, first: bool) -> None:
    """Before the first code of all, too, when there is no pepper yet."""
    if not first:
        counter.give("Latte", voucher=True)
    for ask in (counter.redeem_slip, counter.ledger.look_up):
        no = slip_refused(counter, lambda: ask(new_code()))  # noqa: B023 - it is called at once
        assert (no.reason, no.slip, no.at) == ("not-ours", None, None)


def test_a_givers_receipt_looks_and_never_pays(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 3)
    assert given.receipt is not None
    no = slip_refused(counter, lambda: counter.redeem_slip(given.receipt))  # type: ignore[arg-type]
    assert no.reason == "receipt-code"
    counter.redeem("Latte", 2)
    told = counter.ledger.look_up(given.receipt)
    assert told == Receipt(given.gift, counter.item("Latte"), 3, 0, given.day)
    clock.forward(days=1)
    told = counter.ledger.look_up(given.receipt)
    assert isinstance(told, Receipt)
    assert told.enjoyed == 2, "what was enjoyed is told the day after"


def test_codes_are_told_to_the_call_that_made_them_alone(counter: Counter) -> None:
    action = new_action_id()
    given = counter.give("Latte", voucher=True, action=action)
    again = counter.give("Latte", voucher=True, action=action)
    assert (given.repeated, again.repeated) == (False, True)
    assert again == replace(given, repeated=True, voucher=None, receipt=None)
    with pytest.raises(Refused) as no:
        counter.give("Latte", action=action)
    assert no.value.reason == "id-used"


@contextmanager
def failing_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the disk fail as the next commit is done: what was written is there all the same."""
    honest = LedgerFile.write_transaction

    @contextmanager
    def failing(file: LedgerFile) -> Iterator[Database]:
        monkeypatch.setattr(LedgerFile, "write_transaction", honest)
        with honest(file) as database:
            yield database
        raise LedgerUnusable("The disk failed.", reason="disk-error")

    monkeypatch.setattr(LedgerFile, "write_transaction", failing)
    yield
    assert LedgerFile.write_transaction is honest


def test_after_a_failed_commit_that_was_none_the_code_is_told(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with failing_after_the_commit(monkeypatch):
        given = counter.give("Latte", voucher=True)
    assert given.receipt is not None
    assert counter.redeem_slip(code_of(given)).units == 1
    with failing_after_the_commit(monkeypatch):
        new = counter.replace(counter.give("Latte", voucher=True).gift)
    assert new.slips[0].code is not None
    assert counter.redeem_slip(new.slips[0].code).units == 1


def test_the_same_scan_asked_again_is_done_once(counter: Counter, clock: FrozenClock) -> None:
    code = code_of(counter.give("Latte", 2, voucher=True))
    action = new_action_id()
    first = counter.redeem_slip(code, action=action)
    facts = counter.facts()
    clock.forward(days=2)
    assert counter.redeem_slip(code, action=action) == replace(first, repeated=True)
    assert counter.facts() == facts
    other = code_of(counter.give("Latte", 2, voucher=True))
    with pytest.raises(Refused, match="used for something else"):
        counter.redeem_slip(code, 2, action=action)
    with pytest.raises(Refused, match="used for something else"):
        counter.redeem_slip(other, action=action)
    with pytest.raises(Refused, match="used for something else"):
        counter.redeem("Latte", action=action)


def test_taking_a_scan_back_revives_the_slip(counter: Counter) -> None:
    given = counter.give("Latte", 2, voucher=True)
    done = counter.redeem_slip(code_of(given), 2)
    (past, *_) = counter.ledger.latest_actions()
    assert (past.paid_from, past.left) == (PaidFrom.SLIP, 2)
    assert counter.undo(done.action).slip == given.slip
    assert counter.ledger.slip(given.gift).state is SlipState.WAITING
    assert counter.waiting("Latte") == 0
    part = counter.redeem_slip(code_of(given), 2)
    counter.undo(part.action, 1)
    assert counter.redeem_slip(code_of(given)).waiting == 0
    counter.assert_sound()


def test_what_the_board_had_paid_is_on_no_slip_again(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.give("Latte", voucher=True)
    assert counter.undo(counter.redeem("Latte").action).slip is None


def test_taking_the_gift_back_ends_its_slip(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 2, voucher=True)
    counter.undo(given.action)
    no = slip_refused(counter, lambda: counter.redeem_slip(code_of(given)))
    assert (no.reason, no.at) == ("slip-withdrawn", clock.at)
    assert counter.ledger.slip(given.gift).state is SlipState.WITHDRAWN
    counter.assert_sound()


def test_a_gift_whose_slip_was_used_is_not_taken_back(counter: Counter) -> None:
    given = counter.give("Latte", 2, voucher=True)
    counter.redeem_slip(code_of(given), 2)
    with pytest.raises(Refused) as no:
        counter.undo(given.action)
    assert no.value.reason == "enjoyed"


def test_a_refund_ends_the_slip(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 2, voucher=True)
    refund = counter.refund(given.gift)
    assert refund.units == 2
    no = slip_refused(counter, lambda: counter.redeem_slip(code_of(given)))
    assert (no.reason, no.at, no.till) == ("slip-refunded", clock.at, "till 1")
    counter.undo(refund.action)
    assert counter.redeem_slip(code_of(given)).units == 1
    counter.assert_sound()


def test_a_refund_takes_from_the_board_first(counter: Counter) -> None:
    given = counter.give("Latte", 3)
    counter.make_slip(given.gift, 2)
    counter.refund(given.gift, 2)
    assert counter.waiting("Latte") == 0
    assert counter.ledger.gift(given.gift).on_slips == 1
    counter.refund(given.gift)
    assert counter.ledger.gift(given.gift).waiting == 0
    counter.assert_sound()


def test_erasing_words_takes_them_off_the_slip(counter: Counter) -> None:
    given = counter.give("Latte", voucher=True, giver="Ana", message="Enjoy")
    counter.ledger.erase_words(given.gift)
    slip = counter.ledger.slip(given.gift)
    assert (slip.giver, slip.message) == (None, None)
    assert counter.redeem_slip(code_of(given)).lines[0].message is None


# -- finding slips ----------------------------------------------------------------------------


def test_slips_are_listed_newest_first_and_by_state(counter: Counter) -> None:
    used = counter.give("Latte", voucher=True)
    gone = counter.give("Tea", voucher=True)
    waits = [counter.give("Tea", voucher=True).gift for _ in range(3)]
    counter.redeem_slip(code_of(used))
    counter.refund(gone.gift)
    ledger = counter.ledger
    every = [used.gift, gone.gift, *waits]
    assert [slip.slip for slip in ledger.slips()] == every[::-1]
    assert [slip.slip for slip in ledger.slips(SlipState.WAITING)] == waits[::-1]
    assert [slip.slip for slip in ledger.slips(SlipState.USED)] == [used.gift]
    assert [slip.slip for slip in ledger.slips(SlipState.REFUNDED)] == [gone.gift]
    assert ledger.slips(SlipState.EXPIRED) == ()
    first = ledger.slips(most=2)
    assert [slip.slip for slip in ledger.slips(before=first[-1].slip)] == every[:3][::-1]


def test_a_slip_is_meant_by_its_number_or_its_gifts(counter: Counter) -> None:
    on_board = counter.give("Latte", 4)
    (only,) = counter.make_slip(on_board.gift, 1).slips
    slip_of = counter.ledger.slip_of
    assert slip_of(only.slip.slip).slip == only.slip.slip
    assert slip_of(on_board.gift).slip == only.slip.slip
    (other,) = counter.make_slip(on_board.gift, 1).slips
    with pytest.raises(Refused, match=f"{only.slip.slip}, {other.slip.slip}") as no:
        slip_of(on_board.gift)
    assert no.value.reason == "several-slips"
    for number in (counter.give("Tea").gift, 999):
        with pytest.raises(Refused) as no:
            slip_of(number)
        assert no.value.reason == "unknown-slip"
    with pytest.raises(Refused) as no:
        counter.ledger.slip(999)
    assert no.value.reason == "unknown-slip"


def test_a_gifts_first_slip_that_ended_leads_to_the_one_that_waits(counter: Counter) -> None:
    given = counter.give("Latte", voucher=True)
    counter.take_back(given.gift)
    assert counter.ledger.slip_of(given.gift).state is SlipState.WITHDRAWN
    (new,) = counter.make_slip(given.gift).slips
    assert counter.ledger.slip_of(given.gift).slip == new.slip.slip
