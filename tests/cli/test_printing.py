"""``print`` and ``printers``: paper that comes, paper that waits, paper that cannot come."""

from __future__ import annotations

import errno
import json
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from payforward.core import codes
from payforward.output import writer
from payforward.output.printers import PrinterProblem
from payforward.output.printers.device import DevicePrinter
from tests.cli.slips import owed, seen_states, squares

if TYPE_CHECKING:
    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"


@pytest.fixture
def roll(pay: Pay, tmp_path: Path) -> Path:
    """Return the file that the shop's only printer prints to."""
    file = tmp_path / "roll.bin"
    pay.done("printers", "add", "Counter", "--kind", "file", "--address", file, "--paper", "58")
    return file


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be written any more."""

    def full(draft: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writer, "_write_draft", full)


def closed_port() -> str:
    """Return the address of a port where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("ending", ["pdf", "png", "svg", "txt", "escpos"])
def test_a_slip_is_written_by_its_ending(pay: Pay, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"slip.{ending.upper()}"
    given = pay.json("give", "latte", "--slip", file)
    assert (given["files"], given["slip"]) == ([str(file)], 1)
    assert file.stat().st_size > 100
    assert file.stat().st_mode & 0o077 == 0
    assert owed(pay) == []
    if ending == "png":
        assert squares(file)[0].endswith(given["voucher"])
    if ending == "txt":
        assert codes.format(given["voucher"]) in file.read_text()


def test_what_cannot_be_written_is_refused_before_anything_is_given(
    pay: Pay, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").mkdir()
    for file in ("none/x.png", "x.doc", "x", "shop.db/x.png", "a.pdf"):
        assert pay.refused("give", "latte", "--slip", tmp_path / file)[:2] == (2, "bad-file")
    assert pay.waiting() == {}
    assert seen_states(pay) == {}


def test_no_slip_is_written_over_another(pay: Pay, tmp_path: Path) -> None:
    file = tmp_path / "slip.png"
    file.touch()
    asks = [
        ("give", "latte"),
        ("vouchers", "make", "1"),
        ("vouchers", "replace", "4"),
        ("vouchers", "hand-out", "tea"),
    ]
    pay.done("give", "latte")
    pay.done("give", "tea", "--count", "2")
    pay.done("give", "soup", "--voucher")
    pay("give", "soup", "--print")
    first = pay.json("give", "latte", "--slip", file, "--id", ID)
    written = file.read_bytes()
    for ask in asks:
        for more in ((), ("--id", ID.replace("1900", "1901"))):
            refusal = pay.refused(*ask, "--slip", file, *more)
            assert refusal[:2] == (2, "bad-file")
            assert refusal[2] == f"{file} is there already, and is not empty: name another file."
    assert pay.refused("print", "--slip", file)[:2] == (2, "bad-file")
    assert pay.refused("vouchers", "recovery", file)[:2] == (2, "bad-file")
    (tmp_path / "slip-2.png").write_text("another")
    assert pay.refused("vouchers", "hand-out", "tea", "--count", "2", "--slip", file)[2].startswith(
        f"{tmp_path / 'slip-2.png'} is there already"
    )
    # Asked again, it answers and writes nothing.
    again = pay.json("give", "latte", "--slip", file, "--id", ID)
    assert (again["repeated"], again["slip"]) == (True, first["slip"])
    assert file.read_bytes() == written


@pytest.mark.usefixtures("full_disk")
def test_a_gift_is_safe_though_its_slip_was_not_written(
    pay: Pay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = ("give", "latte", "--slip", tmp_path / "x.pdf", "--id", ID, "--json")
    ran = pay(*ask)
    told = json.loads(ran.out)
    assert (ran.code, told["gift"], told["slip"]) == (74, 1, 1)
    assert (told["voucher"], told["files"]) == (None, [])
    assert ran.err == (
        f"The gift is safe, but its slip could not be written ({tmp_path / 'x.pdf'} was not "
        "written (No space left on device): choose another place) and waits for paper: "
        "'payforward vouchers replace 1 --slip FILE' writes it, 'payforward print' prints it.\n"
    )
    assert owed(pay) == [1]
    # A retry cannot know the code any more, and says the same way out.
    ran = pay(*ask)
    assert (ran.code, json.loads(ran.out)["repeated"]) == (74, True)
    assert "'payforward vouchers replace 1 --slip FILE' writes it" in ran.err
    assert owed(pay) == [1]
    monkeypatch.undo()
    told = pay.json("vouchers", "replace", "1", "--slip", tmp_path / "x.pdf")
    assert owed(pay) == []
    assert pay.json("redeem", "--code", told["voucher"])["left"] == 0
    assert pay(*ask).code == 0


def test_a_batch_that_was_not_written_waits_and_is_written_later(
    pay: Pay, tmp_path: Path, full_disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay.done("give", "tea", "--count", "5")
    ran = pay("vouchers", "hand-out", "tea", "--count", "4", "--slip", tmp_path / "x.png")
    assert ran.code == 74
    assert ran.out.startswith("4 Tea on 4 slips; 1 Tea still on the board.\nTo take it back: ")
    assert "'payforward print --slip FILE' writes what waits" in ran.err
    assert len(owed(pay)) == 4
    monkeypatch.undo()
    told = pay.json("print", "--slip", tmp_path / "x.png")
    assert len(told["files"]) == len(told["slips"]) == 4
    assert owed(pay) == []
    (payload,) = squares(Path(told["files"][0]))
    assert pay.json("redeem", "--code", payload)["slip"] == told["slips"][0]["slip"]
    assert pay.done("print", "--slip", tmp_path / "y.png") == "No slip waits for paper.\n"
    assert not (tmp_path / "y.png").exists()


def test_an_interrupt_while_writing_loses_nothing(
    pay: Pay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writer, "_write_draft", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pay("give", "latte", "--slip", tmp_path / "x.pdf")
    assert pay.capsys.readouterr().err.strip() == (
        "The gift is safe, and the slip waits for paper: 'payforward print' brings it out."
    )
    assert owed(pay) == [1]


def test_no_printer_blocks_nothing(pay: Pay) -> None:
    ran = pay("give", "latte", "--print", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["voucher"], told["slip"]) == (74, None, 1)
    assert "This till has no printer yet" in ran.err
    assert ran.err.count("\n") == 1
    ran = pay("print")
    assert ran.code == 74
    assert ran.out.startswith("Slip 1 of gift 1 waits since ")
    assert ran.err == (
        "1 slip waits for paper. This till has no printer yet: add one, or choose one. "
        "'payforward printers add' adds one, 'payforward printers use' chooses.\n"
    )
    assert owed(pay) == [1]
    assert pay.refused("print", "--test")[:2] == (1, "no-printer")
    assert pay.refused("print", "--test", "Nobody")[:2] == (1, "unknown-printer")
    assert pay.refused("print", "Counter")[:2] == (2, "wrong-usage")


def test_what_waits_is_printed_with_a_new_code(pay: Pay, roll: Path) -> None:
    pay.done("printers", "add", "Kitchen", "--kind", "network", "--address", closed_port())
    pay.done("printers", "use", "Kitchen")
    ran = pay("give", "latte", "--print")
    assert ran.code == 74
    assert ran.out.startswith("Thank you. 1 Latte on a slip. €3.75, cash.\nThe giver's receipt,")
    ran = pay("print", "--json")
    (waiting,) = json.loads(ran.out)["waiting"]
    assert (ran.code, waiting["slip"], waiting["till"]) == (74, 1, "till 1")
    assert waiting["why"]
    assert not roll.exists()

    pay.done("printers", "use", "Counter")
    told = pay.json("print")
    assert (told["printed"], told["waiting"]) == ([1], [])
    # A file cannot say that it printed: somebody is told what to do if it did not.
    assert told["unconfirmed"]["slip"] == 1
    assert b"1 Latte" in roll.read_bytes()
    said = pay.done("print")
    assert said == (
        "No slip waits for paper.\n"
        "If slip 1 did not come out of Counter: payforward vouchers replace 1 --print\n"
    )
    size = roll.stat().st_size
    told = pay.json("vouchers", "replace", "1", "--print")
    assert (told["voucher"], told["files"]) == (None, [])
    assert roll.stat().st_size > size


def test_a_printed_slip_is_on_paper_alone(pay: Pay, roll: Path) -> None:
    told = pay.json("give", "latte", "--print")
    assert (told["slip"], told["voucher"], told["files"]) == (1, None, [])
    assert codes.is_valid(told["receipt"])
    assert owed(pay) == []
    pay.done("give", "tea", "--count", "3")
    pay.json("vouchers", "hand-out", "tea", "--count", "3", "--print")
    assert roll.read_bytes().count(b"1 Tea") == 3
    said = pay.done("give", "soup", "--print")
    assert "\nPrinted slip 7.\n" in said


def test_a_printer_that_stops_half_way_leaves_the_rest_waiting(
    pay: Pay, roll: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes = DevicePrinter._hand_over

    def stops(self: DevicePrinter, device: int, data: bytes) -> None:
        if roll.exists() and roll.read_bytes().count(b"1 Tea") == 2:
            raise PrinterProblem("Counter is out of paper: put a new roll in.", reason="no-paper")
        takes(self, device, data)

    monkeypatch.setattr(DevicePrinter, "_hand_over", stops)
    pay.done("give", "tea", "--count", "5")
    ran = pay("vouchers", "hand-out", "tea", "--count", "5", "--print")
    assert ran.code == 74
    assert ran.err == (
        "The gift is safe, but 3 slips could not be printed (Counter is out of paper: put a new "
        "roll in) and wait for paper: 'payforward print --slip FILE' writes what waits, "
        "'payforward print' prints it.\n"
    )
    assert len(owed(pay)) == 3
    ran = pay("print")
    assert (ran.code, "3 slips wait for paper. Counter is out of paper" in ran.err) == (74, True)
    monkeypatch.undo()
    assert len(pay.json("print")["printed"]) == 3
    assert owed(pay) == []
    assert len(pay.json("vouchers", "list", "--state", "waiting")["slips"]) == 5


def test_printers_are_added_tried_used_and_retired(pay: Pay, roll: Path) -> None:
    assert pay.json("printers") == {
        "printers": [
            {
                "printer": "Counter",
                "kind": "file",
                "address": str(roll),
                "paper_mm": 58,
                "qr": "image",
                "code_page": "CP437",
                "baud": 9600,
                "reports": False,
                "used": True,
            }
        ],
        "till": "till 1",
    }
    said = pay.done("print", "--test", "counter")
    assert said.startswith("A test went to Counter: read every line of it")
    assert pay.json("print", "--test") == {"printer": "Counter", "reports": False}
    assert roll.stat().st_size > 1000
    added = pay.json(
        *("printers", "add", "Bar", "--kind", "network", "--address", "192.168.1.50"),
        *("--qr", "native", "--code-page", "CP858"),
    )
    assert (added["address"], added["qr"], added["used"]) == ("192.168.1.50:9100", "native", False)
    assert pay.done("printers", "use", "bar", "--till", "bar 2") == "bar 2 prints at Bar now.\n"
    assert "prints for bar 2" in pay.done("printers", "--till", "bar 2")
    assert pay.json("printers", "use", "--till", "bar 2")["printer"] == "Counter"
    assert pay.done("printers", "retire", "counter") == "Counter is out of use.\n"
    assert [each["printer"] for each in pay.json("printers")["printers"]] == ["Bar"]
    assert pay.refused("printers", "use", "Counter")[:2] == (1, "unknown-printer")
    pay.done("printers", "retire", "bar")
    assert pay.done("printers").startswith("There is no printer yet:")
    assert pay.json("printers", "use") == {"till": "till 1", "printer": None}
