"""The vouchers' part of a ledger: slips made, scanned, replaced, put back; the pepper kept."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from db import expiring, moving, vouchers
from db.answers import Answers
from db.append import lock_head
from db.entries import entries_of_action
from db.issuing import Issuing
from db.keeper import Keeper
from db.receipts import gift_of_receipt, read_receipt
from db.requests import RedeemDigest
from db.slips import Slips
from payforward.core.clock import utc_text
from payforward.core.errors import ClockJumped, SlipRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.moment import Moment
    from db.peppers import Peppers, RandomBytes
    from payforward.core.answers import Redeemed
    from payforward.core.asks import HandOut, MakeSlip, RedeemSlip, Replace, TakeBack
    from payforward.core.codes import Code
    from payforward.core.model import PepperState, SlipState
    from payforward.core.slip_answers import Issued, Receipt, Slip, TakenBack

T = TypeVar("T")


class VoucherKeeper(Keeper):
    """Keeps the slips of one shop's ledger, and the secret with which they are read."""

    _peppers: Peppers
    _random_bytes: RandomBytes

    # -- slips --------------------------------------------------------------------------------

    def redeem_slip(self, ask: RedeemSlip) -> Redeemed:
        """Let a slip pay, in whole or in part; `SlipRefused` where it cannot.

        What is left on a slip whose last day is over goes to the board as it is scanned.
        """
        digest = self._digest(ask.code)
        found = RedeemDigest(action=ask.action, code=digest.hex(), item=ask.item, units=ask.units)
        try:
            return self._performer.perform(
                found,
                lambda moment: vouchers.plan_redeem_slip(moment, found),
                self._telling(Answers.redeemed),
            )
        except SlipRefused as refused:
            past = refused.slip
            if past is None or refused.reason != "slip-expired" or refused.at is not None:
                raise
        self._expire([past])
        raise vouchers.ended(self.slip(past))

    def replace(self, ask: Replace) -> Issued:
        """Give a slip a new code; the old one dies."""
        issuing = self._issuing()
        return self._performer.perform(
            ask,
            lambda moment: vouchers.plan_replace(moment, ask, issuing),
            self._telling(Answers.issued, issuing),
            issuing,
        )

    def hand_out(self, ask: HandOut) -> Issued:
        """Move units from the board to new slips, the oldest gifts first."""
        issuing = self._issuing()
        return self._performer.perform(
            ask,
            lambda moment: moving.plan_hand_out(moment, ask, issuing),
            self._telling(Answers.issued, issuing),
            issuing,
        )

    def make_slip(self, ask: MakeSlip) -> Issued:
        """Move what waits of one gift on the board to one new slip."""
        issuing = self._issuing()
        return self._performer.perform(
            ask,
            lambda moment: moving.plan_make_slip(moment, ask, issuing),
            self._telling(Answers.issued, issuing),
            issuing,
        )

    def take_back(self, ask: TakeBack) -> TakenBack:
        """Put what is left on slips back on the board."""
        return self._performer.perform(
            ask,
            lambda moment: moving.plan_take_back(moment, ask),
            self._telling(Answers.taken_back),
        )

    def expire_due(self) -> int:
        """Put what is left on slips whose last day is over on the board; call it every day.

        Returns:
            How many slips expired; none while the clock is in doubt.
        """
        with self._file.snapshot():
            due = expiring.due_slips(self._moment())
        batches = [due[at : at + expiring.BATCH] for at in range(0, len(due), expiring.BATCH)]
        return sum(self._expire(batch) for batch in batches)

    # -- questions ----------------------------------------------------------------------------

    def look_up(self, code: Code) -> Slip | Receipt:
        """Return the slip of a code, or the gift of a giver's receipt.

        Raises:
            SlipRefused: it is none of ours, or a new slip was made for it.
            Refused: no code can be read now.
        """
        with self._file.snapshot():
            digest = self._digest(code)
            moment = self._moment()
            gift = gift_of_receipt(self._file, self.shop.id, digest)
            if gift is not None:
                return read_receipt(self._file, self.shop, moment.items, moment.day, gift)
            return self._slip(moment, vouchers.slip_of_code(self._file, self.shop, digest))

    def slip(self, number: int) -> Slip:
        """Return the slip of a number.

        Raises:
            Refused: there is none.
        """
        with self._file.snapshot():
            return self._slip(self._moment(), number)

    def slip_of(self, number: int) -> Slip:
        """Return the slip that a person means who names a slip or a gift.

        Raises:
            Refused: it is neither, or several slips of the gift wait, or none does.
        """
        with self._file.snapshot():
            return vouchers.slip_meant(self._moment(), number)

    def slips_of_action(self, action: str) -> tuple[Slip, ...]:
        """Return the slips that an action made or moved, none where it was not done.

        Whoever asks again knows by them which slips were meant the first time.
        """
        with self._file.snapshot():
            entries = entries_of_action(self._file, self.shop.id, action)
            numbers = dict.fromkeys(each.slip for each in entries if each.slip is not None)
            moment = self._moment()
            return tuple(self._slip(moment, number) for number in numbers)

    def slips(
        self,
        state: SlipState | None = None,
        partner: int | None = None,
        before: int | None = None,
        most: int = 200,
    ) -> tuple[Slip, ...]:
        """Return slips, the newest first.

        Args:
            state: Only slips that are so.
            partner: Only slips handed out to this partner, by number.
            before: Only slips of a lower number, to read on.
            most: At most so many.
        """
        with self._file.snapshot():
            moment = self._moment()
            slips = Slips(self._file, self.shop, moment.items, moment.day)
            return tuple(islice(slips.newest(state, partner, before), most))

    # -- the pepper ---------------------------------------------------------------------------

    def pepper_state(self) -> PepperState:
        """Return whether codes can be made and read."""
        with self._file.snapshot():
            return self._peppers.state()

    def recovery_lines(self) -> tuple[str, ...]:
        """Return the four lines of the recovery sheet, which are as good as every slip."""
        with self._file.snapshot():
            return self._peppers.lines()

    def sheet_is_owed(self) -> bool:
        """Return whether there is a recovery sheet that was never printed."""
        with self._file.snapshot():
            return self._peppers.sheet_is_owed()

    def mark_sheet_printed(self) -> None:
        """Record that the recovery sheet was printed."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            self._peppers.mark_sheet_printed(database, utc_text(self._clock.now()))

    def restore_pepper(self, lines: Sequence[str]) -> None:
        """Make the lost secret file anew from its recovery sheet.

        Raises:
            BadInput: a line has a typing error.
            Refused: it is another sheet.
            LedgerUnusable: the file cannot be written.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            self._peppers.restore(lines)

    def new_pepper(self) -> None:
        """Give the lost secret up for a new one: codes made before are not ours any more.

        Their gifts are safe, and each slip can be replaced by its number.

        Raises:
            Refused: it is not lost.
            LedgerUnusable: the file cannot be written.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            self._peppers.renew(database, utc_text(self._clock.now()))

    # -- within -------------------------------------------------------------------------------

    def _issuing(self, *, receipt: bool = False) -> Issuing:
        return Issuing(self._peppers, self._random_bytes, receipt=receipt)

    def _digest(self, code: Code) -> bytes:
        """Return what the ledger knows of a code."""
        with self._file.snapshot():
            pepper = self._peppers.current()
        if pepper is None:
            raise SlipRefused(vouchers.NOT_OURS, reason="not-ours")
        return pepper.digest(code)

    def _slip(self, moment: Moment, number: int) -> Slip:
        found = Slips(self._file, self.shop, moment.items, moment.day).one(number)
        if found is None:
            raise vouchers.no_slip(number)
        return found

    def _expire(self, slips: Sequence[int]) -> int:
        with self._file.snapshot():
            ask = expiring.ask_for(self._file, self.shop, slips)
        try:
            return self._performer.perform(
                ask,
                lambda moment: expiring.plan_expire(moment, ask),
                lambda _file, done: len({e.slip for e in done.entries if e.slip is not None}),
            )
        except (ClockJumped, expiring.NothingDue):
            return 0
