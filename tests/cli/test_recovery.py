"""``vouchers recovery``: the sheet that brings slips back to life."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.cli.slips import types, wrong_letter
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand

SHEET_LINE = re.compile(r"(?:[A-Z]{4} ){4}[A-Z]{4}")


@pytest.fixture
def code(pay: Pay) -> str:
    """Return the code of a slip for two lattes."""
    letters = pay.json("give", "latte", "--count", "2", "--voucher")["voucher"]
    assert isinstance(letters, str)
    return letters


def pepper(pay: Pay) -> Path:
    """Return the secret file beside the ledger."""
    (file,) = pay.path.parent.glob("shop.db.pepper")
    return file


def test_there_is_no_sheet_before_the_first_code(pay: Pay) -> None:
    code, reason, sentence = pay.refused("vouchers", "recovery", "--yes")
    assert (code, reason) == (1, "no-pepper")
    assert sentence.endswith("'payforward give ITEM --voucher' makes the first.")


def test_slips_remind_of_the_sheet_until_it_is_kept(pay: Pay, tmp_path: Path) -> None:
    reminder = "\nOnce, so that slips outlive this machine: payforward vouchers recovery FILE\n"
    assert "recovery" not in pay.done("give", "latte")
    assert pay.done("give", "latte", "--voucher").endswith(reminder)
    assert pay.done("give", "latte", "--slip", tmp_path / "x.txt").endswith(reminder)
    assert pay.done("vouchers", "make", "1").endswith(reminder)
    pay.done("vouchers", "recovery", tmp_path / "sheet.pdf")
    assert "recovery" not in pay.done("give", "latte", "--voucher")


def test_a_lost_secret_comes_back_from_its_written_sheet(
    pay: Pay, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "sheet.txt"
    said = pay.done("vouchers", "recovery", sheet)
    assert said.startswith(f"The recovery sheet is in {sheet}.\nPrint it, lock it away")
    assert len(SHEET_LINE.findall(sheet.read_text())) == 4
    assert not SHEET_LINE.search(said)
    assert sheet.stat().st_mode & 0o077 == 0
    with pay.ledger() as ledger:
        assert not ledger.sheet_is_owed()
    pepper(pay).unlink()

    for ask in (
        ("redeem", "--code", code),
        ("vouchers", "show", code),
        ("give", "latte", "--voucher"),
        ("vouchers", "replace", "1"),
    ):
        refusal = pay.refused(*ask)
        assert refusal[:2] == (1, "pepper-lost")
        assert refusal[2].endswith("'payforward vouchers recovery --restore' reads it.")
    # Gifts without a slip go on.
    told = pay.json("give", "latte")
    assert (told["receipt"], pay.waiting()) == (None, {"Latte": 1})

    types(monkeypatch, sheet.read_text())
    told = pay.json("vouchers", "recovery", "--restore")
    assert told == {"state": "ready"}
    assert pay.json("redeem", "--code", code)["left"] == 1
    assert pay.json("verify")["sound"] is True


def test_the_sheet_is_typed_in_line_by_line(
    pay: Pay, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = pay.json("vouchers", "recovery", "--yes")["lines"]
    pepper(pay).unlink()
    letters = lines[2].replace(" ", "")
    typed = [*lines[:2], wrong_letter(letters, 7), lines[3]]
    types(monkeypatch, "\n".join(typed))
    before = pay.digest()
    ran = pay("vouchers", "recovery", "--restore")
    assert (ran.code, pay.digest()) == (2, before)
    assert ran.err.startswith("Line 3 is not as the sheet has it")
    for there in (3, 0):
        types(monkeypatch, "\n".join(lines[:there]))
        assert pay("vouchers", "recovery", "--restore").code == 2
    types(monkeypatch, "\n".join(line.lower() for line in lines) + "\n", at_terminal=True)
    ran = pay("vouchers", "recovery", "--restore")
    assert ran.err.splitlines() == [f"Line {number} of 4:" for number in range(1, 5)]
    assert ran.out == "The secret is back: slips can be read and made again.\n"
    assert pay.json("redeem", "--code", code)["left"] == 1


def as_written(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def as_one_line(lines: Sequence[str]) -> str:
    return "".join(lines).replace(" ", "")


def as_groups(lines: Sequence[str]) -> str:
    return " ".join(lines).lower()


def as_lines_of_groups(lines: Sequence[str]) -> str:
    return " ".join(lines).replace(" ", "\n")


WAYS = [as_written, as_one_line, as_groups, as_lines_of_groups]


def typed_in(pay: Pay, command: Sequence[str], text: str) -> str:
    """Type a text at a terminal of its own, and return what stood on it at the end."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "payforward", *command, "--ledger", str(pay.path)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as program:
        os.close(slave)
        os.write(master, text.encode())
        seen = b""
        # Linux tells the end as an error.
        with suppress(OSError):
            while more := os.read(master, 4096):
                seen += more
        os.close(master)
    assert program.returncode == 0, seen
    return seen.decode()


