"""``redeem``: the oldest gift first, and nobody pays who was not asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"
NOTE = "'payforward asked Latte' notes that it was asked for."


def test_several_gifts_serve_one_wish(pay: Pay) -> None:
    pay.done("give", "latte", "--message", "For a cold day")
    pay.done("give", "latte", "--paid", "3.00")
    told = pay.json("redeem", "latte", "--count", "2")
    assert pay.waiting() == {}
    assert (told["units"], told["amount_minor"], told["list_price_minor"]) == (2, 675, 750)
    assert (told["waiting"], told["paid_from"], told["currency"]) == (0, "board", "EUR")
    with pay.ledger() as ledger:
        day = ledger.today().isoformat()
    assert told["lines"] == [
        {
            "gift": 1,
            "item": "Latte",
            "units": 1,
            "amount_minor": 375,
            "message": "For a cold day",
            "given_on": day,
        },
        {
            "gift": 2,
            "item": "Latte",
            "units": 1,
            "amount_minor": 300,
            "message": None,
            "given_on": day,
        },
    ]


def test_people_hear_who_paid_and_what_the_shop_adds(pay: Pay) -> None:
    pay.done("give", "cappuccino", "--count", "2", "--message", "[b]Hi[/b]")
    pay.done("give", "--money", "10")
    said = pay.done("redeem", "latte", "--from", "group")
    assert pay.waiting() == {"Cappuccino": 1, "€": 1000}
    assert said.splitlines()[:3] == [
        "✓ 1 Latte. Paid as Cappuccino; 1 Cappuccino still waiting.",
        "The shop adds €0.55.",
        "The giver says: “[b]Hi[/b]”",
    ]
    said = pay.done("redeem", "soup", "--from", "fund")
    assert pay.waiting() == {"Cappuccino": 1, "€": 500}
    assert said.startswith("✓ 1 Soup. The fund paid €5.00; €5.00 still in it.\nGift 2;")


def test_nobody_pays_unasked(pay: Pay) -> None:
    code, reason, sentence = pay.refused("redeem", "latte")
    assert (code, reason) == (1, "nothing-waiting")
    assert sentence == f"No Latte waiting, and nothing else is: the next gift will be. {NOTE}"
    pay.done("give", "tea", "--count", "3")
    assert pay.refused("redeem", "latte")[2] == f"No Latte waiting. Waiting: 3 Tea. {NOTE}"
    pay.done("give", "--money", "20")
    assert (
        pay.refused("redeem", "latte")[2]
        == f"No Latte waiting; the fund can pay €3.75: add --from fund. {NOTE}"
    )
    pay.done("give", "cappuccino")
    assert pay.refused("redeem", "latte")[2] == (
        "No Latte waiting; 1 Cappuccino can pay (the shop adds €0.55): add --from group; "
        f"the fund can pay €3.75: add --from fund. {NOTE}"
    )
    pay.done("give", "latte")
    assert pay.refused("redeem", "latte", "--count", "2")[2] == (
        "Only 1 Latte waiting; 1 Cappuccino can pay (the shop adds €0.55): "
        f"say --count 1 --from group; the fund can pay €7.50: add --from fund. {NOTE}"
    )
    assert pay.waiting() == {"Latte": 1, "Cappuccino": 1, "Tea": 3, "€": 2000}


def test_of_a_group_the_oldest_gift_pays_and_that_is_said(pay: Pay) -> None:
    pay.done("give", "cappuccino")
    pay.done("give", "flat white", "--count", "3")
    assert pay.refused("redeem", "latte")[2] == (
        "No Latte waiting; Flat white or Cappuccino can pay, the oldest gift first: "
        f"add --from group. {NOTE}"
    )
    note = NOTE.replace("Latte", "Latte --count 2")
    assert pay.refused("redeem", "latte", "--count", "2")[2] == (
        f"No Latte waiting; Flat white can pay, the oldest gift first: add --from group. {note}"
    )
    said = pay.done("redeem", "latte", "--count", "2", "--from", "group")
    assert said.startswith("✓ 2 Latte. Paid as Cappuccino and Flat white; 2 of them still waiting.")
    assert pay.waiting() == {"Flat white": 2}


def test_a_fund_too_small_says_so(pay: Pay) -> None:
    pay.done("give", "--money", "1")
    code, reason, sentence = pay.refused("redeem", "latte", "--from", "fund")
    assert (code, reason) == (1, "nothing-waiting")
    assert sentence == "The fund has €1.00, and 1 Latte costs €3.75: choose something else."


def test_what_left_the_menu_can_still_be_had(pay: Pay) -> None:
    pay.done("give", "soup")
    pay.done("items", "retire", "soup")
    assert pay.done("redeem", "soup").startswith("✓ 1 Soup. 0 still waiting.\n")
    assert pay.waiting() == {}


def test_the_same_id_serves_once(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "3")
    first = pay.json("redeem", "latte", "--id", ID)
    assert pay.json("redeem", "latte", "--id", ID) == {**first, "repeated": True}
    assert pay.waiting() == {"Latte": 2}
    assert pay.refused("redeem", "latte", "--count", "2", "--id", ID)[:2] == (1, "id-used")


@pytest.mark.parametrize(
    ("ask", "code", "reason"),
    [
        ([], 2, "wrong-usage"),
        (["mokka"], 1, "unknown-item"),
        (["latte", "--count", "0"], 2, "bad-count"),
        (["latte", "--count", "1000000"], 2, "bad-count"),
        (["latte", "--from", "house"], 2, "wrong-usage"),
        (["latte", "--from", "giveaway"], 2, "wrong-usage"),
        (["latte", "--program", "Soup run"], 1, "unknown-program"),
        (["latte", "--from", "group"], 1, "nothing-waiting"),
        (["latte", "--id", "x"], 2, "bad-id"),
    ],
)
def test_what_nobody_means_changes_nothing(
    pay: Pay, ask: list[str], code: int, reason: str
) -> None:
    pay.done("give", "latte")
    assert pay.refused("redeem", *ask)[:2] == (code, reason)
    assert pay.waiting() == {"Latte": 1}
