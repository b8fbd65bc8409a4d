"""``partners``, ``pass-on``, ``vouchers take-back --batch``: gifts that others hand on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from payforward.core.days import day_text
from payforward.output.printers import PrinterProblem
from payforward.output.printers.device import DevicePrinter
from tests.cli.pools import pools
from tests.cli.slips import owed
from tests.needs import needs
from tests.output.reading import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"
BATCH = ("vouchers", "hand-out", "latte", "--partner", "Shelter")


@pytest.fixture
def known(pay: Pay) -> Pay:
    """Return the shop with two partners, twelve lattes waiting and €20 in the fund."""
    for name in ("Shelter", "Other Café"):
        pay.done("partners", "add", name)
    pay.done("give", "latte", "--count", "12", "--giver", "Zoë", "--message", "Enjoy")
    pay.done("give", "--money", "20")
    return pay


def test_what_of_each_batch_came_back_is_told_and_never_from_whom(known: Pay) -> None:
    assert known.done("partners", "batches").startswith("No batch is out: payforward vouchers")
    first = known.json(*BATCH, "--count", "4")
    known.done("vouchers", "hand-out", "--money", "5", "--partner", "Other Café", "--count", "2")
    codes = [slip["voucher"] for slip in first["slips"]]
    assert [(slip["number"], slip["of"]) for slip in first["slips"]] == [
        *((1, 4), (2, 4), (3, 4), (4, 4))
    ]
    known.done("redeem", "--code", codes[1])
    known.done("vouchers", "take-back", "--code", codes[2])
    newest, oldest = known.json("partners", "batches")["batches"]
    assert oldest == {
        "batch": first["slips"][0]["slip"],
        "action": first["action"],
        "partner": "Shelter",
        "item": "Latte",
        "day": oldest["day"],
        "slips": 4,
        "slips_waiting": 2,
        "units": 4,
        "used": 1,
        "back": 1,
        "expired": 0,
        "refunded": 0,
        "left": 2,
        "currency": "EUR",
    }
    assert (newest["units"], newest["item"], newest["left"]) == (1000, "Community fund", 1000)
    said = known.done("partners", "batches").splitlines()
    assert said[1].split() == [
        *(str(newest["batch"]), *day_text(date.fromisoformat(newest["day"])).split()),
        *("Other", "Café", "2", "money"),
        *("€0.00", "€0.00", "€0.00", "€10.00"),
    ]
    assert said[2].split()[4:] == ["Shelter", "4", "Latte", "1", "1", "0", "2"]
    assert "Zoë" not in "".join(said)
    assert len(known.json("partners", "batches", "other café")["batches"]) == 1
    assert known.json("partners", "batches", "--count", "1")["more"] is True
    assert known.refused("partners", "batches", "Nope")[:2] == (1, "unknown-partner")


def test_a_batch_comes_back_to_the_board_in_one_go(known: Pay) -> None:
    made = known.json(*BATCH, "--count", "5")
    known.done("redeem", "--code", made["slips"][0]["voucher"])
    known.done(*BATCH)
    number = str(made["slips"][0]["slip"])
    told = known.json("vouchers", "take-back", "--batch", number, "--id", ID)
    assert (told["units"], len(told["slips"])) == (4, 4)
    again = known.json("vouchers", "take-back", "--batch", number, "--id", ID)
    assert again["actions"][0]["repeated"] is True
    assert again["slips"] == told["slips"]
    assert known.refused("vouchers", "take-back", "--batch", number)[:2] == (1, "nothing-waiting")
    assert known.refused("vouchers", "take-back", "--batch", "1")[:2] == (1, "unknown-batch")
    assert known.refused("vouchers", "take-back", "--batch", number, "3")[:2] == (2, "wrong-usage")
    # Another batch of the same partner is still out.
    assert {"partner": "Shelter", "slips_waiting": 1} in known.json("partners")["partners"]


@needs("pdftotext", "poppler-utils")
def test_the_list_of_a_batch_is_written_and_printed_without_codes(
    known: Pay, tmp_path: Path
) -> None:
    made = known.json(*BATCH, "--count", "3")
    number = str(made["slips"][0]["slip"])
    file = tmp_path / "list.pdf"
    assert known.json("partners", "batches", "--batch", number, "--slip", file)["files"] == [
        str(file)
    ]
    words = pdf_text(file)
    assert "3 slips" in words
    assert "Received by" in words
    for slip in made["slips"]:
        assert str(slip["slip"]) in words
        assert slip["voucher"][:4] not in words.replace(" ", "")
    roll = tmp_path / "roll.bin"
    known.done("printers", "add", "Counter", "--kind", "file", "--address", roll)
    known.done("partners", "batches", "--batch", number, "--print")
    assert b"3 slips" in roll.read_bytes()
    assert known.refused("partners", "batches", "--slip", file)[:2] == (2, "wrong-usage")
    assert known.refused("partners", "batches", "--batch", "1")[:2] == (1, "unknown-batch")


def test_a_batch_is_printed_with_the_list_that_is_signed(known: Pay, tmp_path: Path) -> None:
    roll = tmp_path / "roll.bin"
    known.done("printers", "add", "Counter", "--kind", "file", "--address", roll)
    told = known.json(*BATCH, "--count", "3", "--print")
    assert [slip["voucher"] for slip in told["slips"]] == [None, None, None]
    data = roll.read_bytes()
    assert data.count(b"1 Latte") >= 3
    assert b"Received by" in data
    assert known.done("print").startswith("No slip waits for paper.")


def test_a_list_that_is_not_out_is_named_and_printed_again(
    known: Pay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = tmp_path / "roll.bin"
    known.done("printers", "add", "Counter", "--kind", "file", "--address", roll)
    takes = DevicePrinter._hand_over

    def stops(self: DevicePrinter, device: int, data: bytes) -> None:
        if b"Received by" in data:
            raise PrinterProblem("Counter is out of paper.", reason="no-paper")
        takes(self, device, data)

    with monkeypatch.context() as patched:
        patched.setattr(DevicePrinter, "_hand_over", stops)
        ran = known(*BATCH, "--count", "2", "--print")
    assert ran.code == 74
    assert ran.err.startswith(
        "The slips are printed, but not their list to sign (Counter is out of paper): "
    )
    assert owed(known) == []
    assert b"Received by" not in roll.read_bytes()
    typed = ran.err.partition("'payforward ")[2].partition("'")[0].split()
    known.done(*typed)
    assert b"Received by" in roll.read_bytes()


def test_surplus_is_passed_on_with_its_money_and_taken_back(known: Pay, tmp_path: Path) -> None:
    file = tmp_path / "surplus.txt"
    told = known.json(
        *("pass-on", "latte", "--count", "5", "--partner", "other café", "--slip", file),
        *("--tender", "card", "--id", ID),
    )
    assert told["lines"] == [{"item": "Latte", "units": 5, "amount_minor": 1875}]
    assert (told["amount_minor"], told["tender"], told["left"]) == (1875, "card", 7)
    assert (told["program"], told["partner"]) == ("Pay it forward", "Other Café")
    paper = file.read_text(encoding="utf-8")
    assert "Latte" in paper
    assert "€18.75" in paper
    gift = known.json("gift", "1")
    assert (gift["passed_on"], gift["waiting"]) == (5, 7)
    assert "7 Latte still waiting, 5 Latte passed on." in known.done("gift", "1")
    assert known.done("undo", "last", "--count", "2").startswith(
        "Taken back: 2 Latte on the board again. €7.50 comes back, card. The manifest no longer"
    )
    assert known.json("manifest", str(told["manifest"]))["taken_back"] == 2
    assert "partly taken back" in known.done("manifest")
    assert "2 of it was taken back since." in known.done("manifest", str(told["manifest"]))
    said = known.done("pass-on", "--money", "12.50", "--partner", "Shelter")
    assert said.startswith(
        "€12.50 to Shelter, of Pay it forward, cash.\n€7.50 still in the fund.\nManifest "
    )
    assert "Taken back: €12.50 in the fund again." in known.done("undo", "last")
    assert pools(known.path) == {
        ("Pay it forward", "Latte"): (9, 3375),
        ("Pay it forward", "Community fund"): (2000, 2000),
    }


def test_one_programs_surplus_alone(known: Pay) -> None:
    known.done("programs", "add", "Class 3b", "--kind", "forward")
    known.done("give", "latte", "--count", "2", "--program", "class 3b")
    ask = ("pass-on", "latte", "--partner", "Shelter", "--program", "class 3b")
    assert known.refused(*ask, "--count", "3")[:2] == (1, "nothing-waiting")
    assert known.json(*ask, "--count", "2")["program"] == "Class 3b"
    assert known.waiting()["Latte"] == 12


def test_surplus_of_two_programs_names_both_and_each_lists_its_own(known: Pay) -> None:
    known.done("programs", "add", "Class 3b", "--kind", "forward")
    known.done("give", "latte", "--count", "2", "--program", "class 3b")
    ask = ("pass-on", "latte", "--partner", "Shelter", "--count", "14")
    told = known.json(*ask, "--id", ID)
    assert told["program"] == "Pay it forward"
    both = "of Pay it forward and Class 3b."
    assert both in known.done("manifest", str(told["manifest"]))
    assert both in known.done(*ask, "--id", ID)
    (own,) = known.json("manifest", "--program", "class 3b")["manifests"]
    assert (own["program"], own["units"], own["manifest"]) == ("Class 3b", 2, told["manifest"])


@pytest.mark.parametrize(
    ("ask", "code", "reason"),
    [
        (("latte", "--count", "13", "--partner", "Shelter"), 1, "nothing-waiting"),
        (("--money", "20.01", "--partner", "Shelter"), 1, "nothing-waiting"),
        (("soup", "--partner", "Shelter"), 1, "nothing-waiting"),
        (("mokka", "--partner", "Shelter"), 1, "unknown-item"),
        (("latte", "--partner", "Nope"), 1, "unknown-partner"),
        (("latte", "--partner", "Shelter", "--program", "Nope"), 1, "unknown-program"),
        (("latte", "--partner", "Shelter", "--program", "Coats"), 1, "other-program"),
        (("latte", "--count", "0", "--partner", "Shelter"), 2, "bad-count"),
        (("latte",), 2, "wrong-usage"),
        (("--partner", "Shelter"), 2, "wrong-usage"),
        (("latte", "--money", "3", "--partner", "Shelter"), 2, "wrong-usage"),
        (("latte", "--partner", "Shelter", "--slip", "m.doc"), 2, "bad-file"),
    ],
)
def test_what_cannot_be_passed_on_stays(
    known: Pay, ask: tuple[str, ...], code: int, reason: str
) -> None:
    known.done("programs", "add", "Coats", "--kind", "drive")
    assert known.refused("pass-on", *ask)[:2] == (code, reason)
    assert known.waiting() == {"Latte": 12, "€": 2000}


def test_no_more_is_handed_out_than_waits(known: Pay) -> None:
    code, reason, sentence = known.refused(*BATCH, "--count", "13")
    assert (code, reason) == (1, "nothing-waiting")
    assert sentence == "12 Latte on the board, and the slips need 13 Latte: hand out fewer."
    assert known.refused("vouchers", "hand-out", "latte", "--partner", "Nope")[:2] == (
        *(1, "unknown-partner"),
    )


@needs("pdftotext", "poppler-utils")
def test_the_coordinators_page_tells_what_waits_and_of_whom_nothing(
    known: Pay, tmp_path: Path
) -> None:
    known.done("programs", "add", "Soups", "--kind", "giveaway", "--item", "soup", "--hide-zero")
    known.done("programs", "change", "pay it forward", "--cap", "10")
    said = known.done("partners", "page")
    assert "12  Latte\n" in said
    assert "From the house: Soup." in said
    assert "10+  Latte\n" in known.done("partners", "page", "--public")
    for word in ("Zoë", "Enjoy", "€3.75"):
        assert word not in said
    told = known.json("partners", "page")
    with known.ledger() as ledger:
        assert told["day"] == ledger.today().isoformat()
    assert (told["page"], told["files"]) == (said, [])
    text, paper = tmp_path / "page.txt", tmp_path / "page.pdf"
    assert known.done("partners", "page", "-o", text) == f"Written to {text}.\n"
    assert text.read_text(encoding="utf-8") == said
    assert known.json("partners", "page", "--slip", paper)["files"] == [str(paper)]
    assert "Latte" in pdf_text(paper)
    assert known.refused("partners", "page", "-o", text)[:2] == (2, "bad-file")
    assert known.refused("partners", "page", "-o", text, "--print")[:2] == (2, "wrong-usage")


def test_the_page_is_printed_or_it_says_why_not(known: Pay, tmp_path: Path) -> None:
    ran = known("partners", "page", "--print")
    assert ran.code == 74
    assert "--slip FILE writes it" in ran.err
    roll = tmp_path / "roll.bin"
    known.done("printers", "add", "Counter", "--kind", "file", "--address", roll)
    assert known.done("partners", "page", "--print") == "It was printed.\n"
    assert b"What is waiting" in roll.read_bytes()


def test_each_paper_that_is_not_out_is_told_alike(known: Pay, tmp_path: Path) -> None:
    number = str(known.json(*BATCH)["slips"][0]["slip"])
    used = tmp_path / "used.txt"
    used.write_text("a slip that is good")
    for ask in (("partners", "page"), ("partners", "batches", "--batch", number)):
        ran = known(*ask, "--print")
        assert ran.code == 74
        assert ran.out != ""
        assert ran.err == (
            "It could not be printed (This till has no printer yet: add one, or choose one): "
            "--slip FILE writes it.\n"
        )
        assert known.refused(*ask, "--slip", used)[:2] == (2, "bad-file")
        assert known.refused(*ask, "--slip", used, "--print")[:2] == (2, "wrong-usage")
    assert used.read_text() == "a slip that is good"
