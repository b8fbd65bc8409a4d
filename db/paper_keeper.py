"""The outbox's part of a ledger: which slips wait for paper, and which may not have printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import outbox
from db.chain import head_text
from db.entries import entries_of_action
from db.questions import READ_HEAD
from db.shop_keeper import ShopKeeper
from payforward.core.clock import utc_text
from payforward.core.paper import PaperState
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from payforward.core.model import Entry
    from payforward.core.paper import PaperOwed
    from payforward.core.printers import Printer


class PaperKeeper(ShopKeeper):
    """Keeps the outbox; a part of `Ledger`.

    Every mark answers whether it took hold: a job that was settled meanwhile, such as by a newer
    code of the same slip, stays as it is.
    """

    def paper_owed(self) -> tuple[PaperOwed, ...]:
        """Return the slips that wait for paper, at whichever till, the oldest first."""
        return outbox.owed_in_state(self._file, self.shop.id, PaperState.PENDING)

    def paper_unconfirmed(self) -> tuple[PaperOwed, ...]:
        """Return the slips that were sent to a printer, and nobody knows yet whether they came."""
        return outbox.owed_in_state(self._file, self.shop.id, PaperState.SENT)

    def paper_of_slip(self, slip: int) -> PaperOwed | None:
        """Return a slip's paper, where it is owed or may not have come out."""
        return outbox.owed_by_slip(self._file, self.shop.id, slip)

    def unconfirmed_of_till(self) -> PaperOwed | None:
        """Return this till's last slip, where the next gift should ask whether it came out."""
        return outbox.unconfirmed_of_till(self._file, self.shop.id, self.till)

    def mark_sent(self, job: int, printer: Printer) -> bool:
        """Note that a job goes to a printer; it is noted before the first byte goes.

        Should the program end half-way, somebody is asked whether the slip came out: it is not
        replaced unasked, for it may be in the giver's hand.
        """
        at = utc_text(self._clock.now())
        return self._mark(outbox.MARK_SENT, job, at=at, printer=printer.id)

    def mark_confirmed(self, job: int) -> bool:
        """Note that a job came out: the printer said so, or a person."""
        return self._mark(outbox.MARK_CONFIRMED, job)

    def mark_failed(self, job: int, why: str, *, began: bool = True) -> bool:
        """Note that a job did not come out, or not wholly: its slip waits for paper again.

        Args:
            job: Its number.
            why: One sentence for people.
            began: Whether any of it may be on some paper. If none is, a try after `mark_sent`
                does not count.
        """
        return self._mark(outbox.MARK_FAILED, job, why=shown(why), back=int(not began))

    def mark_papers_sent(self, jobs: Iterable[int], printer: Printer) -> int:
        """Note that many jobs go as one, as `mark_sent` does; return how many took hold."""
        at = utc_text(self._clock.now())
        return self._mark_each(outbox.MARK_SENT, jobs, at=at, printer=printer.id)

    def mark_papers_failed(self, jobs: Iterable[int], why: str, *, began: bool = True) -> int:
        """Note that many jobs that went as one did not come out; return how many took hold."""
        return self._mark_each(outbox.MARK_FAILED, jobs, why=shown(why), back=int(not began))

    def drop_paper(self, job: int, why: str) -> bool:
        """Note that a job is owed no more: its gift is on the board, or was shown on a screen.

        Args:
            job: Its number.
            why: A few words for people.
        """
        return self._mark(outbox.DROP, job, why=shown(why))

    def confirm_papers(self, jobs: Iterable[int]) -> int:
        """Note that many jobs came out, such as slips in one file; return how many took hold."""
        return self._mark_each(outbox.MARK_CONFIRMED, jobs)

    def drop_papers(self, jobs: Iterable[int], why: str) -> int:
        """Note that many jobs are owed no more, as `drop_paper` does; return how many took hold."""
        return self._mark_each(outbox.DROP, jobs, why=shown(why))

    def head(self) -> str:
        """Return the ledger's head, ``NUMBER-8HEX``, as papers bear it."""
        row = self._file.read_one(READ_HEAD, {"shop": self.shop.id})
        assert row is not None
        return head_text(row["no"], row["hash"])

    def first_entry(self, action: str) -> Entry:
        """Return the first entry of an action that was done: its number is on an order's paper."""
        return entries_of_action(self._file, self.shop.id, action)[0]

    def _mark(self, statement: str, job: int, **facts: Any) -> bool:
        return bool(self._mark_each(statement, [job], **facts))

    def _mark_each(self, statement: str, jobs: Iterable[int], **facts: Any) -> int:
        """Mark jobs in one transaction, and return how many took hold."""
        with self._file.write_transaction() as database:
            return sum(
                database.execute(statement, {"shop": self.shop.id, "job": job, **facts}).rowcount
                for job in jobs
            )
