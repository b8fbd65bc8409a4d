"""The oldest gift is handed over first, from whoever was asked to pay, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import Redeem
from payforward.core.errors import BadInput, NothingWaiting, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom

if TYPE_CHECKING:
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def test_the_oldest_gift_goes_first(counter: Counter, clock: FrozenClock) -> None:
    first = counter.give("Latte", 2, message="one")
    clock.forward(days=1)
    second = counter.give("Latte", 2, message="two")
    assert [line.gift for line in counter.redeem("Latte").lines] == [first.gift]
    served = counter.redeem("Latte", 2)
    assert [(line.gift, line.units, line.message) for line in served.lines] == [
        (first.gift, 1, "one"),
        (second.gift, 1, "two"),
    ]
    assert [line.given_on.isoformat() for line in served.lines] == ["2026-11-21", "2026-11-22"]
    assert served.waiting == 1


def test_the_books_of_a_gift_go_in_their_order(counter: Counter) -> None:
    counter.give("Latte", 3, paid=1000)
    amounts = [counter.redeem("Latte").amount_minor for _ in range(3)]
    assert amounts == [333, 333, 334]


def test_a_gift_given_back_keeps_its_place_in_the_line(counter: Counter) -> None:
    first = counter.give("Latte")
    second = counter.give("Latte")
    served = counter.redeem("Latte")
    counter.undo(served.action)
    assert counter.redeem("Latte").lines[0].gift == first.gift
    assert counter.redeem("Latte").lines[0].gift == second.gift


def test_what_is_handed_over_is_counted_and_priced(counter: Counter) -> None:
    counter.give("Latte", 5, paid=1501)
    counter.ledger.set_price(counter.item("Latte").id, 400)
    served = counter.redeem("Latte", 4)
    assert (served.units, served.amount_minor, served.list_price_minor) == (4, 1200, 1600)
    assert (served.paid_from, served.waiting) == (PaidFrom.BOARD, 1)
    entries = [view.entry for view in counter.ledger.entries()][2:]
    assert [(e.units, e.served, e.list_price_minor, e.served_item) for e in entries] == [
        (-4, 4, 1600, counter.item("Latte").id)
    ]


def test_more_than_waits_is_refused_whole(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.give("Tea", 3)
    before = counter.facts()
    with pytest.raises(NothingWaiting, match=r"Only 2 Latte waiting\. Waiting: .*3 Tea") as refused:
        counter.redeem("Latte", 3)
    assert refused.value.waiting == 2
    with pytest.raises(NothingWaiting, match="No Flat white waiting") as refused:
        counter.redeem("Flat white")
    assert refused.value.waiting == 0
    assert counter.facts() == before


def test_an_empty_board_says_so(counter: Counter) -> None:
    with pytest.raises(NothingWaiting, match="nothing else is: the next gift will be"):
        counter.redeem("Latte")


@pytest.mark.parametrize("units", [0, -1, 10_001])
def test_a_count_that_nobody_means_is_refused(counter: Counter, units: int) -> None:
    counter.give("Latte")
    with pytest.raises(BadInput):
        counter.redeem("Latte", units)


def test_money_is_not_handed_out(counter: Counter) -> None:
    counter.give_money(500)
    with pytest.raises(Refused) as refused:
        counter.ledger.redeem(Redeem(action=new_action_id(), item=counter.ledger.fund().id))
    assert refused.value.reason == "money-pays"


def test_what_waits_of_a_retired_item_is_served(counter: Counter) -> None:
    counter.give("Latte")
    counter.ledger.retire_item(counter.item("Latte").id)
    assert counter.redeem("Latte").units == 1


def test_a_substitute_pays_what_it_cost(counter: Counter) -> None:
    counter.give("Flat white", 2)
    served = counter.redeem("Latte", paid_from=PaidFrom.GROUP, substitute="Flat white")
    assert (served.item.name, served.units) == ("Latte", 1)
    assert (served.amount_minor, served.list_price_minor) == (350, 360)
    assert (served.paid_from, served.waiting) == (PaidFrom.GROUP, 1)
    assert [line.item.name for line in served.lines] == ["Flat white"]
    counter.assert_sound()


def test_without_a_name_the_oldest_gift_of_the_group_pays(counter: Counter) -> None:
    counter.give("Cappuccino", 1)
    counter.give("Flat white", 2, paid=701)
    counter.give("Cappuccino", 2)
    counter.give("Tea", 5)
    offered = [offer.payer.name for offer in counter.ledger.offers(counter.item("Latte").id, 1)]
    assert offered == ["Flat white", "Cappuccino"]
    served = counter.redeem("Latte", 4, PaidFrom.GROUP)
    assert [(line.gift, line.item.name, line.amount_minor) for line in served.lines] == [
        (1, "Cappuccino", 320),
        (2, "Flat white", 350),
        (2, "Flat white", 351),
        (4, "Cappuccino", 320),
    ]
    assert served.list_price_minor == 4 * 360
    assert (counter.waiting("Flat white"), counter.waiting("Cappuccino")) == (0, 1)
    counter.assert_sound()
    with pytest.raises(NothingWaiting, match="Only 1 that may be served for Latte"):
        counter.redeem("Latte", 2, PaidFrom.GROUP)


def test_what_waits_after_a_mixed_payment_is_counted_together(counter: Counter) -> None:
    counter.give("Cappuccino", 2)
    counter.give("Flat white", 3)
    served = counter.redeem("Latte", 3, PaidFrom.GROUP)
    assert [(line.item.name, line.units) for line in served.lines] == [
        ("Cappuccino", 2),
        ("Flat white", 1),
    ]
    assert served.waiting == 2
    counter.give("Cappuccino", 4)
    assert counter.redeem("Latte", 3, PaidFrom.GROUP).waiting == 3
    counter.give("Tea", 5)
    assert counter.redeem("Latte", 1, PaidFrom.GROUP).waiting == 2


def test_only_its_groups_may_pay_for_an_item(counter: Counter) -> None:
    counter.give("Tea")
    with pytest.raises(NothingWaiting, match="Nothing that may be served for Latte is waiting"):
        counter.redeem("Latte", paid_from=PaidFrom.GROUP)
    with pytest.raises(NothingWaiting):
        counter.redeem("Latte", paid_from=PaidFrom.GROUP, substitute="Tea")
    counter.ledger.set_groups(counter.item("Latte").id, ["Coffee", "Hot drinks"])
    counter.ledger.set_groups(counter.item("Tea").id, ["Hot drinks"])
    served = counter.redeem("Latte", paid_from=PaidFrom.GROUP, substitute="Tea")
    assert served.lines[0].item.name == "Tea"


def test_an_item_does_not_stand_in_for_itself(counter: Counter) -> None:
    counter.give("Latte")
    with pytest.raises(NothingWaiting):
        counter.redeem("Latte", paid_from=PaidFrom.GROUP)


def test_the_fund_pays_over_as_many_gifts_as_it_takes(counter: Counter) -> None:
    for amount in (100, 250, 400):
        counter.give_money(amount)
    served = counter.redeem("Latte", 2, PaidFrom.FUND)
    assert (served.units, served.amount_minor, served.list_price_minor) == (2, 720, 720)
    assert [line.amount_minor for line in served.lines] == [100, 250, 370]
    assert (served.paid_from, served.waiting) == (PaidFrom.FUND, 30)
    entries = [view.entry for view in counter.ledger.entries() if view.entry.kind == "redeem"]
    assert [(e.served, e.list_price_minor) for e in entries] == [(2, 100), (0, 250), (0, 370)]
    assert counter.fund() == 30
    counter.assert_sound()


def test_a_fund_that_is_short_pays_nothing(counter: Counter) -> None:
    counter.give_money(359)
    before = counter.facts()
    with pytest.raises(NothingWaiting, match=r"The fund has €3\.59, and 1 Latte cost") as refused:
        counter.redeem("Latte", paid_from=PaidFrom.FUND)
    assert refused.value.waiting == 359
    assert counter.facts() == before
    counter.give_money(1)
    assert counter.redeem("Latte", paid_from=PaidFrom.FUND).waiting == 0


def _ways(counter: Counter, name: str, units: int = 1) -> list[tuple[str, str, int, int, int]]:
    offers = counter.ledger.offers(counter.item(name).id, units)
    return [(o.paid_from, o.payer.name, o.units, o.amount_minor, o.waiting) for o in offers]


def test_nothing_is_offered_where_nothing_waits(counter: Counter) -> None:
    assert _ways(counter, "Latte") == []


def test_the_board_alone_is_offered_where_it_has_enough(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.give("Flat white", 2)
    counter.give_money(2000)
    assert _ways(counter, "Latte") == [("board", "Latte", 1, 360, 2)]


def test_what_else_can_pay_is_offered_nearest_price_first(counter: Counter) -> None:
    counter.give("Cappuccino", 3)
    counter.give("Flat white", 2)
    counter.give("Tea", 9)
    counter.give("Latte", 1)
    counter.give_money(720)
    assert _ways(counter, "Latte", 2) == [
        ("board", "Latte", 1, 360, 1),
        ("group", "Flat white", 2, 700, 2),
        ("group", "Cappuccino", 2, 640, 3),
        ("fund", "Community fund", 2, 720, 720),
    ]
    assert _ways(counter, "Latte", 3) == [
        ("board", "Latte", 1, 360, 1),
        ("group", "Cappuccino", 3, 960, 3),
        ("fund", "Community fund", 2, 720, 720),
    ]
    # Nobody has all of them: each offers its part.
    assert _ways(counter, "Latte", 9) == [
        ("board", "Latte", 1, 360, 1),
        ("group", "Flat white", 2, 700, 2),
        ("group", "Cappuccino", 3, 960, 3),
        ("fund", "Community fund", 2, 720, 720),
    ]


@pytest.mark.parametrize("units", [1, 5])
def test_each_offer_is_what_then_happens(counter: Counter, units: int) -> None:
    counter.give("Cappuccino", 3, paid=1000)
    counter.give_money(500)
    offers = counter.ledger.offers(counter.item("Latte").id, units)
    assert len(offers) == 2
    for offer in offers:
        substitute = offer.payer.id if offer.paid_from is PaidFrom.GROUP else None
        served = counter.ledger.redeem(
            Redeem(
                action=new_action_id(),
                item=offer.item.id,
                units=offer.units,
                paid_from=offer.paid_from,
                substitute=substitute,
            )
        )
        assert served.amount_minor == offer.amount_minor
        assert served.list_price_minor == offer.list_price_minor
        counter.undo(served.action)


def test_the_shop_adds_what_the_price_rose_and_never_less_than_nothing(counter: Counter) -> None:
    counter.give("Latte", 2, paid=600)
    (offer,) = counter.ledger.offers(counter.item("Latte").id, 2)
    assert offer.shop_adds_minor == 120
    counter.ledger.set_price(counter.item("Latte").id, 200)
    (offer,) = counter.ledger.offers(counter.item("Latte").id, 2)
    assert offer.shop_adds_minor == 0
