"""The typed line at work: what it means, what Enter would do, what is kept for later."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.widgets import Input

from screens.counter import reading, scans
from screens.counter.board_screen import POLL_SECONDS, BoardScreen
from screens.counter.choosing import Choosing
from screens.counter.entry_input import EntryInput
from screens.counter.house_ways import HouseWay
from screens.counter.lines import JustNow
from screens.counter.menu_list import MenuList
from screens.counter.paper_ways import OnSlipWay, WaitingPaperWay, with_doubt
from screens.counter.slip_ways import AnotherWay, FromSlipWay, InsteadWay, UnpaidWay
from screens.counter.typeable import key_of
from screens.counter.ways import GiveWay, NoWay, RetryWay, ServeWay

if TYPE_CHECKING:
    from screens.counter.house_ways import HouseAsked
    from screens.counter.ways import Way

BLINK_SECONDS: Final = 0.2
"""What was on the screen for less, nobody has read."""

SLIP_SECONDS: Final = 60.0
"""So long after the last key a scanned slip is put down: the next guest is another one."""


class LineScreen(BoardScreen):
    """Reads the typed line, and chooses with the arrows from what it may mean.

    A subclass says in `do` what becomes of a way that was accepted.
    """

    _seen: tuple[object, ...] = ()
    _still_since = math.inf

    def do(self, way: Way) -> None:
        """Do what a way says."""
        raise NotImplementedError

    async def on_mount(self) -> None:
        """Look now and then whether a slip was left in hand."""
        self.set_interval(POLL_SECONDS, self._put_slip_down)

    def _put_slip_down(self) -> None:
        """Forget a scanned slip with which nothing was done for a while."""
        line = self.line
        seen = (line.line_no, line.held, line.chosen, self.query_one(EntryInput).value)
        if seen != self._seen:
            self._seen, self._still_since = seen, time.monotonic()
        is_slips = line.held is not None or isinstance(line.chosen, AnotherWay | InsteadWay)
        if is_slips and time.monotonic() - self._still_since > SLIP_SECONDS:
            line.held = None
            self.clear_line()

    @work(exclusive=True, group="board")
    async def on_screen_resume(self) -> None:
        """Come back from another screen: the menu may have changed there."""
        if self._board.around is None:
            return
        way = self.line.chosen
        if isinstance(way, AnotherWay):
            # What is said of a slip must still be true.
            number = way.answer.slip or 0
            left = await self.ask(lambda ledger: ledger.slip(number).left)
            if left != way.answer.waiting and self.line.chosen is way:
                self.forget_said()
        await self.read_board()

    def forget_said(self) -> None:
        """Say no more what was said of a slip or done before; what is typed or asked stays."""
        self.line.before = None
        way = self.line.chosen
        typed = self.query_one(EntryInput).value.strip()
        if not typed and (
            way is None or isinstance(way, AnotherWay | InsteadWay | UnpaidWay | NoWay)
        ):
            self.clear_line()

    # -- what is typed ------------------------------------------------------------------------

    @on(Input.Changed, "#entry")
    def _line_changed(self, event: Input.Changed) -> None:
        self.read(event.value)

    def read(self, typed: str) -> None:
        """Show what a line means, or ask the ledger for it."""
        before = self.line.before or self.line.said
        if self.keep_undone():
            before = Choosing().said
        self.line.new_line()
        if not typed.strip():
            # Rubbed out, or a scanner's and taken back: what was said stands again.
            self.line.say_again(before)
            self._show_sentence()
            return
        self.line.before = before
        there, line = self._board.there, self.line
        if there is None:
            return
        highlighted = there.row(self.query_one(MenuList).highlighted)
        ways = reading.ways_at_once(
            typed, there, highlighted, self.desk.money_currency, line.tenders
        )
        if isinstance(ways, tuple):
            self.offer(with_doubt(ways, self._board.doubted))
            self._note_doubt()
            return
        # Who can pay, the ledger must say; meanwhile the old sentence is gone.
        self.offer(())
        self._note_doubt()
        self.query_one(MenuList).highlight(key_of(ways.row))
        self._ask_for_offers(line.line_no, ways)

    @work(group="offers", exclusive=True)
    async def _ask_for_offers(self, line_no: int, asked: reading.Asked | HouseAsked) -> None:
        """Learn who could pay, and show the first way unless the line has changed meanwhile."""
        held = self.line.held
        answer = await self.ask(
            lambda ledger: (scans.ways_to_serve(ledger, asked, held), ledger.data_version())
        )
        if answer is None:
            return
        ways, version = answer
        if self._board.is_stale(version):
            # A sentence must not tell of less than the ledger just offered.
            await self.read_board()
        if line_no != self.line.line_no:
            return
        entered = self.line.take_enter()
        self.offer(ways)
        first = ways[0]
        # An Enter typed before its sentence was shown means the plain thing or nothing.
        if entered and isinstance(first, ServeWay | FromSlipWay | HouseWay) and first.is_plain:
            self.do(first)

    def _note_doubt(self) -> None:
        """Note since when a line asks whether the last slip came out."""
        chosen = self.line.chosen
        if not isinstance(chosen, GiveWay) or chosen.doubted is None:
            self._doubt_shown = math.inf
        elif self._doubt_shown == math.inf:
            self._doubt_shown = time.monotonic()

    @property
    def doubt_was_seen(self) -> bool:
        """Whether that question has been on the screen for long enough to be read."""
        return time.monotonic() - self._doubt_shown >= BLINK_SECONDS

    def offer(self, ways: tuple[Way, ...]) -> None:
        """Let these be the ways, and show the first."""
        self.line.offer(ways)
        self.show_choice()

    def show_choice(self) -> None:
        """Let the sentence say what is chosen, and highlight the row that it is about."""
        chosen = self.line.chosen
        if chosen is not None and chosen.row is not None:
            self.query_one(MenuList).highlight(key_of(chosen.row))
        self._show_sentence()

    def clear_line(self) -> int:
        """Empty the input without reading it anew, and return the number of the new line."""
        entry = self.query_one(EntryInput)
        with entry.prevent(Input.Changed):
            entry.value = ""
        self._doubt_shown = math.inf
        line_no = self.line.new_line()
        self._show_sentence()
        return line_no

    def keep_undone(self) -> bool:
        """Keep what is not done yet, where something else takes its place; say whether it is so."""
        is_undone = isinstance(self.line.chosen, RetryWay | WaitingPaperWay | OnSlipWay)
        if is_undone:
            self.owe(self.line.ways)
        return is_undone

    def owe(self, ways: tuple[Way, ...]) -> None:
        """Keep what failed until it can be shown."""
        self.line.owe(ways)
        self.query_one(JustNow).owe(self.line.owed)

    def show_owed(self) -> None:
        """Show the oldest failure and what can be done about it."""
        if self.line.offer_owed():
            self.query_one(JustNow).owe(self.line.owed)
            self.show_choice()
