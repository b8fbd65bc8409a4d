"""What happened on a day, newest first: what a cashier looks for is what was just done."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.clock import parse_utc_text
from payforward.core.errors import PayforwardError
from payforward.core.model import ItemKind
from payforward.core.text import shown
from screens.catalogue import Place, bindings_of
from screens.entry_lines import said_money, said_more, told_apart
from screens.gift import GiftScreen
from screens.place_screen import LedgerScreen
from screens.taking_back import take_back
from screens.telling import (
    SAME_ACTION,
    UNDONE_MARK,
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
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.answers import EntryView
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Time", 5, 5),
    Column("What", 10, 14),
    Column("Item", 18, 60),
    Column("Amount", 7, 14, right=True),
    Column("Paid by", 8, 30, leaves=1),
    Column("Gift", 4, 9, right=True, leaves=2, spare=True),
    Column("Till", 11, 30, leaves=3, spare=True),
)
WITH_PROGRAM: Final = (
    Column("Time", 5, 5),
    Column("What", 10, 14),
    Column("Item", 14, 60),
    Column("Amount", 7, 14, right=True),
    Column("Paid by", 9, 30, leaves=2),
    Column("Gift", 4, 9, right=True, leaves=4, spare=True),
    Column("Till", 12, 30, leaves=5, spare=True),
    Column("Program", 14, 20, leaves=1),
)
"""The columns of a shop that has several programs."""
NOTHING_TODAY: Final = "Nothing on this day yet. ← looks at the day before."
NOTHING_THEN: Final = "Nothing on this day. ← looks at the day before, → after."


class EntriesScreen(LedgerScreen):
    """The entries of a business day: each opens its gift's story, and can be taken back.

    No giver's words stand here: others may look over the cashier's shoulder.

    Args:
        desk: The ledger.
        day: The first day that is shown; today without one.
    """

    CSS_PATH = "entries.tcss"
    PLACE = Place.ENTRIES
    HEADING = "Entries"
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.ENTRIES)]

    def __init__(self, desk: Desk, day: date | None = None) -> None:
        super().__init__(desk)
        self._day = day
        self._today: date | None = None
        self._gifts: dict[int, int | None] = {}
        self._acts: dict[int, str] = {}
        self._several = False

    def compose_body(self) -> ComposeResult:
        """Show the day."""
        yield Table(COLUMNS, empty="")

    async def load(self) -> None:
        """Show the entries of the day."""
        asked = self._day
        today, day, views, programs = await self.desk.run(
            lambda ledger: (
                today := ledger.today(),
                day := min(asked or today, today),
                ledger.entries(day),
                ledger.programs(retired=True),
            )
        )
        self._today, self._day = today, None if day == today else day
        self._gifts = {view.entry.no: _gift_of(view) for view in views}
        self._acts = {v.entry.no: v.entry.action for v in views if v.item is not None}
        self._several = len(programs) > 1
        is_today = day == today
        self.entitle("Entries", said_day(day) + (" · today" if is_today else ""))
        table = self.query_one(Table)
        table.show(
            self._rows(views),
            empty=NOTHING_TODAY if is_today else NOTHING_THEN,
            columns=WITH_PROGRAM if self._several else COLUMNS,
        )
        undone = any(view.undone for view in views)
        self.say(f"{UNDONE_MARK} was taken back later." if undone else "")

    def _rows(self, views: Sequence[EntryView]) -> list[Row]:
        """Return the day's rows: the newest act first, the lines of one act in their order."""
        acts = [list(lines) for _, lines in groupby(views, key=lambda view: view.entry.action)]
        return [
            self._row(view, above)
            for lines in reversed(acts)
            for told in [told_apart(lines)]
            for view, above in zip(told, (None, *told), strict=False)
        ]

    def _row(self, view: EntryView, above: EntryView | None) -> Row:
        """Return an entry's row; what stands above it of the same act is not said again."""
        entry, first = view.entry, above is None
        return Row(
            key=entry.no,
            cells=(
                said_time(self.local(parse_utc_text(entry.at))) if first else "",
                said_kind(view) if first else SAME_ACTION,
                said_item(view) if above is None else said_more(view, above),
                said_money(view, self.desk.money),
                said_payer(view),
                str(_gift_of(view) or ""),
                said_place(view) if first else "",
                *([shown(view.program or "")] if self._several else []),
            ),
            dim=view.undone,
        )

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open the story of a line that was clicked while it was marked."""
        message.stop()
        self.action_open_gift()

    def action_open_gift(self) -> None:
        """Open the story of the marked line's gift."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        gift = self._gifts[marked]
        if gift is None:
            self.complain("That line belongs to no gift.")
            return
        self.app.push_screen(GiftScreen(self.desk, gift))

    @work
    async def action_take_back(self) -> None:
        """Take back the act that the marked line is of; of another day, the owner does."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        if marked not in self._acts:
            self.complain("That line moved nothing, so there is nothing to take back.")
            return
        try:
            done = await take_back(self, self._acts[marked])
        except PayforwardError as error:
            await self.reload()
            self.complain(error.message)
        else:
            if done is not None:
                await self.reload()
                self.say(done)

    async def action_day_before(self) -> None:
        """Show the day before."""
        await self._go(-1)

    async def action_day_after(self) -> None:
        """Show the day after; today is the last one."""
        await self._go(1)

    async def _go(self, days: int) -> None:
        if self._today is None:
            return
        day = (self._day or self._today) + timedelta(days=days)
        if day > self._today:
            self.say("This is today.")
            return
        self._day = day
        self.query_one(Table).show(())
        await self.reload()


def _gift_of(view: EntryView) -> int | None:
    """Return the gift that a line belongs to; what the house gives belongs to none."""
    if view.item is None or view.item.kind is ItemKind.SERVING:
        return None
    return view.entry.gift
