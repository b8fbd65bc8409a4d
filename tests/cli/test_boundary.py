"""Where errors end, where options may stand, and streams that take no more."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from payforward import __version__
from payforward.cli.boundary import run
from payforward.core.errors import BadInput
from payforward.core.settings import ledger_path as where
from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand


def test_global_options_stand_before_and_after_a_command(pay: Pay) -> None:
    ledger = str(pay.path)
    for arguments in (
        ["--ledger", ledger, "--till", "bar", "--cashier", "Ana", "--json", "give", "latte"],
        ["give", "latte", "--json", "--ledger", ledger, "--till", "bar", "--cashier", "Ana"],
        # What stands later counts.
        [
            *("--ledger", "nowhere", "--till", "x", "give", "--till", "bar", "latte"),
            *("--cashier=Ana", "--ledger", ledger, "--json"),
        ],
    ):
        assert run(arguments) == 0
    with pay.ledger() as opened:
        assert [(view.till, view.cashier) for view in opened.entries()] == [("bar", "Ana")] * 3


def test_options_stand_anywhere_in_a_group(pay: Pay) -> None:
    path = str(pay.path)
    for arguments in (
        ["--json", "items", "--ledger", path],
        ["items", "--json", "--ledger", path],
        ["items", "--ledger", path, "price", "tea", "2", "--json"],
        ["items", "--json", "price", "tea", "2", "--ledger", path],
    ):
        pay.capsys.readouterr()
        assert run(arguments) == 0
        json.loads(pay.capsys.readouterr().out)


def test_the_environment_names_the_ledger(
    pay: Pay, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("PAYFORWARD_LEDGER", str(pay.path))
    assert run(["give", "latte"]) == 0
    assert pay.waiting() == {"Latte": 1}
    monkeypatch.setenv("PAYFORWARD_LEDGER", "~/shop.db")
    assert where(None) == home / "shop.db"
    monkeypatch.setenv("PAYFORWARD_LEDGER", "")
    assert where(None) == home / ".local/share/payforward/ledger.db"
    assert where("x.db") == Path("x.db")


def test_version_and_help_need_no_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"payforward {__version__}\n"
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    commands = text.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    names = [line.split()[0] for line in commands]
    assert names == [
        *("setup", "demo", "board", "give", "redeem", "undo", "refund", "asked"),
        *("items", "vouchers", "print", "printers", "partners", "pass-on"),
        *("programs", "giveaway", "collect", "deliver", "manifest", "settings", "people"),
        *("entries", "gift", "report", "close", "export", "verify", "clock"),
    ]
    assert not any(line.endswith("...") for line in commands)
    for name in names:
        assert run([name, "--help"]) == 0
        assert "--ledger" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bord"], "There is no command bord: did you mean board?"),
        (["xyzzy"], "There is no command xyzzy: 'payforward --help' lists them."),
        (["board", "extra"], "unexpected extra argument"),
        (["board", "--jsn"], "No such option"),
        (["board", "--till"], "requires an argument"),
        (["verify", "--head"], "requires an argument"),
        (["items", "imprt"], "imprt"),
        (["board", "--ledger", ""], "--ledger names no file"),
    ],
)
def test_wrong_usage_is_one_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1
    assert run(["--json", *arguments]) == 2
    document = json.loads(capsys.readouterr().out)
    assert words in document["message"]
    assert document["refused"] in ("wrong-usage", "bad-ledger")


def test_json_after_two_dashes_is_a_name(pay: Pay) -> None:
    assert run(["give", "--ledger", str(pay.path), "--", "--json"]) == 1
    assert pay.capsys.readouterr().out == ""


def test_a_path_that_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["board", "--ledger", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path} is a folder: name the ledger's file in it, such as {tmp_path}/ledger.db.\n"
    )
    assert run(["setup", "--shop=a", "--currency=EUR", "--timezone=UTC", f"--ledger={tmp_path}"])
    assert run(["board", "--ledger", "x" * 5000]) == 3
    with pytest.raises(BadInput):
        where(" ")


def test_a_mistake_of_the_programs_own_is_no_secret(
    pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("words of a giver")

    monkeypatch.setattr("payforward.cli.commands.board.glance", broken)
    ran = pay("board", "--json")
    assert ran.code == 70
    assert json.loads(ran.out)["refused"] == "own-mistake"
    assert "KeyError" in ran.err
    assert "PAYFORWARD_DEBUG=1" in ran.err
    assert "Traceback" not in ran.err
    assert "giver" not in ran.err
    monkeypatch.setenv("PAYFORWARD_DEBUG", "1")
    with pytest.raises(KeyError, match="words of a giver"):
        pay("board")


def test_a_terminal_without_our_signs_is_no_obstacle(pay: Pay, command: RunCommand) -> None:
    pay.done("give", "latte", "--count", "2", "--message", "Für dich, 李雷 …")
    pay.done("give", "--money", "3")
    env = {"PYTHONIOENCODING": "ascii", "PAYFORWARD_LEDGER": str(pay.path)}
    ran = command("redeem", "latte", env=env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("OK 1 Latte. 1 still waiting.\n")
    assert 'The giver says: "Fur dich, ?? ..."\n' in ran.out
    assert "EUR 3.00" in command("board", env=env).out
    told = json.loads(command("redeem", "latte", "--json", env=env).out)
    assert told["lines"][0]["message"] == "Für dich, 李雷 …"
    ran = command("give", "caffè", env=env)
    assert (ran.code, ran.err.isascii()) == (1, True)
    ran = command("give", os.fsdecode(b"\xff\xfe"), env={"PAYFORWARD_LEDGER": str(pay.path)})
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert pay.waiting() == {"€": 300}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
def test_an_answer_that_cannot_be_written_is_not_a_gift_lost(pay: Pay) -> None:
    arguments = [sys.executable, "-m", "payforward", "give", "latte", "--ledger", str(pay.path)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            arguments, stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT, text=True
        )
    assert pay.waiting() == {"Latte": 1}
    assert done.returncode == 74
    assert done.stderr == (
        "The answer cannot be written (No space left on device); what was asked for is done.\n"
    )


def test_a_reader_that_went_away_hears_no_complaint(pay: Pay) -> None:
    arguments = [sys.executable, "-m", "payforward", "items", "--ledger", str(pay.path)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        arguments, stdout=writing, stderr=subprocess.PIPE, check=False, cwd=ROOT, text=True
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def has_open(process: int, path: Path) -> bool:
    """Tell whether a process has a file open (proc_pid_fd(5))."""
    for each in Path(f"/proc/{process}/fd").iterdir():
        try:
            if each.readlink() == path:
                return True
        except FileNotFoundError:
            continue
    return False


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's /proc")
def test_an_interrupt_is_quiet_and_changes_nothing(pay: Pay) -> None:
    before = pay.digest()
    arguments = [sys.executable, "-m", "payforward", "items", "import", "/dev/stdin"]
    with subprocess.Popen(
        [*arguments, "--ledger", str(pay.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        # Once the ledger is open, the command waits for the menu.
        while process.poll() is None and not has_open(process.pid, pay.path):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert (out, err.strip()) == (b"", b"")
    assert pay.digest() == before


def test_another_programs_package_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "payforward", tmp_path / "site" / "payforward")
    shutil.copytree(ROOT / "screens", tmp_path / "site" / "screens")
    foreign = tmp_path / "work" / "db"
    foreign.mkdir(parents=True)
    (foreign / "__init__.py").write_text("raise SystemExit('the wrong db was run')")
    done = subprocess.run(
        [sys.executable, "-m", "payforward", "board"],
        cwd=tmp_path / "work",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Another program's 'db' at {foreign} stands where Payforward's")
    assert done.stderr.count("\n") == 1
