"""Ledgers for the screens, and pictures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from db.ledger import Ledger
from tests.screens.stage import fill_menu, live_a_day, refuse_renewal

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from payforward.core.model import Item
    from tests.conftest import FrozenClock


class TextFrame(SingleFileSnapshotExtension):
    """The lines of a screen in a file of their own, to be read in a diff."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


class Picture(SingleFileSnapshotExtension):
    """A screen as it looks."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture(autouse=True)
def nowhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in no country, whatever the machine's locale says."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def still(snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> SnapshotAssertion:
    """Return the pictures to compare with; nobody may renew them where nobody looks at them."""
    refuse_renewal(renewing=request.config.option.update_snapshots)
    return snapshot


@pytest.fixture
def text_frame(still: SnapshotAssertion) -> SnapshotAssertion:
    return still.use_extension(TextFrame)


@pytest.fixture
def picture(still: SnapshotAssertion) -> SnapshotAssertion:
    return still.use_extension(Picture)


@pytest.fixture
def menu(ledger_path: Path, clock: FrozenClock) -> dict[str, Item]:
    """Fill the ledger's menu; return the items by name, the fund too."""
    return fill_menu(ledger_path, clock)


@pytest.fixture
def busy_path(ledger_path: Path, clock: FrozenClock) -> Path:
    """Return the path of a ledger that has seen a day."""
    live_a_day(ledger_path, clock)
    return ledger_path


@pytest.fixture
def menu_of_busy(busy_path: Path, clock: FrozenClock) -> dict[str, Item]:
    """Return the busy ledger's items by name, the fund too."""
    with Ledger.open(busy_path, clock=clock) as ledger:
        return {item.name: item for item in [*ledger.items(), ledger.fund()]}
