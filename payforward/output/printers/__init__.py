"""Bringing bytes to printers: one small class a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.printers import PrinterKind
from payforward.output.printers.problem import PrinterProblem, Sender, Sent, Speaks

if TYPE_CHECKING:
    from payforward.core.printers import Printer

__all__ = ["PrinterProblem", "Sender", "Sent", "Speaks", "sender_for"]


def sender_for(printer: Printer) -> Sender:
    """Return what sends to a printer; each kind is imported only where it is used.

    Raises:
        PrinterProblem: nothing is to be printed there.
    """
    match printer.kind:
        case PrinterKind.NETWORK:
            from payforward.output.printers.network import NetworkPrinter  # noqa: PLC0415

            return NetworkPrinter(printer)
        case PrinterKind.USB:
            from payforward.output.printers.usb_port import UsbPrinter  # noqa: PLC0415

            return UsbPrinter(printer)
        case PrinterKind.SERIAL:
            from payforward.output.printers.serial_port import SerialPrinter  # noqa: PLC0415

            return SerialPrinter(printer)
        case PrinterKind.FILE:
            from payforward.output.printers.device import DevicePrinter  # noqa: PLC0415

            return DevicePrinter(printer)
        case PrinterKind.PDF:
            from payforward.output.printers.folder import FolderPrinter  # noqa: PLC0415

            return FolderPrinter(printer)
        case PrinterKind.LP:
            from payforward.output.printers.queue import QueuePrinter  # noqa: PLC0415

            return QueuePrinter(printer)
        case PrinterKind.NONE:
            raise PrinterProblem(
                "This till prints nothing: choose a printer for it.", reason="no-printer"
            )
