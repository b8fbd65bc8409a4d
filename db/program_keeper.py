"""The programs' part of a ledger: which there are, what they may give, what the house gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import budgets, giving, program_goods, program_states, programs, settling
from db.answers import Answers
from db.append import lock_head
from db.goods_keeper import GoodsKeeper
from db.perform import Beside
from db.program_goods import refuse_foreign_items
from payforward.core.errors import Refused
from payforward.core.matching import nearest, resolve
from payforward.core.model import ProgramKind
from payforward.core.programs import Program, clean_program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from sqlite_utils import Database

    from db.goods_keeper import Goods
    from db.moment import Moment
    from db.settling import SettleBudget
    from payforward.core.answers import Redeemed
    from payforward.core.asks import GiveAway
    from payforward.core.program_answers import ProgramState

    T = TypeVar("T")


class ProgramKeeper(GoodsKeeper):
    """Keeps the programs of one shop's ledger; a part of `Ledger`."""

    # -- which there are ----------------------------------------------------------------------

    def programs(self, *, retired: bool = False) -> list[Program]:
        """Return the programs, the first one first; retired ones only if asked for."""
        with self._file.snapshot():
            found = programs.read_programs(self._file, self.shop.id)
        return [program for program in found if retired or not program.retired]

    def find_program(
        self, name: str, kind: ProgramKind | None = None, *, retired: bool = False
    ) -> Program:
        """Return the program that a person named, the newest of namesakes.

        Args:
            name: Its whole name.
            kind: Which kind it must be.
            retired: Whether one that is out of use will do where no other has the name.

        Raises:
            Refused: there is none; the nearest names are in the sentence.
        """
        every = [each for each in self.programs(retired=True) if kind in (None, each.kind)]
        live = [each for each in every if not each.retired]
        for known in (live, every[::-1]) if retired else (live,):
            place = resolve(name, [each.name for each in known])
            if place is not None:
                return known[place]
        what = "program" if kind is None else f"{kind} program"
        gone = resolve(name, [each.name for each in every if each.retired])
        if gone is not None:
            retired_name = [each for each in every if each.retired][gone].name
            raise Refused(
                f"{retired_name} is retired already: choose another program, or add it anew.",
                reason="unknown-program",
            )
        near = " or ".join(nearest(name, [each.name for each in live]))
        hint = f"did you mean {near}?" if near else "see the list." if live else "add it first."
        raise Refused(f"There is no {what} {name[:60]}: {hint}", reason="unknown-program")

    def add_program(self, draft: Program, goods: Sequence[Goods] = ()) -> Program:
        """Add a program as it is given; its number is the ledger's to choose.

        Args:
            draft: What was decided about it.
            goods: What a drive takes too, each with its sizes, as `add_goods` adds it.

        Raises:
            BadInput: its kind cannot have all that it has, or a name of goods is none.
            Refused: another has its name, or an item is none that its kind can take.
        """
        new = clean_program(draft)
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            programs.refuse_namesake(programs.read_programs(self._file, self.shop.id), new.name)
            refuse_foreign_items(self._items(), new)
            at = self._at()
            if new.kind is ProgramKind.GIVEAWAY:
                program_goods.ensure_serving(database, self.shop.id, at, self._items())
            number = programs.insert_program(database, self.shop.id, at, new)
            self._take_goods(database, number, goods)
            added = self._live(number)
            self._settle_within(database, added)
        return added

    def change_program(self, program: Program, goods: Sequence[Goods] = ()) -> Program:
        """Keep a program as it is given now; a changed budget holds from this moment on.

        Args:
            program: What is decided about it now, made of what was read of it.
            goods: What a drive takes too, each with its sizes, as `add_goods` adds it.

        Raises:
            BadInput: its kind cannot have all that it has, or a name of goods is none.
            Refused: there is none of that number, another has its name, an item is none that
                its kind can take, or it was changed since it was read.
        """
        changed = clean_program(program)
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            kept = self._live(changed.id)
            changed = clean_program(replace(changed, kind=kept.kind, retired=False))
            programs.refuse_stale(kept, changed)
            known = programs.read_programs(self._file, self.shop.id)
            programs.refuse_namesake(known, changed.name, but=kept.id)
            refuse_foreign_items(self._items(), changed, kept.items)
            programs.update_program(database, self.shop.id, kept.id, changed)
            self._take_goods(database, kept.id, goods)
            changed = self._live(kept.id)
            self._settle_within(database, changed)
        return changed

    def retire_program(self, program: int) -> Program:
        """Take a program out of use; what is left of a giveaway's budget lapses.

        Raises:
            Refused: gifts wait in it, or it is the last one that takes gifts for the board.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._retirable(program)
            at = self._at()
            facts = {"shop": self.shop.id, "program": found.id, "at": at}
            database.execute(programs.RETIRE_PROGRAM, facts)
            retired = programs.program_of(self._file, self.shop.id, found.id)
            self._settle_within(database, retired)
        return retired

    def check_retirable(self, program: int) -> None:
        """Refuse what `retire_program` would as things stand; ask it before asking a person.

        Raises:
            Refused: as there.
        """
        with self._file.snapshot():
            self._retirable(program)

    def taking_programs(self, item: int | None = None) -> tuple[Program, ...]:
        """Return the programs that take gifts of an item for the board today; without it, of any.

        A gift that names no program belongs to the first of them.

        Raises:
            Refused: there is no such item.
        """
        with self._file.snapshot():
            moment = self._moment()
            wanted = None if item is None else moment.item(item)
            return tuple(giving.taking_programs(moment, wanted))

    # -- how they stand -----------------------------------------------------------------------

    def program_states(self, *, retired: bool = False) -> tuple[ProgramState, ...]:
        """Return each program and what it holds, the first one first."""
        with self._file.snapshot():
            moment = self._moment()
            found = programs.read_programs(self._file, self.shop.id)
            wanted = [each for each in found if retired or not each.retired]
            return program_states.read_states(
                self._file, self.shop, moment.items, moment.day, wanted
            )

    def program_state(self, program: int) -> ProgramState:
        """Return one program and what it holds.

        Raises:
            Refused: there is none of that number.
        """
        with self._file.snapshot():
            found = programs.program_of(self._file, self.shop.id, program)
            return self._state(self._moment(), found)

    # -- what the house gives -----------------------------------------------------------------

    def give_away(self, ask: GiveAway) -> Redeemed:
        """Hand units over that the house pays for; `Refused` where its budget has not enough."""
        try:
            return self._give_away(ask)
        except Refused as refused:
            if refused.reason != "budget-not-open":
                raise
        # The first serving of a period. What is refused opens no budget.
        self._settle(ask.program)
        return self._give_away(ask)

    def settle_budgets(self, *, asked: bool = False) -> int:
        """Open today's budgets, and let what is left of older ones lapse; call it every day.

        Args:
            asked: Whether a person asked for it; else nothing is written where the last entry is
                older than a long weekend, as the clock may be ahead: whoever acts first settles
                then.

        Returns:
            How many budgets were settled; none while the clock is in doubt.
        """
        with self._file.snapshot():
            moment = self._moment()
            if not asked and not settling.may_settle_unasked(moment):
                return 0
            every = programs.read_programs(self._file, self.shop.id)
            due = tuple(settling.due(self._file, self.shop.id, every, moment.day))
        return sum(self._settled(ask) for ask in due)

    # -- within -------------------------------------------------------------------------------

    def _give_away(self, ask: GiveAway) -> Redeemed:
        return self._performer.perform(
            ask,
            lambda moment: budgets.plan_give_away(moment, ask),
            self._telling(Answers.redeemed),
        )

    def _settle(self, number: int) -> None:
        with self._file.snapshot():
            moment = self._moment()
            program = programs.program_of(self._file, self.shop.id, number)
            due = tuple(settling.due(self._file, self.shop.id, [program], moment.day))
        for ask in due:
            self._settled(ask)

    def _settled(self, ask: SettleBudget) -> bool:
        try:
            return self._performer.perform(
                ask,
                lambda moment: settling.plan_settle(moment, ask),
                lambda _file, done: not done.repeated,
            )
        except Refused as refused:
            # Another till has done it, or nothing is done until the owner says what day it is.
            if refused.reason not in ("settled", "clock-jumped"):
                raise
        return False

    def _settle_within(self, database: Database, program: Program) -> None:
        """Settle the budget of a program in the transaction that changes it: both or neither."""
        moment = self._moment()
        if not settling.may_settle_unasked(moment):
            return
        for ask in tuple(settling.due(self._file, self.shop.id, [program], moment.day)):
            self._performer.within(
                database,
                ask,
                lambda moment, ask=ask: settling.plan_settle(moment, ask),  # type: ignore[misc]
                lambda _file, _done: None,
                beside=Beside(),
            )

    def _retirable(self, number: int) -> Program:
        """Return a program that nothing keeps from being retired."""
        found = self._live(number)
        program_goods.refuse_holding(self._state(self._moment(), found), self.shop)
        others = [p for p in programs.live_programs(self._file, self.shop.id) if p != found]
        if not any(p.kind is ProgramKind.FORWARD for p in others):
            raise Refused(
                f"{found.name} is the only program that takes gifts for the board: add "
                "another one first.",
                reason="last-program",
            )
        return found

    def _state(self, moment: Moment, program: Program) -> ProgramState:
        states = program_states.read_states(
            self._file, self.shop, moment.items, moment.day, [program]
        )
        return states[0]
