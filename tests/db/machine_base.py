"""What the state machine stands on: one file, two tills, one clock, the small shop beside it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from db.ledger import Ledger
from payforward.core.answers import Given, Redeemed, Refunded, Undone
from payforward.core.asks import Collect, Give, Undo
from payforward.core.errors import PartlyGone, PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import Tender
from payforward.core.program_answers import Collected, HandedOver
from payforward.core.shop_settings import ShopSettings
from payforward.core.slip_answers import Issued, TakenBack
from tests.conftest import FrozenClock
from tests.db.counter import hurried, raw
from tests.db.machine_shop import GOODS, KIT, NAMES, PARTNERS, START, TILLS, small_shop, to_program
from tests.db.small_parts import FUND, Act, No, SmallProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from payforward.core.answers import RedeemedLine
    from payforward.core.asks import NoteAsked
    from payforward.core.codes import Code
    from tests.db.small_parts import Note

T = TypeVar("T")
Answer = Given | Redeemed | Undone | Refunded | Issued | TakenBack | Collected | HandedOver

names = st.sampled_from(NAMES)
goods = st.sampled_from(GOODS)
tills = st.sampled_from(TILLS)
some = st.integers(1, 4)
any_one = st.integers(0, 10**6)


class MachineBase(RuleBasedStateMachine):
    """Does the same to both, or sees both refuse it for one reason and change nothing."""

    template: Path
    """A ledger with `MENU`; set by the test."""
    equipped: Path
    """The same with partners, `KIT` and the first of `GOODS`."""

    @initialize(
        with_kit=st.booleans(),
        stocked=st.booleans(),
        expiry_days=st.sampled_from([None, None, 1, 2]),
    )
    def open(self, with_kit: bool, stocked: bool, expiry_days: int | None) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.path = Path(folder, "shop.db")
        shutil.copy(self.equipped if with_kit else self.template, self.path)
        self.clock = FrozenClock(START)
        self.ledgers = {
            till: hurried(
                self.stack.enter_context(Ledger.open(self.path, till=till, clock=self.clock))
            )
            for till in TILLS
        }
        self.file = self.stack.enter_context(raw(self.path))
        self.shop = small_shop(with_kit=with_kit)
        ledger = self.ledgers[TILLS[0]]
        if not with_kit:
            for name in PARTNERS:
                ledger.add_partner(name)
        items = [*ledger.items(), *ledger.goods(), ledger.fund()]
        self.ids = {item.name: item.id for item in items}
        self.done: list[tuple[str, Any, Answer, Act]] = []
        self.noted: list[tuple[NoteAsked, Note]] = []
        self.codes: dict[int, list[Code]] = {}
        self.steps = 0
        if expiry_days is not None:
            ledger.save_settings(ShopSettings(expiry_days=expiry_days))
            self.shop.expiry_days = expiry_days
        if stocked:
            # Of two programs, where there are two.
            other = 2 if with_kit else 1
            for item, units, program in (("Latte", 2, 1), ("Latte", 3, other), (FUND, 3000, other)):
                self._give(TILLS[1], item, units, program=program)
        if stocked and with_kit:
            drive, jar = len(KIT), len(KIT) + 1
            self._collect(TILLS[0], drive, GOODS[0], 4)
            self._give(TILLS[1], FUND, 500, program=jar)

    def happened(self, what: str, *, refused: str = "") -> None:
        """Hear that something was done or refused; whoever counts may listen."""

    # -- what both do --

    def _add_program(self, till: str, draft: SmallProgram) -> None:
        ask = to_program(draft, self.ids)
        _, reason = outcome(lambda: self.shop.add_program(draft))
        self._same("add_program", reason, lambda: self.ledgers[till].add_program(ask))

    def _add_goods(self, till: str, program: int, sizes: list[str]) -> None:
        _, reason = outcome(lambda: self.shop.add_goods(program, sizes))
        added: list[Any] = []
        self._same(
            "add_goods",
            reason,
            lambda: added.extend(
                each for name in sizes for each in self.ledgers[till].add_goods(program, name)
            ),
        )
        self.ids |= {item.name: item.id for item in added}

    def _give(
        self,
        till: str,
        name: str,
        units: int,
        paid: int | None = None,
        program: int | None = None,
        *,
        voucher: bool = False,
    ) -> None:
        ask = Give(
            action=new_action_id(),
            item=self.ids[name],
            units=units,
            paid_minor=paid,
            tender=Tender.CARD,
            message=f"message {len(self.done)}",
            program=program,
            voucher=voucher,
        )
        self._both(
            till, "give", ask, lambda: self.shop.give(name, units, paid, program, voucher=voucher)
        )

    def _undoable(self, *, other_day: bool = False) -> list[tuple[str, Any, Answer, Act]]:
        """Return what could be taken back of today, or of all other days."""
        today = self.shop.today()
        return [
            each
            for each in self.done
            if each[3].mirrors is None
            and not each[3].undone
            and (each[3].day == today) is not other_day
        ]

    def _undo(
        self,
        till: str,
        done: tuple[str, Any, Answer, Act],
        units: int | None,
        *,
        other_day: bool = False,
    ) -> None:
        what, asked, _, act = done
        ask = Undo(action=new_action_id(), undoes=asked.action, units=units, of_other_day=other_day)
        late = "late " if other_day and act.day != self.shop.today() else ""

        def undo() -> Act:
            undone = self.shop.undo(act, units, other_day=other_day)
            if other_day:
                self.shop.expire_due()
            return undone

        self._both(till, "undo", ask, undo, f"{late}undo: {what}")

    def _collect(self, till: str, number: int, name: str, units: int) -> None:
        ask = Collect(action=new_action_id(), item=self.ids[name], program=number, units=units)
        self._both(till, "collect", ask, lambda: self.shop.collect(number, name, units))

    def _settle(self, till: str) -> None:
        settled = self.shop.settle_budgets()
        self.happened("settle", refused="" if settled else "nothing to settle")
        assert self.ledgers[till].settle_budgets() == settled

    def _same(self, what: str, reason: str, act: Callable[[], object]) -> None:
        """Do what is no action of the counter's, or see it refused."""
        self.happened(what, refused=reason)
        if reason:
            before = self.ledgers[TILLS[0]].programs(retired=True)
            with pytest.raises(PayforwardError) as refused:
                act()
            assert refused.value.reason == reason
            assert self.ledgers[TILLS[0]].programs(retired=True) == before
        else:
            act()
        assert self._entries() == self.shop.no

    def _both(
        self, till: str, method: str, ask: Any, expected: Callable[[], Act], what: str = ""
    ) -> None:
        """Do it to both, or have both refuse it for one reason and change nothing."""
        head = self.shop.no
        act, reason = outcome(expected)
        self.happened(what or method, refused=reason)
        if act is None:
            with pytest.raises(PayforwardError) as refused:
                getattr(self.ledgers[till], method)(ask)
            assert refused.value.reason == reason
            assert self._entries() == self.shop.no == head
            if isinstance(refused.value, PartlyGone):
                assert 0 < refused.value.left < (ask.units or 10**9)
            return
        answer: Answer = getattr(self.ledgers[till], method)(ask)
        assert not answer.repeated
        assert answer.units == act.total
        if not isinstance(answer, Issued | TakenBack | Collected):
            assert answer.amount_minor == abs(act.amount_minor)
        self._check(answer, act)
        self._keep_codes(answer)
        self.done.append((method, ask, answer, act))

    def _check(self, answer: Answer, act: Act) -> None:
        book = act.moves[0].book if act.moves else None
        if isinstance(answer, Redeemed):
            gone = [(move.book.gift, -move.units) for move in act.moves if move.units < 0]
            lines = [(line.gift, line.units) for line in answer.lines]
            assert lines == gone, (lines, gone)
            assert answer.list_price_minor == act.list_minor
            assert answer.waiting == self._waiting_after(answer.lines, act)
        elif isinstance(answer, Given):
            assert book is not None
            assert answer.program is not None
            assert answer.program.id == book.program
            waits = self.shop.held(book.program)[FUND] if book.held else None
            assert answer.waiting == (self.shop.waiting(book.item) if waits is None else waits)
        elif isinstance(answer, Collected):
            assert book is not None
            state = self.shop.states()[book.program - 1]
            there = sum(self.shop.held(book.program).values())
            assert answer.collected == there + state.delivered
        elif isinstance(answer, HandedOver):
            assert book is not None
            assert answer.number == act.no
            assert answer.program.id == book.program
            assert answer.left == self.shop.left_where(act)

    def _waiting_after(self, lines: Iterable[RedeemedLine], act: Act) -> int:
        book = act.moves[0].book
        if book.held:
            return self.shop.left_of(self.shop.program(book.program))
        if book.slip is not None:
            return self.shop.on_slip(book.slip)
        return sum(self.shop.waiting(item) for item in {line.item.name for line in lines})

    def _keep_codes(self, answer: Answer) -> None:
        if isinstance(answer, Given) and answer.slip is not None:
            assert answer.voucher is not None
            self.codes[answer.slip] = [answer.voucher]
        elif isinstance(answer, Issued):
            for each in answer.slips:
                assert each.code is not None
                self.codes.setdefault(each.slip.slip, []).append(each.code)

    def _entries(self) -> int:
        (count,) = self.file.execute("SELECT count(*) FROM entry").fetchone()
        return int(count)

    def _program(self, which: int, *kinds: str, any_one: bool = False) -> int:
        """Return the number of a program in use of these kinds, if there is one; else of any."""
        programs = self.shop.programs
        fit = [p.number for p in programs if p.kind in kinds and not p.retired]
        if fit and not any_one:
            return fit[which % len(fit)]
        # One more than there are now and then.
        return which % (len(programs) + 1) + 1

    def _partner(self, which: int) -> int:
        """Return the number of a partner: now and then of one that left, or of none."""
        known = [number for number, stays in self.shop.partners.items() if stays]
        if not known or which % 9 == 0:
            return which // 9 % (len(PARTNERS) + 1) + 1
        return known[which % len(known)]

    def _go(self, **by: int) -> None:
        self.clock.at += timedelta(**by)
        self.shop.now = self.clock.at


def outcome(expected: Callable[[], T]) -> tuple[T | None, str]:
    """Return what the small shop did, or why it did not."""
    try:
        return expected(), ""
    except No as no:
        return None, no.reason
