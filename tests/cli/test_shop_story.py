"""The whole story of a shop on each till's menu, checked against the ledger at each step."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from tests.conftest import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand

MENUS = ["square-items.csv", "loyverse-items.csv", "shopify-products.csv"]
LATTE_MINOR = 375


def agree(pay: Pay, lattes: int) -> None:
    """See that board, entries and verify say the same to the cent, and the ledger too."""
    with pay.ledger() as ledger:
        board = ledger.board()
        held_minor = sum(view.entry.amount_minor for view in ledger.entries())
        assert ledger.verify().sound
    assert {row.item.name: row.units for row in board.rows} == ({"Latte": lattes} if lattes else {})
    assert held_minor == lattes * LATTE_MINOR
    told = pay.json("board")
    assert [(row["item"], row["units"]) for row in told["items"]] == (
        [("Latte", lattes)] if lattes else []
    )
    assert (told["money_minor"], told["currency"]) == (0, "EUR")
    entries = pay.json("entries")["entries"]
    assert sum(entry["amount_minor"] for entry in entries) == held_minor
    verified = pay.json("verify")
    assert (verified["sound"], verified["entries"]) == (True, len(entries))


@pytest.mark.parametrize("menu", MENUS)
def test_a_shops_day_for_scripts(nowhere: Pay, menu: str) -> None:
    pay = nowhere
    made = pay.json("setup", "--shop", "Rosa's", "--currency", "EUR", "--timezone", "UTC")
    assert (made["shop"], made["items"]) == ("Rosa's", 0)
    brought = pay.json("items", "import", DATA / menu)
    assert len(brought["added"]) == 52
    # The one row without a fixed price, which Shopify's form cannot have.
    assert [row["line"] for row in brought["skipped"]] == ([] if "shopify" in menu else [54])
    assert not brought["dry_run"]
    assert len(pay.json("items")["items"]) == 52
    agree(pay, 0)

    gifts = [
        pay.json("give", "latte", "--message", "Enjoy!"),
        pay.json("give", "latte", "--tender", "card"),
        pay.json("give", "latte"),
    ]
    assert [gift["waiting"] for gift in gifts] == [1, 2, 3]
    assert {gift["amount_minor"] for gift in gifts} == {LATTE_MINOR}
    agree(pay, 3)

    first, second = pay.json("redeem", "latte"), pay.json("redeem", "latte")
    assert [line["message"] for line in first["lines"] + second["lines"]] == ["Enjoy!", None]
    assert [line["gift"] for line in first["lines"]] == [gifts[0]["gift"]]
    assert [done["waiting"] for done in (first, second)] == [2, 1]
    agree(pay, 1)

    undone = pay.json("undo", second["action"], "--reason", "pressed twice")
    assert (undone["kind"], undone["units"], undone["waiting"]) == ("redeem", 1, 2)
    agree(pay, 2)

    refunded = pay.json("refund", str(gifts[2]["gift"]))
    assert (refunded["amount_minor"], refunded["tender"]) == (LATTE_MINOR, "cash")
    agree(pay, 1)


@pytest.mark.parametrize("menu", MENUS)
def test_a_shops_day_in_words(nowhere: Pay, menu: str) -> None:
    pay = nowhere
    pay.done(
        "setup", "--shop", "Rosa's", "--currency", "EUR", "--timezone", "UTC", "--menu", DATA / menu
    )
    agree(pay, 0)
    said = pay.done("give", "latte", "--count", "2", "--message", "Enjoy!")
    assert said.startswith("Thank you. 2 Latte put aside. €7.50, cash.\n2 Latte waiting now.\n")
    assert pay.done("give", "latte").startswith("Thank you. 1 Latte put aside. €3.75, cash.\n")
    agree(pay, 3)

    said = pay.done("redeem", "latte")
    assert said.startswith("✓ 1 Latte. 2 still waiting.\nThe giver says: “Enjoy!”\nGift 1;")
    pay.done("redeem", "latte")
    agree(pay, 1)

    typed = said.rstrip("\n").rpartition("payforward ")[2].split()
    assert pay.done(*typed).startswith("Taken back: 1 Latte. The gifts that paid for it, €3.75,")
    agree(pay, 2)

    assert pay.done("refund", "2").startswith("Give €3.75 back, cash.\n")
    agree(pay, 1)
    assert pay.done("board") == "       waiting  oldest\nLatte        1  today\n"
    assert re.fullmatch(r"All is well: 6 entries, head 6-[0-9a-f]{8}\.\n", pay.done("verify"))


def test_the_real_command_does_the_same(command: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / "real.db"
    env = {"PAYFORWARD_LEDGER": str(path)}

    def told(*arguments: str | Path) -> Any:
        ran = command(*arguments, "--json", env=env)
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)

    told("setup", "--shop", "Rosa's", "--currency", "EUR", "--timezone", "UTC")
    told("items", "import", DATA / "loyverse-items.csv")
    given = told("give", "latte", "--count", "2", "--cashier", "Ana", "--till", "till 2")
    served = told("redeem", "latte")
    with Ledger.open(path) as ledger:
        assert [row.units for row in ledger.board().rows] == [1]
        first = ledger.entries()[0]
        assert (first.cashier, first.till) == ("Ana", "till 2")
    assert served["lines"][0]["gift"] == given["gift"]
    ran = command("board", env=env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "       waiting  oldest\nLatte        1  today\n"
