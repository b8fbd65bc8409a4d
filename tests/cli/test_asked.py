"""``asked``: what somebody asked for in vain, noted because somebody chose to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.cli.at import set_clock

if TYPE_CHECKING:
    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"


def test_a_refusal_notes_nothing_by_itself(pay: Pay) -> None:
    pay.refused("redeem", "latte")
    assert pay.json("asked")["asked"] == []


def test_a_note_is_kept_once_and_moves_nothing(pay: Pay) -> None:
    told = pay.json("asked", "flat", "white", "--count", "2", "--id", ID, "--till", "bar")
    with pay.ledger() as ledger:
        today = ledger.today()
    assert told == {
        "action": ID,
        "item": "Flat white",
        "units": 2,
        "till": "bar",
        "at": told["at"],
        "day": today.isoformat(),
        "repeated": False,
        "taken_back": False,
    }
    assert datetime.fromisoformat(told["at"]).tzinfo == UTC
    again = pay.json("asked", "flat white", "--count", "2", "--id", ID, "--till", "bar")
    assert again == {**told, "repeated": True}
    assert pay.done("asked", "tea").startswith("Noted: 1 Tea asked for in vain.\n")
    listed = pay.json("asked")
    assert listed["items"] == [{"item": "Flat white", "units": 2}, {"item": "Tea", "units": 1}]
    assert (listed["from"], listed["to"]) == (today.replace(day=1).isoformat(), today.isoformat())
    assert pay.json("entries")["entries"] == []
    assert pay.json("verify") == {
        "entries": 0,
        "head": "0-00000000",
        "sound": True,
        "problems": [],
    }


def test_a_note_of_today_is_forgotten(pay: Pay) -> None:
    said = pay.done("asked", "tea")
    typed = said.rstrip("\n").rpartition("payforward ")[2].split()
    assert pay.done(*typed) == "Forgotten: that 1 Tea was asked for.\n"
    assert pay.json("asked")["asked"] == []
    assert pay.done(*typed) == "Forgotten: that 1 Tea was asked for.\n"
    assert pay.json("asked", "soup")["repeated"] is False
    assert len(pay.json("asked")["asked"]) == 1


def test_asking_again_for_a_note_that_was_taken_back_says_so(pay: Pay) -> None:
    pay.done("asked", "tea", "--id", ID)
    assert pay.json("asked", "--forget", ID)["taken_back"] is True
    again = pay.json("asked", "tea", "--id", ID)
    assert (again["repeated"], again["taken_back"]) == (True, True)
    assert pay.done("asked", "tea", "--id", ID) == (
        "That was noted before and taken back since: say it without --id to note it anew.\n"
    )
    assert pay.json("asked")["asked"] == []


def test_notes_are_listed_between_days(pay: Pay, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, item in (("2026-10-30", "soup"), ("2026-11-02", "tea"), ("2026-11-07", "soup")):
        set_clock(monkeypatch, day)
        pay.done("asked", item)
    assert pay.done("asked").splitlines() == [
        "Asked for while none was waiting, 1 Nov 2026 to 7 Nov 2026:",
        "Soup  1",
        "Tea   1",
        "",
        "7 Nov 2026 12:00  1  Soup  till 1",
        "2 Nov 2026 12:00  1  Tea   till 1",
    ]
    named = pay.json("asked", "--from", "2026-10-01", "--to", "2026-11-02")
    assert [note["item"] for note in named["asked"]] == ["Tea", "Soup"]
    month = pay.json("asked", "--to", "2026-10-31")
    assert (month["from"], month["items"]) == ("2026-10-01", [{"item": "Soup", "units": 1}])
    said = pay.done("asked", "--from", "2026-01-01", "--to", "2026-01-31")
    assert said.startswith("Nothing was asked for in vain, 1 Jan 2026 to 31 Jan 2026:")
    code, reason, sentence = pay.refused("asked", "--forget", named["asked"][1]["action"])
    assert (code, reason) == (1, "another-day")
    assert "30 Oct 2026" in sentence


@pytest.mark.parametrize(
    ("ask", "code", "reason"),
    [
        (("mokka",), 1, "unknown-item"),
        (("tea", "--count", "0"), 2, "bad-count"),
        (("tea", "--count", "some"), 2, "bad-count"),
        (("tea", "--id", "x"), 2, "bad-id"),
        (("tea", "--from", "2026-11-01"), 2, "wrong-usage"),
        (("tea", "--forget", ID), 2, "wrong-usage"),
        (("--count", "2"), 2, "wrong-usage"),
        (("--forget", ID), 1, "unknown-note"),
        (("--forget", "x"), 2, "bad-id"),
        (("--from", "November"), 2, "bad-day"),
        (("--from", "2026-11-02", "--to", "2026-11-01"), 2, "bad-day"),
        (("--from", "2999-01-01"), 2, "bad-day"),
    ],
)
def test_what_nobody_means_is_not_noted(
    pay: Pay, ask: tuple[str, ...], code: int, reason: str
) -> None:
    assert pay.refused("asked", *ask)[:2] == (code, reason)
    assert pay.json("asked")["asked"] == []
