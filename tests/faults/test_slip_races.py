"""A slip pays once, whichever of eight tills is quickest; the others hear when and where."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from tests.db.counter import code_of, raw
from tests.faults.conftest import assert_whole, opened

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.codes import Code
    from tests.faults.conftest import StartTills, Till

TILLS = 8


def _scan_at_once(
    tills: list[Till], code: Code, units: int = 1, action: str | None = None
) -> list[dict[str, Any]]:
    """Let all tills scan one slip at one instant, and return what each said."""
    at = time.monotonic() + 0.01
    for till in tills:
        own = action or new_action_id()
        till.order(do="scan", action=own, code=code.letters, units=units, at=at)
    return [till.hear() for till in tills]


def test_a_slip_pays_at_one_of_eight(path: Path, start_tills: StartTills, full: bool) -> None:
    rounds = 1000 if full else 20
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        for _ in range(rounds):
            given = counter.give("Latte", voucher=True)
            before = datetime.now(UTC)
            said = _scan_at_once(tills, code_of(given))
            winners = [till.name for till, each in zip(tills, said, strict=True) if "done" in each]
            assert len(winners) == 1, said
            for each in said:
                if "done" in each:
                    continue
                assert (each["refused"], each["message"]) == (
                    "slip-used",
                    "This slip has been used.",
                )
                assert (each["slip"], each["slip_till"]) == (given.slip, winners[0])
                used_at = datetime.fromisoformat(each["slip_at"])
                assert (used_at - before).total_seconds() > -0.01
                assert used_at <= datetime.now(UTC)
            assert counter.ledger.slip(given.gift).state is SlipState.USED
            assert counter.ledger.slip(given.gift).ended_till == winners[0]
    assert_whole(path)


def test_of_three_on_a_slip_three_are_served(
    path: Path, start_tills: StartTills, full: bool
) -> None:
    rounds = 200 if full else 8
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        for _ in range(rounds):
            given = counter.give("Latte", 3, paid=1000, voucher=True)
            said = _scan_at_once(tills, code_of(given))
            done = [each for each in said if "done" in each]
            assert sum(each["amount_minor"] for each in done) == 1000
            assert len(done) == 3
            assert {each.get("refused") for each in said} == {None, "slip-used"}
    assert_whole(path)


def test_one_scan_asked_by_eight_is_done_once(
    path: Path, start_tills: StartTills, full: bool
) -> None:
    rounds = 200 if full else 8
    tills = start_tills(path, TILLS)
    with opened(path) as counter:
        for _ in range(rounds):
            given = counter.give("Latte", 2, voucher=True)
            action = new_action_id()
            said = _scan_at_once(tills, code_of(given), action=action)
            assert {each.get("done") for each in said} == {action}
            assert sorted(each["repeated"] for each in said) == [False] + [True] * (TILLS - 1)
            assert counter.ledger.slip(given.gift).left == 1
    assert_whole(path)


def test_eight_tills_make_one_pepper(path: Path, start_tills: StartTills, full: bool) -> None:
    """The first gifts of a shop, at one instant: every code can be read afterwards."""
    kept = path.read_bytes()
    for _ in range(50 if full else 3):
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()
        path.write_bytes(kept)
        tills = start_tills(path, TILLS)
        with opened(path) as counter:
            latte = counter.item("Latte").id
            at = time.monotonic() + 0.05
            for till in tills:
                till.order(do="give", action=new_action_id(), item=latte, voucher=True, at=at)
            assert all("done" in till.hear() for till in tills)
            for till in tills:
                till.close()
            assert len(counter.ledger.slips()) == TILLS
            for slip in counter.ledger.slips():
                code = code_of(counter.replace(slip.slip))
                assert counter.redeem_slip(code).units == 1
        with raw(path) as connection:
            assert connection.execute("SELECT count(*) FROM pepper").fetchone() == (1,)
        assert_whole(path)
