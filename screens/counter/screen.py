"""The counter: one line of input, one sentence that says what Enter does, the menu above."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Input, Static

from payforward.core.answers import Given, Redeemed
from payforward.core.clock import zone
from payforward.core.errors import PayforwardError
from payforward.core.grammar import Verb
from payforward.core.ids import new_action_id
from payforward.core.model import Tender
from payforward.core.text import shown
from screens.catalogue import Place, bindings_of
from screens.counter import reading, words
from screens.counter.acting import Failed, attempt
from screens.counter.buttons import IDLE, Buttons, TapButton
from screens.counter.entry_input import EntryInput
from screens.counter.lines import HeaderLine, JustNow, Sentence
from screens.counter.menu_list import MenuList
from screens.counter.menu_rows import fund_row, item_rows, shown_items
from screens.counter.ways import GiveWay, NoWay, RetryWay, ServeWay, Surroundings, TakeBackWay
from screens.dialogs.gift_form import GiftForm
from screens.dialogs.giver_words import GiverWords
from screens.leaving import LeavesOnce
from screens.more import END_PRACTICE, MoreScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.answers import Undone
    from payforward.core.model import Item
    from screens.counter.ways import Ask, Way
    from screens.counter.words import Variants
    from screens.desk import Desk

T = TypeVar("T")

POLL_SECONDS: Final = 1.0
"""How often another till's changes are looked for."""

ESCAPE_SECONDS: Final = 1.5
"""Within this time a second Escape blanks the screen."""

SILENCE: Final[Variants] = ("",)


