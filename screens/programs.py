"""Programs: the ways of giving that the shop runs, and what it has decided of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.errors import PayforwardError
from payforward.core.model import ProgramKind
from payforward.core.people import Guarded
from payforward.core.programs import Running
from payforward.core.text import shown
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.goods import GoodsScreen
from screens.handing_over import HandoversScreen, deliver
from screens.owner import owners
from screens.place_screen import LedgerScreen
from screens.program_asking import (
    CHANGED_MEANWHILE,
    ask_changes,
    ask_items,
    ask_new,
    said_items,
)
from screens.program_end import said_after_end, said_next, said_not_to_end
from screens.program_words import KINDS, said_run, said_standing
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.program_answers import ProgramState
    from payforward.core.programs import Program
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Program", 14, 34),
    Column("Kind", 19, 20, leaves=2),
    Column("How it stands", 22, 34),
    Column("Runs", 11, 26, leaves=1),
)
NO_PROGRAMS: Final = "No programs. A adds one: what customers give, what the house gives, a drive."
_DELIVERS: Final = (ProgramKind.DRIVE, ProgramKind.CHARITY)


class ProgramsScreen(LedgerScreen):
    """The programs and how they stand."""

    CSS_PATH = "programs.tcss"
    PLACE = Place.PROGRAMS
    HEADING = "Programs"
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.PROGRAMS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._states: dict[int, ProgramState] = {}
        self._today: date | None = None

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_PROGRAMS)

    async def load(self) -> None:
        """Show the programs."""
        states, today = await self.desk.run(
            lambda ledger: (ledger.program_states(), ledger.today())
        )
        self._states = {each.program.id: each for each in states}
        self._today = today
        self.entitle("Programs")
        self.query_one(Table).show([self._row(each, today) for each in states])

    def _row(self, state: ProgramState, today: date) -> Row:
        return Row(
            key=state.program.id,
            cells=(
                state.program.name,
                KINDS[state.program.kind],
                said_standing(state, today, self.desk.money),
                said_run(state, today),
            ),
            dim=state.running is not Running.RUNNING,
        )

    @property
    def _marked(self) -> ProgramState | None:
        """The program that the keys are about; None while a dialog is open or there are none."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._states[marked]

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Change a program that was clicked while it was marked."""
        message.stop()
        self.action_change_program()

    # -- what is decided ----------------------------------------------------------------------

    @work
    @owners(Guarded.PROGRAMS)
    async def action_add_program(self) -> None:
        """Add a program: its kind first, then what that kind has."""
        if not self.is_active or self._today is None:
            return
        added = await ask_new(self.app, self.desk, self._today)
        if added is not None:
            await self.reload()
            self.query_one(Table).mark(added.id)
            of = ""
            if added.kind is ProgramKind.GIVEAWAY:
                of = f", for {await said_items(self.desk, added)}"
            self.say(f"{shown(added.name)} is there{of}. {said_next(added, self._today)}")

    @work
    @owners(Guarded.PROGRAMS)
    async def action_change_program(self) -> None:
        """Change what is decided of the marked program."""
        state = self._marked
        if state is not None and self._today is not None:
            await self._do(ask_changes(self.app, self.desk, self._today, state.program.id))

    @work
    @owners(Guarded.PROGRAMS)
    async def action_own_items(self) -> None:
        """Choose the items that the marked program is for."""
        state = self._marked
        if state is not None:
            await self._do(ask_items(self.app, self.desk, state.program.id))

    @work
    @owners(Guarded.PROGRAMS)
    async def action_end_program(self) -> None:
        """Let the marked program end today, once it was said what follows, and confirmed."""
        state, today = self._marked, self._today
        if state is None or today is None:
            return
        program = state.program
        why = said_not_to_end(state, today)
        if why:
            self.complain(why)
            return
        sure = await self.app.push_screen_wait(
            Confirm(
                f"End {program.name} today",
                said_after_end(state, self._states.values(), today, self.desk.money),
                yes="End it",
            )
        )
        if sure:
            await self._do(self._end_today(program, today))

    async def _end_today(self, program: Program, today: date) -> str:
        ended = replace(program, ends_on=today)
        await self.desk.run(lambda ledger: ledger.change_program(ended))
        return f"{shown(program.name)} ends today. C changes its days."

    @work
    @owners(Guarded.PROGRAMS)
    async def action_retire_program(self) -> None:
        """Take the marked program out of use, once that is confirmed; refuse before asking."""
        state = self._marked
        if state is None:
            return
        program = state.program
        try:
            await self.desk.run(lambda ledger: ledger.check_retirable(program.id))
        except PayforwardError as error:
            self.complain(error.message)
            return
        what = "It can be used no more. All that it did stays written down."
        sure = await self.app.push_screen_wait(
            Confirm(f"Retire {program.name}", what, yes="Retire it")
        )
        if sure:
            await self._do(self._retire(program))

    async def _retire(self, program: Program) -> str:
        await self.desk.run(lambda ledger: ledger.retire_program(program.id))
        return f"{shown(program.name)} is retired."

    async def _do(self, doing: Awaitable[str]) -> None:
        """Do something, show the programs anew, and say what became of it."""
        try:
            done = await doing
        except PayforwardError as error:
            if error.reason == CHANGED_MEANWHILE:
                await self.reload()
            self.complain(error.message)
        else:
            await self.reload()
            self.say(done)

    # -- goods and money that leave -----------------------------------------------------------

    def action_goods(self) -> None:
        """Show the goods that the marked drive takes."""
        state = self._marked
        if state is None:
            return
        if state.program.kind is not ProgramKind.DRIVE:
            self.complain("Only a drive takes goods. I chooses the items of others.")
            return
        self.app.push_screen(GoodsScreen(self.desk, state.program.id))

    @work
    async def action_deliver(self) -> None:
        """Hand over what the marked drive collected, or what is in the jar."""
        state = self._marked
        if state is None:
            return
        if state.program.kind not in _DELIVERS:
            self.complain("Only a drive or a jar is delivered. Partners, P passes surplus on.")
            return
        await self._do(deliver(self.app, self.desk, state.program.id))

    def action_manifests(self) -> None:
        """Show what the marked program has handed over."""
        state = self._marked
        if state is not None:
            self.app.push_screen(HandoversScreen(self.desk, state.program))
