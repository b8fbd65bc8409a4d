"""Drives, jars, surplus and notes of what was asked for, as the state machine does them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from payforward.core.asks import Collect, Deliver, NoteAsked, PassOn
from payforward.core.ids import new_action_id
from tests.db.machine_base import (
    PARTNERS,
    MachineBase,
    any_one,
    goods,
    names,
    outcome,
    some,
    tills,
)
from tests.db.small_parts import CHARITY, DRIVE, FORWARD, FUND


class Partners(MachineBase):
    """What the shop does with those who know the people."""

    @precondition(lambda self: self.shop.goods)
    @rule(till=tills, which=any_one, name=goods, units=some, how=st.integers(0, 9))
    def collect(self, till: str, which: int, name: str, units: int, how: int) -> None:
        number = self._program(which, DRIVE, any_one=how == 0)
        taken = sorted(self.shop.programs[number - 1].items) if 0 < how < 8 else []
        name = taken[which % len(taken)] if taken else name
        if name not in self.ids:
            name = self.shop.goods[which % len(self.shop.goods)]
        ask = Collect(action=new_action_id(), item=self.ids[name], program=number, units=units)
        self._both(till, "collect", ask, lambda: self.shop.collect(number, name, units))

    @precondition(lambda self: any(p.kind in (DRIVE, CHARITY) for p in self.shop.programs))
    @rule(till=tills, which=any_one, to=any_one, share=st.integers(1, 9), how=st.integers(0, 9))
    def deliver(self, till: str, which: int, to: int, share: int, how: int) -> None:
        holding = [p.number for p in self.shop.programs if p.kind in (DRIVE, CHARITY)]
        holding = [number for number in holding if self.shop.held(number)]
        number = self._program(which, DRIVE, CHARITY, any_one=how == 0)
        if holding and how:
            number = holding[which % len(holding)]
        partner = self._partner(to)
        parts: dict[str, int] | None = None
        if how > 2:
            # A share of each thing or of one; more than there is with how == 3.
            there = self.shop.held(number)
            wanted = list(there)[: 1 + which % 2] if how > 5 else list(there)
            parts = {i: max(1, there[i] * share // 9) + there[i] * (how == 3) for i in wanted}
        ask = Deliver(
            action=new_action_id(),
            program=number,
            partner=partner,
            # As somebody names them, in no certain order.
            parts=tuple((self.ids[i], n) for i, n in reversed(parts.items())) if parts else None,
        )
        self._both(till, "deliver", ask, lambda: self.shop.deliver(number, partner, parts or None))

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
        ask = PassOn(
            action=new_action_id(),
            item=self.ids[item],
            partner=partner,
            units=units,
            program=number,
        )
        self._both(till, "pass_on", ask, lambda: self.shop.pass_on(item, units, partner, number))

    @precondition(lambda self: any(p.kind == CHARITY for p in self.shop.programs))
    @rule(till=tills, which=any_one, amount=st.integers(1, 3000))
    def fill_a_jar(self, till: str, which: int, amount: int) -> None:
        number = self._program(which, CHARITY)
        self._give(till, FUND, amount, program=number)

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
