"""What a test of scans may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from screens.scanning.watch import ScanWatch
from tests.screens.scanning.hands import Heard

if TYPE_CHECKING:
    from payforward.core.codes import Code


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Return what the app hears of scans, instead of its screens."""
    ears = Heard()

    def on_scan(app: ScanWatch[object], code: Code) -> None:
        ears.codes.append(code)

    def on_misread(app: ScanWatch[object]) -> None:
        ears.misread += 1

    monkeypatch.setattr(ScanWatch, "on_scan", on_scan)
    monkeypatch.setattr(ScanWatch, "on_misread", on_misread)
    return ears
