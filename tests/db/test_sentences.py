"""What the ledger says is shown by the screens too, where nobody can type a command."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import db

MODULES = sorted(Path(db.__file__).parent.glob("*.py"))
COMMAND = re.compile(r"'(payforward|items) |(^|[ '])--[a-z]")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_sentence_names_a_command(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    raised = [node for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Return)]
    said = [
        node.value
        for statement in raised
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in said if COMMAND.search(text)] == []
