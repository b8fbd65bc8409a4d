"""How long 1,000 vouchers on label sheets take: ``python -m tests.bench.bench_sheets [ROUNDS]``.

Measured against generating their 1,000 QR codes with qrcode alone, as its documentation does
it, in turns within one run; the median of the rounds counts. It is the processor's time of all
threads: typst works on several, so nobody waits longer than that, and neighbours on the machine
do not count. The goal is at most 1.3 times as long.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING, Final

import qrcode  # type: ignore[import-untyped]

from payforward.output.blocks import Paper, Square
from payforward.output.pdf import sheets_pdf
from tests.output.slips import code_of, voucher

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT: Final = 1_000
GOAL: Final = 1.3


def make_papers() -> list[Paper]:
    """Return vouchers as a partner gets them, one in three with a giver's words."""
    return [
        voucher(None if number % 3 else "Enjoy it, whoever you are.", code=code_of(number))
        for number in range(COUNT)
    ]


def qr_codes(papers: list[Paper]) -> None:
    """Generate the codes and nothing else."""
    for paper in papers:
        for block in paper.blocks:
            if isinstance(block, Square):
                symbol = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q)
                symbol.add_data(block.payload)
                symbol.make(fit=True)


def seconds(act: Callable[[], object]) -> float:
    """Return how much of the processor's time something takes."""
    start = time.process_time()
    act()
    return time.process_time() - start


def main(rounds: int) -> int:
    """Print the median of the rounds' ratios; return 1 where that misses the goal."""
    papers = make_papers()
    for layout in ("a4-3x8", "letter-2x5"):
        sheets_pdf(papers[:1], layout)
        qr_codes(papers[:1])
        ratios = []
        for _ in range(rounds):
            alone = seconds(lambda: qr_codes(papers))
            whole = seconds(lambda: sheets_pdf(papers, layout))  # noqa: B023 - called at once
            ratios.append(whole / alone)
            print(f"{layout:12} {whole:6.2f} s  QR codes alone {alone:6.2f} s  {ratios[-1]:5.2f}")
        print(f"{layout:12} median {statistics.median(ratios):5.2f}")
        if statistics.median(ratios) > GOAL:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
