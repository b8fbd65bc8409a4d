"""``close`` and ``report day``: a day ends, beside what the till says."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from payforward.core.days import day_text
from tests.cli.at import set_clock
from tests.output.escpos_reader import read_escpos, text_of
from tests.output.fake_printer import FakePrinter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay


@pytest.fixture
def sold(pay: Pay) -> Pay:
    """Return a shop that has taken some money today."""
    pay.done("give", "latte", "--count", "2")
    pay.done("give", "tea", "--tender", "card", "--cashier", "Ana")
    pay.done("redeem", "latte", "--cashier", "Ana")
    return pay


def _taken(pay: Pay, tender: str) -> int:
    told = pay.json("report", "day")["tenders"]
    return int(next(each["taken_minor"] for each in told if each["tender"] == tender))


def test_a_day_is_told_while_it_is_open(sold: Pay) -> None:
    told = sold.json("report", "day")
    assert (told["closed"], told["number"], told["difference_minor"]) == (False, None, None)
    assert [each["tender"] for each in told["tenders"]] == ["cash", "card", "other"]
    assert told["net_minor"] == sum(each["given_minor"] for each in told["tenders"]) > 0
    assert told["cashiers"] == [
        {
            "cashier": None,
            "gifts": 1,
            "served": 0,
            "served_from_slips": 0,
            "taken_back": 0,
            "refunds": 0,
        },
        {
            "cashier": "Ana",
            "gifts": 1,
            "served": 1,
            "served_from_slips": 0,
            "taken_back": 0,
            "refunds": 0,
        },
    ]
    said = sold.done("report", "day")
    assert f"{day_text(date.fromisoformat(told['day']))} is open." in said
    assert "Ana: 1 gift, 1 served." in said


def test_a_day_is_closed_with_a_difference(sold: Pay, monkeypatch: pytest.MonkeyPatch) -> None:
    cash = _taken(sold, "cash")
    less = f"{(cash - 20) / 100:.2f}"
    closed = sold.json("close", "--cash", less, "--other", "0", "--note", "A coin short")
    tenders = {each["tender"]: each for each in closed["tenders"]}
    assert (tenders["cash"]["till_minor"], tenders["cash"]["difference_minor"]) == (cash - 20, -20)
    assert tenders["card"]["till_minor"] is None
    assert (tenders["other"]["till_minor"], tenders["other"]["difference_minor"]) == (0, 0)
    assert (closed["closed"], closed["note"], closed["difference_minor"]) == (
        True,
        "A coin short",
        -20,
    )
    assert sold.json("verify")["sound"]
    said = sold.done("report", "day", closed["day"])
    assert "in cash: €0.20 less." in said
    assert "in other ways: it agrees." in said
    assert "Note: A coin short" in said
    assert closed["head"] in said
    after = date.fromisoformat(closed["day"]) + timedelta(days=1)
    # In the evening of the closed day, today is that day still.
    assert sold.json("entries")["day"] == closed["day"]
    before = date.fromisoformat(closed["day"]) - timedelta(days=1)
    assert sold.json("entries", "--day", "yesterday")["day"] == before.isoformat()
    assert f"is closed. What is done now counts on {day_text(after)}." in said
    sold.done("give", "tea")
    assert sold.json("report", "day", closed["day"])["net_minor"] == closed["net_minor"]
    # Of an older day that is no news.
    set_clock(monkeypatch, str(after + timedelta(days=2)))
    older = sold.done("report", "day", closed["day"])
    assert older.splitlines()[0] == f"{day_text(after - timedelta(days=1))} is closed."


def test_a_day_is_closed_once_and_may_be_corrected(sold: Pay) -> None:
    day = sold.json("close")["day"]
    code, reason, sentence = sold.refused("close")
    assert (code, reason) == (1, "day-closed")
    assert sentence.startswith(f"{day_text(date.fromisoformat(day))} is closed already")
    sold.done("close", "--correct", "--day", day, "--cash", "1", "--note", "Found it")
    told = sold.json("report", "day", day)
    assert (told["corrections"], told["note"]) == (1, "Found it")
    assert "closed, corrected since" in sold.done("report", "day", day)


def test_what_cannot_be_closed_is_refused(sold: Pay) -> None:
    assert sold.refused("close", "--day", "2999-01-01")[:2] == (1, "day-to-come")
    assert sold.refused("close", "--day", "1999-01-01")[:2] == (1, "day-over")
    assert sold.refused("close", "--day", "some day")[:2] == (2, "bad-day")
    assert sold.refused("close", "--cash", "much")[:2] == (2, "bad-amount")
    assert sold.refused("close", "--correct")[:2] == (2, "wrong-usage")
    day = sold.json("report", "day")["day"]
    assert sold.refused("close", "--correct", "--day", day)[:2] == (1, "day-open")


def test_advice_is_told_with_what_could_be_done(pay: Pay, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2026-11-01")
    assert pay.done("report", "advice").startswith("All is well")
    assert pay.json("report", "advice") == {"currency": "EUR", "advice": []}
    pay.done("give", "latte", "--count", "9")
    set_clock(monkeypatch, "2026-11-20")
    (told,) = pay.json("report", "advice")["advice"]
    assert (told["kind"], told["item"], told["action"], told["units"]) == (
        "pile-up",
        "Latte",
        "hand-out",
        8,
    )
    assert pay.done("report", "advice") == f"{told['sentence']} {told['suggestion']}\n"


def test_a_closed_day_leaves_a_slip(sold: Pay, tmp_path: Path) -> None:
    slip = tmp_path / "day.txt"
    told = sold.json("close", "--cash", "1", "--note", "Found it", "--slip", slip)
    assert told["files"] == [str(slip)]
    text = slip.read_text(encoding="utf-8")
    for words in (told["head"], "Found it", "Should be there", "Owed to whoever asks"):
        assert words in text
    assert told["waiting_minor"] == sold.json("report", "liability")["amount_minor"] > 0
    # A day's slip can be made again, and after a correction it says so.
    day = told["day"]
    sold.done("close", "--correct", "--day", day, "--cash", "2", "--slip", tmp_path / "new.txt")
    assert "Corrected since it was closed." in (tmp_path / "new.txt").read_text(encoding="utf-8")
    again = tmp_path / "again.txt"
    said = sold.done("report", "day", day, "--slip", again)
    assert f"Written to {again}." in said
    assert again.read_text(encoding="utf-8") == (tmp_path / "new.txt").read_text(encoding="utf-8")


def test_a_slip_that_cannot_be_written_leaves_the_day_open(sold: Pay, tmp_path: Path) -> None:
    slip = tmp_path / "day.txt"
    slip.write_text("mine", encoding="utf-8")
    assert sold.refused("close", "--slip", slip)[:2] == (2, "bad-file")
    assert sold.refused("close", "--slip", tmp_path / "day.doc")[:2] == (2, "bad-file")
    assert sold.refused("close", "--slip", tmp_path / "a.txt", "--print")[:2] == (2, "wrong-usage")
    assert slip.read_text(encoding="utf-8") == "mine"
    assert not sold.json("report", "day")["closed"]


def test_a_day_whose_slip_does_not_print_is_closed_all_the_same(sold: Pay) -> None:
    ran = sold("close", "--print", "--json")
    assert ran.code == 74
    assert json.loads(ran.out)["closed"]
    assert "It is recorded, but its slip could not be printed" in ran.err
    day = json.loads(ran.out)["day"]
    assert f"payforward report day {day} --slip FILE" in ran.err
    with FakePrinter() as fake:
        sold.done("printers", "add", "Bar", "--kind", "network", "--address", fake.address)
        assert "It was printed." in sold.done("report", "day", day, "--print")
        (text,) = (text_of(read_escpos(each)) for each in fake.papers())
    assert json.loads(ran.out)["head"] in text


def test_a_day_is_told_as_what_it_is(pay: Pay, monkeypatch: pytest.MonkeyPatch) -> None:
    def state(day: str) -> str:
        return str(pay.json("report", "day", day)["state"])

    set_clock(monkeypatch, "2026-11-20")
    assert (state("2026-11-19"), state("2026-11-20")) == ("before", "open")
    pay.done("give", "latte")
    set_clock(monkeypatch, "2026-11-22")
    assert state("2026-11-20") == "open", "it can be closed still"
    pay.done("give", "latte")
    assert [state(f"2026-11-{day}") for day in (19, 20, 21, 22)] == [
        *("before", "over", "over", "open"),
    ]
    said = pay.done("report", "day", "2026-11-19")
    assert said.startswith("19 Nov 2026 is before the ledger's first entry.")
    assert pay.done("report", "day", "20 nov").startswith(
        "20 Nov 2026 is over, and was never closed."
    )
    pay.done("close")
    assert (state("2026-11-22"), state("2026-11-23")) == ("closed", "open")
    for words in (("report", "day", "2026-11-24"), ("report", "liability", "--on", "2026-11-24")):
        code, reason, sentence = pay.refused(*words)
        assert (code, reason, sentence) == (2, "bad-day", "24 Nov 2026 is still to come.")
    assert pay.refused("report", "day", "0001-01-01")[:2] == (2, "bad-day")
