"""The ledger: everything that the program can do with it and ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from db import correcting, giving, menu, questions, redeeming, words
from db.answers import Answers
from db.append import Head, lock_head
from db.connection import LedgerFile, open_ledger_file
from db.moment import Moment, look
from db.perform import Counter, Done, Performer
from db.programs import live_programs
from db.verify import Verifier
from payforward.core.clock import Clock, SystemClock, utc_text
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import new_action_id
from payforward.core.matching import nearest, resolve
from payforward.core.model import MAX_AMOUNT_MINOR, Item, ItemKind
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from payforward.core.answers import (
        Board,
        EntryView,
        GiftStory,
        Given,
        MenuChanges,
        Offer,
        PastAction,
        Redeemed,
        Refunded,
        Undone,
        Verified,
    )
    from payforward.core.asks import Give, Redeem, Refund, Undo
    from payforward.core.menus import MenuRow
    from payforward.core.model import Entry, Program

T = TypeVar("T")


class Ledger:
    """One shop's ledger, as one counter uses it.

    Every change is one method and one transaction, and nothing is changed where one raises.
    Methods raise `Refused` where a rule says no, `BadInput` for what nobody means, and
    `LedgerUnusable` where the file fails. An object is used by one thread at a time.

    Args:
        file: The open file.
        till: The name of this terminal.
        cashier: Who is at the counter, where that is known.
        clock: What time it is.
    """

    def __init__(
        self,
        file: LedgerFile,
        *,
        till: str = "till 1",
        cashier: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._file = file
        self._clock = clock or SystemClock()
        self.till = clean_name(till, what="till's name")
        self.cashier = None if cashier is None else clean_name(cashier, what="cashier's name")
        self.shop = questions.read_shop(file)
        self._performer = Performer(file, self.shop, self._clock, Counter(self.till, self.cashier))

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        till: str = "till 1",
        cashier: str | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """Open the ledger at ``path``.

        Raises:
            LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
            BadInput: a till or cashier whose name is none.
        """
        file = open_ledger_file(path)
        try:
            return cls(file, till=till, cashier=cashier, clock=clock)
        except BaseException:
            file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        self._file.close()

    @property
    def path(self) -> Path:
        """Where the ledger is."""
        return self._file.path

    # -- gifts in and out ---------------------------------------------------------------------

    def give(self, ask: Give) -> Given:
        """Put a gift aside."""
        return self._performer.perform(
            ask, lambda moment: giving.plan_give(moment, ask), self._telling(Answers.given)
        )

    def redeem(self, ask: Redeem) -> Redeemed:
        """Hand units over; `NothingWaiting` where what shall pay has not enough."""
        return self._performer.perform(
            ask, lambda moment: redeeming.plan_redeem(moment, ask), self._telling(Answers.redeemed)
        )

    def undo(self, ask: Undo) -> Undone:
        """Take an action of today back; `PartlyGone` where only part of it still can be."""
        return self._performer.perform(
            ask, lambda moment: correcting.plan_undo(moment, ask), self._telling(Answers.undone)
        )

    def refund(self, ask: Refund) -> Refunded:
        """Give money back for what still waits of a gift."""
        return self._performer.perform(
            ask, lambda moment: correcting.plan_refund(moment, ask), self._telling(Answers.refunded)
        )

    def accept_clock(self) -> bool:
        """Record that today's date is right, although the last entry is long past.

        Returns:
            Whether that was in doubt; if not, nothing is written.
        """
        return self._performer.record_jump(new_action_id())

    def erase_words(self, gift: int) -> None:
        """Erase all words about a gift, for good: its giver's, and the reasons of corrections."""
        with self._file.write_transaction() as database:
            head = lock_head(database, self.shop)
            moment = look(self._file, self.shop, head, self._clock.now())
            questions.read_gift(self._file, self.shop, moment.items, gift)
            words.erase_words(database, self.shop.id, gift, moment.day.isoformat())
        self._file.rewrite()

    # -- questions ----------------------------------------------------------------------------

    def offers(self, item: int, units: int = 1) -> list[Offer]:
        """Return who could pay for ``units`` of an item as things stand, the plainest first."""
        with self._file.snapshot():
            return redeeming.offers(self._moment(), item, units)

    def board(self) -> Board:
        """Return what waits for whoever asks."""
        with self._file.snapshot():
            moment = self._moment()
            return questions.read_board(self._file, self.shop, moment.items, moment.day)

    def entries(self, day: date | None = None) -> tuple[EntryView, ...]:
        """Return the entries of a business day, today's without one."""
        with self._file.snapshot():
            moment = self._moment()
            return questions.read_day(self._file, self.shop, moment.items, day or moment.day)

    def gift(self, gift: int) -> GiftStory:
        """Return one gift and what became of it."""
        with self._file.snapshot():
            return questions.read_gift(self._file, self.shop, self._items(), gift)

    def latest_actions(self, most: int = 20) -> tuple[PastAction, ...]:
        """Return what this till did today and did not take back, newest first."""
        with self._file.snapshot():
            moment = self._moment()
            return questions.latest_actions(
                self._file,
                self.shop,
                moment.items,
                day=moment.day,
                till=self.till,
                most=most,
            )

    def today(self) -> date:
        """Return the business day that an entry made now would count on."""
        with self._file.snapshot():
            return self._moment().day

    def data_version(self) -> int:
        """Return a number that changes when another till has changed the ledger."""
        return self._file.data_version()

    def verify(
        self,
        *,
        printed_head: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Verified:
        """Replay everything and return what was found.

        Args:
            printed_head: A head from a slip or a closing (``1234-9f3a2b1c``) that the ledger
                must still contain.
            progress: Called with entries done and entries in all; may raise to stop.
        """
        return Verifier(self._file, self.shop, progress).verify(printed_head)

    # -- the menu -----------------------------------------------------------------------------

    def items(self, *, retired: bool = False) -> list[Item]:
        """Return the menu in its order, without the fund; retired items only if asked for."""
        with self._file.snapshot():
            found = self._items().values()
        return [i for i in found if i.kind is ItemKind.MENU and (retired or not i.retired)]

    def fund(self) -> Item:
        """Return the item that money is."""
        return next(item for item in self._items().values() if item.kind is ItemKind.MONEY)

    def programs(self) -> list[Program]:
        """Return the programmes that run."""
        return live_programs(self._file, self.shop.id)

    def find_item(self, name: str, *, retired: bool = False) -> Item:
        """Return the item that a person named.

        Args:
            name: What was typed: the name, or the first letters of its words if only one fits.
            retired: Find retired items too, where no other has the name.

        Raises:
            Refused: none or several fit; the nearest names are in the sentence.
        """
        on_menu = self.items()
        found = _resolve(name, on_menu)
        if found is None and retired:
            found = _resolve(name, [i for i in self.items(retired=True) if i.retired])
        if found is not None:
            return found
        if not on_menu:
            raise Refused(
                "The menu is empty: add items with 'payforward items add' or 'items import'.",
                reason="unknown-item",
            )
        near = " or ".join(nearest(name, [item.name for item in on_menu]))
        hint = f"did you mean {near}?" if near else "'payforward items' lists the menu."
        raise Refused(f"There is no {name[:60]} on the menu: {hint}", reason="unknown-item")

    def add_item(self, name: str, price_minor: int, *, category: str | None = None) -> Item:
        """Add an item at the end of the menu."""
        cleaned = clean_name(name, what="item's name")
        _check_price(price_minor)
        group = None if category is None else clean_name(category, what="category")
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            menu.refuse_namesake(self._items().values(), cleaned)
            number = menu.insert_item(
                database,
                self.shop.id,
                self._at(),
                name=cleaned,
                price_minor=price_minor,
                category=group,
            )
            return self._items()[number]

    def set_price(self, item: int, price_minor: int) -> Item:
        """Change an item's price; gifts that wait keep what was paid for them."""
        _check_price(price_minor)
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._on_menu(item)
            database.execute(
                menu.SET_PRICE,
                {"shop": self.shop.id, "item": found.id, "price_minor": price_minor},
            )
            return self._items()[item]

    def retire_item(self, item: int) -> Item:
        """Take an item off the menu; what waits of it can still be served."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._on_menu(item)
            database.execute(
                menu.RETIRE_ITEM, {"shop": self.shop.id, "item": found.id, "at": self._at()}
            )
            return self._items()[item]

    def set_groups(self, item: int, groups: Iterable[str]) -> Item:
        """Say within which groups an item may be served for another."""
        cleaned = [clean_name(name, what="group's name") for name in groups]
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._on_menu(item)
            menu.set_groups(database, self.shop.id, found.id, cleaned)
            return self._items()[item]

    def import_menu(self, rows: Sequence[MenuRow], *, dry_run: bool = False) -> MenuChanges:
        """Bring a till's menu in; with ``dry_run`` only tell what that would change."""
        try:
            with self._file.write_transaction() as database:
                lock_head(database, self.shop)
                on_file = list(self._items().values())
                at = self._at()
                changes = menu.import_rows(
                    database, self.shop.id, at, on_file, rows, currency=self.shop.currency
                )
                if dry_run:
                    raise _OnlyLookingError(changes)  # noqa: TRY301 - this rolls it back
        except _OnlyLookingError as looked:
            return looked.changes
        return changes

    # -- within -------------------------------------------------------------------------------

    def _at(self) -> str:
        return utc_text(self._clock.now())

    def _items(self) -> dict[int, Item]:
        return menu.read_items(self._file, self.shop.id)

    def _on_menu(self, item: int) -> Item:
        found = self._items().get(item)
        if found is None or found.retired or found.kind is not ItemKind.MENU:
            raise Refused("That item is not on the menu.", reason="unknown-item")
        return found

    def _moment(self) -> Moment:
        row = self._file.read_one(questions.READ_HEAD, {"shop": self.shop.id})
        assert row is not None
        return look(self._file, self.shop, Head(*row), self._clock.now())

    def _telling(
        self, build: Callable[[Answers, Sequence[Entry]], T]
    ) -> Callable[[LedgerFile, Done], T]:
        def tell(file: LedgerFile, done: Done) -> T:
            with file.snapshot():
                answers = Answers(file, self.shop, done.items, repeated=done.repeated)
                return build(answers, done.entries)

        return tell


class _OnlyLookingError(Exception):
    """Leaves a transaction without keeping what it did, and carries what it would have done."""

    def __init__(self, changes: MenuChanges) -> None:
        super().__init__()
        self.changes = changes


def _resolve(name: str, items: Sequence[Item]) -> Item | None:
    index = resolve(name, [item.name for item in items])
    return None if index is None else items[index]


def _check_price(price_minor: int) -> None:
    if not 0 < price_minor <= MAX_AMOUNT_MINOR:
        raise BadInput("That is no price for an item: check it.", reason="bad-amount")
