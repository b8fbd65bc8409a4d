"""``setup`` and ``items``: a shop begins, and its menu changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.settings import default_ledger_path
from tests.conftest import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

SHOP = ("setup", "--shop", "Rosa's Café", "--currency", "eur", "--timezone", "Europe/Rome")


def test_a_ledger_is_made_once(nowhere: Pay) -> None:
    told = nowhere.json(*SHOP, "--menu", DATA / "loyverse-items.csv")
    with nowhere.ledger() as ledger:
        shop = ledger.shop
        assert len(ledger.items()) == 52
    assert (shop.name, shop.currency, shop.timezone) == ("Rosa's Café", "EUR", "Europe/Rome")
    assert told == {
        "ledger": str(nowhere.path),
        "shop": "Rosa's Café",
        "currency": "EUR",
        "timezone": "Europe/Rome",
        "cutover_hour": 4,
        "items": 52,
        "skipped": [{"line": 54, "name": "Loose tea, by weight", "reason": "no fixed price"}],
        "notes": [],
    }
    code, reason, sentence = nowhere.refused(*SHOP)
    assert (code, reason) == (1, "ledger-exists")
    assert "it was not touched" in sentence


def test_people_are_told_what_comes_next(nowhere: Pay) -> None:
    assert nowhere.done(*SHOP) == (
        f"Rosa's Café is set up. The ledger is {nowhere.path}.\n"
        "Next, the menu: payforward items import FILE, or payforward items add NAME PRICE.\n"
    )
    assert nowhere.done("items").startswith("The menu is empty: payforward items import FILE")
    assert nowhere.refused("give", "latte")[:2] == (1, "unknown-item")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (("--currency", "Euro"), "unknown-currency"),
        (("--currency", "XXX"), "unknown-currency"),
        (("--timezone", "Europe/Roma"), "unknown-timezone"),
        (("--timezone", "../../etc/passwd"), "unknown-timezone"),
        (("--timezone", ""), "unknown-timezone"),
        (("--shop", " \u200b"), "bad-name"),
        (("--menu", "missing.csv"), "cannot-read"),
        (("--menu", "/"), "cannot-read"),
    ],
)
def test_a_set_up_that_cannot_be_leaves_nothing(
    nowhere: Pay, changed: tuple[str, str], reason: str
) -> None:
    assert nowhere.refused(*SHOP, *changed)[:2] == (2, reason)
    assert not nowhere.path.exists()
    assert not list(nowhere.path.parent.glob("*"))


def test_a_menu_is_looked_at_before_it_is_brought_in(pay: Pay, tmp_path: Path) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_text("name,price,category\nLatte,3.90,Coffee\nScone,2.50,Bakery\nCake,?,\n")
    before = pay.digest()
    looked = pay.json("items", "import", menu, "--dry-run")
    assert pay.digest() == before
    brought = pay.json("items", "import", menu)
    with pay.ledger() as ledger:
        assert ledger.find_item("Latte").price_minor == 390
        assert ledger.find_item("Scone").price_minor == 250
    assert looked == {**brought, "dry_run": True}
    assert brought == {
        "added": ["Scone"],
        "restored": [],
        "repriced": [
            {"item": "Latte", "old_price_minor": 375, "price_minor": 390, "currency": "EUR"}
        ],
        "updated": [],
        "unchanged": 0,
        "absent": ["Flat white", "Cappuccino", "Tea", "Soup"],
        "skipped": brought["skipped"],
        "notes": [],
        "dry_run": False,
    }
    assert [(row["line"], row["name"]) for row in brought["skipped"]] == [(4, "Cake")]
    assert all(row["reason"] for row in brought["skipped"])
    assert pay.json("items", "import", menu)["unchanged"] == 2


def test_people_see_what_an_import_did(pay: Pay, tmp_path: Path) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_text("name,price\nLatte,3.90\nScone,2.50\nCake,?\n")
    said = pay.done("items", "import", menu, "--dry-run").splitlines()
    assert said[0] == "Nothing was changed. This file would bring:"
    assert said[1:5] == [
        "1 added.",
        "1 with a new price.",
        "4 on the menu but not in the file, left as they are.",
        "Latte: €3.75 was the price, €3.90 is.",
    ]
    assert said[5].startswith("Left out line 4, Cake: ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04zip",
        b"{}",
        b"no,menu\n1,2\n",
        b"\xff\xfe\x00",
        b"\x00",
    ],
)
def test_a_file_that_is_no_menu_changes_nothing(pay: Pay, tmp_path: Path, data: bytes) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_bytes(data)
    assert pay.refused("items", "import", menu)[:2] == (2, "not-a-menu")


def test_a_file_that_is_not_there_changes_nothing(pay: Pay, tmp_path: Path) -> None:
    code, reason, sentence = pay.refused("items", "import", tmp_path / "menu.csv")
    assert (code, reason) == (2, "cannot-read")
    assert sentence.endswith("menu.csv cannot be read: no such file or directory.")
    assert pay.refused("items", "import", tmp_path)[:2] == (2, "cannot-read")
    assert pay.refused("items", "import")[:2] == (2, "wrong-usage")


def test_items_come_change_and_go(pay: Pay) -> None:
    told = pay.json("items", "add", "Crème brûlée", "€4.50", "--category", "Sweets")
    assert (told["item"], told["category"], told["price_minor"], told["currency"]) == (
        *("Crème brûlée", "Sweets", 450, "EUR"),
    )
    assert pay.done("items", "price", "creme brulee", "5") == (
        "Crème brûlée costs €5.00 now; it was €4.50.\n"
    )
    assert pay.json("items", "price", "Crème brûlée", "4.80")["old_price_minor"] == 500
    with pay.ledger() as ledger:
        assert ledger.find_item("Crème brûlée").price_minor == 480
    assert pay.json("items", "retire", "crème", "brûlée")["retired"] is True
    names = [row["item"] for row in pay.json("items")["items"]]
    assert names == ["Latte", "Flat white", "Cappuccino", "Tea", "Soup"]
    assert pay.refused("items", "retire", "Crème brûlée")[:2] == (1, "unknown-item")


def test_the_menu_stands_in_columns(pay: Pay) -> None:
    pay.done("items", "add", "李雷", "12.00")
    assert pay.done("items").splitlines() == [
        "Latte        €3.75  Coffee",
        "Flat white   €3.50  Coffee",
        "Cappuccino   €3.20  Coffee",
        "Tea          €2.00  Hot drinks",
        "Soup         €5.00",
        "李雷        €12.00",
    ]


def test_groups_say_what_may_stand_in(pay: Pay) -> None:
    pay.done("give", "soup")
    assert pay.refused("redeem", "tea", "--from", "group")[1] == "nothing-waiting"
    assert pay.done("items", "group", "soup", "Anything warm", "Food") == (
        "Soup stands in: Anything warm, Food.\n"
    )
    assert pay.json("items", "group", "tea", "Anything warm")["groups"] == ["Anything warm"]
    assert pay.json("redeem", "tea", "--from", "group")["lines"][0]["item"] == "Soup"
    said = pay.done("items", "group", "tea")
    assert said == "Tea stands in no group: only gifts of Tea itself pay for it.\n"


@pytest.mark.parametrize(
    ("ask", "code", "reason"),
    [
        (("add", "Latte", "3"), 1, "item-exists"),
        (("add", "Scone", "0"), 2, "bad-amount"),
        (("add", "Scone", "2.999"), 2, "bad-amount"),
        (("add", "Scone", "£2"), 2, "bad-amount"),
        (("add", "\u202e", "2"), 2, "bad-name"),
        (("add", "x" * 61, "2"), 2, "bad-name"),
        (("add", "Scone"), 2, "wrong-usage"),
        (("price", "mokka", "2"), 1, "unknown-item"),
        (("price", "latte", "abc"), 2, "bad-amount"),
        (("retire", "mokka"), 1, "unknown-item"),
        (("group", "mokka", "x"), 1, "unknown-item"),
        (("group", "latte", " "), 2, "bad-name"),
        (("remove", "latte"), 2, "wrong-usage"),
    ],
)
def test_what_nobody_means_changes_nothing(
    pay: Pay, ask: tuple[str, ...], code: int, reason: str
) -> None:
    assert pay.refused("items", *ask)[:2] == (code, reason)


def test_a_ledger_lives_in_the_users_data_unless_named(home: Path) -> None:
    assert default_ledger_path() == home / ".local" / "share" / "payforward" / "ledger.db"
