"""The ledger: everything that the program can do with it and ask of it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from db import correcting, giving, offering, questions, redeeming, refunding, words
from db.answers import Answers
from db.append import lock_head
from db.connection import LedgerFile, open_ledger_file
from db.drive_keeper import DriveKeeper
from db.menu_keeper import MenuKeeper
from db.moment import look, reporting_day
from db.paper_keeper import PaperKeeper
from db.partner_keeper import PartnerKeeper
from db.people_keeper import PeopleKeeper
from db.peppers import Peppers
from db.perform import Counter, Performer
from db.program_keeper import ProgramKeeper
from db.program_states import is_on_board, read_states
from db.programs import read_programs
from db.report_keeper import ReportKeeper
from db.settling import may_settle_unasked
from db.voucher_keeper import VoucherKeeper
from payforward.core.clock import Clock, SystemClock
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from db.peppers import RandomBytes
    from payforward.core.answers import (
        Board,
        EntryView,
        GiftStory,
        Given,
        Offer,
        PastAction,
        Redeemed,
        Refunded,
        Undone,
        Verified,
    )
    from payforward.core.asks import Give, Redeem, Refund, Undo

TRACES_LEFT: Final = (
    "The words are erased; a trace may be left in unused parts of the file: erase again when no "
    "other till is open and the disk has room."
)


class Ledger(
    VoucherKeeper,
    ProgramKeeper,
    DriveKeeper,
    PartnerKeeper,
    PaperKeeper,
    ReportKeeper,
    PeopleKeeper,
    MenuKeeper,
):
    """One shop's ledger, as one counter uses it.

    Every change is one method and one transaction, and nothing is changed where one raises.
    Methods raise `Refused` where a rule says no, `BadInput` for what nobody means, and
    `LedgerUnusable` where the file fails. An object is used by one thread at a time.

    Args:
        file: The open file.
        till: The name of this terminal.
        cashier: Who is at the counter, where that is known.
        clock: What time it is.
        random_bytes: Answers so many bytes that nobody can guess, for codes.
    """

    def __init__(
        self,
        file: LedgerFile,
        *,
        till: str = "till 1",
        cashier: str | None = None,
        clock: Clock | None = None,
        random_bytes: RandomBytes = secrets.token_bytes,
    ) -> None:
        super().__init__(file, questions.read_shop(file), clock or SystemClock())
        self.till = clean_name(till, what="till's name")
        self.cashier = None if cashier is None else clean_name(cashier, what="cashier's name")
        self._random_bytes = random_bytes
        self._peppers = Peppers(file, self.shop, random_bytes)
        self._performer = Performer(file, self.shop, self._clock, Counter(self.till, self.cashier))

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        till: str = "till 1",
        cashier: str | None = None,
        clock: Clock | None = None,
        random_bytes: RandomBytes = secrets.token_bytes,
    ) -> Self:
        """Open the ledger at ``path``.

        Raises:
            LedgerUnusable: it is missing, damaged, newer, on a share, or no ledger.
            BadInput: a till or cashier whose name is none.
        """
        file = open_ledger_file(path)
        try:
            return cls(file, till=till, cashier=cashier, clock=clock, random_bytes=random_bytes)
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
        """Put a gift aside, on the board or on a slip.

        Its codes are told to the call that made them, and to no other.
        """
        issuing = self._issuing(receipt=True)
        return self._performer.perform(
            ask,
            lambda moment: giving.plan_give(moment, ask, issuing),
            self._telling(Answers.given, issuing),
            issuing,
        )

    def redeem(self, ask: Redeem) -> Redeemed:
        """Hand units over; `NothingWaiting` where what shall pay has not enough."""
        return self._performer.perform(
            ask, lambda moment: redeeming.plan_redeem(moment, ask), self._telling(Answers.redeemed)
        )

    def undo(self, ask: Undo) -> Undone:
        """Take an action back; `PartlyGone` and `OtherDay` say what else would have to be asked."""
        undone = self._performer.perform(
            ask, lambda moment: correcting.plan_undo(moment, ask), self._telling(Answers.undone)
        )
        if ask.of_other_day:
            # From a slip that has run out since it goes to the board: now, or as every day.
            with suppress(LedgerUnusable):
                self.expire_due()
        return undone

    def refund(self, ask: Refund) -> Refunded:
        """Give money back for what still waits of a gift."""
        return self._performer.perform(
            ask, lambda moment: refunding.plan_refund(moment, ask), self._telling(Answers.refunded)
        )

    def accept_clock(self) -> bool:
        """Record that today's date is right, although the last entry is long past.

        Returns:
            Whether that was in doubt; if not, nothing is written.
        """
        return self._performer.record_jump(new_action_id())

    def waits_for_an_act(self) -> bool:
        """Return whether the calendar's work waits until somebody acts.

        After days without an entry the clock may be ahead, and an entry moves the ledger's day.
        """
        with self._file.snapshot():
            return not may_settle_unasked(self._moment())

    def erase_words(self, gift: int) -> None:
        """Erase all words about a gift, for good: its giver's, and the reasons of corrections.

        Erasing again is fine: it clears what an earlier try may have left.

        Raises:
            LedgerUnusable: with the reason ``traces-left`` the words are erased, but the file
                could not be rewritten; with any other, nothing was changed.
        """
        with self._file.write_transaction() as database:
            head = lock_head(database, self.shop)
            moment = look(self._file, self.shop, head, self._clock.now())
            questions.read_gift(self._file, self.shop, moment.items, gift)
            words.erase_words(database, self.shop.id, gift, moment.day.isoformat())
        try:
            self._file.rewrite()
        except LedgerUnusable as error:
            raise LedgerUnusable(TRACES_LEFT, reason="traces-left") from error

    # -- questions ----------------------------------------------------------------------------

    def offers(self, item: int, units: int = 1, program: int | None = None) -> list[Offer]:
        """Return who could pay for ``units`` of an item as things stand, the plainest first.

        Args:
            item: Its number.
            units: How many were asked for; an offer may be for fewer.
            program: Only what gifts of this program could pay, by number.
        """
        with self._file.snapshot():
            return offering.offers(self._moment(), item, units, program)

    def board(self) -> Board:
        """Return what waits for whoever asks."""
        with self._file.snapshot():
            moment = self._moment()
            board = questions.read_board(self._file, self.shop, moment.items, reporting_day(moment))
            # One that was retired holds something again where what emptied it was taken back.
            found = read_programs(self._file, self.shop.id)
            states = read_states(self._file, self.shop, moment.items, moment.day, found)
            return replace(board, programs=tuple(filter(is_on_board, states)))

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

    def past_action(self, action: str) -> PastAction:
        """Return what an action of any day did; refuses what can be taken back no more."""
        with self._file.snapshot():
            moment = self._moment()
            found = [correcting.takeable_entries(moment, action)]
            return questions.past_actions(self._file, self.shop, moment.items, found)[0]

    def undone_by(self, action: str) -> str | None:
        """Return the action that an undo of this id took back; None where it is no undo."""
        with self._file.snapshot():
            return correcting.undone_by(self._file, self.shop.id, action)

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
        from db.verify import Verifier  # noqa: PLC0415 - only a proof pays for it

        return Verifier(self._file, self.shop, progress).verify(printed_head)