class CounterScreen(LeavesOnce[None]):
    """Where gifts go in and cups go out.

    Args:
        desk: The ledger.
        banner: A line shown above all the time, for a throw-away ledger.
        can_leave: Whether More offers to end this counter (practice).
    """

    AUTO_FOCUS = "EntryInput"
    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.COUNTER)]

    def __init__(self, desk: Desk, *, banner: str | None = None, can_leave: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._banner = banner
        self._can_leave = can_leave
        self._zone = zone(desk.shop.timezone)
        self._around: Surroundings | None = None
        self._rows: tuple[Item, ...] = ()
        self._seen: tuple[int, str] = (-1, "")
        self._polling = False
        # What Enter could do, and which of it the sentence says; none while nothing is typed.
        self._ways: tuple[Way, ...] = ()
        self._way = 0
        self._verdict: tuple[Variants, Variants] = (SILENCE, words.IDLE)
        self._giver_words: tuple[str, ...] = ()
        # A new number for each change of the line: late answers to an older one are dropped.
        self._line_no = 0
        self._enter_waits = False
        # What failed while something else was being typed; shown once the line is empty.
        self._owed: list[tuple[Way, ...]] = []
        self._last_escape = -ESCAPE_SECONDS
        self._tender = Tender.CASH

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
        await self._read_board()
        self.set_interval(POLL_SECONDS, self._poll)

    # -- what is shown ------------------------------------------------------------------------

    @work(exclusive=True, group="board")
    async def on_screen_resume(self) -> None:
        """Come back from another screen: the menu may have changed there."""
        if self._around is not None:
            await self._read_board()

    async def _ask(self, question: Callable[[Ledger], T]) -> T | None:
        """Return what the ledger answers; where it cannot, say why and return None."""
        try:
            return await self._desk.run(question)
        except PayforwardError as error:
            self._say((error.message,), SILENCE)
            return None

    async def _read_board(self) -> None:
        seen = await self._ask(
            lambda ledger: (
                ledger.data_version(),
                ledger.board(),
                ledger.items(retired=True),
                ledger.fund(),
            )
        )
        if seen is None:
            return
        version, board, items, fund = seen
        around = self._around = Surroundings(board, self._desk.money, self._local)
        menu = shown_items(items, around)
        self._rows = (*menu, fund)
        self.query_one(MenuList).show(item_rows(menu, around), fund_row(fund, around))
        who = " · ".join(shown(name) for name in (self._desk.cashier, self._desk.till) if name)
        self.query_one(HeaderLine).show(self._desk.shop.name, f"{who}   {self._now()}")
        self._seen = (version, self._now())
        self._show_sentence()

    async def _poll(self) -> None:
        """See what other tills did, and what the clock did."""
        self.query_one(JustNow).fade()
        if self._polling or not self.is_current:
            return
        self._polling = True
        version = await self._ask(lambda ledger: ledger.data_version())
        if version is not None and self._seen != (version, self._now()):
            await self._read_board()
        self._polling = False

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    def _now(self) -> str:
        return words.moment(self._local(self._desk.clock.now()))

    def _say(self, said: Variants, keys: Variants) -> None:
        self._verdict = (said, keys)
        self._show_sentence()

    def _show_sentence(self) -> None:
        way = self._chosen
        if way is None or self._around is None:
            self.query_one(Sentence).show(*self._verdict)
            self.query_one(Buttons).show(IDLE)
            return
        self.query_one(Sentence).show(way.sentence(self._around), way.keys(self._around))
        self.query_one(Buttons).show(
            (
                "no",
                "next_way" if self._way < len(self._ways) - 1 else None,
                "details" if isinstance(way, GiveWay) else None,
                None if isinstance(way, NoWay) else "yes",
            )
        )

    # -- what is typed ------------------------------------------------------------------------

    @property
    def _chosen(self) -> Way | None:
        """What the sentence says, or None where it is only a verdict."""
        return self._ways[self._way] if self._ways else None

    @property
    def _highlighted(self) -> Item | None:
        highlighted = self.query_one(MenuList).highlighted
        return next((item for item in self._rows if item.id == highlighted), None)

    @on(Input.Changed, "#entry")
    def _line_changed(self, event: Input.Changed) -> None:
        self._line_no += 1
        self._enter_waits = False
        self._giver_words = ()
        self._verdict = (SILENCE, words.IDLE)
        if isinstance(self._chosen, RetryWay):
            self._owe(self._ways)
        if not event.value.strip():
            self._choose_from(())
            return
        meant = reading.read_line(event.value, self._rows, self._highlighted)
        units = None if meant.verb is Verb.GIVE else reading.serve_units(meant)
        if not meant.matches:
            self._choose_from((reading.unmatched(meant),))
        elif meant.verb is Verb.GIVE:
            currency = self._desk.money_currency
            self._choose_from(reading.give_ways(meant, currency, self._tender))
        elif isinstance(units, int):
            # Who can pay, the ledger must say; meanwhile the old sentence is gone.
            self._choose_from(())
            self.query_one(MenuList).highlight(meant.matches[0].id)
            self._ask_for_offers(self._line_no, meant.matches, units)
        elif units is not None:
            self._choose_from((units,))

    @work(group="offers", exclusive=True)
    async def _ask_for_offers(self, line_no: int, items: tuple[Item, ...], units: int) -> None:
        """Learn who could pay, and show the first way unless the line has changed meanwhile."""
        ways = await self._ask(lambda ledger: reading.serve_ways(ledger, items, units))
        if ways is None or line_no != self._line_no:
            return
        entered, self._enter_waits = self._enter_waits, False
        self._choose_from(ways)
        first = ways[0]
        # An Enter typed before its sentence was shown means the plain thing or nothing.
        if entered and isinstance(first, ServeWay) and first.is_plain:
            self._do(first)

    def _choose_from(self, ways: tuple[Way, ...]) -> None:
        self._ways = ways
        self._choose(0)

    def _choose(self, way: int) -> None:
        """Let the sentence say this way, and highlight the row that it is about."""
        self._way = max(0, min(len(self._ways) - 1, way))
        chosen = self._chosen
        if isinstance(chosen, GiveWay):
            self.query_one(MenuList).highlight(chosen.item.id)
        elif isinstance(chosen, ServeWay):
            self.query_one(MenuList).highlight(chosen.offer.item.id)
        self._show_sentence()

    def _clear_line(self) -> int:
        """Empty the input without reading it anew, and return the number of the new line."""
        entry = self.query_one(EntryInput)
        with entry.prevent(Input.Changed):
            entry.value = ""
        self._line_no += 1
        self._enter_waits = False
        self._giver_words = ()
        self._verdict = (SILENCE, words.IDLE)
        self._choose_from(())
        return self._line_no

    def _sign(self, sign: str) -> None:
        """Put a sign before what is typed; without letters it is about the highlighted row."""
        entry = self.query_one(EntryInput)
        entry.value = sign + entry.value.lstrip("+-")
        entry.cursor_position = len(entry.value)

    # -- keys and taps that are no text -------------------------------------------------------

    @on(EntryInput.Stepped)
    def _stepped(self, event: EntryInput.Stepped) -> None:
        if self._ways:
            self._choose(self._way + event.steps)
        else:
            self.query_one(MenuList).move(event.steps)

    @on(EntryInput.Escaped)
    def _escaped(self) -> None:
        now = time.monotonic()
        idle = not self.query_one(EntryInput).value and not self._ways
        if idle and now - self._last_escape < ESCAPE_SECONDS:
            self.add_class("-blank")
            now = -ESCAPE_SECONDS
        self._last_escape = now
        self.action_no()

    @on(EntryInput.Pressed)
    def on_click(self) -> None:
        """Show the screen again after a blank; what was typed counts as always."""
        self.remove_class("-blank")

    @on(MenuList.Tapped)
    def _row_tapped(self, event: MenuList.Tapped) -> None:
        self.action_no()
        self.query_one(MenuList).highlight(event.item)

    @on(TapButton.Tapped)
    async def _button_tapped(self, event: TapButton.Tapped) -> None:
        await self.run_action(event.command_id)

    # -- commands -----------------------------------------------------------------------------

    def action_serve(self) -> None:
        """Serve the highlighted item: as if − were typed."""
        self._sign("-")

    def action_give(self) -> None:
        """Give the highlighted item: as if + were typed."""
        self._sign("+")

    def action_no(self) -> None:
        """Forget what was typed; then show what failed meanwhile."""
        self._clear_line()
        self._show_owed()

    def action_change_tender(self) -> None:
        """Let a gift be paid another way: cash, card, other."""
        way = self._chosen
        if isinstance(way, GiveWay):
            self._ways = (way.paid_another_way(),)
            self._choose(0)

    def action_next_way(self) -> None:
        """Offer the next way."""
        self._choose(self._way + 1)

    @on(Input.Submitted, "#entry")
    @on(Sentence.Tapped)
    def action_yes(self) -> None:
        """Do what the sentence says."""
        if self._chosen is not None:
            self._do(self._chosen)
        elif self.query_one(EntryInput).value.strip():
            self._enter_waits = True

    @on(EntryInput.DetailsAsked)
    @work
    async def action_details(self) -> None:
        """Ask for a gift's details, or show the words that came with what was served."""
        if not self.is_active:
            # Two keys can arrive at once; the first has opened a dialog.
            return
        way, line_no = self._chosen, self._line_no
        if way is None and self._giver_words:
            await self.app.push_screen_wait(GiverWords(self._giver_words))
        if not isinstance(way, GiveWay):
            return
        form = GiftForm(way, self._desk.money_currency)
        details = await self.app.push_screen_wait(form)
        if details is not None and line_no == self._line_no:
            self._do(way.with_details(details))

    @work(group="offers", exclusive=True)
    async def action_take_back(self) -> None:
        """Offer to undo what this till did last."""
        line_no = self._clear_line()
        actions = await self._ask(lambda ledger: ledger.latest_actions())
        if actions is not None and line_no == self._line_no:
            nothing = NoWay(("This till has done nothing today that could be taken back.",))
            self._choose_from(tuple(TakeBackWay(past) for past in actions) or (nothing,))

    @on(EntryInput.MoreAsked)
    @work
    async def action_more(self) -> None:
        """Show what else there is, and do what is chosen."""
        if not self.is_active:
            return
        chosen = await self.app.push_screen_wait(MoreScreen(practising=self._can_leave))
        if chosen == END_PRACTICE:
            self.dismiss(None)
        elif chosen is not None:
            await self.app.run_action(chosen)

    # -- what is done -------------------------------------------------------------------------

    def _do(self, way: Way) -> None:
        ask = way.ask(new_action_id())
        if ask is not None:
            accepts_date = isinstance(way, RetryWay) and way.accepts_date
            self._act(ask, self._clear_line(), accepts_date=accepts_date)

    @work(group="acts")
    async def _act(self, ask: Ask, line_no: int, *, accepts_date: bool) -> None:
        """Do it in the ledger, then say what was done; what failed is never called done."""
        outcome = await self._desk.run(
            lambda ledger: attempt(ledger, ask, accepts_date=accepts_date)
        )
        if isinstance(outcome, Failed):
            self._owe(outcome.ways)
            if line_no == self._line_no:
                self._show_owed()
        else:
            self._done(outcome.answer, line_no)
        await self._read_board()

    def _owe(self, ways: tuple[Way, ...]) -> None:
        """Keep what failed until it can be shown: never over a line that is being typed."""
        self._owed.append(ways)
        self.query_one(JustNow).owe(len(self._owed))

    def _show_owed(self) -> None:
        """Show the oldest failure and what can be done about it."""
        if self._owed:
            ways = self._owed.pop(0)
            self.query_one(JustNow).owe(len(self._owed))
            self._choose_from(ways)

    def _done(self, answer: Given | Redeemed | Undone, line_no: int) -> None:
        """Say what was done; where the next line is being typed already, only in passing."""
        money = self._desk.money
        self.query_one(JustNow).add(words.in_passing(answer, money))
        if isinstance(answer, Given) and answer.tender is not Tender.OPENING:
            self._tender = answer.tender
        if line_no != self._line_no:
            return
        hint = words.IDLE
        if isinstance(answer, Redeemed):
            self._giver_words = tuple(
                dict.fromkeys(line.message for line in answer.lines if line.message)
            )
            hint = words.SOME_WORDS if self._giver_words else words.IDLE
        self._say(words.done(answer, money), hint)
