"""A unit is redeemed once, by whoever asks; the others hear a clear sentence, never "locked"."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from payforward.core.ids import new_action_id
from tests.faults.conftest import assert_whole, opened

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.faults.conftest import StartTills

TILLS = 8


def test_the_last_unit_goes_to_one_of_eight(
    path: Path, start_tills: StartTills, full: bool
) -> None:
    rounds = 1000 if full else 40
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        latte = counter.item("Latte").id
        for _ in range(rounds):
            counter.give("Latte")
            at = time.monotonic() + 0.01
            for till in tills:
                till.order(do="redeem", action=new_action_id(), item=latte, at=at)
            said = [till.hear() for till in tills]
            assert sorted("done" in each for each in said) == [False] * (TILLS - 1) + [True]
            others = [each for each in said if "done" not in each]
            assert {each["refused"] for each in others} == {"nothing-waiting"}
            assert {each["message"] for each in others} == {
                "No Latte waiting, and nothing else is: the next gift will be."
            }
        assert counter.waiting("Latte") == 0
    assert_whole(path)


def test_one_action_asked_by_eight_is_done_once(
    path: Path, start_tills: StartTills, full: bool
) -> None:
    """A retry from another till, at the same instant: all hear that it was done."""
    rounds = 250 if full else 10
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        latte = counter.item("Latte").id
        counter.give("Latte", rounds + 5)
        for number in range(1, rounds + 1):
            action, at = new_action_id(), time.monotonic() + 0.01
            for till in tills:
                till.order(do="redeem", action=action, item=latte, at=at)
            said = [till.hear() for till in tills]
            assert {each.get("done") for each in said} == {action}
            assert sorted(each["repeated"] for each in said) == [False] + [True] * (TILLS - 1)
            assert counter.waiting("Latte") == 5 + rounds - number
    assert_whole(path)


def test_eight_tills_with_human_pauses_never_wait_long(
    path: Path,
    start_tills: StartTills,
    full: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    seconds = 60 if full else 8
    tills = start_tills(path, TILLS)
    for number, till in enumerate(tills):
        till.order(do="live", seed=number, seconds=seconds, pause=[0.2, 1.5])
    took: list[float] = []
    for till in tills:
        while "lived" not in (answer := till.hear()):
            assert answer.get("refused", "nothing-waiting") == "nothing-waiting", answer
            took += [answer["seconds"]] if "seconds" in answer else []
    took.sort()
    p99 = took[int(len(took) * 0.99)]
    with capsys.disabled():
        print(f"\n{len(took)} actions at {TILLS} tills: p99 {p99 * 1000:.0f} ms, ", end="")
        print(f"longest {took[-1] * 1000:.0f} ms")
    assert len(took) > TILLS * seconds / 1.5
    assert p99 < 2
    assert_whole(path)
