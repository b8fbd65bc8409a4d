"""The board as the counter saw it last, and whether another till has changed it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.clock import business_date, zone
from payforward.core.model import ProgramKind
from payforward.core.text import shown
from screens.counter import day_words, words
from screens.counter.menu_rows import shown_items
from screens.counter.program_rows import goods_of, taking_gifts, with_row
from screens.counter.typeable import Typeable
from screens.counter.ways import Surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from db.ledger import Ledger
    from payforward.core.answers import Board
    from payforward.core.model import Item
    from payforward.core.paper import PaperOwed
    from payforward.core.people import Cashier
    from payforward.core.shop_settings import ShopSettings
    from screens.desk import Desk


@dataclass(frozen=True, slots=True)
class Seen:
    """What the ledger answered.

    Args:
        version: The ledger's state that it is true of.
        board: What waits.
        items: The menu, what is retired too.
        fund: The money.
        counts_on: The day on which something done now would count.
        settings: What the shop has decided.
        doubted: This till's last slip, where nobody knows whether it printed.
        goods: What drives take; nothing where none runs.
        cashiers: Who may be here.
        lost: Whom entries name no more, although they said at this till that they are here.
    """

    version: int
    board: Board
    items: Sequence[Item]
    fund: Item
    counts_on: date
    settings: ShopSettings
    doubted: PaperOwed | None
    goods: Sequence[Item] = ()
    cashiers: Sequence[Cashier] = ()
    lost: str | None = None


class BoardWatch:
    """What the counter knows of the board.

    Args:
        desk: The ledger; only its names and its clock are used here.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._zone = zone(desk.shop.timezone)
        self._version = -1
        self._moment = ""
        self._counts_on: date | None = None
        self.around: Surroundings | None = None
        self.there: Typeable | None = None
        self.settings: ShopSettings | None = None
        self.doubted: PaperOwed | None = None
        self.cashiers: Sequence[Cashier] = ()

    @staticmethod
    def look(ledger: Ledger) -> Seen:
        """Ask the ledger, in its own thread, for what `see` takes."""
        version, board = ledger.data_version(), ledger.board()
        has_drive = any(each.program.kind is ProgramKind.DRIVE for each in with_row(board))
        return Seen(
            version,
            board,
            ledger.items(retired=True),
            ledger.fund(),
            ledger.today(),
            ledger.settings(),
            ledger.unconfirmed_of_till(),
            ledger.goods() if has_drive else (),
            ledger.cashiers(),
            ledger.who_lost_name(),
        )

    def see(self, seen: Seen) -> None:
        """Take in what the ledger answered."""
        self._version, self._counts_on = seen.version, seen.counts_on
        self.settings, self.doubted = seen.settings, seen.doubted
        self._desk.write_money_as(seen.settings)
        self.cashiers = seen.cashiers
        now = self.local(self._desk.clock.now())
        self.around = Surroundings(seen.board, self._desk.money, self.local, now)
        programs = with_row(seen.board)
        self.there = Typeable(
            menu=shown_items(seen.items, self.around),
            fund=seen.fund,
            programs=programs,
            goods=goods_of(programs, seen.goods),
            prepaid=taking_gifts(seen.board),
        )
        self._moment = self.moment()

    def is_stale(self, version: int) -> bool:
        """Return whether the ledger or the minute has changed since."""
        return (self._version, self._moment) != (version, self.moment())

    def local(self, at: datetime) -> datetime:
        """Return an instant by the clock on the shop's wall."""
        return at.astimezone(self._zone)

    def moment(self) -> str:
        """Return weekday and time of day, now."""
        return words.moment(self.local(self._desk.clock.now()))

    def who_and_when(self) -> str:
        """Return who is at which till, and the time."""
        names = (self._desk.cashier, self._desk.till)
        ahead = self._ahead()
        when = self.moment() if ahead is None else day_words.counts_on(self.moment(), *ahead)
        return f"{' · '.join(shown(name) for name in names if name)}   {when}"

    def said_ahead(self) -> str:
        """Return on which day things count now, where that is not the day it is; else nothing."""
        ahead = self._ahead()
        return "" if ahead is None else day_words.counts_later(ahead[0])

    def _ahead(self) -> tuple[date, date] | None:
        """Return the day on which things count and the day it is, where that one is earlier.

        So it is from the close of a day on, and where the clock was set back.
        """
        day, cutover_hour = self._counts_on, self._desk.shop.cutover_hour
        wall = business_date(self._desk.clock.now(), self._zone, cutover_hour)
        return None if day is None or day <= wall else (day, wall)
