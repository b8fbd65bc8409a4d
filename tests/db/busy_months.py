"""Some months in a shop, by chance but always the same: all that the owner's numbers are about."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.asks import Give, GiveAway
from payforward.core.errors import Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, ProgramKind, Tender
from payforward.core.programs import Period, Program
from payforward.core.shop_settings import ShopSettings
from tests.db.counter import MENU

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

_DAY: Final = timedelta(days=1)
_WEIGHTS: Final = (30, 8, 24, 12, 6, 3, 8, 3, 2, 5, 2, 3, 1, 4, 6)


class BusyMonths:
    """Lets a shop live day by day, with every kind of entry.

    Args:
        counter: A shop in which nothing has happened yet.
        clock: Its clock.
        seed: Which life of all that could have been.
    """

    def __init__(self, counter: Counter, clock: FrozenClock, seed: int) -> None:
        self._counter = counter
        self._clock = clock
        self._chance = random.Random(seed)
        self._names = [name for name, *_ in MENU]
        ledger = counter.ledger
        ledger.save_settings(ShopSettings(expiry_days=20))
        self._partner = ledger.add_partner("Shelter").id
        self._students = ledger.add_program(Program(name="Students", kind=ProgramKind.FORWARD))
        self._soup = ledger.add_program(
            Program(
                name="Tea for all",
                kind=ProgramKind.GIVEAWAY,
                budget_units=12,
                budget_period=Period.WEEK,
            )
        )
        self._bread = ledger.add_program(Program(name="At closing", kind=ProgramKind.GIVEAWAY))
        self._coats = ledger.add_program(Program(name="Coats", kind=ProgramKind.DRIVE))
        self._goods = ledger.add_goods(self._coats.id, "Coat", ["S", "M"])
        self._jar = ledger.add_program(Program(name="Jar", kind=ProgramKind.CHARITY))
        self._gifts: list[int] = []
        self._actions: list[str] = []
        self._before: list[str] = []

    def live(self, days: int, *, of_seven: int = 6) -> None:
        """Live so many days, and so many of each seven with anything happening on them."""
        for day in range(days):
            acts = 0 if day % 7 >= of_seven else self._chance.randint(4, 9)
            self._before += self._actions
            self._actions.clear()
            for _ in range(acts):
                self._clock.forward(minutes=self._chance.randint(1, 30))
                # What cannot be done is not done.
                with suppress(Refused):
                    self._chance.choices(self._ways, _WEIGHTS)[0](self)
            if acts:
                self._counter.ledger.expire_due()
                self._counter.ledger.settle_budgets()
            self._clock.at = self._clock.at.replace(hour=9) + _DAY

    def _give(self) -> None:
        chance, name = self._chance, self._chance.choice(self._names)
        units = chance.randint(1, 4)
        given = self._counter.ledger.give(
            Give(
                action=new_action_id(),
                item=self._counter.item(name).id,
                units=units,
                paid_minor=chance.choice([None, None, units * 330 + 1]),
                tender=chance.choice(list(Tender)),
                program=chance.choice([None, self._students.id]),
                voucher=chance.random() < 0.2,
            )
        )
        self._gifts.append(given.gift)
        self._actions.append(given.action)

    def _give_money(self) -> None:
        jar = self._chance.choice([None, None, self._jar.id])
        fund = self._counter.ledger.fund().id
        units = self._chance.randint(100, 3000)
        ask = Give(action=new_action_id(), item=fund, units=units, program=jar)
        given = self._counter.ledger.give(ask)
        self._gifts.append(given.gift)
        self._actions.append(given.action)

    def _serve(self) -> None:
        name = self._chance.choice(self._names)
        paid_from = self._chance.choice([PaidFrom.BOARD] * 4 + [PaidFrom.FUND, PaidFrom.GROUP])
        served = self._counter.redeem(name, self._chance.randint(1, 2), paid_from)
        self._actions.append(served.action)

    def _give_away(self) -> None:
        program = self._chance.choice([self._soup, self._soup, self._bread])
        item = self._counter.item(self._chance.choice(self._names)).id
        ask = GiveAway(
            action=new_action_id(),
            item=item,
            program=program.id,
            units=self._chance.randint(1, 3),
        )
        self._actions.append(self._counter.ledger.give_away(ask).action)

    def _hand_out(self) -> None:
        name, slips = self._chance.choice(self._names), self._chance.randint(1, 3)
        issued = self._counter.hand_out(name, slips, partner=self._partner)
        self._actions.append(issued.action)

    def _take_back(self) -> None:
        waiting = [slip for slip in self._counter.ledger.slips() if slip.left]
        if waiting:
            taken = self._counter.take_back(self._chance.choice(waiting).slip)
            self._actions.append(taken.action)

    def _undo(self) -> None:
        if self._actions:
            self._counter.undo(self._chance.choice(self._actions))

    def _undo_late(self) -> None:
        """Take back what another day saw: mostly a recent one, at times of months ago."""
        if self._before:
            late = self._before[self._chance.choice([-12, -30, 0]) :]
            self._counter.undo(self._chance.choice(late), other_day=True)

    def _refund(self) -> None:
        if self._gifts:
            refunded = self._counter.refund(self._chance.choice(self._gifts), 1)
            self._actions.append(refunded.action)

    def _reprice(self) -> None:
        item = self._counter.item(self._chance.choice(self._names))
        self._counter.ledger.set_price(item.id, self._chance.randint(200, 500))

    def _collect(self) -> None:
        goods = self._chance.choice(self._goods)
        units = self._chance.randint(1, 5)
        self._actions.append(self._counter.collect(self._coats.id, goods.id, units).action)

    def _deliver(self) -> None:
        program = self._chance.choice([self._coats, self._jar])
        self._actions.append(self._counter.deliver(program.id, self._partner).action)

    def _pass_on(self) -> None:
        name = self._chance.choice(self._names)
        self._actions.append(self._counter.pass_on(name, 1, self._partner).action)

    def _note(self) -> None:
        note = self._counter.note_asked(self._chance.choice(self._names), 1)
        if self._chance.random() < 0.2:
            self._counter.ledger.forget_asked(note.action)

    def _change_budget(self) -> None:
        budget = self._chance.randint(4, 20)
        self._soup = self._counter.ledger.change_program(replace(self._soup, budget_units=budget))

    _ways: tuple[Callable[[BusyMonths], None], ...] = (
        _give,
        _give_money,
        _serve,
        _give_away,
        _hand_out,
        _take_back,
        _undo,
        _refund,
        _reprice,
        _collect,
        _deliver,
        _pass_on,
        _change_budget,
        _note,
        _undo_late,
    )
