"""Whatever is forged about slips is found: their codes, their books, what stands beside them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from db.chain import hash_of
from db.replay_slips import SlipsReplayed
from payforward.core.model import Kind
from tests.db.counter import code_of, raw
from tests.db.forger import Row, rewrite, unguarded

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.db.counter import Counter


@pytest.fixture
def lived(counter: Counter) -> Counter:
    """Return a counter after some life of slips: 1 used, 3 replaced, 5 handed out with 6."""
    code = code_of(counter.give("Latte", voucher=True))
    counter.redeem_slip(code)
    given = counter.give("Tea", voucher=True)
    counter.replace(given.gift)
    counter.give("Latte", 2)
    counter.hand_out("Latte", 2)
    counter.assert_sound()
    return counter


def problems(counter: Counter) -> str:
    return "\n".join(counter.ledger.verify().problems)


def _begins(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["slip"] == row["no"]]


def _no_code(rows: list[Row]) -> list[Row]:
    _begins(rows)[1]["code"] = None
    return rows


def _code_on_a_redemption(rows: list[Row]) -> list[Row]:
    next(row for row in rows if row["kind"] == Kind.REDEEM)["code"] = b"x" * 32
    return rows


def _code_on_the_board(rows: list[Row]) -> list[Row]:
    next(row for row in rows if row["place"] == "board")["code"] = b"x" * 32
    return rows


def _code_for_a_used_slip(rows: list[Row]) -> list[Row]:
    used = dict(rows[1])
    used |= {"units": 0, "kind": "replace", "seq": 3, "code": b"x" * 32, "no": len(rows) + 1}
    used |= {"served": None, "served_item": None, "list_price_minor": None, "balance": 0}
    used |= {"action": "0" * 36, "day": rows[-1]["day"]}
    return [*rows, used]


def _into_another_slip(rows: list[Row]) -> list[Row]:
    """The second slip of a hand-out swallows a book of an action before it."""
    first, second = _begins(rows)[2:]
    second["slip"] = _begins(rows)[1]["no"]
    second["code"] = None
    assert first["action"] == second["action"]
    return rows


def _another_last_day(rows: list[Row]) -> list[Row]:
    first, second = _begins(rows)[2:]
    second |= {"slip": first["no"], "code": None, "expires": "2030-01-01"}
    return rows


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_no_code, "entry 3: begins a slip without a code"),
        (_code_on_a_redemption, "entry 2: bears a code, though it issues none"),
        (_code_on_the_board, "entry 5: bears a code, though it issues none"),
        (_code_for_a_used_slip, "gives slip 1 a new code, but nothing is left on it"),
        (_into_another_slip, "opens a book of slip 3 with another action"),
        (_another_last_day, "opens a book of slip 7 with another expires"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_forged_slip_is_found_though_all_adds_up(
    lived: Counter, change: Callable[[list[Row]], list[Row]], said: str
) -> None:
    with unguarded(lived.ledger.path) as connection:
        rewrite(connection, change, totals=True)
    assert said in problems(lived)


def test_a_code_that_two_slips_bear_is_found(lived: Counter) -> None:
    """The file refuses it, as long as its index is whole."""
    first, second = (lived.ledger.gift(number).entries[0].entry for number in (1, 3))
    found: list[str] = []
    slips = SlipsReplayed(lambda entry, what: found.append(f"{entry.no} {what}"))
    slips.step(first)
    slips.step(second._replace(code=first.code))
    assert found == ["3 bears the code of entry 1"]
    with raw(lived.ledger.path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE receipt SET code = (SELECT max(code) FROM receipt)")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE receipt SET gift = 2 WHERE gift = 1", "1 receipts are of no gift"),
        ("UPDATE receipt SET gift = 99 WHERE gift = 1", "a row of receipt names a entry"),
        (
            "UPDATE receipt SET code = (SELECT code FROM entry WHERE no = 1) WHERE gift = 1",
            "1 receipts bear the code of a slip",
        ),
        ("DELETE FROM pepper", "8 codes were issued, but the mark of their pepper is missing"),
        ("UPDATE pepper SET pepper = 3", "2 marks of peppers are missing"),
        ("UPDATE outbox SET subject = 2 WHERE job = 1", "1 papers are owed to entries that owe"),
        ("UPDATE outbox SET subject = 99 WHERE job = 1", "a row of outbox names a entry"),
        ("UPDATE waiting SET slip = 7 WHERE slip = 3", "what waits is not what the books hold"),
    ],
)
def test_what_stands_beside_the_entries_is_proved_too(
    lived: Counter, statement: str, said: str
) -> None:
    with unguarded(lived.ledger.path) as connection:
        connection.execute(statement)
    assert said in problems(lived)


def test_a_changed_code_breaks_the_chain(lived: Counter) -> None:
    with unguarded(lived.ledger.path) as connection:
        connection.execute("UPDATE entry SET code = zeroblob(32) WHERE no = 3")
    assert "entry 3: was changed after it was written" in problems(lived)


def test_the_code_is_in_the_chain_and_not_its_letters(lived: Counter) -> None:
    (view, *_) = lived.ledger.gift(1).entries
    assert view.entry.code is not None
    assert len(view.entry.code) == 32
    assert hash_of(view.entry._replace(code=bytes(32))) != view.entry.hash
