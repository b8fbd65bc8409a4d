"""A slip's life at the command line: given, scanned, used, refused with when and where."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core import codes
from tests.cli.slips import other_shop, owed, squares, swapped, types, wrong_letter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand

ID = "01900000-0000-7000-8000-000000000001"


def test_the_real_command_gives_prints_scans_and_refuses(
    command: RunCommand, tmp_path: Path
) -> None:
    path = tmp_path / "real.db"
    create_ledger(path, shop="Rosa's Café", currency="EUR", timezone="Europe/Rome")
    with Ledger.open(path) as ledger:
        ledger.add_item("Flat white", 350, category="Coffee")
    env = {"PAYFORWARD_LEDGER": str(path), "PAYFORWARD_DEBUG": "1"}
    picture = tmp_path / "x.png"

    def told(*arguments: str | Path, code: int = 0) -> Any:
        ran = command(*arguments, "--json", env=env)
        assert ran.code == code, ran
        assert bool(ran.err) == bool(code)
        return json.loads(ran.out)

    given = told("give", "flat white", "--voucher", "--slip", picture, "--message", "Enjoy!")
    assert given["files"] == [str(picture)]
    assert (given["slip"], given["waiting"]) == (given["gift"], 0)
    assert codes.is_valid(given["voucher"])
    assert codes.is_valid(given["receipt"])
    (payload,) = squares(picture)
    assert payload.endswith(given["voucher"])
    assert payload.startswith("ROSA")
    assert picture.stat().st_mode & 0o077 == 0

    served = told("redeem", "--code", payload, "--till", "terrace")
    assert (served["item"], served["units"], served["amount_minor"]) == ("Flat white", 1, 350)
    assert (served["paid_from"], served["slip"], served["left"]) == ("slip", given["slip"], 0)
    assert [line["message"] for line in served["lines"]] == ["Enjoy!"]
    refused = told("redeem", "--code", payload, code=1)
    assert refused["refused"] == "slip-used"
    assert re.fullmatch(
        r"This slip has been used \(\d+ \w+ \d{4} \d\d:\d\d, terrace\)\.", refused["message"]
    )
    # A scanner types in lower case, with its own signs around it, on standard input too.
    ran = command("redeem", "--code", "-", stdin=f"\x02{payload.lower()}\x03\r\n", env=env)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("This slip has been used (")
    with Ledger.open(path) as ledger:
        assert ledger.slips()[0].left == 0
        assert ledger.verify().sound


def test_people_hear_the_code_once_and_the_receipts(pay: Pay) -> None:
    said = pay.done("give", "latte", "--count", "2", "--voucher")
    code, receipt = re.findall(r"(?:[A-Z]{4} ){4}[A-Z]{4}", said)
    assert said.splitlines()[:3] == [
        "Thank you. 2 Latte on a slip. €7.50, cash.",
        f"Slip 1, 2 Latte: {code}",
        f"The giver's receipt, which can only look: {receipt}",
    ]
    assert pay.waiting() == {}
    # Who was told the code has the slip: no paper is owed that would make it worth nothing.
    assert owed(pay) == []
    assert pay.done("print") == "No slip waits for paper.\n"
    said = pay.done("redeem", "--code", code)
    assert said.startswith("✓ 1 Latte. 1 left on the slip.\nGift 1; to take it back: payforward")
    # Groups that the shell parted are one code all the same.
    said = pay.done("redeem", "--code", *code.lower().split())
    assert said.startswith("✓ 1 Latte. Nothing left on the slip.\n")
    assert pay.refused("redeem", "--code", receipt)[:2] == (1, "receipt-code")


def test_a_slip_pays_in_parts_for_its_group_and_from_money(pay: Pay) -> None:
    code = pay.json("give", "cappuccino", "--count", "3", "--voucher")["voucher"]
    told = pay.json("redeem", "--code", code, "latte", "--count", "2")
    assert (told["item"], told["units"], told["left"], told["waiting"]) == ("Latte", 2, 1, 1)
    assert (told["amount_minor"], told["list_price_minor"]) == (640, 750)
    short = pay.refused("redeem", "--code", code, "--count", "2")
    assert short[:2] == (1, "slip-short")
    assert short[2] == "This slip still has 1 Cappuccino, not 2."
    assert pay.refused("redeem", "--code", code, "soup")[:2] == (1, "other-item")
    assert pay.refused("redeem", "--code", code, "mokka")[:2] == (1, "unknown-item")
    said = pay.done("redeem", "--code", code, "flat", "white")
    assert said.startswith(
        "✓ 1 Flat white. Paid as Cappuccino. Nothing left on the slip.\nThe shop adds €0.30.\n"
    )

    money = pay.json("give", "--money", "10", "--voucher")
    assert pay.waiting() == {}
    needed = pay.refused("redeem", "--code", money["voucher"])
    assert needed[:2] == (1, "item-needed")
    said = pay.done("redeem", "--code", money["voucher"], "soup")
    assert said.startswith("✓ 1 Soup. The slip paid €5.00. €5.00 left on the slip.\n")
    assert pay.json("redeem", "--code", money["voucher"], "tea")["left"] == 300


def test_an_id_serves_and_gives_once(pay: Pay) -> None:
    ask = ("give", "latte", "--count", "2", "--voucher", "--id", ID)
    first = pay.json(*ask)
    assert pay.json(*ask) == {**first, "voucher": None, "receipt": None, "repeated": True}
    assert "Slip 1, 2 Latte: its code was told once.\n" in pay.done(*ask)
    scan = ("redeem", "--code", first["voucher"], "--id", ID[:-1] + "2")
    served = pay.json(*scan)
    assert pay.json(*scan) == {**served, "repeated": True}
    assert served["left"] == 1


def test_what_is_no_slip_of_ours_is_refused_by_its_reason(pay: Pay) -> None:
    assert pay.refused("redeem", "--code", "BCDEFGHJKNPRSTVXBCPR")[:2] == (1, "not-ours")
    code = pay.json("give", "latte", "--voucher")["voucher"]
    foreign = other_shop(pay).json("give", "latte", "--voucher")["voucher"]
    assert pay.refused("redeem", "--code", foreign)[1:] == (
        "not-ours",
        "This is not one of our slips.",
    )
    for typed in (wrong_letter(code, 0), wrong_letter(code, 11), swapped(code), code[:-1], "x", ""):
        ran = pay.refused("redeem", "--code", typed)
        assert ran[:2] == (1, "unreadable-code"), typed
        assert pay.refused("vouchers", "show", typed)[:2] == (1, "unreadable-code")
    assert pay.refused("redeem", "--code", "4006381333931")[:2] == (1, "unreadable-code")
    assert pay.json("redeem", "--code", code)["left"] == 0


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (["redeem", "--code", "-"], "no-input"),
        (["redeem", "--code", "x", "--from", "fund"], "wrong-usage"),
        (["redeem", "latte", "--from", "slip"], "wrong-usage"),
        (["redeem", "BCDEFGHJKNPRSTVXBCPR"], "wrong-usage"),
        (["redeem"], "wrong-usage"),
        (["redeem", "--code", "BCDEFGHJKNPRSTVXBCPR", "--count", "x"], "bad-count"),
        (["redeem", "--code", "BCDEFGHJKNPRSTVXBCPR", "--id", "x"], "bad-id"),
    ],
)
def test_wrong_usage_changes_nothing(
    pay: Pay, ask: list[str], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "")
    assert pay.refused(*ask)[:2] == (2, reason)


def test_a_code_on_standard_input(pay: Pay, monkeypatch: pytest.MonkeyPatch) -> None:
    code = pay.json("give", "latte", "--count", "2", "--voucher")["voucher"]
    types(monkeypatch, f"HTTPS://GIFTS.EXAMPLE/V/{code}\n")
    assert pay.json("redeem", "--code", "-", "latte")["left"] == 1
    # A person at a terminal is told what is awaited.
    types(monkeypatch, f"{code}\n", at_terminal=True)
    ran = pay("vouchers", "show", "-")
    assert (ran.code, ran.err) == (0, "Scan the slip, or type the letters under its square:\n")
    assert ran.out.startswith("Slip 1: 2 Latte, 1 Latte left.\n")


def test_a_slip_is_taken_back_and_refunded_like_any_gift(pay: Pay) -> None:
    code = pay.json("give", "latte", "--voucher")["voucher"]
    served = pay.json("redeem", "--code", code)
    assert pay.json("undo", served["action"])["units"] == 1
    assert pay.json("redeem", "--code", code)["left"] == 0
    gift = pay.json("give", "latte", "--voucher")
    story = pay.json("gift", str(gift["gift"]))
    assert (story["waiting"], story["on_slips"], story["slips"]) == (1, 1, [gift["slip"]])
    assert f"1 Latte of it on slip {gift['slip']}.\n" in pay.done("gift", str(gift["gift"]))
    pay.done("refund", str(gift["gift"]))
    assert pay.refused("redeem", "--code", gift["voucher"])[:2] == (1, "slip-refunded")
    gift = pay.json("give", "latte", "--voucher")
    pay.done("undo", gift["action"])
    assert pay.refused("redeem", "--code", gift["voucher"])[:2] == (1, "slip-withdrawn")
