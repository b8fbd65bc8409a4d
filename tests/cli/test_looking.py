"""``board``, ``entries``, ``gift`` and ``verify``: what can be asked."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from db.glance import glance
from payforward.core.asks import Give, Redeem
from payforward.core.days import day_text
from payforward.core.ids import new_action_id
from payforward.core.text import cell_width
from tests.conftest import FrozenClock

if TYPE_CHECKING:
    from tests.cli.conftest import Pay


def test_the_board_is_told_with_its_age(pay: Pay) -> None:
    assert pay.done("board") == "Nothing is waiting just now: the next gift will be.\n"
    for days, name in ((5, "tea"), (1, "latte"), (0, "latte")):
        with pay.ledger(FrozenClock(datetime.now(UTC) - timedelta(days=days))) as ledger:
            item = ledger.find_item(name)
            ledger.give(Give(action=new_action_id(), item=item.id, units=5))
    with pay.ledger() as ledger:
        today = ledger.today()
    pay.done("give", "--money", "1234.50")
    assert pay.done("board").splitlines() == [
        "         waiting  oldest",
        "Latte         10  1 day",
        "Tea            5  5 days",
        "Fund   €1,234.50  today",
    ]
    assert pay.json("board") == {
        "items": [
            {"item": "Latte", "units": 10, "oldest_day": str(today - timedelta(days=1))},
            {"item": "Tea", "units": 5, "oldest_day": str(today - timedelta(days=5))},
        ],
        "money_minor": 123450,
        "currency": "EUR",
        "programs": [
            {
                "program": "Pay it forward",
                "kind": "forward",
                "running": "running",
                "items": [
                    {"item": "Latte", "units": 10, "oldest_day": str(today - timedelta(days=1))},
                    {"item": "Tea", "units": 5, "oldest_day": str(today - timedelta(days=5))},
                ],
                "money_minor": 123450,
                "budget_units": None,
                "left": None,
                "until": None,
                "collected": None,
                "target": None,
            }
        ],
    }


def test_a_glance_and_the_ledger_see_the_same(pay: Pay) -> None:
    for ask in (
        ("give", "tea", "--count", "2"),
        ("give", "latte", "--count", "3"),
        ("redeem", "tea"),
        ("give", "--money", "20"),
        ("redeem", "soup", "--from", "fund"),
        ("items", "retire", "tea"),
        ("redeem", "latte", "--count", "3"),
        ("redeem", "tea"),
        ("refund", "4"),
    ):
        pay.done(*ask)
        now = datetime.now(UTC)
        seen = glance(pay.path, now)
        with pay.ledger(FrozenClock(now)) as ledger:
            board = ledger.board()
        assert list(seen.rows) == [(r.item.name, r.units, r.oldest_day) for r in board.rows]
        assert seen[1:5] == (
            board.money_minor,
            board.money_oldest_day,
            board.currency,
            board.day,
        )
        (program,) = seen.programs
        assert program.holds == (seen.rows, seen.money_minor, seen.money_oldest_day)
    assert glance(pay.path, datetime.now(UTC)).rows == ()


def test_the_days_entries_are_told_in_order(pay: Pay) -> None:
    given = pay.json("give", "latte", "--count", "2", "--cashier", "Ana", "--receipt", "R-1")
    served = pay.json("redeem", "latte")
    pay.done("undo", served["action"])
    pay.done("give", "--money", "5")
    pay.done("redeem", "tea", "--from", "fund")
    told = pay.json("entries")
    with pay.ledger() as ledger:
        views = ledger.entries()
        today = ledger.today()
    assert told["day"] == today.isoformat()
    assert [entry["no"] for entry in told["entries"]] == [1, 2, 3, 4, 5]
    assert [entry["action"] for entry in told["entries"]] == [v.entry.action for v in views]
    first, second, third, _, fifth = told["entries"]
    assert (first["kind"], first["item"], first["units"]) == ("give", "Latte", 2)
    assert (first["amount_minor"], first["currency"], first["tender"]) == (750, "EUR", "cash")
    assert (first["cashier"], first["till_receipt"]) == ("Ana", "R-1")
    assert (second["undone"], third["undoes"]) == (True, 2)
    assert (fifth["item"], fifth["served_item"]) == ("Community fund", "Tea")
    assert datetime.fromisoformat(first["at"]).tzinfo is not None

    lines = pay.done("entries", "--ids").splitlines()
    assert [re.sub(r"^\d\d:\d\d", "17:40", line).strip() for line in lines] == [
        "17:40  given       2  Latte               €7.50  gift 1  Ana",
        given["action"],
        "17:40  served      1  Latte               €3.75  gift 1",
        "17:40  taken back  1  Latte               €3.75  gift 1",
        "17:40  given          money for the fund  €5.00  gift 4",
        told["entries"][3]["action"],
        "17:40  served      1  Tea, by the fund    €2.00  gift 4",
        told["entries"][4]["action"],
    ]
    *short, how = pay.done("entries").splitlines()
    assert short == lines[:1] + lines[2:5] + lines[6:7]
    assert how == "To take one back: --ids shows what 'payforward undo' asks for."


def test_another_day_and_no_day(pay: Pay) -> None:
    with pay.ledger(FrozenClock(datetime.now(UTC) - timedelta(days=2))) as ledger:
        ledger.give(Give(action=new_action_id(), item=ledger.find_item("tea").id, units=1))
        day = ledger.today()
    for typed in (day.isoformat(), day_text(day), f"{day:%d.%m.%Y}", f"{day:%d %B}"):
        assert len(pay.json("entries", "--day", typed)["entries"]) == 1
    assert pay.done("entries", "--day", "2001-01-01") == "Nothing was done on 1 Jan 2001.\n"
    for typed in ("some day", "2026-02-30", "", "31.11.2026"):
        assert pay.refused("entries", "--day", typed)[:2] == (2, "bad-day")


def test_one_gift_and_what_became_of_it(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "3", "--giver", "Zoë", "--message", "Enjoy!")
    pay.done("redeem", "latte")
    pay.done("refund", "1", "--count", "1")
    told = pay.json("gift", "1")
    assert (told["waiting"], told["redeemed"], told["refunded"], told["units"]) == (1, 1, 1, 3)
    assert (told["giver"], told["message"], told["erased"]) == ("Zoë", "Enjoy!", False)
    assert date.fromisoformat(told["given_on"]).isoformat() == told["given_on"]
    assert [entry["kind"] for entry in told["entries"]] == ["give", "redeem", "refund"]
    said = pay.done("gift", "1")
    assert "1 Latte still waiting, 1 Latte enjoyed, 1 Latte refunded.\n" in said
    assert "Given by Zoë.\nThe giver says: “Enjoy!”\n" in said
    assert pay.refused("gift", "2")[:2] == (1, "unknown-gift")
    assert pay.refused("gift", "x")[:2] == (2, "bad-gift")


def test_what_a_giver_said_can_be_erased_for_good(pay: Pay) -> None:
    pay.done("give", "latte", "--giver", "Zoë Secret", "--message", "Unrepeatable words")
    assert b"Unrepeatable words" in pay.path.read_bytes()
    said = pay.done("gift", "1", "--erase-words")
    assert b"Unrepeatable words" not in pay.path.read_bytes()
    assert "What the giver said is erased for good.\n" in said
    assert "Secret" not in said
    assert pay.json("gift", "1")["message"] is None
    assert pay.json("gift", "1")["erased"] is True
    assert pay.json("gift", "1", "--erase-words")["erased"] is True
    assert pay.json("redeem", "latte")["lines"][0]["message"] is None
    assert pay.json("verify")["sound"] is True


def test_names_that_were_stored_unsafe_are_shown_safe(pay: Pay) -> None:
    pay.done("give", "latte")
    with sqlite3.connect(pay.path) as raw:
        raw.execute("UPDATE item SET name = ? WHERE name = 'Latte'", ("La\x1b[2J\u202ette" * 20,))
    raw.close()
    for ask in (("board",), ("items",), ("entries",), ("gift", "1"), ("redeem", "la[2jtte")):
        ran = pay(*ask)
        assert not set(ran.out + ran.err) & set("\x1b\u202e")
    assert all(cell_width(line) <= 80 for line in pay.done("board").splitlines())


def test_a_sound_ledger_contains_its_printed_head(pay: Pay) -> None:
    assert pay.json("verify") == {
        "entries": 0,
        "head": "0-00000000",
        "sound": True,
        "problems": [],
    }
    pay.done("give", "latte")
    head = pay.json("verify")["head"]
    pay.done("redeem", "latte")
    assert pay.json("verify", "--head", head)["sound"] is True
    assert pay.done("verify", "--head", head.upper()).startswith("All is well: 2 entries, head 2-")
    assert pay.refused("verify", "--head", "12")[:2] == (2, "bad-head")


def test_a_changed_ledger_is_found(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "2")
    with pay.ledger() as ledger:
        item = ledger.find_item("latte").id
        ledger.redeem(Redeem(action=new_action_id(), item=item))
    with sqlite3.connect(pay.path) as raw:
        for (guard,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {guard}")
        raw.execute("UPDATE entry SET till_receipt = 'forged' WHERE no = 1")
    raw.close()
    ran = pay("verify", "--json")
    assert ran.code == 3
    assert '"sound": false' in ran.out
    assert "was changed after it was written" in ran.out
    plain = pay("verify")
    assert plain.code == 3
    assert "- entry 1: was changed after it was written" in plain.out
    assert plain.err.startswith("The ledger is not sound")


def test_a_head_that_is_not_found_was_copied_wrongly_or_the_ledger_was_rewritten(
    pay: Pay,
) -> None:
    pay.done("give", "latte")
    head = str(pay.json("verify")["head"])
    slip = head[:-1] + ("0" if head[-1] != "0" else "1")
    for typed, told in (
        (slip, "is not that of entry 1 (1 of its 8 letters and digits differs): either it was"),
        ("1-" + head[:1:-1], "is not that of entry 1: either it was copied wrongly, or the ledger"),
        ("9-00000000", "is beyond the last entry, 1: either it was copied wrongly, or entries"),
    ):
        ran = pay("verify", "--head", typed)
        assert ran.code == 3
        assert f"- the printed head {typed} {told}" in ran.out
        assert "letter by letter" in ran.err
        assert "not sound" not in ran.err
        assert pay("verify", "--head", typed, "--json").code == 3
