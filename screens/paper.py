"""Printing for the screens: in the press's own thread, and answered with a sentence at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.answers import Given, Redeemed
from payforward.core.errors import PayforwardError
from payforward.core.paper import PaperState
from payforward.core.printers import PrinterKind
from payforward.core.shop_settings import Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.ledger import Ledger
    from payforward.core.printers import Printer
    from payforward.core.shop_settings import ShopSettings
    from payforward.core.slip_answers import IssuedSlip
    from payforward.output.odd_papers import Outcome
    from payforward.output.press import Press
    from screens.desk import Desk


def prints(printer: Printer | None) -> bool:
    """Return whether paper comes out of a till's printer."""
    return printer is not None and printer.kind is not PrinterKind.NONE


async def print_slip(desk: Desk, slip: IssuedSlip) -> tuple[PaperState, str | None]:
    """Print a slip that was just issued.

    Returns:
        How far its paper has come, and why it waits where it does.
    """
    try:
        outcome = await desk.on_press(lambda press: press.print_slip(slip))
    except PayforwardError as error:
        return PaperState.PENDING, error.message
    # Where none is owed any more, it was used or put back meanwhile.
    return outcome.state, outcome.why if outcome.state is PaperState.PENDING else None


async def print_anew(desk: Desk, slip: int) -> str | None:
    """Print a slip with a new code; return why it waits for paper, or None."""
    return await _why_not(desk, lambda press: press.reprint(slip))


async def print_beside(desk: Desk, answer: object, settings: ShopSettings) -> str | None:
    """Print what the shop wants beside an act: a giver's receipt, an order's paper.

    Returns:
        Why it did not come out, or None.
    """
    if isinstance(answer, Given) and settings.paper_receipts is Printed.ALWAYS:
        given = answer
        return await _why_not(desk, lambda press: press.print_receipt(given))
    if isinstance(answer, Redeemed) and settings.order_slips is Printed.ALWAYS:
        served = answer
        return await _why_not(desk, lambda press: press.print_order(served))
    return None


async def _why_not(desk: Desk, do: Callable[[Press], Outcome | None]) -> str | None:
    try:
        outcome = await desk.on_press(do)
    except PayforwardError as error:
        return error.message
    return None if outcome is None or outcome.is_out else outcome.why


def was_shown(ledger: Ledger, slip: int) -> None:
    """Note that a slip was shown on a screen instead: no paper is owed for it."""
    owed = ledger.paper_of_slip(slip)
    if owed is not None:
        ledger.drop_paper(owed.job, "shown on the screen")


async def print_recovery(desk: Desk, printer: Printer, lines: Sequence[str]) -> str | None:
    """Print the recovery sheet; return why it did not come out, or None."""
    shop_name = desk.shop.name

    def send() -> None:
        from payforward.output.odd_papers import printed  # noqa: PLC0415 - only paper pays for it
        from payforward.output.papers import recovery_paper  # noqa: PLC0415
        from payforward.output.printers import sender_for  # noqa: PLC0415

        sender = sender_for(printer)
        sheet = printed([recovery_paper(shop_name, lines)], printer, sender.speaks)
        sender.send(sheet, name="recovery-sheet")

    try:
        await desk.on_press(lambda _press: send())
    except PayforwardError as error:
        return error.message
    return None
