"""The counter's parts at work together: the board, the typed line, the sentence above it."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final, TypeVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Input, Static

from payforward.core.errors import PayforwardError
from screens.counter import reading
from screens.counter.board_watch import BoardWatch
from screens.counter.buttons import IDLE, Buttons
from screens.counter.choosing import SILENCE, Choosing
from screens.counter.entry_input import EntryInput
from screens.counter.lines import HeaderLine, JustNow, Sentence
from screens.counter.menu_list import MenuList
from screens.counter.menu_rows import fund_row, item_rows
from screens.counter.paper_ways import OnSlipWay, WaitingPaperWay, more_behind, with_doubt
from screens.counter.slip_ways import FromSlipWay, UnpaidWay
from screens.counter.ways import GiveWay, NoWay, RetryWay, ServeWay
from screens.leaving import LeavesOnce

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult

    from db.ledger import Ledger
    from screens.counter.ways import Way
    from screens.counter.words import Variants
    from screens.desk import Desk

T = TypeVar("T")

BLINK_SECONDS: Final = 0.2
"""What was on the screen for less, nobody has read."""

POLL_SECONDS: Final = 1.0
"""How often another till's changes are looked for."""


class LineScreen(LeavesOnce[None]):
    """The board above, one line of input below, and what Enter would do in between.

    A subclass says in `do` what becomes of a way that was accepted.

    Args:
        desk: The ledger.
        banner: A line shown above all the time, for a throw-away ledger.
    """

    AUTO_FOCUS = "EntryInput"
    CSS_PATH = "screen.tcss"

    def __init__(self, desk: Desk, *, banner: str | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.line = Choosing()
        self._banner = banner
        self._board = BoardWatch(desk)
        self._polling = False
        self._doubt_shown = math.inf
        self._swept: date | None = None

    def do(self, way: Way) -> None:
        """Do what a way says."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out header, menu, sentence, input and buttons."""
        yield HeaderLine()
        if self._banner:
            yield Static(self._banner, id="banner", markup=False)
        yield MenuList()
        yield JustNow()
        yield Sentence()
        with Horizontal(id="line"):
            yield Static("› ", id="prompt", markup=False)
            yield EntryInput(id="entry", compact=True, select_on_focus=False, max_length=80)
        yield Buttons()

    async def on_mount(self) -> None:
        """Show the board at once, then keep it fresh."""
        await self.read_board()
        self.set_interval(POLL_SECONDS, self._poll)

    # -- what is shown ------------------------------------------------------------------------

    @work(exclusive=True, group="board")
    async def on_screen_resume(self) -> None:
        """Come back from another screen: the menu may have changed there."""
        if self._board.around is not None:
            await self.read_board()

    async def ask(self, question: Callable[[Ledger], T]) -> T | None:
        """Return what the ledger answers; where it cannot, say why and return None."""
        try:
            return await self.desk.run(question)
        except PayforwardError as error:
            self.say((error.message,), SILENCE)
            return None

    async def read_board(self) -> None:
        """Show the board as it is now."""
        seen = await self.ask(BoardWatch.look)
        if seen is None:
            return
        board = self._board
        board.see(seen)
        assert board.around is not None
        assert board.fund is not None
        self.query_one(MenuList).show(
            item_rows(board.menu, board.around), fund_row(board.fund, board.around)
        )
        self.query_one(HeaderLine).show(self.desk.shop.name, board.who_and_when())
        self._show_sentence()

    async def _poll(self) -> None:
        """See what other tills did, and what the clock did."""
        self.query_one(JustNow).fade()
        if self._polling or not self.is_current:
            return
        self._polling = True
        version = await self.ask(lambda ledger: ledger.data_version())
        if version is not None and self._board.is_stale(version):
            await self.read_board()
        await self._let_slips_expire()
        self._polling = False

    async def _let_slips_expire(self) -> None:
        """Once a business day, put what is left on slips that ran out on the board."""
        around = self._board.around
        if around is None or self._swept == around.board.day:
            return
        self._swept = around.board.day
        if await self.ask(lambda ledger: ledger.expire_due()):
            await self.read_board()

    def say(self, said: Variants, keys: Variants) -> None:
        """Say something that leaves nothing to choose."""
        self.line.verdict = (said, keys)
        self._show_sentence()

    def _show_sentence(self) -> None:
        """Show what is chosen, or the verdict; highlight the row that it is about."""
        way, around = self.line.chosen, self._board.around
        if way is None or around is None:
            self.query_one(Sentence).show(*self.line.verdict)
            self.query_one(Buttons).show(IDLE)
            return
        self.query_one(Sentence).show(way.sentence(around), way.keys(around))
        self.query_one(Buttons).show(
            (
                "no",
                "next_way" if self.line.has_next else None,
                "details" if isinstance(way, GiveWay) or more_behind(way) else None,
                None if isinstance(way, NoWay | UnpaidWay | OnSlipWay) else "yes",
            )
        )

    # -- what is typed ------------------------------------------------------------------------

    @on(Input.Changed, "#entry")
    def _line_changed(self, event: Input.Changed) -> None:
        self.read(event.value)

    def read(self, typed: str) -> None:
        """Show what a line means, or ask the ledger for it."""
        self.keep_undone()
        self.line.new_line()
        highlighted = self._board.item(self.query_one(MenuList).highlighted)
        line = self.line
        ways = reading.ways_at_once(
            typed, self._board.rows, highlighted, self.desk.money_currency, line.tender
        )
        if not isinstance(ways, reading.Asked):
            self.offer(with_doubt(ways, self._board.doubted))
            self._note_doubt()
            return
        # Who can pay, the ledger must say; meanwhile the old sentence is gone.
        self.offer(())
        self._note_doubt()
        self.query_one(MenuList).highlight(ways.items[0].id)
        self._ask_for_offers(line.line_no, ways)

    @work(group="offers", exclusive=True)
    async def _ask_for_offers(self, line_no: int, asked: reading.Asked) -> None:
        """Learn who could pay, and show the first way unless the line has changed meanwhile."""
        ways = await self.ask(lambda ledger: reading.serve_ways(ledger, asked.items, asked.units))
        if ways is None or line_no != self.line.line_no:
            return
        entered = self.line.take_enter()
        if self.line.held is not None:
            ways = (FromSlipWay(self.line.held, asked.items[0], asked.units), *ways)
        self.offer(ways)
        first = ways[0]
        # An Enter typed before its sentence was shown means the plain thing or nothing.
        if entered and isinstance(first, ServeWay | FromSlipWay) and first.is_plain:
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
            self.query_one(MenuList).highlight(chosen.row.id)
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

    def keep_undone(self) -> None:
        """Keep what is not done yet, where something else takes its place on the screen."""
        if isinstance(self.line.chosen, RetryWay | WaitingPaperWay | OnSlipWay):
            self.owe(self.line.ways)

    def owe(self, ways: tuple[Way, ...]) -> None:
        """Keep what failed until it can be shown."""
        self.line.owe(ways)
        self.query_one(JustNow).owe(self.line.owed)

    def show_owed(self) -> None:
        """Show the oldest failure and what can be done about it."""
        if self.line.offer_owed():
            self.query_one(JustNow).owe(self.line.owed)
            self.show_choice()
