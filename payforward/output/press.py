"""The press: brings out the paper that the ledger says is owed.

Slips that were handed out together come out as one job: nobody else's paper comes between them,
and the list that the partner signs is the last. Each slip is marked by itself all the same, right
before its own first byte, so that of a batch that stops half-way only what may have left a byte
gets a new code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from payforward.core.errors import SlipRefused
from payforward.core.paper import PaperState
from payforward.output.odd_papers import Outcome, printed, state_of
from payforward.output.partner_papers import batch_paper
from payforward.output.printers import PrinterProblem
from payforward.output.printers.held import HeldPrinter
from payforward.output.slip_press import SlipPress, waits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from payforward.core.codes import Code
    from payforward.core.printers import Printer
    from payforward.core.slip_answers import Issued, IssuedSlip
    from payforward.output.printers import Sender

    Progress = Callable[[int, int], None]

__all__ = ["Outcome", "Press"]

T = TypeVar("T")


class Press(SlipPress):
    """Prints for one till.

    Args:
        ledger: The shop's.
        sender: Returns what sends to a printer.
        clock: What time it is.
    """

    def print_batch(self, issued: Issued, progress: Progress | None = None) -> tuple[Outcome, ...]:
        """Print slips that were handed out together, and the list that their partner signs.

        After a slip that cannot be printed, the rest wait.

        Args:
            issued: The slips.
            progress: Called with how many slips are done and of how many; what it raises cancels.

        Returns:
            One outcome a slip that was tried; and after them that of the list, whose ``slip`` is
            None, where all slips are out. A list that failed does not wait; `print_batch_list`
            prints it again.
        """
        return self.print_slips(issued.slips, progress)

    def print_slips(
        self, slips: Sequence[IssuedSlip], progress: Progress | None = None
    ) -> tuple[Outcome, ...]:
        """Print slips as `print_batch` does."""
        if len(slips) < 2:
            return self._print_each(slips, self.print_slip, progress)
        try:
            printer, sender = self._reached()
        except PrinterProblem:
            # The first slip says why.
            return self._print_each(slips, self.print_slip, progress)
        if sender.takes_batches:
            whole = self._print_whole(slips, printer, sender, progress)
            if whole is not None:
                return whole
        with HeldPrinter(sender) as held:
            together = Press(self._ledger, sender=lambda _: held, clock=self._clock)
            outcomes = self._print_each(slips, together.print_slip, progress)
            if _is_signed(slips) and all(each.is_out for each in outcomes):
                outcomes += (together.print_batch_list([each.slip for each in slips]),)
        return outcomes

    def print_waiting(self, progress: Progress | None = None) -> tuple[Outcome, ...]:
        """Print all slips that wait for paper, each with a new code.

        It stops at the first that cannot be printed; that and the rest wait on.

        Args:
            progress: Called with how many are done and of how many; what it raises cancels.
        """
        waiting = self._ledger.paper_owed()
        if not waiting:
            return ()
        try:
            # Before a code dies for nothing.
            self._reached()[1].reach()
        except PrinterProblem as problem:
            return (self._failed(waiting[0], problem),)
        return self._print_each([owed.slip for owed in waiting], self.reprint, progress)

    # -- within -------------------------------------------------------------------------------

    def _print_whole(
        self,
        slips: Sequence[IssuedSlip],
        printer: Printer,
        sender: Sender,
        progress: Progress | None,
    ) -> tuple[Outcome, ...] | None:
        """Print slips and their list as one job that is taken whole or not at all.

        Returns:
            None where nothing was printed, since not every slip is as it was issued.
        """
        jobs = self._fresh_jobs(slips)
        if jobs is None:
            return None
        tell = progress or (lambda _done, _of: None)
        tell(0, len(slips))
        papers = [self._paper(each.slip, each.code) for each in slips if each.code is not None]
        if _is_signed(slips):
            shop = self._ledger.shop
            listed = [each.slip for each in slips]
            papers.append(batch_paper(shop.name, listed, currency=shop.currency))
        data = printed(papers, printer, sender.speaks)
        if self._ledger.mark_papers_sent(jobs, printer) < len(jobs):
            # Another till was quicker with some: not a byte of the others has gone.
            self._ledger.mark_papers_failed(jobs, "", began=False)
            return None
        try:
            sent = sender.send(data, name=f"slips-{slips[0].slip.slip}")
        except PrinterProblem as problem:
            self._ledger.mark_papers_failed(jobs, problem.message, began=problem.began)
            return (waits(slips[0].slip.slip, problem),)
        if sent.confirmed:
            self._ledger.confirm_papers(jobs)
        tell(len(slips), len(slips))
        state = state_of(sent)
        outcomes = tuple(Outcome(state, each.slip.slip) for each in slips)
        return (*outcomes, Outcome(state)) if _is_signed(slips) else outcomes

    def _fresh_jobs(self, slips: Sequence[IssuedSlip]) -> list[int] | None:
        """Return the jobs of slips that were never tried and whose codes are the newest."""
        jobs = []
        for each in slips:
            owed = self._ledger.paper_of_slip(each.slip.slip)
            if owed is None or owed.state is not PaperState.PENDING or owed.tries:
                return None
            # Asked after the job: if this code is still the newest, that job is its own.
            if each.code is None or not self._is_newest(each.code):
                return None
            jobs.append(owed.job)
        return jobs

    def _is_newest(self, code: Code) -> bool:
        try:
            self._ledger.look_up(code)
        except SlipRefused:
            return False
        return True

    def _print_each(
        self,
        each: Sequence[T],
        print_one: Callable[[T], Outcome],
        progress: Progress | None,
    ) -> tuple[Outcome, ...]:
        done: list[Outcome] = []
        for one in each:
            if progress is not None:
                progress(len(done), len(each))
            done.append(print_one(one))
            if done[-1].state is PaperState.PENDING:
                break
        if progress is not None:
            progress(len(done), len(each))
        return tuple(done)


def _is_signed(slips: Sequence[IssuedSlip]) -> bool:
    """Return whether a partner signs for slips: for one alone nobody fetches a pen."""
    return len(slips) > 1 and slips[0].slip.partner is not None
