"""What is the owner's, on the command line: guarded, slowed; secrets typed unseen or in files."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.cli import proving
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from payforward.core.people import Guarded
from tests.cli.secret_files import PHRASE, no
from tests.cli.slips import types
from tests.conftest import ROOT, FrozenClock

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Pay, SecretFile
    from tests.conftest import RunCommand


# -- the owner's passphrase -------------------------------------------------------------------


def commands(tmp_path: Path) -> dict[Guarded, list[list[str]]]:
    """Return the commands that are the owner's, by what they do."""
    menu = tmp_path / "menu.csv"
    menu.write_text("name,price\nTea,2.10\n")
    return {
        Guarded.SETTINGS: [
            ["settings", "address", "gifts.example.org"],
            ["settings", "receipts", "always"],
            ["settings", "order-slips", "always"],
            ["vouchers", "expiry", "90"],
            ["printers", "add", "Bar", "--kind", "none"],
            ["printers", "retire", "Bar"],
        ],
        Guarded.MENU: [
            ["items", "price", "Tea", "2.20"],
            ["items", "add", "Cake", "4"],
            ["items", "group", "Tea", "Hot"],
            ["items", "import", str(menu)],
            ["items", "retire", "Tea"],
        ],
        Guarded.PROGRAMS: [
            ["programs", "add", "Soup", "--kind", "giveaway", "--budget", "20", "--per", "week"],
            ["programs", "change", "Soup", "--budget", "30", "--per", "week"],
            ["programs", "retire", "Soup"],
            ["programs", "add", "Coats", "--kind", "drive"],
            ["programs", "goods", "Coats", "Hat"],
        ],
        Guarded.CLOSES: [["close", "--day", "TODAY", "--correct", "--cash", "5"]],
        Guarded.OTHER_DAYS: [["undo", "OLD", "--other-day"]],
        Guarded.EXPORTS: [["export", "json"], ["export", "csv", "-o", str(tmp_path / "a.csv")]],
        Guarded.RECOVERY: [["vouchers", "recovery", "--yes"]],
        Guarded.PEOPLE: [
            ["people", "add", "Bob"],
            ["people", "rename", "Bob", "Bobby"],
            ["people", "pin", "Bobby", "--remove"],
            ["people", "retire", "Bobby"],
            ["people", "passphrase", "--remove"],
        ],
    }


def test_every_guarded_thing_is_guarded(pay: Pay, secret: SecretFile, tmp_path: Path) -> None:
    old = new_action_id()
    with pay.ledger(FrozenClock(datetime.now(UTC) - timedelta(days=1))) as ledger:
        ledger.give(Give(action=old, item=ledger.find_item("latte").id, units=1))
    pay.done("give", "Latte", "--voucher")
    today = pay.json("close")["day"]
    right, wrong = secret(PHRASE), secret("rosa opens at eight")
    pay.done("people", "passphrase", "--new-passphrase-file", right)
    owners = commands(tmp_path)
    assert set(owners) == set(Guarded), "each has a command to try"
    for what, lines in owners.items():
        for line in lines:
            asked = [each.replace("TODAY", today).replace("OLD", old) for each in line]
            code, reason, sentence = no(pay, *asked)
            assert (code, reason) == (1, "passphrase-needed"), asked
            assert sentence.startswith(f"{what.doing} needs the owner's passphrase. ")
            code, reason, _ = no(pay, *asked, "--passphrase-file", wrong)
            assert (code, reason) == (1, "wrong-passphrase"), asked
            ran = pay(*asked, "--passphrase-file", right)
            assert (ran.code, ran.err) == (0, ""), (asked, ran)
    assert pay.json("people")["passphrase"] is False


def test_what_is_everybodys_stays_so(pay: Pay, guarded: Path, tmp_path: Path) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_text("name,price\nTea,2.10\n")
    for line in (
        ["give", "Tea"],
        ["redeem", "Tea"],
        ["board"],
        ["items"],
        ["items", "import", menu, "--dry-run"],
        ["settings"],
        ["vouchers", "expiry"],
        ["programs"],
        ["people"],
        ["entries"],
        ["report", "month"],
        ["partners", "add", "Shelter"],
        ["partners", "rename", "Shelter", "Hope"],
        ["printers", "use"],
        ["clock", "--accept"],
        ["close"],
        ["verify"],
    ):
        pay.done(*line)


