"""What an ESC/POS printer says of itself.

After Epson's ESC/POS reference: DLE EOT n answers at once, even while the printer is stopped; GS r
answers in its turn, so its answer means that all before it has been worked through.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from payforward.output.printers.problem import PrinterProblem

ASK_OFFLINE_CAUSE: Final = b"\x10\x04\x02"
ASK_ERROR_CAUSE: Final = b"\x10\x04\x03"
ASK_PAPER: Final = b"\x10\x04\x04"
ASK_IN_TURN: Final = b"\x1dr\x01"
"""GS r 1: the paper sensor, told when all before it is done."""

_COVER_OPEN, _PAPER_STOPS = 0x04, 0x20
_CUTTER, _FATAL, _HOT = 0x08, 0x20, 0x40
_PAPER_END: Final = 0x60


class Answers(NamedTuple):
    """What came back: bytes of DLE EOT and of GS r, told apart by their fixed bits."""

    at_once: bytes
    in_turn: bytes


def told_apart(received: bytes) -> Answers:
    r"""Return the answers among received bytes; automatic status and noise are left out.

    >>> told_apart(bytes([0x12, 0x00, 0xFF]))
    Answers(at_once=b'\x12', in_turn=b'\x00')
    """
    return Answers(
        bytes(byte for byte in received if byte & 0x93 == 0x12),
        bytes(byte for byte in received if byte & 0x90 == 0x00),
    )


def refuse_offline_cause(status: int) -> None:
    """Refuse to print where the answer to `ASK_OFFLINE_CAUSE` tells why nothing can come out.

    Raises:
        PrinterProblem: the cover is open, or the paper is out.
    """
    if status & _COVER_OPEN:
        raise PrinterProblem(
            "The printer's cover is open: close it, then print again.", reason="cover-open"
        )
    if status & _PAPER_STOPS:
        raise _no_paper()


def refuse_error_cause(status: int) -> None:
    """Refuse to print where the answer to `ASK_ERROR_CAUSE` tells of an error.

    Raises:
        PrinterProblem: paper is jammed, the head is hot, or nothing helps but switching it off.
    """
    if status & _CUTTER:
        raise PrinterProblem(
            "The printer's cutter is stuck: open the cover, take the paper out, close it, then "
            "print again.",
            reason="printer-error",
        )
    if status & _FATAL:
        raise PrinterProblem(
            "The printer reports an error: switch it off and on, then print again.",
            reason="printer-error",
        )
    if status & _HOT:
        raise PrinterProblem(
            "The printer is too hot: wait a minute, then print again.", reason="printer-error"
        )


def refuse_paper(status: int) -> None:
    """Refuse to print where the answer to `ASK_PAPER` tells that there is none.

    Raises:
        PrinterProblem: the roll has ended; one that is near its end prints.
    """
    if status & _PAPER_END:
        raise _no_paper()


CHECKS: Final = (
    (ASK_OFFLINE_CAUSE, refuse_offline_cause),
    (ASK_ERROR_CAUSE, refuse_error_cause),
    (ASK_PAPER, refuse_paper),
)
"""Questions that are answered at once, and what may not be among the answers."""


def _no_paper() -> PrinterProblem:
    return PrinterProblem(
        "The printer is out of paper: put a new roll in, then print again.", reason="no-paper"
    )
