"""What a counter is told of a batch on its way to the printer."""

from __future__ import annotations

from payforward.core.paper import PaperState
from payforward.output.press import Outcome
from screens.batches import told

OUT = tuple(Outcome(PaperState.SENT, slip) for slip in (1, 2, 3))
WHY = "The printer is out of paper: put a new roll in, then print again."


def test_slips_are_counted_and_not_their_list() -> None:
    assert told(OUT, 3) == "3 slips went to the printer."
    assert told((*OUT, Outcome(PaperState.SENT)), 3) == "3 slips went to the printer."


def test_slips_that_wait_say_why() -> None:
    waits = Outcome(PaperState.PENDING, 3, WHY, "no-paper")
    assert told((*OUT[:2], waits), 3) == f"2 of 3 went to the printer. {WHY}"


def test_a_list_that_did_not_come_out_says_why() -> None:
    lost = Outcome(PaperState.DROPPED, None, WHY, "no-paper")
    said = told((*OUT, lost), 3)
    assert said == f"3 slips went to the printer. The list to sign did not: {WHY}"