def test_the_environment_names_the_file(
    pay: Pay, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(proving.PASSPHRASE_VARIABLE, str(guarded))
    pay.done("items", "price", "Tea", "2.20")
    assert pay.refused("items", "price", "Tea", "2.20", "--passphrase-file", "/no/such")[0] == 2


def test_guessing_is_slowed_and_locked(pay: Pay, guarded: Path, secret: SecretFile) -> None:
    wrong = secret("rosa opens at eight")
    ask = ("items", "price", "Tea", "9", "--passphrase-file")
    said = [no(pay, *ask, wrong) for _ in range(3)]
    assert [reason for _, reason, _ in said] == ["wrong-passphrase"] * 3
    assert said[-1][2].endswith(": wait 1 second, then try again.")
    with pay.ledger() as ledger, ledger._file.write_transaction() as database:
        database.execute("UPDATE secret SET failures = 30")
    code, reason, sentence = pay.refused(*ask, guarded)
    assert (code, reason) == (1, "locked")
    assert sentence == "Too many wrong tries for the owner: wait 15 minutes, then try again."


def test_the_passphrase_is_changed(pay: Pay, guarded: Path, secret: SecretFile) -> None:
    short, new = secret("short"), secret("another one altogether")
    change = ("people", "passphrase", "--passphrase-file", guarded, "--new-passphrase-file")
    assert pay(*change, short).code == 2
    assert pay.done(*change, new) == "The passphrase is set.\n"
    assert no(pay, *change, new)[1] == "wrong-passphrase"
    assert pay.json("people", "passphrase", "--remove", "--passphrase-file", new) == {
        "passphrase": False
    }


def test_a_forgotten_passphrase(
    pay: Pay,
    guarded: Path,
    secret: SecretFile,
    command: RunCommand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = secret("another one altogether")
    ask = ("people", "passphrase", "--forgotten", "--new-passphrase-file", new)
    code, reason, sentence = pay.refused(*ask)
    assert (code, reason) == (1, "proof-needed")
    proof = tmp_path / "shop.db.forgotten"
    assert str(proof) in sentence
    proof.touch()
    assert pay.done(*ask) == (
        "The file shop.db.forgotten proved whose shop it is, and is gone. The passphrase is set.\n"
    )
    assert not proof.exists()
    pay.done("give", "Tea", "--voucher")
    with pay.ledger() as ledger:
        ledger.check_passphrase("another one altogether")
        lines = ledger.recovery_lines()
    sheet = "\n".join(lines) + "\n"
    where = ("--ledger", pay.path)
    bad = command(*ask, *where, stdin=sheet.replace(lines[0], lines[0][::-1]))
    assert bad.code in (1, 2)
    good = command(
        "people", "passphrase", "--forgotten", "--new-passphrase-file", guarded, *where, stdin=sheet
    )
    assert (good.code, good.err) == (0, ""), good
    with pay.ledger() as ledger:
        ledger.check_passphrase(PHRASE)
        assert ledger.verify().problems == ()
    # Whoever types is told what the lines are, and what to do without them.
    types(monkeypatch, sheet, at_terminal=True)
    ran = pay(*ask)
    assert (ran.code, ran.out) == (0, "The passphrase is set.\n")
    assert ran.err.startswith("On the recovery sheet stand 4 lines of twenty letters")
    assert f"make an empty file {proof}, and run this again.\nLine 1 of 4:" in ran.err


# -- real processes and terminals -------------------------------------------------------------


def payforward(*arguments: str, pay: Pay) -> list[str]:
    return [sys.executable, "-m", "payforward", *arguments, "--ledger", str(pay.path)]


def at_terminal(pay: Pay, *arguments: str, typed: list[tuple[str, str]]) -> tuple[int, str]:
    """Run a command at a terminal of its own; return its exit code and what it said last.

    Args:
        pay: The shop.
        arguments: The command.
        typed: Prompts, each with what is typed then; that must not be seen.
    """
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - in the child
        os.environ["PYTHONPATH"] = str(ROOT)
        line = payforward(*arguments, pay=pay)
        os.execv(line[0], line)
    seen = ""
    for prompt, secret in typed:
        while not seen.endswith(prompt):
            seen += os.read(terminal, 1000).decode()
        os.write(terminal, f"{secret}\n".encode())
    with suppress(OSError):  # Linux says so at the end of a terminal
        while data := os.read(terminal, 1000):
            seen += data.decode()
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert not any(secret in seen for _, secret in typed)
    return os.waitstatus_to_exitcode(status), seen.split("\r\n")[-2]


def test_a_secret_comes_through_a_file_descriptor(
    pay: Pay, guarded: Path, command: RunCommand
) -> None:
    reads, writes = os.pipe()
    os.write(writes, PHRASE.encode())
    os.close(writes)
    done = subprocess.run(
        payforward(
            "items", "price", "Tea", "2.20", "--passphrase-file", f"/dev/fd/{reads}", pay=pay
        ),
        pass_fds=[reads],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    os.close(reads)
    assert (done.returncode, done.stderr) == (0, b"")
    ran = command(
        *("items", "price", "Tea", "2.30", "--ledger", pay.path, "--passphrase-file", "-"),
        stdin=f"{PHRASE}\n",
    )
    assert (ran.code, ran.err) == (0, "")


def test_typed_at_a_terminal_nothing_is_shown(pay: Pay, guarded: Path) -> None:
    owner = ("The owner's passphrase: ", PHRASE)
    new, again = "New PIN of Ana: ", "New PIN of Ana, once more: "
    assert at_terminal(pay, "people", "add", "Ana", typed=[owner]) == (0, "Ana is added.")
    code, said = at_terminal(
        pay, "people", "pin", "Ana", typed=[owner, (new, "4071"), (again, "4072")]
    )
    assert (code, said) == (2, proving.NOT_THE_SAME)
    code, said = at_terminal(
        pay, "people", "pin", "Ana", typed=[owner, (new, "4071"), (again, "4071")]
    )
    assert (code, said) == (0, "Ana has a PIN now.")
    give = ("give", "Tea", "--cashier", "Ana")
    code, said = at_terminal(pay, *give, typed=[("PIN of Ana: ", "9999")])
    assert (code, said) == (1, "That is not the PIN of Ana: try again.")
    code, said = at_terminal(pay, *give, typed=[("PIN of Ana: ", "4071")])
    assert code == 0
    assert said.startswith("Gift 1;")
    with Ledger.open(pay.path) as ledger:
        assert [each.cashier for each in ledger.entries()] == ["Ana"]
