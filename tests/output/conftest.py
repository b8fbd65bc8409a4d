"""What the tests of papers share: a counter with a small menu, made fast."""

from __future__ import annotations

from tests.db.conftest import counter, template

__all__ = ["counter", "template"]
