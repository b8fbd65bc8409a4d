"""Every command that the pages for owners show is one that there is, with these options."""

from __future__ import annotations

import re
import shlex

import pytest

from payforward.cli.boundary import run
from payforward.output.exports.told import COLUMNS
from tests.conftest import ROOT

SHOWN = re.compile(r"`(payforward [^`\n]+)`|^(payforward .*)$", re.MULTILINE)


def shown(page: str) -> list[str]:
    """Return the commands on a page, in its blocks and among its words."""
    text = (ROOT / page).read_text(encoding="utf-8").replace("\\\n", " ")
    return ["".join(found) for found in SHOWN.findall(text)]


PAGES = ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_commands_that_there_are(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = shown(page)
    assert commands
    for command in commands:
        # Help comes once all of it was understood.
        arguments = shlex.split(command, comments=True)[1:]
        assert run([*arguments, "--help"]) == 0, (command, capsys.readouterr().err)


def test_each_column_of_the_export_is_told_once() -> None:
    text = (ROOT / "docs" / "accounting.md").read_text(encoding="utf-8").partition("## csv")[2]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    told = [name for row in rows for name in re.findall("`([a-z_]+)`", row)]
    assert sorted(told) == sorted(COLUMNS)
