"""Papers that the ledger keeps no account of: receipts, orders, what partners sign, tests.

One that fails does not wait: a receipt's code is known to the moment that gave it alone, and an
order's paper would come when the order has been served. What partners sign can be printed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payforward.core.clock import Clock, SystemClock, parse_utc_text, zone
from payforward.core.errors import BadInput
from payforward.core.paper import PaperState
from payforward.core.shop_settings import Printed
from payforward.output import papers, partner_papers
from payforward.output.printers import PrinterProblem, Speaks, sender_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.ledger import Ledger
    from payforward.core.answers import Given, Redeemed
    from payforward.core.closing import DayReport
    from payforward.core.printers import Printer
    from payforward.core.program_answers import HandedOver
    from payforward.core.report_answers import Liability
    from payforward.core.slip_answers import Slip
    from payforward.output.blocks import Paper
    from payforward.output.card_papers import Card
    from payforward.output.printers import Sender, Sent
    from payforward.output.statement import Statement
    from payforward.output.waiting_page import WaitingPage

NO_PRINTER = "This till has no printer yet: add one, or choose one."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a piece of paper has come.

    Args:
        state: Pending where it waits for paper; dropped where none is owed.
        slip: Whose it is; None for a receipt or an order's paper.
        why: One sentence where it is pending or dropped.
        reason: The same as a fixed word, such as ``printer-off``.
    """

    state: PaperState
    slip: int | None = None
    why: str | None = None
    reason: str | None = None

    @property
    def is_out(self) -> bool:
        """Whether it went to the printer as it should."""
        return self.state in (PaperState.SENT, PaperState.CONFIRMED)


