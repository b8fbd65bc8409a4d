"""``payforward`` alone and ``demo``: from the command line to the screens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from payforward import app, demo
from payforward.cli.boundary import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RunCommand


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, str, str | None, str | None]]:
    """Return what counters were shown: whether the ledger was there, till, cashier, banner."""
    seen: list[tuple[bool, str, str | None, str | None]] = []

    def run_counter(path: Path, *, till: str, cashier: str | None, banner: str | None) -> int:
        seen.append((path.exists(), till, cashier, banner))
        return 7

    monkeypatch.setattr(app, "run_counter", run_counter)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    return seen


def test_without_a_terminal_there_is_no_counter(command: RunCommand, ledger_path: Path) -> None:
    for arguments in ([], ["demo"], ["--till", "bar"]):
        ran = command(*arguments, "--ledger", ledger_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "The counter needs a terminal: 'payforward --help' lists the commands for scripts.\n"
        )


def test_alone_it_opens_the_counter(
    shown: list[tuple[bool, str, str | None, str | None]], ledger_path: Path
) -> None:
    assert run(["--ledger", str(ledger_path), "--till", "bar", "--cashier", "Ana"]) == 7
    assert shown == [(True, "bar", "Ana", None)]


def test_the_first_time_there_is_no_ledger_yet(
    shown: list[tuple[bool, str, str | None, str | None]], tmp_path: Path
) -> None:
    assert run(["--ledger", str(tmp_path / "new.db")]) == 7
    assert shown == [(False, "till 1", None, None)]


def test_a_demo_is_thrown_away(
    shown: list[tuple[bool, str, str | None, str | None]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Path] = []

    def make_demo(path: Path) -> None:
        path.write_text("a year")
        made.append(path)

    monkeypatch.setattr(demo, "make_demo", make_demo)
    assert run(["demo", "--cashier", "Ana", "--ledger", str(tmp_path / "mine.db")]) == 7
    ((was_there, _, cashier, banner),) = shown
    assert (was_there, cashier) == (True, "Ana")
    assert banner is not None
    assert len(banner) < 80 - 2
    assert "Nothing counts" in banner
    assert not made[0].exists()
    assert not (tmp_path / "mine.db").exists()
