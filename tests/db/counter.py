"""A counter for tests: asks the ledger in one line what a screen asks in five."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.answers import Given
from payforward.core.asks import (
    Collect,
    Deliver,
    Give,
    HandOut,
    MakeSlip,
    NoteAsked,
    PassOn,
    Redeem,
    RedeemSlip,
    Refund,
    Replace,
    TakeBack,
    Undo,
)
from payforward.core.errors import SlipRefused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, Tender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from payforward.core.answers import Redeemed, Refunded, Undone
    from payforward.core.clock import Clock
    from payforward.core.codes import Code
    from payforward.core.model import Item
    from payforward.core.program_answers import AskedNote, Collected, HandedOver
    from payforward.core.slip_answers import Issued, TakenBack

MENU = (
    ("Flat white", 350, "Coffee"),
    ("Cappuccino", 320, "Coffee"),
    ("Latte", 360, "Coffee"),
    ("Tea", 250, None),
)
"""What is on the menu of the tests' shop: names, prices, categories."""


class Counter:
    """One till of a shop with `MENU`.

    Args:
        ledger: The shop's ledger, open.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._items = {item.name: item for item in ledger.items(retired=True)}

    @classmethod
    def with_menu(cls, ledger: Ledger) -> Counter:
        """Put `MENU` on an empty menu and return its counter."""
        for name, price_minor, category in MENU:
            ledger.add_item(name, price_minor, category=category)
        return cls(ledger)

    @contextmanager
    def another(self, till: str, clock: Clock) -> Iterator[Counter]:
        """Open a second till of the same shop."""
        with Ledger.open(self.ledger.path, till=till, clock=clock) as ledger:
            yield Counter(hurried(ledger))

    def item(self, name: str) -> Item:
        """Return an item of the menu as it was when the counter opened."""
        return self._items[name]

    def give(
        self,
        name: str,
        units: int = 1,
        *,
        paid: int | None = None,
        tender: Tender = Tender.CASH,
        action: str | None = None,
        giver: str | None = None,
        message: str | None = None,
        voucher: bool = False,
        program: int | None = None,
    ) -> Given:
        """Give units of an item."""
        return self.ledger.give(
            Give(
                action=action or new_action_id(),
                item=self.item(name).id,
                units=units,
                paid_minor=paid,
                tender=tender,
                giver=giver,
                message=message,
                voucher=voucher,
                program=program,
            )
        )

    def give_money(
        self,
        amount_minor: int,
        *,
        tender: Tender = Tender.CASH,
        voucher: bool = False,
        program: int | None = None,
    ) -> Given:
        """Give money to the fund, on a slip, or into a jar."""
        fund = self.ledger.fund().id
        return self.ledger.give(
            Give(
                action=new_action_id(),
                item=fund,
                units=amount_minor,
                tender=tender,
                voucher=voucher,
                program=program,
            )
        )

    def redeem(
        self,
        name: str,
        units: int = 1,
        paid_from: PaidFrom = PaidFrom.BOARD,
        *,
        substitute: str | None = None,
        action: str | None = None,
    ) -> Redeemed:
        """Hand units of an item over."""
        return self.ledger.redeem(
            Redeem(
                action=action or new_action_id(),
                item=self.item(name).id,
                units=units,
                paid_from=paid_from,
                substitute=None if substitute is None else self.item(substitute).id,
            )
        )

    def redeem_slip(
        self, code: Code, units: int = 1, *, name: str | None = None, action: str | None = None
    ) -> Redeemed:
        """Let a slip pay."""
        return self.ledger.redeem_slip(
            RedeemSlip(
                action=action or new_action_id(),
                code=code,
                item=None if name is None else self.item(name).id,
                units=units,
            )
        )

    def hand_out(
        self, name: str | None, slips: int = 1, each: int = 1, *, partner: int | None = None
    ) -> Issued:
        """Move units of an item, or money, from the board to slips."""
        return self.ledger.hand_out(
            HandOut(
                action=new_action_id(),
                item=self.ledger.fund().id if name is None else self.item(name).id,
                slips=slips,
                units_each=each,
                partner=partner,
            )
        )

    def make_slip(self, gift: int, units: int | None = None) -> Issued:
        """Move what waits of a gift on the board to a slip."""
        return self.ledger.make_slip(MakeSlip(action=new_action_id(), gift=gift, units=units))

    def replace(self, slip: int, *, action: str | None = None) -> Issued:
        """Give a slip a new code."""
        return self.ledger.replace(Replace(action=action or new_action_id(), slip=slip))

    def take_back(self, *slips: int) -> TakenBack:
        """Put what is left on slips back on the board."""
        return self.ledger.take_back(TakeBack(action=new_action_id(), slips=slips))

    def undo(
        self,
        undoes: str,
        units: int | None = None,
        *,
        reason: str | None = None,
        other_day: bool = False,
    ) -> Undone:
        """Take an action back."""
        return self.ledger.undo(
            Undo(
                action=new_action_id(),
                undoes=undoes,
                units=units,
                reason=reason,
                of_other_day=other_day,
            )
        )

    def refund(
        self, gift: int, units: int | None = None, *, tender: Tender | None = None
    ) -> Refunded:
        """Give money back for a gift."""
        return self.ledger.refund(
            Refund(action=new_action_id(), gift=gift, units=units, tender=tender)
        )

    def collect(
        self,
        program: int,
        goods: int,
        units: int = 1,
        *,
        giver: str | None = None,
        action: str | None = None,
    ) -> Collected:
        """Take goods of a drive in."""
        return self.ledger.collect(
            Collect(
                action=action or new_action_id(),
                item=goods,
                program=program,
                units=units,
                giver=giver,
            )
        )

    def deliver(
        self,
        program: int,
        partner: int,
        *parts: tuple[int, int],
        tender: Tender = Tender.CASH,
        action: str | None = None,
    ) -> HandedOver:
        """Bring a partner what a drive or a jar holds, all of it without parts."""
        return self.ledger.deliver(
            Deliver(
                action=action or new_action_id(),
                program=program,
                partner=partner,
                parts=parts or None,
                tender=tender,
            )
        )

    def pass_on(
        self,
        name: str | None,
        units: int,
        partner: int,
        *,
        program: int | None = None,
        tender: Tender = Tender.CASH,
        action: str | None = None,
    ) -> HandedOver:
        """Let units of an item, or money, go from the board to a partner."""
        return self.ledger.pass_on(
            PassOn(
                action=action or new_action_id(),
                item=self.ledger.fund().id if name is None else self.item(name).id,
                units=units,
                partner=partner,
                program=program,
                tender=tender,
            )
        )

    def note_asked(self, name: str, units: int = 1, *, action: str | None = None) -> AskedNote:
        """Note that somebody asked for an item in vain."""
        return self.ledger.note_asked(
            NoteAsked(action=action or new_action_id(), item=self.item(name).id, units=units)
        )

    def waiting(self, name: str) -> int:
        """Return how many of an item wait on the board."""
        rows = self.ledger.board().rows
        return sum(row.units for row in rows if row.item.name == name)

    def fund(self) -> int:
        """Return the money in the fund, in minor units."""
        return self.ledger.board().money_minor

    def assert_sound(self) -> None:
        """Replay the whole ledger and fail with what was found."""
        assert self.ledger.verify().problems == ()

    def facts(self) -> tuple[list[tuple[object, ...]], ...]:
        """Return every row that the ledger's truth is made of, read by plain sqlite3."""
        with raw(self.ledger.path) as connection:
            return ledger_facts(connection)


def code_of(answer: Given | Issued) -> Code:
    """Return the code that a gift or a single slip was told."""
    code = answer.voucher if isinstance(answer, Given) else answer.slips[0].code
    assert code is not None
    return code


def slip_refused(counter: Counter, act: Callable[[], object]) -> SlipRefused:
    """Return why a slip was refused, sure that nothing was changed."""
    before = counter.facts()
    with pytest.raises(SlipRefused) as no:
        act()
    assert counter.facts() == before
    return no.value


def hurried(ledger: Ledger) -> Ledger:
    """Let a ledger's connection not wait for the disk, and return it."""
    ledger._file.connection.execute("PRAGMA synchronous = OFF")
    return ledger


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file as anyone with the sqlite3 shell can: no setting of the ledger's but one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def ledger_facts(connection: sqlite3.Connection) -> tuple[list[tuple[object, ...]], ...]:
    """Return the entries, the heads and what waits."""
    return (
        connection.execute("SELECT * FROM entry NOT INDEXED ORDER BY shop, no").fetchall(),
        connection.execute("SELECT * FROM head ORDER BY shop").fetchall(),
        connection.execute("SELECT * FROM waiting NOT INDEXED ORDER BY shop, book").fetchall(),
    )
