"""Slips that wait for paper, at whichever till, and those that nobody is sure of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding

from payforward.core.asks import TakeBack
from payforward.core.days import short_day
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.paper import PaperState
from payforward.core.text import shown
from screens import paper
from screens.batches import said_slips, told
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.working import Working
from screens.place_screen import LedgerScreen
from screens.telling import said_time
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.paper import PaperOwed
    from payforward.output.odd_papers import Outcome
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Slip", 4, 9, right=True),
    Column("Since", 12, 12),
    Column("Why", 14, 70),
    Column("Tries", 5, 5, right=True, leaves=2),
    Column("Till", 8, 20, leaves=1),
)
NOTHING: Final = "Nothing waits for paper. Slips that do not print will stand here."
NO_PRINTER: Final = "This till has no printer: More, Printers adds one. Slips, P shows a new code."


class WaitingPaperScreen(LedgerScreen):
    """The outbox: what was not printed, and what may not have been."""

    CSS_PATH = "waiting_paper.tcss"
    PLACE = Place.PAPER
    HEADING = "Waiting for paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Place.PAPER),
        Binding("enter", "see_to_marked", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._owed: dict[int, PaperOwed] = {}

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NOTHING)

    async def load(self) -> None:
        """Show what waits, the oldest first; then what nobody is sure of."""
        waits, unsure = await self.desk.run(
            lambda ledger: (ledger.paper_owed(), ledger.paper_unconfirmed())
        )
        self._owed = {each.slip: each for each in (*waits, *unsure)}
        self.entitle("Waiting for paper", said_slips(len(waits)) if waits else "")
        self.query_one(Table).show([self._row(each) for each in (*waits, *unsure)])

    def _row(self, owed: PaperOwed) -> Row:
        since = self.local(owed.since)
        sent = owed.state is PaperState.SENT
        why = "sent; nobody has said that it came out" if sent else owed.why or "not printed yet"
        return Row(
            key=owed.slip,
            cells=(
                str(owed.slip),
                f"{short_day(since.date())} {said_time(since)}",
                why,
                str(owed.tries),
                owed.till,
            ),
            dim=sent,
        )

    @property
    def _marked(self) -> PaperOwed | None:
        """What the keys are about; None while a dialog is open or nothing waits."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._owed[marked]

    def action_see_to_marked(self) -> None:
        """Settle a slip that was sent; print all where the marked one waits."""
        marked = self._marked
        if marked is not None and marked.state is PaperState.SENT:
            self.action_came_out()
        else:
            self.action_print_now()

    @work
    async def action_came_out(self) -> None:
        """Note that the marked slip came out."""
        marked = self._marked
        if marked is None:
            return
        if marked.state is not PaperState.SENT:
            self.complain(f"Slip {marked.slip} was not sent to a printer. P prints all that waits.")
            return
        try:
            await self.desk.run(lambda ledger: ledger.mark_confirmed(marked.job))
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(f"Slip {marked.slip} came out.")

    @work
    async def action_print_now(self) -> None:
        """Print all that waits, each with a new code."""
        if not self.is_active:
            return
        waits = [each for each in self._owed.values() if each.state is PaperState.PENDING]
        if not waits:
            self.complain("Nothing waits for paper.")
            return
        if not paper.prints(await self.desk.run(lambda ledger: ledger.printer_of_till())):
            self.complain(NO_PRINTER)
            return
        outcome: tuple[Outcome, ...] | PayforwardError = await self.app.push_screen_wait(
            Working(
                f"Printing {said_slips(len(waits))}",
                lambda progress: self.desk.on_press(lambda press: press.print_waiting(progress)),
            )
        )
        await self.reload()
        if isinstance(outcome, PayforwardError):
            self.complain(outcome.message)
        else:
            self.say(told(outcome, len(waits)))

    @work
    async def action_instead_board(self) -> None:
        """Put the marked slip's gift on the board instead."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        if not await self.app.push_screen_wait(
            Confirm(
                f"Put slip {marked} on the board",
                "Its gift waits for whoever asks then, and the slip pays no more.",
                yes="Put it there",
            )
        ):
            return
        wish = TakeBack(action=new_action_id(), slips=(marked,))
        try:
            done = await self.desk.run(lambda ledger: ledger.take_back(wish))
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(f"{shown(done.item.name)}: what was on slip {marked} is on the board.")
