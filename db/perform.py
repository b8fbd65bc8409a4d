"""How every action is done: exactly once, whole, and looked up before anyone is told it failed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from db import names, words
from db.append import Appender, Line, Stamp, lock_head
from db.asked import id_used, refuse_id_of_note
from db.connection import open_ledger_file
from db.entries import entries_of_action
from db.menu import Items
from db.moment import Moment, clock_lines, is_far_jump, look
from db.people import is_let_in
from db.requests import asked_words, request_digest
from payforward.core.clock import utc_text
from payforward.core.errors import LedgerUnusable
from payforward.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from db.requests import Ask
    from payforward.core.clock import Clock
    from payforward.core.model import Entry, Item, Shop

T = TypeVar("T")

OUTCOME_UNKNOWN: Final = frozenset({"disk-error", "disk-full", "cannot-open", "damaged"})
"""Failures after which an entry may be stored all the same."""


@dataclass(frozen=True, slots=True)
class Done:
    """The entries of an action, every item by number, and whether it had been done before."""

    entries: tuple[Entry, ...]
    items: Mapping[int, Item]
    repeated: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """Who acts: the till, and the cashier where one has said so.

    A cashier's number stays theirs when another till gives them another name.
    """

    till: str
    cashier: str | None
    number: int | None = None


class Beside:
    """What an action writes beside its entries, in the same transaction; nothing, here."""

    def before(self, database: Database, at: str) -> None:
        """Write what the plan needs, under the lock."""

    def after(self, database: Database, entries: Sequence[Entry]) -> None:
        """Write what belongs to the entries."""


class Performer:
    """Does actions on one ledger for one counter.

    Args:
        file: The open ledger.
        shop: Whose it is.
        clock: What time it is.
        counter: Who acts.
    """

    def __init__(self, file: LedgerFile, shop: Shop, clock: Clock, counter: Counter) -> None:
        self._file = file
        self._shop = shop
        self._clock = clock
        self._counter = counter

    def perform(
        self,
        ask: Ask,
        plan: Callable[[Moment], Sequence[Line]],
        tell: Callable[[LedgerFile, Done], T],
        beside: Beside | None = None,
        *,
        day: date | None = None,
    ) -> T:
        """Do what is asked once, whoever asks it however often.

        Args:
            ask: What is asked, under its action's id.
            plan: Decides the lines under the write lock; called once at most.
            tell: Makes the answer of the entries, under the same lock: what was committed can
                then be told without reading again, which might fail.
            beside: What else the same transaction writes.
            day: The day that it counts on, where that is not today; the plan has to refuse one
                that cannot be.

        Raises:
            Refused: a rule says no, or the id was used for something else.
            LedgerUnusable: the ledger failed, and the action is surely not in it; or, with the
                reason ``outcome-unknown``, it cannot even be looked up.
        """
        try:
            return self._attempt(ask, plan, tell, beside or Beside(), day)
        except LedgerUnusable as error:
            if error.reason not in OUTCOME_UNKNOWN:
                raise
            return self._look_up(ask, tell, error)

    def _attempt(
        self,
        ask: Ask,
        plan: Callable[[Moment], Sequence[Line]],
        tell: Callable[[LedgerFile, Done], T],
        beside: Beside,
        day: date | None,
    ) -> T:
        with self._file.write_transaction() as database:
            # Committed on the way out, after the answer is made.
            return self.within(database, ask, plan, tell, beside=beside, day=day)

    def within(
        self,
        database: Database,
        ask: Ask,
        plan: Callable[[Moment], Sequence[Line]],
        tell: Callable[[LedgerFile, Done], T],
        *,
        beside: Beside,
        day: date | None = None,
    ) -> T:
        """Do what `perform` does as a part of a transaction that does more."""
        head = lock_head(database, self._shop)
        before = self._done_before(ask, self._file)
        if before is not None:
            return tell(self._file, before)
        moment = look(self._file, self._shop, head, self._clock.now())
        moment = moment if day is None else replace(moment, day=day)
        at = utc_text(moment.now)
        beside.before(database, at)
        lines = [*clock_lines(moment), *plan(moment)]
        shop = self._shop.id
        stamp = Stamp(
            action=ask.action,
            request=request_digest(ask),
            till=names.till_id(self._file, database, shop, self._counter.till, at),
            cashier=self.cashier_id(database, at),
            at=at,
            day=moment.day.isoformat(),
        )
        entries = _told(Appender(self._file, database, self._shop, head, stamp).append(lines))
        words.keep_words(database, shop, entries[0].no, asked_words(ask))
        beside.after(database, entries)
        return tell(self._file, Done(entries, moment.items, repeated=False))

    def cashier_id(self, database: Database, at: str) -> int | None:
        """Return the number of whoever acts, giving them one the first time; None for nobody.

        Who left since they said their name, or was not let in, is nobody: the queue does not
        wait for a name.
        """
        who = self._counter
        if who.cashier is None or self.has_lost_name():
            return None
        if who.number is not None:
            return who.number
        return names.cashier_id(self._file, database, self._shop.id, who.cashier, at)

    def has_lost_name(self) -> bool:
        """Return whether whoever acts left since they said their name, or was not let in."""
        who = self._counter
        if who.cashier is None:
            return False
        return not is_let_in(self._file, self._shop.id, who.cashier, who.number)

    def record_jump(self, action: str) -> bool:
        """Record that today's date is right although the last entry is long past.

        Returns:
            Whether that was in doubt; if not, nothing is written.
        """
        with self._file.write_transaction() as database:
            head = lock_head(database, self._shop)
            moment = look(self._file, self._shop, head, self._clock.now())
            if not is_far_jump(moment):
                return False
            at = utc_text(moment.now)
            stamp = Stamp(
                action=action,
                request=hashlib.sha256(b"clock").digest(),
                till=names.till_id(self._file, database, self._shop.id, self._counter.till, at),
                cashier=None,
                at=at,
                day=moment.day.isoformat(),
            )
            jump = Line(kind=Kind.JUMP, units=0)
            Appender(self._file, database, self._shop, head, stamp).append([jump])
        return True

    def _done_before(self, ask: Ask, file: LedgerFile) -> Done | None:
        """Return what the action did the first time, or None where there was none.

        Raises:
            Refused: its id was used for something else.
        """
        entries = _told(entries_of_action(file, self._shop.id, ask.action))
        if not entries:
            refuse_id_of_note(file, self._shop.id, ask.action)
            return None
        kept = words.words_of(file, self._shop.id, entries[0].no)
        same = entries[0].request == request_digest(ask)
        if not same or not words.same_words(kept, asked_words(ask)):
            raise id_used()
        return Done(entries, Items(file, self._shop.id), repeated=True)

    def _look_up(self, ask: Ask, tell: Callable[[LedgerFile, Done], T], error: LedgerUnusable) -> T:
        """After a failure, look with fresh eyes whether the action is there.

        Found is not yet safe: the disk may have failed to make the commit last. Only after
        another commit went to the disk as it should is the action said to be done.
        """
        try:
            fresh = open_ledger_file(self._file.path)
        except LedgerUnusable:
            raise self._unknown(ask, error) from error
        try:
            done = self._done_before(ask, fresh)
            if done is not None:
                fresh.settle()
                return tell(fresh, done)
        except LedgerUnusable:
            raise self._unknown(ask, error) from error
        finally:
            fresh.close()
        raise LedgerUnusable(f"{error.message} Nothing was changed.", reason=error.reason)

    @staticmethod
    def _unknown(ask: Ask, error: LedgerUnusable) -> LedgerUnusable:
        return LedgerUnusable(
            f"{error.message} Whether the last entry is there cannot be told now; asking again "
            f"with the id {ask.action} does it once at most.",
            reason="outcome-unknown",
        )


def _told(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out the line that only recorded a clock that stepped back."""
    return tuple(entry for entry in entries if entry.kind != Kind.JUMP)
