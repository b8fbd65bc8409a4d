"""What was asked for while none of it was waiting: by month, so that the owner learns of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.content import Content
from textual.widgets import Static

from payforward.core.days import MONTHS, short_day
from payforward.core.errors import PayforwardError
from payforward.core.text import shown
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.place_screen import LedgerScreen
from screens.telling import said_time
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.program_answers import AskedNote
    from screens.desk import Desk

COLUMNS: Final = (
    Column("When", 12, 12),
    Column("Asked for", 16, 50),
    Column("Till", 6, 30, leaves=1),
)
NOTHING: Final = "Nobody asked in vain this month. Where none waits, the counter offers a note."
NOTHING_THEN: Final = "Nobody asked in vain that month. ← looks at the month before, → after."


class AskedScreen(LedgerScreen):
    """The notes of a month, newest first, and counted by item above; never who asked."""

    CSS_PATH = "asked.tcss"
    PLACE = Place.ASKED
    HEADING = "Asked for"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.ASKED)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._month: date | None = None
        self._today: date | None = None
        self._notes: tuple[AskedNote, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Show the counts and the table."""
        yield Static("", id="counted", markup=False)
        yield Table(COLUMNS, empty="")

    async def load(self) -> None:
        """Show the notes of the month."""
        asked = self._month
        today, first, notes = await self.desk.run(
            lambda ledger: (
                today := ledger.today(),
                first := asked or today.replace(day=1),
                ledger.asked(first, _last_of(first)),
            )
        )
        self._today, self._notes = today, notes
        is_now = first == today.replace(day=1)
        self._month = None if is_now else first
        self.entitle("Asked for", f"{MONTHS[first.month - 1]} {first.year}")
        counted = self.query_one("#counted", Static)
        counted.update(Content(_counted(notes)))
        counted.display = bool(notes)
        rows = [self._row(at, note) for at, note in enumerate(notes)]
        self.query_one(Table).show(rows, empty=NOTHING if is_now else NOTHING_THEN)

    def _row(self, at: int, note: AskedNote) -> Row:
        when = self.local(note.at)
        return Row(
            # A place in the list will do: notes have no numbers, and a new one comes on top.
            key=len(self._notes) - at,
            cells=(
                f"{short_day(note.day)} {said_time(when)}",
                f"{note.units} {shown(note.item.name)}",
                note.till,
            ),
        )

    @work
    async def action_take_note_back(self) -> None:
        """Take the marked note of today back, once that is confirmed."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        note = self._notes[len(self._notes) - marked]
        if note.day != self._today:
            self.complain("Only a note of today can be taken back.")
            return
        what = f"{note.units} {note.item.name}, noted at {said_time(self.local(note.at))}."
        if not await self.app.push_screen_wait(
            Confirm("Take the note back", what, yes="Take it back")
        ):
            return
        try:
            await self.desk.run(lambda ledger: ledger.forget_asked(note.action))
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say("The note is taken back.")

    async def action_month_before(self) -> None:
        """Show the month before."""
        if self._today is not None and self.is_active:
            first = self._month or self._today.replace(day=1)
            await self._go((first - timedelta(days=1)).replace(day=1))

    async def action_month_after(self) -> None:
        """Show the month after; this month is the last one."""
        if self._today is None or not self.is_active:
            return
        if self._month is None:
            self.say("No later month yet.")
            return
        await self._go(_last_of(self._month) + timedelta(days=1))

    async def _go(self, first: date) -> None:
        self._month = first
        self.say("")
        await self.reload()


def _last_of(first: date) -> date:
    """Return the last day of the month that begins on a day."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _counted(notes: Sequence[AskedNote]) -> str:
    """Return how often each item was missed, the most missed first."""
    names = {note.item.id: shown(note.item.name) for note in notes}
    missed = Counter[int]()
    for note in notes:
        missed[note.item.id] += note.units
    return ", ".join(f"{count} {names[item]}" for item, count in missed.most_common())
