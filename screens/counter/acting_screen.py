"""The counter at work with the ledger: what is done, what a scan does, what becomes of paper."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import work
from textual.widgets import Input

from payforward.core import codes
from payforward.core.answers import Given, Redeemed
from payforward.core.asks import Give, RedeemSlip
from payforward.core.ids import new_action_id
from payforward.core.program_answers import AskedNote
from screens import paper
from screens.counter import program_words, slip_words, verdicts, words
from screens.counter.acting import Failed, attempt
from screens.counter.entry_input import EntryInput
from screens.counter.line_screen import LineScreen
from screens.counter.lines import JustNow
from screens.counter.paper_ways import OnSlipWay, PrintAnewWay, ToBoardWay, WaitingPaperWay
from screens.counter.scans import Tongue
from screens.counter.slip_ways import AnotherWay, HeldSlip
from screens.counter.ways import GiveWay, NoWay, RetryWay

if TYPE_CHECKING:
    from payforward.core.codes import Code
    from payforward.core.slip_answers import IssuedSlip
    from screens.counter.acting import Done
    from screens.counter.verdicts import Answer
    from screens.counter.ways import Ask, Way
    from screens.desk import Desk

SAME_SCAN_SECONDS: Final = 3.0
"""Within this time the same code is the same scan."""


@dataclass(frozen=True, slots=True)
class _Aside:
    """A line that was being typed when something more urgent came."""

    typed: str
    way: Way | None


class ActingScreen(LineScreen):
    """Does what the sentence says, and takes scans.

    Args:
        desk: The ledger.
        banner: A line shown above all the time, for a throw-away ledger.
    """

    def __init__(self, desk: Desk, *, banner: str | None = None) -> None:
        super().__init__(desk, banner=banner)
        self._aside: _Aside | None = None
        self._last_scan: tuple[Code | None, float] = (None, 0.0)
        self._tongue = Tongue(desk.money, self._board.local, desk.practising)

    # -- what is done -------------------------------------------------------------------------

    def do(self, way: Way) -> None:
        """Ask the ledger for what a way says; the line is free for the next one at once."""
        if isinstance(way, PrintAnewWay | ToBoardWay):
            self.set_aside()
        if isinstance(way, PrintAnewWay):
            self._print_anew(way, self.clear_line())
            return
        ask = way.ask(new_action_id())
        if ask is None:
            return
        if isinstance(ask, Give):
            self.line.held = None
        # An Enter that was typed ahead answers no question that nobody has seen.
        seen = isinstance(way, GiveWay) and self.doubt_was_seen
        doubted = way.doubted if isinstance(way, GiveWay) and seen else None
        self._act(
            ask,
            self.clear_line(),
            accepts_date=isinstance(way, RetryWay) and way.accepts_date,
            printed=None if doubted is None else doubted.job,
        )

    @work(group="acts")
    async def _act(
        self, ask: Ask, line_no: int, *, accepts_date: bool = False, printed: int | None = None
    ) -> None:
        """Do it in the ledger, then say what was done; what failed is never called done."""
        outcome = await self.desk.run(
            lambda ledger: attempt(
                ledger, ask, self._tongue, accepts_date=accepts_date, printed=printed
            )
        )
        if not self.is_here():
            return
        if isinstance(outcome, HeldSlip):
            self._hold(outcome, line_no)
        elif isinstance(outcome, Failed):
            self._show_later(outcome.ways, line_no)
        else:
            self._done(ask, outcome, line_no)
        await self.read_board()

    def _show_later(self, ways: tuple[Way, ...], line_no: int) -> None:
        """Show ways at once, or, where the next line is being typed already, after it."""
        self.owe(ways)
        if line_no == self.line.line_no:
            self.show_owed()

    def _done(self, ask: Ask, done: Done, line_no: int) -> None:
        """Say what was done; where the next line is being typed already, only in passing."""
        money, answer = self.desk.money, done.answer
        self.query_one(JustNow).add(verdicts.in_passing(answer, money))
        if isinstance(answer, Given):
            self.line.tenders = self.line.tenders.after(answer)
        held = self.line.held
        if isinstance(answer, Redeemed) and held is not None and answer.slip == held.slip.slip:
            self.line.held = held.with_left(answer.waiting)
        self._print_beside(done)
        if isinstance(answer, Given) and done.slip is not None:
            self._given_on_slip(answer, done, done.slip, line_no)
        elif line_no == self.line.line_no:
            if isinstance(answer, Redeemed):
                self._served(ask, answer)
            else:
                is_note = isinstance(answer, AskedNote)
                keys = program_words.NOTE_BACK if is_note else self.idle_keys()
                self.say(verdicts.done(answer, money, named=self._is_named(answer)), keys)

    def _is_named(self, answer: Answer) -> bool:
        """Return whether to say where a gift went: it could have gone elsewhere."""
        there = self._board.there
        return (
            isinstance(answer, Given) and there is not None and len(there.takers(answer.item)) > 1
        )

    def _served(self, ask: Ask, answer: Redeemed) -> None:
        """Say what was handed over; of a slip with something left, offer another."""
        said = dict.fromkeys(line.message for line in answer.lines if line.message)
        if isinstance(ask, RedeemSlip):
            way = AnotherWay(ask.code, answer, tuple(f"“{each}”" for each in said))
            if way.is_possible:
                self.offer((way,))
                return
        self.line.giver_words = tuple(said)
        hint = words.SOME_WORDS if said else self.idle_keys()
        self.say(self._what_was_served(answer), hint)

    def _what_was_served(self, answer: Redeemed) -> words.Variants:
        if answer.slip is None:
            return verdicts.done(answer, self.desk.money)
        return slip_words.served(answer, slip_words.left(answer, self.desk.money))

    # -- scans --------------------------------------------------------------------------------

    def scanned(self, code: Code) -> None:
        """Let a slip pay at once for one of what it holds; what was being typed is set aside."""
        now = time.monotonic()
        last, at = self._last_scan
        self._last_scan = (code, now)
        self.remove_class("-blank")
        if code == last and now - at < SAME_SCAN_SECONDS:
            return
        self.set_aside()
        self.line.held = None
        self._act(RedeemSlip(action=new_action_id(), code=code), self.clear_line())

    def misread(self) -> None:
        """Say that what was scanned or typed is no code of ours; a typed one can be mended."""
        self.remove_class("-blank")
        if codes.looks_like_code(self.query_one(EntryInput).value):
            self.line.offer(())
        else:
            self.set_aside()
            self.clear_line()
        self.say(slip_words.MISREAD, ("",))

    def _hold(self, held: HeldSlip, line_no: int) -> None:
        """Wait for what a slip of money shall pay."""
        if line_no == self.line.line_no:
            self.line.held = held
            self.tell_in_hand()
        else:
            self.owe((NoWay(slip_words.holds_elsewhere(held.slip, self.desk.money)),))

    def set_aside(self) -> None:
        """Keep the line that is being typed, until Escape brings it back."""
        self.keep_undone()
        typed = self.query_one(EntryInput).value
        if typed.strip() and not codes.looks_like_code(typed) and codes.find(typed) is None:
            self._aside = _Aside(typed, self.line.chosen)
            self.query_one(JustNow).set_aside(typed)

    def bring_back(self) -> bool:
        """Put a line that was set aside into the input again; return whether there was one."""
        aside, self._aside = self._aside, None
        if aside is None:
            return False
        self.query_one(JustNow).set_aside("")
        entry = self.query_one(EntryInput)
        with entry.prevent(Input.Changed):
            entry.value = aside.typed
        entry.cursor_position = len(aside.typed)
        self.read(aside.typed)
        if isinstance(aside.way, GiveWay):
            # Its tender may have been changed by hand.
            self.offer((aside.way,))
        return True

    # -- paper --------------------------------------------------------------------------------

    def _given_on_slip(self, given: Given, done: Done, slip: IssuedSlip, line_no: int) -> None:
        """See to a slip's paper: it prints, or is shown where this till has no printer."""
        if not paper.prints(done.printer):
            self._show_later((OnSlipWay(given, slip),), line_no)
            return
        if line_no == self.line.line_no:
            self.say(slip_words.given(given, self.desk.money, "it is printing"), words.IDLE)
        self._print(given, slip, line_no)

    def square_was_shown(self, way: Way, line_no: int) -> None:
        """Thank for a gift whose slip was to be shown, and is seen to now."""
        if isinstance(way, OnSlipWay) and line_no == self.line.line_no:
            self.line.offer(())
            self.say(slip_words.given(way.given, self.desk.money, ""), words.IDLE)

    @work(group="paper")
    async def _print(self, given: Given, slip: IssuedSlip, line_no: int) -> None:
        """Print a slip; where that fails, the gift is safe and the slip waits."""
        state, why = await paper.print_slip(self.desk, slip)
        if not self.is_here():
            return
        if why is not None:
            ways = (WaitingPaperWay(slip), PrintAnewWay(slip.slip.slip, why))
            self._show_later(ways, line_no)
        elif state in slip_words.CAME and line_no == self.line.line_no:
            self.say(slip_words.given(given, self.desk.money, slip_words.CAME[state]), words.IDLE)
        await self.read_board()

    @work(group="paper")
    async def _print_anew(self, way: PrintAnewWay, line_no: int) -> None:
        """Print a slip with a new code."""
        why = await paper.print_anew(self.desk, way.slip)
        if not self.is_here():
            return
        if why is not None:
            self._show_later((PrintAnewWay(way.slip, why), ToBoardWay(way.slip)), line_no)
        elif line_no == self.line.line_no:
            self.say(slip_words.PRINTED_ANEW, words.IDLE)
        await self.read_board()

    @work(group="paper")
    async def _print_beside(self, done: Done) -> None:
        """Print a receipt or an order's paper, where the shop wants that."""
        if self._board.settings is not None:
            why = await paper.print_beside(self.desk, done.answer, self._board.settings)
            if why and self.is_here():
                self.query_one(JustNow).add(why)
