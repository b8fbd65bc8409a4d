"""A gift of an item stays that item; what its price rose is the shop's contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.errors import BadInput, Refused
from payforward.core.model import PaidFrom

if TYPE_CHECKING:
    from tests.db.counter import Counter


def test_a_rise_and_a_fall_stand_apart_line_by_line(counter: Counter) -> None:
    latte = counter.item("Latte").id
    counter.give("Latte", 1)
    counter.ledger.set_price(latte, 500)
    counter.give("Latte", 1)
    counter.ledger.set_price(latte, 400)
    served = counter.redeem("Latte", 2)
    entries = [view.entry for view in counter.ledger.entries() if view.entry.kind == "redeem"]
    differences = [(e.list_price_minor or 0) + e.amount_minor for e in entries]
    assert differences == [40, -100]
    assert (served.amount_minor, served.list_price_minor) == (860, 800)


def test_the_list_price_is_shared_over_the_lines_without_a_remainder(counter: Counter) -> None:
    counter.give("Latte", 1)
    counter.give("Latte", 2)
    counter.ledger.set_price(counter.item("Latte").id, 333)
    served = counter.redeem("Latte", 3)
    entries = [view.entry for view in counter.ledger.entries() if view.entry.kind == "redeem"]
    assert [e.list_price_minor for e in entries] == [333, 666]
    assert served.list_price_minor == 999


def test_the_fund_pays_the_price_of_the_day(counter: Counter) -> None:
    counter.give_money(1000)
    counter.ledger.set_price(counter.item("Latte").id, 700)
    served = counter.redeem("Latte", paid_from=PaidFrom.FUND)
    assert (served.amount_minor, served.list_price_minor, served.waiting) == (700, 700, 300)


def test_a_taken_back_redemption_takes_its_list_price_back(counter: Counter) -> None:
    counter.give("Latte", 3, paid=1000)
    counter.ledger.set_price(counter.item("Latte").id, 411)
    served = counter.redeem("Latte", 3)
    counter.ledger.set_price(counter.item("Latte").id, 999)
    counter.undo(served.action, 2)
    entries = [view.entry for view in counter.ledger.entries() if view.entry.kind == "redeem"]
    assert sum(e.list_price_minor or 0 for e in entries) == 411
    assert sum(e.served or 0 for e in entries) == 1
    assert sum(e.amount_minor for e in entries) == -333
    counter.assert_sound()


@pytest.mark.parametrize("price", [0, -1, 10**10 + 1])
def test_no_price_is_refused(counter: Counter, price: int) -> None:
    with pytest.raises(BadInput):
        counter.ledger.set_price(counter.item("Latte").id, price)
    with pytest.raises(BadInput):
        counter.ledger.add_item("Soup", price)


def test_the_fund_and_what_is_retired_have_no_price(counter: Counter) -> None:
    counter.ledger.retire_item(counter.item("Tea").id)
    for item in (counter.ledger.fund().id, counter.item("Tea").id, 999):
        with pytest.raises(Refused) as refused:
            counter.ledger.set_price(item, 100)
        assert refused.value.reason == "unknown-item"
