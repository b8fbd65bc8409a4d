"""What the counter shows: the board, the typed line, the sentence above it, the buttons."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from textual.containers import Horizontal
from textual.widgets import Static

from payforward.core.errors import PayforwardError
from payforward.core.text import shown
from screens.counter import slip_words, words
from screens.counter.board_watch import BoardWatch
from screens.counter.buttons import IDLE, SLIP_IN_HAND, Buttons
from screens.counter.choosing import SILENCE, Choosing
from screens.counter.drive_ways import CollectWay
from screens.counter.entry_input import EntryInput
from screens.counter.lines import HeaderLine, JustNow, Sentence
from screens.counter.menu_list import MenuList
from screens.counter.menu_rows import fund_row, item_rows
from screens.counter.paper_ways import OnSlipWay, more_behind
from screens.counter.program_rows import program_rows
from screens.counter.slip_ways import UnpaidWay
from screens.counter.ways import GiveWay, NoWay
from screens.leaving import LeavesOnce

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult

    from db.ledger import Ledger
    from screens.counter.slip_ways import HeldSlip
    from screens.counter.words import Variants
    from screens.desk import Desk

T = TypeVar("T")

POLL_SECONDS: Final = 1.0
"""How often another till's changes are looked for."""

SWEEP_SECONDS: Final = 60.0
"""How long after a day could not be swept that is tried again."""


WAITS: Final = -1
"""Nothing was swept: the clock may be ahead as long as nobody has acted today."""


def _sweep(ledger: Ledger) -> int:
    """Do what the calendar asks for; return how much that was, or `WAITS`."""
    if ledger.waits_for_an_act():
        return WAITS
    return ledger.expire_due() + ledger.settle_budgets()


class BoardScreen(LeavesOnce[None]):
    """The board above, one line of input below, and what Enter would do in between.

    A subclass reads the line.

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
        self._sweep_at = -math.inf

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

    def is_here(self) -> bool:
        """Whether it is, or will be, seen again; answers can come after it has gone."""
        return self.is_attached and not self._is_leaving

    async def ask(self, question: Callable[[Ledger], T]) -> T | None:
        """Return what the ledger answers; where it cannot, say why and return None.

        Where the screen has gone meanwhile, the answer is None too.
        """
        if not self.is_here():
            return None
        try:
            answer = await self.desk.run(question)
        except PayforwardError as error:
            if self.is_here():
                self.say((error.message,), SILENCE)
            return None
        return answer if self.is_here() else None

    async def read_board(self) -> None:
        """Show the board as it is now."""
        held = self.line.held
        seen = await self.ask(
            lambda ledger: (BoardWatch.look(ledger), None if held is None else held.now(ledger))
        )
        if seen is None:
            return
        if held is not None and held is self.line.held:
            self.keep_in_hand(seen[1])
        board = self._board
        board.see(seen[0])
        await self._let_go(seen[0].lost)
        there, around = board.there, board.around
        assert there is not None
        assert around is not None
        self.query_one(MenuList).show(
            item_rows(there.menu, around),
            fund_row(there.fund, around),
            program_rows(there.programs, around),
        )
        self.query_one(HeaderLine).show(self.desk.shop.name, board.who_and_when())
        self.query_one(JustNow).stand_by(board.said_ahead())
        self._show_sentence()

    async def _let_go(self, lost: str | None) -> None:
        """Let nobody be here in the place of whom entries name no more."""
        if lost is None or lost != self.desk.cashier:
            return
        await self.desk.sign_in(None)
        self.query_one(JustNow).add(f"{shown(lost)} is named no more: Ctrl+N says who is here")

    async def _poll(self) -> None:
        """See what other tills did, and what the clock did."""
        if not self.is_here():
            return
        self.query_one(JustNow).fade()
        if self._polling or not self.is_current:
            return
        self._polling = True
        version = await self.ask(lambda ledger: ledger.data_version())
        if version is not None and self._board.is_stale(version):
            await self.read_board()
        await self._sweep()
        self._polling = False

    async def _sweep(self) -> None:
        """Once a business day, see to slips that ran out and to the house's budgets."""
        around, now = self._board.around, time.monotonic()
        if around is None or self._swept == around.board.day or now < self._sweep_at:
            return
        day = around.board.day
        moved = await self.ask(_sweep)
        if moved is None:
            self._sweep_at = now + SWEEP_SECONDS
            return
        if moved != WAITS:
            self._swept = day
        if moved > 0:
            await self.read_board()

    def say(self, said: Variants, keys: Variants) -> None:
        """Say something that leaves nothing to choose."""
        self.line.verdict = (said, keys)
        self._show_sentence()

    def _show_sentence(self) -> None:
        """Show what is chosen, or the verdict; highlight the row that it is about."""
        way, around = self.line.chosen, self._board.around
        if way is None or around is None:
            self._show_verdict()
            return
        said, held = way.sentence(around), self.line.held
        if held is not None and isinstance(way, NoWay):
            said = slip_words.with_slip_in_hand(said, around.money(held.slip.left))
        keys = way.keys(around)
        self.query_one(Sentence).show(
            said, keys if self.line.has_next else words.without_next(keys)
        )
        self.query_one(Buttons).show(
            (
                "no",
                "next_way" if self.line.has_next else None,
                "details" if isinstance(way, GiveWay | CollectWay) or more_behind(way) else None,
                None if isinstance(way, NoWay | UnpaidWay | OnSlipWay) else "yes",
            )
        )

    def _show_verdict(self) -> None:
        """Show what was said last; what cannot be given is not offered by keys and buttons."""
        (said, keys), there = self.line.verdict, self._board.there
        if keys == words.IDLE and there is not None and not there.prepaid:
            keys = words.IDLE_NO_GIFTS
        buttons = IDLE if self.line.held is None else SLIP_IN_HAND
        offers_give = there is None or there.takes_anything
        self.query_one(Sentence).show(said, keys)
        self.query_one(Buttons).show(
            tuple(each if offers_give or each != "give" else None for each in buttons)
        )

    # -- a slip in hand -----------------------------------------------------------------------

    def keep_in_hand(self, held: HeldSlip | None) -> None:
        """Know of the slip in hand as it is now; where its sentence stands, say that anew."""
        old, self.line.held = self.line.held, held
        if old is None:
            return
        money, before = self.desk.money, self.line.before
        said = old.verdict(money)
        anew = (SILENCE, words.IDLE) if held is None else held.verdict(money)
        if self.line.verdict == said:
            self.say(*anew)
        if before is not None and before.verdict == said:
            self.line.before = replace(before, verdict=anew)

    def tell_in_hand(self) -> None:
        """Say what the slip in hand holds, if there is one."""
        if self.line.held is not None:
            self.say(*self.line.held.verdict(self.desk.money))

    def idle_keys(self) -> Variants:
        """Return what the keys do where there is nothing to choose from."""
        return words.IDLE if self.line.held is None else slip_words.IN_HAND
