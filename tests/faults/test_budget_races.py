"""A budget is never exceeded and never opened twice, whichever of eight tills is quickest."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from payforward.core.ids import new_action_id
from payforward.core.model import Kind, ProgramKind
from payforward.core.programs import Period, Program
from tests.db.counter import raw
from tests.faults.conftest import assert_whole, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.conftest import StartTills, Till

TILLS = 8


def _serve_at_once(tills: list[Till], item: int, program: int, units: int) -> list[dict[str, Any]]:
    at = time.monotonic() + 0.01
    for till in tills:
        action = new_action_id()
        till.order(do="give_away", action=action, item=item, program=program, units=units, at=at)
    return [till.hear() for till in tills]


@pytest.mark.parametrize("units", [1, 2])
def test_the_last_units_of_a_budget_go_to_the_quickest(
    path: Path, start_tills: StartTills, full: bool, units: int
) -> None:
    """Each round the shop adds five servings, and eight tills ask for one or two each."""
    rounds = 1000 if full else 25
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        ledger, tea = counter.ledger, counter.item("Tea").id
        program = ledger.add_program(
            Program(
                name="Free tea",
                kind=ProgramKind.GIVEAWAY,
                budget_units=5,
                budget_period=Period.MONTH,
            )
        )
        for _ in range(rounds):
            budget = ledger.program_state(program.id).budget
            assert budget is not None
            said = _serve_at_once(tills, tea, program.id, units)
            winners = sum("done" in each for each in said)
            assert winners == budget.left // units, said
            assert {each["refused"] for each in said if "done" not in each} == {"over-budget"}
            after = ledger.program_state(program.id).budget
            assert after is not None
            assert (after.units, after.used, after.left) == (
                budget.units,
                budget.used + winners * units,
                budget.left - winners * units,
            )
            more = replace(program, budget_units=after.units + 5)
            program = ledger.change_program(more)
    assert_whole(path)


def test_a_budget_is_opened_by_one_of_eight(
    path: Path, start_tills: StartTills, full: bool
) -> None:
    """The first servings of a period: whoever asks opens its budget, once."""
    rounds = 100 if full else 8
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        tea = counter.item("Tea").id
        for number in range(rounds):
            added = counter.ledger.add_program(
                Program(name=f"House {number}", kind=ProgramKind.GIVEAWAY)
            )
            # Decided, and not opened: as every morning finds it.
            with raw(path) as connection:
                connection.execute(
                    "UPDATE program SET budget_units = 3, budget_period = 'day' WHERE program = ?",
                    (added.id,),
                )
            said = _serve_at_once(tills, tea, added.id, 1)
            assert sum("done" in each for each in said) == 3, said
            with raw(path) as connection:
                rows = connection.execute(
                    "SELECT kind, sum(units) FROM entry WHERE program = ? GROUP BY kind",
                    (added.id,),
                ).fetchall()
            assert dict(rows) == {Kind.BUDGET: 3, Kind.REDEEM: -3}
    assert_whole(path)
