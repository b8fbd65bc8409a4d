"""Queues of the system's own printing (CUPS, LPRng), through ``lp``."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from payforward.core.text import shown
from payforward.output.printers.problem import NEVER_REPORTS, PrinterProblem, Sent, Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.printers import Printer
    from payforward.output.printers.problem import Send

LONGEST_REPLY: Final = 80
_NO_QUEUE: Final = ("does not exist", "unknown", "not found", "no such")


class QueuePrinter:
    """Hands PDFs to one queue; what becomes of them there, ``lp`` does not tell.

    Args:
        printer: What the shop says of it.
    """

    speaks = Speaks.PDF
    takes_batches = True

    def __init__(self, printer: Printer) -> None:
        self._queue = printer.address
        self._timeout = printer.options.timeout_s

    def send(self, data: bytes, *, name: str) -> Sent:
        """Queue one job."""
        command = [_program(), "-d", self._queue, "-t", name, "-"]
        try:
            done = subprocess.run(  # noqa: S603 - a queue's name never begins with a hyphen
                command,
                input=data,
                capture_output=True,
                timeout=self._timeout,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except subprocess.TimeoutExpired:
            raise PrinterProblem(
                "The system's printing does not answer: see that it runs, then print again.",
                reason="printer-off",
            ) from None
        except OSError as error:
            raise PrinterProblem(
                f"lp could not be run ({error.strerror}): check it, then print again.",
                reason="cannot-print",
            ) from None
        if done.returncode:
            raise self._problem(done.stderr.decode(errors="replace"))
        return Sent()

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Return what sends: there is nothing to hold."""
        yield self.send

    def reach(self) -> None:
        """See whether there is something to print with."""
        _program()

    def probe(self) -> bool:
        """Return that it cannot say whether it printed."""
        self.reach()
        return NEVER_REPORTS

    def _problem(self, complaint: str) -> PrinterProblem:
        said = shown(complaint).removeprefix("lp: ")
        if any(words in said.casefold() for words in _NO_QUEUE):
            return PrinterProblem(
                f"There is no print queue {self._queue}: check its name, or set it up.",
                reason="no-queue",
            )
        words = f" ({said[:LONGEST_REPLY]})" if said else ""
        return PrinterProblem(
            f"The print queue {self._queue} took nothing{words}: look at it, then print again.",
            reason="printer-error",
        )


def _program() -> str:
    program = shutil.which("lp")
    if program is None:
        raise PrinterProblem(
            "This machine has no lp to print with: install the CUPS client, or choose another "
            "kind of printer.",
            reason="cannot-print",
        )
    return program
