"""What sending answers, and how it says that it could not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from payforward.core.errors import Refused

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class Speaks(StrEnum):
    """What a printer is sent."""

    ESCPOS = "escpos"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Sent:
    """All bytes went out; ``confirmed`` where the printer said that it has printed them."""

    confirmed: bool = False


class PrinterProblem(Refused):
    """Nothing, or nobody knows how much, came out; the gift is safe all the same.

    Reasons: ``printer-off`` (or unplugged, or not reached), ``printer-stopped`` (half-way),
    ``printer-silent`` (it answered when it was tested), ``no-paper``, ``cover-open``,
    ``printer-error``, ``no-permission``, ``no-folder``, ``disk-full``, ``no-queue``,
    ``no-printer``, ``cannot-print`` (this machine lacks something).

    Args:
        message: One clear sentence.
        reason: One of the above.
        began: Whether any of the job may have gone out: then its code may be on some paper.
    """

    def __init__(self, message: str, *, reason: str, began: bool = True) -> None:
        super().__init__(message, reason=reason)
        self.began = began


class Send(Protocol):
    """Sends one whole job, as `Sender.send` does."""

    def __call__(self, data: bytes, *, name: str) -> Sent:
        """Send it."""
        ...


class Sender(Protocol):
    """Brings bytes to one printer."""

    speaks: Speaks
    takes_batches: bool
    """Whether many papers are best sent as one job, of which it takes all or nothing."""

    def send(self, data: bytes, *, name: str) -> Sent:
        """Send one whole job.

        Args:
            data: What `speaks` says.
            name: What the job is called where jobs have names, such as ``slip-12``.

        Raises:
            PrinterProblem: with a sentence that says what to do.
        """
        ...

    def together(self) -> AbstractContextManager[Send]:
        """Hold the printer for jobs that belong together, so that nobody's comes between them.

        Each of them is sent, and fails, by itself. After one that failed no more is sent.
        """
        ...

    def reach(self) -> None:
        """See whether the printer could print now; nothing is printed.

        Raises:
            PrinterProblem: it surely could not.
        """
        ...

    def probe(self) -> bool:
        """Return whether the printer can say that it printed; nothing is printed.

        Raises:
            PrinterProblem: it cannot be reached.
        """
        ...


NEVER_REPORTS = False
"""What `Sender.probe` answers where bytes go one way only."""
