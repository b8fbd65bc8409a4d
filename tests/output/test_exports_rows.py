"""Rows for spreadsheets and bookkeeping programs, and the JSON document."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter as Sums
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db import exporting
from db.ledger import Ledger
from payforward.core.currencies import currency
from payforward.output.csv_cells import BOM
from payforward.output.exports.writing import FORMS
from tests.db.counter import raw
from tests.output.export_shops import (
    CURRENCIES,
    Row,
    VatByHand,
    busy_ledger,
    evil_ledger,
    export_of,
    exported,
    rows_of,
    takings_by_hand,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

XERO_HEADER = (
    "*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,"
    "TrackingName1,TrackingOption1,TrackingName2,TrackingOption2"
)
QUICKBOOKS_HEADER = (
    "JournalNo,JournalDate,AccountName,Debits,Credits,Description,Name,Location,Class"
)
LATE = date(2099, 1, 1)


class Lived:
    """A shop that has lived, and what is in its ledger."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.path, self.clock = busy_ledger(folder, seed)
        self.rows: list[Row] = rows_of(self.path)
        self.exponent = currency(CURRENCIES[seed]).exponent

    def minor(self, text: str) -> int:
        """Return minor units of a decimal text, sure that it has the currency's decimals."""
        assert len(text.partition(".")[2]) == self.exponent
        return int(Decimal(text) * 10**self.exponent)


