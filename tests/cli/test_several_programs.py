"""Several programs at the command line: which one is meant, and what can be done in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.at import set_clock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

TODAY = "2026-11-21"


@pytest.fixture(autouse=True)
def saturday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a Saturday at noon."""
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def two(pay: Pay) -> Pay:
    """Return a shop with a second program that takes gifts."""
    pay.done("programs", "add", "Students", "--kind", "forward")
    return pay


def test_a_gift_names_its_program_where_several_could_take_it(pay: Pay) -> None:
    assert pay.done("give", "latte").startswith("Thank you. 1 Latte put aside. €3.75, cash.\n")
    pay.done("programs", "add", "Students", "--kind", "forward", "--item", "latte")
    assert pay.done("give", "latte").startswith(
        "Thank you. 1 Latte put aside in Pay it forward. €3.75, cash.\n"
    )
    said = pay.done("give", "latte", "--program", "students", "--voucher")
    assert said.startswith("Thank you. 1 Latte in Students on a slip. €3.75, cash.\n")
    # Only one takes tea; the fund of both takes money.
    assert "put aside. €2.00" in pay.done("give", "tea")
    said = pay.done("give", "--money", "5", "--program", "students")
    assert said.startswith("Thank you. €5.00 for the fund in Students, cash.\n")


def test_in_one_program_a_refusal_tells_of_that_one_and_where_else_it_waits(two: Pay) -> None:
    two.done("give", "soup", "--count", "2")
    two.done("give", "--money", "30")
    ask = ("redeem", "soup", "--program", "students")
    elsewhere = "2 Soup wait in Pay it forward: leave --program away."
    assert two.refused(*ask)[2] == f"No Soup waiting in Students. {elsewhere}"
    two.done("give", "--money", "12", "--program", "students")
    assert two.refused(*ask, "--count", "3")[2] == (
        "No Soup waiting in Students; the fund can pay €10.00 for 2: "
        f"say --count 2 --from fund. {elsewhere}"
    )
    assert two.refused(*ask, "--count", "3", "--from", "fund")[2] == (
        "The fund of Students has €12.00, and 3 Soup cost €15.00: it can pay for 2."
    )
    assert two.refused("redeem", "latte", "--program", "students", "--from", "group")[2] == (
        "Nothing that may be served for Latte is waiting in Students."
    )
    assert two.json(*ask, "--count", "2", "--from", "fund")["waiting"] == 3200
    with two.ledger() as ledger:
        held = ledger.program_state(ledger.find_program("Students").id)
    assert held.units == 200


def test_each_offer_says_for_how_many_and_what_is_used_up_until_when(pay: Pay) -> None:
    pay.done("give", "cappuccino", "--count", "2")
    pay.done("give", "--money", "8")
    house = ("programs", "add", "House", "--kind", "giveaway", "--budget", "3", "--per")
    pay.done(*house, "week")
    refusal = pay.refused("redeem", "latte", "--count", "9")[2]
    assert refusal == (
        "No Latte waiting; Cappuccino can pay for 2, the oldest gift first: "
        "say --count 2 --from group; the fund can pay €7.50 for 2: say --count 2 --from fund; "
        "the house can give 3: 'payforward giveaway Latte --program House --count 3'. "
        "'payforward asked Latte --count 9' notes that it was asked for."
    )
    pay.done("redeem", "latte", "--count", "2", "--from", "group")
    pay.done("redeem", "latte", "--count", "2", "--from", "fund")
    pay.done("giveaway", "latte", "--count", "3")
    assert pay.refused("redeem", "latte")[2] == (
        "No Latte waiting, and nothing else is: the next gift will be. "
        "House is used up until 23 Nov 2026. "
        "'payforward asked Latte' notes that it was asked for."
    )
    pay.done("programs", "change", "House", "--to", "22 nov")
    assert "House is used up for good." in pay.refused("redeem", "latte")[2]


