"""``give``: what is kept of a gift, and what is not accepted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from payforward.core import codes
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.model import Tender

if TYPE_CHECKING:
    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"


def test_everything_said_with_a_gift_is_kept(pay: Pay) -> None:
    told = pay.json(
        *("give", "latte", "--count", "3", "--paid", "10.00", "--tender", "card"),
        *("--giver", " Zoe\u0308 ", "--message", "Enjoy\x1b[31m it!", "--receipt", "R-17"),
        *("--program", "pay it FORWARD", "--id", ID.upper()),
    )
    with pay.ledger() as ledger:
        story = ledger.gift(told["gift"])
        day = ledger.today()
    assert (story.item.name, story.units, story.amount_minor) == ("Latte", 3, 1000)
    assert [(view.entry.units, view.entry.unit_minor) for view in story.entries] == [
        (2, 333),
        (1, 334),
    ]
    assert (story.giver, story.message, story.till_receipt) == ("Zoë", "Enjoy[31m it!", "R-17")
    assert story.tender is Tender.CARD
    assert told == {
        "gift": story.gift,
        "action": ID,
        "item": "Latte",
        "units": 3,
        "amount_minor": 1000,
        "currency": "EUR",
        "program": "Pay it forward",
        "waiting": 3,
        "tender": "card",
        "day": day.isoformat(),
        "slip": None,
        "voucher": None,
        "receipt": told["receipt"],
        "files": [],
        "repeated": False,
    }
    assert codes.is_valid(told["receipt"])


def test_money_goes_to_the_fund(pay: Pay) -> None:
    said = pay.done("give", "--money", "€ 12,50")
    assert pay.waiting() == {"€": 1250}
    assert said.startswith("Thank you. €12.50 for the fund, cash.\n€12.50 in the fund now.\n")
    told = pay.json("give", "--money", "7.50")
    assert (told["units"], told["amount_minor"], told["waiting"]) == (750, 750, 2000)


def test_a_slate_from_before_is_not_in_todays_takings(pay: Pay) -> None:
    said = pay.done("give", "soup", "--tender", "opening")
    with pay.ledger() as ledger:
        assert ledger.gift(1).tender is Tender.OPENING
    assert "€5.00, paid before this ledger began." in said


def test_an_item_of_two_words_needs_no_quotes(pay: Pay) -> None:
    assert pay.json("give", "flat", "white", "--count", "2")["item"] == "Flat white"
    assert pay.waiting() == {"Flat white": 2}


def test_the_same_id_gives_once_with_the_same_answer(pay: Pay) -> None:
    ask = ("give", "latte", "--count", "2", "--message", "Hi", "--id", ID)
    first = pay.json(*ask)
    # A code is told once.
    assert pay.json(*ask) == {**first, "receipt": None, "repeated": True}
    assert pay.done(*ask).startswith("That was done before, and was not done again:\nThank you.")
    assert pay.waiting() == {"Latte": 2}


def test_a_retry_is_answered_after_the_item_left_the_menu(pay: Pay) -> None:
    first = pay.json("give", "latte", "--id", ID)
    pay.done("items", "retire", "latte")
    again = {**first, "receipt": None, "repeated": True}
    assert pay.json("give", "latte", "--id", ID) == again
    assert pay.refused("give", "latte")[:2] == (1, "unknown-item")


def test_an_id_is_for_one_thing_only(pay: Pay) -> None:
    pay.done("give", "latte", "--id", ID)
    for ask in (("give", "latte", "--count", "2"), ("give", "tea"), ("redeem", "latte")):
        assert pay.refused(*ask, "--id", ID)[:2] == (1, "id-used")
    assert pay.refused("give", "latte", "--message", "Hi", "--id", ID)[:2] == (1, "id-used")


@pytest.mark.parametrize(
    ("ask", "code", "reason", "words"),
    [
        (["mokka"], 1, "unknown-item", "There is no mokka on the menu"),
        (["latt\u00e9e"], 1, "unknown-item", "did you mean Latte or Flat white?"),
        (["capuchino"], 1, "unknown-item", "did you mean Cappuccino?"),
        (["\x1b[31mred\u202e"], 1, "unknown-item", "There is no [31mred on the menu"),
        ([], 2, "wrong-usage", "an item, or --money AMOUNT."),
        (["latte", "--money", "3"], 2, "wrong-usage", "one at a time"),
        (["--money", "3", "--count", "2"], 2, "wrong-usage", "leave --count and --paid out"),
        (["latte", "--count", "0"], 2, "bad-count", "from 1 to 10000; 0 was asked for."),
        (["latte", "--count", "1000000"], 2, "bad-count", "1000000 was asked for."),
        (["latte", "--count", "abc"], 2, "bad-count", "abc is not a count"),
        (["latte", "--count", "-1"], 2, "bad-count", "-1 is not a count"),
        (["latte", "--count", "1.5"], 2, "bad-count", "1.5 is not a count"),
        (["latte", "--count", ""], 2, "bad-count", "That is not a count"),
        (["latte", "--count", "1" * 5000], 2, "bad-count", "is not a count"),
        (["latte", "--paid", "-3"], 2, "bad-amount", "never below zero"),
        (["latte", "--paid", "0"], 2, "bad-amount", "Zero is not an amount"),
        (["latte", "--paid", "3.7512"], 2, "bad-amount", "EUR has 2 decimals"),
        (["latte", "--paid", "1.234"], 2, "bad-amount", "1234"),
        (["latte", "--paid", "$3"], 2, "bad-amount", "is not in EUR"),
        (["latte", "--paid", "0.01", "--count", "2"], 2, "bad-amount", "less than €0.01 for each"),
        (["--money", "1e9"], 2, "bad-amount", "is not an amount"),
        (["--money", "999999999999"], 2, "bad-amount", "too much"),
        (["latte", "--tender", "cheque"], 2, "wrong-usage", "'cheque'"),
        (["latte", "--id", "12"], 2, "bad-id", "'12' is not an action's id"),
        (
            ["latte", "--program", "Soup run"],
            1,
            "unknown-program",
            "no program Soup run: ",
        ),
        (["latte", "--message", "x" * 201], 2, "bad-message", "shorten it to 200"),
        (["latte", "--giver", "x" * 61], 2, "bad-name", "The giver's name has 61"),
        (["latte", "--giver", "\u200b"], 2, "bad-name", "The giver's name is empty"),
        (["latte", "--cashier", " "], 2, "bad-name", "The cashier's name is empty"),
    ],
)
def test_what_nobody_means_changes_nothing(
    pay: Pay, ask: list[str], code: int, reason: str, words: str
) -> None:
    got_code, got_reason, sentence = pay.refused("give", *ask)
    assert (got_code, got_reason) == (code, reason)
    assert words in sentence
    assert pay.waiting() == {}


def test_a_date_far_ahead_asks_first(pay: Pay) -> None:
    from tests.conftest import FrozenClock  # noqa: PLC0415

    long_ago = FrozenClock(datetime(2020, 1, 1, tzinfo=UTC))
    with pay.ledger(long_ago) as ledger:
        tea = ledger.find_item("Tea").id
        ledger.give(Give(action=new_action_id(), item=tea, units=1))
    code, reason, sentence = pay.refused("give", "latte")
    assert (code, reason) == (1, "clock-jumped")
    assert "payforward clock --accept" in sentence
    assert "would count on" in pay.done("clock")
    assert pay.refused("give", "latte")[1] == "clock-jumped"
    assert pay.json("clock", "--accept")["accepted"] is True
    assert pay.json("clock", "--accept")["accepted"] is False
    pay.done("give", "latte")
    assert pay.waiting() == {"Latte": 1, "Tea": 1}
