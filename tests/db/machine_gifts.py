"""Gifts, slips and corrections, as the state machine does them."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from payforward.core.asks import (
    HandOut,
    MakeSlip,
    Redeem,
    RedeemSlip,
    Refund,
    Replace,
    TakeBack,
)
from payforward.core.errors import Refused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom
from payforward.core.program_answers import HandedOver
from tests.db.machine_base import MachineBase, any_one, names, outcome, some, tills
from tests.db.small_parts import CHARITY, FORWARD, FUND, GIVEAWAY, SERVING

UNDONE_TOGETHER = (
    {"redeem", "redeem_slip"},
    {"hand_out", "make_slip"},
    {"give", "collect"},
    {"take_back"},
    {"refund", "redeem_slip"},
    {"give_away"},
    {"deliver"},
    {"pass_on"},
    set[str](),
)


class Gifts(MachineBase):
    """What people give and enjoy."""

    @rule(
        till=tills,
        name=names,
        units=some,
        paid=st.none() | st.integers(0, 2000),
        voucher=st.booleans(),
        which=any_one,
        how=st.integers(0, 9),
    )
    def give(
        self,
        till: str,
        name: str,
        units: int,
        paid: int | None,
        voucher: bool,
        which: int,
        how: int,
    ) -> None:
        # Mostly into whichever takes it, else into a certain one, now and then into any.
        program = self._program(which, FORWARD, any_one=how == 0) if how < 4 else None
        self._give(till, name, units, paid, program, voucher=voucher)

    @rule(
        till=tills,
        amount=st.integers(1, 3000),
        voucher=st.booleans(),
        which=any_one,
        how=st.integers(0, 9),
    )
    def give_money(self, till: str, amount: int, voucher: bool, which: int, how: int) -> None:
        program = None
        if how < 6:
            kind = CHARITY if how < 4 else FORWARD
            program = self._program(which, kind, any_one=how == 5)
            voucher = voucher and how != 0
        self._give(till, FUND, amount, None, program, voucher=voucher)

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
    @rule(till=tills, which=any_one, slips=some, each=some, to=st.none() | any_one)
    def hand_out(self, till: str, which: int, slips: int, each: int, to: int | None) -> None:
        waits = sorted(self.shop.board())
        item = waits[which % len(waits)]
        each = each * 137 if item == FUND else each
        partner = None if to is None else self._partner(to)
        ask = HandOut(
            action=new_action_id(),
            item=self.ids[item],
            slips=slips,
            units_each=each,
            partner=partner,
        )
        self._both(till, "hand_out", ask, lambda: self.shop.hand_out(item, slips, each, partner))

    @precondition(lambda self: self.shop.books)
    @rule(till=tills, which=any_one, units=st.none() | some)
    def make_slip(self, till: str, which: int, units: int | None) -> None:
        gift = self._gift(which, on_board=True)
        ask = MakeSlip(action=new_action_id(), gift=gift, units=units)
        self._both(till, "make_slip", ask, lambda: self.shop.make_slip(gift, units))

    @precondition(lambda self: self.codes)
    @rule(till=tills, which=st.lists(any_one, min_size=1, max_size=3), any_state=st.booleans())
    def take_back(self, till: str, which: list[int], any_state: bool) -> None:
        slips = list(dict.fromkeys(self._some_slip(w, any_state=any_state) for w in which))
        ask = TakeBack(action=new_action_id(), slips=tuple(slips))
        self._both(till, "take_back", ask, lambda: self.shop.take_back(slips))

    @precondition(lambda self: self.shop.board())
    @rule(
        till=tills,
        which=any_one,
        name=names,
        units=st.integers(1, 7),
        how=st.integers(0, 9),
        of=st.integers(0, 9),
    )
    def redeem(self, till: str, which: int, name: str, units: int, how: int, of: int) -> None:
        waits = sorted(self.shop.board())
        payer = waits[which % len(waits)]
        own = sorted({b.program for b in self.shop.books if b.item == payer and b.on_board})
        program = own[which % len(own)] if of < 4 else None
        if of == 0:
            program = self._program(which, GIVEAWAY, any_one=True)
        there = self.shop.waiting(payer, program)
        if how == 0:
            # Whatever comes to somebody's mind: mostly it is not there.
            self._redeem(till, name, units, list(PaidFrom)[which % 3], program=program)
        elif payer == FUND:
            most = there // self.shop.prices[name]
            self._redeem(till, name, max(1, min(units, most)), PaidFrom.FUND, program=program)
        elif how in (1, 2, 3) and payer in self.shop.groups:
            named = payer if how == 1 else None
            units = max(1, min(units, there))
            self._redeem(till, name, units, PaidFrom.GROUP, named, program)
        else:
            # One more than waits now and then.
            self._redeem(till, payer, min(units, there + 1), PaidFrom.BOARD, program=program)

    @precondition(lambda self: self.done)
    @rule(
        till=tills,
        which=any_one,
        units=st.none() | st.integers(0, 6),
        kinds=st.sampled_from(UNDONE_TOGETHER),
    )
    def undo(self, till: str, which: int, units: int | None, kinds: set[str]) -> None:
        wanted = [each for each in self._undoable() if each[0] in kinds] or self.done
        self._undo(till, wanted[which % len(wanted)], units)

    @precondition(lambda self: self._undoable())
    @rule(till=tills, part=st.integers(0, 4))
    def undo_the_last(self, till: str, part: int) -> None:
        """Take back what was done last, or a part of it, as a slip of the finger is."""
        done = self._undoable()[-1]
        self._undo(till, done, max(1, done[3].total * part // 4) if part else None)

    @precondition(lambda self: self._undoable(other_day=True))
    @rule(
        till=tills,
        which=any_one,
        units=st.none() | st.integers(0, 6),
        kinds=st.sampled_from(UNDONE_TOGETHER),
        how=st.integers(0, 5),
    )
    def undo_of_other_day(
        self, till: str, which: int, units: int | None, kinds: set[str], how: int
    ) -> None:
        """Take back what another day saw, as the owner may: mostly what can be taken back."""
        late = self._undoable(other_day=True)
        wanted = [each for each in late if each[0] in kinds] or late
        done = wanted[which % len(wanted)]
        if how > 1:
            past, reason = outcome(lambda: self.shop.past_action(done[3]))
            if past is None:
                with pytest.raises(Refused) as refused:
                    self.ledgers[till].past_action(done[1].action)
                assert refused.value.reason == reason
            else:
                told = self.ledgers[till].past_action(done[1].action)
                assert (told.units, told.left, told.day) == (done[3].total, past, done[3].day)
                units = min(units or past, past)
        self._undo(till, done, units, other_day=how > 0)

    @precondition(lambda self: self.shop.books)
    @rule(till=tills, which=any_one, units=st.none() | some)
    def refund(self, till: str, which: int, units: int | None) -> None:
        gift = self._gift(which)
        ask = Refund(action=new_action_id(), gift=gift, units=units)
        self._both(till, "refund", ask, lambda: self.shop.refund(gift, units))

    @precondition(lambda self: self.done)
    @rule(till=tills, which=any_one)
    def ask_again(self, till: str, which: int) -> None:
        method, ask, first, _ = self.done[which % len(self.done)]
        answer = getattr(self.ledgers[till], method)(ask)
        self.happened(f"again: {method}")
        assert answer.repeated
        # Of a new code: what is left on the slip now.
        assert answer.units == first.units or method == "replace"
        assert getattr(answer, "amount_minor", 0) == getattr(first, "amount_minor", 0)
        if not isinstance(answer, HandedOver):
            assert answer.item.id == first.item.id  # type: ignore[union-attr]
        assert self._entries() == self.shop.no

    # -- within --

    def _gift(self, which: int, *, on_board: bool = False) -> int:
        """Return the number of a gift that waits; now and then of any, or of what is none."""
        books = self.shop.books
        fit = [b for b in books if b.units and (b.on_board or not on_board) and b.item != SERVING]
        return (
            (fit or books)[which % len(fit or books)].gift
            if which % 4
            else (books[which % len(books)].gift)
        )

    def _some_slip(self, which: int, *, any_state: bool) -> int:
        """Return one of the slips, one that waits if that was asked for and one does."""
        waiting = [slip for slip in self.codes if self.shop.on_slip(slip)]
        slips = waiting if waiting and not any_state else list(self.codes)
        return slips[which % len(slips)]

    def _redeem(
        self,
        till: str,
        name: str,
        units: int,
        pay: PaidFrom,
        payer: str | None = None,
        program: int | None = None,
    ) -> None:
        ask = Redeem(
            action=new_action_id(),
            item=self.ids[name],
            units=units,
            paid_from=pay,
            substitute=None if payer is None else self.ids[payer],
            program=program,
        )
        self._both(till, "redeem", ask, lambda: self.shop.redeem(name, units, pay, payer, program))
