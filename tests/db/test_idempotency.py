"""An action is done once, however often and from wherever it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from payforward.core.answers import Given
from payforward.core.asks import Give, Redeem, Refund, Undo
from payforward.core.errors import Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, Tender

if TYPE_CHECKING:
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def _asks(counter: Counter) -> list[tuple[str, Any]]:
    """Return one ask of each kind, each of which can be done in this order."""
    latte, fund = counter.item("Latte").id, counter.ledger.fund().id
    undone = new_action_id()
    return [
        ("give", Give(action=new_action_id(), item=latte, units=3, paid_minor=1000, giver="Ana")),
        ("give", Give(action=undone, item=fund, units=2000, message="Enjoy")),
        ("redeem", Redeem(action=new_action_id(), item=latte, units=2)),
        ("redeem", Redeem(action=new_action_id(), item=latte, paid_from=PaidFrom.FUND)),
        ("undo", Undo(action=new_action_id(), undoes=undone, units=1500, reason="a slip")),
        ("refund", Refund(action=new_action_id(), gift=1, reason="sold out")),
    ]


def _without_codes(answer: Any) -> Any:
    """Return an answer without what is told once."""
    if isinstance(answer, Given):
        return replace(answer, voucher=None, receipt=None)
    return answer


def test_the_same_ask_has_the_same_answer_and_is_stored_once(
    counter: Counter, clock: FrozenClock
) -> None:
    answers = []
    for method, ask in _asks(counter):
        first = getattr(counter.ledger, method)(ask)
        assert not first.repeated
        facts = counter.facts()
        again = getattr(counter.ledger, method)(ask)
        assert again == replace(_without_codes(first), repeated=True)
        assert counter.facts() == facts
        answers.append((method, ask, first))
    facts = counter.facts()
    # Later, at another till, all is told again, but for what waits now.
    clock.forward(days=3)
    with counter.another("bar", clock) as bar:
        for method, ask, first in answers:
            told = getattr(bar.ledger, method)(ask)
            assert told == replace(_without_codes(first), repeated=True, waiting=told.waiting)
    assert counter.facts() == facts
    counter.assert_sound()


CHANGES: list[tuple[int, dict[str, Any]]] = [
    (0, {"units": 4}),
    (0, {"item": 1}),
    (0, {"paid_minor": None}),
    (0, {"paid_minor": 999}),
    (0, {"tender": Tender.CARD}),
    (0, {"till_receipt": "9"}),
    (0, {"program": 1}),
    (0, {"giver": None}),
    (0, {"giver": "Eva"}),
    (0, {"message": "Hello"}),
    (1, {"message": None}),
    (2, {"units": 1}),
    (2, {"paid_from": PaidFrom.GROUP}),
    (2, {"substitute": 2}),
    (4, {"units": None}),
    (4, {"reason": "another"}),
    (5, {"tender": Tender.CARD}),
    (5, {"units": 1}),
    (5, {"gift": 3}),
]


@pytest.mark.parametrize(("which", "change"), CHANGES, ids=str)
def test_another_ask_under_a_used_id_is_refused(
    counter: Counter, which: int, change: dict[str, Any]
) -> None:
    asks = _asks(counter)
    for method, ask in asks:
        getattr(counter.ledger, method)(ask)
    facts = counter.facts()
    method, ask = asks[which]
    with pytest.raises(Refused, match="used for something else") as refused:
        getattr(counter.ledger, method)(replace(ask, **change))
    assert refused.value.reason == "id-used"
    assert counter.facts() == facts


def test_an_id_is_not_shared_by_two_kinds_of_ask(counter: Counter) -> None:
    action = counter.give("Latte", 2).action
    with pytest.raises(Refused) as refused:
        counter.redeem("Latte", 2, action=action)
    assert refused.value.reason == "id-used"


def test_a_refused_ask_leaves_its_id_free(counter: Counter) -> None:
    action = new_action_id()
    with pytest.raises(Refused):
        counter.redeem("Latte", action=action)
    counter.give("Latte", 2)
    assert not counter.redeem("Latte", action=action).repeated
    assert counter.redeem("Latte", action=action).repeated
    assert counter.waiting("Latte") == 1


def test_after_erasing_the_words_a_retry_is_still_known(counter: Counter) -> None:
    action = new_action_id()
    given = counter.give("Latte", action=action, giver="Ana", message="Enjoy")
    counter.ledger.erase_words(given.gift)
    for giver, message in (("Ana", "Enjoy"), (None, None), (None, "what was it")):
        assert counter.give("Latte", action=action, giver=giver, message=message).repeated
    with pytest.raises(Refused):
        counter.give("Latte", 2, action=action)
    assert counter.waiting("Latte") == 1


def test_a_retry_is_answered_when_the_item_is_gone_and_the_day_is_over(
    counter: Counter, clock: FrozenClock
) -> None:
    action = new_action_id()
    counter.give("Latte", action=action)
    counter.ledger.retire_item(counter.item("Latte").id)
    clock.forward(days=300)
    assert counter.give("Latte", action=action).repeated


def test_a_retry_beside_a_clocks_mark_is_known(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    clock.forward(hours=-3)
    action = new_action_id()
    first = counter.give("Latte", action=action, message="Enjoy")
    again = counter.give("Latte", action=action, message="Enjoy")
    assert again == replace(_without_codes(first), repeated=True)
