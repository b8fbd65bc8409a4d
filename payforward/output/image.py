"""Papers as pictures: PNG and SVG of the whole slip, set like the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.output.pdf import ticket_data
from payforward.output.typeset import typeset

if TYPE_CHECKING:
    from payforward.output.blocks import Paper

DOTS_AN_INCH: Final = 300


def png_bytes(paper: Paper, *, paper_mm: int = 80) -> bytes:
    """Return a paper as PNG, `DOTS_AN_INCH` fine."""
    data = ticket_data([paper], paper_mm)
    return typeset("ticket", data, paper.words(), output="png", ppi=DOTS_AN_INCH)[0]


def svg_bytes(paper: Paper, *, paper_mm: int = 80) -> bytes:
    """Return a paper as SVG; its letters are outlines, so that it looks the same everywhere."""
    return typeset("ticket", ticket_data([paper], paper_mm), paper.words(), output="svg")[0]
