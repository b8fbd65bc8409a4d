"""``payforward partners batches``: what of each batch of slips came back, never from whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.cli.session import Session, pass_session
from payforward.cli.words import said, table
from payforward.core.errors import BadInput
from payforward.core.model import ItemKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.program_answers import Batch

MOST: Final = 200
"""So many are told if nothing is said."""


@click.command("batches", cls=Command)
@click.argument("name", nargs=-1)
@click.option("--count", metavar="N", help=f"At most so many, newest first; {MOST} if not said.")
@click.option("--batch", metavar="NUMBER", help="Only this one.")
@click.option(
    "--slip",
    "slip_file",
    metavar="FILE",
    help="With --batch: write the list that its partner signs to FILE: .pdf .txt .png .svg ...",
)
@click.option("--print", "is_printed", is_flag=True, help="With --batch: print that list.")
@pass_session
def command(
    session: Session,
    *,
    name: tuple[str, ...],
    count: str | None,
    batch: str | None,
    slip_file: str | None,
    is_printed: bool,
) -> int:
    """List the batches of slips that partners took, or those of NAME.

    What of each was used, came back or waits; nobody knows by whom. The list of a batch bears
    its slips' numbers, and no code.
    """
    if batch is not None:
        if name or count is not None:
            raise BadInput("--batch says it all: leave the rest out.", reason="wrong-usage")
        return _one(session, typed.gift_of(batch), slip_file, is_printed=is_printed)
    if slip_file is not None or is_printed:
        raise BadInput("Say which one: --batch NUMBER.", reason="wrong-usage")
    _list(session, name, count)
    return 0


def _one(session: Session, number: int, slip_file: str | None, *, is_printed: bool) -> int:
    """Tell one batch, and write or print its list."""
    if slip_file is not None and is_printed:
        raise BadInput("Say --slip FILE or --print, not both.", reason="wrong-usage")
    problem = None
    with session.open() as ledger:
        batch = ledger.batch(number)
        currency = ledger.shop.currency
        files = [] if slip_file is None else [_written(ledger, batch, Path(slip_file))]
        if is_printed:
            problem = _printed(ledger, batch)
    session.answer(
        {**_document(batch, currency), "files": [str(file) for file in files]},
        lambda: [
            *_lines([batch], currency, is_more=False),
            *(f"Written to {shown(str(file))}." for file in files),
        ],
    )
    if problem is None:
        return 0
    complain(shown(problem))
    return OUTPUT_LOST


def _written(ledger: Ledger, batch: Batch, path: Path) -> Path:
    from payforward.core.printers import PrinterOptions  # noqa: PLC0415
    from payforward.output.partner_files import write_batch_list  # noqa: PLC0415 - heavy

    printer = ledger.printer_of_till()
    return write_batch_list(
        ledger.shop.name,
        ledger.slips_of_action(batch.action),
        path,
        currency=ledger.shop.currency,
        options=PrinterOptions() if printer is None else printer.options,
    )


def _printed(ledger: Ledger, batch: Batch) -> str | None:
    """Print the list of a batch; return why not, where it is not out."""
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    outcome = Press(ledger).print_batch_list(ledger.slips_of_action(batch.action))
    if outcome.is_out:
        return None
    why = (outcome.why or "the printer takes nothing").rstrip(".")
    return f"The list could not be printed ({why}): --slip FILE writes it."


def _list(session: Session, name: tuple[str, ...], count: str | None) -> None:
    most = MOST if count is None else typed.count_of(count)
    with session.open() as ledger:
        partner = typed.partner_of(ledger, typed.words_of(name) or None, retired=True)
        batches = ledger.batches(partner, most=most + 1)
        currency = ledger.shop.currency
    told = batches[:most]
    session.answer(
        {
            "batches": [_document(each, currency) for each in told],
            "currency": currency,
            "more": len(batches) > most,
        },
        lambda: _lines(told, currency, is_more=len(batches) > most),
    )


def _document(batch: Batch, currency: str) -> dict[str, object]:
    return {
        "batch": batch.batch,
        "action": batch.action,
        "partner": batch.partner,
        "item": batch.item.name,
        "day": batch.day.isoformat(),
        "slips": batch.slips,
        "slips_waiting": batch.slips_waiting,
        "units": batch.units,
        "used": batch.used,
        "back": batch.back,
        "expired": batch.expired,
        "refunded": batch.refunded,
        "left": batch.left,
        "currency": currency,
    }


def _lines(batches: Sequence[Batch], currency: str, *, is_more: bool) -> Iterator[str]:
    if not batches:
        yield "No batch is out: payforward vouchers hand-out ITEM --partner NAME --count N"
        return
    head = ["batch", "day", "partner", "slips", "of", "used", "back", "other", "left"]
    yield from table([head, *(_row(each, currency) for each in batches)], "><<><>>>>")
    if any(each.left for each in batches):
        yield "What is left goes back to the board: payforward vouchers take-back --batch NUMBER"
    if is_more:
        yield f"These are the newest {len(batches)}; --count {2 * len(batches)} lists more."


def _row(batch: Batch, currency: str) -> list[str]:
    other = batch.expired + batch.refunded
    return [
        str(batch.batch),
        batch.day.isoformat(),
        batch.partner,
        str(batch.slips),
        "money" if batch.item.kind is ItemKind.MONEY else batch.item.name,
        *(_units(batch, units, currency) for units in (batch.used, batch.back, other, batch.left)),
    ]


def _units(batch: Batch, units: int, currency: str) -> str:
    if batch.item.kind is ItemKind.MONEY:
        return said(units, batch.item, currency)
    return str(units)
