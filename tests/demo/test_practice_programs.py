"""A shop's own programs on the counter to practise on."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import Collect, Deliver, Give, GiveAway
from payforward.core.errors import Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, ProgramKind
from payforward.core.programs import Period, Program
from payforward.demo import make_practice
from tests.demo.conftest import NOW, at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MENU = ("Soup", "Cake", "Tea", "Toast", "Juice")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "shop.db"
    create_ledger(path, shop="Corner", currency="EUR", timezone="UTC", clock=at(NOW))
    with Ledger.open(path, clock=at(NOW)) as ledger:
        for n, name in enumerate(MENU):
            ledger.add_item(name, 200 + 10 * n)
        # Its numbers are not those of the practice ledger.
        ledger.retire_item(ledger.find_item("Cake").id)
        yield ledger


@contextmanager
def practising(shop: Ledger) -> Iterator[Ledger]:
    path = shop.path.with_name("practice.db")
    before = shop.verify(), shop.programs(retired=True)
    make_practice(path, from_ledger=shop, clock=at(NOW))
    assert (shop.verify(), shop.programs(retired=True)) == before, "the shop is only read"
    with Ledger.open(path, clock=at(NOW)) as practice:
        yield practice
        assert practice.verify().sound


def numbers(ledger: Ledger, *names: str) -> tuple[int, ...]:
    return tuple(ledger.find_item(name).id for name in names)


def names_of(ledger: Ledger, program: Program) -> list[str]:
    known = {item.id: item.name for item in (*ledger.items(), *ledger.goods())}
    return [known[item] for item in program.items]


def facts(ledger: Ledger, program: Program) -> tuple[Program, list[str]]:
    """Return a program without what is a ledger's own."""
    return replace(program, id=0, items=(), starts_on=None), names_of(ledger, program)


def test_each_is_there_as_the_shop_has_it(shop: Ledger) -> None:
    today = shop.today()
    shop.change_program(replace(shop.programs()[0], name="Sospeso", order_limit=2, hide_zero=True))
    shop.add_program(
        Program(
            name="Free soup",
            kind=ProgramKind.GIVEAWAY,
            items=numbers(shop, "Soup", "Toast"),
            starts_on=today - timedelta(days=3),
            ends_on=today + timedelta(days=30),
            hours="14-18",
            budget_units=5,
            budget_period=Period.DAY,
        )
    )
    drive = shop.add_program(Program(name="Coats", kind=ProgramKind.DRIVE, target=40))
    shop.add_goods(drive.id, "Coat", ["S", "M"])
    shop.add_goods(drive.id, "Big blanket")
    shop.add_program(Program(name="Red Cross", kind=ProgramKind.CHARITY))
    students = Program(name="Students", kind=ProgramKind.FORWARD, items=numbers(shop, "Tea"))
    shop.add_program(students)
    shop.add_partner("Shelter")
    with practising(shop) as practice:
        theirs = {p.name: facts(shop, p) for p in shop.programs()}
        assert {p.name: facts(practice, p) for p in practice.programs()} == theirs
        assert [partner.name for partner in practice.partners()] == ["Shelter"]
        assert [(i.name, i.category) for i in practice.goods()] == [
            (i.name, i.category) for i in shop.goods()
        ]


