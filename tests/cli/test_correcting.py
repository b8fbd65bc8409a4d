"""``undo`` and ``refund``: whole, in part, and what can no longer be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import Give
from payforward.core.days import day_text
from payforward.core.ids import new_action_id
from tests.conftest import FrozenClock

if TYPE_CHECKING:
    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"


def test_a_gift_is_taken_back_whole_or_in_part(pay: Pay) -> None:
    whole = pay.json("give", "latte", "--tender", "card")
    told = pay.json("undo", whole["action"].upper(), "--reason", "wrong item")
    assert pay.waiting() == {}
    assert told == {
        "action": told["action"],
        "undoes": whole["action"],
        "kind": "give",
        "item": "Latte",
        "units": 1,
        "amount_minor": 375,
        "currency": "EUR",
        "gift": 1,
        "waiting": 0,
        "tender": "card",
        "day": told["day"],
        "done_on": told["day"],
        "repeated": False,
    }
    part = pay.json("give", "tea", "--count", "3")
    said = pay.done("undo", part["action"], "--count", "2")
    assert said == "Taken back: the gift of 2 Tea. €4.00 goes back to the giver, cash.\nGift 3.\n"
    assert pay.waiting() == {"Tea": 1}


def test_money_is_taken_back_as_money(pay: Pay) -> None:
    given = pay.json("give", "--money", "20")
    assert pay.refused("undo", given["action"], "--count", "2")[:2] == (2, "wrong-usage")
    told = pay.json("undo", given["action"], "--money", "5.50")
    assert pay.waiting() == {"€": 1450}
    assert (told["units"], told["amount_minor"]) == (550, 550)
    latte = pay.json("give", "latte", "--count", "600")
    assert pay.refused("undo", latte["action"], "--money", "3.75")[:2] == (2, "wrong-usage")
    both = ("--money", "1", "--count", "1")
    assert pay.refused("undo", latte["action"], *both)[:2] == (2, "wrong-usage")


def test_what_the_fund_paid_is_counted_in_what_was_served(pay: Pay) -> None:
    pay.done("give", "--money", "20")
    served = pay.json("redeem", "latte", "--count", "2", "--from", "fund")
    told = pay.json("undo", served["action"], "--count", "1")
    assert pay.waiting() == {"€": 1625}
    assert (told["item"], told["units"], told["amount_minor"]) == ("Latte", 1, 375)


@pytest.mark.parametrize("gift", [["latte", "--count", "2"], ["--money", "20"]])
def test_what_a_slip_paid_is_on_the_slip_again(pay: Pay, gift: list[str]) -> None:
    code = pay.json("give", *gift, "--voucher")["voucher"]
    pay.done("redeem", "--code", code, "latte")
    said = pay.done("undo", "last", "--id", ID)
    told = "Taken back: 1 Latte. What paid for it, €3.75, is on slip 1 again.\nGift 1.\n"
    assert said == told
    assert pay.done("undo", "last", "--id", ID).endswith(f"done again:\n{told}")
    assert pay.waiting() == {}
    assert pay.json("redeem", "--code", code, "latte")["paid_from"] == "slip"


def test_what_was_refunded_off_a_slip_waits_on_it_again(pay: Pay) -> None:
    pay.done("give", "latte", "--voucher")
    pay.done("refund", "1")
    said = pay.done("undo", "last")
    assert said.startswith("Taken back: the refund. 1 Latte waits on slip 1 again; €3.75 goes")
    assert pay.waiting() == {}


def test_what_the_board_or_the_fund_paid_waits_again(pay: Pay) -> None:
    pay.done("give", "latte")
    pay.done("give", "--money", "5")
    for source in ("board", "fund"):
        pay.done("redeem", "latte", "--from", source)
        said = pay.done("undo", "last")
        assert said.startswith("Taken back: 1 Latte. The gifts that paid for it, €3.75, wait again")


def test_only_what_was_not_enjoyed_can_be_taken_back(pay: Pay) -> None:
    given = pay.json("give", "latte", "--count", "3")
    pay.done("redeem", "latte")
    code, reason, sentence = pay.refused("undo", given["action"])
    assert (code, reason) == (1, "partly-enjoyed")
    assert sentence.endswith("take back the other 2 Latte: add --count 2.")
    money = pay.json("give", "--money", "5")
    pay.done("redeem", "tea", "--from", "fund")
    assert pay.refused("undo", money["action"])[2].endswith("the other €3.00: add --money 3.00.")
    pay.done("redeem", "latte", "--count", "2")
    assert pay.refused("undo", given["action"])[:2] == (1, "enjoyed")
    assert pay.refused("refund", str(given["gift"]))[:2] == (1, "enjoyed")
    assert pay.waiting() == {"€": 300}


def test_an_undo_is_final(pay: Pay) -> None:
    given = pay.json("give", "latte")
    undone = pay.json("undo", given["action"], "--id", ID)
    assert pay.json("undo", given["action"], "--id", ID) == {**undone, "repeated": True}
    assert pay.refused("undo", undone["action"])[:2] == (1, "undo-of-undo")
    assert pay.refused("undo", given["action"])[:2] == (1, "already-undone")
    assert pay.waiting() == {}


def test_yesterday_is_over(pay: Pay) -> None:
    yesterday = FrozenClock(datetime.now(UTC) - timedelta(days=1, hours=1))
    action = new_action_id()
    with pay.ledger(yesterday) as ledger:
        item = ledger.find_item("latte")
        ledger.give(Give(action=action, item=item.id, units=2))
    code, reason, sentence = pay.refused("undo", action)
    assert (code, reason) == (1, "another-day")
    assert sentence.endswith(
        "and that day is over: the owner can take it back with --other-day, or what still waits of "
        "the gift can be refunded."
    )
    assert pay.refused("undo", action, "--count", "1")[:2] == (1, "another-day")
    assert pay.refused("undo", action, "--money", "1")[:2] == (1, "another-day")
    pay.done("refund", "1", "--count", "1")
    assert pay.waiting() == {"Latte": 1}


def test_the_owner_takes_back_what_another_day_saw(pay: Pay) -> None:
    clock = FrozenClock(datetime.now(UTC) - timedelta(days=1, hours=1))
    action, money = new_action_id(), new_action_id()
    with pay.ledger(clock) as ledger:
        ledger.give(Give(action=action, item=ledger.find_item("latte").id, units=3))
        ledger.give(Give(action=money, item=ledger.fund().id, units=2000))
    pay.done("redeem", "latte")
    said = pay.refused("undo", action, "--other-day")[2]
    assert said.endswith("take back the other 2 Latte: add --count 2.")
    undo = ("undo", action, "--other-day", "--count", "2", "--reason", "Twice", "--id", ID)
    first = pay.done(*undo)
    told = pay.json(*undo)
    then, now = (day_text(date.fromisoformat(told[each])) for each in ("done_on", "day"))
    assert first.startswith("Taken back: the gift of 2 Latte. €7.50 goes back to the giver, ")
    assert first.endswith(f".\nThat was on {then}; this counts on {now}.\nGift 1.\n")
    assert pay.done(*undo).endswith(f"done again:\n{first}")
    # Who asks for less than before asks for something else.
    assert pay.refused("undo", action, "--count", "2", "--id", ID)[:2] == (1, "id-used")
    assert pay.refused("undo", money, "--other-day", "--count", "1")[1] == "wrong-usage"
    back = pay.json("undo", money, "--other-day", "--money", "5")
    assert (back["units"], back["waiting"]) == (500, 1500)
    assert back["done_on"] < back["day"]
    day = pay.json("report", "day")
    assert day["tenders"][0]["given_minor"] == -750 - 500
    assert pay.json("verify")["sound"] is True


def test_what_was_paid_before_the_ledger_began_moves_no_money(pay: Pay) -> None:
    given = pay.json("give", "latte", "--count", "2", "--tender", "opening")
    said = pay.done("undo", given["action"])
    assert said == (
        "Taken back: the gift of 2 Latte. It was paid before this ledger began: no money goes "
        "back.\nGift 1.\n"
    )


def test_a_retry_of_the_last_act_answers_and_takes_nothing_more(pay: Pay) -> None:
    pay.done("give", "latte")
    pay.done("give", "tea", "--count", "3")
    undone = pay.json("undo", "last", "--count", "2", "--id", ID)
    assert (undone["item"], undone["units"]) == ("Tea", 2)
    again = pay.json("undo", "last", "--count", "2", "--id", ID)
    assert again == {**undone, "repeated": True}
    assert pay.waiting() == {"Latte": 1, "Tea": 1}
    assert pay.refused("undo", "last", "--id", ID)[:2] == (1, "id-used")
    served = pay.json("redeem", "latte")["action"]
    assert pay.refused("undo", "last", "--id", served)[:2] == (1, "id-used")


def test_a_refund_in_part_and_by_another_way(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "3", "--tender", "card")
    told = pay.json("refund", "#1", "--count", "1", "--tender", "cash", "--id", ID)
    assert pay.waiting() == {"Latte": 2}
    assert told == {
        "action": ID,
        "gift": 1,
        "item": "Latte",
        "units": 1,
        "amount_minor": 375,
        "currency": "EUR",
        "tender": "cash",
        "waiting": 2,
        "repeated": False,
    }
    again = ("refund", "1", "--count", "1", "--tender", "cash", "--id", ID)
    assert pay.json(*again) == {**told, "repeated": True}
    assert pay.refused("refund", "1", "--count", "3")[:2] == (1, "nothing-waiting")
    said = pay.done("undo", ID)
    assert said.startswith("Taken back: the refund. 1 Latte waits again; €3.75 goes back into")
    assert pay.waiting() == {"Latte": 3}


def test_money_is_refunded_as_money(pay: Pay) -> None:
    pay.done("give", "--money", "20")
    assert pay.refused("refund", "1", "--count", "2")[:2] == (2, "wrong-usage")
    said = pay.done("refund", "1", "--money", "5")
    assert said.startswith("Give €5.00 back, cash.\n€5.00 no longer waits; €15.00 still waiting.\n")
    assert pay.waiting() == {"€": 1500}


def test_what_nobody_means_changes_nothing(pay: Pay) -> None:
    given = pay.json("give", "latte", "--count", "2")["action"]
    for ask, expected in (
        (("undo", "abc"), (2, "bad-id")),
        (("undo",), (2, "wrong-usage")),
        (("undo", ID), (1, "unknown-action")),
        (("undo", ID, "--count", "1"), (1, "unknown-action")),
        (("undo", given, "--count", "3"), (2, "bad-count")),
        (("undo", given, "--count", "0"), (2, "bad-count")),
        (("undo", given, "--reason", "x" * 201), (2, "bad-message")),
        (("refund", "99"), (1, "unknown-gift")),
        (("refund", "99", "--count", "1"), (1, "unknown-gift")),
        (("refund", "abc"), (2, "bad-gift")),
        (("refund", "1", "--count", "0"), (2, "bad-count")),
        (("refund", "1", "--tender", "opening"), (2, "wrong-usage")),
        (("refund", "9" * 30), (2, "bad-gift")),
    ):
        assert pay.refused(*ask)[:2] == expected, ask
    assert pay.waiting() == {"Latte": 2}


def test_the_last_act_of_a_till_needs_no_id(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "2")
    pay.done("--till", "till 2", "give", "tea")
    assert pay.json("undo", "last")["item"] == "Latte"
    assert pay.waiting() == {"Tea": 1}
    assert pay.refused("undo", "last")[:2] == (1, "unknown-action")
    assert pay.json("undo", "last", "--till", "till 2")["item"] == "Tea"
    assert pay.waiting() == {}
