"""Whoever types what a page for owners shows, line by line, in a new shop, gets what it says.

A block of commands is run as it stands, in the order of its page. Words in capitals stand for what
came out before: the letters of a slip, a number, the id of an action, the ledger's head. A block
``text`` is what the command before it says; ``...`` stands for lines that are left out.
"""

from __future__ import annotations

import io
import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.cli.boundary import run
from tests.cli.at import set_clock
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MENU = re.compile(r"^```csv\n(name,price.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = "(?:[B-X]{4} ){4}[B-X]{4}"
SEEN = {
    "CODE": re.compile(rf"^Slip .*: ({CODE})$", re.MULTILINE),
    "RECEIPT": re.compile(rf"receipt.*: ({CODE})$", re.MULTILINE),
    "ACTION": re.compile(r"undo ([0-9a-f-]{36})"),
    "SLIP": re.compile(r"^Slip ([0-9]+), ", re.MULTILINE),
    "GIFT": re.compile(r"^Gift ([0-9]+); ", re.MULTILINE),
    "NUMBER": re.compile(r"^(?:Manifest |  +)([0-9]+)(?:;|  )", re.MULTILINE),
    "HEAD": re.compile(r"\b([0-9]+-[0-9a-f]{8})\b(?!-)"),
}


@dataclass
class Reader:
    """Somebody who types commands, and remembers what they will be asked for."""

    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    known: dict[str, str] = field(default_factory=dict)

    def types(self, line: str) -> str:
        """Return what a command says that succeeds."""
        words = shlex.split(line, comments=True)
        if words[0] == "echo":
            Path(words[3]).write_text(f"{words[1]}\n", encoding="utf-8")
            return ""
        if "<" in words:
            *words, _, file = words
            text = Path(file).read_text(encoding="utf-8")
        else:
            text = f"{self.known.get('CODE', '')}\n"
        self.monkeypatch.setattr("sys.stdin", io.StringIO(text))
        arguments = [self.known.get(word, word) for word in words[1:]]
        self.capsys.readouterr()
        code = run(arguments)
        said = self.capsys.readouterr()
        assert (code, said.err) == (0, ""), f"{line}\n{said.out}{said.err}"
        for name, pattern in SEEN.items():
            if found := pattern.findall(said.out):
                self.known[name] = found[-1]
        return said.out


def commands_of(block: str) -> Iterator[str]:
    """Yield the lines of a block that are for this program, or make a file for it."""
    for line in block.replace("\\\n", " ").splitlines():
        if re.match(r'payforward |echo ".*" > ', line):
            yield line


@pytest.fixture
def reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Reader:
    """Return somebody with a menu, a printer that is a folder, and no shop yet."""
    set_clock(monkeypatch, "2026-11-21")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYFORWARD_LEDGER", str(tmp_path / "ledger.db"))
    (found,) = MENU.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    (tmp_path / "menu.csv").write_text(found, encoding="utf-8")
    (tmp_path / "papers").mkdir()
    return Reader(capsys, monkeypatch)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed(page: str, reader: Reader) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    if not any("payforward setup" in block for _, block in blocks):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        reader.types(next(line for line in readme.splitlines() if "payforward setup" in line))
        reader.types(
            f"payforward printers add Desk --kind pdf --address {Path('papers').resolve()}"
        )
    said = ""
    ran = 0
    for kind, block in blocks:
        if kind == "sh":
            for line in commands_of(block):
                said = reader.types(line)
                ran += 1
        else:
            for part in block.split("...\n"):
                assert part in said, f"{page} shows\n{part}\nand the command says\n{said}"
    assert ran
    if ran > 1:
        reader.types("payforward verify")


def test_the_table_of_a_menu_comes_in_as_it_is_shown(reader: Reader, tmp_path: Path) -> None:
    (shown,) = MENU.findall((ROOT / "docs" / "menu.md").read_text(encoding="utf-8"))
    (tmp_path / "own.csv").write_text(shown, encoding="utf-8")
    reader.types("payforward setup --shop Own --currency EUR --timezone UTC --menu own.csv")
    items = json.loads(reader.types("payforward items --json"))["items"]
    assert [(item["item"], item["price_minor"], item["giftable"]) for item in items] == [
        ("Flat white", 350, True),
        ("Soup, with bread", 600, True),
        ("Gift card", 2000, False),
    ]
    assert (items[0]["sku"], items[0]["barcode"]) == ("FW", "4006381333931")
    # What the page calls a column is one that is read: a misnamed one would be passed over.
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        rates = [item.tax_rate for item in ledger.items()]
    assert rates == [10_000, 10_000, None]
