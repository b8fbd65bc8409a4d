"""``collect``, ``deliver``, ``manifest``: goods and a charity's money that pass through."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from payforward.core.days import day_text
from tests.cli.at import set_clock
from tests.cli.pools import pools

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"
TO_SHELTER = ("--program", "Coats", "--partner", "Shelter")


@pytest.fixture
def drive(pay: Pay) -> Pay:
    """Return the shop with a drive, a jar and two partners, and nothing collected yet."""
    pay.done(
        *("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S, M"),
        *("--goods", "Tins", "--target", "40"),
    )
    pay.done("programs", "add", "Jar", "--kind", "charity")
    pay.done("partners", "add", "Shelter")
    pay.done("partners", "add", "Red Cross")
    return pay


def test_goods_come_in_with_a_name_and_without_money(drive: Pay) -> None:
    told = drive.json("collect", "coat", "m", "--count", "3", "--giver", "Zoë", "--id", ID)
    with drive.ledger() as ledger:
        day = ledger.today().isoformat()
        assert ledger.gift(told["gift"]).giver == "Zoë"
    assert told == {
        "action": ID,
        "gift": told["gift"],
        "program": "Coats",
        "item": "Coat M",
        "units": 3,
        "collected": 3,
        "target": 40,
        "day": day,
        "repeated": False,
    }
    again = ("collect", "coat m", "--count", "3", "--giver", "Zoë", "--id", ID)
    assert drive.json(*again) == {**told, "repeated": True}
    said = drive.done("collect", "tins", "--message", "For the soup kitchen")
    assert said.startswith("Thank you. 1 Tins for Coats.\n4 of 40 collected.\n")
    said += drive.done("entries") + drive.done("gift", str(told["gift"])) + drive.done("board")
    assert "3 Coat M still here." in said
    said += drive.done("refund", str(told["gift"]), "--count", "1")
    assert "Give 1 Coat M back; 2 Coat M still here." in said
    said += drive.done("undo", "last")
    said += drive.done("undo", told["action"])
    assert "Taken back: 3 Coat M that came in." in said
    # Goods have no price to name.
    assert "€" not in said
    assert pools(drive.path) == {("Coats", "Tins"): (1, 0)}


def test_a_delivery_is_told_listed_and_taken_back(drive: Pay) -> None:
    drive.done("collect", "coat m", "--count", "5")
    drive.done("collect", "tins", "--count", "2")
    said = drive.done("deliver", *TO_SHELTER, "--part", "coat m=3", "--part", "Tins=2")
    assert said.splitlines()[:2] == [
        "3 Coat M, 2 Tins to Shelter, of Coats.",
        "2 of those goods are still here.",
    ]
    told = drive.json("manifest")["manifests"][0]
    assert (told["lines"], told["units"], told["amount_minor"], told["tender"]) == (
        [
            {"item": "Coat M", "units": 3, "amount_minor": 0},
            {"item": "Tins", "units": 2, "amount_minor": 0},
        ],
        *(5, 0, None),
    )
    number = str(told["manifest"])
    day = day_text(date.fromisoformat(told["day"]))
    assert drive.done("manifest", f"#{number}") == (
        f"Manifest {number} of {day}:\n3 Coat M, 2 Tins to Shelter, of Coats.\n"
    )
    said = drive.done("undo", "last")
    assert said.startswith("Taken back: 3 Coat M, 2 Tins here again. The manifest no longer counts")
    assert "It was taken back since." in drive.done("manifest", number)
    assert drive.done("manifest").rstrip().endswith("taken back")
    assert drive.json("manifest", number)["taken_back"] == 5
    drive.done("deliver", *TO_SHELTER)
    assert len(drive.json("manifest", "--program", "coats", "--count", "1")["manifests"]) == 1
    assert drive.json("manifest", "--count", "1")["more"] is True
    assert drive.json("manifest", "--partner", "red cross")["manifests"] == []
    assert pools(drive.path) == {}


def test_a_jar_passes_through_apart_from_the_shops_money(drive: Pay) -> None:
    drive.done("give", "--money", "20")
    given = drive.json("give", "--money", "12.50", "--program", "jar")
    assert (given["program"], given["waiting"]) == ("Jar", 1250)
    assert drive.done("give", "--money", "5", "--program", "jar").startswith(
        "Thank you. €5.00 for Jar, cash.\n€17.50 in the jar now.\n"
    )
    assert drive.json("board")["money_minor"] == 2000
    to = ("--program", "jar", "--partner", "red cross")
    told = drive.json("deliver", *to, "--amount", "7.50", "--tender", "other")
    assert (told["amount_minor"], told["units"], told["left"]) == (750, 750, 1000)
    assert (told["tender"], told["currency"]) == ("other", "EUR")
    assert drive.refused("deliver", *to, "--amount", "10.01")[:2] == (1, "more-than-collected")
    said = drive.done("deliver", *to)
    assert said.startswith("€10.00 to Red Cross, of Jar, cash.\n€0.00 still in the jar.\n")
    assert pools(drive.path) == {("Pay it forward", "Community fund"): (2000, 2000)}
    assert "Taken back: €10.00 in the jar again." in drive.done("undo", "last")
    last = drive.json("gift", str(given["gift"]))
    assert (last["delivered"], last["waiting"]) == (750, 500)
    said = drive.done("refund", str(given["gift"]))
    assert "€5.00 is out of it; €5.00 still in the jar." in said
    assert drive.json("verify")["sound"] is True


def test_a_retry_hears_the_same_and_writes_nothing_over(drive: Pay, tmp_path: Path) -> None:
    drive.done("collect", "tins", "--count", "4")
    file = tmp_path / "manifest.txt"
    ask = ("deliver", *TO_SHELTER, "--part", "tins=3", "--slip", file, "--id", ID)
    told = drive.json(*ask)
    assert told["files"] == [str(file)]
    file.write_text("something else")
    again = drive.json(*ask)
    assert again == {**told, "repeated": True, "files": []}
    assert file.read_text() == "something else"
    file.unlink()
    drive.json(*ask)
    assert "Tins" in file.read_text(encoding="utf-8")
    assert len(drive.json("manifest")["manifests"]) == 1


@pytest.mark.parametrize("ending", ["pdf", "csv", "txt", "png", "svg", "escpos"])
def test_a_manifest_is_written_by_its_ending(drive: Pay, tmp_path: Path, ending: str) -> None:
    drive.done("collect", "coat m", "--count", "3")
    file = tmp_path / f"manifest.{ending}"
    told = drive.json("deliver", *TO_SHELTER, "--slip", file)
    assert told["files"] == [str(file)]
    assert file.stat().st_size > 50
    if ending in ("csv", "txt"):
        assert "Coat" in file.read_text(encoding="utf-8")


def test_what_cannot_be_written_is_refused_before_anything_leaves(
    drive: Pay, tmp_path: Path
) -> None:
    drive.done("collect", "tins")
    there = tmp_path / "there.txt"
    there.write_text("a slip that is good")
    for file in (there, tmp_path / "none" / "m.txt", tmp_path / "m.doc"):
        assert drive.refused("deliver", *TO_SHELTER, "--slip", file)[:2] == (2, "bad-file")
    both = ("--slip", tmp_path / "m.txt", "--print")
    assert drive.refused("deliver", *TO_SHELTER, *both)[:2] == (2, "wrong-usage")
    assert there.read_text() == "a slip that is good"


def test_a_manifest_is_printed_or_the_delivery_stands_all_the_same(
    drive: Pay, tmp_path: Path
) -> None:
    drive.done("collect", "tins", "--count", "2")
    ran = drive("deliver", *TO_SHELTER, "--part", "tins=1", "--print", "--json")
    assert ran.code == 74
    number = drive.json("manifest")["manifests"][0]["manifest"]
    assert ran.err == (
        "It is recorded, but its manifest could not be printed (This till has no printer yet: add "
        f"one, or choose one): 'payforward manifest {number} --slip FILE' writes it, and --print "
        "prints it.\n"
    )
    roll = tmp_path / "roll.bin"
    drive.done("printers", "add", "Counter", "--kind", "file", "--address", roll)
    drive.done("manifest", str(number), "--print")
    assert b"Manifest" in roll.read_bytes()


def test_an_ended_drive_takes_nothing_and_is_still_delivered(
    drive: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-11-27")
    drive.done("collect", "tins", "--count", "2")
    drive.done("programs", "change", "coats", "--to", "2026-11-27")
    set_clock(monkeypatch, "2026-11-28")
    assert drive.refused("collect", "tins", "--program", "coats")[:2] == (1, "not-running")
    assert drive.refused("collect", "tins")[:2] == (1, "not-running")
    assert "Coats: 2 of 40 collected, ended" in drive.done("board")
    drive.done("deliver", *TO_SHELTER)
    assert "Coats" not in drive.done("board")
    assert drive.json("programs", "show", "coats")["delivered"] == 2


def test_a_drive_takes_other_goods_and_no_more_of_some(drive: Pay) -> None:
    drive.done("collect", "coat s")
    told = drive.json("programs", "goods", "Coats", "Hat", "--sizes", "S, L")
    assert told["items"] == ["Coat S", "Coat M", "Tins", "Hat S", "Hat L"]
    told = drive.json("programs", "goods", "Coats", "coat", "--sizes", "S,M", "--drop")
    assert told["items"] == ["Tins", "Hat S", "Hat L"]
    assert [(each["item"], each["units"]) for each in told["waits"]] == [("Coat S", 1)]
    assert drive.refused("collect", "coat s")[:2] == (1, "unknown-goods")
    assert drive.refused("programs", "goods", "Coats", "coat m", "--drop")[1] == "unknown-goods"
    drive.done("deliver", *TO_SHELTER)
    told = drive.json("programs", "change", "coats", "--goods", "Scarf")
    assert told["items"] == ["Tins", "Hat S", "Hat L", "Scarf"]


def test_dropped_goods_can_still_be_delivered_by_name(drive: Pay) -> None:
    drive.done("collect", "coat s", "--count", "2")
    drive.done("programs", "goods", "Coats", "coat s", "--drop")
    told = drive.json("deliver", *TO_SHELTER, "--part", "Coat S=1")
    assert (told["units"], told["left"]) == (1, 1)


@pytest.mark.parametrize(
    ("ask", "code", "reason", "words"),
    [
        (("collect",), 2, "wrong-usage", "GOODS"),
        (("collect", "gloves"), 1, "unknown-goods", "Coats takes no gloves"),
        (("collect", "tins", "--count", "0"), 2, "bad-count", "1"),
        (("collect", "tins", "--program", "Nope"), 1, "unknown-program", "no program Nope"),
        (("collect", "tins", "--program", "Jar"), 1, "not-a-drive", "give --money"),
        (("deliver", "--program", "Coats"), 2, "wrong-usage", "--partner"),
        (("deliver", *TO_SHELTER, "--part", "Tins=4"), 1, "more-than-collected", "holds 3 Tins"),
        (("deliver", *TO_SHELTER, "--part", "Coat M=1"), 1, "more-than-collected", "3 Tins"),
        (("deliver", *TO_SHELTER, "--part", "Tins"), 2, "bad-count", '--part "Tins=3"'),
        (("deliver", *TO_SHELTER, "--part", "Tins=0"), 2, "bad-count", "at least 1"),
        (("deliver", *TO_SHELTER, "--part", "Tins=x"), 2, "bad-count", "x is not a count"),
        (("deliver", *TO_SHELTER, "--part", "Hat=1"), 1, "unknown-goods", "takes no Hat"),
        (
            ("deliver", *TO_SHELTER, "--part", "Tins=1", "--part", "tins=1"),
            *(2, "wrong-usage", "named twice"),
        ),
        (("deliver", *TO_SHELTER, "--amount", "3"), 2, "wrong-usage", "--part GOODS=N"),
        (
            ("deliver", "--program", "Jar", "--partner", "Shelter", "--part", "Tins=1"),
            *(2, "wrong-usage", "--amount AMOUNT"),
        ),
        (("deliver", "--program", "Jar", "--partner", "Shelter"), 1, "nothing-waiting", "Jar"),
        (
            ("deliver", "--program", "Coats", "--partner", "Nope"),
            *(1, "unknown-partner", "payforward partners"),
        ),
        (
            ("deliver", "--program", "Nope", "--partner", "Shelter"),
            *(1, "unknown-program", "payforward programs"),
        ),
        (
            ("deliver", "--program", "Pay it forward", "--partner", "Shelter"),
            *(1, "not-a-drive", "pass on"),
        ),
        (("manifest", "999"), 1, "unknown-manifest", "no manifest 999"),
        (("manifest", "1"), 1, "unknown-manifest", "no manifest 1"),
        (("manifest", "x"), 2, "bad-manifest", "payforward manifest"),
        (("manifest", "--slip", "m.pdf"), 2, "wrong-usage", "NUMBER"),
        (("manifest", "1", "--count", "2"), 2, "wrong-usage", "leave"),
        (("programs", "retire", "Coats"), 1, "program-holds-gifts", "3 Tins"),
    ],
)
def test_what_cannot_be_changes_nothing(
    drive: Pay, ask: tuple[str, ...], code: int, reason: str, words: str
) -> None:
    drive.done("collect", "tins", "--count", "3")
    before: Any = pools(drive.path)
    refused = drive.refused(*ask)
    assert refused[:2] == (code, reason)
    assert words in refused[2]
    assert pools(drive.path) == before
