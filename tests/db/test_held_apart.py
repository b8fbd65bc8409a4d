"""What is held for partners: charities' money, and nothing of it on the board or paid from."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.append import Line
from db.drives import DELIVERED_BY_PROGRAM
from db.ledger import Ledger
from db.manifests import DELIVERED_BEFORE, TAKEN_BACK
from db.pools import HELD_BY_PROGRAMS
from db.setup import create_ledger
from payforward.core.asks import Give, HandOut, PassOn, Redeem
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, PaidFrom, Place, ProgramKind, TaxKind, Tender
from payforward.core.programs import Program
from tests.db.counter import Counter, hurried
from tests.db.held import FORWARD, Winter, append, assert_stories_add_up, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import FrozenClock


@pytest.fixture(autouse=True)
def _sound_after(counter: Counter) -> Iterator[None]:
    yield
    counter.assert_sound()
    assert_stories_add_up(counter)


# -- jars -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "amounts", "part"),
    [("EUR", (1250, 20, 999), 1260), ("JPY", (500, 1, 1000), 501), ("KWD", (1250, 5, 10_000), 9)],
)
def test_a_jar_passes_through_to_the_cent(
    tmp_path: Path, clock: FrozenClock, code: str, amounts: tuple[int, ...], part: int
) -> None:
    path = tmp_path / "jar.db"
    create_ledger(path, shop="Rosa's Café", currency=code, timezone="UTC", clock=clock)
    with Ledger.open(path, clock=clock) as ledger:
        counter = Counter.with_menu(hurried(ledger))
        jar = ledger.add_program(Program(name="Lifeboats", kind=ProgramKind.CHARITY)).id
        boats = ledger.add_partner("Lifeboats").id
        money = ledger.fund().id
        counter.give_money(7000)
        gifts = [counter.give_money(amount, program=jar) for amount in amounts]
        total = sum(amounts)
        assert [gift.waiting for gift in gifts] == [sum(amounts[: n + 1]) for n in range(3)]
        too_much = refused(counter, lambda: counter.deliver(jar, boats, (money, total + 1)))
        assert too_much.reason == "more-than-collected"
        out = counter.deliver(jar, boats, (money, part), tender=Tender.CARD)
        assert (out.units, out.amount_minor, out.left) == (part, part, total - part)
        assert (out.tender, [line.item.id for line in out.lines]) == (Tender.CARD, [money])
        assert [ledger.gift(g.gift).delivered for g in gifts] == _oldest_first(amounts, part)
        assert counter.fund() == 7000
        # A receipt tells it from the next day on.
        receipt = gifts[0].receipt
        assert receipt is not None
        assert ledger.look_up(receipt).enjoyed == 0  # type: ignore[union-attr]
        clock.forward(days=1)
        assert ledger.look_up(receipt).enjoyed == min(part, amounts[0])  # type: ignore[union-attr]
        rest = counter.deliver(jar, boats)
        assert (rest.amount_minor, rest.left) == (total - part, 0)
        undone = counter.undo(rest.action, 1)
        assert (undone.amount_minor, undone.waiting, undone.tender) == (1, 1, Tender.CASH)
        back = counter.refund(gifts[-1].gift)
        assert (back.amount_minor, back.waiting, back.tender) == (1, 0, Tender.CASH)
        assert ledger.program_state(jar).delivered == total - 1
        counter.assert_sound()
        assert_stories_add_up(counter)


def _oldest_first(amounts: tuple[int, ...], part: int) -> list[int]:
    taken = []
    for amount in amounts:
        taken.append(min(amount, part))
        part -= taken[-1]
    return taken


def test_two_jars_hold_their_own_money(counter: Counter, winter: Winter) -> None:
    other = counter.ledger.add_program(Program(name="Hospice", kind=ProgramKind.CHARITY)).id
    counter.give_money(500, program=winter.jar)
    counter.give_money(300, program=other)
    no = refused(
        counter,
        lambda: counter.deliver(other, winter.school, (counter.ledger.fund().id, 301)),
    )
    assert no.message == ("Hospice holds €3.00, not €3.01: deliver at most what is there.")
    assert counter.deliver(other, winter.school).amount_minor == 300
    assert counter.ledger.program_state(winter.jar).units == 500


def test_a_jar_s_money_leaves_by_a_tender_of_today(counter: Counter, winter: Winter) -> None:
    given = counter.give_money(500, program=winter.jar, tender=Tender.OPENING)
    no = refused(counter, lambda: counter.deliver(winter.jar, winter.school, tender=Tender.OPENING))
    assert no.reason == "bad-tender"
    assert counter.refund(given.gift, 100).tender is Tender.CASH


def test_a_jar_that_has_ended_is_still_handed_over(
    counter: Counter, winter: Winter, clock: FrozenClock
) -> None:
    given = counter.give_money(500, program=winter.jar)
    jar = counter.ledger.program_state(winter.jar).program
    counter.ledger.change_program(replace(jar, ends_on=date(2026, 11, 21)))
    clock.forward(days=1)
    assert counter.refund(given.gift, 100).waiting == 400
    assert counter.deliver(winter.jar, winter.school).amount_minor == 400


# -- held apart -------------------------------------------------------------------------------


def test_nothing_that_is_held_is_on_the_board(counter: Counter, winter: Winter) -> None:
    counter.collect(winter.drive, winter.small, 5)
    given = counter.give_money(5000, program=winter.jar)
    board = counter.ledger.board()
    assert (board.rows, board.money_minor) == ((), 0)
    assert counter.ledger.offers(counter.item("Latte").id) == []
    assert given.waiting == 5000
    assert counter.give_money(100).waiting == 100
    states = {each.program.id: each.units for each in counter.ledger.board().programs}
    assert states == {FORWARD: 100, winter.drive: 5, winter.jar: 5000}


def test_nothing_that_is_held_pays_or_leaves_otherwise(counter: Counter, winter: Winter) -> None:
    ledger = counter.ledger
    coats = counter.collect(winter.drive, winter.small, 5)
    given = counter.give_money(5000, program=winter.jar)
    coat, money, latte = winter.small, ledger.fund().id, counter.item("Latte").id
    acts: list[tuple[Callable[[str], object], str]] = [
        (lambda a: ledger.give(Give(action=a, item=coat, units=1)), "not-giftable"),
        (
            lambda a: ledger.give(Give(action=a, item=coat, units=1, program=winter.drive)),
            "not-giftable",
        ),
        (lambda a: ledger.redeem(Redeem(action=a, item=coat)), "not-served"),
        (
            lambda a: ledger.redeem(Redeem(action=a, item=latte, paid_from=PaidFrom.FUND)),
            "nothing-waiting",
        ),
        (
            lambda a: ledger.redeem(
                Redeem(action=a, item=latte, paid_from=PaidFrom.FUND, program=winter.jar)
            ),
            "unknown-program",
        ),
        (lambda a: ledger.hand_out(HandOut(action=a, item=coat)), "nothing-waiting"),
        (
            lambda a: ledger.hand_out(HandOut(action=a, item=money, units_each=100)),
            "nothing-waiting",
        ),
        (lambda _: counter.make_slip(coats.gift), "enjoyed"),
        (lambda _: counter.make_slip(given.gift), "enjoyed"),
        (
            lambda a: ledger.pass_on(PassOn(action=a, item=coat, partner=winter.shelter)),
            "nothing-waiting",
        ),
        (
            lambda a: ledger.pass_on(PassOn(action=a, item=money, partner=winter.shelter)),
            "nothing-waiting",
        ),
        (
            lambda a: ledger.pass_on(
                PassOn(action=a, item=money, partner=winter.shelter, program=winter.jar)
            ),
            "unknown-program",
        ),
        (
            lambda a: ledger.give(
                Give(action=a, item=money, units=10, program=winter.jar, voucher=True)
            ),
            "bad-slip",
        ),
    ]
    for act, reason in acts:
        assert refused(counter, lambda: act(new_action_id())).reason == reason  # noqa: B023


# What nobody can ask of the ledger, asked of the file itself.
def _line(kind: Kind, book: int, **facts: object) -> Line:
    return Line(kind=kind, units=-1, book=book, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("of", ["coats", "jar"])
@pytest.mark.parametrize(
    "kind", [Kind.REDEEM, Kind.PASS_ON, Kind.HAND_OUT, Kind.TAKE_BACK, Kind.EXPIRE, Kind.LAPSE]
)
def test_the_file_lets_nothing_that_is_held_out_otherwise(
    counter: Counter, winter: Winter, kind: Kind, of: str
) -> None:
    coats = counter.collect(winter.drive, winter.small, 5).gift
    jar = counter.give_money(500, program=winter.jar).gift
    served = {"served_item": winter.small, "served": 1, "list_price_minor": 0}
    line = _line(kind, coats if of == "coats" else jar, **(served if kind is Kind.REDEEM else {}))
    _file_refuses(counter, line, "not of its program's kind")


def test_the_file_lets_no_gift_be_delivered_nor_held(counter: Counter, winter: Winter) -> None:
    gift = counter.give("Latte", 3).gift
    out = _line(Kind.DELIVER, gift, partner=winter.shelter, tender=Tender.CASH)
    _file_refuses(counter, out, "not of its program's kind")
    money = Line(
        kind=Kind.GIVE,
        units=5,
        item=counter.ledger.fund().id,
        unit_minor=1,
        tender=Tender.CASH,
        tax_kind=TaxKind.MULTI_PURPOSE,
    )
    for place, program in ((Place.HELD, FORWARD), (Place.BOARD, winter.jar)):
        misplaced = replace(money, place=place, program=program)
        _file_refuses(counter, misplaced, "does not fit its program or item")


def _file_refuses(counter: Counter, line: Line, why: str) -> None:
    before = counter.facts()
    with pytest.raises(sqlite3.IntegrityError, match=why):
        append(counter, line)
    assert counter.facts() == before


# -- cost -------------------------------------------------------------------------------------


def test_deliveries_are_found_without_reading_the_history(counter: Counter) -> None:
    parameters = {"shop": 1, "program": 2, "partner": 1, "action": ""}
    for statement, wanted in (
        (DELIVERED_BEFORE, ["USING INDEX entry_delivered (shop=? AND program=?)"]),
        (DELIVERED_BY_PROGRAM, ["USING INDEX entry_delivered (shop=? AND program=? AND no>?)"]),
        (TAKEN_BACK, ["(shop=? AND action=?)", "(shop=? AND book=? AND undoes=?)"]),
        (HELD_BY_PROGRAMS, ["entry_pool (shop=? AND program=? AND item>?)"]),
    ):
        rows = counter.ledger._file.read(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = " ".join(row["detail"] for row in rows)
        for part in wanted:
            assert part in plan, plan
        assert "SCAN entry" not in plan
