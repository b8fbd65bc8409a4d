"""The real command on a day of the test's choosing.

python -m tests.cli.at 2026-11-23T12:00+00:00 giveaway soup
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from payforward.__main__ import main
from payforward.core.clock import SystemClock

if TYPE_CHECKING:
    import pytest


def run() -> int:
    """Set the machine's clock to the first argument, and run the command that follows."""
    at = datetime.fromisoformat(sys.argv[1])
    setattr(SystemClock, "now", lambda _clock: at)  # noqa: B010 - as a test's monkeypatch does
    sys.argv = ["payforward", *sys.argv[2:]]
    return main()


def set_clock(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Set the clock of commands in this process to noon of a day; UTC."""
    at = datetime.fromisoformat(f"{day}T12:00+00:00")
    monkeypatch.setattr(SystemClock, "now", lambda _clock: at)


if __name__ == "__main__":
    sys.exit(run())
