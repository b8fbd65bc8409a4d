"""All money adds up after any sequence of actions: the ledger against `SmallShop`.

Two tills act on one file, at any time, with any clock. After each step the board, the fund and
every answer agree; after a refusal nothing has changed, and both refuse for the same reason.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.ledger import Ledger
from payforward.core.asks import Give, Redeem, Refund, Undo
from payforward.core.errors import PartlyGone, PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, Tender
from tests.conftest import FrozenClock
from tests.db.counter import MENU, hurried, raw
from tests.db.small_shop import FUND, Act, No, SmallShop

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.answers import Given, Redeemed, Refunded, Undone

    Answer = Given | Redeemed | Undone | Refunded

NAMES = [name for name, _, _ in MENU]
TILLS = ("till 1", "bar")
START = datetime(2026, 11, 21, 17, 40, tzinfo=UTC)
names = st.sampled_from(NAMES)
tills = st.sampled_from(TILLS)
some = st.integers(1, 4)
any_one = st.integers(0, 10**6)


class LedgerAgainstSmallShop(RuleBasedStateMachine):
    """Does the same to both."""

    template: Path
    """A ledger with `MENU`; set by the test."""

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.path = Path(folder, "shop.db")
        shutil.copy(self.template, self.path)
        self.clock = FrozenClock(START)
        self.ledgers = {
            till: hurried(
                self.stack.enter_context(Ledger.open(self.path, till=till, clock=self.clock))
            )
            for till in TILLS
        }
        self.shop = SmallShop(
            START,
            prices={name: price for name, price, _ in MENU} | {FUND: 1},
            groups={name: group for name, _, group in MENU if group},
        )
        ledger = self.ledgers[TILLS[0]]
        self.ids = {item.name: item.id for item in [*ledger.items(), ledger.fund()]}
        self.done: list[tuple[str, Any, Answer, Act]] = []
        self.steps = 0

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            with self.stack:
                self._prove()

    # -- what people do --

    @rule(till=tills, name=names, units=some, paid=st.none() | st.integers(0, 2000))
    def give(self, till: str, name: str, units: int, paid: int | None) -> None:
        ask = Give(
            action=new_action_id(),
            item=self.ids[name],
            units=units,
            paid_minor=paid,
            tender=Tender.CARD,
            message=f"message {len(self.done)}",
        )
        self._both(till, "give", ask, lambda: self.shop.give(name, units, paid))

    @rule(till=tills, amount=st.integers(1, 3000))
    def give_money(self, till: str, amount: int) -> None:
        ask = Give(action=new_action_id(), item=self.ids[FUND], units=amount)
        self._both(till, "give", ask, lambda: self.shop.give(FUND, amount, None))

    @precondition(lambda self: self.shop.board())
    @rule(till=tills, which=any_one, name=names, units=st.integers(1, 7), how=st.integers(0, 9))
    def redeem(self, till: str, which: int, name: str, units: int, how: int) -> None:
        waits = sorted(self.shop.board())
        payer = waits[which % len(waits)]
        there = self.shop.waiting(payer)
        if how == 0:
            # Whatever comes to somebody's mind: mostly it is not there.
            self._redeem(till, name, units, list(PaidFrom)[which % 3])
        elif payer == FUND:
            most = there // self.shop.prices[name]
            self._redeem(till, name, max(1, min(units, most)), PaidFrom.FUND)
        elif how in (1, 2, 3) and payer in self.shop.groups:
            named = payer if how == 1 else None
            self._redeem(till, name, min(units, there), PaidFrom.GROUP, named)
        else:
            # One more than waits now and then.
            self._redeem(till, payer, min(units, there + 1), PaidFrom.BOARD)

    @precondition(lambda self: self.done)
    @rule(till=tills, which=any_one, units=st.none() | st.integers(0, 6), how=st.integers(0, 5))
    def undo(self, till: str, which: int, units: int | None, how: int) -> None:
        kind = ("redeem", "redeem", "give", "give", "refund", "")[how]
        wanted = [each for each in self._undoable() if each[0] == kind] or self.done
        self._undo(till, wanted[which % len(wanted)], units)

    @precondition(lambda self: self.shop.books)
    @rule(till=tills, which=any_one, units=st.none() | some)
    def refund(self, till: str, which: int, units: int | None) -> None:
        gift = self.shop.books[which % len(self.shop.books)].gift
        ask = Refund(action=new_action_id(), gift=gift, units=units)
        self._both(till, "refund", ask, lambda: self.shop.refund(gift, units))

    @precondition(lambda self: self.done)
    @rule(till=tills, which=any_one)
    def ask_again(self, till: str, which: int) -> None:
        method, ask, first, _ = self.done[which % len(self.done)]
        answer = getattr(self.ledgers[till], method)(ask)
        assert answer.repeated
        assert (answer.units, answer.amount_minor) == (first.units, first.amount_minor)
        assert answer.item.id == first.item.id

    @rule(till=tills, name=names, price=st.integers(1, 900))
    def change_a_price(self, till: str, name: str, price: int) -> None:
        if name not in self.shop.retired:
            self.ledgers[till].set_price(self.ids[name], price)
            self.shop.prices[name] = price

    @precondition(lambda self: len(self.shop.retired) < 2)
    @rule(till=tills, name=names)
    def retire(self, till: str, name: str) -> None:
        if name not in self.shop.retired:
            self.ledgers[till].retire_item(self.ids[name])
            self.shop.retired.add(name)

    # -- what time does --

    @rule(
        by=st.sampled_from(["minutes", "minutes", "hours", "back", "far", "accepted"]),
        much=st.integers(1, 40),
    )
    def time_goes(self, by: str, much: int) -> None:
        if by in ("minutes", "hours"):
            self._go(**{by: much})
        elif by == "back":
            self._go(minutes=-20 * much)
        else:
            days = 5 + much % 6
            self._go(days=days)
            if by == "accepted":
                assert self.ledgers[TILLS[0]].accept_clock() == self.shop.accept_clock()
            else:
                self.give_money(TILLS[1], 1)
                self._go(days=-days)

    # -- what must hold --

    @invariant()
    def the_board_agrees(self) -> None:
        if not hasattr(self, "stack"):
            return
        self.steps += 1
        board = self.ledgers[TILLS[self.steps % 2]].board()
        seen = {row.item.name: row.units for row in board.rows}
        fund = {FUND: board.money_minor} if board.money_minor else {}
        assert seen | fund == self.shop.board()
        assert board.day == self.shop.today()
        if self.steps % 15 == 0:
            self._prove()

    def _prove(self) -> None:
        ledger = self.ledgers[TILLS[0]]
        checked = ledger.verify()
        assert checked.problems == ()
        assert checked.entries == self.shop.no
        with raw(self.path) as connection:
            for name, item in self.ids.items():
                pool = connection.execute(
                    "SELECT pool_units, pool_minor FROM entry WHERE item = ? "
                    "ORDER BY no DESC LIMIT 1",
                    (item,),
                ).fetchone()
                assert (pool or (0, 0)) == self.shop.pool(name)
                assert self.shop.pool(name) == (self.shop.waiting(name), self.shop.money(name))
            held = dict(
                connection.execute(
                    "SELECT book, balance FROM entry AS e WHERE item IS NOT NULL AND seq = "
                    "(SELECT max(seq) FROM entry WHERE book = e.book)"
                ).fetchall()
            )
        assert held == {book.no: book.units for book in self.shop.books}
        for gift in {book.gift for book in self.shop.books}:
            waits = sum(book.units for book in self.shop.books if book.gift == gift)
            assert ledger.gift(gift).waiting == waits

    def _undoable(self) -> list[tuple[str, Any, Answer, Act]]:
        today = self.shop.today()
        return [
            each
            for each in self.done
            if each[3].mirrors is None and not each[3].undone and each[3].day == today
        ]

    def _undo(self, till: str, done: tuple[str, Any, Answer, Act], units: int | None) -> None:
        _, asked, _, act = done
        ask = Undo(action=new_action_id(), undoes=asked.action, units=units)
        self._both(till, "undo", ask, lambda: self.shop.undo(act, units))

    def _redeem(
        self, till: str, name: str, units: int, pay: PaidFrom, payer: str | None = None
    ) -> None:
        ask = Redeem(
            action=new_action_id(),
            item=self.ids[name],
            units=units,
            paid_from=pay,
            substitute=None if payer is None else self.ids[payer],
        )
        self._both(till, "redeem", ask, lambda: self.shop.redeem(name, units, pay, payer))

    def _go(self, **by: int) -> None:
        self.clock.at += timedelta(**by)
        self.shop.now = self.clock.at

    def _both(self, till: str, method: str, ask: Any, expected: Callable[[], Act]) -> None:
        """Do it to both, or have both refuse it for one reason and change nothing."""
        head = self.shop.no
        act, reason = _outcome(expected)
        if act is None:
            with pytest.raises(PayforwardError) as refused:
                getattr(self.ledgers[till], method)(ask)
            assert refused.value.reason == reason
            with raw(self.path) as connection:
                (count,) = connection.execute("SELECT count(*) FROM entry").fetchone()
            assert count == head
            if isinstance(refused.value, PartlyGone):
                assert 0 < refused.value.left < (ask.units or 10**9)
            return
        answer: Answer = getattr(self.ledgers[till], method)(ask)
        assert not answer.repeated
        assert answer.units == act.total
        assert answer.amount_minor == abs(act.amount_minor)
        if method == "redeem":
            taken = [(line.gift, line.units) for line in answer.lines]  # type: ignore[union-attr]
            assert taken == [(move.book.gift, -move.units) for move in act.moves]
            assert answer.list_price_minor == act.list_minor  # type: ignore[union-attr]
        self.done.append((method, ask, answer, act))


def _outcome(expected: Callable[[], Act]) -> tuple[Act | None, str]:
    """Return what the small shop did, or why it did not."""
    try:
        return expected(), ""
    except No as no:
        return None, no.reason


def test_all_money_adds_up_after_any_sequence_of_actions(template: Path, full: bool) -> None:
    LedgerAgainstSmallShop.template = template
    run_state_machine_as_test(
        LedgerAgainstSmallShop,
        settings=settings(
            max_examples=5000 if full else 300,
            stateful_step_count=60 if full else 40,
            derandomize=not full,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
