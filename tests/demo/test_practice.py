"""A counter to practise on: the shop's own menu and money, something of everything to try."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import Redeem
from payforward.core.clock import parse_utc_text
from payforward.core.errors import Refused
from payforward.core.ids import new_action_id
from payforward.core.model import MAX_AMOUNT_MINOR, PaidFrom
from payforward.demo import make_practice
from tests.demo.conftest import NOW, all_entries, at

if TYPE_CHECKING:
    from pathlib import Path

MENU = (("Kaffee", "Coffee"), ("Mokka", "Coffee"), ("Tee", "Tea"), ("Suppe", None))


def make_shop(path: Path, currency: str, timezone: str, unit_minor: int) -> Ledger:
    create_ledger(
        path,
        shop="喫茶 みどり",
        currency=currency,
        timezone=timezone,
        cutover_hour=2,
        clock=at(NOW),
    )
    ledger = Ledger.open(path, clock=at(NOW))
    for times, (name, category) in enumerate(MENU, start=1):
        ledger.add_item(name, unit_minor * times, category=category)
    return ledger


def ways(ledger: Ledger) -> set[PaidFrom]:
    """Return all who could pay for one or another thing on the menu."""
    return {offer.paid_from for item in ledger.items() for offer in ledger.offers(item.id)}


@pytest.mark.parametrize(
    ("currency", "timezone", "unit_minor"),
    [("JPY", "Asia/Tokyo", 350), ("KWD", "Asia/Kuwait", 1_250), ("EUR", "Europe/Rome", 199)],
)
def test_it_is_the_shop_itself(
    tmp_path: Path, currency: str, timezone: str, unit_minor: int
) -> None:
    path = tmp_path / "practice.db"
    with make_shop(tmp_path / "shop.db", currency, timezone, unit_minor) as shop:
        shop.set_groups(shop.find_item("Tee").id, ["Coffee", "Anything hot"])
        shop.retire_item(shop.find_item("Suppe").id)
        make_practice(path, from_ledger=shop, clock=at(NOW))
        with Ledger.open(path, clock=at(NOW)) as practice:
            assert practice.shop.name == "喫茶 みどり"
            assert practice.shop.currency == practice.board().currency == currency
            assert practice.shop.timezone == timezone
            assert practice.shop.cutover_hour == 2
            facts = [(i.name, i.category, i.price_minor, i.groups) for i in shop.items()]
            assert facts == [
                (i.name, i.category, i.price_minor, i.groups) for i in practice.items(retired=True)
            ]
            paid = {
                v.item.name: v.entry.unit_minor
                for v in all_entries(practice, days=13)
                if v.item is not None and v.item != practice.fund()
            }
            assert paid == {"Kaffee": unit_minor, "Tee": unit_minor * 3}
            assert practice.board().money_minor == unit_minor * 2 * 3
            assert practice.verify().sound
        assert shop.verify().entries == 0, "the shop's own ledger is only read"


@pytest.mark.parametrize("now", [NOW, datetime(2026, 3, 29, 3, 5, tzinfo=ZoneInfo("Europe/Rome"))])
def test_there_is_something_of_everything_to_try(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "practice.db"
    make_practice(path, from_ledger=None, clock=at(now))
    with Ledger.open(path, clock=at(now)) as practice:
        assert practice.shop.name == "Rosa's Café"
        assert {PaidFrom.BOARD, PaidFrom.GROUP, PaidFrom.FUND} == ways(practice)
        waiting = {row.item.name for row in practice.board().rows}
        assert 3 <= len(waiting) <= 6
        assert len(waiting) < len(practice.items()), "something is missing, too"
        entries = all_entries(practice, days=13)
        assert all(parse_utc_text(v.entry.at) < now for v in entries)
        ages = {practice.board().day - row.oldest_day for row in practice.board().rows}
        assert len(ages) >= 4
        assert max(ages) < timedelta(days=15)
        flat = practice.find_item("Flat white")
        served = practice.redeem(Redeem(action=new_action_id(), item=flat.id))
        assert served.waiting == 1


def test_a_shop_with_one_dear_item(tmp_path: Path) -> None:
    shop_path, path = tmp_path / "shop.db", tmp_path / "practice.db"
    create_ledger(shop_path, shop="Atelier", currency="EUR", timezone="UTC")
    with Ledger.open(shop_path) as shop:
        shop.add_item("Painting", MAX_AMOUNT_MINOR)
        make_practice(path, from_ledger=shop, clock=at(NOW))
    with Ledger.open(path, clock=at(NOW)) as practice:
        (row,) = practice.board().rows
        assert (row.item.name, row.units) == ("Painting", 1)
        assert practice.board().money_minor == MAX_AMOUNT_MINOR


@pytest.mark.parametrize("things", [1, 2, 3, 5, 9, 30])
def test_a_menu_of_any_length(tmp_path: Path, things: int) -> None:
    shop_path, path = tmp_path / "shop.db", tmp_path / "practice.db"
    create_ledger(shop_path, shop="Corner", currency="EUR", timezone="UTC")
    with Ledger.open(shop_path) as shop:
        for n in range(things):
            shop.add_item(f"Thing {n}", 100 + n)
        make_practice(path, from_ledger=shop, clock=at(NOW))
    with Ledger.open(path, clock=at(NOW)) as practice:
        assert len(practice.board().rows) == min(5, (things + 1) // 2)
        assert practice.board().money_minor >= 300


def test_a_shop_without_a_menu_gets_an_empty_counter(tmp_path: Path) -> None:
    shop_path, path = tmp_path / "shop.db", tmp_path / "practice.db"
    create_ledger(shop_path, shop="New", currency="CHF", timezone="Europe/Zurich")
    with Ledger.open(shop_path) as shop:
        make_practice(path, from_ledger=shop, clock=at(NOW))
    with Ledger.open(path, clock=at(NOW)) as practice:
        assert practice.items() == []
        assert practice.board().rows == ()
        assert practice.verify().sound


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    path.write_bytes(b"mine")
    with pytest.raises(Refused):
        make_practice(path, from_ledger=None, clock=at(NOW))
    assert path.read_bytes() == b"mine"
