"""Printers that are a device, such as /dev/usb/lp0, and files that something else prints.

python-escpos opens such a file for a blocking write, which a printer that is switched off keeps
waiting for ever, and makes a file of that name where the device has gone. So it is done here.
"""

from __future__ import annotations

import errno
import os
import select
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from payforward.output.printers.problem import NEVER_REPORTS, PrinterProblem, Sent, Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.printers import Printer
    from payforward.output.printers.problem import Send

CHUNK: Final = 4096
DEVICES: Final = Path("/dev")

_GONE: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.EPIPE})


class DevicePrinter:
    """Writes to one device or file.

    Args:
        printer: What the shop says of it.
    """

    speaks = Speaks.ESCPOS
    takes_batches = False

    def __init__(self, printer: Printer) -> None:
        self._name = printer.name
        self._path = Path(printer.address)
        self._timeout = printer.options.timeout_s

    def send(self, data: bytes, *, name: str) -> Sent:
        """Send one job."""
        with self.together() as send:
            return send(data, name=name)

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Hold the device, which takes one program at a time."""
        with self._opened() as device:

            def send(data: bytes, *, name: str) -> Sent:  # noqa: ARG001 - nothing shows a name
                self._hand_over(device, data)
                return Sent()

            yield send

    def _hand_over(self, device: int, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self._wait(device)
            left = left[self._written(device, left[:CHUNK]) :]
        # A driver may still be at the last part, and forgets it when the device is closed.
        self._wait(device)

    def reach(self) -> None:
        """See whether the device is there and may be written."""
        with self._opened():
            pass

    def probe(self) -> bool:
        """Return that it cannot say whether it printed."""
        self.reach()
        return NEVER_REPORTS

    @contextmanager
    def _opened(self) -> Iterator[int]:
        try:
            device = os.open(self._path, self._flags(), 0o600)
        except OSError as error:
            problem = self._problem(error)
            problem.began = False
            raise problem from None
        try:
            yield device
        finally:
            os.close(device)

    def _flags(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY
        # A device that is not there must not become a file of its name.
        return flags if DEVICES in self._path.parents else flags | os.O_CREAT

    def _wait(self, device: int) -> None:
        if stat.S_ISREG(os.fstat(device).st_mode):
            return
        waiting = select.poll()
        waiting.register(device, select.POLLOUT)
        if not waiting.poll(self._timeout * 1000):
            raise PrinterProblem(
                f"{self._name} takes nothing: see that it is on and has paper, then print again.",
                reason="printer-stopped",
            )

    def _written(self, device: int, data: memoryview) -> int:
        try:
            return os.write(device, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._problem(error, device) from None

    def _problem(self, error: OSError, device: int | None = None) -> PrinterProblem:
        if error.errno in (errno.EACCES, errno.EPERM):
            return PrinterProblem(
                f"This user may not print to {self._path}: allow it (often by joining the group "
                "lp), then print again.",
                reason="no-permission",
            )
        if error.errno == errno.ENOSPC:
            return self._no_space(device)
        if error.errno in _GONE:
            return PrinterProblem(
                f"{self._name} is not there: see that it is on and its cable is in, then print "
                "again.",
                reason="printer-off",
            )
        return PrinterProblem(
            f"{self._name} cannot be written to ({error.strerror}): look at it, then print again.",
            reason="printer-error",
        )

    def _no_space(self, device: int | None) -> PrinterProblem:
        """Return what "no space" means: of a printer's driver, that the paper is out."""
        if device is not None and stat.S_ISCHR(os.fstat(device).st_mode):
            return PrinterProblem(
                f"{self._name} is out of paper: put a new roll in, then print again.",
                reason="no-paper",
            )
        return PrinterProblem(
            f"The disk of {self._path} is full: make room, then print again.", reason="disk-full"
        )
