"""The ledger takes today all that later screens will write: each thing that can happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import names, outbox
from db.append import Appender, Line, Stamp, lock_head
from db.closing import Noting
from payforward.core.closing import TillSays
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, Place, TaxKind, Tender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.model import Entry
    from tests.db.counter import Counter

AT = "2026-11-21T17:40:00.000Z"
MONEY, FLAT, CAPPUCCINO, LATTE, TEA, SERVING, COAT = 1, 2, 3, 4, 5, 50, 51
FORWARD, GIVEAWAY, DRIVE, CHARITY = 1, 2, 3, 4


class Life:
    """Writes actions through `Appender`, as the screens to come will."""

    def __init__(self, counter: Counter) -> None:
        self._ledger = counter.ledger
        self._file, self._shop = self._ledger._file, self._ledger.shop
        shop = {"shop": self._shop.id}
        with self._file.write_transaction() as database:
            for number, kind in ((2, "giveaway"), (3, "drive"), (4, "charity")):
                database.execute(
                    "INSERT INTO program (shop, program, name, name_key, kind, created_at) "
                    "VALUES (:shop, :number, :kind, :kind, :kind, '')",
                    {**shop, "number": number, "kind": kind},
                )
            database.execute("INSERT INTO pepper VALUES (:shop, 1, zeroblob(32), '', NULL)", shop)
            database.execute("INSERT INTO partner VALUES (:shop, 1, 'P', 'p', '', NULL)", shop)
            for number, kind in ((SERVING, "serving"), (COAT, "goods")):
                database.execute(
                    "INSERT INTO item (shop, item, kind, name, name_key, price_minor, position, "
                    "created_at) VALUES (:shop, :number, :kind, :kind, :kind, 0, 9, '')",
                    {**shop, "number": number, "kind": kind},
                )

    @property
    def next_no(self) -> int:
        """Return the number of the next entry."""
        row = self._file.read_one("SELECT no FROM head")
        assert row is not None
        return int(row[0]) + 1

    def act(self, *lines: Line) -> tuple[Entry, ...]:
        """Write one action on the earliest day that it may be of."""
        with self._file.write_transaction() as database:
            head = lock_head(database, self._shop)
            stamp = Stamp(
                action=new_action_id(),
                request=bytes(32),
                till=names.till_id(self._file, database, self._shop.id, "till 1", AT),
                cashier=None,
                at=AT,
                day=max("2026-11-21", head.day),
            )
            entries = Appender(self._file, database, self._shop, head, stamp).append(lines)
            for entry in entries:
                if entry.code is not None and entry.slip is not None:
                    form, till = outbox.VOUCHER, entry.till
                    outbox.queue(database, entry.shop, form, entry.slip, till=till, at=AT)
            if entries[-1].kind == Kind.CLOSE:
                Noting(self._file, self._shop, TillSays()).after(database, entries)
            return entries

    def undo(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Mirror an action, its last line first."""
        return self.act(
            *(
                Line(
                    kind=Kind(entry.kind),
                    units=-entry.units,
                    book=entry.book,
                    partner=entry.partner,
                    served_item=entry.served_item,
                    served=None if entry.served is None else -entry.served,
                    list_price_minor=(
                        None if entry.list_price_minor is None else -entry.list_price_minor
                    ),
                    tender=None if entry.tender is None else Tender(entry.tender),
                    undoes=entry.no,
                )
                for entry in reversed(entries)
            )
        )


@pytest.fixture
def life(counter: Counter) -> Life:
    return Life(counter)


def give(item: int, units: int, unit_minor: int, slip: int | None = None, **facts: object) -> Line:
    what: dict[str, object] = {
        "place": Place.BOARD if slip is None else Place.SLIP,
        "program": FORWARD,
        "tender": Tender.CASH,
        "tax_kind": TaxKind.MULTI_PURPOSE if item == MONEY else TaxKind.SINGLE_PURPOSE,
    } | facts
    return Line(kind=Kind.GIVE, units=units, item=item, unit_minor=unit_minor, slip=slip, **what)  # type: ignore[arg-type]


def held(kind: Kind, program: int, item: int, units: int, **facts: object) -> Line:
    return Line(kind=kind, units=units, place=Place.HELD, program=program, item=item, **facts)  # type: ignore[arg-type]


def redeem(book: int, served_item: int, price: int, units: int = -1) -> Line:
    return Line(
        kind=Kind.REDEEM,
        book=book,
        units=units,
        served_item=served_item,
        served=1,
        list_price_minor=price,
    )


def move(kind: Kind, source: Entry, *slips: int) -> list[Line]:
    """Return the lines that move one unit of a book into each slip."""
    lines: list[Line] = []
    for number, slip in enumerate(slips):
        lines.append(Line(kind=kind, units=-1, book=source.book, partner=1))
        lines.append(
            Line(
                kind=kind,
                units=1,
                gift=source.gift,
                place=Place.SLIP,
                slip=slip,
                program=source.program,
                item=source.item,
                unit_minor=source.unit_minor,
                partner=1,
                code=bytes([number + 1, slip]) * 16,
            )
        )
    return lines


