"""A week of free soups, a coat drive, a batch and surplus: real processes, day after day."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from tests.cli.pools import Pools, pools
from tests.conftest import ROOT, Ran
from tests.needs import needs
from tests.output.reading import pdf_text

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Owner:
    """Types commands, each a process of its own, and checks the books after each.

    Args:
        path: The ledger.
        day: What the machine's clock says.
    """

    path: Path
    day: str = "2026-11-23"
    held: Pools = field(default_factory=dict)

    def types(self, *arguments: str | Path) -> Ran:
        """Return what ``payforward ARGUMENTS`` left behind at noon of the day."""
        done = subprocess.run(
            [
                *(sys.executable, "-W", "error", "-m", "tests.cli.at"),
                *(f"{self.day}T12:00+00:00", *map(str, arguments)),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.path.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PAYFORWARD_LEDGER": str(self.path)},
            timeout=60,
            check=False,
        )
        if self.path.exists():
            self.held = pools(self.path)
            with Ledger.open(self.path) as ledger:
                assert ledger.verify().problems == ()
        return Ran(done.returncode, done.stdout, done.stderr)

    def told(self, *arguments: str | Path) -> Any:
        """Return the document of a command that succeeds."""
        ran = self.types(*arguments, "--json")
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)

    def refused(self, *arguments: str | Path) -> tuple[str, str]:
        """Return why a rule says no, sure that nothing was changed."""
        before = self.path.read_bytes()
        ran = self.types(*arguments, "--json")
        assert (ran.code, self.path.read_bytes()) == (1, before)
        document = json.loads(ran.out)
        assert ran.err == f"{document['message']}\n"
        return document["refused"], document["message"]

    def ends_sound(self) -> None:
        """See that ``verify`` says so too."""
        assert self.told("verify")["sound"] is True


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    """Return the owner of a new shop with a soup and a coffee, on a Monday."""
    owner = Owner(tmp_path / "shop.db")
    owner.told("setup", "--shop", "Rosa's", "--currency", "EUR", "--timezone", "UTC")
    owner.told("items", "add", "Soup", "5")
    owner.told("items", "add", "Flat white", "3.50")
    return owner


def test_a_week_of_free_soups_against_a_budget_of_twenty(owner: Owner) -> None:
    made = owner.told(
        *("programs", "add", "Free soup", "--kind", "giveaway", "--item", "soup"),
        *("--budget", "20", "--per", "week", "--limit", "1", "--hours", "Mon-Fri 14-17"),
    )
    assert made["budget"] == {"units": 20, "used": 0, "left": 20, "until": "2026-11-29"}
    for day, served, left in (("23", 3, 17), ("24", 5, 12), ("25", 4, 8), ("27", 7, 1)):
        owner.day = f"2026-11-{day}"
        told = owner.told("giveaway", "soup", "--count", str(served))
        assert (told["left"], told["until"]) == (left, "2026-11-29")
        assert (told["list_price_minor"], told["currency"]) == (served * 500, "EUR")
        # Servings have no money: nothing of it is a liability.
        assert owner.held == {("Free soup", "Serving"): (left, 0)}
    last = owner.told("giveaway", "soup")
    assert last["left"] == 0
    reason, sentence = owner.refused("giveaway", "soup")
    assert (reason, "Free soup has given its 20 a week" in sentence) == ("over-budget", True)
    assert owner.told("board")["items"] == []
    # What was a slip of the finger can be given again.
    owner.told("undo", last["action"])
    assert owner.held == {("Free soup", "Serving"): (1, 0)}

    owner.day = "2026-11-30"
    (state,) = (p for p in owner.told("board")["programs"] if p["kind"] == "giveaway")
    assert (state["left"], state["budget_units"], state["until"]) == (20, 20, "2026-12-06")
    assert owner.told("giveaway", "soup", "--count", "2")["left"] == 18
    entries = owner.told("entries")["entries"]
    assert [(e["kind"], e["units"], e["program"]) for e in entries] == [
        ("lapse", -1, "Free soup"),
        ("budget", 20, "Free soup"),
        ("redeem", -2, "Free soup"),
    ]
    assert owner.held == {("Free soup", "Serving"): (18, 0)}

    owner.day = "2026-12-07"
    assert owner.told("programs", "settle")["settled"] == 1
    assert [e["units"] for e in owner.told("entries")["entries"]] == [-18, 20]
    assert owner.told("programs", "settle")["settled"] == 0
    owner.told("programs", "retire", "Free soup")
    assert owner.held == {}
    assert owner.refused("giveaway", "soup")[0] == "not-running"
    owner.ends_sound()


@needs("pdftotext", "poppler-utils")
def test_forty_coats_are_collected_and_delivered_in_two_parts(owner: Owner, tmp_path: Path) -> None:
    owner.told(
        *("programs", "add", "Winter coats", "--kind", "drive", "--goods", "Coat: S, M, L"),
        *("--target", "40", "--to", "2026-12-01"),
    )
    owner.told("partners", "add", "Night Shelter")
    for day, size, count in (("23", "S", 8), ("24", "M", 12), ("25", "L", 5), ("26", "M", 15)):
        owner.day = f"2026-11-{day}"
        owner.told("collect", f"coat {size}", "--count", str(count))
    (state,) = (each for each in owner.told("board")["programs"] if each["kind"] == "drive")
    assert (state["collected"], state["target"]) == (40, 40)
    assert owner.held == {
        ("Winter coats", "Coat S"): (8, 0),
        ("Winter coats", "Coat M"): (27, 0),
        ("Winter coats", "Coat L"): (5, 0),
    }
    to = ("--program", "winter coats", "--partner", "night shelter")
    parts = ("--part", "Coat M=20", "--part", "coat s=4")
    assert owner.refused("deliver", *to, "--part", "Coat L=6")[0] == "more-than-collected"
    assert owner.refused("programs", "retire", "winter coats")[0] == "program-holds-gifts"

    paper = tmp_path / "manifest.pdf"
    first = owner.told("deliver", *to, *parts, "--slip", paper)
    assert first["lines"] == [
        {"item": "Coat S", "units": 4, "amount_minor": 0},
        {"item": "Coat M", "units": 20, "amount_minor": 0},
    ]
    assert (first["units"], first["amount_minor"], first["left"]) == (24, 0, 11)
    words = pdf_text(paper)
    for part in (f"Manifest {first['manifest']}", "Night Shelter", "Received by"):
        assert part in words
    assert "€" not in words

    owner.day = "2026-12-02"
    assert owner.refused("collect", "coat m", "--program", "winter coats")[0] == "not-running"
    table = tmp_path / "manifest.csv"
    second = owner.told("deliver", *to, "--slip", table)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["description"], row["count"]) for row in rows] == [
        ("S", "4"),
        ("M", "7"),
        ("L", "5"),
    ]
    assert (second["units"], owner.held) == (16, {})
    assert owner.refused("deliver", *to)[0] == "nothing-waiting"
    again = tmp_path / "again.txt"
    owner.told("manifest", str(first["manifest"]), "--slip", again)
    assert "Coat" in again.read_text(encoding="utf-8")
    listed = owner.told("manifest")["manifests"]
    assert [each["manifest"] for each in listed] == [second["manifest"], first["manifest"]]
    assert owner.told("programs", "show", "winter coats")["delivered"] == 40
    owner.told("programs", "retire", "winter coats")
    owner.ends_sound()


def test_a_batch_comes_back_in_part_and_surplus_is_passed_on(owner: Owner) -> None:
    owner.told("give", "soup", "--count", "12", "--paid", "59.90")
    owner.told("give", "--money", "20")
    owner.told("partners", "add", "Night Shelter")
    owner.told("partners", "add", "Other Café")
    reason, sentence = owner.refused(
        *("vouchers", "hand-out", "soup", "--partner", "Night Shelter", "--count", "13")
    )
    assert (reason, "12 Soup" in sentence) == ("nothing-waiting", True)
    batch = owner.told(
        *("vouchers", "hand-out", "soup", "--partner", "Night Shelter", "--count", "10")
    )
    assert [slip["number"] for slip in batch["slips"]] == list(range(1, 11))
    pool = ("Pay it forward", "Soup")
    assert owner.held[pool] == (12, 5990)
    owner.day = "2026-11-25"
    for slip in batch["slips"][2:8]:
        assert owner.told("redeem", "--code", slip["voucher"])["left"] == 0
    (seen,) = owner.told("partners", "batches")["batches"]
    assert (seen["used"], seen["left"], seen["slips_waiting"]) == (6, 4, 4)
    back = owner.told("vouchers", "take-back", "--batch", str(seen["batch"]))
    assert back["units"] == 4
    (seen,) = owner.told("partners", "batches", "night shelter")["batches"]
    assert [seen[part] for part in ("units", "used", "back", "left")] == [10, 6, 4, 0]
    assert owner.held[pool][0] == 6

    to = ("--partner", "other café")
    assert owner.refused("pass-on", "soup", "--count", "7", *to)[0] == "nothing-waiting"
    assert owner.refused("pass-on", "soup", "--partner", "Nobody")[0] == "unknown-partner"
    passed = owner.told("pass-on", "soup", "--count", "5", *to)
    assert (passed["units"], passed["left"]) == (5, 1)
    assert owner.held[pool] == (1, 5990 - 6 * 499 - passed["amount_minor"])
    money = owner.told("pass-on", "--money", "12.50", *to, "--tender", "other")
    assert (money["amount_minor"], money["left"], money["tender"]) == (1250, 750, "other")
    board = owner.told("board")
    assert ([row["units"] for row in board["items"]], board["money_minor"]) == ([1], 750)
    owner.ends_sound()
