"""Plain-text books, read by beancount itself and by Debian's hledger."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.accounts import Books
from payforward.core.currencies import currency
from tests.output.books import PROGRAMS, beancount_balances
from tests.output.export_shops import (
    CURRENCIES,
    Row,
    VatByHand,
    busy_ledger,
    export_of,
    exported,
    rows_of,
    some_days,
    takings_by_hand,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.output.books import Balances

TAKINGS = {name.lower(): f"Assets:Gift-Takings:{name}" for name in ("Cash", "Card", "Other")}


class Shop:
    """A shop that has lived, and what is in its ledger."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.seed = seed
        self.path, self.clock = busy_ledger(folder, seed)
        self.rows: list[Row] = rows_of(self.path)
        self.exponent = currency(CURRENCIES[seed]).exponent


@pytest.fixture(scope="module", params=list(CURRENCIES))
def shop(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Shop:
    """Return a shop that has lived for some months, in a currency of its own; it is only read."""
    return Shop(tmp_path_factory.mktemp("books"), request.param)


def written(
    folder: Path, shop: Shop, form: str, *days: date | None, continues: bool = False
) -> Path:
    """Write a shop's books and return their file."""
    file = folder / f"books.{form}"
    text = export_of(shop.path, shop.clock, form, *days, continues=continues)
    file.write_text(text, encoding="utf-8")
    return file


def owed(balances: dict[str, int], root: str) -> int:
    return -sum(minor for name, minor in balances.items() if name.startswith(f"{root}:"))


def test_the_shops_have_lived(shop: Shop) -> None:
    kinds = {row["kind"] for row in shop.rows}
    assert kinds >= {"give", "redeem", "refund", "pass_on", "deliver", "close", "expire", "lapse"}
    assert any(row["undoes"] and row["kind"] == "redeem" for row in shop.rows)
    assert VatByHand(shop.rows, date.max).ahead > 0


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_balances_are_the_liability_the_takings_and_the_vat(
    shop: Shop, tmp_path: Path, form: str, balances: Balances
) -> None:
    file = written(tmp_path, shop, form)
    with Ledger.open(shop.path, clock=shop.clock) as ledger:
        for day in (*some_days(shop.rows, 9, shop.seed), date(2099, 1, 1)):
            liability = ledger.liability(day)
            told = balances(file, day)
            assert owed(told, "Liabilities:Gifts") == liability.amount_minor
            for program in {each.program.name for each in liability.pools}:
                held = sum(
                    each.held.amount_minor
                    for each in liability.pools
                    if each.program.name == program
                )
                assert -told[f"Liabilities:Gifts:{program.replace(' ', '-')}"] == held
            jars = sum(each.held.amount_minor for each in liability.held_for_others)
            assert owed(told, "Liabilities:Held-For-Others") == jars
            assert takings_by_hand(shop.rows, day) == {
                tender: told.get(account, 0) for tender, account in TAKINGS.items()
            }
            vat = VatByHand(shop.rows, day)
            assert told.get("Liabilities:VAT-In-Gifts", 0) == vat.ahead
            assert -told.get("Liabilities:VAT", 0) == vat.due
            assert sum(told.values()) == 0


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_each_close_and_each_months_end_is_checked(
    shop: Shop, tmp_path: Path, form: str, balances: Balances
) -> None:
    text = export_of(shop.path, shop.clock, form)
    closes = {date.fromisoformat(row["day"]) for row in shop.rows if row["kind"] == "close"}
    ends = {date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)}
    assert closes
    if form == "beancount":
        days = re.findall(r"^(\S+) balance \S+  \S+ ~ 0 [A-Z]{3}$", text, re.MULTILINE)
        told = {date.fromisoformat(day) - timedelta(days=1) for day in days}
    else:
        days = re.findall(r"^(\S+) \* What is owed", text, re.MULTILINE)
        told = {date.fromisoformat(day) for day in days}
        assert len(days) == len(told)
    assert told == closes | ends


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_a_check_is_to_the_minor_unit(
    shop: Shop, tmp_path: Path, form: str, balances: Balances
) -> None:
    file = written(tmp_path, shop, form)
    text = file.read_text(encoding="utf-8")
    # The first gift that was paid in cash, one minor unit cheaper on both sides.
    gift = re.search(r"^ +Assets:Gift-Takings:Cash  (\S+) .*\n.* -\1 .*\n", text, re.MULTILINE)
    assert gift is not None
    paid = gift[1]
    cheaper = str(int(paid.replace(".", "")) - 1).zfill(shop.exponent + 1)
    if "." in paid:
        cheaper = f"{cheaper[: -shop.exponent]}.{cheaper[-shop.exponent :]}"
    wrong = gift[0].replace(f" {paid} ", f" {cheaper} ").replace(f"-{paid} ", f"-{cheaper} ")
    file.write_text(text.replace(gift[0], wrong, 1), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"(?i)balance"):
        balances(file, date(2099, 1, 1))


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_some_days_alone_begin_with_what_was_there(
    shop: Shop, tmp_path: Path, form: str, balances: Balances
) -> None:
    for first in some_days(shop.rows, 4, shop.seed + 10):
        last = first + timedelta(days=20)
        told = balances(written(tmp_path, shop, form, first, last), last)
        with Ledger.open(shop.path, clock=shop.clock) as ledger:
            liability = ledger.liability(last)
        assert owed(told, "Liabilities:Gifts") == liability.amount_minor
        assert takings_by_hand(shop.rows, last, first) == {
            tender: told.get(account, 0) for tender, account in TAKINGS.items()
        }
        assert told.get("Liabilities:VAT-In-Gifts", 0) == VatByHand(shop.rows, last).ahead
        before = VatByHand(shop.rows, first - timedelta(days=1))
        due = VatByHand(shop.rows, last).due - before.due
        assert -told.get("Liabilities:VAT", 0) == due


@pytest.mark.parametrize(("form", "balances"), PROGRAMS)
def test_parts_that_continue_are_the_whole(
    shop: Shop, tmp_path: Path, form: str, balances: Balances
) -> None:
    whole = balances(written(tmp_path, shop, form), date(2099, 1, 1))
    days = sorted(set(some_days(shop.rows, 3, shop.seed + 20)))
    parts: list[tuple[date | None, date | None]] = []
    first: date | None = None
    for day in days:
        parts.append((first, day - timedelta(days=1)))
        first = day
    parts.append((first, None))
    text = "".join(
        export_of(shop.path, shop.clock, form, *part, continues=part[0] is not None)
        for part in parts
    )
    file = tmp_path / "parts"
    file.write_text(text, encoding="utf-8")
    assert balances(file, date(2099, 1, 1)) == whole


def test_vat_may_stay_in_what_is_paid(shop: Shop, tmp_path: Path) -> None:
    with Ledger.open(shop.path, clock=shop.clock) as ledger:
        export = replace(ledger.export_entries(), books=Books(splits_vat=False))
        text = exported(export, "beancount")
    assert "VAT" not in text
    file = tmp_path / "whole"
    file.write_text(text, encoding="utf-8")
    served = sum(
        r["amount_minor"]
        for r in shop.rows
        if r["kind"] == "redeem" and r["program_kind"] == "forward"
    )
    assert beancount_balances(file, date(2099, 1, 1))["Income:Gifts-Served"] == served