def _live_forward(life: Life) -> None:
    """Prepaid gifts, the fund, vouchers: given, handed out, redeemed, passed on."""
    (prepaid,) = life.act(give(FLAT, 2, 350))
    (fund,) = life.act(give(MONEY, 2000, 1))
    life.act(give(FLAT, 1, 350, tender=Tender.OPENING))
    # Paper tokens of unknown value.
    (token,) = life.act(give(TEA, 2, 0, tender=Tender.OPENING))
    life.act(Line(kind=Kind.REFUND, book=token.book, units=-1, tender=Tender.CASH))
    life.act(redeem(prepaid.book, FLAT, 350))
    life.act(redeem(prepaid.book, LATTE, 360))
    life.undo(life.act(redeem(fund.book, LATTE, 360, units=-360)))
    life.act(redeem(fund.book, LATTE, 360, units=-360))

    slip = life.next_no
    coffee, tea = life.act(
        give(FLAT, 2, 350, slip, code=b"a" * 32, expires="2027-01-01"),
        give(TEA, 1, 250, slip, expires="2027-01-01"),
    )
    assert (coffee.gift, tea.gift) == (slip, slip)
    life.act(redeem(coffee.book, FLAT, 350), redeem(tea.book, TEA, 250))
    life.act(Line(kind=Kind.REPLACE, book=coffee.book, units=0, code=b"b" * 32))
    life.act(give(MONEY, 1000, 1, life.next_no, code=b"c" * 32))
    # A slip's units go to the board, in a book of their own.
    back = {"place": Place.BOARD, "program": FORWARD, "item": FLAT, "unit_minor": 350}
    life.act(
        Line(kind=Kind.EXPIRE, units=-1, book=coffee.book),
        Line(kind=Kind.EXPIRE, units=1, gift=slip, **back),  # type: ignore[arg-type]
    )

    (many,) = life.act(give(LATTE, 15, 360))
    handed = life.act(*move(Kind.HAND_OUT, many, *range(life.next_no + 1, life.next_no + 21, 2)))
    assert {entry.gift for entry in handed} == {many.gift}
    taken = life.act(
        Line(kind=Kind.TAKE_BACK, units=-1, book=handed[1].book, partner=1),
        Line(kind=Kind.TAKE_BACK, units=1, book=many.book, partner=1),
    )
    life.undo(taken)
    life.undo(life.act(*move(Kind.HAND_OUT, many, life.next_no + 1)))
    life.undo(life.act(Line(kind=Kind.PASS_ON, units=-1, book=many.book, partner=1)))
    life.act(Line(kind=Kind.PASS_ON, units=-1, book=many.book, partner=1, tender=Tender.CASH))


def _live_otherwise(life: Life) -> None:
    """Giveaways, drives, charity."""
    (budget,) = life.act(held(Kind.BUDGET, GIVEAWAY, SERVING, 20, expires="2026-11-30"))
    life.act(redeem(budget.book, LATTE, 360))
    life.act(Line(kind=Kind.LAPSE, book=budget.book, units=-19))
    no = life.next_no
    life.undo(life.act(held(Kind.GIVE, GIVEAWAY, SERVING, 1), redeem(no, LATTE, 360)))
    (coats,) = life.act(held(Kind.GIVE, DRIVE, COAT, 3))
    life.undo(life.act(Line(kind=Kind.DELIVER, book=coats.book, units=-2, partner=1)))
    life.act(Line(kind=Kind.DELIVER, book=coats.book, units=-3, partner=1))
    (jar,) = life.act(held(Kind.GIVE, CHARITY, MONEY, 500, unit_minor=1, tender=Tender.CASH))
    life.act(Line(kind=Kind.DELIVER, book=jar.book, units=-500, partner=1, tender=Tender.CASH))


def test_every_row_of_the_design_is_taken_and_sound(life: Life, counter: Counter) -> None:
    _live_forward(life)
    _live_otherwise(life)
    (jump,) = life.act(Line(kind=Kind.JUMP, units=0))
    (closed,) = life.act(Line(kind=Kind.CLOSE, units=0))
    (after,) = life.act(give(FLAT, 1, 350))
    assert (jump.day, closed.day, after.day) == ("2026-11-21", "2026-11-21", "2026-11-22")
    counter.assert_sound()
    rows = counter.ledger._file.read("SELECT DISTINCT kind FROM entry")
    assert {row[0] for row in rows} == set(Kind)


def test_a_line_that_moves_nothing_begins_its_own_gift(life: Life) -> None:
    given, jump = life.act(give(FLAT, 1, 350), Line(kind=Kind.JUMP, units=0))
    assert (given.gift, jump.gift) == (given.no, jump.no)


def test_a_sale_after_the_close_counts_on_the_next_day(life: Life, counter: Counter) -> None:
    life.act(Line(kind=Kind.CLOSE, units=0))
    given = counter.give("Latte")
    (entry,) = counter.ledger.gift(given.gift).entries
    assert entry.entry.day == "2026-11-22"
    counter.assert_sound()


def test_units_made_of_nothing_by_a_move_are_found(life: Life, counter: Counter) -> None:
    """Tokens of unknown value: their money always adds up to nothing."""
    (tokens,) = life.act(give(TEA, 3, 0, tender=Tender.OPENING))
    life.act(Line(kind=Kind.HAND_OUT, units=5, book=tokens.book, partner=1))
    (problem,) = counter.ledger.verify().problems
    assert "moves item 5 of gift 1 and is out by 5 units and 0 money" in problem


def test_an_entry_that_its_program_cannot_have_is_found(life: Life, counter: Counter) -> None:
    """Whoever takes the guard away for a moment is found out all the same."""
    (coats,) = life.act(held(Kind.GIVE, DRIVE, COAT, 3))
    with counter.ledger._file.write_transaction() as database:
        database.execute("DROP TRIGGER entry_fits_its_program")
    life.act(redeem(coats.book, LATTE, 360))
    life.act(Line(kind=Kind.PASS_ON, book=coats.book, units=-1, partner=1))
    problems = counter.ledger.verify().problems
    assert "program 3 is drive, but has entries of kind redeem" in problems
    assert "program 3 is drive, but has entries of kind pass_on" in problems
