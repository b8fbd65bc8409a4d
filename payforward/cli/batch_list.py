"""The list that a partner signs, beside the file of the slips it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payforward.cli.output import OUTPUT_LOST, complain
from payforward.cli.slip_target import refuse_used_file
from payforward.core.errors import PayforwardError
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.cli.slip_paper import Delivery
    from payforward.cli.slip_target import Target
    from payforward.core.slip_answers import Issued


@dataclass(frozen=True, slots=True)
class BatchList:
    """What became of a batch's list.

    Args:
        file: Where it is; None where there is none to sign.
        problem: Why it could not be written.
    """

    file: Path | None = None
    problem: str | None = None

    def lines(self) -> Iterator[str]:
        """Return what people are told of it."""
        if self.file is not None:
            yield f"The list to sign is in {shown(str(self.file))}."

    def finish(self, code: int, batch: int) -> int:
        """Say what is not out; return the exit code.

        Args:
            code: That of the slips.
            batch: The batch's number.
        """
        if self.problem is None:
            return code
        again = f"'payforward partners batches --batch {batch} --slip FILE' writes it"
        complain(shown(f"The slips are out, but not their list to sign ({self.problem}): {again}."))
        return OUTPUT_LOST


def refuse_used_list(
    ledger: Ledger, target: Target | None, slips: int, partner: str | None, action: str | None
) -> None:
    """Refuse to write over a file where the list would go; call it before anything is done.

    Args:
        ledger: Where slips are handed out.
        target: Where they go.
        slips: How many.
        partner: Who takes them, None for nobody.
        action: What ``--id`` said.

    Raises:
        BadInput: something is there.
    """
    if target is None or target.path is None or not _is_signed(slips, partner):
        return
    from payforward.output.partner_files import list_path  # noqa: PLC0415 - only files pay for it

    refuse_used_file(ledger, replace(target, path=list_path(target.path)), action=action)


def list_beside(
    ledger: Ledger, issued: Issued, delivery: Delivery, target: Target | None
) -> BatchList:
    """Write the list beside slips that were just written; the printer adds its own.

    Args:
        ledger: The shop's.
        issued: The slips.
        delivery: What became of them.
        target: Where they went.
    """
    slips = [each.slip for each in issued.slips]
    is_written = target is not None and target.path is not None and delivery.files
    if not is_written or not _is_signed(len(slips), issued.partner):
        return BatchList()
    assert target is not None
    assert target.path is not None
    from payforward.output.partner_files import list_path, write_batch_list  # noqa: PLC0415

    shop, printer = ledger.shop, ledger.printer_of_till()
    try:
        file = write_batch_list(
            shop.name,
            slips,
            list_path(target.path),
            currency=shop.currency,
            options=None if printer is None else printer.options,
        )
    except PayforwardError as error:
        return BatchList(problem=error.message.rstrip("."))
    return BatchList(file)


def _is_signed(slips: int, partner: str | None) -> bool:
    """Return whether a partner signs for slips: for one alone nobody fetches a pen."""
    return slips > 1 and partner is not None
