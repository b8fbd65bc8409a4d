"""What the source may not contain, each with the reason for it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = ("payforward", "screens", "db")
CONNECTION = "db/connection.py"
BOUNDARY = "payforward/cli/boundary.py"
TRANSACTION = re.compile(r"\s*(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
BROAD = {"Exception", "BaseException"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield each module of the program: its path below the root, and its tree."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def transactions(tree: ast.Module) -> list[int]:
    """Return the lines on which a module begins or ends transactions by itself."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                if called.attr in ("atomic", "begin", "executescript"):
                    lines.append(node.lineno)
                if called.attr in ("execute", "query", "read", "read_one") and any(
                    isinstance(each, ast.Constant) and TRANSACTION.match(str(each.value))
                    for each in node.args
                ):
                    lines.append(node.lineno)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"\s*BEGIN\s+\w+;?\s*", node.value)
        ):
            lines.append(node.lineno)
    return lines


def broad_handlers(tree: ast.Module) -> list[int]:
    """Return the lines of handlers that swallow whatever comes: those that do not raise it on."""
    lines = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        is_broad = any(
            each is None or (isinstance(each, ast.Name) and each.id in BROAD) for each in caught
        )
        last = node.body[-1]
        if is_broad and not (isinstance(last, ast.Raise) and last.exc is None):
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("with database.atomic(): pass", 1),
        ("database.begin()", 1),
        ("connection.execute('  begin immediate')", 1),
        ("START = 'BEGIN IMMEDIATE'", 1),
        ("connection.execute('COMMIT')", 1),
        ("TRIGGER = 'CREATE TRIGGER x BEFORE DELETE ON entry BEGIN SELECT 1; END'", 0),
        ("beginning = 'Begin here'", 0),
    ],
)
def test_a_transaction_is_recognised(code: str, found: int) -> None:
    assert len(set(transactions(ast.parse(code)))) == found


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("except Exception: pass", 1),
        ("except (ValueError, BaseException): pass", 1),
        ("except: pass", 1),
        ("except BaseException: raise", 0),
        ("except ValueError: pass", 0),
    ],
)
def test_a_broad_handler_is_recognised(handler: str, found: int) -> None:
    assert len(broad_handlers(ast.parse(f"try:\n    pass\n{handler}"))) == found


def test_one_place_begins_transactions() -> None:
    # A deferred transaction that turns into a write fails at once under two tills.
    found = {name for name, tree in sources() if transactions(tree)}
    assert found == {CONNECTION}


def test_one_place_catches_whatever_comes() -> None:
    found = {name: len(lines) for name, tree in sources() if (lines := broad_handlers(tree))}
    assert found == {BOUNDARY: 1}


def texts() -> Iterator[Path]:
    """Yield the files that people wrote."""
    for folder in (*PACKAGES, "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".md", ".tcss", ".csv") and path.is_file():
                yield path
    yield from (path for path in ROOT.iterdir() if path.suffix in (".toml", ".md"))


def test_no_machine_is_named() -> None:
    # Somebody's home or checkout works on one machine only.
    here = re.escape(str(ROOT))
    machine = re.compile(rf"(?<![\w.])(?:{here}\b|/(?:root|Users|work|tmp/v)/\w)")
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1)
        if machine.search(line)
    }
    assert found == set()
