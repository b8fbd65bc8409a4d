"""The counter: one line of input, one sentence that says what Enter does, the menu above."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from payforward.core.clock import zone
from payforward.core.errors import LedgerUnusable, NothingWaiting, PartlyGone, PayforwardError
from payforward.core.grammar import Verb
from payforward.core.ids import new_action_id
from payforward.core.model import (
    Give,
    Given,
    ItemKind,
    Offer,
    PaidFrom,
    Redeem,
    Redeemed,
    Tender,
    Undone,
)
from payforward.core.text import fit, shown
from screens.catalogue import Place, bindings_of
from screens.counter import reading, words
from screens.counter.blank import BlankScreen
from screens.counter.buttons import Buttons, TapButton
from screens.counter.entry_input import EntryInput
from screens.counter.menu_list import MenuList, Row
from screens.counter.ways import GiveWay, NoWay, RetryWay, ServeWay, Surroundings, TakeBackWay
from screens.dialogs.gift_form import GiftForm
from screens.dialogs.giver_words import GiverWords
from screens.more import END_PRACTICE, MoreScreen

if TYPE_CHECKING:
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.model import Board, Item, Undo
    from screens.counter.ways import Way
    from screens.counter.words import Variants
    from screens.desk import Desk

POLL_SECONDS: Final = 1.0
"""How often another till's changes are looked for."""

JUST_NOW_SECONDS: Final = 20.0
"""How long "here just now" shows an act."""

HELD_SECONDS: Final = 1.0
"""An Enter that follows another within this time, with no key between, is one held down.

The longest usual delay before a held key repeats.
"""

ESCAPE_SECONDS: Final = 1.5
"""Within this time a second Escape blanks the screen."""


