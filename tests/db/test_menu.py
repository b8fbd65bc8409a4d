"""The shop's menu: items by hand, a till's export as it is, and nothing doubled."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.currencies import currency
from payforward.core.errors import BadInput, Refused
from payforward.core.menus import MenuRow, parse_menu
from payforward.core.money import Money
from tests.conftest import DATA
from tests.db.counter import raw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.counter import Counter

EUR = currency("EUR")
FILES = ("square-items.csv", "loyverse-items.csv", "shopify-products.csv")


def row(
    name: str,
    minor: int,
    *,
    category: str | None = "Coffee",
    sku: str | None = None,
    tax_rate: int | None = None,
    giftable: bool = True,
) -> MenuRow:
    return MenuRow(2, name, category, Money(minor, EUR), sku, None, tax_rate, giftable)


def _everything(counter: Counter) -> bytes:
    return counter.ledger.path.read_bytes()


def test_a_first_import_adds_in_the_files_order(ledger: Ledger) -> None:
    changes = ledger.import_menu([row("Tea", 250, category=None), row("Latte", 360, tax_rate=8875)])
    assert changes.added == ("Tea", "Latte")
    tea, latte = ledger.items()
    assert (tea.name, tea.price_minor, tea.category, tea.groups) == ("Tea", 250, None, ())
    assert (latte.name, latte.tax_rate, latte.groups) == ("Latte", 8875, ("Coffee",))


def test_trying_changes_nothing_and_tells_all(counter: Counter) -> None:
    counter.ledger.retire_item(counter.item("Tea").id)
    rows = [row("Latte", 400), row("Tea", 250), row("Mocha", 420), row("Flat white", 350)]
    before = _everything(counter)
    tried = counter.ledger.import_menu(rows, dry_run=True)
    assert _everything(counter) == before
    assert (tried.added, tried.restored, tried.unchanged) == (("Mocha",), ("Tea",), 1)
    assert [(c.item.name, c.old_minor, c.new_minor) for c in tried.repriced] == [
        ("Latte", 360, 400)
    ]
    assert tried.absent == ("Cappuccino",)
    assert counter.ledger.import_menu(rows) == tried


def test_a_second_import_changes_nothing(counter: Counter) -> None:
    rows = [row("Latte", 400, sku="7"), row("Mocha", 420)]
    counter.ledger.import_menu(rows)
    items = counter.ledger.items(retired=True)
    again = counter.ledger.import_menu(rows)
    assert (again.added, again.restored, again.repriced, again.updated) == ((), (), (), ())
    assert again.unchanged == 2
    assert counter.ledger.items(retired=True) == items


def test_a_price_follows_the_file_and_gifts_keep_what_was_paid(counter: Counter) -> None:
    counter.give("Latte", 2)
    counter.ledger.import_menu([row("LATTE ", 400)])
    assert counter.ledger.find_item("latte").price_minor == 400
    served = counter.redeem("Latte")
    assert (served.amount_minor, served.list_price_minor) == (360, 400)


def test_a_retired_item_comes_back_as_itself(counter: Counter) -> None:
    latte = counter.item("Latte").id
    counter.give("Latte")
    counter.ledger.retire_item(latte)
    assert counter.ledger.import_menu([row("Latte", 370)]).restored == ("Latte",)
    back = counter.ledger.find_item("Latte")
    assert (back.id, back.price_minor, back.retired) == (latte, 370, False)
    assert counter.waiting("Latte") == 1


def test_a_retired_item_is_meant_by_its_name_and_never_doubled(counter: Counter) -> None:
    latte = counter.item("Latte").id
    counter.ledger.retire_item(latte)
    changes = counter.ledger.import_menu([row("Latte", 510)])
    assert changes.restored == ("Latte",)
    counter.ledger.retire_item(latte)
    assert counter.ledger.add_item("latte", 500).id == latte
    assert [i.id for i in counter.ledger.items(retired=True) if i.name == "Latte"] == [latte]


def test_what_the_file_leaves_empty_stays(counter: Counter) -> None:
    counter.ledger.import_menu([row("Latte", 360, sku="7", tax_rate=1000)])
    counter.ledger.import_menu([row("Latte", 360, category=None)])
    latte = counter.ledger.find_item("Latte")
    assert (latte.sku, latte.tax_rate, latte.category) == ("7", 1000, "Coffee")
    changes = counter.ledger.import_menu([row("Latte", 360, giftable=False)])
    assert changes.updated == ("Latte",)
    assert not counter.ledger.find_item("Latte").giftable


def test_groups_follow_the_category_unless_the_shop_chose(counter: Counter) -> None:
    counter.ledger.set_groups(counter.item("Cappuccino").id, ["Mornings"])
    counter.ledger.import_menu(
        [row("Latte", 360, category="Drinks"), row("Cappuccino", 320, category="Drinks")]
    )
    assert counter.ledger.find_item("Latte").groups == ("Drinks",)
    assert counter.ledger.find_item("Cappuccino").groups == ("Mornings",)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row("Latte", 360), row("ﬂat", 100), row("flat", 100)],
        [row("community FUND", 500)],
        [MenuRow(2, "Latte", None, Money(360, currency("JPY")), None, None, None, giftable=True)],
    ],
    ids=["nothing", "a name twice", "the fund's name", "another currency"],
)
def test_a_menu_that_cannot_be_changes_nothing(counter: Counter, rows: list[MenuRow]) -> None:
    before = _everything(counter)
    with pytest.raises(BadInput):
        counter.ledger.import_menu(rows)
    assert _everything(counter) == before
    assert counter.ledger.fund().price_minor == 1


@pytest.mark.parametrize("first", FILES)
def test_one_menu_from_three_tills_is_one_menu(tmp_path: Path, first: str) -> None:
    path = tmp_path / "shop.db"
    create_ledger(path, shop="S", currency="EUR", timezone="UTC")
    menus = {name: parse_menu((DATA / name).read_bytes(), EUR).rows for name in FILES}
    assert len({len(rows) for rows in menus.values()}) == 1
    with Ledger.open(path) as ledger:
        added = ledger.import_menu(menus[first]).added
        assert len(added) == len(menus[first]) > 10
        names = [item.name for item in ledger.items()]
        prices = [item.price_minor for item in ledger.items()]
        for name in FILES:
            changes = ledger.import_menu(menus[name])
            assert (name, changes.added, changes.repriced, changes.absent) == (name, (), (), ())
        assert [item.name for item in ledger.items()] == names
        assert [item.price_minor for item in ledger.items()] == prices
        assert ledger.verify().sound


def test_items_by_hand(counter: Counter) -> None:
    soup = counter.ledger.add_item(" Soup  of the day ", 600, category="Kitchen")
    assert (soup.name, soup.price_minor, soup.groups) == ("Soup of the day", 600, ("Kitchen",))
    assert [item.name for item in counter.ledger.items()][-1] == "Soup of the day"
    assert counter.ledger.set_price(soup.id, 650).price_minor == 650
    assert counter.ledger.retire_item(soup.id).retired
    assert "Soup of the day" not in [item.name for item in counter.ledger.items()]


@pytest.mark.parametrize("name", ["Latte", "  LATTE", "ｌａｔｔｅ", "Community fund"])
def test_no_two_items_share_a_name(counter: Counter, name: str) -> None:
    before = _everything(counter)
    with pytest.raises(Refused) as refused:
        counter.ledger.add_item(name, 100)
    assert refused.value.reason == "item-exists"
    assert _everything(counter) == before


def test_what_is_not_on_the_menu_is_not_changed(counter: Counter) -> None:
    gone = counter.ledger.retire_item(counter.item("Tea").id).id
    before = _everything(counter)
    for item in (gone, 999, counter.ledger.fund().id):
        with pytest.raises(Refused):
            counter.ledger.retire_item(item)
        with pytest.raises(Refused):
            counter.ledger.set_groups(item, ["x"])
        with pytest.raises(Refused):
            counter.ledger.set_price(item, 5)
    assert _everything(counter) == before


def test_an_item_is_found_by_its_whole_name(counter: Counter) -> None:
    assert counter.ledger.find_item(" FLAT  white").name == "Flat white"
    with pytest.raises(Refused, match="did you mean Flat white"):
        counter.ledger.find_item("flat")
    with pytest.raises(Refused, match="did you mean Latte") as refused:
        counter.ledger.find_item("Latta")
    assert refused.value.reason == "unknown-item"
    counter.ledger.retire_item(counter.item("Latte").id)
    with pytest.raises(Refused):
        counter.ledger.find_item("Latte")
    assert counter.ledger.find_item("Latte", retired=True).retired


def test_an_empty_menu_says_how_to_fill_it(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="The menu is empty"):
        ledger.find_item("Latte")


def test_prices_are_of_no_concern_to_the_chain(counter: Counter, tmp_path: Path) -> None:
    counter.give("Latte")
    head = counter.ledger.verify().head
    copy = tmp_path / "before.db"
    shutil.copy(counter.ledger.path, copy)
    counter.ledger.import_menu([row("Latte", 999)])
    assert counter.ledger.verify().head == head
    with raw(copy) as connection:
        assert connection.execute(
            "SELECT price_minor FROM item WHERE name = 'Latte'"
        ).fetchone() == (360,)


def test_a_retired_item_that_is_added_again_comes_back_with_its_gifts(counter: Counter) -> None:
    counter.give("Latte", 2)
    latte = counter.ledger.find_item("Latte")
    counter.ledger.retire_item(latte.id)
    back = counter.ledger.add_item("LATTE", 420)
    assert (back.id, back.name, back.price_minor, back.retired) == (latte.id, "Latte", 420, False)
    assert back.groups == latte.groups
    assert counter.redeem("Latte").waiting == 1
    counter.ledger.retire_item(latte.id)
    assert counter.ledger.add_item("Latte", 430, category="Hot").groups == ("Hot",)
    counter.assert_sound()
