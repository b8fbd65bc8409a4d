"""What may be asked: the board, a day, a gift's story, what this till may take back."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.errors import Refused
from payforward.core.model import Kind, PaidFrom, Tender
from tests.db.counter import Counter, raw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock


def test_the_board_stands_in_the_menus_order_with_its_oldest_day(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give("Tea", 4)
    counter.give("Flat white", 2)
    clock.forward(days=2)
    counter.give("Flat white")
    counter.give_money(500)
    clock.forward(days=1)
    counter.give_money(70)
    board = counter.ledger.board()
    assert [(r.item.name, r.units, r.oldest_day.day) for r in board.rows] == [
        ("Flat white", 3, 21),
        ("Tea", 4, 21),
    ]
    assert (board.money_minor, board.money_oldest_day) == (570, date(2026, 11, 23))
    assert (board.currency, board.day) == ("EUR", date(2026, 11, 24))
    counter.redeem("Flat white", 2)
    assert counter.ledger.board().rows[0].oldest_day.day == 23


def test_an_empty_board(counter: Counter) -> None:
    board = counter.ledger.board()
    assert (board.rows, board.money_minor, board.money_oldest_day) == ((), 0, None)


def test_the_board_shows_retired_items_that_wait(counter: Counter) -> None:
    counter.give("Tea")
    counter.ledger.retire_item(counter.item("Tea").id)
    assert [row.item.retired for row in counter.ledger.board().rows] == [True]


def test_only_the_board_is_on_the_board(counter: Counter) -> None:
    """What is held for a drive or waits on a slip is not for whoever asks."""
    counter.give("Tea", 3)
    with raw(counter.ledger.path) as connection:
        connection.execute("UPDATE waiting SET place = 'held'")
    assert counter.ledger.board().rows == ()
    with pytest.raises(Refused):
        counter.redeem("Tea")


def test_entries_of_a_day_with_their_names(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 3, paid=1000)
    served = counter.redeem("Latte", 2)
    counter.undo(served.action, 1)
    clock.forward(days=1)
    counter.give("Tea")
    views = counter.ledger.entries(date(2026, 11, 21))
    assert [(v.kind, v.entry.units, v.undone) for v in views] == [
        (Kind.GIVE, 2, False),
        (Kind.GIVE, 1, False),
        (Kind.REDEEM, -2, True),
        (Kind.REDEEM, 1, False),
    ]
    assert {v.entry.gift for v in views} == {given.gift}
    assert [v.item.name if v.item else None for v in views] == ["Latte"] * 4
    assert [v.served_item.name if v.served_item else None for v in views] == [None, None] + [
        "Latte"
    ] * 2
    assert [v.entry.no for v in counter.ledger.entries()] == [5]
    assert counter.ledger.entries(date(2026, 1, 1)) == ()


def test_the_story_of_a_gift(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte", 6, paid=2000, tender=Tender.CARD, giver="Ana", message="Enjoy")
    clock.forward(days=1)
    served = counter.redeem("Latte", 3)
    counter.undo(served.action, 1)
    counter.refund(given.gift, 1)
    story = counter.ledger.gift(given.gift)
    assert (story.item.name, story.units, story.amount_minor) == ("Latte", 6, 2000)
    assert (story.waiting, story.redeemed, story.refunded) == (3, 2, 1)
    assert (story.giver, story.message, story.tender) == ("Ana", "Enjoy", Tender.CARD)
    assert story.given_on == date(2026, 11, 21)
    assert story.given_at == datetime(2026, 11, 21, 17, 40, tzinfo=UTC)
    assert [view.kind for view in story.entries] == [
        Kind.GIVE,
        Kind.GIVE,
        Kind.REDEEM,
        Kind.REDEEM,
        Kind.REFUND,
    ]


@pytest.mark.parametrize("gift", [-1, 0, 2, 3, 4, 99])
def test_what_is_no_gift_has_no_story(counter: Counter, clock: FrozenClock, gift: int) -> None:
    counter.give("Latte", 3, paid=1000)
    counter.redeem("Latte")
    clock.forward(days=30)
    assert counter.ledger.accept_clock()
    with pytest.raises(Refused) as refused:
        counter.ledger.gift(gift)
    assert refused.value.reason == "unknown-gift"


def _past(counter: Counter) -> list[tuple[str, str, int, int]]:
    return [(p.kind, p.item.name, p.units, p.left) for p in counter.ledger.latest_actions()]


def test_what_this_till_may_take_back_newest_first(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte", 3, paid=1000)
    counter.give_money(1000)
    counter.redeem("Cappuccino", 2, PaidFrom.FUND)
    counter.redeem("Latte")
    counter.refund(1, 1)
    with counter.another("bar", clock) as bar:
        bar.give("Tea")
        assert _past(bar) == [(Kind.GIVE, "Tea", 1, 1)]
    assert _past(counter) == [
        (Kind.REFUND, "Latte", 1, 1),
        (Kind.REDEEM, "Latte", 1, 1),
        (Kind.REDEEM, "Cappuccino", 2, 2),
        (Kind.GIVE, "Community fund", 1000, 360),
        (Kind.GIVE, "Latte", 3, 1),
    ]
    past = counter.ledger.latest_actions(most=2)
    assert [action.paid_from for action in past] == [None, PaidFrom.BOARD]
    assert [action.amount_minor for action in past] == [334, 333]
    assert counter.ledger.latest_actions()[2].paid_from is PaidFrom.FUND
    clock.forward(days=1)
    assert _past(counter) == []


def test_every_latest_action_says_truly_what_is_left_of_it(
    counter: Counter, clock: FrozenClock, tmp_path: Path
) -> None:
    counter.give("Latte", 3, paid=1000)
    counter.give("Latte", 5)
    counter.redeem("Latte", 4)
    counter.give_money(800)
    counter.redeem("Tea", 2, PaidFrom.FUND)
    counter.refund(2 + 1, 1)
    for number, past in enumerate(counter.ledger.latest_actions()):
        copy = tmp_path / f"{number}.db"
        shutil.copy(counter.ledger.path, copy)
        with Ledger.open(copy, clock=clock) as ledger:
            there = Counter(ledger)
            if past.left < past.units:
                with pytest.raises(Refused):
                    there.undo(past.action)
            if past.left:
                assert there.undo(past.action, past.left).units == past.left
            there.assert_sound()


def test_what_was_taken_back_in_whole_or_part_is_not_offered_again(counter: Counter) -> None:
    whole = counter.give("Tea")
    part = counter.give("Latte", 3, paid=1000)  # two books, of which one comes back
    for amount in (100, 700):
        counter.give_money(amount)
    fund = counter.redeem("Latte", 2, PaidFrom.FUND)
    counter.undo(whole.action)
    counter.undo(part.action, 1)
    counter.undo(fund.action, 1)
    names = {past.action for past in counter.ledger.latest_actions()}
    assert names.isdisjoint({whole.action, part.action, fund.action})
    assert len(names) == 2


def test_a_clocks_mark_is_no_action_of_anyone(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Flat white")
    clock.forward(days=30)
    assert counter.ledger.accept_clock()
    counter.give("Tea")
    clock.forward(hours=-2)
    counter.give("Latte")
    assert [item for _, item, _, _ in _past(counter)] == ["Latte", "Tea"]


def test_a_till_that_did_nothing_has_no_actions(counter: Counter) -> None:
    assert counter.ledger.latest_actions() == ()


def test_another_tills_change_is_noticed(counter: Counter, clock: FrozenClock) -> None:
    with counter.another("bar", clock) as bar:
        seen = counter.ledger.data_version()
        assert counter.ledger.data_version() == seen
        bar.give("Latte")
        changed = counter.ledger.data_version()
        assert changed != seen
        assert counter.waiting("Latte") == 1
        counter.give("Latte")
        assert counter.ledger.data_version() == changed
        with pytest.raises(Refused):
            bar.redeem("Tea")
        assert counter.ledger.data_version() == changed


def test_programmes_and_fund_are_told(counter: Counter) -> None:
    assert [program.name for program in counter.ledger.programs()] == ["Pay it forward"]
    assert counter.ledger.fund().name == "Community fund"
    assert counter.ledger.fund() not in counter.ledger.items()
