"""``vouchers``: slips listed, shown, made, handed out, replaced, put back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from payforward.cli.output import OUTPUT_LOST
from payforward.core import codes
from payforward.core.asks import Give
from payforward.core.days import day_text
from payforward.core.errors import BadInput
from payforward.core.ids import new_action_id
from payforward.output import partner_files
from tests.cli.slips import owed, seen_states
from tests.conftest import FrozenClock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"
SHELTER = "Night Shelter"


def test_slips_are_listed_by_state_and_partner(pay: Pay) -> None:
    assert pay.done("vouchers").startswith("There are no such slips:")
    used = pay.json("give", "latte", "--voucher", "--giver", "Zoë")
    pay.done("redeem", "--code", used["voucher"])
    pay.done("give", "--money", "12.50", "--voucher")
    pay.done("give", "tea", "--count", "2")
    pay.done("partners", "add", SHELTER)
    pay.done("vouchers", "hand-out", "tea", "--partner", "night shelter", "--each", "2")
    told = pay.json("vouchers")
    assert pay.json("vouchers", "list") == told
    assert [(slip["item"], slip["left"], slip["state"]) for slip in told["slips"]] == [
        ("Tea", 2, "waiting"),
        ("Community fund", 1250, "waiting"),
        ("Latte", 0, "used"),
    ]
    assert told["more"] is False
    newest, _, oldest = told["slips"]
    assert (newest["partner"], newest["units"], newest["amount_minor"]) == (SHELTER, 2, 400)
    assert (oldest["giver"], oldest["ended_till"], oldest["gifts"]) == ("Zoë", "till 1", [1])
    assert datetime.fromisoformat(oldest["ended_at"]).tzinfo is not None
    with pay.ledger() as ledger:
        day = day_text(ledger.today())
    assert pay.done("vouchers").splitlines() == [
        f"slip  for        left  state    {'made':{len(day)}}  partner",
        f"   6  2 Tea         2  waiting  {day}  Night Shelter",
        f"   3  money    €12.50  waiting  {day}",
        f"   1  1 Latte       0  used     {day}",
    ]
    listed = pay.json("vouchers", "list", "--state", "used")["slips"]
    assert [slip["slip"] for slip in listed] == [1]
    listed = pay.json("vouchers", "list", "--partner", SHELTER, "--state", "waiting")["slips"]
    assert [slip["slip"] for slip in listed] == [6]
    pay.done("partners", "retire", SHELTER)
    assert len(pay.json("vouchers", "list", "--partner", SHELTER)["slips"]) == 1
    assert pay.refused("vouchers", "list", "--partner", "Nobody")[:2] == (1, "unknown-partner")
    assert pay.refused("vouchers", "list", "--state", "lost")[:2] == (2, "wrong-usage")
    few = pay.done("vouchers", "list", "--count", "1").splitlines()
    assert few[-1] == "These are the newest 1; --count 2 lists more."


def test_showing_changes_nothing_and_tells_a_giver_tomorrow(pay: Pay) -> None:
    with pay.ledger(FrozenClock(datetime.now(UTC) - timedelta(days=2))) as ledger:
        latte = ledger.find_item("latte").id
        ask = Give(action=new_action_id(), item=latte, units=2, voucher=True, message="Hi")
        given = ledger.give(ask)
    assert given.voucher is not None
    assert given.receipt is not None
    code, receipt = given.voucher.letters, given.receipt.letters
    before = pay.digest()
    told = pay.json("vouchers", "show", code)
    assert (told["kind"], told["slip"], told["state"]) == ("voucher", 1, "waiting")
    assert (told["units"], told["left"], told["message"]) == (2, 2, "Hi")
    assert code not in str(told)
    said = pay.done("vouchers", "show", *codes.format(code).split())
    assert said.startswith("Slip 1: 2 Latte, waiting.\nMade on ")
    assert "The giver says: “Hi”\nGift 1.\n" in said
    told = pay.json("vouchers", "show", receipt)
    assert (told["kind"], told["gift"], told["units"], told["enjoyed"]) == ("receipt", 1, 2, 0)
    assert (told["waiting"], told["refunded"]) == (2, 0)
    assert "\n2 Latte waiting.\nWhat is enjoyed today is told" in pay.done(
        "vouchers", "show", receipt
    )
    assert pay.digest() == before

    with pay.ledger(FrozenClock(datetime.now(UTC) - timedelta(days=1))) as ledger:
        from payforward.core.asks import RedeemSlip  # noqa: PLC0415

        ledger.redeem_slip(RedeemSlip(action=new_action_id(), code=given.voucher))
    assert pay.json("vouchers", "show", receipt)["enjoyed"] == 1
    pay.done("redeem", "--code", code)
    # Who enjoyed it today is nobody's business before tomorrow.
    assert "\n1 Latte enjoyed, 1 Latte waiting.\n" in pay.done("vouchers", "show", receipt)
    said = pay.done("vouchers", "show", code)
    assert re.match(r"Slip 1: 2 Latte, used \d+ \w+ \d{4} \d\d:\d\d, at till 1\.", said)
    assert pay.refused("vouchers", "show", "BCDEFGHJKNPRSTVXBCPR")[:2] == (1, "not-ours")


def test_a_receipt_tells_of_refunds(pay: Pay) -> None:
    gift = pay.json("give", "latte", "--count", "2", "--voucher")
    pay.done("refund", str(gift["gift"]), "--count", "1")
    said = pay.done("vouchers", "show", gift["receipt"])
    assert "\n1 Latte waiting, 1 Latte refunded.\nWhat is enjoyed" in said
    pay.done("refund", str(gift["gift"]))
    assert pay.done("vouchers", "show", gift["receipt"]).endswith("\n2 Latte refunded.\n")
    gift = pay.json("give", "latte")
    pay.done("undo", gift["action"])
    assert pay.done("vouchers", "show", gift["receipt"]).endswith("\nThe gift was taken back.\n")


def test_a_hand_out_of_today_is_taken_back_while_its_slips_wait(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "4")
    told = pay.json("vouchers", "hand-out", "latte", "--count", "4")
    said = pay.done("undo", "last")
    assert said.startswith("Taken back: 4 Latte on the board again. The paper is worth nothing")
    assert pay.refused("redeem", "--code", told["slips"][0]["voucher"])[1] == "slip-withdrawn"
    told = pay.json("vouchers", "hand-out", "latte", "--count", "4")
    pay.done("redeem", "--code", told["slips"][0]["voucher"])
    assert pay.refused("undo", told["action"])[:2] == (1, "partly-enjoyed")
    assert pay.json("undo", told["action"], "--count", "3")["units"] == 3
    assert pay.waiting() == {"Latte": 3}


def test_a_replaced_slip_is_dead_paper(pay: Pay, tmp_path: Path) -> None:
    given = pay.json("give", "latte", "--voucher")
    file = tmp_path / "again.txt"
    told = pay.json("vouchers", "replace", str(given["gift"]), "--slip", file, "--id", ID)
    assert (told["slip"], told["files"]) == (given["slip"], [str(file)])
    assert told["voucher"] != given["voucher"]
    assert codes.format(told["voucher"]) in file.read_text()
    code, reason, sentence = pay.refused("redeem", "--code", given["voucher"])
    assert (code, reason) == (1, "slip-replaced")
    assert re.search(r"\(\d+ \w+ \d{4} \d\d:\d\d, till 1\)\.$", sentence)
    assert pay.refused("vouchers", "show", given["voucher"])[:2] == (1, "slip-replaced")
    again = pay.json("vouchers", "replace", str(given["gift"]), "--id", ID)
    assert (again["repeated"], again["voucher"]) == (True, None)
    assert pay.json("redeem", "--code", told["voucher"])["left"] == 0
    assert pay.refused("vouchers", "replace", str(given["slip"]))[:2] == (1, "slip-used")
    assert pay.refused("vouchers", "replace", "99")[:2] == (1, "unknown-slip")
    assert pay.refused("vouchers", "replace", "x")[:2] == (2, "bad-gift")


def test_a_gift_of_the_board_goes_on_a_slip_and_back(pay: Pay) -> None:
    pay.done("give", "latte", "--count", "3")
    made = pay.json("vouchers", "make", "1", "--count", "2")
    assert (made["units"], made["waiting"], len(made["slips"])) == (2, 1, 1)
    assert pay.waiting() == {"Latte": 1}
    assert pay.refused("vouchers", "make", "1", "--count", "2")[:2] == (1, "nothing-waiting")
    assert pay.refused("vouchers", "make", "9")[:2] == (1, "unknown-gift")
    said = pay.done("undo", made["action"])
    assert said.startswith("Taken back: 2 Latte on the board again. The paper is worth nothing")
    assert pay.waiting() == {"Latte": 3}
    assert pay.refused("redeem", "--code", made["voucher"])[:2] == (1, "slip-withdrawn")

    said = pay.done("vouchers", "make", "1")
    assert said.startswith("3 Latte went from the board to a slip.\nSlip ")
    slip = next(number for number, state in seen_states(pay).items() if state == "waiting")
    back = pay.json("vouchers", "take-back", str(slip))
    assert (back["units"], back["slips"], back["waiting"]) == (3, [slip], 3)
    assert pay.waiting() == {"Latte": 3}
    assert pay.done("undo", back["action"]).startswith("Taken back: 3 Latte on paper again;")
    assert pay.waiting() == {}
    pay.done("give", "--money", "10")
    fund = pay.json("entries")["entries"][-1]["gift"]
    assert pay.json("vouchers", "make", str(fund), "--money", "4")["units"] == 400
    assert pay.refused("vouchers", "make", str(fund), "--count", "1")[:2] == (2, "wrong-usage")


def test_thirty_slips_for_a_partner(pay: Pay, tmp_path: Path) -> None:
    pay.done("partners", "add", SHELTER)
    for _ in range(4):
        pay.done("give", "latte", "--count", "10")
    file = tmp_path / "batch.pdf"
    ask = ("vouchers", "hand-out", "latte", "--partner", SHELTER, "--count", "30", "--id", ID)
    told = pay.json(*ask, "--slip", file, "--sheet", "a4-3x8")
    assert (told["units"], told["partner"], told["waiting"]) == (30, SHELTER, 10)
    assert told["files"] == [str(file)]
    assert file.read_bytes().startswith(b"%PDF-")
    assert told["list"] == str(tmp_path / "batch-list.pdf")
    assert (tmp_path / "batch-list.pdf").read_bytes().startswith(b"%PDF-")
    vouchers = [slip["voucher"] for slip in told["slips"]]
    assert len({*vouchers}) == 30
    assert all(map(codes.is_valid, vouchers))
    assert owed(pay) == []
    assert pay.waiting() == {"Latte": 10}
    again = pay.json(*ask)
    assert [slip["voucher"] for slip in again["slips"]] == [None] * 30
    pay.done("partners", "retire", SHELTER)
    assert pay.json(*ask) == again
    pay.done("partners", "add", SHELTER)
    assert pay.json("partners") == {"partners": [{"partner": SHELTER, "slips_waiting": 30}]}

    for voucher in vouchers[:5]:
        assert pay.json("redeem", "--code", voucher)["left"] == 0
    back = pay.json("vouchers", "take-back", "--partner", SHELTER)
    assert (back["units"], len(back["slips"]), back["waiting"]) == (25, 25, 35)
    assert pay.refused("redeem", "--code", vouchers[0])[:2] == (1, "slip-used")
    assert pay.refused("redeem", "--code", vouchers[29])[:2] == (1, "slip-withdrawn")
    assert pay.refused("vouchers", "take-back", "--partner", SHELTER)[:2] == (1, "nothing-waiting")
    assert pay.json("verify")["sound"] is True

    lines = pay.done("entries").splitlines()
    put_on = [line for line in lines if "put on slip" in line]
    off = [line for line in lines if "off slip" in line]
    assert (len(put_on), len(off)) == (30, 25)
    assert put_on[0].split("  ", 1)[1].split() == [
        *("put", "on", "slip", "1", "Latte", "€3.75", "gift", "1,", "slip"),
        str(told["slips"][0]["slip"]),
    ]
    entries = pay.json("entries")["entries"]
    moved = [entry for entry in entries if entry["kind"] == "hand_out"]
    assert sum(entry["units"] for entry in moved) == 0
    assert {entry["partner"] for entry in moved if entry["slip"]} == {SHELTER}


def test_a_batch_is_written_or_told_not_both(pay: Pay, tmp_path: Path) -> None:
    pay.done("give", "tea", "--count", "5")
    said = pay.done("vouchers", "hand-out", "tea", "--count", "2")
    assert said.startswith("2 Tea on 2 slips; 3 Tea still on the board.\nSlip 3, 1 Tea: ")
    said = pay.done("vouchers", "hand-out", "tea", "--count", "2", "--slip", tmp_path / "b.png")
    assert [path.name for path in sorted(tmp_path.glob("b*"))] == ["b-1.png", "b-2.png"]
    first, last = tmp_path / "b-1.png", tmp_path / "b-2.png"
    assert f"Written to 2 files, from {first} to {last}.\n" in said
    assert not re.search(r"(?:[A-Z]{4} ){4}", said)


def test_the_list_to_sign_is_written_beside_the_slips(pay: Pay, tmp_path: Path) -> None:
    pay.done("partners", "add", SHELTER)
    pay.done("give", "tea", "--count", "9")
    ask = ("vouchers", "hand-out", "tea", "--partner", SHELTER, "--count", "2", "--slip")
    listed = tmp_path / "slips-list.txt"
    said = pay.done(*ask, tmp_path / "slips.txt")
    assert f"The list to sign is in {listed}.\n" in said
    words = listed.read_text(encoding="utf-8")
    for signed in ("Handed over by", "Received by", "3, 4", SHELTER):
        assert signed in words
    assert not re.search(r"(?:[A-Z]{4} ){4}", words)
    assert pay.refused(*ask, listed.with_name("slips.txt"))[:2] == (2, "bad-file")
    # Whoever has the list in their hand is not told to write over it.
    (tmp_path / "more-list.txt").write_text("signed")
    code, reason, sentence = pay.refused(*ask, tmp_path / "more.txt")
    assert (code, reason) == (2, "bad-file")
    assert "more-list.txt is there already" in sentence
    alone = pay.json(
        "vouchers", "hand-out", "tea", "--partner", SHELTER, *ask[-1:], tmp_path / "1.txt"
    )
    assert alone["list"] is None


def test_slips_whose_list_fails_are_good_and_the_list_comes_later(
    pay: Pay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay.done("partners", "add", SHELTER)
    pay.done("give", "tea", "--count", "2")

    def full(*_: object, **__: object) -> Path:
        raise BadInput("The disk is full: make room.", reason="bad-file")

    with monkeypatch.context() as patched:
        patched.setattr(partner_files, "write_batch_list", full)
        ran = pay(
            *("vouchers", "hand-out", "tea", "--partner", SHELTER, "--count", "2"),
            *("--slip", tmp_path / "slips.txt"),
        )
    assert ran.code == OUTPUT_LOST
    assert (tmp_path / "slips.txt").stat().st_size
    assert ran.err == (
        "The slips are out, but not their list to sign (The disk is full: make room): "
        "'payforward partners batches --batch 3 --slip FILE' writes it.\n"
    )
    pay.done("partners", "batches", "--batch", "3", "--slip", tmp_path / "slips-list.txt")
    assert "3, 4" in (tmp_path / "slips-list.txt").read_text(encoding="utf-8")


def test_slips_of_money_come_from_the_fund(pay: Pay) -> None:
    pay.done("give", "--money", "20")
    told = pay.json("vouchers", "hand-out", "--money", "5", "--count", "3")
    assert (told["units"], told["waiting"], told["item"]) == (1500, 500, "Community fund")
    said = pay.done("vouchers", "hand-out", "--money", "5")
    assert said.startswith("€5.00 on 1 slip; €0.00 still in the fund.\n")
    refusal = pay.refused("vouchers", "hand-out", "--money", "5", "--count", "200")
    assert refusal == (
        *(1, "nothing-waiting"),
        "Nothing is in the fund, so there is nothing to hand out.",
    )
    said = pay.done("vouchers", "take-back", "7")
    assert said.startswith("€5.00 from 1 slip in the fund again; €5.00 waiting now.\n")
    assert pay.done("vouchers", "make", "1").startswith("€5.00 went from the fund to a slip.\n")
    assert pay.done("undo", "last").startswith("Taken back: €5.00 in the fund again. The paper")
    assert "money" in pay.done("vouchers")


@pytest.mark.parametrize(
    ("ask", "code", "reason"),
    [
        (["hand-out"], 2, "wrong-usage"),
        (["hand-out", "latte", "--money", "5"], 2, "wrong-usage"),
        (["hand-out", "--money", "5", "--each", "2"], 2, "wrong-usage"),
        (["hand-out", "latte", "--count", "4"], 1, "nothing-waiting"),
        (["hand-out", "latte", "--count", "0"], 2, "bad-count"),
        (["hand-out", "latte", "--partner", "Nobody"], 1, "unknown-partner"),
        (["hand-out", "latte", "--sheet", "a4-3x8"], 2, "wrong-usage"),
        (["hand-out", "latte", "--slip", "x.png", "--sheet", "a4-3x8"], 2, "bad-file"),
        (["hand-out", "latte", "--slip", "x.pdf", "--sheet", "a5"], 2, "wrong-usage"),
        (["hand-out", "latte", "--slip", "x.doc"], 2, "bad-file"),
        (["hand-out", "latte", "--slip", "/nowhere/x.pdf"], 2, "bad-file"),
        (["hand-out", "latte", "--slip", "x.pdf", "--print"], 2, "wrong-usage"),
        (
            ["hand-out", "latte", "--slip", "x.pdf", "--sheet", "a4-3x8", "--count", "1001"],
            2,
            "too-many-slips",
        ),
        (["make", "1", "--slip", "/nowhere/x.pdf"], 2, "bad-file"),
        (["replace", "1", "--slip", "/nowhere/x.pdf"], 2, "bad-file"),
        (["take-back"], 2, "wrong-usage"),
        (["take-back", "1", "--partner", "x"], 2, "wrong-usage"),
        (["take-back", "1"], 1, "unknown-slip"),
        (["take-back", "--code", "BCDEFGHJKNPRSTVXBCPR"], 1, "not-ours"),
        (["expiry", "soon"], 2, "bad-count"),
        (["expiry", "0"], 2, "bad-expiry"),
        (["expiry", "99999"], 2, "bad-expiry"),
        (["hand-in"], 2, "wrong-usage"),
    ],
)
def test_what_nobody_means_changes_nothing(
    pay: Pay, ask: list[str], code: int, reason: str
) -> None:
    pay.done("give", "latte", "--count", "3")
    assert pay.refused("vouchers", *ask)[:2] == (code, reason)
    assert pay.waiting() == {"Latte": 3}


def test_slips_of_several_things_are_taken_back_together(pay: Pay) -> None:
    latte = pay.json("give", "latte", "--voucher")
    tea = pay.json("give", "tea", "--count", "2", "--voucher")
    both = (str(latte["slip"]), str(tea["slip"]))
    assert pay.refused("vouchers", "take-back", *both, "--id", ID)[:2] == (2, "wrong-usage")
    told = pay.json("vouchers", "take-back", *both, both[0])
    assert sorted(told["slips"]) == [latte["slip"], tea["slip"]]
    assert {(done["item"], done["units"]) for done in told["actions"]} == {("Latte", 1), ("Tea", 2)}
    assert pay.waiting() == {"Latte": 1, "Tea": 2}
    soup = pay.json("give", "soup", "--voucher")
    assert pay.refused("vouchers", "take-back", "--code", soup["receipt"])[1] == "receipt-code"
    said = pay.done("vouchers", "take-back", "--code", soup["voucher"])
    assert said.startswith("1 Soup from 1 slip on the board again; 1 Soup waiting now.\n")
    assert pay.refused("vouchers", "take-back", "--code", soup["voucher"])[1] == "slip-withdrawn"


def test_slips_run_out_only_where_the_shop_says_so(pay: Pay) -> None:
    assert pay.done("vouchers", "expiry") == "Slips never run out.\n"
    assert pay.json("vouchers", "expiry", "30") == {"expiry_days": 30, "expired": 0}
    said = pay.done("vouchers", "expiry")
    assert said == "A slip made now is good for 30 days; then its gift goes to the board.\n"
    with pay.ledger(FrozenClock(datetime.now(UTC) - timedelta(days=40))) as ledger:
        latte = ledger.find_item("latte").id
        old = ledger.give(Give(action=new_action_id(), item=latte, units=1, voucher=True))
    pay.done("clock", "--accept")
    assert old.voucher is not None
    assert pay.waiting() == {}
    assert pay.json("vouchers", "expiry")["expired"] == 1
    assert pay.waiting() == {"Latte": 1}
    assert pay.refused("redeem", "--code", old.voucher.letters)[:2] == (1, "slip-expired")
    assert "ran out" in pay.done("entries")
    assert pay.json("vouchers", "expiry", "Never")["expiry_days"] is None
    assert pay.json("settings")["expiry_days"] is None
