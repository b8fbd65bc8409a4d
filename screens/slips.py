"""Slips: what became of each, a new code for one that was lost, and back to the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.asks import TakeBack
from payforward.core.days import short_day
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import ItemKind, SlipState
from payforward.core.slip_answers import Receipt
from payforward.core.text import shown
from screens import paper
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.find_slip import FindSlip
from screens.dialogs.recovery_sheet import SHEET_OWED
from screens.gift import GiftScreen
from screens.issuing import NO_PRINTER, issue_anew
from screens.place_screen import LedgerScreen
from screens.telling import said_time
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.codes import Code
    from payforward.core.partners import Partner
    from payforward.core.slip_answers import Slip
    from screens.desk import Desk
    from screens.dialogs.ask_line import Line

COLUMNS: Final = (
    Column("Slip", 4, 9, right=True),
    Column("On it", 12, 40),
    Column("State", 12, 12),
    Column("Issued", 6, 6),
    Column("For", 8, 24, leaves=1),
    Column("Until", 6, 6, leaves=2),
)
MOST: Final = 300
NO_SLIPS: Final = "No slips yet. At the counter, / at the end of a gift’s line makes one: +fl/"
NONE_SO: Final = "No slips are so. V shows others."
STATES: Final = {
    SlipState.WAITING: "waiting",
    SlipState.USED: "used",
    SlipState.EXPIRED: "ran out",
    SlipState.WITHDRAWN: "withdrawn",
    SlipState.REFUNDED: "refunded",
}


class SlipsScreen(LedgerScreen):
    """All slips, newest first; or those that wait, those of a partner, one that was looked up.

    Givers' words are not here: they are in the gift's story.
    """

    CSS_PATH = "slips.tcss"
    PLACE = Place.SLIPS
    HEADING = "Slips"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.SLIPS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._slips: dict[int, Slip] = {}
        self._partners: list[Partner] = []
        self._view = 0
        self._found: int | None = None
        self._hinted = False
        self._prints = False

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_SLIPS)

    async def load(self) -> None:
        """Show the slips."""
        slips, owed, self._partners, sheet, printer = await self.desk.run(
            lambda ledger: (
                self._read(ledger),
                {each.slip for each in ledger.paper_owed()},
                ledger.partners(retired=True),
                ledger.sheet_is_owed(),
                ledger.printer_of_till(),
            )
        )
        if sheet and not self._hinted:
            self._hinted = True
            self.say(SHEET_OWED)
        self._prints = paper.prints(printer)
        self._slips = {slip.slip: slip for slip in slips}
        self.entitle("Slips", self._view_name(len(slips)))
        empty = NO_SLIPS if self._view == 0 else NONE_SO
        self.query_one(Table).show([self._row(slip, owed) for slip in slips], empty=empty)

    def _read(self, ledger: Ledger) -> Sequence[Slip]:
        if self._found is not None:
            return (ledger.slip(self._found),)
        if self._view == 1:
            return ledger.slips(SlipState.WAITING, most=MOST)
        if self._view >= 2:
            return ledger.slips(partner=self._partners[self._view - 2].id, most=MOST)
        return ledger.slips(most=MOST)

    def _view_name(self, count: int) -> str:
        if self._found is not None:
            return f"slip {self._found} · V shows all"
        if self._view >= 2:
            return shown(self._partners[self._view - 2].name)
        what = "waiting" if self._view == 1 else "all"
        return f"{what}, the newest {count}" if count == MOST else what

    def _row(self, slip: Slip, owed: set[int]) -> Row:
        waits = slip.state is SlipState.WAITING
        state = "no paper yet" if slip.slip in owed else STATES[slip.state]
        until = slip.expires_on
        return Row(
            key=slip.slip,
            cells=(
                str(slip.slip),
                self.said(slip),
                state,
                short_day(slip.issued_on),
                slip.partner or "",
                "" if until is None else short_day(until),
            ),
            dim=not waits,
        )

    def said(self, slip: Slip) -> str:
        """Return what is on a slip, or was."""
        if slip.item.kind is ItemKind.MONEY:
            whole = self.desk.money(slip.units)
            return (
                whole
                if slip.left in (0, slip.units)
                else f"{self.desk.money(slip.left)} of {whole}"
            )
        count = str(slip.units)
        if slip.left not in (0, slip.units):
            count = f"{slip.left} of {slip.units}"
        return f"{count} {shown(slip.item.name)}"

    @property
    def _marked(self) -> Slip | None:
        """The slip that the keys are about; None while a dialog is open or there are none."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._slips[marked]

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open the story of a slip that was clicked while it was marked."""
        message.stop()
        self.action_open_story()

    def action_open_story(self) -> None:
        """Open the story of the marked slip's gift."""
        slip = self._marked
        if slip is not None:
            self.app.push_screen(GiftScreen(self.desk, slip.gifts[0]))

    async def action_next_view(self) -> None:
        """Show all, those that wait, or those of the next partner."""
        self._view = 0 if self._found is not None else (self._view + 1) % (2 + len(self._partners))
        self._found = None
        self.say("")
        await self.reload()

    @work
    async def action_find(self) -> None:
        """Find a slip by its code or number; this only looks."""
        if not self.is_active:
            return

        async def find(line: Line[Code | int]) -> Slip | Receipt:
            asked = line.value
            return await self.desk.run(
                lambda ledger: (
                    ledger.slip_of(asked) if isinstance(asked, int) else ledger.look_up(asked)
                )
            )

        found = await ask(
            self.app,
            lambda line, problem: FindSlip("" if line is None else line.typed, problem=problem),
            find,
        )
        if isinstance(found, Receipt):
            self.app.push_screen(GiftScreen(self.desk, found.gift))
        elif found is not None:
            self._found = found.slip
            await self.reload()
            self.say(self._told(found))

    def _told(self, slip: Slip) -> str:
        if slip.ended_at is None:
            return f"Slip {slip.slip} waits: {self.said(slip)}."
        at = self.local(slip.ended_at)
        when = f"{short_day(at.date())} at {said_time(at)}"
        return f"Slip {slip.slip}: {STATES[slip.state]}, {when}, at {shown(slip.ended_till or '')}."

    @work
    async def action_print_again(self) -> None:
        """Give the marked slip a new code, and print or show it."""
        slip = self._marked
        if slip is None or not self._waits(slip):
            return
        what = "It gets a new code: paper that was printed before pays no more, wherever it is."
        sure = await self.app.push_screen_wait(
            Confirm(
                f"Print slip {slip.slip} again",
                what if self._prints else f"{what} {NO_PRINTER}",
                yes="Print it again" if self._prints else "Show a new square",
            )
        )
        if sure:
            await self._do(issue_anew(self.app, self.desk, slip.slip))

    @work
    async def action_to_board(self) -> None:
        """Put what is left on the marked slip back on the board."""
        slip = self._marked
        if slip is None or not self._waits(slip):
            return
        sure = await self.app.push_screen_wait(
            Confirm(
                f"Put slip {slip.slip} on the board",
                f"Then {self.said(slip)} is for whoever asks, and the slip pays no more.",
                yes="Put it there",
            )
        )
        if sure:
            await self._do(self._take_back(slip))

    async def _take_back(self, slip: Slip) -> str:
        wish = TakeBack(action=new_action_id(), slips=(slip.slip,))
        await self.desk.run(lambda ledger: ledger.take_back(wish))
        return f"What was left on slip {slip.slip} is on the board."

    def _waits(self, slip: Slip) -> bool:
        if slip.state is SlipState.WAITING:
            return True
        self.complain(f"Nothing is left on slip {slip.slip}: {STATES[slip.state]}.")
        return False

    async def _do(self, doing: Awaitable[str]) -> None:
        """Do something, show the slips anew, and say what became of it."""
        try:
            said = await doing
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(said)
