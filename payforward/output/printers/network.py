"""Printers on the network, on port 9100.

A socket of this program's own, where python-escpos has one: that knows no IPv6, tells every failure
as "not found", and hides the one that matters, a line that broke after the last byte was handed to
this machine's own buffer.
"""

from __future__ import annotations

import errno
import select
import socket
import struct
import sys
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from payforward.core.printers import network_place
from payforward.output.printers.conversation import can_report, print_over, reach_over
from payforward.output.printers.problem import PrinterProblem, Sent, Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.printers import Printer
    from payforward.output.printers.problem import Send

CHUNK: Final = 4096
AGAIN_S: Final = 0.5
FAREWELL_S: Final = 0.2
"""A printer that resets the line does so at once."""

_UNREACHED: Final = frozenset(
    {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
)


class NetworkPrinter:
    """Sends to one printer on the network; each job has a connection of its own.

    Args:
        printer: What the shop says of it.
    """

    speaks = Speaks.ESCPOS
    takes_batches = False

    def __init__(self, printer: Printer) -> None:
        self._name = printer.name
        self._place = network_place(printer.address)
        self._timeout = printer.options.timeout_s
        self._reports = printer.options.reports

    def send(self, data: bytes, *, name: str) -> Sent:  # noqa: ARG002 - nothing shows a name
        """Send one job."""
        with self._opened() as line:
            sent = print_over(line, data, reports=self._reports)
            line.finish()
        return sent

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Hold one connection: most printers take one at a time, so no other till comes between."""
        with ExitStack() as held:
            line: NetworkLine | None = None

            def send(data: bytes, *, name: str) -> Sent:  # noqa: ARG001 - nothing shows a name
                nonlocal line
                if line is None or line.is_over:
                    held.close()
                    line = held.enter_context(self._opened())
                try:
                    sent = print_over(line, data, reports=self._reports)
                    line.settle()
                except PrinterProblem:
                    held.close()
                    line = None
                    raise
                return sent

            yield send
            if line is not None:
                line.leave()

    def reach(self) -> None:
        """See whether the printer could print now."""
        with self._opened() as line:
            reach_over(line, reports=self._reports)

    def probe(self) -> bool:
        """Return whether the printer can say that it printed."""
        with self._opened() as line:
            return can_report(line)

    @contextmanager
    def _opened(self) -> Iterator[NetworkLine]:
        try:
            try:
                connection = _connect(self._place, self._timeout)
            except ConnectionRefusedError:
                # Many take one job at a time, and are at another till's or just done.
                sleep(AGAIN_S)
                connection = _connect(self._place, self._timeout)
        except OSError as error:
            problem = self._unreached(error)
            problem.began = False
            raise problem from None
        with connection:
            yield NetworkLine(connection, self._timeout, self._name)

    def _unreached(self, error: OSError) -> PrinterProblem:
        host, port = self._place
        if isinstance(error, socket.gaierror):
            return PrinterProblem(
                f"No machine on the network is called {host}: check the address of {self._name}.",
                reason="printer-off",
            )
        if isinstance(error, ConnectionRefusedError):
            return PrinterProblem(
                f"{self._name} takes no jobs at {host}:{port}: switch it off and on, or check its "
                "address.",
                reason="printer-off",
            )
        if isinstance(error, TimeoutError) or error.errno in _UNREACHED:
            return PrinterProblem(
                f"{self._name} is not on the network: see that it is on and its cable is in, then "
                "print again.",
                reason="printer-off",
            )
        return _broke(self._name)


class NetworkLine:
    """One connection to a printer.

    Args:
        connection: Connected.
        timeout: The most seconds without a byte taken.
        name: The printer's.
    """

    is_over = False
    """Whether the printer hung up, in good order."""

    def __init__(self, connection: socket.socket, timeout: float, name: str) -> None:
        self._connection = connection
        self._connection.settimeout(timeout)
        self._timeout = timeout
        self._name = name

    def write(self, data: bytes) -> None:
        """Hand bytes over; a printer that takes none for too long has stopped."""
        left = memoryview(data)
        try:
            while left:
                left = left[self._connection.send(left[:CHUNK]) :]
        except TimeoutError:
            raise _stopped(self._name) from None
        except OSError:
            raise _broke(self._name) from None

    def read(self, seconds: float) -> bytes:
        """Return what came within so long, or nothing."""
        if not self._readable(seconds):
            return b""
        received = self._received()
        if received:
            return received
        raise _broke(self._name)

    def finish(self) -> None:
        """Make sure that the printer has all that was handed over, and hang up.

        Raises:
            PrinterProblem: it was switched off or unplugged meanwhile.
        """
        self._hand_over()
        try:
            self._connection.shutdown(socket.SHUT_WR)
        except OSError:
            raise _broke(self._name) from None
        if self._readable(FAREWELL_S):
            self._received()

    def settle(self) -> None:
        """Make sure that the printer has all that was handed over, and keep the connection.

        Raises:
            PrinterProblem: it was switched off or unplugged meanwhile.
        """
        self._hand_over()
        if self._readable(FAREWELL_S):
            self.is_over = not self._received()

    def leave(self) -> None:
        """Hang up after jobs of which each was settled."""
        with suppress(PrinterProblem):
            self.finish()

    def _hand_over(self) -> None:
        end = monotonic() + self._timeout
        while _on_the_way(self._connection):
            if monotonic() > end:
                raise _stopped(self._name)
            sleep(0.005)

    def _readable(self, seconds: float) -> bool:
        return bool(select.select([self._connection], [], [], seconds)[0])

    def _received(self) -> bytes:
        try:
            return self._connection.recv(CHUNK)
        except OSError:
            raise _broke(self._name) from None


def _connect(place: tuple[str, int], timeout: float) -> socket.socket:
    """Return a connection to a place, by whichever of its addresses answers in time."""
    end = monotonic() + timeout
    problem: OSError = TimeoutError()
    for address in _addresses(place, timeout):
        left = end - monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection(address, timeout=left)
        except OSError as error:
            problem = error
    raise problem


def _addresses(place: tuple[str, int], timeout: float) -> list[tuple[str, int]]:
    """Return the addresses of a place; a name server that is off may not hold the counter up."""
    found: list[tuple[str, int]] = []
    problems: list[OSError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)
            found.extend((str(answer[4][0]), place[1]) for answer in answers)
        except OSError as problem:
            problems.append(problem)

    # The system's resolver cannot be told to hurry, only be left behind.
    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout)
    if problems:
        raise problems[0]
    if not found:
        raise socket.gaierror
    return list(dict.fromkeys(found))


def _on_the_way(connection: socket.socket) -> int:
    """Return how many bytes the other end has not yet acknowledged, where the system tells."""
    if not sys.platform.startswith("linux"):
        return 0
    import fcntl  # noqa: PLC0415 - not everywhere
    import termios  # noqa: PLC0415

    answer = fcntl.ioctl(connection, termios.TIOCOUTQ, b"\0" * 4)
    (left,) = struct.unpack("i", answer)
    return int(left)


def _stopped(name: str) -> PrinterProblem:
    return PrinterProblem(
        f"{name} stopped half-way: see that it is on and has paper, then print again.",
        reason="printer-stopped",
    )


def _broke(name: str) -> PrinterProblem:
    return PrinterProblem(
        f"The line to {name} broke off: see that it is on and its cable is in, then print again.",
        reason="printer-stopped",
    )
