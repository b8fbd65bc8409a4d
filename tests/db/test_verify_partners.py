"""Who covers up what went to partners is found, though the totals were made to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.db.counter import raw
from tests.db.forger import Row, rewrite, unguarded

if TYPE_CHECKING:
    from tests.db.counter import Counter
    from tests.db.held import Winter


@pytest.fixture
def lived(counter: Counter, winter: Winter) -> Counter:
    """Return a shop that delivered coats and a jar's money, passed surplus on and took some back.

    Entries 1 to 4 bring in, 5 and 6 are one delivery, 7 to 9 are a jar's, 10 to 13 surplus.
    """
    counter.collect(winter.drive, winter.small, 3)
    counter.collect(winter.drive, winter.large, 2)
    counter.give("Latte", 3, paid=1000)
    counter.deliver(winter.drive, winter.shelter, (winter.small, 3), (winter.large, 1))
    counter.give_money(500, program=winter.jar)
    counter.undo(counter.deliver(winter.jar, winter.school).action, 200)
    counter.undo(counter.pass_on("Latte", 3, winter.shelter).action, 2)
    counter.note_asked("Tea")
    counter.assert_sound()
    return counter


def forged(counter: Counter, no: int, **facts: Any) -> tuple[str, ...]:
    """Return what is found after an entry was changed, and all after it made to fit."""

    def change(rows: list[Row]) -> list[Row]:
        rows[no - 1] |= facts
        return rows

    with unguarded(counter.ledger.path) as connection:
        rewrite(connection, change, totals=True)
    return counter.ledger.verify().problems


def kinds(counter: Counter) -> list[str]:
    with raw(counter.ledger.path) as connection:
        return [row[0] for row in connection.execute("SELECT kind FROM entry ORDER BY no")]


def test_the_entries_are_those_that_the_tests_name(lived: Counter) -> None:
    assert kinds(lived) == [
        *("give", "give", "give", "give"),
        *("deliver", "deliver"),
        *("give", "deliver", "deliver"),
        *("pass_on", "pass_on", "pass_on", "pass_on"),
    ]


@pytest.mark.parametrize(
    ("no", "facts", "problem"),
    [
        (8, {"partner": None}, "1 entries deliver something to nobody"),
        (
            9,
            {"partner": 1},
            "1 entries take back from one partner what went to another",
        ),
        (6, {"partner": 2}, "1 manifests are of several partners or tenders"),
        (11, {"tender": "card"}, "1 manifests are of several partners or tenders"),
        # More than was collected; made of goods that are worth something; of another drive.
        (5, {"units": -4}, "entry 5: "),
        (6, {"kind": "pass_on"}, "program 2 is drive, but has entries of kind pass_on"),
        (10, {"kind": "deliver"}, "program 1 is forward, but has entries of kind deliver"),
        (5, {"tender": "cash"}, "entry 5: has not the shape of a deliver"),
        (8, {"tender": None, "unit_minor": 0}, "changes the unit_minor of book 7"),
    ],
)
def test_a_delivery_that_cannot_be_is_found(
    lived: Counter, no: int, facts: dict[str, Any], problem: str
) -> None:
    problems = forged(lived, no, **facts)
    assert any(problem in each for each in problems), problems


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "UPDATE asked SET item = (SELECT min(item) FROM item WHERE kind = 'goods')",
            "1 notes of what was asked for are of nothing that was on the menu",
        ),
        ("UPDATE asked SET till = 99", "file: a row of asked names a till that is not there"),
    ],
)
def test_a_note_that_cannot_be_is_found(lived: Counter, change: str, problem: str) -> None:
    with unguarded(lived.ledger.path) as connection:
        connection.execute(change)
    assert problem in lived.ledger.verify().problems


def test_deliveries_to_several_partners_stay_sound(lived: Counter, winter: Winter) -> None:
    """Several deliveries on one day, to several partners, and some of them back."""
    for partner in (winter.shelter, winter.school):
        lived.collect(winter.drive, winter.tin, 2)
        out = lived.deliver(winter.drive, partner, (winter.tin, 2))
        lived.undo(out.action, 1)
    lived.assert_sound()
