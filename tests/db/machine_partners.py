"""Drives, jars, surplus and notes of what was asked for, as the state machine does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from payforward.core.asks import Deliver, NoteAsked, PassOn
from payforward.core.ids import new_action_id
from tests.db.machine_base import MachineBase, any_one, goods, names, outcome, some, tills
from tests.db.machine_shop import PARTNERS
from tests.db.small_parts import CHARITY, DRIVE, FORWARD, FUND, GIVEAWAY

if TYPE_CHECKING:
    from collections.abc import Mapping


class Partners(MachineBase):
    """What the shop does with those who know the people."""

    @precondition(lambda self: self.shop.goods)
    @rule(till=tills, which=any_one, name=goods, units=some, how=st.integers(0, 9))
    def collect(self, till: str, which: int, name: str, units: int, how: int) -> None:
        number = self._program(which, DRIVE, any_one=how == 0)
        taken = [item for p in self.shop.programs if p.number == number for item in p.items]
        taken = sorted(taken) if 0 < how < 8 else []
        name = taken[which % len(taken)] if taken else name
        if name not in self.ids:
            name = self.shop.goods[which % len(self.shop.goods)]
        self._collect(till, number, name, units)

    @precondition(lambda self: any(p.kind in (DRIVE, CHARITY) for p in self.shop.programs))
    @rule(till=tills, which=any_one, to=any_one, share=st.integers(1, 9), how=st.integers(0, 9))
    def deliver(self, till: str, which: int, to: int, share: int, how: int) -> None:
        jars = [p.number for p in self.shop.programs if p.kind in (DRIVE, CHARITY)]
        holding = [number for number in jars if self.shop.held(number)]
        number = self._program(which, DRIVE, CHARITY, any_one=how == 0)
        if holding and how:
            number = holding[which % len(holding)]
        partner = self._partner(to)
        parts: dict[str, int] | None = None
        if how > 2:
            # A share of each thing or of one; now and then one more than there is.
            there = {i: n for i, n in self.shop.held(number).items() if i in self.ids}
            wanted = list(there)[: 1 + which % 2] if how > 5 else list(there)
            shares = {i: max(1, there[i] * share // 9) for i in wanted}
            parts = {i: there[i] + 1 if how in (3, 9) else shares[i] for i in wanted}
        self._deliver(till, number, partner, parts)

    @precondition(lambda self: self.shop.board())
    @rule(till=tills, which=any_one, to=any_one, share=st.integers(1, 6), how=st.integers(0, 9))
    def pass_on(self, till: str, which: int, to: int, share: int, how: int) -> None:
        waits = sorted(self.shop.board())
        item = waits[which % len(waits)]
        own = sorted({b.program for b in self.shop.books if b.item == item and b.on_board})
        number = own[which % len(own)] if how in (1, 2, 3) else None
        if how == 0:
            number = self._program(which, FORWARD, any_one=True)
        there = self.shop.waiting(item, number)
        units = max(1, there * share // 6) + (how == 4)
        partner = self._partner(to)
        self._pass_on(till, item, units, partner, number)

    @precondition(lambda self: any(p.kind == CHARITY for p in self.shop.programs))
    @rule(till=tills, which=any_one, amount=st.integers(1, 3000))
    def fill_a_jar(self, till: str, which: int, amount: int) -> None:
        number = self._program(which, CHARITY)
        self._give(till, FUND, amount, program=number)

    @precondition(
        lambda self: sum(p.kind != GIVEAWAY and not p.retired for p in self.shop.programs) > 1
    )
    @rule(till=tills, which=any_one, regret=st.booleans())
    def empty_and_retire(self, till: str, which: int, regret: bool) -> None:
        """See a program off, and take back what emptied it: it holds that again."""
        forward = [p for p in self.shop.programs if p.kind == FORWARD and not p.retired]
        number = self._program(which, *((FORWARD,) if len(forward) > 1 else ()), DRIVE, CHARITY)
        state = self.shop.states()[min(number, len(self.shop.programs)) - 1]
        if (
            number > len(self.shop.programs)
            or len(state.waits) > 3
            or any(on_slips for *_, on_slips in state.waits)
        ):
            return
        partner = self._partner(which)
        before = len(self.done)
        if self.shop.program(number).kind == FORWARD:
            for item, units, *_ in state.waits:
                self._pass_on(till, item, units, partner, number)
        else:
            self._deliver(till, number, partner, None)
        self._retire(till, number)
        if regret and len(self.done) > before:
            self._undo(till, self.done[-1], None)

    # -- within --

    def _retire(self, till: str, number: int) -> None:
        _, reason = outcome(lambda: self.shop.retire_program(number))
        self._same("retire_program", reason, lambda: self.ledgers[till].retire_program(number))

    def _deliver(
        self, till: str, number: int, partner: int, parts: Mapping[str, int] | None
    ) -> None:
        # As somebody names them, in no certain order.
        named = reversed(list(parts.items())) if parts else ()
        ask = Deliver(
            action=new_action_id(),
            program=number,
            partner=partner,
            parts=tuple((self.ids[item], units) for item, units in named) or None,
        )
        self._both(till, "deliver", ask, lambda: self.shop.deliver(number, partner, parts or None))

    def _pass_on(self, till: str, item: str, units: int, partner: int, number: int | None) -> None:
        ask = PassOn(
            action=new_action_id(),
            item=self.ids[item],
            partner=partner,
            units=units,
            program=number,
        )
        self._both(till, "pass_on", ask, lambda: self.shop.pass_on(item, units, partner, number))

    # -- asked for in vain --

    @rule(till=tills, name=names, units=some, which=any_one, what=st.sampled_from("nnnaf"))
    def ask_in_vain(self, till: str, name: str, units: int, which: int, what: str) -> None:
        if what == "n" or not self.noted:
            self._note(till, name, units)
            return
        ask, note = self.noted[which % len(self.noted)]
        ledger = self.ledgers[till]
        if what == "a":
            answer = ledger.note_asked(ask)
            assert (answer.repeated, answer.units, answer.day) == (True, note.units, note.day)
            return
        _, reason = outcome(lambda: self.shop.forget_asked(note))
        self._same("forget_asked", reason, lambda: ledger.forget_asked(ask.action))

    @rule(till=tills, which=any_one, leaves=st.booleans())
    def see_to_partners_and_goods(self, till: str, which: int, leaves: bool) -> None:
        ledger = self.ledgers[till]
        if leaves:
            # One leaves, or comes back.
            name = PARTNERS[which % len(PARTNERS)]
            known = {partner.name: partner.id for partner in ledger.partners()}
            if name in known:
                ledger.retire_partner(known[name])
                self.shop.partners[known[name]] = False
            else:
                self.shop.partners[ledger.add_partner(name).id] = True
        elif self.shop.goods:
            drives = [p for p in self.shop.programs if p.kind == DRIVE and not p.retired]
            name = self.shop.goods[which % len(self.shop.goods)]
            for drive in drives[:1]:
                ledger.drop_goods(drive.number, self.ids[name])
                drive.items -= {name}

    def _note(self, till: str, name: str, units: int) -> None:
        ask = NoteAsked(action=new_action_id(), item=self.ids[name], units=units)
        note, reason = outcome(lambda: self.shop.note_asked(name, units))
        self._same("note_asked", reason, lambda: self.ledgers[till].note_asked(ask))
        if note is not None:
            self.noted.append((ask, note))
