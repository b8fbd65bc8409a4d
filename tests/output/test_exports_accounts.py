"""What accounts are called, and what goes through them, in plain-text books."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from payforward.core.accounts import Books, Role
from payforward.core.asks import GiveAway, TakeBack
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, ProgramKind
from payforward.core.programs import Program
from payforward.core.shop_settings import ShopSettings
from tests.db.counter import raw
from tests.output.books import PROGRAMS, beancount_words, hledger_words
from tests.output.export_shops import evil_ledger, export_of, rows_of, takings_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.db.counter import Counter
    from tests.output.books import Balances


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_any_name_is_safe_in_an_account_and_in_words(
    counter: Counter, clock: FrozenClock, tmp_path: Path, form: str, balances: Balances
) -> None:
    path = evil_ledger(counter, clock)
    for name in ("!1", "1", "?1!", "🙂", "☕️", "Été à çay", "李雷", "नमस्ते दुनिया", "(x) [y] {z}"):
        jar = counter.ledger.add_program(Program(name=name, kind=ProgramKind.CHARITY))
        counter.give_money(7, program=jar.id)
    file = tmp_path / "evil"
    file.write_text(export_of(path, clock, form), encoding="utf-8")
    told = balances(file, date(2099, 1, 1))
    assert -told["Liabilities:Gifts:Sum-1"] == 300
    assert told["Assets:Cmd-C-calc-A1"] == sum(takings_by_hand(rows_of(path), date.max).values())
    jars = {name: minor for name, minor in told.items() if "Held-For-Others" in name}
    assert len(jars) == 13
    assert sum(jars.values()) == -4 * 100 - 9 * 7
    words = {
        "Gifts given: 2 =cmd|' /C calc'!A1, @sum(1)",
        "Gifts passed on: 1 =cmd|' /C calc'!A1, @sum(1), to -1+1",
        'Put in for a charity: Community fund, a","b "',
        "Put in for a charity: Community fund, =1;|",
    }
    if form == "beancount":
        assert words <= beancount_words(file)
    else:
        assert {each.replace("|", "/").replace(";", ",") for each in words} <= hledger_words(file)


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_a_shop_names_its_accounts(
    counter: Counter, clock: FrozenClock, tmp_path: Path, form: str, balances: Balances
) -> None:
    students = counter.ledger.add_program(Program(name="Students", kind=ProgramKind.FORWARD))
    counter.give("Tea", 2)
    counter.give("Tea", 1, program=students.id)
    books = Books().with_name(Role.CASH, "assets:till 1").with_name(Role.GIFTS, "2100")
    books = books.with_name(Role.GIFTS, "Liabilities:Students", students.id)
    # In an account with something else in it, what is owed cannot be checked.
    books = books.with_name(Role.INCOME, "Liabilities:Students")
    counter.ledger.save_settings(ShopSettings(books=books))
    counter.redeem("Tea", 3)
    counter.ledger.close_day()
    file = tmp_path / "named"
    file.write_text(export_of(counter.ledger.path, clock, form), encoding="utf-8")
    assert balances(file, date(2099, 1, 1)) == {
        "Assets:Till-1": 750,
        "Liabilities:Students": -750,
    }


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
@pytest.mark.parametrize(
    ("role", "program", "name"),
    [
        (Role.GIFTS, "Pay it forward", "Liabilities:Gifts"),
        (Role.CASH, None, "Liabilities:Gifts:Students:Till"),
        (Role.HELD, None, "Liabilities:Gifts:Pay-it-forward"),
    ],
)
def test_an_account_may_stand_below_another(
    counter: Counter,
    clock: FrozenClock,
    tmp_path: Path,
    form: str,
    balances: Balances,
    role: Role,
    program: str | None,
    name: str,
) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=ProgramKind.FORWARD))
    jar = ledger.add_program(Program(name="Jar", kind=ProgramKind.CHARITY))
    counter.give("Tea", 2)
    counter.give("Tea", 1, program=students.id)
    counter.give_money(70, program=jar.id)
    of = None if program is None else ledger.find_program(program).id
    ledger.save_settings(ShopSettings(books=Books().with_name(role, name, of)))
    ledger.close_day()
    file = tmp_path / "below"
    text = export_of(ledger.path, clock, form)
    file.write_text(text, encoding="utf-8")
    told = balances(file, date(2099, 1, 1))
    assert sum(told.values()) == 0
    assert -sum(minor for minor in told.values() if minor < 0) == 3 * 250 + 70
    # What stands alone is still checked.
    assert re.search(r"balance Liab|= -", text)


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_what_the_shop_adds_is_booked_only_if_it_says_so(
    counter: Counter, clock: FrozenClock, tmp_path: Path, form: str, balances: Balances
) -> None:
    house = counter.ledger.add_program(Program(name="House", kind=ProgramKind.GIVEAWAY))
    counter.give("Tea", 3)
    counter.give("Latte", 1)
    counter.ledger.set_price(counter.item("Tea").id, 300)
    counter.ledger.set_price(counter.item("Latte").id, 200)
    undone = counter.redeem("Tea", 2)
    counter.undo(undone.action, 1)
    counter.redeem("Latte")
    latte = counter.item("Latte").id
    ask = GiveAway(action=new_action_id(), item=latte, program=house.id, units=2)
    counter.ledger.give_away(ask)
    file = tmp_path / "added"
    without = {
        "Assets:Gift-Takings:Cash": 3 * 250 + 360,
        "Income:Gifts-Served": -250 - 360,
        "Liabilities:Gifts:Pay-it-forward": -2 * 250,
    }
    for books, added in (
        (Books(), {}),
        (
            Books(books_contribution=True),
            {
                "Expenses:Gift-Price-Rises": 50,
                "Expenses:Giveaways": 400,
                "Income:Given-By-The-House": -450,
            },
        ),
    ):
        counter.ledger.save_settings(ShopSettings(books=books))
        text = export_of(counter.ledger.path, clock, form)
        assert "list-price: 6.00 EUR" in text
        file.write_text(text, encoding="utf-8")
        assert balances(file, date(2099, 1, 1)) == without | added


def test_a_month_that_is_not_over_is_not_checked(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Tea")
    for last in (None, date(2026, 11, 30), date(2026, 11, 21)):
        assert " balance " not in export_of(counter.ledger.path, clock, "beancount", None, last)
    clock.forward(days=10)
    told = export_of(counter.ledger.path, clock, "beancount", None, date(2026, 11, 30))
    assert "2026-12-01 balance Liabilities:Gifts:Pay-it-forward  -2.50 ~ 0 EUR" in told
    assert " balance " not in export_of(
        counter.ledger.path, clock, "beancount", None, date(2026, 11, 29)
    )


def test_one_gift_taxed_once_however_it_goes(counter: Counter, clock: FrozenClock) -> None:
    """Three for 10.00 at 10 %: 0.91, of which 0.30, 0.31 and 0.30 leave with the three."""
    with raw(counter.ledger.path) as connection:
        connection.execute("UPDATE item SET tax_rate = 10000")
    counter.give("Tea", 3, paid=1000)
    counter.hand_out("Tea", 1)
    counter.redeem("Tea")
    counter.redeem("Tea")
    counter.ledger.take_back(
        TakeBack(action=new_action_id(), slips=(counter.ledger.slips()[0].slip,))
    )
    counter.redeem("Tea")
    text = export_of(counter.ledger.path, clock, "beancount")
    moved = re.findall(r"Liabilities:VAT-In-Gifts  (\S+) EUR", text)
    assert moved == ["0.91", "-0.30", "-0.31", "-0.30"]
    assert re.findall(r"Liabilities:VAT  (\S+) EUR", text) == ["-0.91"]


def test_what_money_buys_is_taxed_at_the_rate_of_its_day(
    counter: Counter, clock: FrozenClock
) -> None:
    """7.20 at 22 %: 1.30 in all, whichever gifts pay; half of it taken back is 0.65."""
    _set_rate(counter, "Latte", 22_000)
    for minor in (100, 250, 1000):
        counter.give_money(minor)
    served = counter.redeem("Latte", 2, PaidFrom.FUND)
    assert len(served.lines) == 3
    counter.undo(served.action, 1)
    right = ["-1.30", "0.65"]
    assert _vat_due(counter, clock) == right
    # Next year's rate is not that of last year's books.
    _set_rate(counter, "Latte", 10_000)
    assert _vat_due(counter, clock) == right
    _set_rate(counter, "Latte", None)
    assert _vat_due(counter, clock) == right
    counter.redeem("Latte", 1, PaidFrom.FUND)
    assert _vat_due(counter, clock) == right


def test_entries_that_do_not_tell_the_rate_have_that_of_the_menu(
    counter: Counter, clock: FrozenClock
) -> None:
    counter.give_money(500)
    counter.redeem("Latte", 1, PaidFrom.FUND)
    assert _vat_due(counter, clock) == []
    with raw(counter.ledger.path) as connection:
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute("UPDATE entry SET tax_kind = NULL WHERE kind = 'redeem'")
    _set_rate(counter, "Latte", 22_000)
    assert _vat_due(counter, clock) == ["-0.65"]


def _set_rate(counter: Counter, name: str, rate: int | None) -> None:
    with raw(counter.ledger.path) as connection:
        connection.execute("UPDATE item SET tax_rate = ? WHERE name = ?", (rate, name))


def _vat_due(counter: Counter, clock: FrozenClock) -> list[str]:
    text = export_of(counter.ledger.path, clock, "beancount")
    return re.findall(r"Liabilities:VAT  (\S+) EUR", text)
