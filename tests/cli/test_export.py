"""``export`` and what the settings say of books: for accountants and for scripts."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from payforward.cli.commands import export
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from payforward.output.exports import writing
from tests.cli.secret_files import no
from tests.conftest import FrozenClock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand


def _live(pay: Pay) -> None:
    """Give a latte a day for three days of March."""
    clock = FrozenClock(datetime(2027, 3, 30, 12, tzinfo=UTC))
    with pay.ledger(clock) as ledger:
        latte = ledger.find_item("latte").id
        for _ in range(3):
            ledger.give(Give(action=new_action_id(), item=latte, units=1))
            clock.forward(days=1)


def test_the_forms_are_those_that_can_be_written() -> None:
    assert (export.FORMS, export.CONTINUED) == (writing.FORMS, writing.CONTINUED)


@pytest.mark.parametrize("form", writing.FORMS)
def test_a_file_and_standard_output_are_the_same(pay: Pay, tmp_path: Path, form: str) -> None:
    _live(pay)
    file = tmp_path / "books"
    said = pay.done("export", form, "-o", file)
    assert said == f"3 entries written to {file}.\n"
    assert file.read_bytes().decode() == pay.done("export", form)
    assert pay.json("export", form, "--to", "2027-03-30", "-o", tmp_path / "other") == {
        "file": str(tmp_path / "other"),
        "format": form,
        "from": None,
        "to": "2027-03-30",
        "entries": 1,
    }


def test_days_are_chosen(pay: Pay) -> None:
    _live(pay)

    def days(*arguments: str) -> list[str]:
        told = json.loads(pay.done("export", "json", *arguments))
        return [entry["day"][8:] for entry in told["entries"]]

    assert days() == ["30", "31", "01"]
    assert days("--from", "2027-03-31") == ["31", "01"]
    assert days("--from", "2027-03-31", "--to", "2027-03-31") == ["31"]
    assert days("--to", "2027-03-29") == []
    # The document itself is what a script asks for.
    assert pay.json("export", "json")["count"] == 3


def test_what_cannot_be_meant_is_refused(pay: Pay, tmp_path: Path) -> None:
    _live(pay)
    there = tmp_path / "there.csv"
    there.write_text("mine")
    for arguments, reason, words in (
        (("csv", "--from", "2027-02-30"), "bad-day", "is not a day"),
        (("csv", "--to", "soon"), "bad-day", "is not a day"),
        (
            ("csv", "--from", "2027-04-01", "--to", "2027-03-01"),
            "bad-day",
            "1 Mar 2027 is before 1 Apr 2027: say the earlier day with --from.",
        ),
        (("csv", "-o", str(there)), "bad-file", "is there already: name another file."),
        (("csv", "-o", str(tmp_path)), "bad-file", "is there already and is no file"),
        (("csv", "-o", str(tmp_path / "no" / "x")), "bad-file", "There is no folder"),
        (("csv", "-o", " "), "bad-file", "names no file"),
        (("csv", "-o", "x" * 300), "bad-file", "is no name for a file"),
        (("excel",), "wrong-usage", "excel"),
        ((), "wrong-usage", ""),
        (("csv", "--continues", "--from", "2027-03-31"), "wrong-usage", "--continues is for"),
        (("beancount", "--continues"), "wrong-usage", "--continues is for"),
    ):
        code, why, sentence = pay.refused("export", *arguments)
        assert (code, why) == (2, reason), arguments
        assert words in sentence
    assert there.read_text() == "mine"
    ran = pay("export", "csv", "--json")
    assert (ran.code, json.loads(ran.out)["refused"]) == (2, "wrong-usage")


def test_it_comes_out_as_bytes_whatever_the_terminal(pay: Pay, command: RunCommand) -> None:
    with pay.ledger() as ledger:
        jar = ledger.add_program(Program(name="Café ☕ für alle", kind=ProgramKind.CHARITY))
        fund = ledger.fund().id
        ledger.give(Give(action=new_action_id(), item=fund, units=100, program=jar.id))
    env = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ran = command("export", "csv", "--ledger", pay.path, env=env)
    assert (ran.code, ran.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"), newline="")))
    assert rows[0]["program"] == "Café ☕ für alle"


def test_a_shop_says_what_its_books_are_like(pay: Pay) -> None:
    _live(pay)
    nothing = {"accounts": [], "vat": "split", "contribution": "noted"}
    assert pay.json("settings", "accounts") == nothing
    assert (
        pay.done("settings", "accounts").splitlines()[0]
        == "cash         –  taken in cash for gifts"
    )
    name = {"account": "cash", "program": None, "name": "Assets:Till"}
    assert pay.json("settings", "account", "cash", "Assets:Till")["accounts"] == [name]
    own = pay.json("settings", "account", "gifts", "2105", "--program", "pay it forward")
    assert own["accounts"][1] == {"account": "gifts", "program": "Pay it forward", "name": "2105"}
    assert "gifts        –            owed" in pay.done("settings", "accounts")
    assert "gifts        2105         only of Pay it forward" in pay.done("settings", "accounts")
    books = pay.done("export", "hledger")
    assert "    Assets:Till  3.75 EUR\n    Liabilities:2105  -3.75 EUR\n" in books
    assert ",2105," in pay.done("export", "xero")
    assert pay.json("settings", "vat", "none")["vat"] == "none"
    assert pay.json("settings", "contribution", "booked")["contribution"] == "booked"
    assert "Expenses:Giveaways" in pay.done("export", "hledger")
    # What else was decided stays, and the other way round.
    pay.done("settings", "receipts", "always")
    assert pay.json("settings", "account", "cash", "NONE")["accounts"] == own["accounts"][1:]
    assert pay.json("settings")["receipts"] == "always"
    assert pay.refused("settings", "account", "cash", "x", "--program", "pay it forward")[:2] == (
        2,
        "bad-account",
    )
    assert pay.refused("settings", "account", "gifts", "x", "--program", "no such")[0] == 1
    assert pay.refused("settings", "account", "cash", "\u200b")[:2] == (2, "bad-name")
    assert pay.refused("settings", "account", "cash", "x" * 61)[:2] == (2, "bad-name")
    assert pay.refused("settings", "account", "money", "x")[:2] == (2, "wrong-usage")


@pytest.mark.parametrize("kept", ["[1, 2]", "nonsense", '{"names": 3}', "{}", ""])
def test_books_that_are_not_understood_are_as_from_the_start(pay: Pay, kept: str) -> None:
    with pay.ledger() as ledger:
        shop = ledger.shop.id
        with ledger._file.write_transaction() as database:
            database.execute("INSERT INTO setting VALUES (?, 'books', ?)", (shop, kept))
    assert pay.json("settings", "accounts")["accounts"] == []


def test_what_the_books_are_like_is_the_owners_to_say(pay: Pay, guarded: Path) -> None:
    for line, told in (
        (("account", "cash", "Till"), "cash is Till."),
        (("account", "cash", "none"), "cash has each form's own name."),
        (("vat", "none"), "VAT: none."),
        (("contribution", "booked"), "What the shop adds and gives itself: booked at list price."),
    ):
        code, reason, _ = no(pay, "settings", *line)
        assert (code, reason) == (1, "passphrase-needed")
        said = pay.done("settings", *line, "--passphrase-file", guarded).splitlines()
        assert said == [told, "All of them: payforward settings accounts"]
    # Looking is everybody's.
    assert pay.json("settings", "accounts")["vat"] == "none"
