"""Programs and what the house gives, as the state machine does them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from payforward.core.asks import GiveAway
from payforward.core.ids import new_action_id
from payforward.core.shop_settings import ShopSettings
from tests.db.machine_base import MachineBase, any_one, names, outcome, tills
from tests.db.machine_shop import GOODS, NAMES, to_program
from tests.db.small_parts import CHARITY, DRIVE, FORWARD, GIVEAWAY, SmallProgram

if TYPE_CHECKING:
    from collections.abc import Collection

KINDS = (GIVEAWAY, FORWARD, GIVEAWAY, DRIVE, CHARITY)
budgets = st.none() | st.integers(1, 6)
periods = st.sampled_from(["day", "week", "month"])
menu = st.sets(st.sampled_from(NAMES), min_size=2)
all_or_some = st.just(set[str]()) | menu
starts = st.sampled_from([None, None, None, -1, 0, 1, 2])
lengths = st.sampled_from([None, None, None, None, -1, 0, 1, 2, 4])


class Programs(MachineBase):
    """What the owner decides on, and servings of the house."""

    @precondition(lambda self: len(self.shop.programs) < 10)
    @rule(
        till=tills,
        kind=st.sampled_from(KINDS),
        items=all_or_some,
        start=starts,
        length=lengths,
        budget=budgets,
        period=periods,
        which=st.integers(0, 9),
    )
    def add_program(
        self,
        till: str,
        kind: str,
        items: Collection[str],
        start: int | None,
        length: int | None,
        budget: int | None,
        period: str,
        which: int,
    ) -> None:
        draft = SmallProgram(name=f"Program {which}", kind=kind, items=self._fitting(kind, items))
        draft = self._timed(draft, start, length)
        if kind == GIVEAWAY and budget is not None:
            draft = replace(draft, budget=budget, period=period)
        self._add_program(till, draft)

    @rule(
        till=tills,
        which=any_one,
        what=st.sampled_from(["days", "items", "name"]),
        start=starts,
        length=lengths,
        items=all_or_some,
    )
    def change_program(
        self,
        till: str,
        which: int,
        what: str,
        start: int | None,
        length: int | None,
        items: Collection[str],
    ) -> None:
        program = self._to_change(which, FORWARD, GIVEAWAY, DRIVE, CHARITY)
        if what == "days":
            # The first program ends rarely, else too little would ever be given.
            always = program.number == 1 and which % 4
            program = self._timed(program, start, None if always else length)
        elif what == "items":
            program = replace(program, items=self._fitting(program.kind, items))
        else:
            program = replace(program, name=f"Program {which % 9}")
        self._change(till, program)

    @precondition(lambda self: any(p.kind == GIVEAWAY for p in self.shop.programs))
    @rule(
        till=tills,
        which=any_one,
        budget=budgets,
        period=periods,
        same=st.booleans(),
        regret=st.booleans(),
    )
    def change_budget(
        self, till: str, which: int, budget: int | None, period: str, same: bool, regret: bool
    ) -> None:
        program = self._to_change(which, GIVEAWAY)
        if program.kind != GIVEAWAY:
            return
        if regret and self.shop.left_of(program) > 1:
            own = sorted(program.items or NAMES)
            self._give_away(till, program.number, own[which % len(own)], 1)
        kept = program.period if same and program.period is not None else period
        new = replace(program, budget=budget, period=None if budget is None else kept)
        self._change(till, new)
        if regret:
            # What was given out of the budget before comes back into the one that is now.
            given = [each for each in self._undoable() if each[0] == "give_away"]
            own_acts = [each for each in given if each[3].moves[0].book.program == program.number]
            for done in own_acts[-1:]:
                self._undo(till, done, None)
                self._settle(till)

    @precondition(lambda self: any(p.kind == GIVEAWAY for p in self.shop.programs))
    @rule(till=tills, which=any_one, name=names, units=st.integers(1, 5), how=st.integers(0, 9))
    def give_away(self, till: str, which: int, name: str, units: int, how: int) -> None:
        number = self._giveaway(which, how)
        if 0 < number <= len(self.shop.programs) and how < 8:
            own = sorted(self.shop.program(number).items - self.shop.retired)
            name = own[which % len(own)] if own else name
        self._give_away(till, number, name, units)

    @precondition(lambda self: any(p.budget and not p.retired for p in self.shop.programs))
    @rule(till=tills, which=any_one, name=names, more=st.sampled_from([-1, 0, 1]))
    def spend_a_budget(self, till: str, which: int, name: str, more: int) -> None:
        """Give away all that is left of a budget, or one more or less than that."""
        number = self._giveaway(which, 9, budgeted=True)
        units = self.shop.left_of(self.shop.program(number)) + more
        self._give_away(till, number, name, max(1, units))

    @rule(
        till=tills,
        which=any_one,
        name=names,
        what=st.sampled_from(["price", "price", "expiry", "retire", "off the menu", "goods"]),
        much=st.integers(0, 900),
    )
    def decide(self, till: str, which: int, name: str, what: str, much: int) -> None:
        ledger = self.ledgers[till]
        if what == "retire":
            number = self._program(which, *((GIVEAWAY,) if much % 2 else KINDS))
            _, reason = outcome(lambda: self.shop.retire_program(number))
            self._same("retire_program", reason, lambda: ledger.retire_program(number))
        elif what == "expiry":
            days = much % 5 or None
            ledger.save_settings(ShopSettings(expiry_days=days))
            self.shop.expiry_days = days
        elif what == "goods":
            number = self._program(which, DRIVE, any_one=much % 4 == 0)
            self._add_goods(till, number, GOODS[much % 3 :])
        elif name in self.shop.retired:
            return
        elif what == "price":
            ledger.set_price(self.ids[name], much + 1)
            self.shop.prices[name] = much + 1
        elif len(self.shop.retired) < 2:
            ledger.retire_item(self.ids[name])
            self.shop.retired.add(name)

    # -- within --

    def _give_away(self, till: str, number: int, name: str, units: int) -> None:
        ask = GiveAway(action=new_action_id(), item=self.ids[name], program=number, units=units)
        self._both(till, "give_away", ask, lambda: self.shop.give_away(number, name, units))

    def _giveaway(self, which: int, how: int, *, budgeted: bool = False) -> int:
        """Return a giveaway's number: one that runs, mostly."""
        if how == 0:
            return self._program(which, GIVEAWAY, any_one=True)
        today = self.shop.today()
        fit = [
            p.number
            for p in self.shop.programs
            if p.kind == GIVEAWAY
            and (p.budget is not None or not budgeted)
            and (p.state(today) == "running" or how == 1)
        ]
        return fit[which % len(fit)] if fit else self._program(which, GIVEAWAY)

    def _to_change(self, which: int, *kinds: str) -> SmallProgram:
        """Return a copy of a program, mostly one of these kinds."""
        number = self._program(which, *kinds, any_one=which % 16 == 0)
        return replace(self.shop.programs[min(number, len(self.shop.programs)) - 1])

    def _change(self, till: str, program: SmallProgram) -> None:
        known = {each.id: each.change for each in self.ledgers[till].programs(retired=True)}
        ask = replace(to_program(program, self.ids), change=known[program.number])
        _, reason = outcome(lambda: self.shop.change_program(program))
        self._same("change_program", reason, lambda: self.ledgers[till].change_program(ask))

    def _fitting(self, kind: str, items: Collection[str]) -> frozenset[str]:
        """Return items that a program of a kind can have, but for one that left the menu."""
        if kind == CHARITY:
            return frozenset()
        if kind == DRIVE:
            return frozenset(self.shop.goods[: len(items)])
        return frozenset(items)

    def _timed(self, program: SmallProgram, start: int | None, length: int | None) -> SmallProgram:
        today = self.shop.today()
        first = None if start is None else today + timedelta(days=start)
        last = None if length is None else (first or today) + timedelta(days=length)
        return replace(program, starts=first, ends=last)
