"""Which way imports go, and what a command does not load."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT

HEAVY = {"textual", "rich", "sqlite_utils", "asyncio", "platformdirs"}
COUNTER = """
import asyncio, pathlib, sys
from payforward.app import PayforwardApp
from screens.desk import Station

async def start():
    app = PayforwardApp(Station(pathlib.Path(sys.argv[1])))
    async with app.run_test() as pilot:
        for _ in range(200):
            await pilot.pause(0.05)
            strips = app.screen._compositor.render_strips()
            if any("0,00\\u00a0€" in "".join(each.text for each in strip) for strip in strips):
                return
        raise SystemExit("no money on the counter")

asyncio.run(start())
"""
NOT_FOR_THE_BOARD = {
    "db.ledger",
    "db.verify",
    "payforward.app",
    "payforward.core.menus",
    "payforward.core.model",
    "payforward.demo",
    "screens",
}


def modules_after(code: str, *arguments: str | Path) -> set[str]:
    """Return the names of all modules that a process has loaded after some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint(*sys.modules, file=sys.stderr)", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def run_command(ledger: Path, *arguments: str) -> set[str]:
    """Return what a command loads, having seen that it succeeds."""
    code = "import sys\nfrom payforward.__main__ import main\nassert main() == 0"
    return modules_after(code, *arguments, "--ledger", ledger)


def test_imports_go_one_way() -> None:
    if find_spec("importlinter") is None:
        pytest.skip("needs import-linter")
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert " 0 broken." in done.stdout


@pytest.mark.parametrize("form", [["board"], ["board", "--json"]])
def test_the_board_pays_for_nothing_else(ledger_path: Path, form: list[str]) -> None:
    loaded = run_command(ledger_path, *form)
    assert "db.glance" in loaded
    assert not loaded & (HEAVY | NOT_FOR_THE_BOARD)


@pytest.mark.parametrize("form", [["board"], ["items"], ["give", "--money", "3,50"]])
def test_only_choosing_a_locale_loads_its_data(ledger_path: Path, form: list[str]) -> None:
    assert "babel" in run_command(ledger_path, "settings", "locale", "it_IT")
    assert "babel" not in run_command(ledger_path, *form)


def test_the_counter_of_a_shop_with_a_locale_starts_without_its_data(ledger_path: Path) -> None:
    run_command(ledger_path, "settings", "locale", "it_IT")
    loaded = modules_after(COUNTER, ledger_path)
    assert "screens.counter.screen" in loaded
    assert "babel" not in loaded


@pytest.mark.parametrize("name", ["items", "entries", "clock"])
def test_looking_loads_neither_screens_nor_the_writers_library(
    ledger_path: Path, name: str
) -> None:
    assert not run_command(ledger_path, name) & (HEAVY | {"screens", "payforward.app"})


def test_the_ledger_alone_knows_no_terminal() -> None:
    loaded = modules_after("import sys, db.ledger, db.setup, payforward.demo")
    assert not loaded & {"textual", "rich", "click"}


@pytest.mark.parametrize("name", ["payforward", "db", "screens"])
def test_packages_are_those_of_this_checkout(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).parent == ROOT / name
