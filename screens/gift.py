"""A gift's story: the one place where a giver's words are shown behind the counter."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from payforward.core.asks import Refund
from payforward.core.clock import parse_utc_text
from payforward.core.days import short_day
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.text import shown
from screens import paper
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.refund_form import RefundDraft, RefundForm
from screens.entry_lines import said_money, told_apart
from screens.gift_words import said_amount_of, said_became, said_gift
from screens.issuing import NO_PRINTER, issue_of_gift
from screens.place_screen import LedgerScreen
from screens.telling import (
    TENDER_WORDS,
    said_day,
    said_item,
    said_kind,
    said_payer,
    said_place,
    said_time,
)
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.answers import EntryView, GiftStory, Refunded
    from screens.desk import Desk

COLUMNS: Final = (
    Column("When", 12, 12),
    Column("What", 10, 14),
    Column("Item", 16, 40),
    Column("Amount", 7, 14, right=True),
    Column("Paid by", 8, 18, leaves=1),
    Column("Till", 11, 30, leaves=2, spare=True),
)


class GiftScreen(LedgerScreen):
    """One gift: what it was, what became of it, and refunding what still waits.

    Args:
        desk: The ledger.
        gift_no: The gift's number.
    """

    CSS_PATH = "gift.tcss"
    PLACE = Place.GIFT
    HEADING = "Gift"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.GIFT)]

    def __init__(self, desk: Desk, gift_no: int) -> None:
        super().__init__(desk)
        self._gift_no = gift_no
        self._story: GiftStory | None = None
        self._prints = False

    def compose_body(self) -> ComposeResult:
        """Show the facts, the words and the chain of entries."""
        with Vertical(id="facts"):
            yield Static("", id="what", markup=False)
            yield Static("", id="became", markup=False)
            yield Static("", id="words", markup=False)
        yield Table(COLUMNS, empty="")

    async def load(self) -> None:
        """Show the gift."""
        story, printer, programs = await self.desk.run(
            lambda ledger: (
                ledger.gift(self._gift_no),
                ledger.printer_of_till(),
                ledger.programs(retired=True),
            )
        )
        self._story, self._prints = story, paper.prints(printer)
        self.entitle(f"Gift {story.gift}", said_day(story.given_on))
        at = said_time(self.local(story.given_at))
        what = said_gift(story, at, self.desk.money, several=len(programs) > 1)
        self.query_one("#what", Static).update(Content(what))
        self.query_one("#became", Static).update(Content(said_became(story, self.desk.money)))
        words = self.query_one("#words", Static)
        words.update(_words(story))
        words.display = bool(story.giver or story.message)
        acts = groupby(story.entries, key=lambda view: view.entry.action)
        rows = [self._row(view) for _, lines in acts for view in told_apart(list(lines))]
        self.query_one(Table).show(rows)

    def _row(self, view: EntryView) -> Row:
        at = self.local(parse_utc_text(view.entry.at))
        return Row(
            key=view.entry.no,
            cells=(
                f"{short_day(at.date())} {said_time(at)}",
                said_kind(view),
                said_item(view),
                said_money(view, self.desk.money),
                said_payer(view),
                said_place(view),
            ),
            dim=view.undone,
        )

    @work
    async def action_refund(self) -> None:
        """Give money back for what still waits."""
        story = self._story
        if story is None or not self.is_active:
            return
        if story.item.kind is ItemKind.GOODS:
            self.complain("Goods were not paid for, so there is nothing to refund.")
            return
        if not story.waiting:
            self.complain("Nothing of this gift waits any more, so there is nothing to refund.")
            return
        # One name for the act, whatever happens on the way: a second try never pays twice.
        action = new_action_id()

        async def refund(draft: RefundDraft) -> Refunded:
            wish = Refund(action=action, gift=story.gift, units=draft.units, tender=draft.tender)
            return await self.desk.run(lambda ledger: ledger.refund(wish))

        done = await ask(
            self.app,
            lambda draft, problem: RefundForm(
                story, self.desk.money_currency, draft, problem=problem
            ),
            refund,
        )
        if done is None:
            return
        await self.reload()
        back = self.desk.money(done.amount_minor)
        self.say(f"Give {back} back, {TENDER_WORDS[done.tender]}. It is written down.")

    @work
    async def action_put_on_slip(self) -> None:
        """Put what waits of it on the board on a slip of paper."""
        story = self._story
        if story is None or not self.is_active:
            return
        left = story.waiting - story.on_slips
        if story.program is not None and story.program.kind is not ProgramKind.FORWARD:
            self.complain("It goes to a partner, so there is no slip for it.")
            return
        if not left:
            self.complain("Nothing of this gift is on the board, so there is nothing for a slip.")
            return
        what = f"{said_amount_of(story, left, self.desk.money)} {story.item.name}"
        asked = f"{what}: off the board, and for whoever brings the slip."
        sure = await self.app.push_screen_wait(
            Confirm(
                "Put it on a slip",
                asked if self._prints else f"{asked} {NO_PRINTER}",
                yes="Make the slip",
            )
        )
        if not sure:
            return
        try:
            said = await issue_of_gift(self.app, self.desk, story.gift)
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(said)

    @work
    async def action_erase_words(self) -> None:
        """Erase the giver's words, once that is confirmed."""
        story = self._story
        if story is None or not self.is_active:
            return
        if not (story.giver or story.message or story.words_erased):
            self.complain("There are no words with this gift.")
            return
        what = "The name and the message go for good. The gift itself stays."
        if story.words_erased:
            what = "They are erased already. Once more clears what may be left of them in the file."
        sure = await self.app.push_screen_wait(
            Confirm(
                "Erase the giver’s words",
                what,
                yes="Erase them",
            )
        )
        if not sure:
            return
        try:
            await self.desk.run(lambda ledger: ledger.erase_words(story.gift))
        except PayforwardError as error:
            # The words may be gone all the same, of which only traces are left.
            await self.reload()
            self.complain(error.message)
        else:
            await self.reload()
            self.say("The words are erased. The gift itself stays.")


def _words(story: GiftStory) -> Content:
    """Return the giver's words as plain text."""
    lines = []
    if story.giver:
        lines.append(f"From {shown(story.giver)}")
    if story.message:
        lines.append(f"“{shown(story.message)}”")
    return Content("\n".join(lines))