def test_a_new_cashier_can_try_everything(shop: Ledger) -> None:
    shop.add_program(
        Program(
            name="Free soup",
            kind=ProgramKind.GIVEAWAY,
            items=numbers(shop, "Soup"),
            budget_units=5,
            budget_period=Period.WEEK,
        )
    )
    drive = shop.add_program(Program(name="Coats", kind=ProgramKind.DRIVE))
    shop.add_goods(drive.id, "Coat", ["S"])
    shop.add_program(Program(name="Red Cross", kind=ProgramKind.CHARITY))
    shop.add_partner("Shelter")
    shop.give_away(
        GiveAway(
            action=new_action_id(),
            item=shop.find_item("Soup").id,
            program=shop.find_program("Free soup").id,
        )
    )
    with practising(shop) as practice:
        soup = practice.find_item("Soup").id
        assert PaidFrom.GIVEAWAY in {offer.paid_from for offer in practice.offers(soup)}
        program = practice.find_program("Free soup").id
        served = practice.give_away(GiveAway(action=new_action_id(), item=soup, program=program))
        assert served.waiting == 4, "the budget is whole, whatever the shop has used"
        coats = practice.find_program("Coats").id
        coat = practice.find_goods(coats, "Coat S").id
        practice.collect(Collect(action=new_action_id(), item=coat, program=coats, units=2))
        jar = practice.find_program("Red Cross").id
        money = practice.fund().id
        practice.give(Give(action=new_action_id(), item=money, units=300, program=jar))
        (shelter,) = practice.partners()
        for held in (coats, jar):
            practice.deliver(Deliver(action=new_action_id(), program=held, partner=shelter.id))


def test_what_is_over_or_not_yet_or_retired_is_left_out(shop: Ledger) -> None:
    today = shop.today()
    house = Program(name="Old", kind=ProgramKind.GIVEAWAY, ends_on=today - timedelta(days=1))
    shop.add_program(house)
    shop.add_program(replace(house, name="New", ends_on=None, starts_on=today + timedelta(days=1)))
    gone = shop.add_program(Program(name="Gone", kind=ProgramKind.DRIVE))
    shop.retire_program(gone.id)
    # All that it gave has left the menu: with no items of its own, it would give everything.
    tea = numbers(shop, "Tea")
    shop.add_program(Program(name="Tea time", kind=ProgramKind.GIVEAWAY, items=tea))
    shop.retire_item(*tea)
    with practising(shop) as practice:
        assert [each.name for each in practice.programs()] == ["Pay it forward"]


def test_what_began_today_is_practised_as_if_it_were_older(shop: Ledger) -> None:
    (first,) = shop.programs()
    shop.change_program(replace(first, starts_on=shop.today()))
    with practising(shop) as practice:
        ages = [practice.today() - row.oldest_day for row in practice.board().rows]
        assert ages == [timedelta(days=1), timedelta(0)]


def test_gifts_wait_of_what_the_shop_takes_gifts_of(shop: Ledger) -> None:
    (first,) = shop.programs()
    started = shop.today() - timedelta(days=1)
    shop.change_program(replace(first, items=numbers(shop, "Tea"), starts_on=started))
    juice = Program(name="Juices", kind=ProgramKind.FORWARD, items=numbers(shop, "Juice"))
    shop.add_program(juice)
    with practising(shop) as practice:
        assert [row.item.name for row in practice.board().rows] == ["Tea"]
        assert practice.board().money_minor > 0
        ask = Give(action=new_action_id(), item=practice.find_item("Soup").id, units=1)
        with pytest.raises(Refused) as refused:
            practice.give(ask)
        assert refused.value.reason == "not-in-program"


def test_a_shop_that_takes_no_gifts_just_now_still_has_a_counter_to_try(shop: Ledger) -> None:
    (first,) = shop.programs()
    over = shop.today() - timedelta(days=1)
    shop.change_program(replace(first, name="Advent", ends_on=over))
    # Set-up's name is another's here.
    shop.add_program(Program(name="Pay it forward", kind=ProgramKind.GIVEAWAY))
    with practising(shop) as practice:
        assert [each.name for each in practice.programs()] == ["Advent", "Pay it forward"]
        assert practice.board().rows


def test_a_shop_without_programs_of_its_own_practises_as_before(shop: Ledger) -> None:
    with practising(shop) as practice:
        assert practice.programs() == shop.programs()
        assert [row.item.name for row in practice.board().rows] == ["Soup", "Toast"]
        assert practice.partners() == []
        assert practice.goods() == []
