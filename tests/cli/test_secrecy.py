"""No code in a complaint, a log or a traceback; all of it right in a terminal without our signs."""

from __future__ import annotations

import json
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.cli.masking import masked
from payforward.core import codes
from tests.cli.slips import wrong_letter

if TYPE_CHECKING:
    from tests.cli.conftest import Pay
    from tests.conftest import RunCommand


def shows(text: str, code: str) -> bool:
    """Tell whether a text has a code, or enough of it to guess the rest, however it is parted."""
    letters = re.sub("[^A-Z]", "", text.upper())
    return any(code[at : at + 13] in letters for at in range(len(code) - 12))


def test_no_complaint_says_a_code_back(pay: Pay) -> None:
    code = pay.json("give", "latte", "--voucher")["voucher"]
    grouped, payload = codes.format(code), f"HTTPS://GIFTS.EXAMPLE/V/{code}"
    for typed in (code, code.lower(), grouped, codes.format(code, "-"), payload):
        for ask in (
            ["redeem", typed],
            ["give", typed],
            ["gift", typed],
            ["refund", typed],
            ["undo", typed],
            [typed],
            ["items", "price", typed, "2"],
            ["items", typed],
            ["vouchers", typed],
            ["vouchers", "replace", typed],
            ["vouchers", "take-back", typed],
            ["vouchers", "list", "--partner", typed],
            ["redeem", "--code", "x", "--from", typed],
            ["redeem", "--code", wrong_letter(code, 3)],
            ["redeem", "latte", "--id", typed],
            ["redeem", "latte", "--count", typed],
            ["redeem", f"--{typed}"],
            ["vouchers", "show", "--count", typed],
            ["verify", "--head", typed],
            ["board", typed],
            ["print", "--test", typed],
        ):
            ran = pay(*ask)
            assert ran.code in (1, 2), ask
            assert not shows(ran.out + ran.err, code), (ask, ran)
    assert pay.json("redeem", "--code", code)["left"] == 0
    for ask in (["redeem", "--code", code], ["vouchers", "replace", "1"]):
        ran = pay(*ask, "--json")
        assert not shows(ran.out + ran.err, code)


def test_words_are_no_codes() -> None:
    for sentence in (
        "There is no Reference Vert on the menu: did you mean Preferences?",
        "The gift is safe, but its slip could not be written.",
        "01900000-0000-7000-8000-000000000001 is used.",
    ):
        assert masked(sentence) == sentence


@pytest.mark.parametrize("name", ["redeem_slip", "look_up"])
def test_a_traceback_that_was_asked_for_has_no_code(
    pay: Pay, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    code = pay.json("give", "latte", "--voucher")["voucher"]

    def broken(_: Ledger, asked: object) -> None:
        raise RuntimeError(asked)

    monkeypatch.setattr(Ledger, name, broken)
    ask = ["redeem", "--code", code] if name == "redeem_slip" else ["vouchers", "show", code]
    ran = pay(*ask)
    assert ran.code == 70
    assert not shows(ran.err, code)
    monkeypatch.setenv("PAYFORWARD_DEBUG", "1")
    with pytest.raises(RuntimeError) as caught:
        pay(*ask)
    assert "Code()" in str(caught.value)
    assert not shows("".join(traceback.format_exception(caught.value)), code)


def test_a_broken_writer_tells_no_code(
    pay: Pay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(papers: object, *_: object, **__: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr("payforward.output.writer.write_papers", broken)
    ran = pay("give", "latte", "--slip", tmp_path / "x.pdf", "--json")
    assert ran.code == 70
    assert json.loads(ran.out)["refused"] == "own-mistake"
    assert ran.err.startswith("The gift is safe, and the slip waits for paper:")
    with pay.ledger() as ledger:
        assert [owed.slip for owed in ledger.paper_owed()] == [1]


def test_nothing_of_a_code_is_on_the_disk(pay: Pay) -> None:
    given = pay.json("give", "latte", "--voucher")
    pay.done("redeem", "--code", given["voucher"])
    pay("redeem", "--code", given["voucher"])
    for file in pay.path.parent.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert given["voucher"].encode() not in data
            assert given["receipt"].encode() not in data


def test_a_terminal_without_our_signs(pay: Pay, command: RunCommand) -> None:
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PAYFORWARD_LEDGER": str(pay.path)}
    pay.done("partners", "add", "Foyer de l'été")
    ran = command("give", "latte", "--voucher", "--count", "2", "--message", "Für dich", env=env)
    assert (ran.code, ran.err, ran.out.isascii()) == (0, "", True)
    (code, _) = re.findall(r"(?:[A-Z]{4} ){4}[A-Z]{4}", ran.out)
    ran = command("redeem", "--code", "-", stdin=f"{code}\r\n", env=env)
    assert ran.out.startswith("OK 1 Latte. 1 left on the slip.\n")
    ran = command("vouchers", "show", "-", stdin=f"\xe9\ufeff {code}", env=env)
    assert (ran.code, ran.out.isascii()) == (0, True)
    assert 'The giver says: "Fur dich"' in ran.out
    pay.done("vouchers", "make", str(pay.json("give", "--money", "5")["gift"]))
    ran = command("vouchers", env=env)
    assert (ran.code, "EUR 5.00" in ran.out) == (0, True)
    ran = command("partners", "--json", env=env)
    assert json.loads(ran.out)["partners"][0]["partner"] == "Foyer de l'été"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
def test_a_code_that_nobody_could_read_waits_for_paper(pay: Pay, command: RunCommand) -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    from tests.conftest import ROOT  # noqa: PLC0415

    arguments = [sys.executable, "-m", "payforward", "give", "latte", "--voucher"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*arguments, "--ledger", str(pay.path)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
            text=True,
        )
    assert done.returncode == 74
    with pay.ledger() as ledger:
        assert [owed.slip for owed in ledger.paper_owed()] == [1]
