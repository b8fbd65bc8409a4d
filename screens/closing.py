"""Close the day: what was taken for gifts beside what the shop's own till says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from payforward.core.errors import BadInput, PayforwardError, Refused
from payforward.core.people import Guarded
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.closing_words import (
    at_the_counter,
    question,
    said_closed,
    said_difference,
    said_state,
    said_too_late_or_early,
    takings,
)
from screens.dialogs.confirm import Confirm
from screens.dialogs.till_form import TillDraft, TillForm
from screens.owner import owner_agrees
from screens.owner_paper import bring_out_closing
from screens.place_screen import LedgerScreen
from screens.telling import TENDER_WORDS, said_day

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.closing import ClosedDay, DayReport
    from screens.desk import Desk

_MARGINS: Final = 7
"""What a line has not of the terminal's width."""


class ClosingScreen(LedgerScreen):
    """A business day: open, to be closed; or closed, with what was said of it."""

    CSS_PATH = "closing.tcss"
    PLACE = Place.CLOSING
    HEADING = "Close the day"
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.CLOSING)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._day: date | None = None
        self._report: DayReport | None = None
        self._can_close = False

    def compose_body(self) -> ComposeResult:
        """Show the day."""
        with VerticalScroll():
            yield Static("", id="day", markup=False)

    async def load(self) -> None:
        """Show the day; first the one that would be closed now, or was last."""
        asked = self._day
        report, can_close = await self.desk.run(
            lambda ledger: (
                found := ledger.day_report(_day_meant(ledger) if asked is None else asked),
                _can_close(ledger, found.day),
            )
        )
        self._day, self._report, self._can_close = report.day, report, can_close
        self.draw()

    def draw(self) -> None:
        """Show what is known."""
        report = self._report
        if report is None:
            return
        closed = report.closed
        room = self.app.size.width - _MARGINS
        lines = takings(report, self.desk.money, room)
        if closed is not None:
            lines += ["", *said_closed(closed, self.desk.money, self.local)]
        elif not self._can_close:
            lines += ["", said_too_late_or_early(report.state)]
        counters = at_the_counter(report)
        if counters:
            lines += ["", "At the counter", *counters]
        self.query_one("#day", Static).update(Content("\n".join(lines)))
        state = said_state(report.state, can_close=self._can_close)
        self.entitle(self.HEADING, f"{said_day(report.day)} · {state}")
        self.withhold(*([] if closed is not None or self._can_close else ["end_day"]))

    def on_resize(self) -> None:
        """Choose the columns anew."""
        self.draw()

    # -- days ---------------------------------------------------------------------------------

    async def action_day_before(self) -> None:
        """Show the day before."""
        await self._go(-1)

    async def action_day_after(self) -> None:
        """Show the day after; the one on which things are done now is the last."""
        await self._go(1)

    async def _go(self, days: int) -> None:
        if self._day is None or not self.is_active:
            return
        day = self._day + timedelta(days=days)
        try:
            last = await self.desk.run(lambda ledger: ledger.today())
        except PayforwardError as error:
            self.complain(error.message)
            return
        if day > last:
            self.say("There is no later day yet.")
            return
        self._day = day
        self.say("")
        await self.reload()

    # -- paper --------------------------------------------------------------------------------

    @work
    async def action_closing_slip(self) -> None:
        """Bring the slip of the day that is shown out."""
        if self._report is not None and self.is_active:
            await self._slip()

    async def _slip(self) -> None:
        assert self._report is not None
        try:
            done = await bring_out_closing(self.app, self.desk, self._report)
        except PayforwardError as error:
            self.complain(error.message)
        else:
            if done:
                self.say(done)

    # -- close and correct --------------------------------------------------------------------

    @work
    async def action_end_day(self) -> None:
        """Close the day that is shown; of a closed one, say anew what the till said."""
        report = self._report
        if report is None or not self.is_active:
            return
        try:
            if report.closed is None:
                await self._close(report)
            elif await self.may_correct():
                await self._correct(report)
        except PayforwardError as error:
            self.complain(error.message)

    async def may_correct(self) -> bool:
        """Return whether whoever is here may change what was said of a closed day."""
        return await owner_agrees(self.app, self.desk, Guarded.CLOSES)

    async def _close(self, report: DayReport) -> None:
        # Refused here, before anything is typed.
        if not self._can_close:
            raise Refused(said_too_late_or_early(report.state), reason="day-not-open")
        await self.desk.run(lambda ledger: ledger.day_to_close(report.day))

        async def close(draft: TillDraft) -> ClosedDay:
            said = question(report, self._said_difference(draft, report))
            sure = await self.app.push_screen_wait(Confirm("Close the day", said, yes="Close it"))
            if not sure:
                raise BadInput("", reason="not-sure")
            return await self.desk.run(lambda ledger: ledger.close_day(report.day, draft.says))

        closed = await ask(
            self.app,
            lambda draft, problem: TillForm(
                f"Close {said_day(report.day)}",
                report,
                self.desk.money_currency,
                draft,
                yes="Close the day",
                problem=problem,
            ),
            close,
        )
        if closed is not None:
            await self.reload()
            self.say("The day is closed. P brings its slip out again.")
            await self._slip()

    async def _correct(self, report: DayReport) -> None:
        async def correct(draft: TillDraft) -> ClosedDay:
            return await self.desk.run(lambda ledger: ledger.correct_close(report.day, draft.says))

        corrected = await ask(
            self.app,
            lambda draft, problem: TillForm(
                f"Correct {said_day(report.day)}",
                report,
                self.desk.money_currency,
                draft,
                yes="Correct it",
                problem=problem,
            ),
            correct,
        )
        if corrected is not None:
            await self.reload()
            self.say("Corrected. What was said before stands below it.")

    def _said_difference(self, draft: TillDraft, report: DayReport) -> str:
        till = draft.says.minor or {}
        off = [
            (TENDER_WORDS[each.tender], said - each.net_minor)
            for each in report.taken
            if (said := till.get(each.tender)) is not None
        ]
        return said_difference(off, self.desk.money)


def _day_meant(ledger: Ledger) -> date:
    """Return the day that would be closed now; where that is done, the one that was."""
    try:
        return ledger.day_to_close()
    except Refused:
        today = ledger.today()
        before = today - timedelta(days=1)
        return before if ledger.day_report(today).closed is None else today


def _can_close(ledger: Ledger, day: date) -> bool:
    """Return whether a day is open and begun: it may be closed now."""
    try:
        ledger.day_to_close(day)
    except Refused:
        return False
    return True
