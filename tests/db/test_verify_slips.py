"""Rows that someone added while the guards were off, on slips and beside them, are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from tests.db.counter import Counter, code_of
from tests.db.forger import Row, rewrite, unguarded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import FrozenClock

NEW_CODE = b"\3" * 32
SERVED = {"served": 1, "served_item": 2, "list_price_minor": 0}


@pytest.fixture
def copy(counter: Counter) -> Path:
    """Return a ledger with a slip of two lattes, used by half and replaced, and one handed out."""
    gift = counter.give("Latte", 2, voucher=True)
    counter.redeem_slip(code_of(gift))
    assert gift.slip is not None
    counter.replace(gift.slip)
    counter.give("Tea", 3)
    counter.hand_out("Tea")
    counter.assert_sound()
    return counter.ledger.path


def _problems(path: Path, clock: FrozenClock) -> str:
    with Ledger.open(path, clock=clock) as ledger:
        return "\n".join(ledger.verify().problems)


def _added(**facts: Any) -> Callable[[list[Row]], list[Row]]:
    """Return what adds an entry to the book of the first slip."""

    def change(rows: list[Row]) -> list[Row]:
        last = [row for row in rows if row["book"] == 1][-1]
        bare = dict.fromkeys(("served", "served_item", "list_price_minor", "tender", "code"))
        new = {"no": rows[-1]["no"] + 1, "seq": last["seq"] + 1, "action": "f" * 36, "line": 1}
        return [*rows, {**last, **bare, "undoes": None, **new, **facts}]

    return change


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "redeem", "units": 5, **SERVED},
        {"kind": "refund", "units": 5, "tender": "cash"},
        {"kind": "gift", "units": 5},
        {"kind": "replace", "units": 0},
        {"kind": "replace", "units": 5, "code": NEW_CODE},
        {"kind": "give", "units": 1, "tender": "bitcoin"},
        {"kind": "redeem", "units": -1},
    ],
    ids=str,
)
def test_an_entry_that_no_guard_would_have_let_in_is_found(
    copy: Path, clock: FrozenClock, facts: Row
) -> None:
    """All totals, the chain and the head fit, and the guards are back."""
    with unguarded(copy) as connection:
        rewrite(connection, _added(**facts), totals=True)
    assert "has not the shape of a" in _problems(copy, clock)


def test_an_undo_of_what_cannot_be_undone_is_found(copy: Path, clock: FrozenClock) -> None:
    def change(rows: list[Row]) -> list[Row]:
        for row in rows:
            if row["kind"] == "hand_out":
                row["kind"] = "expire"
        moved = [row for row in rows if row["kind"] == "expire"]
        seqs = {row["book"]: row["seq"] for row in rows}
        for line, row in enumerate(reversed(moved), start=1):
            undo = {"no": rows[-1]["no"] + 1, "seq": seqs[row["book"]] + 1, "line": line}
            undo |= {"undoes": row["no"], "units": -row["units"], "action": "f" * 36}
            rows.append({**row, **undo, "code": None})
        return rows

    with unguarded(copy) as connection:
        rewrite(connection, change, totals=True)
    assert "does not mirror entry" in _problems(copy, clock)


def test_a_new_code_that_owed_no_paper_is_found(copy: Path, clock: FrozenClock) -> None:
    with unguarded(copy) as connection:
        added = _added(kind="replace", units=0, code=NEW_CODE)
        rewrite(connection, added, totals=True)
    assert _problems(copy, clock) == "1 slips have another number of papers than of codes"


@pytest.mark.parametrize(
    "statement",
    [
        """
        INSERT INTO outbox
        SELECT shop, 99, form, subject, till, 'pending', 0, made_at, NULL, NULL, NULL
        FROM outbox
        WHERE job = 1
        """,
        "UPDATE outbox SET state = 'pending'",
        "UPDATE outbox SET subject = 1",
        "DELETE FROM outbox WHERE job = 1",
        "DELETE FROM outbox",
    ],
    ids=["added", "reopened", "turned", "deleted", "emptied"],
)
def test_papers_that_someone_else_queued_or_took_are_found(
    copy: Path, clock: FrozenClock, statement: str
) -> None:
    with unguarded(copy) as connection:
        connection.execute(statement)
    assert "slips have another number of papers than of codes" in _problems(copy, clock)
