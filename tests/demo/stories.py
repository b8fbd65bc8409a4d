"""What holds of a demo's programs whenever its year ends and whatever its seed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from payforward.core.model import ProgramKind
from payforward.core.programs import Running
from payforward.demo.drives import COATS, TINS
from payforward.demo.house import SOUP
from payforward.demo.jar import BEDS
from payforward.demo.neighbours import SURPLUS, SURPLUS_UNITS

if TYPE_CHECKING:
    from db.ledger import Ledger
    from payforward.core.program_answers import HandedOver, ProgramState


def state_of(ledger: Ledger, name: str) -> ProgramState:
    """Return how a program of the demo stands."""
    return ledger.program_state(ledger.find_program(name).id)


def handovers_of(ledger: Ledger, name: str) -> tuple[HandedOver, ...]:
    """Return what left one of the demo's programs, the oldest first."""
    return ledger.handovers(program=ledger.find_program(name).id)[::-1]


def assert_programs_add_up(ledger: Ledger) -> None:
    """Assert that each program tells the story that it should."""
    today = ledger.today()
    kinds = [each.kind for each in ledger.programs()]
    assert kinds.count(ProgramKind.DRIVE) == 2
    assert {ProgramKind.FORWARD, ProgramKind.GIVEAWAY, ProgramKind.CHARITY} <= set(kinds)

    soup = state_of(ledger, SOUP).budget
    assert soup is not None
    assert soup.units == soup.used + soup.left == 20
    assert soup.left >= 3, "whoever looks at it can give some away"

    coats, parts = state_of(ledger, COATS), handovers_of(ledger, COATS)
    assert (coats.running, coats.collected, coats.waits) == (Running.ENDED, 43, ())
    assert [part.partner for part in parts] == ["Night shelter"] * 2
    assert sum(part.units for part in parts) == coats.delivered == 43
    assert all(part.units > 5 and part.amount_minor == 0 for part in parts)

    tins = state_of(ledger, TINS)
    assert (tins.running, tins.units, tins.delivered) == (Running.RUNNING, 23, 0)
    assert (tins.program.target, handovers_of(ledger, TINS)) == (60, ())

    jar, emptied = state_of(ledger, BEDS), handovers_of(ledger, BEDS)
    assert jar.units > 0
    assert jar.delivered == sum(each.amount_minor for each in emptied) > 5_000
    months = [(each.day.year, each.day.month) for each in emptied]
    assert len(set(months)) == len(months) >= 9, "once a month"

    (surplus,) = handovers_of(ledger, ledger.programs()[0].name)
    assert [(line.item.name, line.units) for line in surplus.lines] == [(SURPLUS, SURPLUS_UNITS)]
    assert surplus.amount_minor > 0
    assert surplus.partner == "Bar Centrale"

    newer, older = ledger.batches()
    assert (older.slips, older.used, older.left) == (10, 9, 1)
    assert newer.slips == newer.used + newer.left == 10
    assert newer.used > 0
    assert ledger.paper_owed() == ledger.paper_unconfirmed() == ()

    asked = ledger.asked()
    assert 20 <= len(asked) <= 120
    assert all(today - timedelta(days=366) <= note.day <= today for note in asked)
