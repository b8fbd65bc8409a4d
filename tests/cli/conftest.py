"""A shop at the command line: the commands run in this process, on a real ledger."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from payforward.cli.boundary import run
from tests.cli.secret_files import PHRASE
from tests.conftest import Ran

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from tests.conftest import FrozenClock

    SecretFile: TypeAlias = Callable[[str], Path]


@dataclass(frozen=True)
class Pay:
    """Runs commands on one ledger, through the boundary, without a process for each."""

    path: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Ran:
        """Return what ``payforward ARGUMENTS --ledger PATH`` left behind."""
        self.capsys.readouterr()
        code = run([*map(str, arguments), "--ledger", str(self.path)])
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)

    def done(self, *arguments: str | Path) -> str:
        """Return what a command that succeeds says."""
        ran = self(*arguments)
        assert (ran.code, ran.err) == (0, ""), ran
        return ran.out

    def json(self, *arguments: str | Path) -> Any:
        """Return the one document of a command that succeeds."""
        return json.loads(self.done(*arguments, "--json"))

    def refused(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Return exit code, reason and sentence of a refusal, having seen that all agree.

        The ledger's file is the same to the last byte, the sentence is one line on standard
        error with and without ``--json``, and only the document is on standard output.
        """
        before = self.digest()
        plain = self(*arguments)
        scripted = self(*arguments, "--json")
        assert self.digest() == before, "a refusal changed the ledger"
        document = json.loads(scripted.out)
        sentence = plain.err.rstrip("\n")
        assert plain.out == ""
        assert "\n" not in sentence
        assert sentence.endswith((".", "?", ")"))
        assert document == {"refused": document["refused"], "message": sentence}
        assert (scripted.err, scripted.code) == (plain.err, plain.code)
        return plain.code, document["refused"], sentence

    def digest(self) -> str | None:
        """Return a fingerprint of the ledger's file, None where there is none."""
        if not self.path.is_file():
            return None
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def ledger(self, clock: FrozenClock | None = None) -> Ledger:
        """Return the ledger, open."""
        return Ledger.open(self.path, clock=clock)

    def waiting(self) -> dict[str, int]:
        """Return what the ledger itself says is waiting, by item, the fund as ``€``."""
        with self.ledger() as ledger:
            board = ledger.board()
        return {row.item.name: row.units for row in board.rows} | (
            {"€": board.money_minor} if board.money_minor else {}
        )


@pytest.fixture
def pay(tmp_path: Path, ledger_path: Path, capsys: pytest.CaptureFixture[str]) -> Pay:
    """Return a shop with three coffees, a tea and a soup, and nothing given yet."""
    with Ledger.open(ledger_path) as ledger:
        for name, price, category in (
            ("Latte", 375, "Coffee"),
            ("Flat white", 350, "Coffee"),
            ("Cappuccino", 320, "Coffee"),
            ("Tea", 200, "Hot drinks"),
            ("Soup", 500, None),
        ):
            ledger.add_item(name, price, category=category)
    return Pay(ledger_path, capsys)


@pytest.fixture
def nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Pay:
    """Return the same with no ledger there yet."""
    return Pay(tmp_path / "new" / "shop.db", capsys)


@pytest.fixture
def secret(tmp_path: Path) -> SecretFile:
    """Return what puts a secret into a file and answers the file's path."""

    def put(text: str) -> Path:
        file = tmp_path / f"secret-{len(list(tmp_path.iterdir()))}"
        file.write_text(text + "\n", encoding="utf-8")
        return file

    return put


@pytest.fixture
def guarded(pay: Pay, secret: SecretFile) -> Path:
    """Set the owner's passphrase, and return the file that has it."""
    with pay.ledger() as ledger:
        ledger.set_passphrase(None, PHRASE)
    return secret(PHRASE)
