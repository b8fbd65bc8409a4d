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
from payforward.core.answers import Given, Issued, Redeemed, TakenBack
from payforward.core.asks import (
    Give,
    HandOut,
    MakeSlip,
    Redeem,
    RedeemSlip,
    Refund,
    Replace,
    TakeBack,
    Undo,
)
from payforward.core.errors import PartlyGone, PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom, Tender
from payforward.core.shop_settings import ShopSettings
from tests.conftest import FrozenClock
from tests.db.counter import MENU, hurried, raw
from tests.db.small_shop import FUND, Act, No, SmallShop

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.answers import Refunded, Undone
    from payforward.core.codes import Code

    Answer = Given | Redeemed | Undone | Refunded | Issued | TakenBack

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
        self.codes: dict[int, list[Code]] = {}
        self.steps = 0

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            with self.stack:
                self._prove()

    # -- what people do --

    @rule(
        till=tills,
        name=names,
        units=some,
        paid=st.none() | st.integers(0, 2000),
        voucher=st.booleans(),
    )
    def give(self, till: str, name: str, units: int, paid: int | None, voucher: bool) -> None:
        ask = Give(
            action=new_action_id(),
            item=self.ids[name],
            units=units,
            paid_minor=paid,
            tender=Tender.CARD,
            message=f"message {len(self.done)}",
            voucher=voucher,
        )
        self._both(till, "give", ask, lambda: self.shop.give(name, units, paid, voucher=voucher))

    @rule(till=tills, amount=st.integers(1, 3000), voucher=st.booleans())
    def give_money(self, till: str, amount: int, voucher: bool) -> None:
        item = self.ids[FUND]
        ask = Give(action=new_action_id(), item=item, units=amount, voucher=voucher)
        self._both(till, "give", ask, lambda: self.shop.give(FUND, amount, None, voucher=voucher))

    @precondition(lambda self: self.codes)
    @rule(till=tills, which=any_one, name=names, units=some, how=st.integers(0, 7))
    def scan(self, till: str, which: int, name: str, units: int, how: int) -> None:
        slip = self._some_slip(which, any_state=how == 0)
        is_money = self.shop.item_of(slip) == FUND
        served = name if how in (1, 2) or (is_money and how) else None
        older = how == 3 and len(self.codes[slip]) > 1
        ask = RedeemSlip(
            action=new_action_id(),
            code=self.codes[slip][0 if older else -1],
            item=None if served is None else self.ids[served],
            units=1 if is_money else min(units, max(1, self.shop.on_slip(slip) + (how == 4))),
        )
        self._both(
            till,
            "redeem_slip",
            ask,
            lambda: self.shop.redeem_slip(slip, served, ask.units, newest=not older),
        )

    @precondition(lambda self: self.codes)
    @rule(till=tills, which=any_one, any_state=st.booleans())
    def replace(self, till: str, which: int, any_state: bool) -> None:
        slip = self._some_slip(which, any_state=any_state)
        ask = Replace(action=new_action_id(), slip=slip)
        self._both(till, "replace", ask, lambda: self.shop.replace(slip))

    @precondition(lambda self: self.shop.board())
    @rule(till=tills, which=any_one, slips=some, each=some)
    def hand_out(self, till: str, which: int, slips: int, each: int) -> None:
        waits = sorted(self.shop.board())
        item = waits[which % len(waits)]
        each = each * 137 if item == FUND else each
        ask = HandOut(action=new_action_id(), item=self.ids[item], slips=slips, units_each=each)
        self._both(till, "hand_out", ask, lambda: self.shop.hand_out(item, slips, each))

    @precondition(lambda self: self.shop.books)
    @rule(till=tills, which=any_one, units=st.none() | some)
    def make_slip(self, till: str, which: int, units: int | None) -> None:
        gift = self.shop.books[which % len(self.shop.books)].gift
        ask = MakeSlip(action=new_action_id(), gift=gift, units=units)
        self._both(till, "make_slip", ask, lambda: self.shop.make_slip(gift, units))

    @precondition(lambda self: self.codes)
    @rule(till=tills, which=st.lists(any_one, min_size=1, max_size=3), any_state=st.booleans())
    def take_back(self, till: str, which: list[int], any_state: bool) -> None:
        slips = list(dict.fromkeys(self._some_slip(w, any_state=any_state) for w in which))
        ask = TakeBack(action=new_action_id(), slips=tuple(slips))
        self._both(till, "take_back", ask, lambda: self.shop.take_back(slips))

    @rule(till=tills, days=st.none() | st.integers(1, 4))
    def decide_on_expiry(self, till: str, days: int | None) -> None:
        self.ledgers[till].save_settings(ShopSettings(expiry_days=days))
        self.shop.expiry_days = days

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
        kind = (
            {"redeem", "redeem_slip"},
            {"hand_out", "make_slip"},
            {"give"},
            {"take_back"},
            {"refund", "redeem_slip"},
            set[str](),
        )[how]
        wanted = [each for each in self._undoable() if each[0] in kind] or self.done
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
        # Of a new code: what is left on the slip now.
        assert answer.units == first.units or method == "replace"
        assert getattr(answer, "amount_minor", 0) == getattr(first, "amount_minor", 0)
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
                self.give_money(TILLS[1], 1, voucher=False)
                self._go(days=-days)
        assert self.ledgers[TILLS[1]].expire_due() == self.shop.expire_due()

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
                assert self.shop.pool(name) == (self.shop.held(name), self.shop.money(name))
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
        told = {slip.slip: (slip.left, str(slip.state)) for slip in ledger.slips(most=1000)}
        assert told == {
            slip: (self.shop.on_slip(slip), self.shop.state(slip)) for slip in self.shop.expires
        }
        assert told.keys() == self.codes.keys()

    def _some_slip(self, which: int, *, any_state: bool) -> int:
        """Return one of the slips, one that waits if that was asked for and one does."""
        waiting = [slip for slip in self.codes if self.shop.on_slip(slip)]
        slips = waiting if waiting and not any_state else list(self.codes)
        return slips[which % len(slips)]

    def _keep_codes(self, answer: Answer) -> None:
        if isinstance(answer, Given) and answer.slip is not None:
            assert answer.voucher is not None
            self.codes[answer.slip] = [answer.voucher]
        elif isinstance(answer, Issued):
            for each in answer.slips:
                assert each.code is not None
                self.codes.setdefault(each.slip.slip, []).append(each.code)

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
        if not isinstance(answer, Issued | TakenBack):
            assert answer.amount_minor == abs(act.amount_minor)
        if isinstance(answer, Redeemed):
            taken = [(line.gift, line.units) for line in answer.lines]
            assert taken == [(move.book.gift, -move.units) for move in act.moves]
            assert answer.list_price_minor == act.list_minor
        self._keep_codes(answer)
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