class OddPapers:
    """Prints what is not owed; a part of `Press`.

    Args:
        ledger: The shop's.
        sender: Returns what sends to a printer.
        clock: What time it is.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        sender: Callable[[Printer], Sender] = sender_for,
        clock: Clock | None = None,
    ) -> None:
        self._ledger = ledger
        self._sender = sender
        self._clock = clock or SystemClock()

    def print_receipt(self, given: Given, till_receipt: str | None = None) -> Outcome | None:
        """Print a giver's receipt where the shop wants that.

        Args:
            given: As the ledger has just answered: without its code there is nothing to print.
            till_receipt: The number of the till's own receipt, if there is one.

        Returns:
            None where none is to be printed.
        """
        decided = self._ledger.settings()
        if decided.paper_receipts is Printed.NEVER or given.receipt is None:
            return None
        shop = self._ledger.shop
        paper = papers.receipt_paper(
            shop.name,
            given,
            currency=shop.currency,
            address=decided.address,
            till_receipt=till_receipt,
        )
        return self._print_once(paper, f"receipt-{given.gift}")

    def print_order(self, redeemed: Redeemed) -> Outcome | None:
        """Print the paper of an order where the shop wants that.

        Returns:
            None where none is to be printed.
        """
        if self._ledger.settings().order_slips is Printed.NEVER or redeemed.repeated:
            return None
        shop = self._ledger.shop
        entry = self._ledger.first_entry(redeemed.action)
        paper = papers.order_paper(
            shop.name,
            number=entry.no,
            at=parse_utc_text(entry.at).astimezone(zone(shop.timezone)),
            item=redeemed.item,
            units=redeemed.units,
            price_minor=redeemed.list_price_minor,
            currency=shop.currency,
        )
        return self._print_once(paper, f"order-{entry.no}")

    def print_manifest(self, handed_over: HandedOver) -> Outcome:
        """Print what a partner received, to be signed; as often as it is wanted."""
        shop = self._ledger.shop
        paper = partner_papers.manifest_paper(shop.name, handed_over, currency=shop.currency)
        return self._print_once(paper, f"manifest-{handed_over.number}")

    def print_batch_list(self, slips: Sequence[Slip]) -> Outcome:
        """Print the list of a partner's slips, to be signed; it bears no code.

        Args:
            slips: At least one, such as `Ledger.slips_of_action` answers them.
        """
        shop = self._ledger.shop
        paper = partner_papers.batch_paper(shop.name, slips, currency=shop.currency)
        return self._print_once(paper, f"list-{slips[0].slip}")

    def print_waiting_page(self, page: WaitingPage) -> Outcome:
        """Print what waits at the shop now, such as `waiting_page.waiting_page_of` answers it."""
        from payforward.output.waiting_forms import waiting_paper  # noqa: PLC0415 - rarely used

        return self._print_once(waiting_paper(page), "waiting")

    def print_closing(self, report: DayReport, liability: Liability) -> Outcome:
        """Print the slip that ends a day; as often as it is wanted.

        Args:
            report: The day.
            liability: What waited at its end.
        """
        from payforward.output.closing_papers import closing_paper  # noqa: PLC0415 - once a day

        shop = self._ledger.shop
        paper = closing_paper(shop.name, report, liability, currency=shop.currency)
        return self._print_once(paper, f"closing-{report.day}")

    def print_statement(self, statement: Statement) -> Outcome:
        """Print a month's statement as a slip, such as `statement.statement_of` answers it."""
        from payforward.output.statement_papers import statement_paper  # noqa: PLC0415 - rarely

        return self._print_once(statement_paper(statement), f"statement-{statement.month:%Y-%m}")

    def print_card(self, card: Card) -> Outcome:
        """Print a card for the counter, such as `card_papers.card_of` answers it."""
        from payforward.output.card_papers import card_paper  # noqa: PLC0415 - rarely used

        return self._print_once(card_paper(card), f"card-{card.kind}")

    def print_test(self, printer: Printer) -> Printer:
        """Print a test, and find out whether the printer can say that it printed.

        Returns:
            The printer as it is now kept.

        Raises:
            PrinterProblem: it did not print.
        """
        reports = self._sender(printer).probe()
        known = replace(printer, options=replace(printer.options, reports=reports))
        shop = self._ledger.shop
        at = self._clock.now().astimezone(zone(shop.timezone))
        paper = papers.test_paper(shop.name, at=at, printer=printer.name)
        sender = self._sender(known)
        sender.send(printed([paper], known, sender.speaks), name="test")
        return printer if known == printer else self._ledger.change_printer(known)

    # -- within -------------------------------------------------------------------------------

    def _print_once(self, paper: Paper, name: str) -> Outcome:
        try:
            printer, sender = self._reached()
            sent = sender.send(printed([paper], printer, sender.speaks), name=name)
        except PrinterProblem as problem:
            return Outcome(PaperState.DROPPED, None, problem.message, problem.reason)
        return Outcome(state_of(sent))

    def _reached(self) -> tuple[Printer, Sender]:
        printer = self._ledger.printer_of_till()
        if printer is None:
            raise PrinterProblem(NO_PRINTER, reason="no-printer")
        return printer, self._sender(printer)


def printed(papers: Sequence[Paper], printer: Printer, speaks: Speaks) -> bytes:
    """Return papers as the bytes that a printer takes, each on a piece of its own.

    Raises:
        PrinterProblem: there is no such code page.
    """
    options = printer.options
    if speaks is Speaks.PDF:
        from payforward.output.pdf import ticket_pdf  # noqa: PLC0415 - slow to import

        return ticket_pdf(papers, paper_mm=options.paper_mm)
    from payforward.output.escpos import escpos_bytes  # noqa: PLC0415 - slow to import

    try:
        return b"".join(
            escpos_bytes(
                paper,
                paper_mm=options.paper_mm,
                native_qr=options.native_qr,
                code_page=options.code_page,
            )
            for paper in papers
        )
    except BadInput as error:
        raise PrinterProblem(error.message, reason="cannot-print", began=False) from None


def state_of(sent: Sent) -> PaperState:
    """Return how far paper has come that was sent."""
    return PaperState.CONFIRMED if sent.confirmed else PaperState.SENT