@pytest.fixture(scope="module", params=list(CURRENCIES))
def lived(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Lived:
    """Return a shop that has lived for some months; it is only read."""
    return Lived(tmp_path_factory.mktemp("rows"), request.param)


def table(text: str) -> list[dict[str, str]]:
    """Return a CSV text as a spreadsheet reads it."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_each_entry_is_a_row_with_names(lived: Lived) -> None:
    text = export_of(lived.path, lived.clock, "csv")
    assert text.startswith(BOM)
    told = table(text.removeprefix(BOM))
    assert len(told) == len(lived.rows)
    for row, entry in zip(told, lived.rows, strict=True):
        for name in ("no", "units", "amount_minor", "gift", "book", "balance", "pool_minor"):
            assert row[name] == str(entry[name])
        for name in ("slip", "served", "list_price_minor", "tender", "undoes", "tax_rate", "at"):
            assert row[name] == ("" if entry[name] is None else str(entry[name]))
        for name in ("program_name", "item_name"):
            assert row[name.removesuffix("_name")] == (entry[name] or "")
        assert row["served_item"] == (entry["served_name"] or "")
        assert row["item_kind"] == (entry["item_kind"] or "")
        assert lived.minor(row["amount"]) == entry["amount_minor"]
        assert row["till"] == "till 1"
        assert row["partner"] == ("" if entry["partner"] is None else "Shelter")


def test_the_document_has_the_same(lived: Lived) -> None:
    told = json.loads(export_of(lived.path, lived.clock, "json"))
    assert told["count"] == len(told["entries"]) == len(lived.rows)
    assert (told["from"], told["to"], told["opening"]) == (None, None, [])
    for row, entry in zip(told["entries"], lived.rows, strict=True):
        for name in ("no", "units", "amount_minor", "slip", "served", "list_price_minor", "tender"):
            assert row[name] == entry[name]
        assert lived.minor(row["amount"]) == entry["amount_minor"]
        assert (row["program"], row["item"]) == (entry["program_name"], entry["item_name"])


def test_days_are_both_included(lived: Lived) -> None:
    days = sorted({row["day"] for row in lived.rows})
    first, last = (date.fromisoformat(days[place]) for place in (len(days) // 3, len(days) // 2))
    told = json.loads(export_of(lived.path, lived.clock, "json", first, last))
    right = [r["no"] for r in lived.rows if first.isoformat() <= r["day"] <= last.isoformat()]
    assert [entry["no"] for entry in told["entries"]] == right
    assert told["count"] == len(right)
    opening = sum(
        r["amount_minor"]
        for r in lived.rows
        if r["day"] < first.isoformat() and r["program_kind"] in ("forward", "charity")
    )
    assert sum(each["amount_minor"] for each in told["opening"]) == opening
    for nothing in ((None, date(1999, 1, 1)), (LATE, None), (date.min, date.min)):
        told = json.loads(export_of(lived.path, lived.clock, "json", *nothing))
        assert (told["count"], told["entries"]) == (0, [])


def quickbooks(lived: Lived) -> tuple[dict[str, list[str]], Sums[str]]:
    """Return each journal's days, having seen that it balances, and what accounts have."""
    text = export_of(lived.path, lived.clock, "quickbooks")
    assert text.partition("\r\n")[0] == QUICKBOOKS_HEADER
    journals: Sums[str] = Sums()
    accounts: Sums[str] = Sums()
    days: dict[str, list[str]] = {}
    for row in table(text):
        assert (row["Debits"] == "") != (row["Credits"] == "")
        debit, credit = (
            lived.minor(row[side]) if row[side] else 0 for side in ("Debits", "Credits")
        )
        assert debit > 0 or credit > 0
        journals[row["JournalNo"]] += debit - credit
        accounts[row["AccountName"]] += debit - credit
        days.setdefault(row["JournalNo"], []).append(row["JournalDate"])
    assert not any(journals.values())
    return days, accounts


def xero(lived: Lived) -> tuple[dict[str, list[str]], Sums[str]]:
    """Return the same of Xero's."""
    text = export_of(lived.path, lived.clock, "xero")
    assert text.partition("\r\n")[0] == XERO_HEADER
    journals: Sums[str] = Sums()
    accounts: Sums[str] = Sums()
    days: dict[str, list[str]] = {}
    for row in table(text):
        journals[row["*Narration"]] += lived.minor(row["*Amount"])
        accounts[row["*AccountCode"]] += lived.minor(row["*Amount"])
        days.setdefault(row["*Narration"], []).append(row["*Date"])
        assert len(row["*AccountCode"]) <= 10
        assert row["*TaxRate"]
    assert not any(journals.values())
    return days, accounts


@pytest.mark.parametrize(
    ("read", "names", "form"),
    [
        (
            quickbooks,
            (
                "Gift takings cash",
                "Gift takings card",
                "Gift takings other",
                "Prepaid gifts",
                "Money held for charities",
                "VAT payable",
                "VAT in prepaid gifts",
            ),
            "%m/%d/%Y",
        ),
        (
            xero,
            ("PF-CASH", "PF-CARD", "PF-OTHER", "PF-GIFTS", "PF-HELD", "PF-VAT", "PF-VATGIFT"),
            "%d %b %Y",
        ),
    ],
)
def test_journals_balance_and_add_up(
    lived: Lived, read: object, names: tuple[str, ...], form: str
) -> None:
    assert callable(read)
    days, accounts = read(lived)
    told = {datetime.strptime(day, form).date() for each in days.values() for day in each}  # noqa: DTZ007
    assert all(len(set(each)) == 1 for each in days.values())
    assert len(told) == len(days) > 20
    takings = takings_by_hand(lived.rows, LATE)
    vat = VatByHand(lived.rows, LATE)
    with Ledger.open(lived.path, clock=lived.clock) as ledger:
        liability = ledger.liability(LATE)
    jars = sum(each.held.amount_minor for each in liability.held_for_others)
    assert [accounts[name] for name in names] == [
        *takings.values(),
        -liability.amount_minor,
        -jars,
        -vat.due,
        vat.ahead,
    ]


@pytest.fixture
def evil(counter: Counter, clock: FrozenClock) -> Path:
    """Return the ledger of a shop where every name is a formula."""
    return evil_ledger(counter, clock)


@pytest.mark.parametrize("form", ["csv", "xero", "quickbooks"])
def test_no_cell_is_a_formula(evil: Path, clock: FrozenClock, form: str) -> None:
    text = export_of(evil, clock, form)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    for cell in cells:
        assert not any(ord(sign) < 32 for sign in cell)
        if cell.startswith(("=", "+", "-", "@", " ", "＝")):
            assert Decimal(cell) < 0, cell
    assert any(cell.startswith("'=cmd") for cell in cells)
    if form == "csv":
        row = table(text)[0]
        assert [row[each] for each in ("program", "till", "cashier", "till_receipt")] == [
            "'@sum(1)",
            'a","b "',
            "'+x",
            "'＝1",
        ]
        assert table(text)[-1]["partner"] in ("", "'-1+1")


@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_a_giver_leaves(evil: Path, clock: FrozenClock, form: str) -> None:
    text = export_of(evil, clock, form).casefold()
    for word in ("zoë", "secret", "mother", "changed her mind"):
        assert word not in text


@pytest.mark.parametrize("form", FORMS)
def test_pages_are_one_ledger(lived: Lived, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = date(2026, 12, 20)
    whole = export_of(lived.path, lived.clock, form, first)
    monkeypatch.setattr("db.exporting.PAGE", 7)
    monkeypatch.setattr("db.exporting.GIFTS_REMEMBERED", 2)
    assert export_of(lived.path, lived.clock, form, first) == whole


def test_tills_write_while_it_is_read(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.exporting.PAGE", 3)
    for _ in range(20):
        counter.give("Tea")
    with Ledger.open(counter.ledger.path) as reader:
        reader._file.connection.execute("PRAGMA busy_timeout = 0")
        export = reader.export_entries()
        numbers = []
        for entry in export.entries():
            numbers.append(entry.no)
            counter.ledger._file.connection.execute("PRAGMA busy_timeout = 0")
            counter.give("Latte")
    assert numbers == list(range(1, 21))


def test_an_empty_ledger_is_empty_books(counter: Counter) -> None:
    export = counter.ledger.export_entries(date(2026, 1, 1), None)
    for form in ("beancount", "hledger"):
        assert not any(sign in exported(export, form) for sign in ("Assets", "2026"))
    for form in ("csv", "xero", "quickbooks"):
        assert exported(export, form).count("\r\n") == 1
    assert json.loads(exported(export, "json"))["entries"] == []


def test_no_question_reads_the_whole_history(counter: Counter) -> None:
    facts = dict.fromkeys(
        ("shop", "after", "last", "most", "day", "gift", "no", "until", "program", "item"), 1
    )
    for name in dir(exporting):
        statement = getattr(exporting, name)
        if isinstance(statement, str) and "SELECT" in statement:
            with raw(counter.ledger.path) as connection:
                plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", facts).fetchall()
            for *_, step in plan:
                assert step.startswith("SEARCH"), name
                assert not step.endswith("(shop=?)"), (name, step)
