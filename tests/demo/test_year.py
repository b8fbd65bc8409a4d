"""A year of a café: sound, the same every time, nothing in the future, and alive."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from db.ledger import Ledger
from payforward.core.clock import parse_utc_text
from payforward.core.errors import Refused
from payforward.core.model import ItemKind, Kind, Tender
from payforward.core.text import clean_message, clean_name
from payforward.demo import make_demo
from tests.demo.conftest import NOW, all_entries, at
from tests.demo.stories import assert_programs_add_up

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.answers import EntryView
    from payforward.core.model import Entry

ROME = ZoneInfo("Europe/Rome")


def given(lived: list[EntryView]) -> list[Entry]:
    """Return what was given, take-backs aside."""
    return [v.entry for v in lived if v.kind is Kind.GIVE and v.entry.undoes is None]


def redeemed(lived: list[EntryView]) -> list[EntryView]:
    return [v for v in lived if v.kind is Kind.REDEEM and v.entry.undoes is None]


def age_days(ledger: Ledger) -> dict[str, int]:
    """Return how old what waits is, by item."""
    board = ledger.board()
    return {row.item.name: (board.day - row.oldest_day).days for row in board.rows}


def test_it_is_sound_and_whole(rosas: Ledger, lived: list[EntryView]) -> None:
    verified = rosas.verify()
    assert verified.problems == ()
    assert verified.entries == len(lived)
    assert 2_500 <= len(lived) <= 5_000


def test_the_same_seed_and_instant_make_the_same_ledger(
    tmp_path: Path, rosas: Ledger, lived: list[EntryView]
) -> None:
    again = tmp_path / "again.db"
    make_demo(again, clock=at(NOW))
    with Ledger.open(again, clock=at(NOW)) as ledger:
        assert ledger.verify().head == rosas.verify().head
        assert [v.entry for v in all_entries(ledger)] == [v.entry for v in lived]


def test_nothing_is_in_the_future_and_the_last_was_a_few_minutes_ago(
    lived: list[EntryView],
) -> None:
    last = parse_utc_text(lived[-1].entry.at)
    assert timedelta(0) <= NOW - last <= timedelta(minutes=5)
    assert max(v.entry.at for v in lived) == lived[-1].entry.at
    assert max(v.entry.day for v in lived) == "2026-11-21"


def test_it_spans_a_year_without_a_jump_of_the_clock(lived: list[EntryView]) -> None:
    days = sorted({date.fromisoformat(v.entry.day) for v in lived})
    assert days[-1] - days[0] >= timedelta(days=360)
    assert max(later - day for day, later in pairwise(days)) <= timedelta(days=7)
    assert not [v for v in lived if v.kind is Kind.JUMP]
    assert [v.entry.at for v in lived] == sorted(v.entry.at for v in lived)


def test_it_is_closed_on_sundays_and_busiest_on_the_day_of_the_suspended_coffee(
    lived: list[EntryView],
) -> None:
    gifts = Counter(date.fromisoformat(entry.day) for entry in given(lived))
    assert all(day.weekday() != 6 for day in gifts)
    assert gifts.most_common(1)[0][0] == date(2025, 12, 10)
    saturdays = [gifts[day] for day in gifts if day.weekday() == 5]
    mondays = [gifts[day] for day in gifts if day.weekday() == 0]
    assert sum(saturdays) / len(saturdays) > sum(mondays) / len(mondays)
    assert date(2025, 12, 25) not in gifts


def test_the_menu_has_its_order_its_categories_and_one_retired_item(rosas: Ledger) -> None:
    menu = rosas.items(retired=True)
    assert [item.name for item in menu][:4] == ["Flat white", "Cappuccino", "Latte", "Espresso"]
    assert 12 <= len(menu) <= 14
    assert len({item.category for item in menu}) >= 4
    assert [item.name for item in menu if item.retired] == ["Walnut tart"]
    prices = {item.name: item.price_minor for item in menu}
    assert prices["Flat white"] == 350
    assert prices["Soup of the day"] == 600
    assert rosas.find_item("soup of the day").groups == ()
    assert rosas.find_item("flat white").groups == ("Coffee",)


def test_the_board_at_the_end(rosas: Ledger) -> None:
    ages = age_days(rosas)
    assert ages["Cappuccino"] == 0
    assert ages["Flat white"] == 3
    assert 41 <= ages["Soup of the day"] <= 43
    assert max(ages.values()) == ages["Soup of the day"]
    assert "Latte" not in ages
    assert {"Orange juice", "Cinnamon roll"}.isdisjoint(ages)
    assert 8 <= len(ages) <= 12
    assert "Walnut tart" in ages, "gifts of an item that was retired still wait"
    assert 2_000 <= rosas.board().money_minor <= 6_000


def test_prices_rise_twice_and_gifts_keep_what_was_paid(lived: list[EntryView]) -> None:
    paid = {
        v.entry.unit_minor
        for v in lived
        if v.kind is Kind.GIVE and v.item is not None and v.item.name == "Flat white"
    }
    assert paid == {310, 320, 340, 350}, "the slate's price, the first, and after each rise"
    assert any(
        (v.entry.list_price_minor or 0) > -v.entry.amount_minor
        for v in redeemed(lived)
        if v.item == v.served_item
    )


def test_the_first_day_takes_over_the_paper_slate(lived: list[EntryView]) -> None:
    opening = [v for v in lived if v.entry.tender == Tender.OPENING]
    assert {v.entry.day for v in opening} == {"2025-11-21"}
    assert [v.entry.no for v in opening] == list(range(1, len(opening) + 1))
    assert any(v.item is not None and v.item.kind is ItemKind.MONEY for v in opening)


def test_everything_that_a_counter_does_happens(lived: list[EntryView]) -> None:
    served = redeemed(lived)
    by_fund = [v for v in served if v.item is not None and v.item.kind is ItemKind.MONEY]
    by_another = [v for v in served if v.item != v.served_item and v not in by_fund]
    assert len(by_fund) > 100
    assert len(by_another) > 50
    assert 5 <= sum(v.kind is Kind.REFUND for v in lived) <= 40
    undone = Counter(v.kind for v in lived if v.entry.undoes is not None)
    assert undone[Kind.GIVE] >= 5
    assert undone[Kind.REDEEM] >= 5
    # Goods have no tender.
    tenders = {v.entry.tender for v in lived if v.kind is Kind.GIVE}
    assert tenders - {None} == set(Tender)


def test_two_tills_and_three_cashiers_share_the_work(lived: list[EntryView]) -> None:
    by_till = Counter(v.till for v in lived)
    by_cashier = Counter(v.cashier for v in lived)
    assert set(by_till) == {"till 1", "till 2"}
    assert len(by_cashier) == 3
    assert None not in by_cashier
    assert min((by_till | by_cashier).values()) > len(lived) / 10


def test_about_a_third_of_the_gifts_come_with_words(rosas: Ledger, lived: list[EntryView]) -> None:
    stories = [rosas.gift(e.gift) for e in given(lived) if e.gift == e.no]
    names = {story.giver for story in stories if story.giver}
    messages = {story.message for story in stories if story.message}
    with_words = sum(bool(story.giver or story.message) for story in stories)
    assert 0.25 <= with_words / len(stories) <= 0.42
    assert {"Zoë", "李雷", "O'Hara", "مريم"} <= names
    assert all(clean_name(name) == name for name in names)
    assert all(clean_message(text) == text and len(text) <= 40 for text in messages)


def test_till_receipts_are_numbered_like_a_tills(lived: list[EntryView]) -> None:
    gifts = [e for e in given(lived) if e.tender != Tender.OPENING]
    numbers = {(e.till, e.till_receipt) for e in gifts if e.till_receipt is not None}
    with_number = [e for e in gifts if e.till_receipt is not None]
    assert 0.7 <= len(with_number) / len(gifts) <= 0.9
    # A gift of an amount that does not divide has two entries and one receipt.
    assert len(numbers) == len({e.action for e in with_number})


@pytest.mark.parametrize(
    ("seed", "now"),
    [
        (1, datetime(2028, 2, 29, 12, 0, tzinfo=UTC)),
        (7, datetime(2026, 10, 25, 2, 30, tzinfo=ROME, fold=1)),
        (42, datetime(2027, 3, 28, 3, 10, tzinfo=ROME)),
        (297962, datetime(2029, 9, 8, 10, 51, tzinfo=UTC)),
        (2027, datetime(2026, 8, 16, 4, 1, tzinfo=ROME)),
    ],
    ids=["29 February", "autumn night", "spring night", "after the holidays", "a Sunday, just 4"],
)
def test_other_years_and_other_nows(tmp_path: Path, seed: int, now: datetime) -> None:
    path = tmp_path / "demo.db"
    make_demo(path, seed=seed, clock=at(now))
    with Ledger.open(path, clock=at(now)) as ledger:
        verified = ledger.verify()
        ages = age_days(ledger)
        today = ledger.entries()
        assert verified.sound
        assert 2_500 <= verified.entries <= 5_000
        assert len(today) >= 3
        quiet = now.astimezone(UTC) - parse_utc_text(today[-1].entry.at)
        assert timedelta(0) <= quiet <= timedelta(minutes=5)
        assert ages["Cappuccino"] == 0
        assert 3 <= ages["Flat white"] <= 8
        assert ages["Soup of the day"] >= 41
        assert "Walnut tart" in ages
        assert "Latte" not in ages
        assert 2_000 <= ledger.board().money_minor <= 6_000
        assert_programs_add_up(ledger)


def test_progress_is_told_by_the_day(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop_after_three(done: int, days: int) -> None:
        told.append((done, days))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "demo.db", clock=at(NOW), progress=stop_after_three)
    days = told[0][1]
    assert told == [(1, days), (2, days), (3, days)]
    assert list(tmp_path.iterdir()) == [], "what was stopped leaves nothing behind"


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    path.write_bytes(b"mine")
    with pytest.raises(Refused) as refused:
        make_demo(path, clock=at(NOW))
    assert refused.value.reason == "ledger-exists"
    assert path.read_bytes() == b"mine"