class CounterScreen(Screen[None]):
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
        self._menu: tuple[Item, ...] = ()
        self._fund: Item | None = None
        self._board: Board | None = None
        self._seen_version: int | None = None
        self._seen_minute = ""
        self._polling = False
        self._ways: tuple[Way, ...] = ()
        self._way = 0
        self._line_no = 0
        self._enter_waits = False
        self._last_enter = -HELD_SECONDS
        self._last_escape = -ESCAPE_SECONDS
        self._tender = Tender.CASH
        self._verdict: tuple[Variants, Variants] = (("",), words.IDLE)
        self._giver_words: tuple[str, ...] = ()
        self._just_now: list[tuple[float, str]] = []

    def compose(self) -> ComposeResult:
        """Lay out header, menu, sentence, input and buttons."""
        yield Static(id="header", markup=False)
        if self._banner:
            yield Static(self._banner, id="banner", markup=False)
        yield MenuList(id="menu")
        yield Static(id="just-now", markup=False)
        yield Static(id="said", markup=False)
        yield Static(id="keys", markup=False)
        with Horizontal(id="line"):
            yield Static("› ", id="prompt", markup=False)
            yield EntryInput(id="entry", compact=True, select_on_focus=False, max_length=80)
        yield Buttons(id="buttons")

    async def on_mount(self) -> None:
        """Show the board at once, then keep it fresh."""
        await self._refresh_board()
        self.set_interval(POLL_SECONDS, self._poll)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def _around(self) -> Surroundings:
        assert self._board is not None
        return Surroundings(self._board, self._desk.money, self._local)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    @property
    def _rows(self) -> tuple[Item, ...]:
        return self._menu if self._fund is None else (*self._menu, self._fund)

    @property
    def _highlighted(self) -> Item | None:
        highlighted = self.query_one(MenuList).highlighted
        return next((item for item in self._rows if item.id == highlighted), None)

    def on_screen_resume(self) -> None:
        """Come back from another screen: the menu may have changed there."""
        if self._board is not None:
            self.refresh_board()

    @work(exclusive=True, group="board")
    async def refresh_board(self) -> None:
        """Read the board anew."""
        await self._refresh_board()

    async def _refresh_board(self) -> None:
        version, board, items, fund = await self._desk.run(
            lambda ledger: (
                ledger.data_version(),
                ledger.board(),
                ledger.items(retired=True),
                ledger.fund(),
            )
        )
        self._seen_version, self._board, self._fund = version, board, fund
        around = self._around
        self._menu = tuple(
            item for item in items if around.waiting(item) or (item.giftable and not item.retired)
        )
        self._show_menu()
        self._show_sentence()

    def _show_menu(self) -> None:
        assert self._board is not None
        assert self._fund is not None
        ages = {row.item.id: row.oldest_day for row in self._board.rows}
        today = self._board.day
        rows = []
        for item in self._menu:
            waiting = self._around.waiting(item)
            rows.append(
                Row(
                    item=item.id,
                    name=words.name(item),
                    waiting=str(waiting) if waiting else "–",
                    price=self._desk.money(item.price_minor),
                    age=words.age(ages[item.id], today) if item.id in ages else "",
                    is_waiting=bool(waiting),
                )
            )
        fund = Row(
            item=self._fund.id,
            name=words.name(self._fund),
            waiting="",
            price=self._desk.money(self._board.money_minor),
            age="",
            is_waiting=self._board.money_minor > 0,
        )
        self.query_one(MenuList).show(rows, fund)
        self._show_header()

    def _show_header(self) -> None:
        who = " · ".join(shown(name) for name in (self._desk.cashier, self._desk.till) if name)
        now = words.moment(self._local(self._desk.clock.now()))
        right = f"{who}   {now} "
        width = self.size.width
        left = f" {shown(self._desk.shop.name)}"
        header = fit(left, max(0, width - len(right))) + right if len(right) < width else left
        self.query_one("#header", Static).update(Content(header))
        self._seen_minute = now

    def _show_sentence(self) -> None:
        width = max(10, self.size.width - 2)
        if self._ways:
            way = self._ways[self._way]
            said, keys = way.sentence(self._around), way.keys()
        else:
            said, keys = self._verdict
        self.query_one("#said", Static).update(Content(f" {words.fitting(said, width)}"))
        self.query_one("#keys", Static).update(Content(f" {words.fitting(keys, width)}"))
        pending = any(not isinstance(way, NoWay) for way in self._ways)
        self.set_class(bool(self._ways), "-pending")
        self.query_one(Buttons).show(pending=pending)

    def _show_just_now(self) -> None:
        oldest = time.monotonic() - JUST_NOW_SECONDS
        self._just_now = [act for act in self._just_now if act[0] > oldest][-3:]
        text = "   ".join(text for _, text in reversed(self._just_now))
        line = f" here just now:  {text}" if text else ""
        self.query_one("#just-now", Static).update(Content(fit(line, self.size.width).rstrip()))

    def on_resize(self) -> None:
        """Choose again the words that fit."""
        if self._board is not None:
            self._show_header()
            self._show_sentence()
            self._show_just_now()

    async def _poll(self) -> None:
        """See what other tills did, and what the clock did."""
        self._show_just_now()
        if self._polling or not self.is_current:
            return
        self._polling = True
        try:
            version = await self._desk.run(lambda ledger: ledger.data_version())
            minute = words.moment(self._local(self._desk.clock.now()))
            if version != self._seen_version or minute != self._seen_minute:
                await self._refresh_board()
        except PayforwardError as error:
            self._say((error.message,), ("",))
        finally:
            self._polling = False

    # -- what is typed ------------------------------------------------------------------------

    @on(Input.Changed, "#entry")
    def _line_changed(self) -> None:
        self._line_no += 1
        self._enter_waits = False
        self._giver_words = ()
        line = self.query_one(EntryInput).value
        if not line.strip():
            self._choose_from(())
            return
        self._verdict = (("",), words.IDLE)
        meant = reading.read_line(line, self._rows, self._highlighted)
        nothing = reading.unmatched(meant)
        if nothing is not None:
            self._choose_from((nothing,))
        elif meant.verb is Verb.GIVE:
            ways = reading.give_ways(meant, self._desk.money_currency, self._tender)
            self._choose_from(ways)
        else:
            self._choose_serving(meant)

    def _choose_serving(self, meant: reading.Reading) -> None:
        units = reading.serve_units(meant)
        if isinstance(units, NoWay):
            self._choose_from((units,))
            return
        # What other ways there are, the ledger must say; meanwhile the old sentence is gone.
        self._choose_from(())
        self.query_one(MenuList).highlight(meant.matches[0].id)
        self._ask_for_offers(self._line_no, meant.matches, units)

    @work(group="offers", exclusive=True)
    async def _ask_for_offers(
        self, line_no: int, items: tuple[Item, ...], units: int, *, just_gone: bool = False
    ) -> None:
        """Learn who could pay, and show the first way unless the line has changed meanwhile."""
        wanted = [item for item in items if item.kind is not ItemKind.MONEY]
        found = await self._desk.run(
            lambda ledger: [ledger.offers(item.id, units) for item in wanted]
        )
        if line_no != self._line_no:
            return
        ways: list[Way] = [
            ServeWay(offer, units, just_gone=just_gone) for offers in found for offer in offers
        ]
        if not found[0]:
            ways.insert(0, self._nothing_to_serve(items[0]))
            ways += self._others(units, {item.id for item in items})
        self._choose_from(tuple(ways))
        if self._enter_waits:
            self._enter_waits = False
            way = self._ways[0]
            # An Enter typed before its sentence was shown means the plain thing or nothing.
            if isinstance(way, ServeWay) and way.is_plain:
                self._do(way)

    def _nothing_to_serve(self, item: Item) -> NoWay:
        assert self._board is not None
        others = [row.item for row in self._board.rows]
        hint = ("↓ offers one   Esc no",) if others else ("Esc no",)
        return NoWay(words.nothing_to_serve(item, others), hint)

    def _others(self, units: int, seen: set[int]) -> list[Way]:
        """Return what waits besides, to be offered instead."""
        assert self._board is not None
        return [
            ServeWay(Offer(row.item, units, PaidFrom.BOARD, row.item, 0, 0, row.units), units)
            for row in self._board.rows
            if row.item.id not in seen and row.units >= units
        ]

    def _choose_from(self, ways: tuple[Way, ...], first: int = 0) -> None:
        self._ways, self._way = ways, first
        self._follow_way()
        self._show_sentence()

    def _follow_way(self) -> None:
        """Highlight the row of what the sentence is about."""
        if not self._ways:
            return
        way = self._ways[self._way]
        if isinstance(way, GiveWay):
            self.query_one(MenuList).highlight(way.item.id)
        elif isinstance(way, ServeWay):
            self.query_one(MenuList).highlight(way.offer.item.id)

    @on(EntryInput.Stepped)
    def _stepped(self, event: EntryInput.Stepped) -> None:
        if self._ways:
            self._way = max(0, min(len(self._ways) - 1, self._way + event.steps))
            self._follow_way()
            self._show_sentence()
        else:
            self.query_one(MenuList).move(event.steps)

    def on_key(self, event: events.Key) -> None:
        """Any key but Enter shows that Enter is not held down."""
        if event.key != "enter":
            self._last_enter = -HELD_SECONDS

    @on(Input.Submitted, "#entry")
    def _enter(self) -> None:
        now = time.monotonic()
        held = now - self._last_enter < HELD_SECONDS
        self._last_enter = now
        if not held:
            self.action_yes()

    @on(EntryInput.Escaped)
    def _escaped(self) -> None:
        now = time.monotonic()
        entry = self.query_one(EntryInput)
        if not entry.value and not self._ways and now - self._last_escape < ESCAPE_SECONDS:
            self.app.push_screen(BlankScreen())
        self._last_escape = now
        self.action_no()

    @on(EntryInput.DetailsAsked)
    def _details_asked(self) -> None:
        self.action_details()

    @on(EntryInput.MoreAsked)
    def _more_asked(self) -> None:
        self.action_more()

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

    def _sign(self, sign: str) -> None:
        entry = self.query_one(EntryInput)
        entry.value = sign + entry.value.lstrip("+-")
        entry.cursor_position = len(entry.value)

    def action_no(self) -> None:
        """Forget what was typed."""
        self._enter_waits = False
        self._verdict = (("",), words.IDLE)
        self.query_one(EntryInput).value = ""
        self._choose_from(())

    def action_next_way(self) -> None:
        """Offer the next way."""
        self.post_message(EntryInput.Stepped(1))

    def action_yes(self) -> None:
        """Do what the sentence says."""
        if self._ways:
            self._do(self._ways[self._way])
        elif self.query_one(EntryInput).value.strip():
            self._enter_waits = True

    @work
    async def action_details(self) -> None:
        """Ask for a gift's details, or show the words that came with what was served."""
        if not self._ways and self._giver_words:
            await self.app.push_screen_wait(GiverWords(self._giver_words))
            return
        way = self._ways[self._way] if self._ways else None
        if not isinstance(way, GiveWay):
            return
        line_no = self._line_no
        form = GiftForm(
            title=words.said(way.item, way.units, self._desk.money),
            amount_minor=way.amount_minor,
            currency=self._desk.money_currency,
            is_money=way.item.kind is ItemKind.MONEY,
            details=way.details,
        )
        details = await self.app.push_screen_wait(form)
        if details is not None and line_no == self._line_no:
            self._tender = details.tender if details.tender is not Tender.OPENING else self._tender
            self._do(way.with_details(details))

    @work(group="offers", exclusive=True)
    async def action_take_back(self) -> None:
        """Offer to undo what this till did last."""
        self.query_one(EntryInput).value = ""
        self._line_no += 1
        line_no = self._line_no
        actions = await self._desk.run(lambda ledger: ledger.latest_actions())
        if line_no == self._line_no:
            ways: tuple[Way, ...] = tuple(TakeBackWay(past) for past in actions)
            nothing = NoWay(("This till has done nothing today that could be taken back.",))
            self._choose_from(ways or (nothing,))

    @work
    async def action_more(self) -> None:
        """Show what else there is, and do what is chosen."""
        chosen = await self.app.push_screen_wait(MoreScreen(in_practice=self._can_leave))
        if chosen == END_PRACTICE:
            self.dismiss(None)
        elif chosen is not None:
            await self.app.run_action(chosen)

    # -- what is done -------------------------------------------------------------------------

    def _do(self, way: Way) -> None:
        ask = way.ask(new_action_id())
        if ask is None:
            return
        self.query_one(EntryInput).value = ""
        self._line_no += 1
        self._choose_from(())
        self._act(ask, self._line_no)

    @work(group="acts")
    async def _act(self, ask: Give | Redeem | Undo, line_no: int) -> None:
        """Do it in the ledger, then say what was done; what failed is never called done."""
        try:
            answer = await self._desk.run(
                lambda ledger: (
                    ledger.give(ask)
                    if isinstance(ask, Give)
                    else ledger.redeem(ask)
                    if isinstance(ask, Redeem)
                    else ledger.undo(ask)
                )
            )
        except NothingWaiting as error:
            self._just_gone(ask, error)
        except PartlyGone:
            self.action_take_back()
        except LedgerUnusable as error:
            self._choose_from((RetryWay(ask, error.message),))
        except PayforwardError as error:
            self._say((error.message,), words.IDLE)
        else:
            self._done(answer, line_no)
        await self._refresh_board()

    def _just_gone(self, ask: Give | Redeem | Undo, error: NothingWaiting) -> None:
        """Another till was quicker: say what can be done now."""
        item = next((i for i in self._rows if isinstance(ask, Redeem) and i.id == ask.item), None)
        if item is None or not isinstance(ask, Redeem):
            self._say((error.message,), words.IDLE)
            return
        self._ask_for_offers(self._line_no, (item,), ask.units, just_gone=True)

    def _done(self, answer: Given | Redeemed | Undone, line_no: int) -> None:
        money = self._desk.money
        hint = words.IDLE
        what = words.said(answer.item, answer.units, money)
        if isinstance(answer, Given):
            verdict, act = words.given(answer, money), f"+ {what}"
        elif isinstance(answer, Redeemed):
            verdict, act = words.served(answer, money), f"− {what}"
            messages = dict.fromkeys(line.message for line in answer.lines if line.message)
            if messages and line_no == self._line_no:
                self._giver_words = tuple(messages)
                hint = ("A few words came with it: → shows them.", "→ shows a few words.")
        else:
            verdict, act = words.taken_back(answer, money), f"↶ {what}"
        self._just_now.append((time.monotonic(), act))
        self._show_just_now()
        if line_no == self._line_no:
            self._say(verdict, hint)

    def _say(self, said: Variants, keys: Variants) -> None:
        self._verdict = (said, keys)
        self._show_sentence()
