"""People on the command line: named, proven, guarded; secrets come from files and terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.cli import proving
from tests.cli.secret_files import no

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay, SecretFile


# -- people -----------------------------------------------------------------------------------


def test_people_are_listed_added_renamed_and_retired(pay: Pay) -> None:
    said = "Nobody has a name here yet: payforward people add NAME\nThe owner has no passphrase.\n"
    assert pay.done("people") == said
    assert pay.json("people", "add", "Ana", "Maria") == {
        "cashier": "Ana Maria",
        "pin": False,
        "retired": False,
    }
    pay.done("people", "add", "Bob")
    assert pay.done("people", "rename", "ana maria", "Ana") == "Ana Maria is called Ana now.\n"
    assert pay.done("people", "retire", "Bob") == "Bob has left.\n"
    document = pay.json("people")
    assert [each["cashier"] for each in document["people"]] == ["Ana"]
    assert document["passphrase"] is False
    assert [each["retired"] for each in pay.json("people", "--all")["people"]] == [False, True]
    code, reason, sentence = pay.refused("people", "rename", "Anna", "Bob")
    assert (code, reason) == (1, "unknown-cashier")
    assert "did you mean Ana?" in sentence
    assert "'payforward people' lists them." in sentence
    assert pay.refused("people", "add", "ana")[1] == "name-taken"
    assert pay.refused("give", "Tea", "--cashier", "Bob")[1] == "cashier-retired"


def test_a_name_needs_nobody_to_be_added(pay: Pay) -> None:
    pay.done("give", "Tea", "--cashier", "Ana")
    pay.done("give", "Tea", "--cashier", "ANA")
    pay.done("board", "--cashier", "Who Only Looks")
    assert [each["cashier"] for each in pay.json("people")["people"]] == ["Ana"]
    assert {each["cashier"] for each in pay.json("entries")["entries"]} == {"Ana"}


def test_a_pin_proves_a_name(pay: Pay, secret: SecretFile, monkeypatch: pytest.MonkeyPatch) -> None:
    pay.done("people", "add", "Ana")
    right, wrong = secret("4071"), secret("4072")
    assert pay.done("people", "pin", "Ana", "--new-pin-file", right) == "Ana has a PIN now.\n"
    code, reason, sentence = pay.refused("give", "Tea", "--cashier", "ana")
    assert (code, reason) == (1, "pin-needed")
    assert sentence == "Ana has a PIN: say it too. --pin-file FILE names a file with it."
    assert no(pay, "give", "Tea", "--cashier", "Ana", "--pin-file", wrong) == (
        1,
        "wrong-pin",
        "That is not the PIN of Ana: try again.",
    )
    assert pay.waiting() == {}
    pay.done("give", "Tea", "--cashier", "Ana", "--pin-file", right)
    monkeypatch.setenv(proving.PIN_VARIABLE, str(right))
    pay.done("give", "Tea", "--cashier", "Ana")
    pay.done("give", "Tea")
    assert [each["cashier"] for each in pay.json("entries")["entries"]] == ["Ana", "Ana", None]
    assert pay.json("verify")["sound"] is True


def test_without_a_passphrase_a_pin_guards_itself(pay: Pay, secret: SecretFile) -> None:
    pay.done("people", "add", "Ana")
    right, wrong, new = secret("4071"), secret("4072"), secret("99887766")
    pay.done("people", "pin", "Ana", "--pin-file", right)
    for change in (
        ("people", "pin", "Ana", "--new-pin-file", new),
        ("people", "pin", "Ana", "--remove"),
        ("people", "rename", "Ana", "Anna"),
        ("people", "retire", "Ana"),
    ):
        assert pay.refused(*change)[1] == "pin-needed"
    assert no(pay, "people", "retire", "Ana", "--old-pin-file", wrong)[1] == "wrong-pin"
    pay.done("people", "pin", "Ana", "--new-pin-file", new, "--old-pin-file", right)
    said = pay.done("people", "pin", "Ana", "--remove", "--old-pin-file", new)
    assert said == "Ana has no PIN: the name is only said.\n"


@pytest.mark.parametrize(
    ("content", "reason"), [("12", "bad-pin"), ("abcd", "bad-pin"), ("", "bad-secret-file")]
)
def test_what_no_pin_is(pay: Pay, secret: SecretFile, content: str, reason: str) -> None:
    pay.done("people", "add", "Ana")
    code, why, sentence = pay.refused("people", "pin", "Ana", "--new-pin-file", secret(content))
    assert (code, why) == (2, reason)
    assert "abcd" not in sentence


def test_files_that_hold_no_secret(pay: Pay, tmp_path: Path) -> None:
    pay.done("people", "add", "Ana")
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (tmp_path / "none", tmp_path, binary):
        code, reason, sentence = pay.refused("people", "pin", "Ana", "--new-pin-file", file)
        assert (code, reason) == (2, "bad-secret-file")
        assert "cannot be read (" in sentence
    assert pay.refused("people", "pin", "Ana")[1] == "secret-needed"
    assert pay.refused("people", "pin", "Ana", "--remove", "--pin-file", binary)[1] == "wrong-usage"
