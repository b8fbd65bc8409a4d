"""The counter: what its keys, its buttons and its commands do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.widgets import Input

from payforward.core.errors import PayforwardError
from screens.catalogue import Place, bindings_of
from screens.counter.acting_screen import ActingScreen
from screens.counter.buttons import TapButton
from screens.counter.drive_ways import CollectWay
from screens.counter.entry_input import EntryInput
from screens.counter.giving import next_tender
from screens.counter.lines import JustNow, Sentence
from screens.counter.menu_list import MenuList
from screens.counter.paper_ways import SHOWS_SQUARE
from screens.counter.slip_ways import TELLS_MORE, AnotherWay
from screens.counter.taking_back import ways_back
from screens.counter.ways import GiveWay, NoWay
from screens.dialogs.giver_words import GiverWords, Told
from screens.dialogs.square import show_square

if TYPE_CHECKING:
    from textual.binding import BindingType

    from payforward.core.people import Cashier
    from screens.desk import Desk
    from screens.dialogs.who_dialog import Nobody

ESCAPE_SECONDS: Final = 1.5
"""Within this time a second Escape blanks the screen."""


class CounterScreen(ActingScreen):
    """Where gifts go in and cups go out.

    Args:
        desk: The ledger.
        banner: A line shown above all the time, for a throw-away ledger.
        can_leave: Whether More offers to end this counter (practice).
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.COUNTER)]

    def __init__(self, desk: Desk, *, banner: str | None = None, can_leave: bool = False) -> None:
        super().__init__(desk, banner=banner)
        self._can_leave = can_leave
        self._last_escape = -ESCAPE_SECONDS

    # -- keys and taps that are no text -------------------------------------------------------

    @on(EntryInput.Stepped)
    def _stepped(self, event: EntryInput.Stepped) -> None:
        if self.line.is_open:
            self.line.step(event.steps)
            self.show_choice()
        else:
            self.query_one(MenuList).move(event.steps)

    @on(EntryInput.Restored)
    def _restored(self, event: EntryInput.Restored) -> None:
        self.query_one(MenuList).highlight(event.row)

    @on(EntryInput.Escaped)
    def _escaped(self) -> None:
        now = time.monotonic()
        is_empty = not self.query_one(EntryInput).value and not self.line.is_open
        idle = is_empty and self.line.held is None
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
        if self.line.held is None:
            self.action_no()
        else:
            self._keep_slip()
        self.query_one(MenuList).highlight(event.key)

    @on(TapButton.Tapped)
    async def _button_tapped(self, event: TapButton.Tapped) -> None:
        await self.run_action(event.command_id)

    def _sign(self, sign: str) -> None:
        """Put a sign before what is typed; without letters it is about the highlighted row."""
        entry = self.query_one(EntryInput)
        entry.value = sign + entry.value.lstrip("+-")
        entry.cursor_position = len(entry.value)

    # -- commands -----------------------------------------------------------------------------

    def action_serve(self) -> None:
        """Serve the highlighted item: as if − were typed."""
        self._sign("-")

    def action_give(self) -> None:
        """Give the highlighted item: as if + were typed."""
        self._sign("+")

    def action_no(self) -> None:
        """Forget what was typed; then bring back what was set aside, or what failed meanwhile.

        A slip in hand stays there until there is nothing else to be forgotten.
        """
        says_slip = self.line.chosen is None or isinstance(self.line.chosen, AnotherWay)
        if self.line.held is not None and (self.query_one(EntryInput).value or not says_slip):
            self._keep_slip()
            return
        self.line.held = None
        self.clear_line()
        if not self.bring_back():
            self.show_owed()

    def _keep_slip(self) -> None:
        """Forget what was typed, but not the slip in hand."""
        self.clear_line()
        self.tell_in_hand()

    def action_change_tender(self) -> None:
        """Let a gift be paid another way: cash, card, other."""
        way = self.line.chosen
        if isinstance(way, GiveWay):
            tender, ways = next_tender(way.details.tender), self.line.ways
            self.line.change(
                tuple(each.paid_by(tender) if isinstance(each, GiveWay) else each for each in ways)
            )
            self.show_choice()

    def action_next_way(self) -> None:
        """Offer the next way."""
        self.line.step(1)
        self.show_choice()

    @on(Input.Submitted, "#entry")
    @on(Sentence.Tapped)
    def action_yes(self) -> None:
        """Do what the sentence says."""
        if self.line.chosen is not None:
            self.do(self.line.chosen)
        elif self.query_one(EntryInput).value.strip():
            self.line.enter_waits = True

    @on(EntryInput.DetailsAsked)
    @work
    async def action_details(self) -> None:
        """Ask for a gift's details, or show the words that came with what was served."""
        if not self.is_active:
            # Two keys can arrive at once; the first has opened a dialog.
            return
        way, line_no = self.line.chosen, self.line.line_no
        if way is None and self.line.giver_words:
            await self.app.push_screen_wait(GiverWords(self.line.giver_words))
        elif isinstance(way, SHOWS_SQUARE):
            await show_square(self.app, self.desk, way.slip)
            self.square_was_shown(way, line_no)
        elif isinstance(way, TELLS_MORE) and way.behind:
            await self.app.push_screen_wait(Told(way.behind))
        if isinstance(way, CollectWay):
            await self._ask_bringer(way, line_no)
        if not isinstance(way, GiveWay):
            return
        from screens.dialogs.gift_form import GiftForm  # noqa: PLC0415 - not for the first picture

        form = GiftForm(way, self.desk.money_currency, way.takers)
        details = await self.app.push_screen_wait(form)
        if details is not None and line_no == self.line.line_no:
            self.do(way.with_details(details))

    async def _ask_bringer(self, way: CollectWay, line_no: int) -> None:
        from screens.dialogs.goods_words_form import GoodsWordsForm  # noqa: PLC0415 - as above

        said = await self.app.push_screen_wait(GoodsWordsForm(way))
        if said is not None and line_no == self.line.line_no:
            self.do(way.with_words(said))

    @work(group="offers", exclusive=True)
    async def action_take_back(self) -> None:
        """Offer to undo what this till did last."""
        line_no = self.clear_line()
        ways = await self.ask(ways_back)
        if ways is not None and line_no == self.line.line_no:
            nothing = NoWay(("This till has done nothing today that could be taken back.",))
            self.offer(ways or (nothing,))

    def action_who(self) -> None:
        """Ask who is here, at once: the next key is a letter of a name and must not serve."""
        self.remove_class("-blank")
        cashiers = self._board.cashiers
        if not cashiers and self.desk.cashier is None:
            self.query_one(JustNow).add("nobody has a name yet: ? and People adds people")
        elif self.is_active:
            from screens.dialogs.who_dialog import WhoDialog  # noqa: PLC0415 - as above

            self.app.push_screen(WhoDialog(cashiers, self.desk.cashier), self._chosen)

    def _chosen(self, who: Cashier | Nobody | None) -> None:
        if who is not None:
            self.let_in(who)

    @work
    async def let_in(self, who: Cashier | Nobody) -> None:
        """Let somebody be here once their PIN is right; what stands in the line stays."""
        from screens.who import let_in  # noqa: PLC0415 - as above

        try:
            said = await let_in(self.app, self.desk, who)
        except PayforwardError as error:
            said = error.message
        if self.is_here():
            await self.read_board()
            if said:
                self.query_one(JustNow).add(said)

    @on(EntryInput.MoreAsked)
    @work
    async def action_more(self) -> None:
        """Show what else there is, and do what is chosen."""
        if not self.is_active:
            return
        from screens.more import END_PRACTICE, MoreScreen  # noqa: PLC0415 - as above

        chosen = await self.app.push_screen_wait(
            MoreScreen(
                practising=self._can_leave,
                count_advice=lambda: self.desk.run(lambda ledger: len(ledger.advice())),
            )
        )
        if chosen == END_PRACTICE:
            self.dismiss(None)
        elif chosen is not None:
            await self.app.run_action(chosen)
