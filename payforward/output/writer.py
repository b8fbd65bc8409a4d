"""Papers as files, by their ending: .pdf .png .svg .txt .escpos."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from payforward.output.blocks import Paper
    from payforward.output.escpos import PaperMm


def check_target(path: Path, *, count: int = 1) -> None:
    """Refuse a file that could not be written, before a gift is given; nothing is changed.

    Args:
        path: Where papers are to be written.
        count: How many papers.

    Raises:
        BadInput: the ending is unknown, the folder is missing or must not be written to.
    """
    raise NotImplementedError


def write_papers(
    papers: Sequence[Paper],
    path: Path,
    *,
    paper_mm: PaperMm = 80,
    layout: str | None = None,
    code_page: str = "CP437",
    native_qr: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write papers and return the files, each readable by its owner only.

    Args:
        papers: At least one.
        path: The file; several papers as .png or .svg are numbered files beside it.
        paper_mm: The width of the roll: 58 or 80.
        layout: A sheet of labels for a .pdf, one of `pdf.LAYOUTS`: ``a4-3x8``, ``letter-2x5``.
        code_page: For .escpos, see `escpos.escpos_bytes`.
        native_qr: For .escpos.
        progress: Called with how many papers are done and of how many; what it raises cancels.

    Raises:
        BadInput: as `check_target`, or the layout is unknown.
    """
    raise NotImplementedError
