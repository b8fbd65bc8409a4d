"""``programs``, ``giveaway``, and gifts to one of several programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.glance import glance
from payforward.cli.session import Session
from payforward.core.days import day_text
from payforward.core.model import ItemKind
from tests.cli.at import set_clock
from tests.conftest import FrozenClock

if TYPE_CHECKING:
    import pytest

    from db.glance import GlanceProgram
    from payforward.core.program_answers import ProgramState
    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"
SOUPS = ("programs", "add", "Free soup", "--kind", "giveaway", "--item", "soup")


def test_what_was_decided_is_told_and_stays_until_it_is_changed(pay: Pay) -> None:
    made = pay.json(
        *(*SOUPS, "--item", "tea", "--budget", "20", "--per", "week", "--limit", "1", "--cap", "9"),
        *("--from", "2026-11-01", "--to", "2036-12-24", "--hours", " Mon-Fri  14-17 "),
        "--hide-zero",
    )
    decided = {
        "program": "Free soup",
        "kind": "giveaway",
        "retired": False,
        "items": ["Tea", "Soup"],
        "starts_on": "2026-11-01",
        "ends_on": "2036-12-24",
        "hours": "Mon-Fri 14-17",
        "budget_units": 20,
        "budget_period": "week",
        "order_limit": 1,
        "public_cap": 9,
        "hide_zero": True,
        "target": None,
    }
    assert {key: made[key] for key in decided} == decided
    changed = pay.json("programs", "change", "free soup", "--name", "Soups", "--budget", "30")
    decided |= {"program": "Soups", "budget_units": 30}
    assert {key: changed[key] for key in decided} == decided
    assert changed["budget"]["left"] == 30
    cleared = pay.json(
        *("programs", "change", "Soups", "--item", "none", "--budget", "None", "--from", "none"),
        *("--to", "none", "--hours", "none", "--limit", "none", "--cap", "none", "--show-zero"),
    )
    nothing = dict.fromkeys(
        ("items", "starts_on", "ends_on", "hours", "budget_units", "budget_period", "order_limit")
    )
    decided |= {**nothing, "public_cap": None, "hide_zero": False}
    assert {key: cleared[key] for key in decided} == decided
    assert cleared == pay.json("programs", "show", "Soups")
    assert cleared["budget"] is None


def test_programs_are_listed_with_what_they_hold(pay: Pay) -> None:
    pay.done(*SOUPS, "--budget", "5", "--per", "day")
    pay.done("programs", "add", "Tins", "--kind", "drive", "--goods", "Tin", "--target", "10")
    pay.done("programs", "add", "Jar", "--kind", "charity")
    pay.done("programs", "add", "Old", "--kind", "forward", "--to", "2026-01-31")
    pay.done("give", "latte", "--count", "3")
    pay.done("give", "--money", "7.50")
    pay.done("give", "--money", "4", "--program", "jar")
    pay.done("giveaway", "soup", "--count", "2")
    pay.done("collect", "tin", "--count", "4")
    with pay.ledger() as ledger:
        today = ledger.today()
    assert [line.rstrip() for line in pay.done("programs").splitlines()] == [
        "program         kind      state    holds",
        "Pay it forward  forward   running  3 waiting, €7.50 in the fund",
        f"Free soup       giveaway  running  3 of 5 left until {day_text(today)}",
        "Tins            drive     running  4 of 10 collected, 4 here",
        "Jar             charity   running  €4.00 in it",
        "Old             forward   ended    nothing waiting",
    ]
    told = {each["program"]: each for each in pay.json("programs", "list")["programs"]}
    first = told["Pay it forward"]
    assert (first["units"], first["money_minor"], first["currency"]) == (3, 750, "EUR")
    assert (told["Jar"]["collected_minor"], told["Jar"]["money_minor"]) == (400, 400)
    assert (told["Tins"]["collected"], told["Tins"]["items"]) == (4, ["Tin"])
    assert told["Free soup"]["budget"]["used"] == 2
    assert told["Old"]["running"] == "ended"


def test_the_board_tells_each_program_apart(pay: Pay) -> None:
    pay.done(*SOUPS, "--budget", "5", "--per", "month")
    pay.done("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S,M", "--target", "9")
    pay.done("programs", "add", "Jar", "--kind", "charity")
    pay.done("programs", "add", "Any day", "--kind", "giveaway")
    pay.done("programs", "add", "Over", "--kind", "forward", "--to", "2026-01-31")
    with pay.ledger() as ledger:
        budget = ledger.program_state(ledger.find_program("free soup").id).budget
        assert budget is not None
        until = budget.until
    pay.done("give", "latte", "--count", "12")
    pay.done("collect", "coat s")
    pay.done("give", "--money", "1234.50", "--program", "jar")
    pay.done("giveaway", "tea", "--program", "any day")
    assert pay.done("board").splitlines() == [
        "                waiting  oldest",
        "Pay it forward",
        "  Latte              12  today",
        f"Free soup: 5 of 5 left until {day_text(until)}",
        "Coats: 1 of 9 collected",
        "  Coat S              1  today",
        "Jar",
        "  In the jar  €1,234.50  today",
        "Any day: no budget",
    ]
    told = pay.json("board")
    # What the house gives, others' goods and others' money are no gifts that wait.
    assert ([row["item"] for row in told["items"]], told["money_minor"]) == (["Latte"], 0)
    assert [each["program"] for each in told["programs"]] == [
        *("Pay it forward", "Free soup", "Coats", "Jar", "Any day")
    ]


def seen_alike(seen: GlanceProgram, state: ProgramState) -> None:
    """See that a glance and the ledger say the same of a program."""
    program, budget = state.program, state.budget
    assert (seen.name, seen.kind, seen.running) == (program.name, program.kind, state.running)
    units = {waits.item.name: waits.units - waits.on_slips for waits in state.waits}
    money = {w.item.name for w in state.waits if w.item.kind is ItemKind.MONEY}
    goods = {name: count for name, count in units.items() if count and name not in money}
    assert {row.name: row.units for row in seen.holds.rows} == goods
    assert seen.holds.money_minor == sum(units[name] for name in money)
    assert seen.left == (None if budget is None else budget.left)
    assert seen.until == (None if budget is None else budget.until)
    is_drive = program.kind == "drive"
    assert (seen.collected, seen.target) == (state.collected if is_drive else None, program.target)


def test_a_glance_and_the_ledger_see_the_same_programs(
    pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: tuple[GlanceProgram, ...] = ()
    for day, ask in (
        ("2026-11-23", (*SOUPS, "--budget", "20", "--per", "week", "--to", "2026-12-01")),
        ("2026-11-23", ("giveaway", "soup", "--count", "7")),
        ("2026-11-23", ("programs", "change", "free soup", "--budget", "5")),
        ("2026-11-24", ("programs", "change", "free soup", "--budget", "9")),
        ("2026-11-24", ("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S, M")),
        ("2026-11-24", ("collect", "coat m", "--count", "6")),
        ("2026-11-24", ("partners", "add", "Shelter")),
        (
            "2026-11-24",
            ("deliver", "--program", "coats", "--partner", "shelter", "--part", "Coat M=2"),
        ),
        ("2026-11-24", ("programs", "add", "Later", "--kind", "forward", "--from", "2026-11-30")),
        ("2026-11-24", ("programs", "add", "Jar", "--kind", "charity", "--to", "2026-11-26")),
        ("2026-11-25", ("give", "--money", "9", "--program", "jar")),
        ("2026-11-25", ("give", "tea", "--count", "2")),
        ("2026-11-26", ("give", "tea", "--voucher")),
        ("2026-11-27", ("undo", "last")),
        ("2026-11-30", ("giveaway", "soup")),
        ("2026-11-30", ("give", "latte", "--program", "later")),
        ("2026-12-01", ("programs", "change", "later", "--to", "2026-12-01")),
        ("2026-12-02", ("vouchers", "hand-out", "latte")),
        ("2026-12-05", ("programs", "settle")),
    ):
        set_clock(monkeypatch, day)
        pay(*ask)
        now = datetime.fromisoformat(f"{day}T12:00+00:00")
        with pay.ledger(FrozenClock(now)) as ledger:
            states = ledger.board().programs
        seen = glance(pay.path, now).programs
        assert [each.name for each in seen] == [state.program.name for state in states]
        for each, state in zip(seen, states, strict=True):
            seen_alike(each, state)
    assert {each.name for each in seen} == {"Pay it forward", "Coats", "Jar", "Later"}


def test_the_house_gives_and_takes_back(pay: Pay) -> None:
    pay.done(*SOUPS, "--budget", "3", "--per", "day")
    with pay.ledger() as ledger:
        today = ledger.today()
    told = pay.json("giveaway", "soup", "--count", "2", "--id", ID)
    assert told == {
        "action": ID,
        "program": "Free soup",
        "item": "Soup",
        "units": 2,
        "list_price_minor": 1000,
        "currency": "EUR",
        "left": 1,
        "until": today.isoformat(),
        "day": today.isoformat(),
        "repeated": False,
    }
    assert pay.json("giveaway", "soup", "--count", "2", "--id", ID) == {**told, "repeated": True}
    assert pay.refused("giveaway", "soup", "--id", ID)[:2] == (1, "id-used")
    said = pay.done("undo", "last")
    assert said == "Taken back: 2 Soup, which the house gave.\n"
    said = pay.done("giveaway", "soup")
    assert said.startswith("✓ 1 Soup. The house pays: Free soup.\n2 left until ")
    assert said.splitlines()[1].endswith(f" {day_text(today)}.")
    entries = [line for line in pay.done("entries").splitlines() if "Soup" in line]
    assert [line.split("  ", 1)[1].split() for line in entries] == [
        ["served", "2", "Soup,", "by", "the", "house", "Free", "soup"],
        ["taken", "back", "2", "Soup,", "by", "the", "house", "Free", "soup"],
        ["served", "1", "Soup,", "by", "the", "house", "Free", "soup"],
    ]


def test_without_a_budget_nothing_is_left_or_held(pay: Pay) -> None:
    pay.done("programs", "add", "Any day", "--kind", "giveaway")
    told = pay.json("giveaway", "latte", "--count", "2")
    assert (told["left"], told["until"], told["list_price_minor"]) == (None, None, 750)
    assert pay.done("undo", "last") == "Taken back: 2 Latte, which the house gave.\n"
    assert "left" not in pay.done("giveaway", "latte")


def test_where_several_could_be_meant_one_is_named(pay: Pay) -> None:
    code, reason, sentence = pay.refused("giveaway", "soup")
    assert (code, reason) == (1, "not-running")
    assert "'payforward programs add NAME --kind giveaway' makes one." in sentence
    pay.done(*SOUPS)
    pay.done("programs", "add", "Tea", "--kind", "giveaway", "--item", "tea")
    # One alone gives it.
    assert pay.json("giveaway", "tea")["program"] == "Tea"
    assert pay.refused("giveaway", "latte")[:2] == (1, "not-in-program")
    pay.done("programs", "add", "Any", "--kind", "giveaway")
    assert pay.refused("giveaway", "soup") == (
        2,
        "program-needed",
        'Say which one with --program: "Free soup" or Any.',
    )
    first = pay.json("giveaway", "soup", "--program", "free soup", "--id", ID)
    # The id says which one was meant.
    assert pay.json("giveaway", "soup", "--id", ID) == {**first, "repeated": True}
    assert pay.refused("giveaway", "soup", "--program", "tea")[:2] == (1, "not-in-program")
    pay.done("programs", "retire", "any")
    assert pay.refused("programs", "retire", "any")[2] == (
        "Any is retired already: choose another program, or add it anew. "
        "'payforward programs' lists them."
    )
    assert pay.json("giveaway", "soup")["program"] == "Free soup"


def test_gifts_of_several_programs_are_told_apart(pay: Pay) -> None:
    pay.done("programs", "add", "Class 3b", "--kind", "forward", "--item", "latte")
    pay.done("give", "latte", "--count", "2")
    given = pay.json("give", "latte", "--count", "3", "--program", "class 3b")
    assert (given["program"], given["waiting"]) == ("Class 3b", 5)
    assert pay.json("gift", str(given["gift"]))["program"] == "Class 3b"
    assert "3 Latte, Class 3b. €11.25, cash." in pay.done("gift", str(given["gift"]))
    served = pay.json("redeem", "latte", "--count", "3", "--program", "class 3b")
    assert [line["gift"] for line in served["lines"]] == [given["gift"]]
    assert pay.refused("redeem", "latte", "--program", "class 3b")[:2] == (1, "nothing-waiting")
    assert [entry["program"] for entry in pay.json("entries")["entries"]] == [
        *("Pay it forward", "Class 3b", "Class 3b")
    ]
    rows = [line for line in pay.done("entries").splitlines() if "Latte" in line]
    assert [line.rsplit("  ", 1)[1] for line in rows] == ["Pay it forward", "Class 3b", "Class 3b"]


def test_with_one_program_it_is_not_named_to_people(pay: Pay) -> None:
    pay.done("give", "latte")
    assert "Pay it forward" not in pay.done("entries") + pay.done("gift", "1") + pay.done("board")
    assert pay.json("entries")["entries"][0]["program"] == "Pay it forward"


def test_where_nothing_waits_all_that_can_be_done_is_said(pay: Pay) -> None:
    pay.done("give", "cappuccino")
    pay.done(
        "programs", "add", "On the house", "--kind", "giveaway", "--budget", "1", "--per", "day"
    )
    assert pay.refused("redeem", "latte")[2] == (
        "No Latte waiting; 1 Cappuccino can pay (the shop adds €0.55): add --from group; the "
        "house can give 1: 'payforward giveaway Latte --program \"On the house\"'. "
        "'payforward asked Latte' notes that it was asked for."
    )
    pay.done("giveaway", "latte")
    with pay.ledger() as ledger:
        tomorrow = day_text(ledger.today() + timedelta(days=1))
    assert pay.refused("redeem", "latte")[2] == (
        "No Latte waiting; 1 Cappuccino can pay (the shop adds €0.55): add --from group. "
        f"On the house is used up until {tomorrow}. "
        "'payforward asked Latte' notes that it was asked for."
    )
    assert pay.refused("redeem", "latte", "--from", "fund")[2].startswith("The fund is empty")


def test_the_only_program_for_gifts_is_not_retired(pay: Pay) -> None:
    assert pay.refused("programs", "retire", "pay it forward")[:2] == (1, "last-program")
    pay.done("programs", "add", "Another", "--kind", "forward")
    assert pay.done("programs", "retire", "pay it forward") == (
        "Pay it forward is retired; what it did stays in the ledger.\n"
    )
    assert [each["program"] for each in pay.json("programs")["programs"]] == ["Another"]
    assert len(pay.json("programs", "list", "--retired")["programs"]) == 2
    assert pay.json("programs", "show", "pay it forward")["retired"] is True


def test_what_a_name_says_is_shown_safe_and_can_be_typed(pay: Pay) -> None:
    said = pay.done("programs", "add", '[b]"Soup" $HOME\x1b[2J', "--kind", "giveaway")
    assert said.startswith('[b]"Soup" $HOME[2J: a giveaway, running.\n')
    assert said.endswith("--program '[b]\"Soup\" $HOME[2J'\n")
    assert "\x1b" not in pay.done("board") + pay.done("programs")


def test_what_another_till_decided_meanwhile_is_not_written_over(
    pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay.done("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S", "--target", "9")

    def other_till(*_: object) -> None:
        # While the owner's passphrase is typed here.
        with pay.ledger() as ledger:
            coats = ledger.find_program("Coats")
            ledger.add_goods(coats.id, "Tins")
            ledger.change_program(replace(ledger.find_program("Coats"), hours="Mon 9-12"))

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Session, "guard", other_till)
        ran = pay("programs", "change", "Coats", "--target", "40", "--json")
    assert (ran.code, json.loads(ran.out)["refused"]) == (1, "changed-meanwhile")
    assert ran.err == (
        "Coats was changed at another till meanwhile: look at it again, then change it.\n"
    )
    told = pay.json("programs", "change", "Coats", "--target", "40")
    assert (told["target"], told["hours"], told["items"]) == (40, "Mon 9-12", ["Coat S", "Tins"])
