"""Printers on USB, through pyusb.

python-escpos writes to endpoint 1 whatever the printer says of itself, and takes the printer from
the system's own driver for good. So this goes to the library below it.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from payforward.core.printers import usb_numbers
from payforward.output.printers.conversation import can_report, print_over, reach_over
from payforward.output.printers.problem import PrinterProblem, Sent, Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.printers import Printer
    from payforward.output.printers.problem import Send

CHUNK: Final = 4096
PRINTERS: Final = 7
"""The class of printers (USB Device Class Definition for Printing Devices, section 4.2.1)."""
MOST_ANSWER: Final = 64


class UsbPrinter:
    """Sends to one printer on USB.

    Args:
        printer: What the shop says of it.
    """

    speaks = Speaks.ESCPOS
    takes_batches = False

    def __init__(self, printer: Printer) -> None:
        self._name = printer.name
        self._vendor, self._product = usb_numbers(printer.address)
        self._options = printer.options

    def send(self, data: bytes, *, name: str) -> Sent:
        """Send one job."""
        with self.together() as send:
            return send(data, name=name)

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Hold the printer; the system's own driver has it back afterwards."""
        with self._opened() as line:

            def send(data: bytes, *, name: str) -> Sent:  # noqa: ARG001 - nothing shows a name
                return print_over(line, data, reports=self._options.reports)

            yield send

    def reach(self) -> None:
        """See whether the printer could print now."""
        with self._opened() as line:
            reach_over(line, reports=self._options.reports)

    def probe(self) -> bool:
        """Return whether the printer can say that it printed."""
        with self._opened() as line:
            return can_report(line)

    @contextmanager
    def _opened(self) -> Iterator[UsbLine]:
        try:
            claimed = _Claimed(self._found(), self._name)
        except OSError as error:
            problem = _problem(error, self._name)
            problem.began = False
            raise problem from None
        try:
            yield UsbLine(claimed.out, claimed.back, self._options.timeout_s, self._name)
        finally:
            claimed.release()

    def _found(self) -> Any:
        # Few tills need it.
        from usb.core import (  # type: ignore[import-untyped]  # noqa: PLC0415
            NoBackendError,
            find,
        )

        try:
            device = find(idVendor=self._vendor, idProduct=self._product)
        except NoBackendError:
            raise PrinterProblem(
                "This machine lacks libusb: install it, or choose another kind of printer.",
                reason="cannot-print",
            ) from None
        if device is None:
            problem = _gone(self._name)
            problem.began = False
            raise problem
        return device


class _Claimed:
    """A printer taken from the system's driver, until it is given back.

    Args:
        device: As pyusb found it.
        name: The printer's.
    """

    def __init__(self, device: Any, name: str) -> None:
        from usb.util import (  # type: ignore[import-untyped]  # noqa: PLC0415
            ENDPOINT_IN,
            ENDPOINT_OUT,
            claim_interface,
            endpoint_direction,
            find_descriptor,
        )

        def end(direction: int) -> Any:
            return find_descriptor(
                self._interface,
                custom_match=lambda each: endpoint_direction(each.bEndpointAddress) == direction,
            )

        self._device = device
        configuration = _configuration(device)
        self._interface = (
            find_descriptor(configuration, bInterfaceClass=PRINTERS) or configuration[(0, 0)]
        )
        self._number = self._interface.bInterfaceNumber
        self.out, self.back = end(ENDPOINT_OUT), end(ENDPOINT_IN)
        if self.out is None:
            raise PrinterProblem(
                f"{name} is no printer: check the two numbers of its address.",
                reason="printer-error",
            )
        self._had_driver = False
        with suppress(NotImplementedError):
            self._had_driver = bool(device.is_kernel_driver_active(self._number))
            if self._had_driver:
                device.detach_kernel_driver(self._number)
        try:
            claim_interface(device, self._number)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Give the printer back; where it has gone there is nothing to give."""
        from usb.util import dispose_resources, release_interface  # noqa: PLC0415

        with suppress(OSError):
            release_interface(self._device, self._number)
        with suppress(OSError, NotImplementedError):
            if self._had_driver:
                self._device.attach_kernel_driver(self._number)
        with suppress(OSError):
            dispose_resources(self._device)


class UsbLine:
    """The two ends of one printer.

    Args:
        out: Takes bytes.
        back: Answers some, or None.
        timeout: The most seconds without a byte taken.
        name: The printer's.
    """

    def __init__(self, out: Any, back: Any, timeout: float, name: str) -> None:
        self._out = out
        self._back = back
        self._timeout_ms = int(timeout * 1000)
        self._name = name

    def write(self, data: bytes) -> None:
        """Hand bytes over; a printer that takes none for too long has stopped."""
        left = data
        while left:
            try:
                taken: int = self._out.write(left[:CHUNK], self._timeout_ms)
            except OSError as error:
                raise _problem(error, self._name) from None
            left = left[taken:]

    def read(self, seconds: float) -> bytes:
        """Return what came within so long, or nothing."""
        from usb.core import USBTimeoutError  # noqa: PLC0415

        if self._back is None:
            return b""
        try:
            # No time at all would mean for ever.
            return bytes(self._back.read(MOST_ANSWER, max(1, int(seconds * 1000))))
        except USBTimeoutError:
            return b""
        except OSError as error:
            raise _problem(error, self._name) from None


def _configuration(device: Any) -> Any:
    from usb.core import USBError  # noqa: PLC0415

    try:
        return device.get_active_configuration()
    except USBError:
        # It was never set: the printer has just been plugged in.
        device.set_configuration()
        return device.get_active_configuration()


def _problem(error: OSError, name: str) -> PrinterProblem:
    if error.errno in (errno.EACCES, errno.EPERM):
        return PrinterProblem(
            f"This user may not use {name}: allow it with a udev rule, or let the system's own "
            "printing have it.",
            reason="no-permission",
        )
    if error.errno in (errno.ETIMEDOUT, errno.EBUSY):
        return PrinterProblem(
            f"{name} takes nothing: see that it is on, has paper and is not used by another "
            "program, then print again.",
            reason="printer-stopped",
        )
    return _gone(name)


def _gone(name: str) -> PrinterProblem:
    return PrinterProblem(
        f"{name} is not there: see that it is on and its cable is in, then print again.",
        reason="printer-off",
    )
