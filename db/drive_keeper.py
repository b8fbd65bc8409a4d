"""The drives' part of a ledger: what is held for partners, surplus, what was asked for in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import actions, asked, drives, names, passing_on
from db.answers import Answers
from db.append import lock_head
from db.keeper import Keeper
from db.moment import clock_lines, look
from payforward.core.clock import utc_text

if TYPE_CHECKING:
    from datetime import date

    from payforward.core.asks import Collect, Deliver, NoteAsked, PassOn
    from payforward.core.program_answers import ActionBefore, AskedNote, Collected, HandedOver


class DriveKeeper(Keeper):
    """Keeps drives, jars, surplus and notes of what was asked for in vain; a part of `Ledger`."""

    till: str
    cashier: str | None

    # -- held for partners, and surplus -------------------------------------------------------

    def collect(self, ask: Collect) -> Collected:
        """Take goods of a drive in."""
        return self._performer.perform(
            ask, lambda moment: drives.plan_collect(moment, ask), self._telling(Answers.collected)
        )

    def deliver(self, ask: Deliver) -> HandedOver:
        """Bring a partner what a drive has collected, or what is in a charity's jar."""
        return self._performer.perform(
            ask, lambda moment: drives.plan_deliver(moment, ask), self._telling(Answers.handed_over)
        )

    def pass_on(self, ask: PassOn) -> HandedOver:
        """Let units on the board go to another shop or charity, with their money."""
        return self._performer.perform(
            ask,
            lambda moment: passing_on.plan_pass_on(moment, ask),
            self._telling(Answers.handed_over),
        )

    def money_to_pass_on(self, ask: PassOn) -> int:
        """Return the money, in minor units, that would go along as things stand.

        Raises:
            PayforwardError: it would be refused.
        """
        with self._file.snapshot():
            picks = passing_on.picks_to_pass_on(self._moment(), ask)
        return sum(pick.amount_minor for pick in picks)

    def action_before(self, action: str) -> ActionBefore | None:
        """Return what an action was about, whatever day it was; None where it was not done.

        Since then things may have been renamed or retired: a retry means them all the same.
        """
        with self._file.snapshot():
            return actions.read_action(self._file, self.shop.id, self._items(), action)

    # -- asked for in vain --------------------------------------------------------------------

    def note_asked(self, ask: NoteAsked) -> AskedNote:
        """Note that somebody asked for something and none was waiting; nothing is moved.

        Raises:
            Refused: it is not on the menu, or the id was used for something else.
            BadInput: a count that nobody means.
        """
        with self._file.write_transaction() as database:
            head = lock_head(database, self.shop)
            moment = look(self._file, self.shop, head, self._clock.now())
            before = asked.noted_before(moment, ask)
            if before is not None:
                return before
            clock_lines(moment)  # A date in doubt is doubted here too.
            asked.check_asked(moment, ask)
            at, shop = utc_text(moment.now), self.shop.id
            till = names.till_id(self._file, database, shop, self.till, at)
            who = self._performer.cashier_id(database, at)
            return asked.insert_note(database, moment, ask, till=till, cashier=who, at=at)

    def is_note(self, action: str) -> bool:
        """Return whether an id is that of a note already, taken back or not."""
        with self._file.snapshot():
            return asked.is_note(self._file, self.shop.id, action)

    def asked(self, first: date | None = None, last: date | None = None) -> tuple[AskedNote, ...]:
        """Return what was asked for in vain and not taken back, the newest first.

        Args:
            first: From this business day on.
            last: Up to this one.
        """
        with self._file.snapshot():
            return asked.notes_between(self._file, self.shop.id, self._items(), first, last)

    def forget_asked(self, action: str) -> AskedNote:
        """Take a note of today back.

        Raises:
            Refused: there is no such note, or it is of another day.
        """
        with self._file.write_transaction() as database:
            head = lock_head(database, self.shop)
            moment = look(self._file, self.shop, head, self._clock.now())
            return asked.forget_note(database, moment, action, utc_text(moment.now))
