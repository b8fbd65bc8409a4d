"""A scan's verdict over any other screen: two lines, and the form below is left as it is."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from payforward.core.answers import Redeemed
from payforward.core.asks import RedeemSlip
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from screens.counter import slip_words, verdicts, words
from screens.counter.acting import Done, Failed, attempt
from screens.counter.board_watch import BoardWatch
from screens.counter.choosing import Choosing
from screens.counter.entry_input import HELD_SECONDS
from screens.counter.line_screen import LineScreen
from screens.counter.lines import Sentence
from screens.counter.scans import Tongue
from screens.counter.slip_ways import TELLS_MORE, AnotherWay, HeldSlip
from screens.dialogs.giver_words import Told
from screens.leaving import LeavesOnce
from screens.scanning.pace import GAP_SECONDS

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from payforward.core.codes import Code
    from screens.counter.ways import Ask
    from screens.counter.words import Variants
    from screens.desk import Desk
    from screens.scanning.taking_back import Passed

LEAVES_SECONDS: Final = 5.0
"""After so long a verdict that asks nothing goes by itself."""

RETURNS: Final[Variants] = ("Any key goes back.",)


class ScanVerdict(ModalScreen[None], LeavesOnce[None]):
    """What became of a scan, where the counter would say it.

    A key of text closes it and goes on into the form below, unless it is a scanner's. The keys
    that other screens name are hidden meanwhile: Enter does what the verdict says.

    Args:
        desk: The ledger.
        code: What was scanned; None where it could not be read.
    """

    CSS_PATH = "scan_verdict.tcss"
    AUTO_FOCUS = "#verdict"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "enter", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("right", "details", show=False),
    ]

    def __init__(self, desk: Desk, code: Code | None) -> None:
        super().__init__()
        self.desk = desk
        self.line = Choosing()
        self._code = code
        self._board = BoardWatch(desk)
        self._leaving: Timer | None = None
        self._last_enter = -HELD_SECONDS
        self._typed: list[events.Key] = []
        """Text that goes on into the form unless it turns out to be a scanner's."""
        self._acting = 0
        """How many acts the ledger has not answered yet."""

    def compose(self) -> ComposeResult:
        """Show the two lines, still empty."""
        with Vertical(id="verdict") as box:
            box.can_focus = True
            yield Sentence()

    def on_mount(self) -> None:
        """Let the slip pay."""
        self._show_keys_below(shown=False)
        self.say(("",), ("",))
        if self._code is None:
            self.misread()
        else:
            self.scanned(self._code)

    def on_unmount(self) -> None:
        """Let the keys of what is below be seen again."""
        self._show_keys_below(shown=True)

    def _show_keys_below(self, *, shown: bool) -> None:
        for screen in self.app.screen_stack:
            if screen is not self:
                for bar in screen.query("KeyBar, Buttons"):
                    bar.visible = shown

    # -- scans, this one and those that come while it is shown --------------------------------

    def scanned(self, code: Code) -> None:
        """Let a slip pay at once for one of what it holds."""
        self._act(RedeemSlip(action=new_action_id(), code=code))

    def misread(self) -> None:
        """Say that it is no code of ours."""
        self.line.offer(())
        self.say(slip_words.MISREAD, ("",))
        self._leave_soon()

    @work(group="acts")
    async def _act(self, ask: Ask) -> None:
        """Do it in the ledger, then say what was done."""
        self._stay()
        self._acting += 1
        for screen in self.app.screen_stack:
            if isinstance(screen, LineScreen) and screen.desk is self.desk:
                screen.forget_said()
        tongue = Tongue(self.desk.money, self._board.local, self.desk.practising)
        try:
            outcome, seen = await self.desk.run(
                lambda ledger: (attempt(ledger, ask, tongue), BoardWatch.look(ledger))
            )
        except PayforwardError as error:
            if not self._is_leaving:
                self.line.offer(())
                self.say((error.message,), RETURNS)
            return
        finally:
            self._acting -= 1
        if self._is_leaving:
            return
        self._board.see(seen)
        self.line.new_line()
        if isinstance(outcome, Failed):
            self.line.offer(outcome.ways)
        elif isinstance(outcome, HeldSlip):
            said = slip_words.holds_elsewhere(outcome.slip, self.desk.money)
            self.line.verdict = (said, RETURNS)
        else:
            self._done(ask, outcome)
        self._show()
        if self.line.chosen is None or self.line.chosen.ask("") is None:
            self._leave_soon()

    def _done(self, ask: Ask, done: Done) -> None:
        """Say what was handed over; of a slip with something left, offer another."""
        answer, money = done.answer, self.desk.money
        if isinstance(answer, Redeemed) and isinstance(ask, RedeemSlip):
            said = dict.fromkeys(f"“{line.message}”" for line in answer.lines if line.message)
            another = AnotherWay(ask.code, answer, tuple(said))
            if another.is_possible:
                self.line.offer((another,))
                return
            self.line.giver_words = tuple(said)
            what = slip_words.served(answer, slip_words.left(answer, money))
            self.line.verdict = (what, words.SOME_WORDS if said else RETURNS)
        else:
            self.line.verdict = (verdicts.done(answer, money), RETURNS)

    # -- what is shown ------------------------------------------------------------------------

    def say(self, said: Variants, keys: Variants) -> None:
        """Say something that leaves nothing to choose."""
        self.line.verdict = (said, keys)
        self._show()

    def _show(self) -> None:
        way, around = self.line.chosen, self._board.around
        sentence = self.query_one(Sentence)
        if way is None or around is None:
            sentence.show(*self.line.verdict)
        else:
            keys = way.keys(around)
            keys = keys if self.line.has_next else words.without_next(keys)
            sentence.show(way.sentence(around), keys)

    def _stay(self) -> None:
        if self._leaving is not None:
            self._leaving.stop()

    def _leave_soon(self) -> None:
        self._stay()
        self._leaving = self.set_timer(LEAVES_SECONDS, self.action_close)

    # -- keys ---------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Let text go on into the form, once no more follows as quickly as a scanner types."""
        if event.is_printable:
            event.stop()
            self._typed.append(event)
            self.set_timer(GAP_SECONDS, partial(self._go_on_below, len(self._typed)))
        elif self._typed:
            event.stop()

    @property
    def holds_key(self) -> bool:
        """Whether text is being held back."""
        return bool(self._typed)

    def on_passed(self, message: Passed) -> None:  # noqa: ARG002
        """Forget the text of a scan: it is told of by itself, or is the same one read twice."""
        self._typed.clear()

    def _go_on_below(self, typed: int) -> None:
        if len(self._typed) != typed or not self.is_current:
            return
        keys, self._typed = self._typed, []
        self.dismiss(None)
        for key in keys:
            again = events.Key(key.key, key.character)
            again.time = key.time
            again.set_sender(self.app)
            # Not as a new key: the scanners' watch has heard it already.
            (self.app.focused or self.app.screen)._forward_event(again)  # noqa: SLF001

    def on_click(self, event: events.Click) -> None:
        """Close, where anything but the sentence was tapped."""
        if event.widget is self:
            self.action_close()

    def on_sentence_tapped(self) -> None:
        """Do what the sentence says."""
        self.action_yes()

    def action_enter(self) -> None:
        """Say yes, unless this Enter is a repeat of a held key."""
        now = time.monotonic()
        held = now - self._last_enter < HELD_SECONDS
        self._last_enter = now
        if not held:
            self.action_yes()

    def action_yes(self) -> None:
        """Do what the sentence says; where it says nothing to be done, go back."""
        if self._acting:
            return
        way = self.line.chosen
        ask = None if way is None else way.ask(new_action_id())
        if ask is None:
            self.dismiss(None)
        else:
            self._act(ask)

    def action_step(self, steps: int) -> None:
        """Offer another way."""
        self.line.step(steps)
        self._show()

    @work
    async def action_details(self) -> None:
        """Show what stands behind →."""
        way = self.line.chosen
        behind = way.behind if isinstance(way, TELLS_MORE) else self.line.giver_words
        if behind and self.is_active:
            self._stay()
            await self.app.push_screen_wait(Told(behind))

    def action_close(self) -> None:
        """Go back to what was there."""
        if self.is_current:
            self.dismiss(None)
