"""Printing over a line that may answer: asked before, asked after, and never waited for long."""

from __future__ import annotations

from time import monotonic
from typing import Final, Protocol

from payforward.output.printers.problem import PrinterProblem, Sent
from payforward.output.printers.status import ASK_IN_TURN, CHECKS, told_apart

ANSWER_S: Final = 1.0
"""A printer answers at once within a few milliseconds; over a radio link it takes longer."""

WORK_S: Final = 10.0
"""A long slip of pictures comes out in less, even at 60 mm/s."""

SILENT: Final = "printer-silent"


class Line(Protocol):
    """Something that takes bytes and may answer some."""

    def write(self, data: bytes) -> None:
        """Hand all bytes over.

        Raises:
            PrinterProblem: the printer does not take them.
        """
        ...

    def read(self, seconds: float) -> bytes:
        """Return what came within so long, or nothing.

        Raises:
            PrinterProblem: the line broke.
        """
        ...


def print_over(line: Line, data: bytes, *, reports: bool) -> Sent:
    """Print a job.

    Args:
        line: To the printer.
        data: The job.
        reports: Whether it can say that it printed.

    Raises:
        PrinterProblem: it said why it cannot, fell silent, or broke off.
    """
    if not reports:
        line.write(data)
        return Sent()
    talk = Conversation(line)
    try:
        talk.check()
    except PrinterProblem as problem:
        problem.began = False
        raise
    line.write(data + ASK_IN_TURN)
    talk.wait_until_done(WORK_S)
    talk.check()
    return Sent(confirmed=True)


def reach_over(line: Line, *, reports: bool) -> None:
    """See whether a printer could print now; one that cannot answer is only known to be there.

    Raises:
        PrinterProblem: it could not.
    """
    if reports:
        Conversation(line).check()


def can_report(line: Line) -> bool:
    """Return whether a printer answers both at once and in its turn.

    Raises:
        PrinterProblem: it said why it cannot print.
    """
    talk = Conversation(line)
    try:
        talk.check()
        line.write(ASK_IN_TURN)
        talk.wait_until_done(ANSWER_S)
    except PrinterProblem as problem:
        if problem.reason in (SILENT, "printer-stopped"):
            return False
        raise
    return True


class Conversation:
    """Questions to a printer, and its answers as they come.

    Args:
        line: To the printer.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._done = False

    def check(self) -> None:
        """Ask the printer how it is.

        Raises:
            PrinterProblem: it cannot print, or does not answer.
        """
        for question, refuse in CHECKS:
            # What a picture's bytes may have asked by chance is no answer to this.
            self._hear(0)
            self._line.write(question)
            refuse(self._at_once())

    def wait_until_done(self, seconds: float) -> None:
        """Wait until the printer has worked through all that it was sent.

        Raises:
            PrinterProblem: it said why it stopped, fell silent, or took too long.
        """
        end = monotonic() + seconds
        while not self._done:
            left = end - monotonic()
            if left <= 0:
                raise PrinterProblem(
                    "The printer stopped half-way: look at it, then print again.",
                    reason="printer-stopped",
                )
            before = monotonic()
            self._hear(min(left, ANSWER_S))
            if monotonic() - before >= ANSWER_S:
                self.check()

    def _at_once(self) -> int:
        end = monotonic() + ANSWER_S
        while (left := end - monotonic()) > 0:
            if found := self._hear(left):
                return found[-1]
        raise PrinterProblem(
            "The printer does not answer: see that it is on and has paper, then print again.",
            reason=SILENT,
        )

    def _hear(self, seconds: float) -> bytes:
        """Return what the printer answered at once, and note if it is done."""
        answers = told_apart(self._line.read(seconds))
        self._done = self._done or bool(answers.in_turn)
        return answers.at_once
