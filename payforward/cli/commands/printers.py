"""``payforward printers``: where slips come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Group
from payforward.cli.session import Session, pass_session
from payforward.cli.words import table
from payforward.core.people import Guarded
from payforward.core.printers import BAUD_RATES, PAPER_WIDTHS_MM, PrinterKind, PrinterOptions
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.printers import Printer

ADDRESSES = (
    "network 192.168.1.50:9100; usb 04b8:0e15; serial /dev/ttyUSB0; file /dev/usb/lp0; pdf a "
    "folder; lp a print queue's name."
)


@click.group("printers", cls=Group, invoke_without_command=True)
@pass_session
@click.pass_context
def command(context: click.Context, session: Session) -> None:
    """Show where slips come out, or change it."""
    if context.invoked_subcommand is not None:
        return
    with session.open() as ledger:
        printers = ledger.printers()
        used = ledger.printer_of_till()
        till = ledger.till
    session.answer(
        {"printers": [_document(each, used) for each in printers], "till": till},
        lambda: _table(printers, used, till),
    )


@command.command("add")
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice([str(each) for each in PrinterKind], case_sensitive=False),
    required=True,
    help="How it is reached; pdf writes a file for each slip, none prints nothing.",
)
@click.option("--address", metavar="ADDRESS", default="", help=f"Where: {ADDRESSES}")
@click.option(
    "--paper",
    type=click.Choice([str(each) for each in PAPER_WIDTHS_MM]),
    default="80",
    show_default=True,
    help="How wide its roll is, in mm.",
)
@click.option(
    "--qr",
    type=click.Choice(["native", "image"], case_sensitive=False),
    default="image",
    show_default=True,
    help="Who draws the square: the printer itself, or this program, which all printers take.",
)
@click.option("--code-page", metavar="NAME", help="The letters it knows, such as CP858.")
@click.option(
    "--baud",
    type=click.Choice([str(each) for each in BAUD_RATES]),
    default="9600",
    show_default=True,
    help="The speed of a serial line.",
)
@pass_session
def add_printer(
    session: Session,
    *,
    name: str,
    kind: str,
    address: str,
    paper: str,
    qr: str,
    code_page: str | None,
    baud: str,
) -> None:
    """Add the printer NAME.

    The shop's first is every till's until it chooses another.
    """
    options = PrinterOptions(
        paper_mm=58 if paper == "58" else 80,
        native_qr=qr == "native",
        code_page=PrinterOptions().code_page if code_page is None else code_page,
        baud=int(baud),
    )
    with session.open() as ledger:
        session.guard(ledger, Guarded.SETTINGS)
        printer = ledger.add_printer(name, PrinterKind(kind), address, options)
        used = ledger.printer_of_till()
    session.answer(
        _document(printer, used),
        lambda: [
            f"{shown(printer.name)} is added.",
            f'To try it: payforward print --test "{shown(printer.name)}"',
        ],
    )


@command.command("use")
@click.argument("name", nargs=-1)
@pass_session
def use_printer(session: Session, name: tuple[str, ...]) -> None:
    """Let this till print at NAME.

    Which till this is, --till says. Without NAME, it is the shop's oldest printer again.
    """
    with session.open() as ledger:
        till = ledger.till
        chosen = ledger.find_printer(typed.words_of(name)).id if name else None
        printer = ledger.choose_printer(chosen)
    if printer is None:
        session.answer({"till": till, "printer": None}, lambda: ["There is no printer yet."])
        return
    session.answer(
        {"till": till, **_document(printer, printer)},
        lambda: [f"{shown(till)} prints at {shown(printer.name)} now."],
    )


@command.command("retire")
@click.argument("name", nargs=-1, required=True)
@pass_session
def retire_printer(session: Session, name: tuple[str, ...]) -> None:
    """Take NAME out of use; what waits for paper waits on."""
    with session.open() as ledger:
        session.guard(ledger, Guarded.SETTINGS)
        printer = ledger.retire_printer(ledger.find_printer(typed.words_of(name)).id)
        used = ledger.printer_of_till()
    session.answer(
        {**_document(printer, used), "retired": True},
        lambda: [f"{shown(printer.name)} is out of use."],
    )


def _document(printer: Printer, used: Printer | None) -> dict[str, object]:
    options = printer.options
    return {
        "printer": printer.name,
        "kind": printer.kind.value,
        "address": printer.address,
        "paper_mm": options.paper_mm,
        "qr": "native" if options.native_qr else "image",
        "code_page": options.code_page,
        "baud": options.baud,
        "reports": options.reports,
        "used": used is not None and used.id == printer.id,
    }


def _table(printers: Sequence[Printer], used: Printer | None, till: str) -> list[str]:
    if not printers:
        return [
            "There is no printer yet: payforward printers add NAME --kind network --address HOST",
            "Without one, --slip FILE writes a slip to a file.",
        ]
    rows = [
        [
            printer.name,
            printer.kind.value,
            printer.address,
            f"{printer.options.paper_mm} mm",
            f"prints for {till}" if used is not None and used.id == printer.id else "",
        ]
        for printer in printers
    ]
    return table(rows, "<<<><")
