"""Slips on paper, one at a time: each comes out once, and what comes out twice is dead.

The gift is in the ledger before the first byte goes to a printer. What then goes wrong leaves the
slip waiting for paper, and paper that comes late, half or twice is dead: whatever is printed
again gets a new code first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import Replace, TakeBack
from payforward.core.errors import SlipRefused
from payforward.core.ids import new_action_id
from payforward.core.paper import PaperState
from payforward.core.slip_answers import Slip
from payforward.output import papers
from payforward.output.odd_papers import OddPapers, Outcome, printed, state_of
from payforward.output.printers import PrinterProblem

if TYPE_CHECKING:
    from payforward.core.answers import Given
    from payforward.core.codes import Code
    from payforward.core.paper import PaperOwed
    from payforward.core.slip_answers import IssuedSlip, TakenBack
    from payforward.output.blocks import Paper


class SlipPress(OddPapers):
    """Prints one slip at a time; a part of `Press`."""

    def print_gift(self, given: Given) -> Outcome:
        """Print the slip of a gift that was just given.

        Args:
            given: A gift on a slip.
        """
        assert given.slip is not None, "there is paper of gifts on slips only"
        return self._print_new(given.slip, given.voucher)

    def print_slip(self, issued: IssuedSlip) -> Outcome:
        """Print a slip that was just issued.

        Without its code, and after a try that failed, it gets a new one first. Where it was sent
        already nothing is printed: a retry of the gift is no second slip.
        """
        return self._print_new(issued.slip.slip, issued.code)

    def reprint(self, slip: int) -> Outcome:
        """Print a slip anew: its old code dies first, so that paper of it that turns up is dead.

        Raises:
            Refused: there is no such slip, or no code can be made now.
        """
        try:
            issued = self._ledger.replace(Replace(action=new_action_id(), slip=slip))
        except SlipRefused as refused:
            return Outcome(PaperState.DROPPED, slip, refused.message, refused.reason)
        return self._print_new(slip, issued.slips[0].code)

    def put_on_board(self, slip: int) -> TakenBack:
        """Put what is left on a slip on the board instead; its paper is owed no more."""
        owed = self._ledger.paper_of_slip(slip)
        done = self._ledger.take_back(TakeBack(action=new_action_id(), slips=(slip,)))
        if owed is not None:
            self._ledger.drop_paper(owed.job, "on the board")
        return done

    # -- within -------------------------------------------------------------------------------

    def _print_new(self, slip: int, code: Code | None) -> Outcome:
        owed = self._ledger.paper_of_slip(slip)
        if owed is None:
            return owes_nothing(slip)
        if owed.state is not PaperState.PENDING:
            return Outcome(owed.state, slip)
        if code is None or owed.tries:
            return self.reprint(slip)
        # Asked after the job: if this code is still the newest, that job is its own.
        try:
            found = self._ledger.look_up(code)
        except SlipRefused:
            return owes_nothing(slip)
        assert isinstance(found, Slip), "a slip's code is no receipt's"
        return self._print(owed, found, code)

    def _print(self, owed: PaperOwed, slip: Slip, code: Code) -> Outcome:
        """Print one slip and mark its job.

        It is marked as sent before the first byte goes. Whatever ends the program half-way leaves
        a slip that may be in somebody's hand: that is asked, and not replaced unasked.
        """
        paper = self._paper(slip, code)
        try:
            printer, sender = self._reached()
            data = printed([paper], printer, sender.speaks)
        except PrinterProblem as problem:
            return self._failed(owed, problem)
        if not self._ledger.mark_sent(owed.job, printer):
            return owes_nothing(slip.slip)
        try:
            sent = sender.send(data, name=f"slip-{slip.slip}")
        except PrinterProblem as problem:
            self._ledger.mark_failed(owed.job, problem.message, began=problem.began)
            return waits(owed.slip, problem)
        if sent.confirmed:
            self._ledger.mark_confirmed(owed.job)
        return Outcome(state_of(sent), slip.slip)

    def _paper(self, slip: Slip, code: Code) -> Paper:
        shop = self._ledger.shop
        address = self._ledger.settings().address
        return papers.voucher_paper(shop.name, slip, code, currency=shop.currency, address=address)

    def _failed(self, owed: PaperOwed, problem: PrinterProblem) -> Outcome:
        self._ledger.mark_failed(owed.job, problem.message)
        return waits(owed.slip, problem)


def waits(slip: int, problem: PrinterProblem) -> Outcome:
    """Return that a slip waits for paper, and why."""
    return Outcome(PaperState.PENDING, slip, problem.message, problem.reason)


def owes_nothing(slip: int) -> Outcome:
    """Return that there is nothing to print of a slip."""
    return Outcome(PaperState.DROPPED, slip, f"No paper is owed for slip {slip}.", "no-paper-owed")
