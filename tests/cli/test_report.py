"""``report``: what the owner asks, for people and for scripts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from payforward.core.asks import Give, GiveAway, NoteAsked, Redeem, Undo
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from tests.conftest import FrozenClock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay


def _live(pay: Pay) -> None:
    """Live a little: a gift in March, a rise of prices, servings in April."""
    clock = FrozenClock(datetime(2027, 3, 30, 12, tzinfo=UTC))
    with pay.ledger(clock) as ledger:
        latte = ledger.find_item("latte")
        ledger.give(Give(action=new_action_id(), item=latte.id, units=3, paid_minor=900))
        ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=2000))
        house = ledger.add_program(Program(name="House", kind=ProgramKind.GIVEAWAY))
        jar = ledger.add_program(Program(name="Red Cross", kind=ProgramKind.CHARITY))
        fund = ledger.fund().id
        ledger.give(Give(action=new_action_id(), item=fund, units=150, program=jar.id))
        clock.forward(days=3)
        ledger.redeem(Redeem(action=new_action_id(), item=latte.id, units=2))
        ledger.give_away(GiveAway(action=new_action_id(), item=latte.id, program=house.id))


def test_a_month_is_told_to_a_script(pay: Pay) -> None:
    _live(pay)
    april = pay.json("report", "month", "2027-04")
    assert (april["month"], april["currency"]) == ("2027-04", "EUR")
    assert set(april["lines"][0]) == {
        "program",
        "kind",
        "item",
        "opening",
        "given",
        "budget",
        "redeemed",
        "refunded",
        "passed_on",
        "delivered",
        "lapsed",
        "closing",
        "handed_out",
        "taken_back",
        "expired",
    }
    told = {(line["program"], line["item"]): line for line in april["lines"]}
    latte = told["Pay it forward", "Latte"]
    assert latte["opening"] == {"units": 3, "amount_minor": 900}
    assert latte["redeemed"] == {"units": 2, "amount_minor": 600}
    assert latte["closing"] == {"units": 1, "amount_minor": 300}
    assert told["House", "Serving"]["given"] == {"units": 1, "amount_minor": 0}
    assert told["Red Cross", "Community fund"]["closing"] == {"units": 150, "amount_minor": 150}
    assert april["totals"]["closing"]["amount_minor"] == 2300
    price = next(i["price_minor"] for i in pay.json("items")["items"] if i["item"] == "Latte")
    assert april["contribution_minor"] == 2 * price - 600
    assert april["contribution"]["giveaways_minor"] == price


def test_a_month_is_told_to_people(pay: Pay) -> None:
    _live(pay)
    said = pay.done("report", "month", "2027-04").splitlines()
    assert "                 start  given  served     end   worth" in said
    assert "Latte                3      –       2       1   €3.00" in said
    assert "Community fund  €20.00      –       –  €20.00  €20.00" in said
    assert "Waiting at the end, on the board and on slips, paid for by customers: €23.00." in said


def test_a_month_without_anything_says_so(pay: Pay) -> None:
    assert pay.done("report", "month", "2027-04").splitlines() == [
        "Nothing waited and nothing moved in 2027-04.",
        "The ledger has no entry yet.",
    ]
    _live(pay)
    assert pay.done("report", "month", "2026-12-24").splitlines() == [
        "Nothing waited and nothing moved in 2026-12.",
        "The first entry is of 30 Mar 2027.",
    ]


def test_what_is_owed_is_told_for_any_day(pay: Pay) -> None:
    _live(pay)
    march = pay.json("report", "liability", "--on", "2027-03-31")
    rolled = march.pop("roll_forward")
    assert march == {
        "on": "2027-03-31",
        "currency": "EUR",
        "amount_minor": 2900,
        "lines": [
            {"program": "Pay it forward", "item": "Latte", "units": 3, "amount_minor": 900},
            {
                "program": "Pay it forward",
                "item": "Community fund",
                "units": 2000,
                "amount_minor": 2000,
            },
        ],
        "held_for_others": [
            {"program": "Red Cross", "item": "Community fund", "units": 150, "amount_minor": 150}
        ],
    }
    # On the last day of a month it is the month's, but for what was never owed.
    month = pay.json("report", "month", "2027-03")
    owed = [each for each in month["lines"] if each["kind"] in ("forward", "charity")]
    assert rolled == {"from": "2027-03-01", "lines": owed, "totals": month["totals"]}
    assert pay.done("report", "liability", "--on", "2027-04-02").splitlines() == [
        "Prepaid gifts that waited at the end of 2 Apr 2027: €23.00.",
        "Pay it forward  Latte           1   €3.00",
        "Pay it forward  Community fund     €20.00",
        "Held for others, Red Cross: €1.50.",
        "",
        "From 1 Apr 2027 to 2 Apr 2027:",
        "",
        "Pay it forward",
        "                 start  given  served     end   worth",
        "Latte                3      –       2       1   €3.00",
        "Community fund  €20.00      –       –  €20.00  €20.00",
        "",
        "Red Cross",
        "           start  given    end  worth",
        "Red Cross  €1.50      –  €1.50  €1.50",
    ]
    before = pay.done("report", "liability", "--on", "2027-03-01")
    assert before == "No prepaid gift waited at the end of 1 Mar 2027.\n"


def test_what_is_no_month_or_day_is_refused(pay: Pay) -> None:
    assert pay.refused("report", "month", "2027-13")[:2] == (2, "bad-month")
    assert pay.refused("report", "month", "Smarch")[:2] == (2, "bad-month")
    assert pay.refused("report", "liability", "--on", "2027-02-30")[:2] == (2, "bad-day")


def test_a_month_tells_all_that_stands_around_it(pay: Pay) -> None:
    _live(pay)
    clock = FrozenClock(datetime(2027, 4, 8, 12, tzinfo=UTC))
    with pay.ledger(clock) as ledger:
        soup = ledger.find_item("soup").id
        for units in (1, 2):
            ledger.note_asked(NoteAsked(action=new_action_id(), item=soup, units=units))
    april = pay.json("report", "month", "2027-04")
    assert len(april["days"]) == 30
    served = next(day for day in april["days"] if day["redeemed"]["units"])
    assert served == {
        "day": "2027-04-02",
        "given": {"units": 0, "amount_minor": 0},
        "redeemed": {"units": 2, "amount_minor": 600},
    }
    assert len(april["months"]) == 12
    march, this = april["months"][-2:]
    assert march == april["before"]
    assert (march["month"], march["given"]["amount_minor"]) == ("2027-03", 2900)
    assert (this["month"], this["closing"]["amount_minor"]) == ("2027-04", 2300)
    assert april["year_before"] is None
    assert april["median_wait_days"] == 3
    assert april["served_by"] == [{"cashier": None, "served": 3}]
    assert (sum(april["served_at"]), len(april["served_at"])) == (3, 24)
    assert april["asked"] == [{"item": "Soup", "times": 2, "units": 3}]
    assert april["age_bands"] == [[0, 7], [8, 30], [31, 90], [91, None]]
    latte = next(row for row in april["ages"] if row["item"] == "Latte")
    assert latte["oldest_day"] == "2027-03-30"
    assert sum(band["units"] for band in latte["bands"]) == 1
    said = pay.done("report", "month", "2027-04")
    for line in (
        "Customers' gifts: €0.00 given, €6.00 enjoyed.",
        "The month before: €29.00 given, €0.00 enjoyed.",
        "Half of what was enjoyed had waited for 3 days or less.",
        "Asked for while none was waiting: Soup 2 times.",
        "Served by: no name 3.",
        "Latte                1     –      –        –",
    ):
        assert line in said


def test_a_statement_says_what_became_of_the_gifts(pay: Pay, tmp_path: Path) -> None:
    _live_now(pay)
    month = pay.json("report", "day")["day"][:7]
    told = pay.json("report", "statement")
    assert (told["month"], told["currency"], told["files"]) == (month, "EUR", [])
    assert told["totals"] == pay.json("report", "month")["totals"]
    assert [(each["item"], each["units"]) for each in told["waiting"]] == [
        ("Latte", 1),
        ("Community fund", 2000),
    ]
    (jar,) = told["held_for_others"]
    assert (jar["program"], jar["closing"]["amount_minor"]) == ("Red Cross", 150)
    assert told["check"] == f"payforward verify --head {told['head']}"
    assert pay.json(*told["check"].split()[1:])["sound"]
    said = pay.done("report", "statement", month)
    assert "Does the shop keep the money?" in said
    assert "= €23.00" in said
    wall = tmp_path / "wall.pdf"
    assert pay.json("report", "statement", "--slip", wall)["files"] == [str(wall)]
    assert wall.read_bytes().startswith(b"%PDF-")
    assert pay.refused("report", "statement", "--slip", wall)[:2] == (2, "bad-file")
    assert pay.refused("report", "statement", "--slip", "x.pdf", "--print")[1] == "wrong-usage"
    assert pay.refused("report", "statement", "2999-01")[:2] == (1, "month-to-come")
    ran = pay("report", "statement", "--print")
    assert ran.code == 74
    assert f"'payforward report statement {month} --slip FILE' writes it" in ran.err


def test_cards_are_made_for_the_counter(pay: Pay, tmp_path: Path) -> None:
    _live_now(pay)
    says = pay.json("report", "card")
    assert (says["kind"], says["items"]) == ("says", [])
    assert "The shop keeps none of it." in says["says"]
    assert "Customers gave €29.00." in says["words"][0]
    point = pay.json("report", "card", "--point", "--slip", tmp_path / "point.pdf")
    assert (point["kind"], point["items"][0]) == ("point", "Latte")
    assert (tmp_path / "point.pdf").read_bytes().startswith(b"%PDF-")
    assert "I would like what is waiting, please." in pay.done("report", "card", "--point")
    used = pay.refused("report", "card", "--slip", tmp_path / "point.pdf")
    assert used[:2] == (2, "bad-file")
    assert pay.refused("report", "card", "2027-04", "--point")[:2] == (2, "wrong-usage")
    assert pay("report", "card", "--print").code == 74


def _live_now(pay: Pay) -> None:
    """Live a little today."""
    with pay.ledger() as ledger:
        latte, fund = ledger.find_item("latte"), ledger.fund().id
        jar = ledger.add_program(Program(name="Red Cross", kind=ProgramKind.CHARITY))
        ledger.give(Give(action=new_action_id(), item=latte.id, units=3, paid_minor=900))
        ledger.give(Give(action=new_action_id(), item=fund, units=2000))
        ledger.give(Give(action=new_action_id(), item=fund, units=150, program=jar.id))
        ledger.redeem(Redeem(action=new_action_id(), item=latte.id, units=2))


def test_a_month_in_which_more_was_taken_back_than_done(pay: Pay) -> None:
    """What April served is taken back in May: each number is of the month that did it."""
    _live(pay)
    april = pay.json("report", "month", "2027-04")
    clock = FrozenClock(datetime(2027, 5, 7, 12, tzinfo=UTC))
    with pay.ledger(clock) as ledger:
        ledger.accept_clock()
        acts = dict.fromkeys(e.entry.action for e in ledger.entries(date(2027, 4, 2)))
        for action in acts:
            ledger.undo(Undo(action=new_action_id(), undoes=action, of_other_day=True))
    assert pay.json("report", "month", "2027-04")["lines"] == april["lines"]
    may = pay.json("report", "month", "2027-05")
    assert may["contribution_minor"] == -april["contribution_minor"] < 0
    assert may["totals"]["redeemed"] == {"units": -2, "amount_minor": -600}
    told = pay.done("report", "month", "2027-05")
    assert "Taken back: €1.50 that the shop had added to what was paid." in told
    assert "Taken back: €3.75 that the house had given, at list price." in told
    wall = " ".join(pay.done("report", "statement", "2027-05").split())
    assert "€6.00 more was taken back than enjoyed." in wall
    assert "Taken back: the shop had added €1.50 where the menu's price was above" in wall
    assert "taken back 1 Of earlier servings: €3.75 at the menu's prices." in wall
    assert pay.json("verify")["sound"] is True
