"""Printers on a serial line, through pyserial.

python-escpos opens one without a limit on writing, waits at closing for a printer that is off, and
each import of its printers takes fifty times as long and leaves a folder behind. So this goes
to the library below it.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

from payforward.output.printers.conversation import can_report, print_over, reach_over
from payforward.output.printers.problem import PrinterProblem, Sent, Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serial import Serial  # type: ignore[import-untyped]

    from payforward.core.printers import Printer
    from payforward.output.printers.problem import Send

CHUNK: Final = 256


class SerialPrinter:
    """Sends to one printer on a serial line.

    Args:
        printer: What the shop says of it.
    """

    speaks = Speaks.ESCPOS
    takes_batches = False

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    def send(self, data: bytes, *, name: str) -> Sent:
        """Send one job."""
        with self.together() as send:
            return send(data, name=name)

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Hold the line: opening it makes some printers start anew."""
        with self._opened() as line:

            def send(data: bytes, *, name: str) -> Sent:  # noqa: ARG001 - nothing shows a name
                sent = print_over(line, data, reports=self._printer.options.reports)
                line.finish()
                return sent

            yield send

    def reach(self) -> None:
        """See whether the printer could print now."""
        with self._opened() as line:
            reach_over(line, reports=self._printer.options.reports)

    def probe(self) -> bool:
        """Return whether the printer can say that it printed."""
        with self._opened() as line:
            return can_report(line)

    @contextmanager
    def _opened(self) -> Iterator[SerialLine]:
        from serial import Serial, SerialException  # noqa: PLC0415 - few tills need it

        options = self._printer.options
        try:
            # Without a limit, a printer that is off and holds the line would be waited for.
            device = Serial(
                port=self._printer.address,
                baudrate=options.baud,
                write_timeout=options.timeout_s,
                dsrdtr=True,
            )
        except (SerialException, OSError, ValueError) as error:
            problem = self._not_opened(error)
            problem.began = False
            raise problem from None
        line = SerialLine(device, options.timeout_s, self._printer.name)
        try:
            yield line
        finally:
            line.close()

    def _not_opened(self, error: Exception) -> PrinterProblem:
        if getattr(error, "errno", None) in (errno.EACCES, errno.EPERM):
            return PrinterProblem(
                f"This user may not print to {self._printer.address}: allow it (often by joining "
                "the group dialout), then print again.",
                reason="no-permission",
            )
        return _gone(self._printer.name)


class SerialLine:
    """One open serial line.

    Args:
        device: Open, with a limit on writing.
        timeout: The most seconds without a byte taken.
        name: The printer's.
    """

    def __init__(self, device: Serial, timeout: float, name: str) -> None:
        self._device = device
        self._timeout = timeout
        self._name = name
        self._has_all = False

    def write(self, data: bytes) -> None:
        """Hand bytes over; a printer that takes none for too long has stopped."""
        from serial import SerialException, SerialTimeoutException  # noqa: PLC0415

        self._has_all = False
        try:
            for start in range(0, len(data), CHUNK):
                self._device.write(data[start : start + CHUNK])
        except SerialTimeoutException:
            raise _stopped(self._name) from None
        except (SerialException, OSError):
            raise _gone(self._name) from None

    def read(self, seconds: float) -> bytes:
        """Return what came within so long, or nothing."""
        from serial import SerialException  # noqa: PLC0415

        try:
            self._device.timeout = seconds
            first: bytes = self._device.read(1)
            return first + bytes(self._device.read(self._device.in_waiting))
        except (SerialException, OSError):
            raise _gone(self._name) from None

    def finish(self) -> None:
        """Wait until the line has taken all."""
        end = monotonic() + self._timeout
        try:
            left = self._device.out_waiting
            while left:
                if monotonic() > end:
                    raise _stopped(self._name)
                before = left
                self.read(0.02)
                left = self._device.out_waiting
                if left < before:
                    end = monotonic() + self._timeout
        except OSError:
            raise _gone(self._name) from None
        self._has_all = True

    def close(self) -> None:
        """Close the line; what a printer does not take is thrown away, not waited for."""
        if not self._has_all:
            with suppress(OSError):
                self._device.reset_output_buffer()
        with suppress(OSError):
            self._device.close()


def _stopped(name: str) -> PrinterProblem:
    return PrinterProblem(
        f"{name} takes nothing: see that it is on and has paper, then print again.",
        reason="printer-stopped",
    )


def _gone(name: str) -> PrinterProblem:
    return PrinterProblem(
        f"{name} is not there: see that it is on and its cable is in, then print again.",
        reason="printer-off",
    )
