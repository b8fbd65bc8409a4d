"""``payforward partners batches``: what of each batch of slips came back, never from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.paper_out import bring_out, paper_out
from payforward.cli.session import Session, pass_session
from payforward.cli.words import said, table
from payforward.core.days import day_text
from payforward.core.errors import BadInput
from payforward.core.model import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from payforward.cli.paper_out import PaperOut
    from payforward.core.printers import PrinterOptions
    from payforward.core.program_answers import Batch
    from payforward.output.press import Outcome, Press

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
        paper = paper_out(slip_file, is_printed=is_printed)
        return _one(session, typed.gift_of(batch), paper)
    if slip_file is not None or is_printed:
        raise BadInput("Say which one: --batch NUMBER.", reason="wrong-usage")
    _list(session, name, count)
    return 0


def _one(session: Session, number: int, paper: PaperOut) -> int:
    """Tell one batch, and write or print its list."""
    with session.open() as ledger:
        batch = ledger.batch(number)
        shop = ledger.shop
        slips = ledger.slips_of_action(batch.action)

        def write(path: Path, options: PrinterOptions) -> Path:
            from payforward.output.partner_files import write_batch_list  # noqa: PLC0415 - heavy

            return write_batch_list(shop.name, slips, path, currency=shop.currency, options=options)

        def print_it(press: Press) -> Outcome:
            return press.print_batch_list(slips)

        out = bring_out(ledger, paper, write, print_it)
    session.answer(
        {**_document(batch, shop.currency), "files": [str(file) for file in out.files]},
        lambda: [*_lines([batch], shop.currency, is_more=False), *out.lines()],
    )
    return out.finish("--slip FILE writes it", is_done=False)


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
        day_text(batch.day),
        batch.partner,
        str(batch.slips),
        "money" if batch.item.kind is ItemKind.MONEY else batch.item.name,
        *(_units(batch, units, currency) for units in (batch.used, batch.back, other, batch.left)),
    ]


def _units(batch: Batch, units: int, currency: str) -> str:
    if batch.item.kind is ItemKind.MONEY:
        return said(units, batch.item, currency)
    return str(units)
