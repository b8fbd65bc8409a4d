"""The entries behind a number of the month: one program's item, newest first, page by page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from payforward.core.clock import parse_utc_text
from payforward.core.days import day_text, short_day
from payforward.core.model import ItemKind, Kind
from screens.catalogue import Place, bindings_of
from screens.gift import GiftScreen
from screens.place_screen import LedgerScreen
from screens.telling import said_amount, said_item, said_kind, said_payer, said_place, said_time
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.answers import EntryView
    from screens.desk import Desk
    from screens.month.shown import OpensPool

MOST: Final = 300
"""How many entries a page has: more than fit on a screen, and drawn at once."""

_SUMMED: Final = {
    Kind.GIVE: ("given", 1),
    Kind.BUDGET: ("set aside", 1),
    Kind.REDEEM: ("served", -1),
    Kind.REFUND: ("refunded", -1),
    Kind.PASS_ON: ("passed on", -1),
    Kind.DELIVER: ("delivered", -1),
    Kind.LAPSE: ("lapsed", -1),
}
"""The kinds that change what waits, in the month's order, and which sign makes them count up."""

COLUMNS: Final = (
    Column("Day", 6, 6),
    Column("Time", 5, 5, leaves=3),
    Column("What", 10, 14),
    Column("Item", 12, 40),
    Column("Amount", 7, 14, right=True),
    Column("Paid by", 8, 18, leaves=1),
    Column("Gift", 4, 9, right=True, leaves=2),
    Column("Till", 8, 30, leaves=4),
)


class PoolEntriesScreen(LedgerScreen):
    """One program's item in some days; Enter opens the story of a line's gift.

    Args:
        desk: The ledger.
        pool: What, and in which days.
    """

    CSS_PATH = "month.tcss"
    PLACE = Place.POOL_ENTRIES
    HEADING = "Entries"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.POOL_ENTRIES)]

    def __init__(self, desk: Desk, pool: OpensPool) -> None:
        super().__init__(desk)
        self._pool = pool
        self._views: dict[int, EntryView] = {}
        self._before: list[EntryView] = []
        """The last line of each page that is newer than this one."""
        self._is_last = True

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty="Nothing in these days.")

    async def load(self) -> None:
        """Show the page."""
        before = self._before[-1] if self._before else None
        found = await self.desk.run(lambda ledger: self._page(ledger, before))
        self._is_last = len(found) <= MOST
        page = found[:MOST]
        self._views = {view.entry.no: view for view in page}
        self.entitle(self._pool.name, self._days())
        self.query_one(Table).show([self._row(view) for view in page])
        start = len(self._before) * MOST
        if self._before or not self._is_last:
            self.say(f"{start + 1:,} to {start + len(page):,}, the newest first.")
        elif page:
            self.say(said_sums(page, self.desk.money))

    def _page(self, ledger: Ledger, before: EntryView | None) -> tuple[EntryView, ...]:
        pool = self._pool
        return ledger.pool_entries(
            (pool.program, pool.item), (pool.first, pool.last), before=before, most=MOST + 1
        )

    def _days(self) -> str:
        return f"{short_day(self._pool.first)} – {day_text(self._pool.last)}"

    def _row(self, view: EntryView) -> Row:
        entry = view.entry
        return Row(
            key=entry.no,
            cells=(
                short_day(date.fromisoformat(entry.day)),
                said_time(self.local(parse_utc_text(entry.at))),
                said_kind(view),
                said_item(view),
                said_amount(view, self.desk.money),
                said_payer(view),
                str(_gift_of(view) or ""),
                said_place(view),
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
        gift = _gift_of(self._views[marked])
        if gift is None:
            self.complain("That line belongs to no gift.")
            return
        self.app.push_screen(GiftScreen(self.desk, gift))

    async def action_older(self) -> None:
        """Show the page before in time."""
        if not self._views or not self.is_active:
            return
        if self._is_last:
            self.say("These are the oldest of these days.")
            return
        self._before.append(list(self._views.values())[-1])
        await self._show_page()

    async def action_newer(self) -> None:
        """Show the page after in time."""
        if not self.is_active:
            return
        if not self._before:
            self.say("These are the newest of these days.")
            return
        self._before.pop()
        await self._show_page()

    async def _show_page(self) -> None:
        self.query_one(Table).show(())
        await self.reload()


def said_sums(views: Sequence[EntryView], money: Callable[[int], str]) -> str:
    """Return what entries add up to, kind by kind; what was taken back is taken off.

    What only moves between board and slips, or is worth nothing in the end, is left out.
    """
    said = []
    for kind, (word, sign) in _SUMMED.items():
        of_kind = [view for view in views if view.kind is kind and view.item is not None]
        units = sign * sum(view.entry.units for view in of_kind)
        minor = sign * sum(view.entry.amount_minor for view in of_kind)
        if units:
            is_money = any(view.item and view.item.kind is ItemKind.MONEY for view in of_kind)
            worth = f" ({money(minor)})" if minor else ""
            count = f"{units:,}".replace("-", "−")
            said.append(f"{money(minor)} {word}" if is_money else f"{count} {word}{worth}")
    return f"In all: {', '.join(said)}." if said else ""


def _gift_of(view: EntryView) -> int | None:
    """Return the gift that a line belongs to; what the house gives belongs to none."""
    is_house = view.item is None or view.item.kind is ItemKind.SERVING
    return None if is_house else view.entry.gift
