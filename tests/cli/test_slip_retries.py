"""Asked again under the same id, and two tills at one slip: nothing is done twice or forgotten."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from payforward.cli.output import OUTPUT_LOST
from payforward.core.asks import Replace
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.answers import Given
    from payforward.core.asks import Give
    from tests.cli.conftest import Pay

ID = "0190a0c0-0000-7000-8000-000000000001"


def _handed_out(pay: Pay, *, count: int = 1) -> tuple[str, list[Any]]:
    """Return the number of a gift that the shelter has on slips, and the slips."""
    pay.done("partners", "add", "Shelter")
    gift = pay.json("give", "latte", "--count", str(count))["gift"]
    issued = pay.json(
        "vouchers", "hand-out", "latte", "--count", str(count), "--partner", "shelter"
    )
    return str(gift), issued["slips"]


def _again(pay: Pay, *arguments: str) -> Any:
    """Ask twice under one id and return the second answer, which tells what the first did."""
    first = pay.json(*arguments, "--id", ID)
    second = pay.json(*arguments, "--id", ID.upper())
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert second["action"] == first["action"]
    return second


def test_a_gift_whose_slip_was_taken_back_is_not_looked_for_again(pay: Pay) -> None:
    gift, slips = _handed_out(pay)
    assert _again(pay, "vouchers", "take-back", gift)["slips"] == [slips[0]["slip"]]
    assert pay.waiting() == {"Latte": 1}


def test_a_partners_slips_are_taken_back_once(pay: Pay) -> None:
    _, slips = _handed_out(pay, count=2)
    again = _again(pay, "vouchers", "take-back", "--partner", "shelter")
    assert again["slips"] == [each["slip"] for each in slips]
    assert pay.waiting() == {"Latte": 2}


def test_what_the_partner_got_since_is_not_taken_back_by_a_retry(pay: Pay) -> None:
    _handed_out(pay)
    asked = ("vouchers", "take-back", "--partner", "shelter", "--id", ID)
    pay.json(*asked)
    pay.json("vouchers", "hand-out", "latte", "--partner", "shelter")
    assert pay.json(*asked)["repeated"]
    assert pay.waiting() == {}


def test_a_replaced_slip_that_was_used_since_is_still_the_one(pay: Pay) -> None:
    gift, _ = _handed_out(pay)
    asked = ("vouchers", "replace", gift, "--id", ID)
    made = pay.json(*asked)
    pay.json("redeem", "--code", made["voucher"])
    again = pay.json(*asked)
    assert (again["repeated"], again["slip"], again["voucher"]) == (True, made["slip"], None)


def test_an_id_of_other_slips_is_refused(pay: Pay) -> None:
    gift, _ = _handed_out(pay)
    other = pay.json("give", "tea", "--voucher")
    pay.json("vouchers", "take-back", gift, "--id", ID)
    assert pay.refused("vouchers", "take-back", str(other["slip"]), "--id", ID)[1] == "id-used"
    assert pay.refused("vouchers", "replace", str(other["slip"]), "--id", ID)[1] == "id-used"


@pytest.fixture
def quicker(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let another till make a newer slip of each gift right after it is given."""
    newest: list[str] = []
    give = Ledger.give

    def give_and_replace(self: Ledger, ask: Give) -> Given:
        given = give(self, ask)
        assert given.slip is not None
        with Ledger.open(self.path, till="till 2") as other:
            issued = other.replace(Replace(action=new_action_id(), slip=given.slip))
        assert issued.slips[0].code is not None
        newest.append(issued.slips[0].code.letters)
        return given

    monkeypatch.setattr(Ledger, "give", give_and_replace)
    return newest


@pytest.mark.parametrize("is_file", [True, False])
def test_dead_paper_settles_nothing_of_the_newer_slip(
    pay: Pay, tmp_path: Path, quicker: list[str], *, is_file: bool
) -> None:
    how = ["--slip", str(tmp_path / "slip.txt")] if is_file else ["--voucher"]
    ran = pay("give", "latte", *how)
    assert ran.code == OUTPUT_LOST
    assert "only those are good" in ran.err
    with pay.ledger() as ledger:
        # Its paper is owed until somebody has it.
        assert [owed.slip for owed in ledger.paper_owed()] == [1]
    assert pay.json("redeem", "--code", quicker[0])["slip"] == 1


@pytest.mark.parametrize("is_file", [True, False])
@pytest.mark.parametrize(
    "question", ["slip", "sheet_is_owed", "paper_of_slip", "drop_papers", "confirm_papers"]
)
def test_a_ledger_that_fails_after_the_gift_was_made_does_not_hide_it(
    pay: Pay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, *, is_file: bool
) -> None:
    if question == ("drop_papers" if is_file else "confirm_papers"):
        pytest.skip("not asked there")

    def fails(*_: object) -> None:
        raise LedgerUnusable("The disk is full: make room.", reason="disk-full")

    monkeypatch.setattr(Ledger, question, fails)
    how = ["--slip", str(tmp_path / "slip.txt")] if is_file else ["--voucher"]
    ran = pay("give", "latte", *how, "--json")
    assert ran.code == OUTPUT_LOST
    assert ran.err.startswith("The gift is safe, but its slip could not be settled (The disk is")
    assert json.loads(ran.out)["gift"] == 1
    monkeypatch.undo()
    with pay.ledger() as ledger:
        owed = [owed.slip for owed in ledger.paper_owed()]
    # A file that was written is confirmed; what else was asked then is only the sheet.
    assert owed == ([] if is_file and question == "sheet_is_owed" else [1])
