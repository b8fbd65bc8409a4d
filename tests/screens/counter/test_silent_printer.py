"""A printer that takes slips and says nothing: the next gift asks whether the last one came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.printers import PrinterKind
from tests.output.fake_printer import FakePrinter
from tests.screens.counter.test_slip_gifts import newest, sees
from tests.screens.scanning.hands import type_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.ledger import Ledger
    from tests.screens.counter.conftest import At, AtCounter

WENT = "Thank you. 1 Latte on a slip; it went to the printer."
ASKS = "Did the last slip print?"


@pytest.fixture
def printer(other_till: Ledger) -> Iterator[FakePrinter]:
    """Return the shop's printer, which takes all that comes."""
    with FakePrinter() as fake:
        other_till.add_printer("Bar", PrinterKind.NETWORK, fake.address)
        yield fake


async def all_at_once(at: At, text: str) -> None:
    """Type a line and its Enter before anything can be read."""
    await type_at(at.app, text, 0)
    await at.settle()


async def test_the_sentence_says_that_the_printer_has_it(
    at_counter: AtCounter, printer: FakePrinter
) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter")
        assert await sees(at, WENT)
    assert len(printer.papers()) == 1


async def test_each_gift_asks_about_the_slip_before(
    at_counter: AtCounter, printer: FakePrinter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash")
        assert not at.sees(ASKS)
        await at.keys("enter")
        for _ in range(2):
            assert await sees(at, WENT)
            asked = newest(other_till).slip
            await at.keys("plus", "l", "a", "slash")
            assert at.sees(f"Give 1 Latte on a slip, €3.60, cash? {ASKS}")
            await at.keys("enter")
            assert await at.until(lambda: newest(other_till).slip > asked, 5)  # noqa: B023
            assert asked not in {each.slip for each in other_till.paper_unconfirmed()}
        assert await sees(at, WENT)
    assert len(printer.papers()) == 3


async def test_an_enter_typed_ahead_answers_no_question(
    at_counter: AtCounter, printer: FakePrinter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter")
        assert await sees(at, WENT)
        await all_at_once(at, "+so\r")
        assert await sees(at, "Thank you. 1 Soup of the day")
        # It was given; of the slip still nobody knows.
        assert [each.slip for each in other_till.paper_unconfirmed()] == [newest(other_till).slip]
        await at.keys("plus", "s", "o")
        assert at.sees(ASKS)
        await at.keys("enter")
        assert other_till.paper_unconfirmed() == ()
    assert len(printer.papers()) == 1