@pytest.mark.parametrize(
    ("way", "last"),
    [
        *((way, last) for way in WAYS for last in ("", "\n")),
        (as_written, "\n\nKeep this sheet locked away: é\n"),
    ],
)
def test_a_real_pipe_restores(
    pay: Pay, code: str, command: RunCommand, way: Callable[[Sequence[str]], str], last: str
) -> None:
    lines = pay.json("vouchers", "recovery", "--yes")["lines"]
    pepper(pay).unlink()
    ask = ("vouchers", "recovery", "--restore", "--ledger", pay.path)
    ran = command(*ask, stdin=way(lines) + last, env={"PYTHONIOENCODING": "ascii"})
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "The secret is back: slips can be read and made again.\n"
    assert pay.json("redeem", "--code", code)["left"] == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_real_terminal_restores(pay: Pay, code: str, way: Callable[[Sequence[str]], str]) -> None:
    lines = pay.json("vouchers", "recovery", "--yes")["lines"]
    pepper(pay).unlink()
    seen = typed_in(pay, ("vouchers", "recovery", "--restore"), way(lines) + "\n")
    assert "Line 1 of 4:" in seen
    assert seen.endswith("The secret is back: slips can be read and made again.\r\n")
    assert pay.json("redeem", "--code", code)["left"] == 1


def test_each_wrong_line_is_asked_for_again(
    pay: Pay, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = pay.json("vouchers", "recovery", "--yes")["lines"]
    pepper(pay).unlink()
    wrong = wrong_letter(lines[1].replace(" ", ""), 7)
    typed = [
        lines[0],
        wrong,
        lines[1][:-1],
        lines[1],
        "",
        lines[2][:9],
        lines[2][9:],
        "é",
        lines[3],
    ]
    types(monkeypatch, "\n".join(typed) + "\n", at_terminal=True)
    ran = pay("vouchers", "recovery", "--restore")
    again = "Line {} is not as the sheet has it: type its 20 letters again."
    assert ran.err.splitlines() == [
        "Line 1 of 4:",
        "Line 2 of 4:",
        again.format(2),
        "Line 2 of 4:",
        again.format(2),
        "Line 2 of 4:",
        "Line 3 of 4:",
        "Line 3 of 4:",
        "Line 3 of 4, from its next group on:",
        "Line 4 of 4:",
        again.format(4),
        "Line 4 of 4:",
    ]
    assert ran.code == 0
    assert pay.json("redeem", "--code", code)["left"] == 1


def test_a_wrong_line_among_all_in_one_is_named(
    pay: Pay, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = pay.json("vouchers", "recovery", "--yes")["lines"]
    pepper(pay).unlink()
    whole = as_one_line([*lines[:2], wrong_letter(lines[2].replace(" ", ""), 7), lines[3]])
    types(monkeypatch, whole)
    ran = pay("vouchers", "recovery", "--restore")
    assert (ran.code, ran.err.startswith("Line 3 is not as the sheet has it")) == (2, True)
    types(monkeypatch, f"{whole}\n{as_groups(lines[2:])}\n", at_terminal=True)
    ran = pay("vouchers", "recovery", "--restore")
    assert (ran.code, ran.err.count("Line 3 is not as the sheet has it")) == (0, 1)
    assert pay.json("redeem", "--code", code)["left"] == 1


def test_the_lines_are_shown_to_whoever_insists(
    pay: Pay, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "")
    refusal = pay.refused("vouchers", "recovery")
    assert refusal[:2] == (2, "not-confirmed")
    assert not SHEET_LINE.search(refusal[2])
    types(monkeypatch, "no\n", at_terminal=True)
    ran = pay("vouchers", "recovery")
    assert (ran.code, ran.out) == (1, "")
    with pay.ledger() as ledger:
        assert ledger.sheet_is_owed()
    types(monkeypatch, "yes\n", at_terminal=True)
    ran = pay("vouchers", "recovery")
    assert (ran.code, len(SHEET_LINE.findall(ran.out))) == (0, 4)
    assert not SHEET_LINE.search(ran.err)
    with pay.ledger() as ledger:
        assert not ledger.sheet_is_owed()
        assert "\n".join(ledger.recovery_lines()) + "\n" == ran.out


def test_without_the_sheet_slips_begin_anew(
    pay: Pay, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pay.refused("vouchers", "recovery", "--new", "--yes")[:2] == (1, "pepper-there")
    pepper(pay).unlink()
    types(monkeypatch, "")
    assert pay.refused("vouchers", "recovery", "--new")[:2] == (2, "not-confirmed")
    said = pay.done("vouchers", "recovery", "--new", "--yes")
    assert said.startswith("There is a new secret. No gift is lost, but slips")
    assert pay.refused("redeem", "--code", code)[:2] == (1, "not-ours")
    again = pay.json("vouchers", "replace", "1")["voucher"]
    assert pay.json("redeem", "--code", again)["left"] == 1


def test_another_shops_sheet_is_refused(
    pay: Pay, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.cli.slips import other_shop  # noqa: PLC0415

    other = other_shop(pay)
    other.done("give", "latte", "--voucher")
    lines = other.json("vouchers", "recovery", "--yes")["lines"]
    pepper(pay).unlink()
    types(monkeypatch, "\n".join(lines))
    ran = pay("vouchers", "recovery", "--restore")
    assert ran.code == 1
    assert ran.err.startswith("That is the sheet of another ledger")
    assert not pay.path.with_name("shop.db.pepper").exists()


@pytest.mark.parametrize(
    "ask", [["x.pdf", "--restore"], ["--restore", "--new"], ["x.doc"], ["/nowhere/x.pdf"]]
)
def test_wrong_usage_changes_nothing(pay: Pay, code: str, ask: list[str]) -> None:
    assert pay.refused("vouchers", "recovery", *ask)[0] == 2
