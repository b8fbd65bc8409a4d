"""A shop with a printer, for tests of what comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.errors import SlipRefused
from payforward.core.model import SlipState
from payforward.core.printers import Printer, PrinterKind, PrinterOptions

if TYPE_CHECKING:
    from payforward.core.codes import Code
    from tests.db.counter import Counter

QUICK = PrinterOptions(native_qr=True, timeout_s=0.6)
"""A printer that draws squares itself, and is not waited for."""


def with_printer(
    counter: Counter,
    address: str,
    *,
    kind: PrinterKind = PrinterKind.NETWORK,
    reports: bool = False,
) -> Printer:
    """Give a counter a printer, the only one of its shop."""
    for old in counter.ledger.printers():
        counter.ledger.retire_printer(old.id)
    options = PrinterOptions(native_qr=True, timeout_s=0.6, reports=reports)
    return counter.ledger.add_printer("Bar", kind, address, options)


def refusal(counter: Counter, code: Code) -> str | None:
    """Return why a code does not pay now, or None if it does."""
    try:
        found = counter.ledger.look_up(code)
    except SlipRefused as refused:
        return refused.reason
    state = getattr(found, "state", None)
    return None if state is SlipState.WAITING else f"slip-{state}"