def test_what_can_be_had_is_noted_as_missed_only_if_one_insists(pay: Pay) -> None:
    pay.done("give", "tea", "--count", "2")
    assert pay.refused("asked", "tea", "--count", "2")[1:] == (
        "not-in-vain",
        "2 Tea wait: 'payforward redeem Tea --count 2' serves it, and --anyway notes it too.",
    )
    # Fewer wait than were asked for.
    assert pay.json("asked", "tea", "--count", "3")["units"] == 3
    own = "01900000-0000-7000-8000-000000000001"
    noted = pay.json("asked", "tea", "--anyway", "--id", own)
    assert pay.json("asked", "tea", "--id", own) == {**noted, "repeated": True}
    assert pay.refused("asked", "--anyway")[:2] == (2, "wrong-usage")
    pay.done("programs", "add", "House", "--kind", "giveaway", "--item", "soup")
    assert "'payforward giveaway Soup --program House' serves it" in pay.refused("asked", "soup")[2]
    assert pay.refused("asked", "pizza")[2].startswith(
        "There is no pizza on the menu: it has Latte, Flat white, Cappuccino, Tea and Soup."
    )


def test_goods_go_to_the_drive_that_takes_them(pay: Pay) -> None:
    pay.done("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S,M,L,XS")
    pay.done("programs", "add", "Tins", "--kind", "drive", "--goods", "Tin")
    assert pay.json("collect", "coat m")["program"] == "Coats"
    assert pay.refused("collect", "hat")[:2] == (1, "not-in-program")
    assert pay.refused("collect", "coat xl", "--program", "coats")[2].startswith(
        "Coats takes no coat xl: did you mean Coat S or Coat M or Coat L or Coat XS?"
    )
    pay.done("partners", "add", "Shelter")
    said = pay.done("deliver", "--program", "coats", "--partner", "shelter")
    assert "None of those goods is here any more." in said
    assert "Gift" not in pay.done("undo", "last")
    assert pay.refused("deliver", "--program", "coats", "--partner", "Nobody")[2].endswith(
        "'payforward partners' lists them, 'payforward partners add' adds one."
    )


def test_slips_of_one_program_come_from_it_alone(two: Pay) -> None:
    two.done("give", "latte", "--count", "3")
    ask = ("vouchers", "hand-out", "latte", "--program", "students")
    assert two.refused(*ask)[2] == (
        "Nothing of Latte of Students is on the board, so there is nothing to hand out."
    )
    two.done("give", "latte", "--program", "students", "--count", "2")
    assert two.refused(*ask, "--count", "3")[2].startswith("2 Latte of Students on the board")
    assert two.done(*ask, "--count", "2").startswith("2 Latte on 2 slips; 3 Latte still on")
    with two.ledger() as ledger:
        (held,) = ledger.program_state(ledger.find_program("Students").id).waits
    assert (held.units, held.on_slips) == (2, 2)
    two.done("partners", "add", "Shelter")
    assert two.refused("pass-on", "--money", "5", "--partner", "shelter")[2] == (
        "Nothing is in the fund, so there is nothing to pass on."
    )


def test_a_new_program_says_from_when_it_is_there(pay: Pay) -> None:
    add = ("programs", "add")
    said = pay.done(*add, "Advent", "--kind", "giveaway", "--from", "1 dec", "--to", "24.12.")
    assert "From 1 Dec 2026 until 24 Dec 2026." in said
    assert "It begins on 1 Dec 2026, and nothing of it is offered before.\nTo use it then:" in said
    said = pay.done(*add, "Past", "--kind", "forward", "--to", "2026-11-20")
    assert "It is over already" in said
    assert "To use it:" not in said


def test_a_program_that_cannot_go_is_refused_before_a_passphrase(pay: Pay, guarded: Path) -> None:
    assert pay.refused("programs", "retire", "pay it forward")[1] == "last-program"
    phrase = ("--passphrase-file", guarded)
    pay.done("programs", "add", "Students", "--kind", "forward", *phrase)
    assert pay.refused("programs", "retire", "students")[1] == "passphrase-needed"
    pay.done("programs", "retire", "students", *phrase)


def test_a_month_names_a_jar_s_money_by_the_jar(pay: Pay) -> None:
    pay.done("programs", "add", "Red Cross", "--kind", "charity")
    pay.done("give", "--money", "5", "--program", "red cross")
    said = pay.done("report", "month").splitlines()
    (row,) = [line for line in said if "€5.00" in line and line.startswith("Red Cross  ")]
    assert "Community fund" not in "".join(said)
    assert row.split()[2] == "–"
