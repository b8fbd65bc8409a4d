"""What the tests of the ledger share: a counter with a small menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.db.counter import Counter

if TYPE_CHECKING:
    from db.ledger import Ledger


@pytest.fixture
def counter(ledger: Ledger) -> Counter:
    """Return the counter of a shop with four items, on a Saturday, 17:40 UTC."""
    return Counter.with_menu(ledger)
